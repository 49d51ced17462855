//! An address that leads nowhere, and a way on.

use crate::app::dom::{El, a, div, h1, p};
use crate::app::state::Session;
use crate::route::Route;
use crate::text::fill;

/// The page for every other address.
pub fn not_found(session: Session, path: &str) -> Vec<El> {
    let texts = session.text.shell();
    // A very long address is cut: it is there to be recognised, not to be read.
    let short: String = path.chars().take(80).collect();
    let address = format!("#{short}");
    let way = a()
        .class("button-link")
        .attr("href", Route::Registry.to_string())
        .text(texts.not_found_way);
    vec![
        div()
            .class("reading section")
            .child(
                h1().id("page-title")
                    .attr("tabindex", "-1")
                    .text(texts.not_found_title),
            )
            .child(p().text(fill(texts.not_found_body, &[("address", &address)])))
            .child(p().child(way)),
    ]
}
