//! A native dialog: the browser keeps the focus inside, closes it on Escape and gives the focus back.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, SubmitEvent};

use crate::session::{use_dialogs, use_language};
use crate::ui::icon::{CROSS, icon};
use el::{El, Text, action, dialog, div, ev, h2, h3, header, section};

/// A dialog that opens as soon as it is on the page.
pub fn modal(title: impl Text, content: El) -> El {
    let dialogs = use_dialogs();
    let close = Rc::new(move || dialogs.open.set(None));
    closed_by(title, content, close)
}

/// As [`modal`], for a dialog of one component's own: `close` takes it away.
pub fn closed_by(title: impl Text, content: El, close: Rc<dyn Fn()>) -> El {
    let language = use_language();
    let (by_button, by_key) = (close.clone(), close.clone());
    let head = header()
        .class("modal-head")
        .child(h2().id("modal-title").text(title))
        .child(
            action("", move || by_button())
                .class("icon-button")
                .attr("aria-label", language.shell().close)
                .child(icon("", CROSS)),
        );
    let element = dialog()
        .class("modal")
        .attr("aria-labelledby", "modal-title")
        .child(div().class("modal-box").child(head).child(content))
        .on(ev::close, move |event| {
            // The browser says this a little later: the dialog may have made room for another one meanwhile.
            let target = event
                .target()
                .and_then(|target| target.dyn_into::<HtmlDialogElement>().ok());
            if target.is_some_and(|dialog| dialog.is_connected()) {
                by_key();
            }
        })
        .on(ev::mousedown, move |event| {
            // A press on the backdrop arrives at the dialog itself.
            let target = event.target();
            if target.is_some_and(|target| target.has_type::<HtmlDialogElement>()) {
                close();
            }
        });
    if let Some(shown) = element.cast::<HtmlDialogElement>() {
        request_animation_frame(move || {
            if shown.is_connected() {
                // It fails only where the dialog is open already.
                let _ = shown.show_modal();
            }
        });
    }
    element
}

/// What a form in a dialog does when it is submitted: as long as the dialog is open. One that has done what it was asked for
/// is on its way out, and takes nothing more.
pub fn submitted(act: impl Fn() + 'static) -> impl Fn(SubmitEvent) + 'static {
    let dialogs = use_dialogs();
    move |event| {
        event.prevent_default();
        if dialogs.open.with_untracked(Option::is_some) {
            act();
        }
    }
}

/// As [`submitted`], for a button that does it.
pub fn pressed(act: impl Fn() + 'static) -> impl Fn() + 'static {
    let dialogs = use_dialogs();
    move || {
        if dialogs.open.with_untracked(Option::is_some) {
            act();
        }
    }
}

/// The button that closes a dialog, and nothing has happened.
pub fn cancel() -> El {
    let (language, dialogs) = (use_language(), use_dialogs());
    action(language.shell().cancel, move || dialogs.open.set(None))
}

/// A part of a dialog, with its heading.
pub fn part(title: &str) -> El {
    section().class("share-part").child(h3().text(title))
}
