//! What the things of a pack are called, and what progress is kept by.

use std::borrow::Borrow;
use std::fmt;

/// A name of 1 to 40 letters `a` to `z`, digits and `-`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Id(Box<str>);

impl Id {
    /// The most letters that an id has.
    pub const MAX_LENGTH: usize = 40;

    /// Returns the text as an id, or `None` if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = |letter: u8| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'-');
        ((1..=Self::MAX_LENGTH).contains(&text.len()) && text.bytes().all(is_plain))
            .then(|| Self(text.into()))
    }

    /// Stands in for an id that could not be read.
    pub(super) fn missing() -> Self {
        Self("missing".into())
    }

    /// Returns the id as text.
    pub const fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Ids are ordered and compared as their texts are, so a map can be asked with a text.
impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_short_and_plain() {
        for id in ["a", "stage-7", "-", &"z".repeat(40)] {
            assert_eq!(Id::parse(id).unwrap().as_str(), id);
        }
        for text in ["", "A", "a b", "a_b", "é", "a\0", &"z".repeat(41)] {
            assert_eq!(Id::parse(text), None, "{text}");
        }
    }
}
