//! Room in the store: how much the histories take, and folding their older steps into their starts.

use super::Vault;
use crate::journal::Folded;
use crate::key_value::{StoreError, units};
use crate::storage_key::WorkspaceId;
use registry::Log;

impl Vault {
    /// What is done when there is time: call it when idle, with the log as it is. Where it answers with [`Folded`], the
    /// log has to be replaced.
    ///
    /// # Errors
    /// If something could not be done. Nothing that was saved is touched by that.
    pub fn maintain(&mut self, id: &WorkspaceId, log: &Log) -> Result<Option<Folded>, StoreError> {
        // If it can't be stored, that is known already.
        let _ = self.flush_entry(id);
        let store = self.store.clone();
        let entry = self.entry(id)?;
        let journal = entry.journal.as_mut().ok_or(StoreError::NoWorkspace)?;
        journal.maintain(&store, &mut entry.slot, log)
    }

    /// Makes room where the store is full: folds about the older half of a workspace's history into its start, and stores
    /// what could not be stored before. Where it answers with [`Folded`], the log has to be replaced, and the person told.
    ///
    /// # Errors
    /// If nothing could be done, such as [`StoreError::Full`].
    pub fn compact(&mut self, id: &WorkspaceId, log: &Log) -> Result<Option<Folded>, StoreError> {
        let store = self.store.clone();
        let entry = self.entry(id)?;
        let journal = entry.journal.as_mut().ok_or(StoreError::NoWorkspace)?;
        journal.compact(&store, &mut entry.slot, log)
    }

    /// Makes room as [`Vault::compact`] does, at the workspace with the longest journal that can be folded; not at the one whose
    /// log the caller has. Tells which one it was, and how many steps.
    pub fn compact_another(
        &mut self,
        but: Option<&WorkspaceId>,
    ) -> Result<Option<(WorkspaceId, u64)>, StoreError> {
        let mut others = Vec::new();
        for id in self.entries.keys().filter(|id| Some(*id) != but) {
            others.push((self.history_units(id)?, id.clone()));
        }
        others.sort();
        for (_, id) in others.into_iter().rev() {
            // What is not stored yet would be given up.
            if self.unsaved(&id) > 0 {
                continue;
            }
            let log = self.load(&id)?.log;
            match self.compact(&id, &log) {
                Ok(Some(folded)) => return Ok(Some((id, folded.steps))),
                // Where there is no room even for that, or nothing may be written, another one may do.
                Ok(None) | Err(StoreError::Full | StoreError::ReadOnly) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// About how much room folding could make at most, in UTF-16 units.
    pub fn foldable(&self) -> Result<usize, StoreError> {
        let ids = self.entries.keys();
        ids.map(|id| self.history_units(id)).sum()
    }

    /// Returns how much room the steps of a workspace take, in UTF-16 units.
    fn history_units(&self, id: &WorkspaceId) -> Result<usize, StoreError> {
        let mut length = 0;
        for place in self.store.places(&format!("ws/{id}/seg/"))? {
            length += self.store.sealed(&place)?.map_or(0, |text| units(&text));
        }
        Ok(length)
    }
}
