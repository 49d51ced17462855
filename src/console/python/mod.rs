//! A real Python in a worker of its own, fetched when it is first needed. The console has it (`components/console/script.rs`).
//!
//! | file | what it is |
//! |---|---|
//! | here | where it is, and the worker |
//! | `news` | what the worker tells |
//!
//! The worker (`public/python-worker.js`) has a copy of the registry (`python/core`). What a script does there comes as records,
//! which the page carries out by itself: so nothing changes a registry here but [`registry`].

pub mod news;

use wasm_bindgen::{JsCast, JsValue};

use crate::browser::{self, js};
pub use crate::console::python::news::Ended;
pub use crate::console::python::news::Heard;
pub use crate::console::python::news::News;
use text::Language;

/// Where the real Python is, and how large.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    worker: String,
    sent: usize,
    raw: usize,
}

impl Place {
    /// Where it is; nothing where this site was built without one.
    #[must_use]
    pub fn find() -> Option<Self> {
        let told = browser::by_id("boot")?.get_attribute("data-python")?;
        let mut told = told.split(',');
        Some(Self {
            worker: told.next()?.to_owned(),
            sent: told.next()?.parse().ok()?,
            raw: told.next()?.parse().ok()?,
        })
    }

    /// How large it is, in words.
    #[must_use]
    pub fn size(&self, text: Language) -> String {
        let texts = text.python();
        let words = |bytes: usize| {
            let tenths = bytes.div_ceil(100_000);
            let number = format!("{}.{}", tenths / 10, tenths % 10);
            texts.megabytes(&number)
        };
        let (sent, raw) = (words(self.sent), words(self.raw));
        texts.size(&sent, &raw)
    }

    /// The address of the worker, as the page's policy wants it; its plain script has the policy.
    fn address(&self) -> JsValue {
        let boot = browser::by_id("boot").map_or(JsValue::UNDEFINED, JsValue::from);
        js::call(&boot, "worker", &[self.worker.as_str().into()]).unwrap_or_default()
    }
}

/// The worker. It ends with this value.
#[derive(Debug)]
pub struct Worker(JsValue);

impl Worker {
    /// Starts it; it tells how far it has come. Nothing where the browser does not let it start.
    #[must_use]
    pub fn start(place: &Place, hear: impl Fn(Heard) + Clone + 'static) -> Option<Self> {
        let options = js_sys::Object::new();
        js::set(&options, "type", &"module".into());
        let arguments = js_sys::Array::of2(&place.address(), &options);
        let class = js::global("Worker").dyn_into::<js_sys::Function>().ok()?;
        let worker = js_sys::Reflect::construct(&class, &arguments).ok()?;
        let told = hear.clone();
        let message = js::function(move |event| {
            if let Some(said) = js::get(&event, "data").as_string() {
                told(Heard::read(&said));
            }
        });
        let error = js::function(move |event| {
            let _ = js::call(&event, "preventDefault", &[]);
            let why = js::get(&event, "message").as_string();
            hear(Heard::Failed(why.unwrap_or_default()));
        });
        js::set(&worker, "onmessage", &message);
        js::set(&worker, "onerror", &error);
        Some(Self(worker))
    }

    /// Tells it something.
    pub fn tell(&self, message: &str) {
        let _ = js::call(&self.0, "postMessage", &[message.into()]);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        for event in ["onmessage", "onerror"] {
            js::set(&self.0, event, &JsValue::NULL);
        }
        let _ = js::call(&self.0, "terminate", &[]);
    }
}
