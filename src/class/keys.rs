//! The keys of a keyboard and of a remote.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::browser;
use class::Action;

/// Where arrows and letters mean something else.
const FIELDS: &str = "input, textarea, select, dialog, [contenteditable]";
/// Where arrows do.
const ARROWED: &str = ".class-board, [role=menu], .table-scroll";

/// Listens for as long as the owner lives; `act` gets the key's name and what it does. In a frame no key is taken from the page
/// around it, and in a field none from who types.
pub fn listen(act: impl Fn(&str, Action) + 'static) {
    if !browser::is_top() {
        return;
    }
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        let key = event.key();
        let Some(action) = Action::of_key(&key).filter(|_| is_free(&event, &key)) else {
            return;
        };
        // F5 of a remote would load the window anew.
        event.prevent_default();
        act(&key, action);
    });
    on_cleanup(move || handle.remove());
}

fn is_free(event: &KeyboardEvent, key: &str) -> bool {
    let target = event.target();
    let target = target.and_then(|target| target.dyn_into::<Element>().ok());
    let is_in = |places: &str| {
        let found = target.as_ref().and_then(|it| it.closest(places).ok());
        found.flatten().is_some()
    };
    let is_open =
        || browser::by_id("menu").is_some_and(|it| it.matches(":popover-open") == Ok(true));
    let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
    let is_taken = has_modifier
        || is_in(FIELDS)
        || (key.starts_with("Arrow") && is_in(ARROWED))
        || (key == "Escape" && is_open());
    !is_taken
}
