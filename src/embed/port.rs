//! The talk with the page around: who is listened to and what is told is decided in the crate [`embed`]; what is here brings
//! it to the browser.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use crate::browser::{self, js};
use crate::embed::{lazy, links};
use crate::session::frame::{self, Happened};
use crate::session::use_keeper;
use ::embed::message::{Do, Event, Trouble};
use ::embed::port::{Asked, Heard, Letter};
use ::embed::{Frame, Port, View};
use lesson::pack::Id;
use lesson::progress::Outcome;
use text::Language;

/// The talk, and how far the frame is.
struct Talk {
    port: Port,
    /// The `MessagePort`; undefined as long as nobody has connected.
    channel: JsValue,
    shown: Option<Frame>,
    /// The questions that were answered, each with whether it was right at the first try.
    answered: Vec<(Id, bool)>,
    completed: bool,
}

thread_local! {
    static TALK: RefCell<Option<Talk>> = const { RefCell::new(None) };
}

/// Does something with the talk; nothing while something is done with it.
fn with<T>(act: impl FnOnce(&mut Talk) -> T) -> Option<T> {
    TALK.with(|talk| Some(act(talk.try_borrow_mut().ok()?.as_mut()?)))
}

/// Listens to the page around, and to what happens here.
pub fn listen() {
    frame::listen(|happened| {
        with(|talk| talk.note(happened));
    });
    if browser::is_top() {
        return;
    }
    let owner = use_keeper().owner();
    js::listen(&js_sys::global(), "message", move |event| {
        hear(&event, &owner);
    });
}

/// Something else is to be shown: nothing of it is done yet.
pub fn forget() {
    with(|talk| {
        talk.shown = None;
        talk.answered.clear();
        talk.completed = false;
    });
}

/// A view is shown. The first one says that the frame can be used.
pub fn shown(frame: &Frame) {
    let is_first = TALK.with_borrow_mut(|talk| {
        let is_first = talk.is_none();
        let talk = talk.get_or_insert_with(|| {
            let words = |trouble: &Trouble| text::embed::trouble(Language::English, trouble);
            let id = format!("{:08x}", browser::chance(u32::MAX));
            Talk {
                port: Port::new(frame.options.origin.clone(), id, words),
                channel: JsValue::UNDEFINED,
                shown: None,
                answered: Vec::new(),
                completed: false,
            }
        });
        talk.shown = Some(frame.clone());
        is_first
    });
    if is_first && !browser::is_top() {
        let ready = with(|talk| {
            let ready = talk.port.ready(env!("CARGO_PKG_VERSION"), frame);
            (ready, talk.port.target().to_owned())
        });
        if let Some((ready, target)) = ready {
            post(&js::get(&window(), "parent"), &ready, Some(&target));
        }
    }
}

/// Returns what is shown, and whether all that is to be done in it is done.
pub fn state() -> Option<(Frame, bool)> {
    with(|talk| Some((talk.shown.clone()?, talk.completed)))?
}

/// Tells the page around of something that happened, if it wants to know.
pub fn tell(event: &Event) {
    let told = with(|talk| {
        let page = talk.shown.as_ref()?.page();
        let message = talk
            .port
            .tell(event, browser::now(), &links::whole(&page))?;
        Some((talk.channel.clone(), message))
    });
    if let Some(Some((channel, message))) = told {
        post(&channel, &message, None);
    }
}

/// Returns how many questions were answered right at the first try, and of how many, if all is done and this was not said before.
pub fn newly_completed() -> Option<(u32, u32)> {
    with(|talk| {
        let shown = talk.shown.as_ref()?;
        let of = match &shown.view {
            View::Questions(ids) => ids.ids().len(),
            _ => 1,
        };
        let right = talk.answered.iter().filter(|(_, right)| *right).count();
        if talk.completed || talk.answered.len() < of {
            return None;
        }
        talk.completed = true;
        Some((u32::try_from(right).ok()?, u32::try_from(of).ok()?))
    })?
}

impl Talk {
    /// Notes how far the frame is.
    fn note(&mut self, happened: &Happened) {
        let (id, right) = match happened {
            Happened::Answered {
                question, outcome, ..
            } => (Some((*question).clone()), *outcome == Outcome::Right),
            Happened::StepDone(id) => (Id::parse(id), true),
            Happened::Solved { .. } => (Id::parse("solved"), true),
            Happened::Refused(_) | Happened::Offered => return,
        };
        if let Some(id) = id.filter(|id| self.answered.iter().all(|(known, _)| known != id)) {
            self.answered.push((id, right));
        }
    }
}

/// Returns a message as JSON; nothing where it can't be that.
fn json(data: &JsValue) -> Option<String> {
    js_sys::JSON::stringify(data).ok()?.as_string()
}

/// Sends a message: over the port, or to a window of that origin.
fn post(to: &JsValue, message: &str, target: Option<&str>) {
    let message = js_sys::JSON::parse(message).unwrap_or(JsValue::NULL);
    let _ = match target {
        Some(target) => js::call(to, "postMessage", &[message, target.into()]),
        None => js::call(to, "postMessage", &[message]),
    };
}

/// Takes a message to the window.
fn hear(event: &JsValue, owner: &Owner) {
    let source = js::get(event, "source");
    let ports = js_sys::Array::from(&js::get(event, "ports"));
    let origin = js::get(event, "origin").as_string().unwrap_or_default();
    let data = js::get(event, "data");
    // Only an object can be ours: what other programs of the page say is not written out for that.
    let text = || json(&data).filter(|_| data.is_object());
    let letter = Letter {
        is_from_parent: source == js::get(&window(), "parent"),
        origin: &origin,
        ports: usize::try_from(ports.length()).unwrap_or(usize::MAX),
        text: &text,
    };
    match with(|talk| talk.port.hear(&letter, browser::now())) {
        Some(Heard::Connected) => connect(ports.get(0), owner),
        Some(Heard::Refused(why)) => {
            let target = if origin == "null" { "*" } else { &origin };
            post(&source, &why, Some(target));
        }
        Some(Heard::Ignored) | None => {}
    }
}

fn connect(channel: JsValue, owner: &Owner) {
    with(|talk| talk.channel = channel.clone());
    lazy::tell(owner.clone());
    let owner = owner.clone();
    let taken = js::function(move |event| {
        let data = js::get(&event, "data");
        let text = || json(&data).filter(|_| data.is_object());
        match with(|talk| talk.port.take(&text, browser::now())) {
            Some(Asked::Do(command)) => ask(command.id, command.what, &owner),
            Some(Asked::Tell(answer)) => answer_with(&answer),
            Some(Asked::Ignored) | None => {}
        }
    });
    js::set(&channel, "onmessage", &taken);
}

fn ask(id: u64, what: Do, owner: &Owner) {
    lazy::carry_out(what, owner.clone(), move |done| {
        if let Some(answer) = with(|talk| talk.port.answer(id, &done)) {
            answer_with(&answer);
        }
    });
}

fn answer_with(answer: &str) {
    if let Some(channel) =
        with(|talk| talk.channel.clone()).filter(|it| it.has_type::<js_sys::Object>())
    {
        post(&channel, answer, None);
    }
}
