//! Transactions: workspaces and small values, taken in or back, all of it or nothing wherever it stops.
//!
//! Workspaces are written so that nobody sees them yet. Then one `set` says what has come, what has gone, and what the small
//! values are now: with it all of that has happened. Afterwards every value in its own place is brought up to it.

use super::{Vault, WorkspaceEntry};
use crate::key_value::StoreError;
use crate::snapshot::WorkspaceSnapshot;
use crate::storage_key::{StorageKey, WorkspaceId};
use crate::transaction::{Small, Transaction};
use crate::workspace::HeaderSlot;
use registry::Time;
use registry::json;

impl Vault {
    /// Writes several workspaces and small values: all of them or none, even if the page is closed meanwhile.
    ///
    /// # Errors
    /// If something could not be stored; nothing of it remains then.
    pub fn take_in(
        &mut self,
        snapshots: &[WorkspaceSnapshot],
        small: Small,
        now: Time,
    ) -> Result<Vec<WorkspaceId>, StoreError> {
        self.commit_pending()?;
        self.may_put(&small)?;
        let mut slots: Vec<HeaderSlot> = Vec::with_capacity(snapshots.len());
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
        let transaction = Transaction {
            came: came.clone(),
            small,
            ..Transaction::default()
        };
        if let Err(error) = written.and_then(|()| self.happen(transaction)) {
            for id in &came {
                let _ = self.clear(id);
            }
            return Err(error);
        }
        for mut slot in slots {
            slot.header.deleted = false;
            slot.dirty = true;
            self.entries
                .insert(slot.id.clone(), WorkspaceEntry::new(slot));
        }
        // What can't be written now is written later.
        let _ = self.commit_pending();
        Ok(came)
    }

    /// Deletes several workspaces and puts small values in the place of those of now: all of it or nothing, also where the
    /// page is closed meanwhile. The learner's own workspace is not among those that go.
    ///
    /// # Errors
    /// If it could not be stored; then nothing has changed.
    pub fn take_back(&mut self, ids: &[WorkspaceId], small: Small) -> Result<(), StoreError> {
        self.may_put(&small)?;
        let is_here =
            |id: &&WorkspaceId| **id != WorkspaceId::own() && self.entries.contains_key(*id);
        let going: Vec<WorkspaceId> = ids.iter().filter(is_here).cloned().collect();
        // What came before and is not all in its place may be among what goes.
        let mut transaction = self.transaction.clone().unwrap_or_default();
        transaction.came.retain(|id| !going.contains(id));
        transaction.gone.extend(going.iter().cloned());
        transaction.small = small.or(self.unsaved_small());
        self.happen(transaction)?;
        for id in &going {
            self.entries.remove(id);
        }
        let _ = self.commit_pending();
        Ok(())
    }

    /// Errors if a small value may not be written over.
    fn may_put(&self, small: &Small) -> Result<(), StoreError> {
        let locked = (self.learned.locked && small.progress.is_some())
            || (self.settings.locked && small.theme.is_some())
            || (self.console.locked && small.console.is_some())
            || (self.plans.locked && small.plans.is_some());
        if locked {
            return Err(StoreError::ReadOnly);
        }
        Ok(())
    }

    /// Returns the small values that are not stored yet.
    fn unsaved_small(&self) -> Small {
        let (learned, console, settings) = (&self.learned, &self.console, &self.settings);
        Small {
            progress: learned.dirty.then(|| learned.value.clone()),
            theme: settings.dirty.then_some(settings.value.theme),
            console: console.dirty.then(|| console.value.clone()),
            plans: self.plans.dirty.then(|| self.plans.value.clone()),
        }
    }

    /// Stores the transaction: the one `set` in which it happens.
    fn happen(&mut self, transaction: Transaction) -> Result<(), StoreError> {
        self.store
            .write(&StorageKey::Transaction, &json::print(&transaction))?;
        self.hold(transaction);
        Ok(())
    }

    /// Applies a stored transaction in memory.
    pub(super) fn hold(&mut self, mut transaction: Transaction) {
        let small = std::mem::take(&mut transaction.small);
        // In a tab that only reads, whoever writes brings it to its place.
        let behind = !self.store.is_shut();
        if let Some(progress) = small.progress {
            self.learned.value = progress;
            self.learned.dirty = behind;
        }
        if let Some(console) = small.console {
            self.console.value = console;
            self.console.dirty = behind;
        }
        if let Some(plans) = small.plans {
            self.plans.value = plans;
            self.plans.dirty = behind;
        }
        if let Some(theme) = small.theme {
            self.settings.value.theme = theme;
            self.settings.dirty = behind;
        }
        if behind {
            self.transaction = Some(transaction);
        }
    }

    /// Returns whether the pending transaction adds a workspace, whose header may still say that it is deleted.
    pub(super) fn has_come(&self, id: &WorkspaceId) -> bool {
        let transaction = self.transaction.as_ref();
        transaction.is_some_and(|transaction| transaction.came.contains(id))
    }

    /// Writes what the pending transaction changed under its own keys, then removes the transaction.
    pub(super) fn commit_pending(&mut self) -> Result<(), StoreError> {
        let Some(transaction) = &self.transaction else {
            return Ok(());
        };
        for id in &transaction.came {
            if let Some(entry) = self.entries.get_mut(id) {
                entry.save_header_if_dirty(&self.store)?;
            }
        }
        for id in &transaction.gone {
            self.clear(id)?;
        }
        self.learned.save(&self.store, &StorageKey::Progress)?;
        self.console.save(&self.store, &StorageKey::Console)?;
        self.plans.save(&self.store, &StorageKey::ClassPlans)?;
        self.settings.save(&self.store, &StorageKey::Settings)?;
        self.store.remove(&StorageKey::Transaction)?;
        self.transaction = None;
        Ok(())
    }
}

/// Returns the number in an id that was made here.
fn number_of(id: &WorkspaceId) -> u64 {
    let digits = id.as_str().trim_start_matches('w');
    digits.parse().unwrap_or_default()
}
