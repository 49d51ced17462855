//! The keys that work on every page of the registry: undo and redo.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::state::Session;
use crate::route::Route;

/// Ctrl/Cmd+Z takes back, with Shift (or Ctrl+Y) does again. A field that is being typed in keeps its own undo.
pub fn listen(session: Session) {
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || typing(&event) {
            return;
        }
        let Some(desk) = session.desk.get_value() else {
            return;
        };
        if !session.route.with_untracked(Route::is_registry) {
            return;
        }
        match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
            ("z", false) => (desk.undo)(session),
            ("z", true) | ("y", false) => (desk.redo)(session),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || handle.remove());
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
