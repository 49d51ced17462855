//! What a tab is known by, and the time in which it writes.

use std::fmt;

use registry::Time;

/// What a tab is known by, for as long as it is open: 1 to 16 of `a`–`z` and `0`–`9`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TabId(pub(super) String);

impl TabId {
    /// Reads an id.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |c: u8| c.is_ascii_digit() || c.is_ascii_lowercase();
        let fits = (1..=16).contains(&text.len()) && text.bytes().all(plain);
        fits.then(|| Self(text.to_owned()))
    }

    /// Returns the id that a number stands for; whoever opens a tab brings a random one.
    pub fn of(number: u64) -> Self {
        Self(format!("{number:x}"))
    }
}

impl fmt::Display for TabId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The time in which one tab writes. The later one counts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Term {
    pub since: Time,
    pub tab: TabId,
}

impl Term {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (since, tab) = text.split_once(' ')?;
        Some(Self {
            since: Time(since.parse().ok()?),
            tab: TabId::parse(tab)?,
        })
    }
}

registry::json_texts!(TabId Term);

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.since.0, self.tab)
    }
}
