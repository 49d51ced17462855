//! What is done when there is time: a second state now and then, and folding when the journal is long.

use super::compact::Folded;
use super::segments::{Journal, Second};
use super::value::state_json;
use crate::key_value::{StoreError, units};
use crate::sealed_store::SealedStore;
use crate::workspace::HeaderSlot;
use registry::Log;

impl Journal {
    /// Keeps the journal short and a second state near its end. Cheap where there is nothing to do.
    pub(crate) fn maintain(
        &mut self,
        store: &SealedStore,
        header: &mut HeaderSlot,
        log: &Log,
    ) -> Result<Option<Folded>, StoreError> {
        if self.writable().is_err() || !self.is_saved() || !self.is_of(log) {
            return Ok(None);
        }
        let folded = if self.units() > self.limits.journal {
            self.compact_to(store, header, log, self.limits.journal / 2)?
        } else {
            None
        };
        match self.keep_second(log) {
            // It is only a precaution: without room for it, everything is still saved.
            Ok(()) | Err(StoreError::Full) => Ok(folded),
            // The log was folded: that has to be said first.
            Err(_) if folded.is_some() => Ok(folded),
            Err(error) => Err(error),
        }
    }

    /// Returns whether a log is where this journal's last record leads to.
    fn is_of(&self, log: &Log) -> bool {
        (log.step(), log.undone().len() as u64) == (self.saved.step, self.saved.undone)
    }

    /// Keeps a second state once the segments since the last one are longer than a state is. So all states together
    /// cost no more than the records themselves did.
    fn keep_second(&mut self, log: &Log) -> Result<(), StoreError> {
        let since = self
            .second
            .map_or(self.start.number, |second| second.number);
        let since = usize::try_from(since - self.start.number).unwrap_or(usize::MAX);
        let growth: usize = self
            .segments
            .iter()
            .skip(since)
            .map(|segment| segment.units)
            .sum();
        if growth <= self.state_units.max(self.limits.state) {
            return Ok(());
        }
        let number = self.next_number();
        if self.start.units > 0 && number == self.start.slot {
            return Ok(());
        }
        let json = state_json(
            number,
            self.saved,
            self.last_checksum(),
            &self.stored_ledger,
            log.registry(),
        );
        let length = units(&json);
        if growth <= length {
            self.state_units = length;
            return Ok(());
        }
        let written = self
            .store
            .write_over(&self.state_place(number), None, &json)
            .inspect_err(|_| self.state_units = growth.saturating_mul(2))?;
        // From now on this segment stays as it is.
        self.open = None;
        self.state_units = written.units;
        let old = self.second.replace(Second {
            number,
            units: written.units,
            checksum: written.checksum,
        });
        match old {
            Some(old) => self.store.remove(&self.state_place(old.number)),
            None => Ok(()),
        }
    }
}
