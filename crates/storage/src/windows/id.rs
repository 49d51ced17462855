//! What a window is known by, and the time in which it writes.

use std::fmt;

use registry::Time;

/// What a window is known by, for as long as it is open: 1 to 16 of `a`–`z` and `0`–`9`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct WindowId(pub(super) String);

impl WindowId {
    /// Reads an id.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |c: u8| c.is_ascii_digit() || c.is_ascii_lowercase();
        let fits = (1..=16).contains(&text.len()) && text.bytes().all(plain);
        fits.then(|| Self(text.to_owned()))
    }

    /// The id that a number stands for; whoever opens a window brings a random one.
    #[must_use]
    pub fn of(number: u64) -> Self {
        Self(format!("{number:x}"))
    }
}

impl fmt::Display for WindowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The time in which one window writes. The later one counts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Reign {
    /// Since when.
    pub since: Time,
    /// Which window.
    pub window: WindowId,
}

impl Reign {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (since, window) = text.split_once(' ')?;
        Some(Self {
            since: Time(since.parse().ok()?),
            window: WindowId::parse(window)?,
        })
    }
}

impl fmt::Display for Reign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.since.0, self.window)
    }
}
