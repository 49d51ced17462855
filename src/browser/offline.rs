//! Where the page comes from, and whether it is kept for times without a network; `public/offline.js`, `one-file.js` and
//! `scorm.js` leave word of it on the element of the boot script.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::browser::{by_id, is_top, js, reload};
use el::RwSignal;

fn boot() -> JsValue {
    by_id("boot").map_or(JsValue::UNDEFINED, JsValue::from)
}

/// How far the app is kept: `ready`, `new` where a newer one waits, `failed`; empty before that.
#[must_use]
pub fn kept() -> RwSignal<String> {
    let read = || {
        let kept = by_id("boot").and_then(|boot| boot.get_attribute("data-kept"));
        kept.unwrap_or_default()
    };
    let kept = RwSignal::new(read());
    let handle = window_event_listener_untyped("model-stages:offline", move |_| kept.set(read()));
    on_cleanup(move || handle.remove());
    kept
}

/// What speaks with the learning platform, in a course for one.
#[must_use]
pub fn platform() -> Option<JsValue> {
    Some(js::get(&boot(), "platform")).filter(JsValue::is_object)
}

/// Whether the learning platform answers.
#[must_use]
pub fn is_connected() -> bool {
    platform().is_some_and(|platform| js::get(&platform, "connected").is_truthy())
}

/// Whether the page was opened from a disk.
#[must_use]
pub fn is_file() -> bool {
    window()
        .location()
        .protocol()
        .is_ok_and(|protocol| protocol == "file:")
}

/// Whether this page may be kept: in a window of its own, over a safe connection, in a browser that can.
#[must_use]
pub fn is_possible() -> bool {
    let is_release = by_id("boot").is_some_and(|boot| boot.has_attribute("data-offline"));
    is_release && is_top() && js::get(&window().navigator(), "serviceWorker").is_object()
}

/// Begins anew with the version that waits.
pub fn renew() {
    if js::call(&boot(), "renew", &[]).is_err() {
        reload();
    }
}
