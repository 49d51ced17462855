//! An exercise that is under way: what was done in it, as the text of a receipt, and what was helped with.
//!
//! The text is read by the pages of the exercises alone, so that nothing else has to carry the reading of it.

use lesson::id::Id;
use registry::{Time, json_fields};

/// Of those kinds of exercises that there is no end of, so many are kept of each kind: the ones that were worked at last.
pub const MAX_PASSING: usize = 20;

/// An exercise that is under way.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Attempt {
    /// What was done, also what was taken back, as a receipt; empty where that is nothing.
    pub way: String,
    /// How many of the last steps are taken back and can be done again.
    pub undone: u32,
    /// How many hints were taken.
    pub hints: u32,
    /// Whether the solution was looked at.
    pub shown: bool,
    /// Which help is open, so that none of it is counted again: a bit for each. The page of the exercise knows which is which.
    pub open: u32,
    /// When this was kept.
    pub at: Time,
}

/// Returns what the ids of a kind begin with that there is no end of: made exercises and shared ones. Nothing for those of the pack.
pub fn passing(id: &Id) -> Option<&'static str> {
    // Before each recipe had a place of its own, all made exercises had the one that is called `new`.
    let is_of = |kind: &&str| id.as_str().starts_with(*kind);
    ["new", "shared-"].into_iter().find(is_of)
}

json_fields!(Attempt {
    way = always,
    undone = or_default,
    hints = always,
    shown,
    open = always,
    at = always,
});
