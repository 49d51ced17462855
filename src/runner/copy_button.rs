//! A button that copies code.

use crate::session::Session;
use el::{El, action};

/// The button that copies a code.
pub fn copy_button(session: Session, text: &str) -> El {
    let name = session.text.code().copy_code(&text);
    let text = text.to_owned();
    action(session.text.code().copy, move || session.copy(text.clone()))
        .class("quiet-button")
        .attr("aria-label", name)
}
