//! A text that a command line carries, and where each letter of it was written.
//!
//! What is carried is not always what was written: quotes and backslashes fall away, variables have values, and
//! `--data-urlencode` puts letters into another form. A place remembers where the writing ends, too, so that a mark
//! covers whole letters of the command line, whatever came of them.

use super::fault::Fault;
use super::shell_words::{RawWord, WordPart};
use crate::diagnostic::Problem;
use crate::span::Span;
use registry::VecMap;

/// What the variables of the shell have for values.
pub type Variables = VecMap<String, String>;

/// A text, and where each byte of it was written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MappedText {
    /// Where it stands as a whole.
    pub at: Span,
    pub text: String,
    /// For each byte of the text, where the letter or the variable stands that it comes from.
    places: Vec<Span>,
}

impl MappedText {
    /// A word with the values of its variables.
    ///
    /// # Errors
    /// A variable without a value.
    pub fn of(word: &RawWord, variables: &Variables) -> Result<Self, Problem> {
        let mut mapped = Self {
            at: word.at,
            ..Self::default()
        };
        for part in &word.parts {
            match part {
                WordPart::Letters(letters, places) => {
                    mapped.text.push_str(letters);
                    mapped.places.extend(places);
                }
                WordPart::Variable(name, at) => {
                    let value = variables.get(name.as_str()).ok_or_else(|| {
                        Problem::rest(*at, Fault::Variable { name: name.clone() })
                    })?;
                    mapped.push(value, *at);
                }
            }
        }
        Ok(mapped)
    }

    /// A piece of a text that is written as it is.
    pub fn plain(text: &str, at: Span) -> Self {
        let mut mapped = Self {
            at,
            ..Self::default()
        };
        let part = at.of(text);
        for (start, c) in part.char_indices() {
            let start = at.start + start;
            let end = start + c.len_utf8();
            mapped.push(c.encode_utf8(&mut [0; 4]), Span { start, end });
        }
        mapped
    }

    /// A text that stands for all that was written at a place.
    pub fn instead(at: Span, text: String) -> Self {
        let places = vec![at; text.len()];
        Self { at, text, places }
    }

    fn push(&mut self, text: &str, at: Span) {
        self.text.push_str(text);
        self.places.extend(std::iter::repeat_n(at, text.len()));
    }

    /// Puts another one behind it, with the `&` that `curl` puts between them.
    pub fn join(&mut self, other: Self) {
        let start = other.at.start;
        self.push("&", Span { start, end: start });
        self.text.push_str(&other.text);
        self.places.extend(other.places);
        self.at = Span {
            start: self.at.start.min(other.at.start),
            end: self.at.end.max(other.at.end),
        };
    }

    /// The text from a byte of it on.
    pub fn from(&self, start: usize) -> Self {
        let end = self.at.end;
        let places = self.places.get(start..).unwrap_or_default();
        Self {
            at: Span {
                start: places.first().map_or(end, |first| first.start),
                end,
            },
            text: self.text.get(start..).unwrap_or_default().to_owned(),
            places: places.to_vec(),
        }
    }

    /// Where a piece of it was written. Behind its end there may be a quote.
    pub fn place(&self, from: usize, to: usize) -> Span {
        let end_of = |at: usize| {
            let last = at.min(self.places.len()).checked_sub(1);
            let last = last.and_then(|last| self.places.get(last));
            last.map_or(self.at.end, |last| last.end)
        };
        let start = self.places.get(from).map(|first| first.start);
        let start = start.unwrap_or_else(|| end_of(from));
        let end = if to > from { end_of(to) } else { start };
        Span {
            start,
            end: end.max(start),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::super::shell_words::split;
    use super::*;

    /// The word that the command line `text` has second, with `$E` for `é`, and what is marked for a piece of it.
    fn check(text: &str, carried: &str, part: &str, expected: &str) {
        let (lines, _) = split(text).unwrap();
        let mut variables = Variables::default();
        variables.insert("E".to_owned(), "é".to_owned());
        let word = lines.first().and_then(|line| line.words.get(1)).unwrap();
        let mapped = MappedText::of(word, &variables).unwrap();
        assert_eq!(mapped.text, carried, "{text}");
        let from = mapped.text.find(part).unwrap();
        let marked = mapped.place(from, from + part.len());
        assert_eq!(marked.of(text), expected, "{text}");
        let all = MappedText::instead(mapped.at, "%C3%A9".to_owned());
        assert_eq!(all.place(0, 1), mapped.at, "{text}");
    }

    #[test]
    fn whole_letters_are_marked() {
        check("curl 'aéb'", "aéb", "é", "é");
        check("curl 'a'\\''b'", "a'b", "'", "'");
        check("curl 'a'\\''b'", "a'b", "a'b", "a'\\''b");
        check(r#"curl "a\"é""#, "a\"é", "é", "é");
        check("curl a${E}b", "aéb", "é", "${E}");
        check("curl \u{feff}$E", "\u{feff}é", "\u{feff}", "\u{feff}");
    }

    #[test]
    fn what_is_joined_keeps_its_places() {
        let text = "é=1 ü=2";
        let mut both = MappedText::plain(text, Span { start: 0, end: 4 });
        both.join(MappedText::plain(text, Span { start: 5, end: 9 }));
        assert_eq!(both.text, "é=1&ü=2");
        let check = |part: &str, expected: &str| {
            let from = both.text.find(part).unwrap();
            assert_eq!(both.place(from, from + part.len()).of(text), expected);
        };
        check("é", "é");
        check("ü=2", "ü=2");
        check("&", "");
        check("1&ü", "1 ü");
        assert_eq!(both.at.of(text), text);
        assert_eq!(both.place(99, 100), Span { start: 9, end: 9 });
    }
}
