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
    let words = use_language().framed().embed;
    let (open, place) = dialog_of(shown)?;
    let button = action(words, open).class("embed-opener quiet-button");
    Some(div().class("embed-place").child(button).child(place))
}

/// What opens the dialog, and where it stands then: for a menu, outside of which its place must be. Nothing in a frame.
pub fn dialog_of(shown: impl Fn() -> Frame + 'static) -> Option<(impl Fn() + 'static, El)> {
    if frame::is_framed() {
        return None;
    }
    let (language, announcer) = (use_language(), use_announcer());
    let (shown, opened): (Shown, _) = (Rc::new(shown), RwSignal::new(false));
    let from = Rc::new(RefCell::new(None));
    let was = from.clone();
    let open = move || {
        was.replace(browser::focused());
        spawn_local(async move {
            if lazy::fetch().await {
                opened.set(true);
            } else {
                announcer.announce_failure(language.shell().part_missing.to_owned());
            }
        });
    };
    let dialog = move || {
        if opened.get() {
            return untrack(|| lazy::dialog(shown.clone(), opened).into_iter().collect());
        }
        if let Some(was) = from.replace(None) {
            browser::focus_again(was);
        }
        Vec::new()
    };
    Some((open, div().dynamic(dialog)))
}
