//! A place that moves through a text, character by character.

use super::span::Span;

/// A text and how far it is read.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor at a place of the text; at its end if there is no such place.
    pub const fn new(text: &'a str, at: usize) -> Self {
        let at = if text.is_char_boundary(at) {
            at
        } else {
            text.len()
        };
        Self { text, at }
    }

    /// A cursor that moves through a piece of the same text. Its places are those of the whole text.
    pub fn within(&self, piece: Span) -> Self {
        Self::new(self.text.get(..piece.end).unwrap_or(self.text), piece.start)
    }

    /// How many bytes are read.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// The whole text.
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// What is still to be read.
    pub fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next character, which stays unread.
    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Reads one character.
    pub fn take(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Reads the given text if it comes next.
    pub fn eat(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    /// Reads a line's end if it comes next: `\n`, `\r\n` or `\r`.
    pub fn eat_line_end(&mut self) -> bool {
        self.eat("\r\n") || self.eat("\n") || self.eat("\r")
    }

    /// Reads what a backslash takes with it: a line's end, which may be two characters, or one character.
    pub fn skip_escaped(&mut self) {
        if !self.eat_line_end() {
            self.take();
        }
    }

    /// Reads characters as long as they fit.
    pub fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// Reads to the end of the line, which stays unread.
    pub fn skip_line(&mut self) {
        self.take_while(|c| !is_line_end(c));
    }

    /// From a place to here.
    pub const fn since(&self, start: usize) -> Span {
        Span {
            start,
            end: self.at,
        }
    }

    /// The next character as a span, empty at the end.
    pub fn here(&self) -> Span {
        Span {
            start: self.at,
            end: self.at + self.peek().map_or(0, char::len_utf8),
        }
    }
}

/// Whether a character ends a line.
pub const fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}
