//! The line with the place of an error, and the underline below it.

use console::Span;

/// The greatest part of a line that is shown, in characters.
const MAX_SHOWN: usize = 100;

/// The place of something in a text, for whoever underlines it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Marked {
    /// The number of its line, counted from 1.
    pub line: usize,
    /// The number of its first character in the line, counted from 1.
    pub column: usize,
    pub source: String,
    /// How many characters of the line stand before it.
    pub before: usize,
    /// How many characters of it are in the line; at least 1.
    pub width: usize,
}

impl Marked {
    /// Returns the line, and below it the underline.
    pub fn underlined(&self) -> String {
        format!(
            "  {}\n  {}{}",
            self.source,
            " ".repeat(self.before),
            "^".repeat(self.width)
        )
    }
}

/// Finds the line of a place. Of a long line the part around the place is shown.
pub fn mark(source: &str, at: Span) -> Marked {
    let before = source.get(..at.start).unwrap_or(source);
    let is_end = |c: char| matches!(c, '\n' | '\r');
    let start = before.rfind(is_end).map_or(0, |at| at + 1);
    // A line ends with \n, with \r\n or with \r.
    let line = before
        .matches('\n')
        .count()
        .max(before.matches('\r').count())
        + 1;
    let rest = source.get(start..).unwrap_or_default();
    let text = rest.split(is_end).next().unwrap_or_default();
    let column = before.get(start..).unwrap_or_default().chars().count();
    let marked = at.of(source).split(is_end).next().unwrap_or_default();
    let width = marked.chars().count();
    let from = if column > MAX_SHOWN * 3 / 4 {
        column - MAX_SHOWN / 2
    } else {
        0
    };
    let shown = text.chars().skip(from).take(MAX_SHOWN);
    // A tab would move the line, but not the underline.
    let shown: String = shown.map(|c| if c == '\t' { ' ' } else { c }).collect();
    Marked {
        line,
        column: column + 1,
        source: shown,
        before: column - from,
        width: width.clamp(1, (MAX_SHOWN + from).saturating_sub(column).max(1)),
    }
}
