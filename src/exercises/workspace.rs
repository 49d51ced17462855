//! What one works with: undo and redo, the board, what users get, the details, the traffic, and the console.

use leptos::prelude::*;

use crate::browser;
use crate::console::lazy;
use crate::console::transcript::Opening;
use crate::exercises::attempt::Work;
use crate::exercises::given_lazy::script;
use crate::registry::as_code::last_step;
use crate::registry::board::board_of_app;
use crate::registry::dialog_host::{dialog_host, no_data_dialog};
use crate::registry::history::moment_bar;
use crate::registry::live_version::live_now;
use crate::registry::model::tag;
use crate::registry::panel_lazy::version_panel;
use crate::registry::refusals::refusal;
use crate::registry::scene::scene;
use crate::registry::traffic::{Reloads, Traffic};
use crate::session::{Dialog, use_registry, use_selection};
use crate::ui::page::announcement_line;
use el::{El, Memo, RwSignal, action, details, div, ev, li, p, span, summary, ul};
use lesson::exercise::Allowed;
use lesson::pack::Loads;
use registry::{ModelName, Stage};

/// The workbench.
pub fn bench(work: Work) -> El {
    let task = work.task();
    let asks = task.loads.clone();
    let loads = RwSignal::new(asks.unwrap_or(Loads::Stage(Stage::Production)));
    let shown = move || {
        let model = work.model.get();
        untrack(|| vec![board_of_app(&model, loads)])
    };
    let board = div().class("exercise-board").dynamic(shown);
    let live = move || {
        let model = work.model.get();
        untrack(|| vec![live_now(&model)])
    };
    let scene = match task.loads {
        Some(_) => scene(
            Traffic::new(&task.model, loads, None, Reloads::ByItself),
            board,
        ),
        None => div()
            .class("exercise-board")
            .child(div().dynamic(live))
            .child(div().dynamic(refusal))
            .child(board)
            .child(announcement_line()),
    };
    div()
        .class("exercise-bench")
        .child(bar(work))
        .child(moment_bar())
        .children(models(work))
        .children(model_actions(work))
        .child(scene)
        .child(last_step(move || work.task().from()))
        .child(details_of_versions(work))
        .child(console(work))
        .child(dialog_host(no_data_dialog))
}

/// Undo, redo, start again, and how many steps there were.
fn bar(work: Work) -> El {
    let store = use_registry();
    let texts = work.language.tasks();
    let par = move || {
        let par = usize::try_from(work.task().par).unwrap_or(usize::MAX);
        work.language.exercises().steps(par)
    };
    let steps = move || {
        let count = usize::try_from(work.steps()).unwrap_or(usize::MAX);
        if count == 0 {
            return texts.steps_none(&par());
        }
        let steps = work.language.exercises().steps(count);
        texts.steps_some(&steps, &par())
    };
    let undo = action(texts.undo, move || store.undo())
        .id("exercise-undo")
        .attr("disabled", move || !store.can_change() || work.steps() == 0);
    let redo = action(texts.redo, move || store.redo())
        .id("exercise-redo")
        .attr("disabled", move || {
            !store.can_change() || store.history(|log| log.undone().is_empty())
        });
    let again = action(texts.again, move || work.start_again())
        .id("exercise-again")
        .class("resets")
        .attr("disabled", move || {
            work.steps() == 0 && store.history(|log| log.undone().is_empty())
        });
    div()
        .class("exercise-bar")
        .child(p().class("quiet").text(steps))
        .child(div().class("actions").child(undo).child(redo).child(again))
}

/// Which model is shown, where there are several.
fn models(work: Work) -> Option<El> {
    let (store, selection) = (use_registry(), use_selection());
    let texts = work.language.tasks();
    let names = Memo::new(move || {
        store.read(|registry| {
            let names = registry.models().map(|model| model.name().clone());
            names.collect::<Vec<ModelName>>()
        })
    });
    let several = names.with_untracked(|names| names.len() > 1);
    let buttons = move || {
        let button = |name: &ModelName| {
            let (shown, chosen, marked) = (name.clone(), name.clone(), name.clone());
            let label = name.clone();
            let is_marked = move || {
                let marks = selection.marks;
                marks.with(|marks| marks.iter().any(|mark| mark.model == marked))
            };
            action("", move || work.model.set(chosen.clone()))
                .attr("aria-pressed", move || {
                    Some((work.model.get() == shown).to_string())
                })
                .text(move || {
                    if is_marked() {
                        texts.model_marked(&label)
                    } else {
                        label.to_string()
                    }
                })
        };
        names.with(|names| names.iter().map(button).collect())
    };
    several.then(|| {
        div()
            .class("actions model-choice")
            .attr("role", "group")
            .attr("aria-label", texts.models)
            .dynamic(buttons)
    })
}

fn allows(work: Work, is: fn(&Allowed) -> bool) -> bool {
    work.task().allow.iter().any(is)
}

/// What can be done to the model itself, where that is part of the exercise.
fn model_actions(work: Work) -> Option<El> {
    let store = use_registry();
    let texts = work.language.model();
    let tags = allows(work, |it| {
        matches!(it, Allowed::SetModelTag { .. } | Allowed::DeleteModelTag(_))
    });
    let aliases = allows(work, |it| matches!(it, Allowed::SetAlias(_)));
    let deletes = allows(work, |it| matches!(it, Allowed::DeleteModel));
    if !(tags || aliases || deletes) {
        return None;
    }
    let asks = move |label: &str, ask: fn(ModelName) -> Dialog| {
        action(label, move || {
            store.open_dialog(ask(work.model.get_untracked()));
        })
        .attr("disabled", move || !store.can_change())
    };
    let tag_button = tags.then(|| asks(texts.add_tag, |model| Dialog::AddTag(model, None)));
    let alias = aliases.then(|| asks(texts.add_alias, |model| Dialog::SetAlias(model, None)));
    let delete = deletes.then(|| asks(texts.delete, Dialog::DeleteModel));
    let shown = tags.then(|| model_tags(work));
    Some(
        div().class("model-actions").children(shown).child(
            div()
                .class("actions")
                .children(tag_button)
                .children(alias)
                .children(delete),
        ),
    )
}

/// The tags of the model.
fn model_tags(work: Work) -> El {
    let store = use_registry();
    let texts = work.language.tasks();
    let found = Memo::new(move || {
        let model = work.model.get();
        store.read(|registry| {
            let tags = registry.model(&model).map(|model| {
                let tags = model.tags().iter();
                tags.map(|(key, value)| (key.clone(), value.to_string()))
                    .collect::<Vec<_>>()
            });
            (model.clone(), tags.unwrap_or_default())
        })
    });
    div().class("model-tags").dynamic(move || {
        let (model, tags) = found.get();
        let name = texts.model_tags(&model);
        let chips: Vec<El> = if tags.is_empty() {
            vec![li().class("quiet").text(texts.no_tags)]
        } else {
            tags.into_iter()
                .map(|(key, value)| tag(&model, key, &value))
                .collect()
        };
        vec![
            span()
                .class("quiet")
                .attr("aria-hidden", "true")
                .text(&name),
            ul().class("chips").attr("aria-label", name).children(chips),
        ]
    })
}

/// The panel of a version: folded, unless the exercise needs it. Whoever chooses a card opens it.
fn details_of_versions(work: Work) -> El {
    let selection = use_selection();
    let needs = allows(work, |it| {
        !matches!(it, Allowed::Transition | Allowed::DeleteVersion)
    });
    let opened = needs && browser::matches("(min-width: 48rem)");
    let fold = details().class("exercise-details").attr("open", opened);
    let is_open = RwSignal::new(opened);
    let opens = fold.clone();
    Effect::new(move || {
        if selection.selected.get().is_some() {
            let _ = opens.node().set_attribute("open", "");
        }
    });
    let content = move || {
        if !is_open.get() {
            return Vec::new();
        }
        let model = work.model.get();
        untrack(|| vec![version_panel(&model)])
    };
    fold.on(ev::toggle, move |_| is_open.set(true))
        .child(summary().text(work.language.tasks().details))
        .child(div().dynamic(content))
}

/// The console, made when it is first opened; a script to be mended stands in it from the start.
fn console(work: Work) -> El {
    const ID: &str = "exercise-console";
    let texts = work.language.tasks();
    let code = script(work);
    let open = RwSignal::new(code.is_some());
    let opening = code.map_or(Opening::Empty, Opening::Mends);
    let content = move || {
        work.consoles.track();
        if open.get() {
            lazy::console(ID, Some(&work.task().model), opening)
        } else {
            Vec::new()
        }
    };
    details()
        .class("play-console")
        .attr("open", code.is_some())
        .on(ev::toggle, move |_| {
            if !open.get_untracked() {
                open.set(true);
            }
        })
        .child(summary().text(texts.console))
        .child(div().dynamic(content))
}
