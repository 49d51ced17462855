//! Exercises under way that are not in the store yet.

use crate::attempt::Attempt;
use lesson::id::Id;

/// What is not in the store yet, and what must not be overwritten there.
#[derive(Default)]
pub(super) struct Attempts {
    /// Those that could not be stored.
    pub(super) behind: Vec<(Id, Attempt)>,
    /// Those in whose place something stands that could not be set aside.
    pub(super) locked: Vec<Id>,
}

impl Attempts {
    pub(super) const fn is_saved(&self) -> bool {
        self.behind.is_empty()
    }
}
