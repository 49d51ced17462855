//! The commands that the page around can give, carried out; and what it is told of what happens.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use crate::browser::{self, js};
use crate::embed::{links, talk};
use crate::session::frame::{self, Happened};
use crate::session::offer;
use crate::session::page_host::PageHost;
use crate::session::{RegistryStore, use_keeper, use_language, use_router};
use ::embed::message::{Answer, Ask, Do, Event, GoTo, KEYS, Placed, State, Trouble};
use ::embed::{Frame, Kind};
use console::{Console, Stop};
use lesson::progress::Outcome;
use registry::{FreeText, Log, Refusal};
use share::link;
use share::route::Route;
use storage::{Theme, WorkspaceSnapshot};
use text::Language;
use text::console::printed;
use text::explain::explain;

thread_local! {
    /// What Python's names mean from one line to the next.
    static CONSOLE: RefCell<Console> = RefCell::default();
    /// What follows the registry that is shown.
    static FOLLOWED: RefCell<Option<Owner>> = const { RefCell::new(None) };
}

/// Carries a command out.
///
/// # Errors
/// Why it was not carried out.
pub fn carry_out(what: Do) -> Result<Answer, Trouble> {
    let (shown, completed) = talk::state().ok_or(Trouble::NotHere)?;
    let kind = shown.view.kind();
    let is_for = |ask: Ask| ask.is_for(kind).then_some(()).ok_or(Trouble::NotHere);
    match what {
        Do::Run { line } => is_for(Ask::Run).and_then(|()| run(&line)),
        Do::Reset => {
            match offer::offered() {
                Some(offered) => (offered.reset)(),
                None => anew(),
            }
            Ok(Answer::Done)
        }
        Do::Load { frame } => {
            load(&frame, &shown);
            Ok(Answer::Done)
        }
        Do::GoTo { to } => is_for(Ask::GoTo).and_then(|()| go(to)),
        Do::SetTheme { theme } => {
            browser::set_theme(match theme {
                Theme::System => None,
                Theme::Light => Some("light"),
                Theme::Dark => Some("dark"),
            });
            Ok(Answer::Done)
        }
        Do::GetState => Ok(Answer::State(state(shown, completed))),
        Do::GetReceipt => {
            is_for(Ask::GetReceipt)?;
            let offered = offer::offered().filter(|_| completed);
            let receipt = offered.and_then(|offered| (offered.receipt)());
            receipt.map(Answer::Receipt).ok_or(Trouble::NoReceipt)
        }
    }
}

/// Makes what is shown once more.
fn anew() {
    use_router().route.update(|_| {});
}

fn load(frame: &Frame, shown: &Frame) {
    if frame == shown {
        anew();
    } else {
        browser::replace_hash(&Route::parse(&frame.to_string()));
    }
}

fn run(line: &str) -> Result<Answer, Trouble> {
    let language = use_language();
    let store = offer::offered().ok_or(Trouble::NotHere)?.store;
    let model = store.log.with_untracked(|log| {
        let mut models = log.registry().models();
        models.next().map(|model| model.name().clone())
    });
    let mut host = PageHost::new(store, use_router(), model);
    let before = store.log.with_untracked(Log::step);
    let reply = CONSOLE.with_borrow_mut(|console| console.enter(&mut host, line));
    store.show_since(before);
    let said = printed(language, store.rules.get_untracked(), line, &reply);
    let said: Vec<_> = said.into_iter().map(|printed| printed.text).collect();
    match reply.stop {
        None => Ok(Answer::Printed(said.join("\n"))),
        Some(Stop::Refused { .. } | Stop::Diagnostic(_)) => Err(Trouble::Refused(said.join("\n"))),
    }
}

fn go(to: GoTo) -> Result<Answer, Trouble> {
    let to = |at: usize, last: usize, first: usize| {
        let wanted = match to {
            GoTo::Next => at.checked_add(1),
            GoTo::Previous => at.checked_sub(1),
            GoTo::At(wanted) => usize::try_from(wanted).ok(),
        };
        let wanted = wanted.filter(|wanted| (first..=last).contains(wanted));
        wanted.ok_or(Trouble::Field("to"))
    };
    if let Some((at, count)) = links::place().filter(|_| frame::has_row()) {
        at.set(to(at.get_untracked() + 1, count, 1)? - 1);
        return Ok(Answer::Done);
    }
    let store = offer::offered().ok_or(Trouble::NotHere)?.store;
    let (at, last) = moments(store);
    let wanted = to(at, last, 0)?;
    if wanted == last {
        store.back_to_now();
    } else {
        store.look_at(u64::try_from(wanted).unwrap_or_default());
    }
    Ok(Answer::Done)
}

/// Which moment is shown, and which is the last.
fn moments(store: RegistryStore) -> (usize, usize) {
    let last = store.log.with_untracked(Log::step);
    let looked = store
        .snapshot
        .with_untracked(|snapshot| snapshot.as_ref().map(|snapshot| snapshot.step));
    let number = |step| usize::try_from(step).unwrap_or(usize::MAX);
    (number(looked.unwrap_or(last)), number(last))
}

fn state(mut shown: Frame, completed: bool) -> State {
    let row = links::place().filter(|_| frame::has_row());
    let offered = offer::offered();
    let (at, of) = match (&offered, row) {
        (_, Some((at, count))) => (at.get_untracked() + 1, count),
        (Some(offered), None) => moments(offered.store),
        (None, None) => (1, 1),
    };
    let store = offered.map(|offered| offered.store);
    if let Some(store) = store
        && matches!(
            shown.view.kind(),
            Kind::Registry | Kind::Diagram | Kind::Console
        )
    {
        let snapshot = WorkspaceSnapshot {
            name: FreeText::default(),
            rules: store.rules.get_untracked(),
            created: browser::now(),
            log: store.log.with_untracked(Clone::clone),
        };
        shown.options.start = link::print(&snapshot);
        shown.options.rules = None;
    }
    let versions = store.map_or_else(Vec::new, |store| {
        untrack(|| {
            store.read(|registry| {
                let all = registry.models().flat_map(|model| {
                    model.versions().map(|version| Placed {
                        model: model.name().to_string(),
                        version: version.number().get(),
                        stage: version.stage(),
                    })
                });
                all.collect()
            })
        })
    });
    State {
        address: shown.to_string(),
        at,
        of,
        completed,
        versions,
    }
}

/// Where keys mean something of their own.
const TAKES_KEYS: &str = "input, select, textarea, dialog, [contenteditable]";

/// Tells the page around of keys that mean nothing here, if it has asked for them. Where the page can be scrolled, they scroll it.
fn follow_keys() {
    js::listen(&js_sys::global(), "keydown", |event| {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else {
            return;
        };
        let is_plain =
            !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        let target = event
            .target()
            .and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        let is_taken = target.is_some_and(|it| it.closest(TAKES_KEYS).is_ok_and(|it| it.is_some()));
        let root = document().document_element();
        let scrolls = root.is_some_and(|root| root.scroll_height() > root.client_height());
        let key = event.key();
        if is_plain
            && !is_taken
            && !scrolls
            && !event.default_prevented()
            && KEYS.contains(&key.as_str())
        {
            talk::tell(&Event::Key { key });
        }
    });
}

/// Tells the page around what has happened, and what happens from now on.
pub fn tell(kept: &[Rc<Happened>]) {
    follow_keys();
    let (language, owner) = (use_language(), use_keeper().owner());
    for happened in kept {
        tell_of(language, happened);
    }
    frame::listen(move |happened| match &**happened {
        Happened::Offered => owner.with(follow),
        happened => tell_of(language, happened),
    });
    follow();
}

fn tell_of(language: Language, happened: &Happened) {
    match happened {
        Happened::Answered {
            question,
            outcome: outcome @ (Outcome::Right | Outcome::Wrong),
            given,
        } => talk::tell(&Event::Answered {
            question: question.to_string(),
            given: given.clone(),
            right: *outcome == Outcome::Right,
        }),
        Happened::Solved {
            exercise,
            steps,
            fewest,
        } => talk::tell(&Event::Solved {
            exercise: exercise.clone(),
            steps: *steps,
            fewest: Some(*fewest),
            receipt: offer::offered().and_then(|offered| (offered.receipt)()),
        }),
        Happened::Refused(refusal) => talk::tell(&Event::Refused {
            says: says(language, refusal),
        }),
        Happened::Answered { .. } | Happened::StepDone(_) | Happened::Offered => {}
    }
    if let Some((right, of)) = talk::newly_completed() {
        talk::tell(&Event::Completed { right, of });
    }
}

fn says(language: Language, refusal: &Refusal) -> String {
    let words = explain(language, refusal);
    format!("{}: {} {}", words.rule, words.why, words.advice)
        .trim()
        .to_owned()
}

/// Follows the moves in the registry that is shown.
fn follow() {
    let Some(store) = offer::offered().map(|offered| offered.store) else {
        return;
    };
    let owner = Owner::new();
    // What is done before the effect runs is told, too.
    let start = store.log.with_untracked(Log::step);
    owner.with(|| {
        Effect::new(move |before: Option<u64>| {
            let before = before.unwrap_or(start);
            let (now, moves) = store.log.with(|log| (log.step(), moves(log, before)));
            for event in &moves {
                untrack(|| talk::tell(event));
            }
            now
        });
    });
    FOLLOWED.replace(Some(owner));
}

/// The moves since a step: those that were made, and those that were taken back.
fn moves(log: &Log, before: u64) -> Vec<Event> {
    let new = log.done().iter().filter(|entry| entry.step > before);
    let new = new.flat_map(|entry| entry.events.iter().cloned());
    let back = log.undone().iter().rev();
    let back = back.filter(|entry| entry.step <= before);
    let back = back.flat_map(|entry| entry.events.iter().rev().map(registry::Event::inverse));
    let moved = back.chain(new).filter_map(|event| match event {
        registry::Event::StageChanged {
            name,
            version,
            stage,
            ..
        } if stage.before != stage.after => Some(Event::Moved {
            model: name.to_string(),
            version: version.get(),
            from: stage.before,
            to: stage.after,
        }),
        _ => None,
    });
    moved.collect()
}
