//! Whether what was done is kept.

use storage::StoreError;

/// Whether what was done is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Saving {
    /// All of it.
    Saved,
    /// It soon is: what was done last is still on its way.
    Pending,
    /// All of it, but this browser has only one store, which it writes to the disk after a while.
    StoreOnly,
    /// The store refused the last write.
    NotSaved(StoreError),
    /// The tab that writes does not answer. This one writes by itself in a few seconds.
    Unanswered,
    /// Another tab writes, and the part of the app that asks it has not arrived.
    Unasked,
    /// There is no store; everything is forgotten when the page closes.
    MemoryOnly,
    /// The data belongs to a newer version of the app.
    ReadOnly,
    /// Another tab writes, and there is no way to ask it.
    Second,
    /// The second copy holds what the store does not, and it could not be brought in.
    Unreconciled,
}

impl Saving {
    /// Returns whether nothing can be changed here.
    #[must_use]
    pub const fn is_read_only(&self) -> bool {
        matches!(self, Self::ReadOnly | Self::Second | Self::Unreconciled)
    }

    /// Returns whether a person has to be told loudly.
    #[must_use]
    pub const fn is_loud(&self) -> bool {
        !matches!(self, Self::Saved | Self::Pending | Self::StoreOnly)
    }
}
