//! Following the segments from a state, as far as they hold together.

use std::collections::BTreeSet;

use super::batch::Batch;
use super::segments::{Journal, Limits, Segment, Start};
use super::value::{Position, SegmentValue, StateValue};
use crate::format::{Damage, Opened};
use crate::key_value::{StoreError, units};
use crate::sealed_store::{Read, SealedStore};
use crate::storage_key::{StorageKey, WorkspaceId};
use crate::tabs::Ledger;
use registry::{Log, Record, Registry, json};

/// What there is of a journal, by numbers.
#[derive(Debug, Default)]
pub(super) struct Inventory {
    pub(super) segments: BTreeSet<u64>,
    pub(super) states: BTreeSet<u64>,
}

impl Inventory {
    pub(super) fn of(store: &SealedStore, id: &WorkspaceId) -> Result<Self, StoreError> {
        let mut found = Self::default();
        for place in store.places(&format!("ws/{id}/"))? {
            match place {
                StorageKey::Segment(_, number) => found.segments.insert(number),
                StorageKey::State(_, number) => found.states.insert(number),
                StorageKey::Header(_)
                | StorageKey::Settings
                | StorageKey::Progress
                | StorageKey::Console
                | StorageKey::ClassPlans
                | StorageKey::Attempt(_)
                | StorageKey::Deleted(_)
                | StorageKey::Transaction => false,
            };
        }
        Ok(found)
    }

    /// Returns whether anything shows that there was a segment of that number or a later one.
    pub(super) fn goes_on(&self, number: u64) -> bool {
        self.segments.range(number..).next().is_some()
            || self
                .states
                .range(number.saturating_add(1)..)
                .next()
                .is_some()
    }
}

/// How far a walk came.
#[derive(Debug)]
pub(super) enum End {
    Whole,
    /// To something that is missing or damaged.
    Broken {
        /// The number of the segment.
        at: u64,
        damage: Damage,
        /// The records at its beginning that are good. They are in the log, but not in the journal.
        good: Vec<Record>,
    },
    /// To data of a newer app.
    Newer {
        place: StorageKey,
        version: u32,
    },
}

/// A walk from a state.
#[derive(Debug)]
pub(super) struct Walk {
    /// The state's number; nothing where the walk started from an empty registry.
    pub(super) base: Option<u64>,
    pub(super) log: Log,
    pub(super) journal: Journal,
    pub(super) end: End,
}

/// What came of trying to start a walk.
pub(super) enum Started {
    Walk(Box<Walk>),
    /// There is no good state to start from.
    NoState,
    /// The state is a newer app's.
    Newer {
        place: StorageKey,
        version: u32,
    },
}

/// Where walks go.
pub(super) struct Ground<'a> {
    pub(super) store: &'a SealedStore,
    pub(super) id: &'a WorkspaceId,
    pub(super) limits: Limits,
    pub(super) inventory: &'a Inventory,
}

impl Ground<'_> {
    /// Starts from the state of that number, or from nothing, and goes as far as it can.
    pub(super) fn walk(&self, base: Option<u64>) -> Result<Started, StoreError> {
        let (start, registry, ledger) = match base {
            None => (Start::default(), Registry::default(), Ledger::default()),
            Some(number) => {
                let place = StorageKey::State(self.id.clone(), number);
                let read = match self.store.read::<StateValue<Registry>>(&place)? {
                    Some(Opened::Ok(read)) => read,
                    Some(Opened::Newer(version)) => return Ok(Started::Newer { place, version }),
                    Some(Opened::Damaged(_) | Opened::Foreign) | None => {
                        return Ok(Started::NoState);
                    }
                };
                let Some((next, position, after)) = read.value.stands() else {
                    return Ok(Started::NoState);
                };
                let start = Start {
                    slot: number,
                    number: next,
                    checksum: read.checksum,
                    // What could be redone there is not in the state.
                    position: Position {
                        undone: 0,
                        ..position
                    },
                    after,
                    units: read.units,
                };
                (start, read.value.registry, read.value.ledger)
            }
        };
        let mut walk = Walk {
            base,
            log: Log::new(registry, start.position.step),
            journal: Journal::empty(self.store.clone(), self.id.clone(), self.limits, start),
            end: End::Whole,
        };
        walk.journal.ledger = ledger;
        let mut last = Vec::new();
        walk.end = loop {
            match self.next_segment(&walk.journal)? {
                Next::Segment(read) => match walk.take_in(read) {
                    Ok(records) => last = records,
                    Err(end) => break end,
                },
                Next::End(end) => break end,
            }
        };
        let journal = &mut walk.journal;
        journal.pending = Batch::at(journal.saved);
        journal.stored_ledger = journal.ledger.clone();
        // A state at the end of a segment says that the segment stays as it is.
        if !self.inventory.states.contains(&journal.next_number()) && !last.is_empty() {
            let json = records_json(&last);
            journal.open = (units(&json) < self.limits.segment).then_some(json);
        }
        Ok(Started::Walk(Box::new(walk)))
    }

    /// Reads the segment that comes next.
    fn next_segment(&self, journal: &Journal) -> Result<Next, StoreError> {
        let number = journal.next_number();
        let broken = |damage| {
            Ok(Next::End(End::Broken {
                at: number,
                damage,
                good: Vec::new(),
            }))
        };
        if !self.inventory.segments.contains(&number) {
            return if self.inventory.goes_on(number) {
                broken(Damage::Missing)
            } else {
                Ok(Next::End(End::Whole))
            };
        }
        let place = journal.segment_place(number);
        match self.store.read::<SegmentValue>(&place)? {
            Some(Opened::Ok(read)) => {
                if read.value.follows(journal.saved, journal.last_checksum()) {
                    Ok(Next::Segment(read))
                } else {
                    broken(Damage::OutOfOrder)
                }
            }
            Some(Opened::Newer(version)) => Ok(Next::End(End::Newer { place, version })),
            Some(Opened::Damaged(damage)) => broken(damage),
            Some(Opened::Foreign) => broken(Damage::Foreign),
            None => broken(Damage::Missing),
        }
    }
}

enum Next {
    Segment(Read<SegmentValue>),
    End(End),
}

impl Walk {
    /// Returns how many records the log has, also those that are not in the journal.
    pub(super) fn reach(&self) -> u64 {
        let extra = match &self.end {
            End::Broken { good, .. } => good.len() as u64,
            End::Whole | End::Newer { .. } => 0,
        };
        self.journal.saved.records + extra
    }

    /// Replays a segment's records, and gives them back.
    fn take_in(&mut self, read: Read<SegmentValue>) -> Result<Vec<Record>, End> {
        let from = self.journal.saved;
        let mut position = from;
        let mut floor = u64::MAX;
        let mut records = read.value.records;
        for index in 0..records.len() {
            let Some(record) = records.get(index) else {
                break;
            };
            if self.log.replay(record).is_err() {
                records.truncate(index);
                return Err(End::Broken {
                    at: self.journal.next_number(),
                    damage: Damage::Refused,
                    good: records,
                });
            }
            floor = floor.min(position.pass(record));
        }
        self.journal.segments.push(Segment {
            from,
            floor,
            checksum: read.checksum,
            units: read.units,
        });
        self.journal.saved = position;
        self.journal.ledger = read.value.ledger;
        Ok(records)
    }
}

/// Returns the JSON of records, without the brackets around them.
pub(super) fn records_json(records: &[Record]) -> String {
    let parts: Vec<_> = records.iter().map(|record| json::print(record)).collect();
    parts.join(",")
}
