//! Reads and writes workspaces as snapshots.

use super::{Vault, WorkspaceEntry};
use crate::journal;
use crate::key_value::StoreError;
use crate::notice::Notice;
use crate::snapshot::WorkspaceSnapshot;
use crate::storage_key::WorkspaceId;
use crate::workspace::{Header, HeaderSlot};
use registry::Time;

impl Vault {
    /// Returns a workspace as it is stored, with a notice for each value that had to be set aside to read it. Changes that
    /// are not stored yet are stored first.
    ///
    /// # Errors
    /// [`StoreError::NoWorkspace`] if there is no such workspace, or if the store could not be read or written.
    pub fn snapshot(
        &mut self,
        id: &WorkspaceId,
    ) -> Result<(WorkspaceSnapshot, Vec<Notice>), StoreError> {
        if self.unsaved(id) > 0 {
            self.flush_entry(id)?;
        }
        let loaded = self.load(id)?;
        let workspace = self.workspace(id).ok_or(StoreError::NoWorkspace)?;
        let snapshot = WorkspaceSnapshot {
            name: workspace.name,
            rules: loaded.rules,
            created: workspace.created,
            log: loaded.log,
        };
        Ok((snapshot, loaded.notices))
    }

    /// Writes a snapshot as a new workspace: all of it or nothing, even if the page is closed meanwhile.
    ///
    /// # Errors
    /// If it could not be stored; nothing of it remains then.
    pub fn put(
        &mut self,
        snapshot: &WorkspaceSnapshot,
        now: Time,
    ) -> Result<WorkspaceId, StoreError> {
        self.commit_pending()?;
        let mut slot = self.put_hidden(snapshot, now)?;
        slot.header.deleted = false;
        slot.dirty = true;
        if let Err(error) = slot.save(&self.store) {
            let _ = self.clear(&slot.id);
            return Err(error);
        }
        let id = slot.id.clone();
        self.entries.insert(id.clone(), WorkspaceEntry::new(slot));
        Ok(id)
    }

    /// Writes a workspace marked as deleted, so that the next start removes it if the call does not complete.
    pub(super) fn put_hidden(
        &self,
        snapshot: &WorkspaceSnapshot,
        now: Time,
    ) -> Result<HeaderSlot, StoreError> {
        let id = self.fresh_id(now);
        self.clear_deleted(&id)?;
        let header = Header {
            name: snapshot.name.clone(),
            rules: snapshot.rules,
            created: snapshot.created,
            deleted: true,
            ..Header::default()
        };
        let mut slot = HeaderSlot::new(id, header);
        let written = slot.save(&self.store).and_then(|()| {
            let base = journal::write_history(&self.store, &slot, self.limits, &snapshot.log)?;
            slot.flip(&self.store, base)
        });
        match written {
            Ok(()) => Ok(slot),
            Err(error) => {
                let _ = self.clear(&slot.id);
                Err(error)
            }
        }
    }
}
