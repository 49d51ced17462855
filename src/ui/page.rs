//! One file per page: each gives the elements of its page.

use crate::session::use_announcer;
use el::{El, a, div, h1, p};
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

/// The sentence that says what just changed, where the eye is. A screen reader hears it from the live region.
pub fn announcement_line() -> El {
    let announcer = use_announcer();
    p().class("said")
        .class(("wrong", move || announcer.shown.with(|it| it.is_wrong)))
        .attr("aria-hidden", "true")
        .text(move || announcer.shown.with(|it| it.sentence.clone()))
}
