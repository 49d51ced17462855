//! The talk with the page around: how far it is, how far the frame is, and what is told.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsValue;

use crate::browser::{self, js};
use crate::embed::links;
use crate::session::frame::{self, Happened};
use ::embed::message::{Event, Ready, Trouble};
use ::embed::{Frame, Origin, Port, View};
use leptos::prelude::window;
use lesson::pack::Id;
use lesson::progress::Outcome;
use text::Language;

/// The talk, and how far the frame is.
pub struct Talk {
    /// What names this frame from its start to its end.
    id: String,
    /// The only page that may connect.
    origin: Option<Origin>,
    /// Not there before the page around has said something.
    port: Option<Port>,
    /// The `MessagePort`; undefined as long as nobody has connected.
    pub channel: JsValue,
    shown: Option<Frame>,
    /// What has happened, until somebody is connected.
    kept: Option<Vec<Rc<Happened>>>,
    /// The questions that were answered, each with whether it was right at the first try.
    answered: Vec<(Id, bool)>,
    completed: bool,
}

thread_local! {
    static TALK: RefCell<Option<Talk>> = const { RefCell::new(None) };
}

/// Does something with the talk; nothing while something is done with it.
pub fn with<T>(act: impl FnOnce(&mut Talk) -> T) -> Option<T> {
    TALK.with(|talk| Some(act(talk.try_borrow_mut().ok()?.as_mut()?)))
}

/// Notes what happens here.
pub fn listen() {
    frame::listen(|happened| {
        with(|talk| {
            talk.note(happened);
            if let Some(kept) = &mut talk.kept {
                kept.push(Rc::clone(happened));
            }
        });
    });
}

/// Returns how much has happened so far.
pub fn moment() -> usize {
    let kept = with(|talk| talk.kept.as_ref().map(Vec::len));
    kept.flatten().unwrap_or_default()
}

/// Takes a port to talk over. Returns what has happened since a [`moment`]; from now on, nothing is kept.
pub fn connect(channel: &JsValue, since: usize) -> Vec<Rc<Happened>> {
    let kept = with(|talk| {
        talk.channel = channel.clone();
        talk.kept.take()
    });
    kept.flatten().into_iter().flatten().skip(since).collect()
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
        let talk = talk.get_or_insert_with(|| Talk {
            id: format!("{:08x}", browser::chance(u32::MAX)),
            origin: frame.options.origin.clone(),
            port: None,
            channel: JsValue::UNDEFINED,
            shown: None,
            kept: Some(Vec::new()),
            answered: Vec::new(),
            completed: false,
        });
        talk.shown = Some(frame.clone());
        is_first
    });
    if is_first && !browser::is_top() {
        let app = env!("CARGO_PKG_VERSION");
        let ready = with(|talk| {
            Ready {
                app,
                id: &talk.id,
                frame,
            }
            .message()
        });
        if let Some(ready) = ready {
            post(&js::get(&window(), "parent"), &ready, Some(frame.target()));
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
        let whole = links::whole(&page);
        let message = talk.port().tell(event, browser::now(), &whole)?;
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
    /// Returns the port, which is made at the first call.
    pub fn port(&mut self) -> &mut Port {
        let words = |trouble: &Trouble| text::embed::trouble(Language::English, trouble);
        let Self { id, origin, .. } = self;
        self.port
            .get_or_insert_with(|| Port::new(origin.clone(), id.clone(), words))
    }

    /// Notes how far the frame is.
    fn note(&mut self, happened: &Happened) {
        let (id, right) = match happened {
            Happened::Answered {
                question, outcome, ..
            } => (Some(question.clone()), *outcome == Outcome::Right),
            Happened::StepDone(id) => (Some(id.clone()), true),
            Happened::Solved { .. } => (Id::parse("solved"), true),
            Happened::Refused(_) | Happened::Offered => return,
        };
        if let Some(id) = id.filter(|id| self.answered.iter().all(|(known, _)| known != id)) {
            self.answered.push((id, right));
        }
    }
}

/// Sends a message: over the port, or to a window of that origin.
pub fn post(to: &JsValue, message: &str, target: Option<&str>) {
    let message = js_sys::JSON::parse(message).unwrap_or(JsValue::NULL);
    let _ = match target {
        Some(target) => js::call(to, "postMessage", &[message, target.into()]),
        None => js::call(to, "postMessage", &[message]),
    };
}
