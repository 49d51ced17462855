//! The button that opens questions about one's own history.

use crate::browser;
use crate::history_quiz::lazy;
use crate::session::use_language;
use el::{El, RwSignal, action, div};
use registry::ModelName;

/// The button, and once it was pressed the questions: about everything, or about one model.
pub fn opener(about: Option<ModelName>) -> El {
    let texts = use_language().history_quiz();
    let open = RwSignal::new(false);
    let button = action(texts.open, move || {
        open.set(true);
        browser::focus_soon("asked-title");
    })
    .id("ask-history")
    .attr("hidden", move || open.get());
    let content = move || {
        if open.get() {
            lazy::quiz(about.clone(), open)
        } else {
            Vec::new()
        }
    };
    div()
        .class("asked")
        .child(button)
        .child(div().dynamic(content))
}
