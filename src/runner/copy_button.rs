//! A button that copies code.

use crate::session::{use_announcer, use_language};
use el::{El, action};

/// The button that copies a code.
pub fn copy_button(text: &str) -> El {
    let (language, announcer) = (use_language(), use_announcer());
    let name = language.code().copy_code(&text);
    let text = text.to_owned();
    action(language.code().copy, move || announcer.copy(text.clone()))
        .class("quiet-button")
        .attr("aria-label", name)
}
