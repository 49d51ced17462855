//! Who writes: the window that holds a Web Lock, for as long as it lives. Where the browser has no locks, as on a page
//! that did not come over a safe connection, a window knocks: it writes a word into local storage, and whoever is there
//! answers.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::app::js;
use crate::storage::{BrowserStore, KeyValue as _};

/// How long a window that knocks waits for an answer, in milliseconds.
const ANSWER: i32 = 300;

/// The lock of this window, if it has it.
#[derive(Clone, Debug, Default)]
pub struct Lock {
    /// Gives it back.
    release: Rc<RefCell<JsValue>>,
}

/// Whether the browser has locks.
pub fn has_locks() -> bool {
    locks().is_object()
}

fn locks() -> JsValue {
    js::get(&js::global("navigator"), "locks")
}

impl Lock {
    /// Takes the lock, if nobody has it.
    pub async fn try_take(&self, name: &str) -> bool {
        let options = js_sys::Object::new();
        js::set(&options, "ifAvailable", &JsValue::TRUE);
        let lock = self.clone();
        let got = js::called(&mut |done| lock.request(name, options.clone().into(), done));
        got.await.is_ok_and(|got| got.is_object())
    }

    /// Waits until this window gets the lock.
    pub async fn take(&self, name: &str) {
        let lock = self.clone();
        let _ =
            js::called(&mut |done| lock.request(name, js_sys::Object::new().into(), done)).await;
    }

    fn request(&self, name: &str, options: JsValue, done: JsValue) {
        let release = Rc::clone(&self.release);
        let granted = wasm_bindgen::closure::Closure::once_into_js(move |lock: JsValue| {
            let _ = js::call(&done, "call", &[JsValue::NULL, lock.clone()]);
            if !lock.is_object() {
                return JsValue::UNDEFINED;
            }
            // It is held until this promise is kept, which happens only by `release`, or with the end of the page.
            js_sys::Promise::new(&mut |resolve, _| {
                release.replace(resolve.into());
            })
            .into()
        });
        let _ = js::call(&locks(), "request", &[name.into(), options, granted]);
    }

    /// Gives the lock back.
    pub fn release(&self) {
        let release = self.release.replace(JsValue::UNDEFINED);
        let _ = js::call(&release, "call", &[]);
    }
}

/// A knock, and what has come of it.
#[derive(Debug)]
pub struct Knock {
    /// Is over when somebody has answered, or nobody for a while.
    answered: JsFuture,
    /// Whether this window is the first; nothing while it waits.
    first: Rc<Cell<Option<bool>>>,
}

impl Knock {
    /// Whether nobody is there. From then on this window answers.
    pub async fn finds_nobody(self) -> bool {
        let _ = self.answered.await;
        if self.first.get().is_none() {
            self.first.set(Some(true));
        }
        self.first.get() == Some(true)
    }
}

/// Knocks.
pub fn knock(store: &BrowserStore, prefix: &str, me: u32) -> Knock {
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
            let Some((who, is_knock)) = word.as_deref().and_then(read) else {
                return;
            };
            // Of two that knock at once, the smaller number is the first.
            let here = decided.get().unwrap_or(is_knock && me < who);
            if is_knock && here {
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
    Knock { answered, first }
}

/// Who says a word, and whether it is a knock.
fn read(word: &str) -> Option<(u32, bool)> {
    let (who, is_knock) = match word.strip_suffix('?') {
        Some(who) => (who, true),
        None => (word.strip_suffix('!')?, false),
    };
    Some((who.parse().ok()?, is_knock))
}
