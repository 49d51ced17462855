//! Code in colours: each kind of token has its class, and none says anything by its colour alone.

use crate::app::dom::{El, span};
use crate::console::paint::{Paint, paint};

/// The pieces of a code.
pub fn painted(text: &str) -> Vec<El> {
    paint(text)
        .into_iter()
        .map(|(at, paint)| {
            let piece = span().text(at.of(text));
            match paint {
                Paint::Plain | Paint::Name | Paint::Symbol => piece,
                _ => piece.class(format!("paint-{}", paint.id())),
            }
        })
        .collect()
}
