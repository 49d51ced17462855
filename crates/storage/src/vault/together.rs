//! What is changed together: workspaces and small values, taken in or back, all of it or nothing wherever it stops.
//!
//! Workspaces are written so that nobody sees them yet. Then one `set` says what has come, what has gone, and what the small
//! values are now: with it all of that has happened. Afterwards every value in its own place is brought up to it.

use super::{Room, Vault};
use crate::arriving::{Arriving, Small};
use crate::key_value::StoreError;
use crate::place::{Place, WorkspaceId};
use crate::snapshot::WorkspaceSnapshot;
use crate::workspace::HeadSlot;
use registry::Time;
use registry::json;

impl Vault {
    /// Writes several workspaces and small values: all of them or none, also where the page is closed meanwhile.
    ///
    /// # Errors
    /// Why something could not be stored; then nothing of it is there.
    pub fn take_in(
        &mut self,
        snapshots: &[WorkspaceSnapshot],
        small: Small,
        now: Time,
    ) -> Result<Vec<WorkspaceId>, StoreError> {
        self.settle()?;
        self.may_put(&small)?;
        let mut slots: Vec<HeadSlot> = Vec::with_capacity(snapshots.len());
        let mut at = now;
        let mut written = Ok(());
        for snapshot in snapshots {
            match self.put_hidden(snapshot, at) {
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
        let came: Vec<WorkspaceId> = slots.iter().map(|slot| slot.id.clone()).collect();
        let arriving = Arriving {
            came: came.clone(),
            small,
            ..Arriving::default()
        };
        if let Err(error) = written.and_then(|()| self.happen(arriving)) {
            for id in &came {
                let _ = self.clear(id);
            }
            return Err(error);
        }
        for mut slot in slots {
            slot.head.deleted = false;
            slot.dirty = true;
            self.rooms.insert(slot.id.clone(), Room::new(slot));
        }
        // What can't be written now is written later.
        let _ = self.settle();
        Ok(came)
    }

    /// Deletes several workspaces and puts small values in the place of those of now: all of it or nothing, also where the
    /// page is closed meanwhile. The learner's own workspace is not among those that go.
    ///
    /// # Errors
    /// Why it could not be stored; then nothing has changed.
    pub fn take_back(&mut self, ids: &[WorkspaceId], small: Small) -> Result<(), StoreError> {
        self.may_put(&small)?;
        let is_here =
            |id: &&WorkspaceId| **id != WorkspaceId::own() && self.rooms.contains_key(*id);
        let going: Vec<WorkspaceId> = ids.iter().filter(is_here).cloned().collect();
        // What came before and is not all in its place may be among what goes.
        let mut arriving = self.arriving.clone().unwrap_or_default();
        arriving.came.retain(|id| !going.contains(id));
        arriving.gone.extend(going.iter().cloned());
        arriving.small = small.or(self.unsaved_small());
        self.happen(arriving)?;
        for id in &going {
            self.rooms.remove(id);
        }
        let _ = self.settle();
        Ok(())
    }

    /// Whether small values may be written.
    fn may_put(&self, small: &Small) -> Result<(), StoreError> {
        let locked = (self.learned.locked && small.progress.is_some())
            || (self.settings.locked && small.theme.is_some())
            || (self.console.locked && small.console.is_some());
        if locked {
            return Err(StoreError::ReadOnly);
        }
        Ok(())
    }

    /// The small values that the store does not have yet.
    fn unsaved_small(&self) -> Small {
        let (learned, console, settings) = (&self.learned, &self.console, &self.settings);
        Small {
            progress: learned.dirty.then(|| learned.value.clone()),
            theme: settings.dirty.then_some(settings.value.theme),
            console: console.dirty.then(|| console.value.clone()),
        }
    }

    /// The one `set` in which it happens.
    fn happen(&mut self, arriving: Arriving) -> Result<(), StoreError> {
        self.shelf
            .write(&Place::Arriving, &json::print(&arriving))?;
        self.hold(arriving);
        Ok(())
    }

    /// Lets what has happened hold in memory.
    pub(super) fn hold(&mut self, mut arriving: Arriving) {
        let small = std::mem::take(&mut arriving.small);
        // In a window that only reads, whoever writes brings it to its place.
        let behind = !self.shelf.is_shut();
        if let Some(progress) = small.progress {
            self.learned.value = progress;
            self.learned.dirty = behind;
        }
        if let Some(console) = small.console {
            self.console.value = console;
            self.console.dirty = behind;
        }
        if let Some(theme) = small.theme {
            self.settings.value.theme = theme;
            self.settings.dirty = behind;
        }
        if behind {
            self.arriving = Some(arriving);
        }
    }

    /// Whether a workspace has come, though its head may say that it is deleted.
    pub(super) fn has_come(&self, id: &WorkspaceId) -> bool {
        let arriving = self.arriving.as_ref();
        arriving.is_some_and(|arriving| arriving.came.contains(id))
    }

    /// Brings every value in its own place up to what has happened together.
    pub(super) fn settle(&mut self) -> Result<(), StoreError> {
        let Some(arriving) = &self.arriving else {
            return Ok(());
        };
        for id in &arriving.came {
            if let Some(room) = self.rooms.get_mut(id) {
                room.save_head_if_dirty(&self.shelf)?;
            }
        }
        for id in &arriving.gone {
            self.clear(id)?;
        }
        self.learned.save(&self.shelf, &Place::Progress)?;
        self.console.save(&self.shelf, &Place::Console)?;
        self.settings.save(&self.shelf, &Place::Settings)?;
        self.shelf.remove(&Place::Arriving)?;
        self.arriving = None;
        Ok(())
    }
}

/// The number in an id that was made here.
fn number_of(id: &WorkspaceId) -> u64 {
    let digits = id.as_str().trim_start_matches('w');
    digits.parse().unwrap_or_default()
}
