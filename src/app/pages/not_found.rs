//! An address that leads nowhere, and a way on.

use super::message;
use crate::app::dom::El;
use crate::app::state::Session;
use crate::route::Route;
use crate::text::fill;

/// The page for every other address.
pub fn not_found(session: Session, path: &str) -> Vec<El> {
    let texts = session.text.shell();
    // A very long address is cut: it is there to be recognised, not to be read.
    let short: String = path.chars().take(80).collect();
    let body = fill(texts.not_found_body, &[("address", &format!("#{short}"))]);
    let (title, way) = (texts.not_found_title, texts.not_found_way);
    vec![message(title, &body, &Route::Registry, way)]
}
