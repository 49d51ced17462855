//! The keys that work on every page of the registry and in exercises: undo and redo. And one that works only once: Enter.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::session::{RegistryCall, RegistryStore, use_keeper, use_router};
use share::route::Route;

/// Enter that is held down presses nothing again: it would press what the first press has led to, or the same once more,
/// some fifteen times a second. In a field of several lines it still makes lines.
pub fn press_once() {
    let handle = window_event_listener(leptos::ev::keydown, |event| {
        let in_lines = || {
            let target = event.target();
            target.is_some_and(|target| target.has_type::<web_sys::HtmlTextAreaElement>())
        };
        if event.repeat() && event.key() == "Enter" && !in_lines() {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Ctrl/Cmd+Z takes back, with Shift (or Ctrl+Y) does again. A field that is being typed in keeps its own undo.
pub fn listen() {
    let (keeper, router) = (use_keeper(), use_router());
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || typing(&event) {
            return;
        }
        if router.route.with_untracked(Route::is_registry) {
            press(&event, |is_undo| {
                keeper.call(if is_undo {
                    RegistryCall::Undo
                } else {
                    RegistryCall::Redo
                })
            });
        }
    });
    on_cleanup(move || handle.remove());
}

/// The same keys for the registry of an exercise, as long as it is on the page.
pub fn listen_in(store: RegistryStore) {
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !typing(&event) {
            press(&event, |is_undo| {
                if is_undo {
                    store.undo();
                } else {
                    store.redo();
                }
                true
            });
        }
    });
    on_cleanup(move || handle.remove());
}

/// Takes back or does again where the keys mean that; `act` gets whether to take back, and tells whether it could.
fn press(event: &web_sys::KeyboardEvent, act: impl FnOnce(bool) -> bool) {
    let is_done = match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
        ("z", false) => act(true),
        ("z", true) | ("y", false) => act(false),
        _ => return,
    };
    if is_done {
        event.prevent_default();
    }
}

/// Whether the key went into a field, or a dialog is open.
fn typing(event: &web_sys::KeyboardEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|element| {
            element
                .closest("input, textarea, select, dialog")
                .ok()
                .flatten()
        })
        .is_some()
}
