//! Code in colours: each kind of token has its class, and none says anything by its colour alone.

use console::paint::{Paint, paint};
use el::{El, span};

/// The greatest length of a code in colours, in bytes: each token is an element, and a page with many is slow.
const COLOURED: usize = 8_000;

/// The pieces of a code. A long one is one piece without colours.
pub fn highlight(text: &str) -> Vec<El> {
    if text.len() > COLOURED {
        return vec![span().text(text)];
    }
    paint(text)
        .into_iter()
        .map(|(at, paint)| {
            let piece = span().text(at.of(text));
            match paint {
                Paint::Plain | Paint::Name | Paint::Symbol => piece,
                _ => piece.class(format!("paint-{}", paint.as_str())),
            }
        })
        .collect()
}
