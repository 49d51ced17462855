//! Folding the oldest steps into the start, so that there is room for new ones.
//!
//! The new start is written under a new key, the header is turned over to it in one `set`, then the old start and the
//! segments before the new one go. Where there is no room for two, the new start is written over the old one, also in
//! one `set`.

use super::segments::{Journal, Start};
use super::value::{Position, state_json};
use crate::format::Checksum;
use crate::key_value::StoreError;
use crate::sealed_store::{SealedStore, Written};
use crate::workspace::HeaderSlot;
use registry::{Log, Record, Registry};

/// What compacting came to. It is never done in silence: the screen says it.
#[derive(Clone, PartialEq, Debug)]
pub struct Folded {
    /// How many steps were folded into the start and can't be looked at or undone any more.
    pub steps: u64,
    /// The log from now on: the same registry with a shorter history. It **has to** replace the old one, because the
    /// journal can't store a way back to what it no longer has.
    pub log: Log,
}

/// A place between two segments where the journal can start anew.
#[derive(Clone, Copy, Debug)]
struct Cut {
    number: u64,
    position: Position,
    after: Checksum,
    /// How long the segments before it are.
    before_units: usize,
}

/// Under which key the new start is written.
#[derive(Clone, Copy, Debug)]
enum Slot {
    /// Under its own.
    New,
    /// Over another state, which is whole until then.
    Over { number: u64, checksum: Checksum },
}

impl Journal {
    /// Folds about the older half of the journal into its start, then stores what is still pending. Nothing where there
    /// is nothing to gain.
    pub(crate) fn compact(
        &mut self,
        store: &SealedStore,
        header: &mut HeaderSlot,
        log: &Log,
    ) -> Result<Option<Folded>, StoreError> {
        self.writable()?;
        let keep = self.units() / 2;
        let mut done: Option<Folded> = None;
        // In a store without any room a step at a time makes room for the next, longer one.
        for _ in 0..64 {
            let log = done.as_ref().map_or(log, |done| &done.log);
            let folded = match self.compact_to(store, header, log, keep) {
                Ok(Some(folded)) => folded,
                // That something is not stored can be asked for; that the log is another one can't wait.
                Ok(None) => break,
                Err(_) if done.is_some() => break,
                Err(error) => return Err(error),
            };
            let before = done.map_or(0, |done| done.steps);
            done = Some(Folded {
                steps: before + folded.steps,
                ..folded
            });
            if self.units() <= keep {
                break;
            }
        }
        match self.flush() {
            Err(error) if done.is_none() => Err(error),
            Ok(()) | Err(_) => Ok(done),
        }
    }

    /// Folds steps until the segments are no longer than `keep`, or as many as can be.
    pub(super) fn compact_to(
        &mut self,
        store: &SealedStore,
        header: &mut HeaderSlot,
        log: &Log,
        keep: usize,
    ) -> Result<Option<Folded>, StoreError> {
        let total = self.units();
        let cuts = self.cuts();
        let enough = |cut: &Cut| total - cut.before_units <= keep;
        let mut wanted = cuts
            .iter()
            .position(enough)
            .unwrap_or(cuts.len().saturating_sub(1));
        let Some(cut) = cuts.get(wanted) else {
            return Ok(None);
        };
        match self.cut_at(store, header, log, *cut, Slot::New) {
            Err(StoreError::Full) => {}
            done => return done,
        }
        // There is no room for a new start beside the old one. The second state may serve as one as it is, …
        let second = self.second;
        let there = second.and_then(|second| cuts.iter().find(|cut| cut.number == second.number));
        if let Some(cut) = there {
            return self.cut_at(store, header, log, *cut, Slot::New);
        }
        // … or give up its room: what counts is the old start, or else the second state, which is written over.
        let over = match (self.start.units > 0, second) {
            (true, second) => {
                if let Some(second) = second {
                    self.store.remove(&self.state_place(second.number))?;
                    self.second = None;
                }
                Slot::Over {
                    number: self.start.slot,
                    checksum: self.start.checksum,
                }
            }
            (false, Some(second)) => Slot::Over {
                number: second.number,
                checksum: second.checksum,
            },
            (false, None) => Slot::New,
        };
        // The earlier the step, the less there is to write, as a rule.
        while let Some(cut) = cuts.get(wanted) {
            match self.cut_at(store, header, log, *cut, over) {
                Err(StoreError::Full) if wanted > 0 => wanted /= 2,
                done => return done,
            }
        }
        Err(StoreError::Full)
    }

    /// Returns the place before the segment of that number, which may be the next one to come, and the checksum before it.
    pub(super) fn boundary(&self, number: u64) -> Option<(Position, Checksum)> {
        let index = usize::try_from(number.checked_sub(self.start.number)?).ok()?;
        let position = match self.segments.get(index) {
            Some(segment) => segment.from,
            None if index == self.segments.len() => self.saved,
            None => return None,
        };
        let after = match index.checked_sub(1) {
            Some(previous) => self.segments.get(previous)?.checksum,
            None => self.start.after,
        };
        Some((position, after))
    }

    /// Returns the places where the journal can start anew: nothing could be redone there, and nothing later needs a step from
    /// before.
    fn cuts(&self) -> Vec<Cut> {
        let mut floor = self.pending.floor;
        let mut before_units = self.units();
        let mut cuts = Vec::new();
        for index in (1..=self.segments.len()).rev() {
            if let Some(segment) = self.segments.get(index) {
                floor = floor.min(segment.floor);
                before_units -= segment.units;
            }
            let number = self.start.number + index as u64;
            if let Some((position, after)) = self.boundary(number)
                && position.undone == 0
                && position.step <= floor
                && position.step > self.start.position.step
            {
                cuts.push(Cut {
                    number,
                    position,
                    after,
                    before_units,
                });
            }
        }
        cuts.reverse();
        cuts
    }

    fn cut_at(
        &mut self,
        store: &SealedStore,
        header: &mut HeaderSlot,
        log: &Log,
        cut: Cut,
        slot: Slot,
    ) -> Result<Option<Folded>, StoreError> {
        let step = cut.position.step;
        let Some((base, kept)) = keep_from(log, step) else {
            return Ok(None);
        };
        let json = state_json(
            cut.number,
            cut.position,
            cut.after,
            &self.stored_ledger,
            &base,
        );
        if json.len() >= cut.before_units + self.start.units {
            return Ok(None);
        }
        let (number, before) = match slot {
            Slot::New if self.start.units > 0 && cut.number == self.start.slot => {
                (cut.number, Some(self.start.checksum))
            }
            Slot::New => {
                let second = self.second.filter(|second| second.number == cut.number);
                (cut.number, second.map(|second| second.checksum))
            }
            Slot::Over { number, checksum } => (number, Some(checksum)),
        };
        let place = self.state_place(number);
        let written = self.store.write_over(&place, before, &json)?;
        // Where the start was written over, that was all in one.
        if header.header.base != Some(number)
            && let Err(error) = header.flip(store, Some(number))
        {
            self.forget_second(number);
            if number == self.next_number() {
                self.open = None;
            }
            // Nothing rests on it. If it can't be removed now, it goes at the next load.
            let _ = self.store.remove(&place);
            return Err(error);
        }
        let steps = step - self.start.position.step;
        self.start_at(cut, number, written);
        Ok(Some(Folded { steps, log: kept }))
    }

    fn forget_second(&mut self, number: u64) {
        self.second = self.second.filter(|second| second.number != number);
    }

    /// Forgets what is before the new start, and removes it. What can't be removed goes at the next load.
    fn start_at(&mut self, cut: Cut, slot: u64, written: Written) {
        let old = self.start;
        let index = usize::try_from(cut.number - old.number).unwrap_or(usize::MAX);
        self.segments.drain(..index.min(self.segments.len()));
        if self.segments.is_empty() {
            self.open = None;
        }
        self.start = Start {
            slot,
            number: cut.number,
            position: cut.position,
            after: cut.after,
            checksum: written.checksum,
            units: written.units,
        };
        self.state_units = written.units;
        let mut gone: Vec<_> = (old.number..cut.number)
            .map(|number| self.segment_place(number))
            .collect();
        if old.units > 0 && old.slot != slot {
            gone.push(self.state_place(old.slot));
        }
        self.forget_second(slot);
        if let Some(second) = self.second.filter(|second| second.number <= cut.number) {
            self.second = None;
            gone.push(self.state_place(second.number));
        }
        for place in gone {
            let _ = self.store.remove(&place);
        }
    }
}

/// Returns the registry as it was after a step, and a log of what came later.
fn keep_from(log: &Log, step: u64) -> Option<(Registry, Log)> {
    let base = log.as_of(step).ok()?;
    let mut kept = Log::new(base.clone(), step);
    let folded = usize::try_from(step.checked_sub(log.folded())?).ok()?;
    for entry in log.done().iter().skip(folded).chain(log.undone()) {
        let record = Record::Step {
            context: entry.context.clone(),
            action: entry.action.clone(),
        };
        kept.replay(&record).ok()?;
    }
    for _ in log.undone() {
        kept.undo().ok()?;
    }
    (kept.registry() == log.registry()).then_some((base, kept))
}
