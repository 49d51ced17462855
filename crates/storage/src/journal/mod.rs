//! The history of one workspace in the store: a start, and segments of records that follow on it.
//!
//! | module | what it does |
//! |---|---|
//! | [`value`] | what stands in a segment and in a state |
//! | [`append`] | writes new records, all in one `set` |
//! | [`walk`] | follows the segments from a state as far as they hold together |
//! | [`mod@load`] | makes the log again, and repairs what can be repaired |
//! | [`maintain`] | keeps a second state, and the journal short |
//! | [`compact`] | folds the oldest steps into the start |
//! | [`whole`] | writes a history that is there as a whole |

mod append;
mod compact;
mod load;
mod maintain;
mod value;
mod walk;
mod whole;

use super::format::Checksum;
use super::key_value::StoreError;
use super::place::{Place, WorkspaceId};
use super::shelf::Shelf;
use super::windows::{Ledger, WindowId};
use append::Batch;
pub use compact::Folded;
pub(crate) use load::{Reach, load, reach};
use registry::Record;
use value::Position;
pub(crate) use value::{SegmentValue, StateValue};
pub(crate) use whole::write as write_whole;

/// When a journal does what. The numbers are UTF-16 units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// A segment is added to while it stays within this length; then a new one begins.
    pub segment: usize,
    /// A second state is kept once the segments since the last one are longer than this, and than the state itself.
    pub state: usize,
    /// The oldest steps are folded into the start when the segments together are longer than this.
    pub journal: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            segment: 1_000,
            state: 8_000,
            journal: 2_000_000,
        }
    }
}

/// A journal, and what is known of its segments. The records themselves are not kept in memory.
#[derive(Debug)]
pub(crate) struct Journal {
    shelf: Shelf,
    id: WorkspaceId,
    limits: Limits,
    start: Start,
    segments: Vec<Segment>,
    /// The records of the last segment, as JSON, while more may be added to it.
    open: Option<String>,
    /// Where the last stored record leads to.
    saved: Position,
    /// What could not be stored yet.
    pending: Batch,
    /// Which requests of other windows are in the journal, what could not be stored yet included.
    ledger: Ledger,
    /// The same, without what could not be stored yet.
    stored_ledger: Ledger,
    /// The state that is kept beside the start, in case that a segment before it is damaged.
    second: Option<Second>,
    /// How long a state is about.
    state_units: usize,
    /// Whether something stands in the way that must not be overwritten.
    locked: bool,
}

/// Where a journal starts.
#[derive(Clone, Copy, Debug, Default)]
struct Start {
    /// The number under which its state is kept.
    slot: u64,
    /// The number of the first segment after it; as a rule the same.
    number: u64,
    position: Position,
    /// The checksum of the segment before it.
    after: Checksum,
    /// Its state's checksum.
    checksum: Checksum,
    /// The length of its state; 0 where it starts empty and there is none.
    units: usize,
}

/// What is known of a stored segment.
#[derive(Clone, Copy, Debug)]
struct Segment {
    /// Where its first record begins.
    from: Position,
    /// The lowest step that any of its records goes back to or refers to.
    floor: u64,
    checksum: Checksum,
    units: usize,
}

/// A state beside the start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Second {
    number: u64,
    units: usize,
    checksum: Checksum,
}

impl Journal {
    fn empty(shelf: Shelf, id: WorkspaceId, limits: Limits, start: Start) -> Self {
        Self {
            shelf,
            id,
            limits,
            start,
            segments: Vec::new(),
            open: None,
            saved: start.position,
            pending: Batch::at(start.position),
            ledger: Ledger::default(),
            stored_ledger: Ledger::default(),
            second: None,
            state_units: start.units,
            locked: false,
        }
    }

    fn segment_place(&self, number: u64) -> Place {
        Place::Segment(self.id.clone(), number)
    }

    fn state_place(&self, number: u64) -> Place {
        Place::State(self.id.clone(), number)
    }

    /// The number that the next new segment gets.
    fn next_number(&self) -> u64 {
        self.start.number + self.segments.len() as u64
    }

    /// The checksum of the last segment.
    fn last_checksum(&self) -> Checksum {
        self.segments
            .last()
            .map_or(self.start.after, |segment| segment.checksum)
    }

    /// How long the segments are together.
    fn units(&self) -> usize {
        self.segments.iter().map(|segment| segment.units).sum()
    }

    /// Whether the journal may be written.
    fn writable(&self) -> Result<(), StoreError> {
        if self.locked || self.shelf.is_shut() {
            return Err(StoreError::ReadOnly);
        }
        Ok(())
    }

    /// Whether nothing was ever recorded here.
    pub(crate) fn is_untouched(&self) -> bool {
        self.start.units == 0 && self.saved.records == 0 && self.is_saved()
    }

    /// Whether every record is stored.
    pub(crate) fn is_saved(&self) -> bool {
        self.pending.count() == 0
    }

    /// How many records there are, those that are not stored yet included.
    pub(crate) fn records(&self) -> u64 {
        self.saved.records + self.pending.count() as u64
    }

    /// The records that are not stored yet.
    pub(crate) fn tail(&self) -> Vec<Record> {
        self.pending.records()
    }

    /// The number of the last request of a window that is in the journal.
    pub(crate) fn seen(&self, window: &WindowId) -> u64 {
        self.ledger.last(window)
    }

    /// How many records are not stored yet.
    pub(crate) fn unsaved(&self) -> usize {
        self.pending.count()
    }
}
