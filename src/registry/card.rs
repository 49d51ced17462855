//! A version on the board: its number, whether it serves, two metrics, and what can be done with it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{KeyboardEvent, PointerEvent};

use crate::browser;
use crate::registry::moves::Moves;
use crate::session::{Dialog, Mark, RegistryStore, use_language, use_registry, use_selection};
use crate::ui::format;
use crate::ui::icon::stage_mark;
use el::{El, Memo, RwSignal, action, details, div, el, ev, li, p, span, ul};
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
    /// Whether an app that asks for Production gets it now.
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

/// How far a pointer must go before a press becomes a drag, in pixels.
const DRAG_AFTER: i32 = 6;

/// A drag that is under way.
#[derive(Clone, Copy, PartialEq)]
struct Drag {
    start: (i32, i32),
    now: (i32, i32),
}

fn point(event: &PointerEvent) -> (i32, i32) {
    (event.client_x(), event.client_y())
}

impl Drag {
    fn start(event: &PointerEvent) -> Self {
        let at = point(event);
        Self { start: at, now: at }
    }
    fn offset(self) -> (i32, i32) {
        (self.now.0 - self.start.0, self.now.1 - self.start.1)
    }
    fn is_moving(self) -> bool {
        let (x, y) = self.offset();
        x.abs().max(y.abs()) > DRAG_AFTER
    }
}

/// The card of a version.
pub fn card(board: Moves, name: &ModelName, number: VersionNumber, stage: Stage) -> El {
    let (language, store, selection) = (use_language(), use_registry(), use_selection());
    let texts = language.board();
    let of = name.clone();
    let shown = Memo::new(move || show(language, store, &of, number));
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
            .attr("title", move || Some(shown.with(|shown| shown.age.clone()))),
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
            .has_moves()
            .then(|| main_move(number, stage, shown, by_button.clone()));
        let menu = menu(board, &of, number, stage, shown, by_button.clone());
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
    draggable(element, board, number, stage, go)
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
    shown.bars.iter().map(bar).chain(others).collect()
}

/// The stage that a key stands for while a card has the focus.
fn key_stage(event: &KeyboardEvent) -> Option<Stage> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat() {
        return None;
    }
    match event.key().as_str() {
        "n" | "N" => Some(Stage::None),
        "s" | "S" => Some(Stage::Staging),
        "p" | "P" => Some(Stage::Production),
        "a" | "A" => Some(Stage::Archived),
        _ => None,
    }
}

/// Lets a card be dragged to another column. Pointer events serve mouse, pen and finger alike.
fn draggable(
    card: El,
    board: Moves,
    number: VersionNumber,
    stage: Stage,
    go: impl Fn(Stage) + 'static,
) -> El {
    let store = use_registry();
    let drag = RwSignal::new(None::<Drag>);
    let moving = move || drag.get().filter(|drag| drag.is_moving());
    let let_go = move || {
        drag.set(None);
        board.dragged.set(None);
    };
    let held = card.clone();
    card.class(("dragging", move || moving().is_some()))
        .style(("transform", move || {
            moving().map_or_else(String::new, |drag| {
                let (x, y) = drag.offset();
                format!("translate({x}px, {y}px)")
            })
        }))
        .on(ev::pointerdown, move |event| {
            if event.button() == 0 && untrack(|| store.can_change()) && !on_control(&event) {
                drag.set(Some(Drag::start(&event)));
                // Where it can't be captured, a drag out of the card simply ends.
                let _ = held.node().set_pointer_capture(event.pointer_id());
            }
        })
        .on(ev::pointermove, move |event| {
            if let Some(before) = drag.get_untracked() {
                event.prevent_default();
                let now = Drag {
                    now: point(&event),
                    ..before
                };
                drag.set(Some(now));
                if now.is_moving() && board.dragged.get_untracked() != Some(number) {
                    board.dragged.set(Some(number));
                }
            }
        })
        .on(ev::pointerup, move |event| {
            let ended = drag.get_untracked();
            let_go();
            if ended.is_some_and(|ended| ended.is_moving())
                && let Some(to) = stage_at(point(&event)).filter(|to| *to != stage)
            {
                go(to);
            }
        })
        .on(ev::pointercancel, move |_| let_go())
}

fn show(
    language: Language,
    store: RegistryStore,
    name: &ModelName,
    number: VersionNumber,
) -> Shown {
    let texts = language.board();
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
            age: format::age(language, browser::now(), version.created()),
            serves: registry.live(name).version() == Some(number),
            proven: version.has_been_live(),
        }
    })
}

/// Whether the press was on something that has a job of its own.
fn on_control(event: &PointerEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|element| {
            element
                .closest("button, summary, details, a, select")
                .ok()
                .flatten()
        })
        .is_some()
}

/// The stage whose column is under a point of the window.
fn stage_at((x, y): (i32, i32)) -> Option<Stage> {
    browser::all("[data-stage]").into_iter().find_map(|column| {
        let place = column.get_bounding_client_rect();
        let inside = (place.left()..place.right()).contains(&x.into())
            && (place.top()..place.bottom()).contains(&y.into());
        let stage = column.get_attribute("data-stage").filter(|_| inside)?;
        Stage::parse(&stage).ok()
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
fn menu(
    board: Moves,
    name: &ModelName,
    number: VersionNumber,
    stage: Stage,
    shown: Memo<Shown>,
    go: impl Fn(Stage) + Clone + 'static,
) -> El {
    let (language, store) = (use_language(), use_registry());
    let texts = language.board();
    let menu = details().class("menu");
    let shut = menu.clone();
    let close = move || {
        let _ = shut.node().remove_attribute("open");
    };
    let escape = close.clone();
    let held = menu.clone();
    let menu = menu.on(ev::keydown, move |event| {
        if event.key() == "Escape" {
            escape();
            // What had the focus may be shut away now: the summary is what opens it again.
            let summary = held.node().first_element_child();
            if let Some(summary) =
                summary.and_then(|summary| summary.dyn_into::<web_sys::HtmlElement>().ok())
            {
                let _ = summary.focus();
            }
        }
    });
    let (left, leaves) = (menu.clone(), close.clone());
    let menu = menu.on(ev::focusout, move |event| {
        let next = event.related_target();
        let next = next.and_then(|next| next.dyn_into::<web_sys::Node>().ok());
        if next.is_some_and(|next| !left.node().contains(Some(&next))) {
            leaves();
        }
    });
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
    let row = move |label: String, act: Box<dyn Fn()>| {
        let close = close.clone();
        action(label, move || {
            close();
            act();
        })
    };
    let name = name.clone();
    let rows = move || {
        let to_stage = |way: Way| {
            let (go, to) = (go.clone(), way.to);
            let words = way_words(texts, &way);
            let label = texts.of_version(&words, &number);
            let button = row(String::new(), Box::new(move || go(to)))
                .attr("data-to", to.as_str())
                .attr("aria-label", label)
                .child(stage_mark(to))
                .child(span().text(words));
            li().child(if way.against.is_some() {
                button.class("refused")
            } else {
                button
            })
        };
        let mut rows: Vec<El> = ways.get().into_iter().map(to_stage).collect();
        let of = name.clone();
        let with_details = move || {
            let proven = shown.with_untracked(|shown| shown.proven);
            board.ask(&of, number, next_move(texts, stage, proven).0);
        };
        rows.push(
            li().child(
                row(texts.with_details.to_owned(), Box::new(with_details))
                    .attr("aria-label", texts.of_version(&texts.with_details, &number)),
            ),
        );
        let opens = |label: String, what: Dialog| {
            li().child(row(
                label,
                Box::new(move || store.open_dialog(what.clone())),
            ))
        };
        rows.push(opens(
            texts.set_alias(&number),
            Dialog::SetAlias(name.clone(), Some(number)),
        ));
        rows.push(opens(
            language.version().describe(&number),
            Dialog::DescribeVersion(name.clone(), number),
        ));
        rows.push(opens(
            texts.delete(&number),
            Dialog::DeleteVersion(name.clone(), number),
        ));
        rows
    };
    menu.child(
        el("summary")
            .attr("aria-label", texts.menu(&number))
            .child(span().attr("aria-hidden", "true").text("⋯")),
    )
    .child(ul().dynamic(rows))
}

fn way_words(texts: &BoardText, way: &Way) -> String {
    match (&way.against, way.name) {
        (Some(rule), _) => texts.refused_to(&way.to, rule),
        (None, Some(name)) => texts.named_to(&name, &way.to),
        (None, None) => texts.to(&way.to),
    }
}
