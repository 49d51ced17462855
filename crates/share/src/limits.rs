//! How much may come in. It is measured before anything is parsed.

use registry::json::Extent;

/// How much may come in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// How long the JSON may be, in bytes.
    pub bytes: usize,
    /// How deep objects and lists may stand in each other.
    pub depth: usize,
    /// How many values there may be.
    pub items: usize,
    /// How much the history may come to; see [`registry::Log::read`].
    pub weight: usize,
}

/// What somebody else sends in a link.
pub const LINK: Limits = Limits {
    bytes: 1 << 20,
    depth: 32,
    items: 10_000,
    weight: 200_000,
};

/// What a person chooses as a file. No browser's store holds so much.
pub const FILE: Limits = Limits {
    bytes: 24 << 20,
    depth: 32,
    items: 2_000_000,
    weight: storage::snapshot::MOST,
};

/// Returns how long a text is that is longer than `most`, and as much of it as that: in UTF-16 units, as browsers count, and never
/// half a character. Nothing where all of it may come.
pub fn beginning(text: &str, most: usize) -> Option<(usize, &str)> {
    // No text has more units than bytes.
    if text.len() <= most {
        return None;
    }
    let (mut long, mut end) = (0_usize, 0);
    for (at, letter) in text.char_indices() {
        long += letter.len_utf16();
        if long <= most {
            end = at + letter.len_utf8();
        }
    }
    (long > most).then(|| (long, text.get(..end).unwrap_or_default()))
}

/// What there is too much of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TooMuch {
    Long,
    /// Too much stands in each other.
    Deep,
    /// There are too many values.
    Many,
}

impl Limits {
    /// Measures a text.
    pub fn measure(self, text: &str) -> Result<(), TooMuch> {
        if text.len() > self.bytes {
            return Err(TooMuch::Long);
        }
        let extent = Extent::of(text);
        if extent.depth > self.depth {
            return Err(TooMuch::Deep);
        }
        if extent.items > self.items {
            return Err(TooMuch::Many);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_what_is_too_long_is_kept() {
        let check = |text: &str, most: usize, expected: Option<(usize, &str)>| {
            assert_eq!(beginning(text, most), expected, "{text:?} {most}");
        };
        check("", 0, None);
        check("abc", 3, None);
        check("abcd", 3, Some((4, "abc")));
        check("abc", 0, Some((3, "")));
        check("äöü", 3, None);
        check("äöüß", 3, Some((4, "äöü")));
        // A picture is two units, and not cut in half.
        check("😀", 2, None);
        check("a😀b", 2, Some((4, "a")));
        check("a😀b", 3, Some((4, "a😀")));
        let long = "x".repeat(1 << 20);
        assert_eq!(beginning(&long, 32_000), Some((1 << 20, &long[..32_000])));
    }
}
