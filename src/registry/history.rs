//! The history: every step with its time, its effect and its comment; undo, redo, and any earlier moment.

use std::fmt::Display;

use crate::browser;
use crate::history_quiz::opener::opener;
use crate::registry::as_code::as_code_of;
use crate::registry::told::of_step;
use crate::session::{Dialog, RegistryStore, use_dialogs, use_language, use_registry};
use crate::ui::icon::stage_name;
use el::{El, Memo, RwSignal, action, div, ev, h2, input, label, li, ol, p, section, span, ul};
use registry::{
    Action, Actor, Command, Entry, Event, Log, ModelName, RuleSet, Stage, VersionNumber,
};
use text::Language;
use text::{HistoryText, narrate};

/// How many steps are shown at first, and how many more each time.
const PAGE: usize = 10;
/// As many where there is little room.
const SHORT_PAGE: usize = 5;

/// A step as it is shown.
struct Shown {
    sentence: String,
    when: String,
    who: String,
    rules: &'static str,
    comment: Option<String>,
    moves: Vec<(VersionNumber, Stage, Stage)>,
}

/// The part of a key that is the step's number. The rest is of its time, which tells the step from another one that had
/// its number before an undo.
const STEP_BITS: u64 = (1 << 32) - 1;

fn key(entry: &Entry) -> u64 {
    (entry.step & STEP_BITS) | (entry.context.at.0 << 32)
}

/// The keys of the steps to show, and whether there are more.
#[derive(Clone, PartialEq)]
struct Page {
    steps: Vec<u64>,
    more: bool,
}

/// The history of the whole registry, or at first of one model.
pub fn history(model: Option<ModelName>) -> El {
    let (language, store) = (use_language(), use_registry());
    let texts = language.history();
    let search = RwSignal::new(String::new());
    let only = RwSignal::new(model.is_some());
    let is_narrow = browser::matches("(max-width: 48rem)");
    let limit = RwSignal::new(if is_narrow { SHORT_PAGE } else { PAGE });
    let of = model.clone();
    let page = Memo::new(move || {
        let model = of.as_ref().filter(|_| only.get());
        page(language, store, model, &search.get(), limit.get())
    });
    let folded = Memo::new(move || store.history(Log::folded));
    let questions = opener(model.clone());
    let only_one = model.map(|name| {
        label()
            .class("check")
            .child(
                input()
                    .attr("type", "checkbox")
                    .prop("checked", move || only.get().into())
                    .on(ev::change, move |_| only.update(|only| *only = !*only)),
            )
            .child(span().text(texts.of_model(&name)))
    });
    let find = label().class("history-search").text(texts.search).child(
        input()
            .attr("type", "search")
            .id("history-search")
            .attr("maxlength", "1000")
            .attr("autocomplete", "off")
            .prop("value", move || search.get().into())
            .on_value(ev::input, move |typed| search.set(typed)),
    );
    // The steps are looked up by their numbers: what a step says never changes while it is there.
    let steps = ol().class("steps").for_each(
        move || page.with(|page| page.steps.clone()),
        move |key| step(key & STEP_BITS),
    );
    let rest = move || {
        let (none, more) = page.with(|page| (page.steps.is_empty(), page.more));
        let mut rest = Vec::new();
        if none && store.history(|log| log.step() == 0) {
            rest.push(p().class("empty").text(texts.empty));
        } else if none {
            rest.push(p().class("empty").text(texts.none(&search.get())));
        }
        if more {
            let more = move || limit.update(|limit| *limit += PAGE);
            rest.push(action(texts.more, more).class("quiet-button"));
        }
        if !none && !more && search.with(|search| search.trim().is_empty()) {
            rest.push(start(folded.get()));
        }
        if folded.get() > 0 {
            rest.push(p().class("quiet").text(texts.folded(&folded.get())));
        }
        rest
    };
    section()
        .class("panel history")
        .attr("aria-labelledby", "history-title")
        .child(
            div()
                .class("panel-head")
                .child(h2().id("history-title").text(texts.title))
                .child(undo_redo()),
        )
        .child(div().class("history-tools").child(find).children(only_one))
        .child(questions)
        .child(steps)
        .child(div().dynamic(rest))
}

/// Undo and redo, with what they would do.
fn undo_redo() -> El {
    let (language, store, dialogs) = (use_language(), use_registry(), use_dialogs());
    let texts = language.history();
    let undo = Memo::new(move || {
        store.history(|log| {
            log.can_undo()
                .ok()
                .map(|entry| narrate::narrate(language, entry))
        })
    });
    let redo = Memo::new(move || {
        store.history(|log| {
            log.can_redo()
                .ok()
                .map(|entry| narrate::narrate(language, entry))
        })
    });
    let ready = move |button: El,
                      what: Memo<Option<String>>,
                      words: fn(&HistoryText, &dyn Display) -> String,
                      none: &'static str| {
        button
            .attr("title", move || {
                Some(
                    what.get()
                        .map_or_else(|| none.to_owned(), |what| words(texts, &what)),
                )
            })
            .attr("disabled", move || {
                !store.can_change() || what.with(Option::is_none)
            })
    };
    let back = action(texts.undo, move || store.undo()).id("undo");
    let again = action(texts.redo, move || store.redo()).id("redo");
    div()
        .class("actions")
        .child(ready(
            back,
            undo,
            HistoryText::undo_what,
            texts.nothing_to_undo,
        ))
        .child(ready(
            again,
            redo,
            HistoryText::redo_what,
            texts.nothing_to_redo,
        ))
        .child(
            action(language.code().export, move || {
                dialogs.open.set(Some(Dialog::Export))
            })
            .id("export"),
        )
}

/// The moment before the first step that is kept.
fn start(number: u64) -> El {
    let store = use_registry();
    let texts = use_language().history();
    let look = action(texts.look, move || store.look_at(number))
        .class("quiet-button")
        .attr("aria-label", format!("{}: {}", texts.look, texts.start));
    let restore = action(texts.restore, move || store.restore(number))
        .class("quiet-button")
        .attr("aria-label", format!("{}: {}", texts.restore, texts.start))
        .attr("hidden", store.limits.is_some())
        .attr("disabled", move || store.keeper.is_read_only());
    div()
        .class("step start")
        .child(p().class("step-sentence").text(texts.start))
        .child(div().class("actions").child(look).child(restore))
}

/// A step, and what can be done with it.
fn step(number: u64) -> El {
    let (language, store) = (use_language(), use_registry());
    let texts = language.history();
    let shown = store.history(|log| {
        let index = usize::try_from(number.checked_sub(log.folded() + 1)?).ok()?;
        Some(show(language, log.done().get(index)?))
    });
    let Some(shown) = shown else {
        return li();
    };
    let here = move || {
        store.snapshot.with(|snapshot| {
            snapshot
                .as_ref()
                .is_some_and(|snapshot| snapshot.step == number)
        })
    };
    let name = texts.step(&number);
    let moves = shown.moves.into_iter().map(|(version, from, to)| {
        li().child(span().class("mono").verbatim().text(format!("v{version} ")))
            .child(stage_name(from))
            .text(" → ")
            .child(stage_name(to))
    });
    let look = action(texts.look, move || store.look_at(number))
        .class("quiet-button")
        .attr("aria-label", format!("{}: {name}", texts.look));
    let restore = action(texts.restore, move || store.restore(number))
        .class("quiet-button")
        .attr("aria-label", format!("{}: {name}", texts.restore))
        .attr("hidden", store.limits.is_some())
        .attr("disabled", move || {
            store.keeper.is_read_only() || store.history(|log| log.step() == number)
        });
    li().class("step")
        .class(("here", here))
        .child(p().class("step-sentence").text(shown.sentence))
        .child(ul().class("step-moves").children(moves))
        .children(
            shown
                .comment
                .map(|comment| p().class("step-comment").text(texts.comment(&comment))),
        )
        .child(p().class("quiet").text(format!(
            "{name} · {} · {} · {}",
            shown.when, shown.who, shown.rules
        )))
        .child(
            div()
                .class("actions")
                .child(look)
                .child(restore)
                .child(as_code_of(&name, move || {
                    store.history(|log| of_step(log, number))
                })),
        )
}

/// Says that an earlier moment is looked at, and the way back.
pub fn moment_bar() -> El {
    let store = use_registry();
    let texts = use_language().history();
    div().class("moment-place").dynamic(move || {
        let step = store
            .snapshot
            .with(|snapshot| snapshot.as_ref().map(|snapshot| snapshot.step));
        let Some(step) = step else {
            return Vec::new();
        };
        let sentence = if step == 0 {
            texts.viewing_start.to_owned()
        } else {
            texts.viewing(&step)
        };
        let actions = div()
            .class("actions")
            .child(action(texts.back_to_now, move || store.back_to_now()).class("primary"))
            .child(
                action(texts.restore, move || store.restore(step))
                    .attr("hidden", store.limits.is_some()),
            );
        vec![
            div()
                .class("moment-bar")
                .attr("role", "status")
                .child(p().text(sentence))
                .child(actions),
        ]
    })
}

/// The newest steps that match, up to a number. Without a search only as many are looked at as are shown.
fn page(
    language: Language,
    store: RegistryStore,
    model: Option<&ModelName>,
    search: &str,
    limit: usize,
) -> Page {
    let search = browser::lower(search.trim());
    store.history(|log| {
        let mut steps = Vec::new();
        for entry in log.done().iter().rev() {
            if model.is_some_and(|model| !concerns(entry, model)) {
                continue;
            }
            if !search.is_empty() && !matches(&show(language, entry), &search) {
                continue;
            }
            if steps.len() == limit {
                return Page { steps, more: true };
            }
            steps.push(key(entry));
        }
        Page { steps, more: false }
    })
}

fn concerns(entry: &Entry, model: &ModelName) -> bool {
    match &entry.action {
        Action::Restore { .. } | Action::Do(Command::ReplaceRegistry { .. }) => true,
        Action::Do(
            Command::RenameRegisteredModel {
                new_name: other, ..
            }
            | Command::CopyModelVersion {
                dst_name: other, ..
            },
        ) if other == model => true,
        Action::Do(command) => command.model() == Some(model),
    }
}

fn matches(shown: &Shown, search: &str) -> bool {
    [
        Some(&shown.sentence),
        Some(&shown.who),
        shown.comment.as_ref(),
    ]
    .into_iter()
    .flatten()
    .any(|text| browser::lower(text).contains(search))
}

fn show(language: Language, entry: &Entry) -> Shown {
    let texts = language.history();
    let moves = entry.events.iter().filter_map(|event| match event {
        Event::StageChanged { version, stage, .. } => Some((*version, stage.before, stage.after)),
        _ => None,
    });
    Shown {
        sentence: narrate::narrate(language, entry),
        when: browser::date(entry.context.at),
        who: match &entry.context.actor {
            Actor::You => texts.you.to_owned(),
            Actor::Colleague(name) => name.to_string(),
        },
        rules: match entry.context.rules {
            RuleSet::Guided => texts.rules_guided,
            RuleSet::Mlflow => texts.rules,
        },
        comment: Some(entry.context.comment.to_string()).filter(|comment| !comment.is_empty()),
        moves: moves.take(6).collect(),
    }
}
