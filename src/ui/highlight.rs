//! Code in colours: each kind of token has its class, and none says anything by its colour alone. A line that is too long
//! breaks between tokens, and never inside one.

use console::paint::{Paint, paint};
use el::{El, el, span};

/// The greatest length of a code in colours, in bytes: each token is an element, and a page with many is slow.
const COLOURED: usize = 8_000;

/// The pieces of a code. A long one is one piece without colours.
pub fn highlight(text: &str) -> Vec<El> {
    if text.len() > COLOURED {
        return vec![span().text(text)];
    }
    paint(text)
        .into_iter()
        .flat_map(|(at, paint)| {
            let written = at.of(text);
            let piece = span().text(written);
            let piece = match paint {
                Paint::Plain | Paint::Symbol => piece,
                _ => piece.class(format!("paint-{}", paint.as_str())),
            };
            // A long call breaks before the method's name, and before what it is given.
            let breaks = |here: bool| (here && paint == Paint::Symbol).then(|| el("wbr"));
            let before = breaks(written.starts_with('.'));
            let after = breaks(written.ends_with('('));
            [before, Some(piece), after]
        })
        .flatten()
        .collect()
}
