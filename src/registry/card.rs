//! A version on the board: its number, whether it serves, two metrics, and what can be done with it.

use crate::browser;
use crate::registry::drag::{self, draggable};
use crate::registry::moves::{Moves, key_stage};
use crate::session::{
    Dialog, Limits, Mark, RegistryStore, use_language, use_registry, use_selection,
};
use crate::ui::format;
use crate::ui::icon::stage_mark;
use crate::ui::menu::Menu;
use el::{El, Memo, RwSignal, action, div, ev, li, p, span};
use lesson::pack::Loads;
use lesson::traffic::loaded;
use registry::{ModelName, Stage, TransitionRule, VersionNumber};
use text::{BoardText, Language, move_name};

/// The metrics that are drawn as bars, where they are parts of one.
const BARS: [&str; 2] = ["recall", "precision"];

/// How many other metrics are named.
const OTHERS: usize = 2;

/// A metric as a bar.
#[derive(Clone, PartialEq)]
struct Bar {
    name: &'static str,
    value: String,
    /// Its length in thousandths.
    length: u64,
}

/// What a card shows.
#[derive(Clone, PartialEq, Default)]
struct Shown {
    bars: Vec<Bar>,
    /// The metrics without a bar.
    others: String,
    aliases: Vec<String>,
    age: String,
    /// The day since when it is in its stage, in a scene that has days.
    since: Option<String>,
    /// Whether the app gets it that loads now.
    serves: bool,
    /// Whether it has been live before.
    proven: bool,
}

/// A stage that a version can be moved to.
#[derive(Clone, PartialEq)]
struct Way {
    to: Stage,
    /// What the team calls the move; nothing where it has no name for it.
    name: Option<&'static str>,
    /// The rule that stands against it now, in a few words.
    against: Option<String>,
}

/// The card of a version. It serves where an app gets it that loads so.
pub fn card(
    board: Moves,
    loads: RwSignal<Loads>,
    name: &ModelName,
    number: VersionNumber,
    stage: Stage,
) -> El {
    let (language, store, selection) = (use_language(), use_registry(), use_selection());
    let texts = language.board();
    let of = name.clone();
    let shown = Memo::new(move || loads.with(|loads| show(language, store, &of, number, loads)));
    let model = name.clone();
    let go = move |to: Stage| board.go(&model, number, to);
    let serves = move || shown.with(|shown| shown.serves);
    let head = div()
        .class("card-head")
        .child(
            action(format!("v{number}"), move || {
                selection.selected.set(Some(number))
            })
            .class("card-name mono")
            .verbatim()
            .id(format!("card-{number}"))
            .attr("aria-label", texts.details(&number))
            .attr("title", move || {
                shown.with(|shown| shown.since.is_none().then(|| shown.age.clone()))
            }),
        )
        .show(serves, move || span().class("serves").text(texts.serves))
        .child(span().class("grip").attr("aria-hidden", "true"));
    let chips = move || {
        let aliases = shown.with(|shown| shown.aliases.clone());
        if aliases.is_empty() {
            return Vec::new();
        }
        let chip = |alias| {
            span()
                .class("chip mono")
                .verbatim()
                .text(format!("@{alias}"))
        };
        vec![p().class("chips").children(aliases.into_iter().map(chip))]
    };
    let of = name.clone();
    let marks = move || {
        selection.marks.with(|marks| {
            let mine = marks
                .iter()
                .filter(|mark| mark.version == number && mark.model == of);
            let chip = |mark: &Mark| {
                let class = if mark.too_much {
                    "mark-words over"
                } else {
                    "mark-words"
                };
                p().class(class).text(&mark.words)
            };
            mine.map(chip).collect()
        })
    };
    let (of, by_button) = (name.clone(), go.clone());
    let controls = move || {
        if !store.can_change() {
            return Vec::new();
        }
        let main = store
            .limits
            .is_none_or(Limits::has_moves)
            .then(|| main_move(number, stage, shown, by_button.clone()));
        let menu = card_menu(board, &of, number, stage, shown, by_button.clone());
        vec![div().class("card-controls").children(main).child(menu)]
    };
    let element = li()
        .class("card")
        .class(("live", serves))
        .attr("data-card", number.to_string())
        .child(head)
        .child(
            div()
                .class("card-metrics")
                .dynamic(move || shown.with(|shown| metrics(texts, shown))),
        )
        .dynamic(chips)
        .dynamic(marks)
        .dynamic(controls);
    let by_key = go.clone();
    let element = element.on(ev::keydown, move |event| {
        if let Some(to) = key_stage(&event).filter(|to| *to != stage) {
            event.prevent_default();
            by_key(to);
        }
    });
    draggable(element, drag::COLUMN, board, (number, stage), go)
}

/// The bars, and the other metrics by name.
fn metrics(texts: &BoardText, shown: &Shown) -> Vec<El> {
    let bar = |bar: &Bar| {
        let length = format!("{}%", bar.length / 10);
        let filled = span()
            .class("bar-filled")
            .style(("width", move || length.clone()));
        p().class("metric")
            .child(span().text(texts.metric(&bar.name, &bar.value)))
            .child(
                span()
                    .class("bar")
                    .attr("aria-hidden", "true")
                    .child(filled),
            )
    };
    let others = (!shown.others.is_empty()).then(|| p().class("metric").text(&shown.others));
    let since = shown
        .since
        .as_ref()
        .map(|since| p().class("since").text(since));
    since
        .into_iter()
        .chain(shown.bars.iter().map(bar))
        .chain(others)
        .collect()
}

fn show(
    language: Language,
    store: RegistryStore,
    name: &ModelName,
    number: VersionNumber,
    loads: &Loads,
) -> Shown {
    let texts = language.board();
    let since = store.scene.and_then(|scene| {
        let day = store.history(|log| scene.since(log, name, number).map(str::to_owned));
        day.map(|day| texts.since(&day))
    });
    store.read(|registry| {
        let Some((model, version)) = registry
            .model(name)
            .and_then(|model| Some((model, model.version(number)?)))
        else {
            return Shown::default();
        };
        let bars: Vec<Bar> = BARS
            .into_iter()
            .filter_map(|name| {
                let (_, value) = version
                    .metrics()
                    .iter()
                    .find(|(metric, _)| metric.as_str() == name)?;
                Some(Bar {
                    name,
                    value: value.to_string(),
                    length: value.thousandths().filter(|length| *length <= 1000)?,
                })
            })
            .collect();
        let has_bar = |metric: &str| bars.iter().any(|bar| bar.name == metric);
        let others = version.metrics().iter();
        let others: Vec<String> = others
            .filter(|(metric, _)| !has_bar(metric.as_str()))
            .take(OTHERS)
            .map(|(metric, value)| texts.metric(metric, &value.to_string()))
            .collect();
        Shown {
            others: if bars.is_empty() && others.is_empty() {
                texts.no_metrics.to_owned()
            } else {
                others.join(" · ")
            },
            bars,
            aliases: model.aliases_of(number).map(ToString::to_string).collect(),
            since,
            age: format::age(language, browser::now(), version.created()),
            serves: loaded(registry, name, loads) == Some(number),
            proven: version.has_been_live(),
        }
    })
}

/// The next sensible move of a version, and what its button says.
fn next_move(texts: &BoardText, stage: Stage, proven: bool) -> (Stage, &'static str) {
    match stage {
        Stage::None => (Stage::Staging, texts.test),
        Stage::Staging => (Stage::Production, texts.promote),
        Stage::Production => (Stage::Archived, texts.archive),
        Stage::Archived if proven => (Stage::Production, texts.roll_back),
        Stage::Archived => (Stage::Staging, texts.test),
    }
}

/// The button of the next sensible move.
fn main_move(
    number: VersionNumber,
    stage: Stage,
    shown: Memo<Shown>,
    go: impl Fn(Stage) + Clone + 'static,
) -> El {
    let texts = use_language().board();
    let proven = Memo::new(move || shown.with(|shown| shown.proven));
    div().class("card-moves").dynamic(move || {
        let (to, label) = next_move(texts, stage, proven.get());
        let go = go.clone();
        let goes_on = stage == Stage::Staging;
        let name = format!("{label}: {} – {}", texts.card(&number), texts.to(&to));
        let button = action(label, move || go(to))
            .class(if goes_on {
                "card-move main"
            } else {
                "card-move"
            })
            .attr("data-to", to.as_str())
            .attr("aria-label", name);
        vec![button]
    })
}

/// What the team calls a move that its rules allow between two stages.
fn name_of(
    language: Language,
    store: RegistryStore,
    from: Stage,
    to: Stage,
) -> Option<&'static str> {
    match store.rules.get().policy()?.rule(from, to) {
        TransitionRule::Allow(named) | TransitionRule::AllowProven(named) => {
            Some(move_name(language, named))
        }
        TransitionRule::Refuse(_) => None,
    }
}

/// Everything that can be done with the version. What is refused stays in sight, with the rule.
fn card_menu(
    board: Moves,
    name: &ModelName,
    number: VersionNumber,
    stage: Stage,
    shown: Memo<Shown>,
    go: impl Fn(Stage) + Clone + 'static,
) -> El {
    let (language, store) = (use_language(), use_registry());
    let texts = language.board();
    let menu = Menu::new();
    let (name, inside) = (name.clone(), menu.clone());
    let rows = move || {
        let of = name.clone();
        let ways = Memo::new(move || {
            let others = Stage::ALL.into_iter().filter(|to| *to != stage);
            let way = |to| Way {
                to,
                name: name_of(language, store, stage, to),
                against: board.rule_against(language, &of, number, to),
            };
            others.map(way).collect::<Vec<Way>>()
        });
        let to_stage = |way: Way| {
            let (go, to) = (go.clone(), way.to);
            let words = way_words(texts, &way);
            let is_refused = way.against.is_some();
            let button = inside
                .row("", move || go(to))
                .class(if is_refused { "refused" } else { "" })
                .attr("data-to", to.as_str())
                .attr("aria-label", texts.of_version(&words, &number))
                .child(stage_mark(to))
                .child(span().text(words));
            li().child(button)
        };
        let of = name.clone();
        let with_details = move || {
            let proven = shown.with_untracked(|shown| shown.proven);
            board.ask(&of, number, next_move(texts, stage, proven).0);
        };
        let with_details = inside
            .row(texts.with_details, with_details)
            .attr("aria-label", texts.of_version(&texts.with_details, &number));
        let alias = Dialog::SetAlias(name.clone(), Some(number));
        let describe = Dialog::DescribeVersion(name.clone(), number);
        let delete = Dialog::DeleteVersion(name.clone(), number);
        let mut rows: Vec<El> = ways.get().into_iter().map(to_stage).collect();
        rows.extend([
            li().child(with_details),
            inside.opens(texts.set_alias(&number), alias),
            inside.opens(language.version().describe(&number), describe),
            inside.opens(texts.delete(&number), delete),
        ]);
        rows
    };
    menu.filled(texts.menu(&number), rows)
}

fn way_words(texts: &BoardText, way: &Way) -> String {
    match (&way.against, way.name) {
        (Some(rule), _) => texts.refused_to(&way.to, rule),
        (None, Some(name)) => texts.named_to(&name, &way.to),
        (None, None) => texts.to(&way.to),
    }
}
