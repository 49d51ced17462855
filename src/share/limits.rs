//! How much may come in. It is measured before anything is parsed.

use crate::registry::json::Extent;

/// How much may come in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// How long the JSON may be, in bytes.
    pub bytes: usize,
    /// How deep objects and lists may stand in each other.
    pub depth: usize,
    /// How many values there may be.
    pub items: usize,
    /// How much the history may come to; see [`crate::registry::Log::read`].
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
    weight: crate::storage::whole::MOST,
};

/// What there is too much of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TooMuch {
    /// It is too long.
    Long,
    /// Too much stands in each other.
    Deep,
    /// There are too many values.
    Many,
}

impl Limits {
    /// Measures a text.
    ///
    /// # Errors
    /// What there is too much of.
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
