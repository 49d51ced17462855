//! The colours of a text.

use super::trouble::Span;

/// What a piece of a text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Paint {
    /// Blanks, and what has no colour of its own.
    Plain,
    /// A word of the language, a command, one of the console's own words.
    Keyword,
    /// A name.
    Name,
    /// A method or function that is called.
    Method,
    /// A text in quotes.
    Text,
    /// A number.
    Number,
    /// An option of a command line, the name of an argument.
    Flag,
    /// An operator, a bracket, a comma.
    Symbol,
    /// A comment.
    Comment,
    /// What cannot stand there.
    Wrong,
}

/// The pieces of a text, in order, without gaps: together they are the text.
#[must_use]
pub fn paint(text: &str) -> Vec<(Span, Paint)> {
    vec![(
        Span {
            start: 0,
            end: text.len(),
        },
        Paint::Plain,
    )]
}
