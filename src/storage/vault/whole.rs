//! Workspaces as wholes: looked at, written, and kept for a while after they were deleted.

use super::{Room, Vault};
use crate::registry::Time;
use crate::registry::json;
use crate::storage::format::Opened;
use crate::storage::journal;
use crate::storage::key_value::StoreError;
use crate::storage::notice::Notice;
use crate::storage::place::{Place, WorkspaceId};
use crate::storage::whole::Whole;
use crate::storage::workspace::{Arriving, Head, HeadSlot};

impl Vault {
    /// A workspace as a whole, as it is stored, and what had to be set aside to read it. Do not ask for one that has changes
    /// which are not stored yet.
    ///
    /// # Errors
    /// [`StoreError::NoWorkspace`], or why the store could not be read.
    pub fn whole(&mut self, id: &WorkspaceId) -> Result<(Whole, Vec<Notice>), StoreError> {
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

    /// Writes several workspaces: all of them or none, also where the page is closed meanwhile.
    ///
    /// # Errors
    /// Why one could not be stored; then none of them is there.
    pub fn put_all(&mut self, wholes: &[Whole], now: Time) -> Result<Vec<WorkspaceId>, StoreError> {
        self.settle()?;
        let mut slots: Vec<HeadSlot> = Vec::with_capacity(wholes.len());
        let mut at = now;
        let mut written = Ok(());
        for whole in wholes {
            match self.put_hidden(whole, at) {
                Ok(slot) => {
                    // An id is a moment with a letter before it.
                    at = Time(at.0.max(number_of(&slot.id)).saturating_add(1));
                    slots.push(slot);
                }
                Err(error) => {
                    written = Err(error);
                    break;
                }
            }
        }
        let ids: Vec<WorkspaceId> = slots.iter().map(|slot| slot.id.clone()).collect();
        let list = json::print(&Arriving(ids.clone()));
        let written = written.and_then(|()| self.shelf.write(&Place::Arriving, &list));
        if let Err(error) = written {
            for id in &ids {
                let _ = self.clear(id);
            }
            return Err(error);
        }
        // From here on all of them are there: the list says so.
        for mut slot in slots {
            slot.head.deleted = false;
            slot.dirty = true;
            self.rooms.insert(slot.id.clone(), Room::new(slot));
        }
        self.arriving.clone_from(&ids);
        // What can't be written now is written later.
        let _ = self.settle();
        Ok(ids)
    }

    /// Writes a workspace so that it counts as one that is being deleted: what is left half-way goes at the next start.
    fn put_hidden(&self, whole: &Whole, now: Time) -> Result<HeadSlot, StoreError> {
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

    /// Lets the heads of what has arrived say so, too.
    pub(super) fn settle(&mut self) -> Result<(), StoreError> {
        if self.arriving.is_empty() {
            return Ok(());
        }
        let shelf = self.shelf.clone();
        for id in self.arriving.clone() {
            if let Some(room) = self.rooms.get_mut(&id) {
                room.save_head_if_dirty(&shelf)?;
            }
        }
        shelf.remove(&Place::Arriving)?;
        self.arriving.clear();
        Ok(())
    }

    /// Deletes a workspace, and keeps it as a whole until the next one is deleted. Where there is no room for that, it says
    /// so with `false`: it is deleted all the same.
    ///
    /// # Errors
    /// Why not; the workspace is still there then.
    pub fn delete_kept(&mut self, id: &WorkspaceId, whole: &Whole) -> Result<bool, StoreError> {
        let kept = self
            .shelf
            .write(&Place::Deleted, &json::print(whole))
            .is_ok();
        if !kept {
            // What was deleted before it must not come back in its place.
            let _ = self.shelf.remove(&Place::Deleted);
        }
        self.delete(id).map(|()| kept)
    }

    /// The workspace that was deleted last, if it is still kept and can be read.
    #[must_use]
    pub fn deleted(&self) -> Option<Whole> {
        match self.shelf.read::<Whole>(&Place::Deleted) {
            Ok(Some(Opened::Ok(read))) => Some(read.value),
            _ => None,
        }
    }

    /// Forgets the workspace that was deleted last.
    ///
    /// # Errors
    /// Why not.
    pub fn forget_deleted(&self) -> Result<(), StoreError> {
        self.shelf.remove(&Place::Deleted)
    }
}

/// The number in an id that was made here.
fn number_of(id: &WorkspaceId) -> u64 {
    let digits = id.as_str().trim_start_matches('w');
    digits.parse().unwrap_or_default()
}
