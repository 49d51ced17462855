//! `#/check`: receipts are run again, and shown in a table.

use super::title;
use crate::app::dom::{El, div, p};
use crate::app::state::Session;

/// The page, perhaps with a receipt from its address.
pub fn check(session: Session, receipt: &str) -> Vec<El> {
    let texts = session.text.exercises();
    let head = title(session.text.shell().nav_check);
    let proves = p().class("lead").text(texts.proves);
    let shown = (!receipt.is_empty()).then(|| p().text(receipt));
    vec![
        div()
            .class("reading section")
            .child(head)
            .child(proves)
            .children(shown),
    ]
}
