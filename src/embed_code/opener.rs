//! The button that gives out code to paste. It stands where something can be shared.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::browser;
use crate::embed_code::dialog::Shown;
use crate::embed_code::lazy;
use crate::session::{frame, use_announcer, use_language};
use el::{El, RwSignal, action, div};
use embed::Frame;

/// The button, and its dialog while that is open; nothing in a frame.
pub fn opener(shown: impl Fn() -> Frame + 'static) -> Option<El> {
    if frame::is_framed() {
        return None;
    }
    let (language, announcer) = (use_language(), use_announcer());
    let (shown, opened): (Shown, _) = (Rc::new(shown), RwSignal::new(false));
    let press = move || {
        spawn_local(async move {
            if lazy::fetch().await {
                opened.set(true);
            } else {
                announcer.announce_failure(language.shell().part_missing.to_owned());
            }
        });
    };
    let button = action(language.framed().embed, press).class("embed-opener quiet-button");
    let from = RefCell::new(None);
    let dialog = move || {
        if opened.get() {
            from.replace(browser::focused());
            return untrack(|| lazy::dialog(shown.clone(), opened).into_iter().collect());
        }
        if let Some(was) = from.replace(None) {
            browser::focus_again(was);
        }
        Vec::new()
    };
    Some(div().class("embed-place").child(button).dynamic(dialog))
}
