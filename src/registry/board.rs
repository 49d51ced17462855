//! The board: a column per stage, a card per version, newest first.

use crate::registry::card::card;
use crate::registry::moves::{Moves, Place};
use crate::session::{Dialog, use_language, use_registry};
use crate::ui::icon::{CROSS, TICK, icon, stage_class, stage_mark};
use crate::ui::menu::close_others;
use el::{El, Memo, RwSignal, action, div, el, ev, h2, h3, header, p, section, span, ul};
use lesson::pack::Loads;
use registry::{ModelName, Stage, VersionNumber};
use text::BoardText;

/// How many cards a column shows at first, and how many more each time.
const PAGE: usize = 12;

/// The board of a model. What serves is what an app gets that asks for Production.
pub fn board(name: &ModelName) -> El {
    board_of_app(name, RwSignal::new(Loads::Stage(Stage::Production)))
}

/// The board of a model in the scene of an app. What serves is what this app would get if it loaded now.
pub fn board_of_app(name: &ModelName, loads: RwSignal<Loads>) -> El {
    let store = use_registry();
    let texts = use_language().board();
    let add = name.clone();
    let head = div()
        .class("panel-head")
        .child(h2().id("board-title").text(texts.title))
        .child(
            action(texts.add_version, move || {
                store.open_dialog(Dialog::AddVersion(add.clone()));
            })
            .attr("disabled", move || !store.can_change()),
        );
    let of = name.clone();
    let empty = Memo::new(move || {
        store.read(|registry| {
            registry
                .model(&of)
                .is_some_and(|model| model.version_count() == 0)
        })
    });
    let start = move || -> Vec<El> {
        let note = empty.get().then(|| {
            let body = format!("{} {}", texts.versions_none_title, texts.versions_none_body);
            p().class("empty").text(body)
        });
        note.into_iter().collect()
    };
    let moves = Moves::new(Place::Board);
    let columns = Stage::ALL
        .into_iter()
        .fold(div().class("board"), |columns, stage| {
            columns
                .child(column(moves, loads, name.clone(), stage))
                .dynamic(move || moves.refusal_at(stage))
        });
    section()
        .class("board-section")
        .attr("aria-labelledby", "board-title")
        .child(head)
        .child(div().dynamic(start))
        .child(columns)
        .child(p().class("quiet board-hint").text(texts.hint))
        .on(ev::pointerdown, |event| close_others(&event))
}

/// What a column shows: how many versions are there, and the newest of them.
#[derive(Clone, PartialEq, Default)]
struct Shown {
    count: usize,
    newest: Vec<VersionNumber>,
}

/// A column; while a card is dragged, whether it may come here, and else the rule against it.
fn column(moves: Moves, loads: RwSignal<Loads>, name: ModelName, stage: Stage) -> El {
    let (language, store) = (use_language(), use_registry());
    let texts = language.board();
    let limit = RwSignal::new(PAGE);
    let of = name.clone();
    let shown = Memo::new(move || {
        let limit = limit.get();
        let shown = store.read(|registry| {
            let there = registry.model(&of)?.in_stage(stage);
            Some(Shown {
                count: there.len(),
                newest: there.iter().rev().take(limit).copied().collect(),
            })
        });
        shown.unwrap_or_default()
    });
    let of = name.clone();
    let drop = Memo::new(move || {
        let version = moves.dragged.get()?;
        let from = store.read(|registry| Some(registry.model(&of)?.version(version)?.stage()))?;
        (from != stage).then(|| moves.rule_against(language, &of, version, stage))
    });
    let heading = format!("column-{stage}");
    let numbers = move || {
        let newest = shown.with(|shown| shown.newest.clone());
        newest
            .iter()
            .map(|number| u64::from(number.get()))
            .collect()
    };
    let cards = ul().class("cards").for_each(numbers, move |key| {
        let number = u32::try_from(key).ok().and_then(VersionNumber::new);
        number.map_or_else(
            || el("li"),
            |number| card(moves, loads, &name, number, stage),
        )
    });
    let rest = move || {
        let (count, here) = shown.with(|shown| (shown.count, shown.newest.len()));
        if count == 0 {
            return vec![p().class("column-empty").text(empty(texts, stage))];
        }
        if count == here {
            return Vec::new();
        }
        let more = texts.show_more(&PAGE.min(count - here));
        vec![action(more, move || limit.update(|limit| *limit += PAGE)).class("quiet-button")]
    };
    section()
        .class(format!("column {}", stage_class(stage)))
        .attr("aria-labelledby", heading.clone())
        .attr("data-stage", stage.as_str())
        .class(("can-drop", move || drop.with(|drop| *drop == Some(None))))
        .class(("cannot-drop", move || {
            drop.with(|drop| matches!(drop, Some(Some(_))))
        }))
        .class(("refused-here", move || moves.is_refused(stage)))
        .child(column_head(texts, stage, heading, shown))
        .dynamic(move || drop_words(texts, drop.get()))
        .child(cards)
        .dynamic(rest)
}

fn column_head(texts: &'static BoardText, stage: Stage, id: String, shown: Memo<Shown>) -> El {
    let count = move || shown.with(|shown| shown.count);
    let shown = span().attr("aria-hidden", "true");
    let spoken = span().class("visually-hidden");
    let counter = span()
        .class("column-count")
        .child(shown.text(move || count().to_string()))
        .child(spoken.text(move || texts.count(count())));
    let name = h3().id(&id).verbatim().child(stage_mark(stage));
    header()
        .class("column-head")
        .child(name.text(stage.as_str()))
        .child(counter)
}

/// Says whether what is dragged may come here; `drop` is the rule against it, if it is for another column.
fn drop_words(texts: &BoardText, drop: Option<Option<String>>) -> Vec<El> {
    let words = drop.map(|rule| {
        let (class, shape, words) = match rule {
            None => ("drop-words", TICK, texts.allowed.to_owned()),
            Some(rule) => ("drop-words refused", CROSS, texts.refused(&rule)),
        };
        p().class(class)
            .child(icon("mark", shape))
            .child(span().text(words))
    });
    words.into_iter().collect()
}

const fn empty(texts: &BoardText, stage: Stage) -> &'static str {
    match stage {
        Stage::None => texts.column_empty_none,
        Stage::Staging => texts.column_empty_staging,
        Stage::Production => texts.column_empty_production,
        Stage::Archived => texts.column_empty_archived,
    }
}
