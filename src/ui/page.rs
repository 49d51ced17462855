//! One file per page: each gives the elements of its page.

use crate::session::{use_announcer, use_language, use_registry};
use el::{El, a, action, div, h1, p};
use share::route::Route;

/// A page's heading, where the focus goes when the page is opened.
pub fn title(text: &str) -> El {
    heading().text(text)
}

/// A heading without its words yet.
pub fn heading() -> El {
    h1().id("page-title").attr("tabindex", "-1")
}

/// A page that has nothing to show but a sentence, and a way on.
pub fn message(head: &str, body: &str, way: &Route, name: &str) -> El {
    let link = a()
        .class("button-link")
        .attr("href", way.to_string())
        .text(name);
    div()
        .class("reading section")
        .child(title(head))
        .child(p().text(body))
        .child(p().child(link))
}

/// The sentence that says what just changed, where the eye is, and a button that takes the step back while it is the last one.
/// A screen reader hears the sentence from the live region.
pub fn announcement_line() -> El {
    let (announcer, store) = (use_announcer(), use_registry());
    let undo_label = use_language().history().undo;
    let can_undo = move || {
        let step = announcer.shown.with(|it| it.step);
        store.can_change()
            && store.history(|log| step == Some(log.step()) && log.can_undo().is_ok())
    };
    let sentence = p()
        .class("said")
        .class(("wrong", move || announcer.shown.with(|it| it.is_wrong)))
        .attr("aria-hidden", "true")
        .text(move || announcer.shown.with(|it| it.sentence.clone()));
    let line = div().class("said-line").attr("tabindex", "-1");
    let held = line.clone();
    line.class(("is-empty", move || {
        announcer.shown.with(|it| it.sentence.is_empty())
    }))
    .child(sentence)
    .show(can_undo, move || {
        let line = held.clone();
        let undo = move || {
            store.undo();
            // The button goes with the step: whoever pressed it by key stays where it was.
            if let Some(line) = line.cast::<web_sys::HtmlElement>() {
                let _ = line.focus();
            }
        };
        action(undo_label, undo).class("said-undo")
    })
}
