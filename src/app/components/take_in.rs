//! Another registry, taken in from what a real server answers.

use super::modal::modal;
use crate::app::dom::{El, div};
use crate::app::state::Session;

/// The dialog.
pub fn take_in(session: Session) -> El {
    modal(session, session.text.code().take_in_title.to_owned(), div())
}
