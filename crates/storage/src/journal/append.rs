//! Writing new records: however many they are, in one `set`, at a cost that does not grow with the history.

use super::batch::Batch;
use super::segments::{Journal, Segment};
use super::value::segment_json;

use crate::key_value::{StoreError, units};
use crate::tabs::TabId;
use registry::Record;

impl Journal {
    /// Takes records in, to be written with the next [`Journal::flush`].
    pub(crate) fn hold(&mut self, records: &[Record]) {
        for record in records {
            self.pending.push(record);
        }
    }

    /// Takes a record in that another tab has asked for.
    pub(crate) fn hold_for(&mut self, tab: &TabId, number: u64, record: &Record) {
        self.pending.push(record);
        self.ledger.enter(tab, number);
    }

    /// Writes all records that are not stored yet, in order and in one `set`. What fails is kept for the next time.
    pub(crate) fn flush(&mut self) -> Result<(), StoreError> {
        if self.is_saved() {
            return Ok(());
        }
        self.writable()?;
        let grown = self.open.as_ref().and_then(|open| {
            let json = format!("{open},{}", self.pending.json);
            (units(&json) <= self.limits.segment).then_some(json)
        });
        match grown {
            Some(json) => self.grow_last(json),
            None => self.add_segment(),
        }
    }

    /// Writes the last segment anew, with more in it.
    fn grow_last(&mut self, json: String) -> Result<(), StoreError> {
        let Some(number) = self.next_number().checked_sub(1) else {
            return self.add_segment();
        };
        let before = match self.segments.len().checked_sub(2) {
            Some(index) => self.segments.get(index).map(|segment| segment.checksum),
            None => Some(self.start.after),
        };
        let (Some(last), Some(before)) = (self.segments.last().copied(), before) else {
            return self.add_segment();
        };
        // A tab that went on writing has begun the next segment.
        self.store.expect(&self.segment_place(number + 1), None)?;
        let written = self.store.write_over(
            &self.segment_place(number),
            Some(last.checksum),
            &segment_json(last.from, before, &self.ledger, &json),
        )?;
        self.segments.pop();
        self.segments.push(Segment {
            from: last.from,
            floor: last.floor.min(self.pending.floor),
            checksum: written.checksum,
            units: written.units,
        });
        self.stored(Some(json));
        Ok(())
    }

    /// Begins a new segment.
    fn add_segment(&mut self) -> Result<(), StoreError> {
        let number = self.next_number();
        if let (Some(last), Some(previous)) = (self.segments.last(), number.checked_sub(1)) {
            self.store
                .expect(&self.segment_place(previous), Some(last.checksum))?;
        }
        let written = self.store.write_over(
            &self.segment_place(number),
            None,
            &segment_json(
                self.saved,
                self.last_checksum(),
                &self.ledger,
                &self.pending.json,
            ),
        )?;
        self.segments.push(Segment {
            from: self.saved,
            floor: self.pending.floor,
            checksum: written.checksum,
            units: written.units,
        });
        let json = std::mem::take(&mut self.pending.json);
        self.stored((units(&json) < self.limits.segment).then_some(json));
        Ok(())
    }

    fn stored(&mut self, open: Option<String>) {
        self.saved = self.pending.to;
        self.pending = Batch::at(self.saved);
        self.stored_ledger = self.ledger.clone();
        self.open = open;
    }
}
