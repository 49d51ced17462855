//! Who writes: the tab that holds a Web Lock, for as long as it lives. Where the browser has no locks, as on a page
//! that did not come over a safe connection, a tab probes who is present: it writes a word into local storage, and whoever is there
//! answers.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::browser::js;
use crate::browser::local_storage::BrowserStore;
use storage::KeyValue as _;

/// How long a presence probe waits for an answer, in milliseconds.
const ANSWER: i32 = 300;
/// How long the browser may take to say whether the lock is free, in milliseconds.
const PATIENCE: i32 = 2_000;

/// The lock of this tab, if it has it.
#[derive(Clone, Debug, Default)]
pub struct Lock(Rc<State>);

#[derive(Debug, Default)]
struct State {
    /// Gives it back.
    release: RefCell<JsValue>,
    /// Takes back that this tab waits for it.
    waits: RefCell<JsValue>,
    /// Called when another tab has taken it away.
    lost: RefCell<JsValue>,
}

/// How a lock is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// Only if it is free.
    IfFree,
    /// As soon as it is free.
    InTurn,
    /// At once, whoever has it.
    Taking,
}

fn locks() -> JsValue {
    js::get(&js::global("navigator"), "locks")
}

impl Lock {
    /// Takes the lock, if nobody has it; nothing where the browser does not say in time, or says that it has no locks.
    pub async fn try_take(&self, name: &str) -> Option<bool> {
        let late = Rc::new(Cell::new(false));
        let got = js::called_within(PATIENCE, &mut |done| {
            self.request(name, How::IfFree, done, Rc::clone(&late));
        });
        let got = got.await.unwrap_or(JsValue::UNDEFINED);
        late.set(got.is_undefined());
        (!got.is_undefined()).then(|| got.is_object())
    }

    /// Waits until this tab gets the lock; false where it does not wait any more.
    pub async fn take(&self, name: &str) -> bool {
        let got = js::called(&mut |done| self.request(name, How::InTurn, done, Rc::default()));
        got.await.is_ok_and(|got| got.is_object())
    }

    /// Takes the lock away from the tab that has it.
    pub async fn take_away(&self, name: &str) -> bool {
        let _ = js::call(&self.0.waits.take(), "abort", &[]);
        let got = js::called_within(PATIENCE, &mut |done| {
            self.request(name, How::Taking, done, Rc::default());
        });
        got.await.is_ok_and(|got| got.is_object())
    }

    /// Says what is done when another tab takes the lock away.
    pub fn when_lost(&self, act: impl Fn(JsValue) + 'static) {
        self.0.lost.replace(js::function(act));
    }

    /// Asks for the lock. `done` is called with it, with null where it is not free, or with undefined where the browser
    /// refuses. One that is granted `late`, when nobody waits for it any more, is given back at once.
    fn request(&self, name: &str, how: How, done: JsValue, late: Rc<Cell<bool>>) {
        let options = js_sys::Object::new();
        match how {
            How::IfFree => js::set(&options, "ifAvailable", &JsValue::TRUE),
            How::Taking => js::set(&options, "steal", &JsValue::TRUE),
            How::InTurn => {
                let control = js::global("AbortController");
                let made = js_sys::Reflect::construct(&control.into(), &js_sys::Array::new());
                if let Ok(made) = made {
                    js::set(&options, "signal", &js::get(&made, "signal"));
                    self.0.waits.replace(made);
                }
            }
        }
        let state = Rc::clone(&self.0);
        let got = done.clone();
        let granted = wasm_bindgen::closure::Closure::once_into_js(move |lock: JsValue| {
            let _ = js::call(&got, "call", &[JsValue::NULL, lock.clone()]);
            if !lock.is_object() || late.get() {
                return JsValue::UNDEFINED;
            }
            // It is held until this promise is kept, which happens only by `release`, or with the end of the page.
            js_sys::Promise::new(&mut |resolve, _| {
                state.release.replace(resolve.into());
            })
            .into()
        });
        let asked = js::call(&locks(), "request", &[name.into(), options.into(), granted]);
        let state = Rc::clone(&self.0);
        let refused = done.clone();
        let failed = js::function(move |_| {
            if state.release.replace(JsValue::UNDEFINED).is_undefined() {
                let _ = js::call(&refused, "call", &[]);
            } else {
                let _ = js::call(&state.lost.borrow(), "call", &[]);
            }
        });
        let caught =
            asked.and_then(|asked| js::call(&asked, "then", &[JsValue::UNDEFINED, failed]));
        if caught.is_err() {
            let _ = js::call(&done, "call", &[]);
        }
    }

    /// Gives the lock back.
    pub fn release(&self) {
        let release = self.0.release.replace(JsValue::UNDEFINED);
        let _ = js::call(&release, "call", &[]);
    }
}

/// A presence probe, and what has come of it.
#[derive(Debug)]
pub struct PresenceProbe {
    /// Is over when somebody has answered, or nobody for a while.
    answered: JsFuture,
    /// Whether this tab is the first; nothing while it waits.
    first: Rc<Cell<Option<bool>>>,
}

impl PresenceProbe {
    /// Returns whether nobody is there. From then on this tab answers.
    pub async fn finds_nobody(self) -> bool {
        let _ = self.answered.await;
        if self.first.get().is_none() {
            self.first.set(Some(true));
        }
        self.first.get() == Some(true)
    }
}

/// Asks through the store whether another tab is present.
pub fn presence_probe(store: &BrowserStore, prefix: &str, me: u32) -> PresenceProbe {
    let key = format!("{prefix}window");
    let first = Rc::new(Cell::new(None));
    let answered = js::called(&mut |done| {
        let decided = Rc::clone(&first);
        let answer = store.clone();
        let (end, watched) = (done.clone(), key.clone());
        let heard = js::function(move |event| {
            let changed = js::get(&event, "key").as_string();
            if changed.as_ref() != Some(&watched) {
                return;
            }
            let word = js::get(&event, "newValue").as_string();
            let Some((who, is_probe)) = word.as_deref().and_then(read) else {
                return;
            };
            // Of two that probe at once, the smaller number is the first.
            let here = decided.get().unwrap_or(is_probe && me < who);
            if is_probe && here {
                let _ = answer.set(&watched, &format!("{me}!"));
            } else if who != me && decided.get().is_none() {
                decided.set(Some(false));
                let _ = js::call(&end, "call", &[]);
            }
        });
        let window = js_sys::global();
        let _ = js::call(&window, "addEventListener", &["storage".into(), heard]);
        let _ = store.set(&key, &format!("{me}?"));
        let _ = js::call(&window, "setTimeout", &[done, ANSWER.into()]);
    });
    PresenceProbe { answered, first }
}

/// Returns who wrote a word, and whether it is a probe.
pub fn read(word: &str) -> Option<(u32, bool)> {
    let (who, is_probe) = match word.strip_suffix('?') {
        Some(who) => (who, true),
        None => (word.strip_suffix('!')?, false),
    };
    Some((who.parse().ok()?, is_probe))
}
