//! The board: a column per stage, a card per version, newest first.

use wasm_bindgen::JsCast;
use web_sys::{Node, PointerEvent};

use crate::browser;
use crate::registry::card::card;
use crate::registry::moves::Moves;
use crate::session::{Dialog, use_language, use_registry};
use crate::ui::icon::{CROSS, TICK, icon, stage_class, stage_mark};
use el::{El, Memo, RwSignal, action, div, el, ev, h2, h3, header, p, section, span, ul};
use registry::{ModelName, Stage, VersionNumber};

/// How many cards a column shows at first, and how many more each time.
const PAGE: usize = 12;

/// The board of a model.
pub fn board(name: &ModelName) -> El {
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
    let moves = Moves::new();
    let columns = Stage::ALL
        .into_iter()
        .fold(div().class("board"), |columns, stage| {
            columns
                .child(column(moves, name.clone(), stage))
                .dynamic(move || moves.refusal_at(stage))
        });
    section()
        .class("board-section")
        .attr("aria-labelledby", "board-title")
        .child(head)
        .child(div().dynamic(start))
        .child(columns)
        .child(p().class("quiet board-hint").text(texts.hint))
        .on(ev::pointerdown, |event| close_menus(&event))
}

/// Closes the menus of cards, but for the one that was pressed.
fn close_menus(event: &PointerEvent) {
    let pressed = event
        .target()
        .and_then(|target| target.dyn_into::<Node>().ok());
    for menu in browser::all(".board details.menu[open]") {
        if !menu.contains(pressed.as_ref()) {
            let _ = menu.remove_attribute("open");
        }
    }
}

/// What a column shows: how many versions are there, and the newest of them.
#[derive(Clone, PartialEq, Default)]
struct Shown {
    count: usize,
    newest: Vec<VersionNumber>,
}

fn column(moves: Moves, name: ModelName, stage: Stage) -> El {
    let (language, store) = (use_language(), use_registry());
    let texts = language.board();
    let limit = RwSignal::new(PAGE);
    let of = name.clone();
    let shown = Memo::new(move || {
        let limit = limit.get();
        store
            .read(|registry| {
                let there = registry.model(&of)?.in_stage(stage);
                Some(Shown {
                    count: there.len(),
                    newest: there.iter().rev().take(limit).copied().collect(),
                })
            })
            .unwrap_or_default()
    });
    let count = move || shown.with(|shown| shown.count);
    let empty = match stage {
        Stage::None => texts.column_empty_none,
        Stage::Staging => texts.column_empty_staging,
        Stage::Production => texts.column_empty_production,
        Stage::Archived => texts.column_empty_archived,
    };
    let of = name.clone();
    // While a card is dragged: whether it may come here, and else the rule against it.
    let drop = Memo::new(move || {
        let version = moves.dragged.get()?;
        let from = store.read(|registry| Some(registry.model(&of)?.version(version)?.stage()))?;
        (from != stage).then(|| moves.rule_against(language, &of, version, stage))
    });
    let drop_words = move || {
        let (class, shape, words) = match drop.get()? {
            None => ("drop-words", TICK, texts.allowed.to_owned()),
            Some(rule) => ("drop-words refused", CROSS, texts.refused(&rule)),
        };
        Some(
            p().class(class)
                .child(icon("mark", shape))
                .child(span().text(words)),
        )
    };
    let heading = format!("column-{stage}");
    let counter = span()
        .class("column-count")
        .child(
            span()
                .attr("aria-hidden", "true")
                .text(move || count().to_string()),
        )
        .child(
            span()
                .class("visually-hidden")
                .text(move || texts.count(count())),
        );
    let head = header()
        .class("column-head")
        .child(
            h3().id(&heading)
                .verbatim()
                .child(stage_mark(stage))
                .text(stage.as_str()),
        )
        .child(counter);
    let cards = ul().class("cards").for_each(
        move || {
            shown.with(|shown| {
                shown
                    .newest
                    .iter()
                    .map(|number| u64::from(number.get()))
                    .collect()
            })
        },
        move |key| {
            let number = u32::try_from(key).ok().and_then(VersionNumber::new);
            number.map_or_else(|| el("li"), |number| card(moves, &name, number, stage))
        },
    );
    section()
        .class(format!("column {}", stage_class(stage)))
        .attr("aria-labelledby", heading)
        .attr("data-stage", stage.as_str())
        .class(("can-drop", move || drop.with(|drop| *drop == Some(None))))
        .class(("cannot-drop", move || {
            drop.with(|drop| matches!(drop, Some(Some(_))))
        }))
        .class(("refused-here", move || moves.is_refused(stage)))
        .child(head)
        .dynamic(move || drop_words().into_iter().collect())
        .child(cards)
        .dynamic(move || {
            let (count, here) = shown.with(|shown| (shown.count, shown.newest.len()));
            if count == 0 {
                return vec![p().class("column-empty").text(empty)];
            }
            if count == here {
                return Vec::new();
            }
            let more = texts.show_more(&PAGE.min(count - here));
            vec![action(more, move || limit.update(|limit| *limit += PAGE)).class("quiet-button")]
        })
}
