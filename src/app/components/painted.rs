//! Code in colours: each kind of token has its class, and none says anything by its colour alone.

use crate::app::dom::{El, span};
use crate::console::paint::{Paint, paint};

/// The pieces of a code.
pub fn painted(text: &str) -> Vec<El> {
    paint(text)
        .into_iter()
        .map(|(at, paint)| {
            let piece = span().text(at.of(text));
            match class(paint) {
                "" => piece,
                class => piece.class(class),
            }
        })
        .collect()
}

const fn class(paint: Paint) -> &'static str {
    match paint {
        Paint::Plain | Paint::Name | Paint::Symbol => "",
        Paint::Keyword => "paint-keyword",
        Paint::Method => "paint-call",
        Paint::Text => "paint-string",
        Paint::Number => "paint-number",
        Paint::Flag => "paint-flag",
        Paint::Comment => "paint-comment",
        Paint::Wrong => "paint-wrong",
    }
}
