//! A journal, and what is known of its segments.

use super::batch::Batch;
use super::value::Position;
use crate::format::Checksum;
use crate::key_value::StoreError;
use crate::sealed_store::SealedStore;
use crate::storage_key::{StorageKey, WorkspaceId};
use crate::tabs::{Ledger, TabId};
use registry::Record;

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
    pub(super) store: SealedStore,
    pub(super) id: WorkspaceId,
    pub(super) limits: Limits,
    pub(super) start: Start,
    pub(super) segments: Vec<Segment>,
    /// The records of the last segment, as JSON, while more may be added to it.
    pub(super) open: Option<String>,
    /// Where the last stored record leads to.
    pub(super) saved: Position,
    /// What could not be stored yet.
    pub(super) pending: Batch,
    /// Which requests of other tabs are in the journal, what could not be stored yet included.
    pub(super) ledger: Ledger,
    /// The same, without what could not be stored yet.
    pub(super) stored_ledger: Ledger,
    /// The state that is kept beside the start, in case that a segment before it is damaged.
    pub(super) second: Option<Second>,
    /// How long a state is about.
    pub(super) state_units: usize,
    /// Whether something stands in the way that must not be overwritten.
    pub(super) locked: bool,
}

/// Where a journal starts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Start {
    /// The number under which its state is kept.
    pub(super) slot: u64,
    /// The number of the first segment after it; as a rule the same.
    pub(super) number: u64,
    pub(super) position: Position,
    /// The checksum of the segment before it.
    pub(super) after: Checksum,
    /// Its state's checksum.
    pub(super) checksum: Checksum,
    /// The length of its state; 0 where it starts empty and there is none.
    pub(super) units: usize,
}

/// What is known of a stored segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    /// Where its first record begins.
    pub(super) from: Position,
    /// The lowest step that any of its records goes back to or refers to.
    pub(super) floor: u64,
    pub(super) checksum: Checksum,
    pub(super) units: usize,
}

/// A state beside the start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Second {
    pub(super) number: u64,
    pub(super) units: usize,
    pub(super) checksum: Checksum,
}

impl Journal {
    pub(super) fn empty(store: SealedStore, id: WorkspaceId, limits: Limits, start: Start) -> Self {
        Self {
            store,
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

    pub(super) fn segment_place(&self, number: u64) -> StorageKey {
        StorageKey::Segment(self.id.clone(), number)
    }

    pub(super) fn state_place(&self, number: u64) -> StorageKey {
        StorageKey::State(self.id.clone(), number)
    }

    /// Returns the number that the next new segment gets.
    pub(super) fn next_number(&self) -> u64 {
        self.start.number + self.segments.len() as u64
    }

    /// Returns the checksum of the last segment.
    pub(super) fn last_checksum(&self) -> Checksum {
        self.segments
            .last()
            .map_or(self.start.after, |segment| segment.checksum)
    }

    /// Returns how long the segments are together.
    pub(super) fn units(&self) -> usize {
        self.segments.iter().map(|segment| segment.units).sum()
    }

    /// Returns whether the journal may be written.
    pub(super) fn writable(&self) -> Result<(), StoreError> {
        if self.locked || self.store.is_shut() {
            return Err(StoreError::ReadOnly);
        }
        Ok(())
    }

    /// Returns whether nothing was ever recorded here.
    pub(crate) fn is_untouched(&self) -> bool {
        self.start.units == 0 && self.saved.records == 0 && self.is_saved()
    }

    /// Returns whether every record is stored.
    pub(crate) fn is_saved(&self) -> bool {
        self.pending.count() == 0
    }

    /// Returns how many records there are, those that are not stored yet included.
    pub(crate) fn records(&self) -> u64 {
        self.saved.records + self.pending.count() as u64
    }

    /// Returns the records that are not stored yet.
    pub(crate) fn tail(&self) -> Vec<Record> {
        self.pending.records()
    }

    /// Returns the number of the last request of a tab that is in the journal.
    pub(crate) fn seen(&self, tab: &TabId) -> u64 {
        self.ledger.last(tab)
    }

    /// Returns how many records are not stored yet.
    pub(crate) fn unsaved(&self) -> usize {
        self.pending.count()
    }
}
