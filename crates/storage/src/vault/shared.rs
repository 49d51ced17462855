//! What tabs that share the saved data need of it: see [`crate::tabs`].

use super::{Loaded, Vault, journal};
use crate::journal::Reach;
use crate::key_value::StoreError;
use crate::storage_key::{StorageKey, WorkspaceId};
use crate::tabs::TabId;
use registry::{Record, Time, sample};

impl Vault {
    /// Loads a workspace; the learner's own gets the sample where nothing was ever recorded. The second result says
    /// whether the sample is stored.
    ///
    /// # Errors
    /// As [`Vault::load`].
    pub fn load_or_sample(
        &mut self,
        id: &WorkspaceId,
        now: Time,
    ) -> Result<(Loaded, Result<(), StoreError>), StoreError> {
        let mut loaded = self.load(id)?;
        if !loaded.untouched || *id != WorkspaceId::own() {
            return Ok((loaded, Ok(())));
        }
        let (log, records) = sample::sample(now);
        loaded.log = log;
        let kept = if self.store.is_reading() {
            Ok(())
        } else {
            self.append_all(id, &records)
        };
        Ok((loaded, kept))
    }

    /// Stores a record that another tab has asked for, and with it the number of the request.
    pub fn append_for(
        &mut self,
        id: &WorkspaceId,
        record: &Record,
        tab: &TabId,
        number: u64,
    ) -> Result<(), StoreError> {
        let entry = self.entry(id)?;
        let journal = entry.journal.as_mut().ok_or(StoreError::NoWorkspace)?;
        journal.hold_for(tab, number, record);
        self.flush_entry(id)
    }

    /// Returns the number of the last request of a tab that a loaded workspace's journal has; 0 where there is none.
    pub fn seen(&self, id: &WorkspaceId, tab: &TabId) -> u64 {
        let journal = self
            .entries
            .get(id)
            .and_then(|entry| entry.journal.as_ref());
        journal.map_or(0, |journal| journal.seen(tab))
    }

    /// Returns how many records a loaded workspace has, those that are not stored yet included.
    pub fn records(&self, id: &WorkspaceId) -> u64 {
        let journal = self
            .entries
            .get(id)
            .and_then(|entry| entry.journal.as_ref());
        journal.map_or(0, super::Journal::records)
    }

    /// Returns the records of a loaded workspace that are not stored yet.
    pub fn tail(&self, id: &WorkspaceId) -> Vec<Record> {
        let journal = self
            .entries
            .get(id)
            .and_then(|entry| entry.journal.as_ref());
        journal.map_or_else(Vec::new, super::Journal::tail)
    }

    /// Returns whether data of a newer app was seen.
    pub(crate) fn is_newer(&self) -> bool {
        self.store.is_newer()
    }

    /// Returns how far a workspace's journal can be followed; not at all where there is none.
    pub(crate) fn reach(&self, id: &WorkspaceId) -> Result<Reach, StoreError> {
        match self.entries.get(id) {
            Some(entry) => journal::reach(&self.store, &entry.slot, self.limits),
            None => Ok(Reach {
                records: 0,
                whole: true,
                first: None,
            }),
        }
    }

    /// Returns what another tab needs to show a workspace: all small values, all headers, and the workspace's journal, sealed as
    /// they are.
    pub fn sealed_values(&self, id: &WorkspaceId) -> Result<Vec<(StorageKey, String)>, StoreError> {
        let mut places = self.store.places("")?;
        places.retain(|place| match place {
            StorageKey::State(of, _) | StorageKey::Segment(of, _) => of == id,
            _ => true,
        });
        let mut values = Vec::with_capacity(places.len());
        for place in places {
            if let Some(text) = self.store.sealed(&place)? {
                values.push((place, text));
            }
        }
        Ok(values)
    }
}
