//! The talk between the windows of a class: a channel of this folder of the app, beside the one of the saved data.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::browser::{self, js};
use class::Message;
use storage::folder;

/// The channel; it is closed with the owner that it was opened under.
#[derive(Clone, Copy)]
pub struct Channel {
    port: StoredValue<JsValue, LocalStorage>,
}

impl Channel {
    /// Opens it.
    pub fn open() -> Self {
        let name = format!("{}class", folder::prefix(&browser::path()));
        let port = js_sys::Reflect::construct(
            &js::global("BroadcastChannel").into(),
            &js_sys::Array::of1(&name.into()),
        );
        let port = port.unwrap_or(JsValue::UNDEFINED);
        let port = StoredValue::new_local(port);
        on_cleanup(move || {
            if let Some(port) = port.try_get_value() {
                let _ = js::call(&port, "close", &[]);
            }
        });
        Self { port }
    }

    /// Tells every message as it comes, without a timer: also in a window that nobody sees.
    pub fn listen(self, hear: impl Fn(Message) + 'static) {
        let told = el::owned_function(Box::new(move |event| {
            let text = js::get(&event, "data").as_string();
            if let Some(Ok(message)) = text.as_deref().map(Message::read) {
                hear(message);
            }
        }));
        self.port
            .with_value(|port| js::set(port, "onmessage", &told));
    }

    /// Returns whether windows can talk here.
    pub fn is_open(self) -> bool {
        self.port.with_value(JsValue::is_object)
    }

    /// Says something to the other windows.
    pub fn post(self, message: &Message) {
        if let Some(port) = self.port.try_get_value() {
            let _ = js::call(&port, "postMessage", &[message.print().into()]);
        }
    }
}

/// A number that no other window has.
pub fn window_number() -> u64 {
    u64::from(browser::chance(u32::MAX))
}
