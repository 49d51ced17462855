//! Workspaces as wholes: looked at and written.

use super::{Room, Vault};
use crate::journal;
use crate::key_value::StoreError;
use crate::notice::Notice;
use crate::place::WorkspaceId;
use crate::whole::Whole;
use crate::workspace::{Head, HeadSlot};
use registry::Time;

impl Vault {
    /// A workspace as a whole, as it is stored, and what had to be set aside to read it. What is not stored yet is stored
    /// before.
    ///
    /// # Errors
    /// [`StoreError::NoWorkspace`], or why the store could not be read, or not take in what it did not have yet.
    pub fn whole(&mut self, id: &WorkspaceId) -> Result<(Whole, Vec<Notice>), StoreError> {
        if self.unsaved(id) > 0 {
            self.flush_room(id)?;
        }
        let loaded = self.load(id)?;
        let workspace = self.workspace(id).ok_or(StoreError::NoWorkspace)?;
        let whole = Whole {
            name: workspace.name,
            rules: loaded.rules,
            created: workspace.created,
            log: loaded.log,
        };
        Ok((whole, loaded.notices))
    }

    /// Writes a workspace as a whole beside the others: all of it, or nothing, also where the page is closed meanwhile.
    ///
    /// # Errors
    /// Why it could not be stored; then nothing of it is there.
    pub fn put(&mut self, whole: &Whole, now: Time) -> Result<WorkspaceId, StoreError> {
        self.settle()?;
        let mut slot = self.put_hidden(whole, now)?;
        slot.head.deleted = false;
        slot.dirty = true;
        if let Err(error) = slot.save(&self.shelf) {
            let _ = self.clear(&slot.id);
            return Err(error);
        }
        let id = slot.id.clone();
        self.rooms.insert(id.clone(), Room::new(slot));
        Ok(id)
    }

    /// Writes a workspace so that it counts as one that is being deleted: what is left half-way goes at the next start.
    pub(super) fn put_hidden(&self, whole: &Whole, now: Time) -> Result<HeadSlot, StoreError> {
        let id = self.fresh_id(now);
        self.clear_deleted(&id)?;
        let head = Head {
            name: whole.name.clone(),
            rules: whole.rules,
            created: whole.created,
            deleted: true,
            ..Head::default()
        };
        let mut slot = HeadSlot::new(id, head);
        let written = slot.save(&self.shelf).and_then(|()| {
            let base = journal::write_whole(&self.shelf, &slot, self.limits, &whole.log)?;
            slot.flip(&self.shelf, base)
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
