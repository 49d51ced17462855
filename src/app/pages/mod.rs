//! One file per page: each gives the elements of its page.

use super::dom::{El, p};
use super::state::Session;

pub mod learn;
pub mod model;
pub mod not_found;
pub mod overview;
pub mod practice;
pub mod progress;
pub mod question;

/// The sentence that says what just changed, where the eye is. A screen reader hears it from the live region.
fn said_line(session: Session) -> El {
    p().class("said")
        .attr("aria-hidden", "true")
        .text_with(move || session.said.get().sentence)
}
