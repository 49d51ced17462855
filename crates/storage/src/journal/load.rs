//! Making the log again from what is stored. What can't be read is set aside, and the journal is put in order around it.

use super::batch::Batch;
use super::segments::Journal;
use super::segments::{Limits, Second, Segment, Start};
use super::value::{StateValue, Unread, segment_json};
use super::walk::{End, Ground, Inventory, Started, Walk, records_json};
use crate::format::{Damage, Opened};
use crate::key_value::StoreError;
use crate::notice::Notice;
use crate::sealed_store::SealedStore;
use crate::storage_key::StorageKey;
use crate::workspace::HeaderSlot;
use registry::{Log, Record, Registry};

/// Loads a workspace's journal and puts it in order.
///
/// # Errors
/// If the store could not be read. Damage is no error: it is told in the notices.
pub(crate) fn load(
    store: &SealedStore,
    header: &mut HeaderSlot,
    limits: Limits,
    notices: &mut Vec<Notice>,
) -> Result<(Journal, Log), StoreError> {
    let inventory = Inventory::of(store, &header.id)?;
    let ground = Ground {
        store,
        id: &header.id.clone(),
        limits,
        inventory: &inventory,
    };
    let mut walk = best_walk(&ground, header, notices)?;
    if store.is_shut() || header.locked {
        walk.journal.locked = true;
        return Ok((walk.journal, walk.log));
    }
    let base_moves = header.base_unknown || header.header.base != walk.base;
    let mut order = Order {
        store,
        header,
        notices,
    };
    if base_moves || !matches!(walk.end, End::Whole) {
        match order.repair(&inventory, &mut walk, base_moves) {
            Ok(()) => {}
            Err(_) if store.is_newer() => {
                walk.journal.locked = true;
                return Ok((walk.journal, walk.log));
            }
            Err(why) => {
                walk.journal.locked = true;
                order.notices.push(Notice::NotRepaired {
                    workspace: walk.journal.id.clone(),
                    why,
                });
                return Ok((walk.journal, walk.log));
            }
        }
    }
    order.clean(&inventory, &mut walk.journal);
    Ok((walk.journal, walk.log))
}

/// Returns how far a workspace's journal can be followed. Nothing is changed.
pub(crate) fn reach(
    store: &SealedStore,
    header: &HeaderSlot,
    limits: Limits,
) -> Result<Reach, StoreError> {
    let inventory = Inventory::of(store, &header.id)?;
    let ground = Ground {
        store,
        id: &header.id,
        limits,
        inventory: &inventory,
    };
    let walk = best_walk(&ground, header, &mut Vec::new())?;
    let is_based = !header.base_unknown && header.header.base == walk.base;
    Ok(Reach {
        records: walk.reach(),
        whole: is_based && matches!(walk.end, End::Whole),
        first: is_based.then_some(walk.journal.start.number),
    })
}

/// How far a journal can be followed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Reach {
    pub(crate) records: u64,
    pub(crate) whole: bool,
    /// The number of the first segment, where the header says truly where the journal starts.
    pub(crate) first: Option<u64>,
}

/// Returns the walk that comes furthest; of two that come equally far, the one with the longer history.
fn best_walk(
    ground: &Ground<'_>,
    header: &HeaderSlot,
    notices: &mut Vec<Notice>,
) -> Result<Walk, StoreError> {
    let inventory = ground.inventory;
    let mut best: Option<Walk> = None;
    let from_nothing = inventory.segments.contains(&0);
    let known = (!header.base_unknown).then_some(header.header.base);
    let bases = known
        .into_iter()
        .chain(from_nothing.then_some(None))
        .chain(inventory.states.iter().copied().map(Some));
    for base in bases {
        if let Some(best) = &best {
            // Whatever starts before the break runs into it as well.
            let passed = base.unwrap_or(0) <= best.journal.next_number();
            if matches!(best.end, End::Whole) || passed {
                continue;
            }
        }
        match ground.walk(base)? {
            Started::Walk(walk) => {
                if let End::Newer { place, version } = &walk.end {
                    notices.push(Notice::Newer {
                        place: place.clone(),
                        version: *version,
                    });
                }
                if best.as_ref().is_none_or(|best| walk.reach() > best.reach()) {
                    best = Some(*walk);
                }
            }
            Started::NoState => {}
            Started::Newer { place, version } => {
                notices.push(Notice::Newer { place, version });
                break;
            }
        }
    }
    match best {
        Some(walk) => Ok(walk),
        // The header may speak of a start that is gone with all that followed it.
        None => Ok(nothing(ground, known.flatten().is_some())),
    }
}

/// Returns what is left where no walk could start.
fn nothing(ground: &Ground<'_>, had_a_start: bool) -> Walk {
    let journal = Journal::empty(
        ground.store.clone(),
        ground.id.clone(),
        ground.limits,
        Start::default(),
    );
    let goes_on = had_a_start || ground.inventory.goes_on(0);
    Walk {
        base: None,
        log: Log::new(Registry::default(), 0),
        journal,
        end: if goes_on {
            End::Broken {
                at: 0,
                damage: Damage::Missing,
                good: Vec::new(),
            }
        } else {
            End::Whole
        },
    }
}

/// Putting a journal in order.
struct Order<'a> {
    store: &'a SealedStore,
    header: &'a mut HeaderSlot,
    notices: &'a mut Vec<Notice>,
}

impl Order<'_> {
    /// Sets aside what the log does not rest on, and lets the journal start and end where the log does. First all is
    /// copied, then the header is turned over, then the originals go, the last ones first: so that a repair that stops
    /// finds the same damage again, and the same copies.
    fn repair(
        &mut self,
        inventory: &Inventory,
        walk: &mut Walk,
        base_moves: bool,
    ) -> Result<(), StoreError> {
        let journal = &mut walk.journal;
        let id = journal.id.clone();
        let (first, end) = (journal.start.number, journal.next_number());
        let before = |number: u64| number < first && !base_moves;
        let mut broken = Vec::new();
        for number in &inventory.states {
            let rests = walk.base == Some(*number);
            if !(rests || before(*number) || (first..=end).contains(number)) {
                broken.push(StorageKey::State(id.clone(), *number));
            }
        }
        for number in &inventory.segments {
            if !((first..end).contains(number) || before(*number)) {
                broken.push(StorageKey::Segment(id.clone(), *number));
            }
        }
        let rewritten = match &mut walk.end {
            End::Broken { at, damage, good } if !good.is_empty() => {
                Some((*at, *damage, std::mem::take(good)))
            }
            _ => None,
        };
        let mut damages = Vec::with_capacity(broken.len());
        for place in &broken {
            damages.push(match (self.validate(place)?, &rewritten) {
                (None, Some((at, damage, _))) if *place == StorageKey::Segment(id.clone(), *at) => {
                    *damage
                }
                (damage, _) => damage.unwrap_or(Damage::CutOff),
            });
        }
        for (place, damage) in broken.iter().zip(damages) {
            self.copy_aside(place, damage)?;
        }
        if base_moves {
            self.header.flip(self.store, walk.base)?;
            self.header.base_unknown = false;
        }
        for place in broken.iter().rev() {
            match &rewritten {
                Some((at, _, good)) if *place == StorageKey::Segment(id.clone(), *at) => {
                    journal.put_again(*at, good)?;
                }
                _ => self.store.remove(place)?,
            }
        }
        self.say_what_is_lost(walk, base_moves);
        Ok(())
    }

    /// Returns what is wrong with a value, if anything is.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`] for data of a newer app.
    fn validate(&mut self, place: &StorageKey) -> Result<Option<Damage>, StoreError> {
        Ok(match self.store.validate(place)? {
            None => Some(Damage::Missing),
            Some(Opened::Ok(())) => None,
            Some(Opened::Damaged(damage)) => Some(damage),
            Some(Opened::Foreign) => Some(Damage::Foreign),
            Some(Opened::Newer(version)) => {
                self.notices.push(Notice::Newer {
                    place: place.clone(),
                    version,
                });
                return Err(StoreError::ReadOnly);
            }
        })
    }

    fn say_what_is_lost(&mut self, walk: &Walk, base_moves: bool) {
        let workspace = walk.journal.id.clone();
        if !matches!(walk.end, End::Whole) {
            self.notices.push(Notice::CutShort {
                workspace,
                step: walk.log.step(),
            });
        } else if base_moves && walk.log.folded() > 0 {
            self.notices.push(Notice::HistoryLost {
                workspace,
                step: walk.log.folded(),
            });
        }
    }

    fn copy_aside(&mut self, place: &StorageKey, damage: Damage) -> Result<(), StoreError> {
        match self.store.copy_aside(place) {
            Ok(key) => {
                self.notices.push(Notice::SetAside {
                    place: place.clone(),
                    key,
                    damage,
                });
                Ok(())
            }
            Err(why) => {
                self.notices.push(Notice::LeftInPlace {
                    place: place.clone(),
                    damage,
                    why: why.clone(),
                });
                Err(why)
            }
        }
    }

    /// Removes what an operation that stopped has left, and finds the second state. What fails is left for next time.
    fn clean(&mut self, inventory: &Inventory, journal: &mut Journal) {
        let id = journal.id.clone();
        let end = journal.next_number();
        for number in inventory.states.iter().rev() {
            let is_start = *number == journal.start.slot && journal.start.units > 0;
            if is_start || *number > end {
                continue;
            }
            let place = StorageKey::State(id.clone(), *number);
            match journal.check_state(*number) {
                Stands::Second(second) if journal.second.is_none() => {
                    journal.second = Some(second);
                }
                Stands::Nowhere => {
                    if self.copy_aside(&place, Damage::OutOfOrder).is_ok() {
                        // What can't be removed is still there next time.
                        let _ = self.store.remove(&place);
                    }
                }
                Stands::Second(_) | Stands::Elsewhere | Stands::Unread => self.sweep(&place),
            }
        }
        for number in inventory.segments.range(..journal.start.number) {
            self.sweep(&StorageKey::Segment(id.clone(), *number));
        }
        if let Some(second) = journal.second {
            journal.state_units = second.units;
        }
    }

    /// Removes a value that nothing rests on, if it is whole; sets it aside if not.
    fn sweep(&mut self, place: &StorageKey) {
        let removable = match self.validate(place) {
            Ok(Some(Damage::Missing)) | Err(_) => return,
            Ok(None) => Ok(()),
            Ok(Some(damage)) => self.copy_aside(place, damage),
        };
        if removable.is_ok() {
            // What can't be removed is still there next time.
            let _ = self.store.remove(place);
        }
    }
}

impl Journal {
    /// Writes the good records of a broken segment in its place. The original has been set aside.
    fn put_again(&mut self, number: u64, good: &[Record]) -> Result<(), StoreError> {
        let from = self.saved;
        let mut position = from;
        let mut floor = u64::MAX;
        for record in good {
            floor = floor.min(position.pass(record));
        }
        let json = segment_json(
            from,
            self.last_checksum(),
            &self.ledger,
            &records_json(good),
        );
        let written = self.store.write(&self.segment_place(number), &json)?;
        self.segments.push(Segment {
            from,
            floor,
            checksum: written.checksum,
            units: written.units,
        });
        self.saved = position;
        self.pending = Batch::at(position);
        self.open = None;
        Ok(())
    }

    /// Returns where the state of that number stands in the journal.
    fn check_state(&self, number: u64) -> Stands {
        let read = match self
            .store
            .read::<StateValue<Unread>>(&self.state_place(number))
        {
            Ok(Some(Opened::Ok(read))) => read,
            _ => return Stands::Unread,
        };
        let Some((next, position, after)) = read.value.stands() else {
            return Stands::Nowhere;
        };
        if next < self.start.number {
            return Stands::Elsewhere;
        }
        let fits = self.boundary(next).is_some_and(|(expected, before)| {
            (position.records, position.step, after) == (expected.records, expected.step, before)
        });
        match (fits, next == number) {
            (false, _) => Stands::Nowhere,
            (true, false) => Stands::Elsewhere,
            (true, true) => Stands::Second(Second {
                number,
                units: read.units,
                checksum: read.checksum,
            }),
        }
    }
}

/// Where a state stands in the journal.
enum Stands {
    /// Where its key says: it can serve as the second state.
    Second(Second),
    /// At another place: a compaction that stopped has left it. The records say all that it says.
    Elsewhere,
    /// At no place in this journal.
    Nowhere,
    /// It can't be read.
    Unread,
}
