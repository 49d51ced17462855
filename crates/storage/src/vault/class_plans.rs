//! The plans for classes, in the store: one value beside the workspaces.

use super::Vault;
use crate::class_plans::ClassPlans;
use crate::format::Opened;
use crate::key_value::StoreError;
use crate::storage_key::StorageKey;

impl Vault {
    /// Returns the plans for classes.
    #[must_use]
    pub const fn plans(&self) -> &ClassPlans {
        &self.plans.value
    }

    /// Changes the plans for classes. What another tab has changed meanwhile stays: the change is made to that.
    ///
    /// # Errors
    /// If it is not stored yet. It holds anyway.
    pub fn change_plans(&mut self, change: impl FnOnce(&mut ClassPlans)) -> Result<(), StoreError> {
        // What could not be stored here is newer than what the store has.
        if !self.plans.dirty
            && !self.store.is_reading()
            && let Ok(Some(Opened::Ok(read))) =
                self.store.read::<ClassPlans>(&StorageKey::ClassPlans)
        {
            self.plans.value = read.value;
        }
        change(&mut self.plans.value);
        self.plans.dirty = true;
        self.save_plans()
    }

    pub(super) fn save_plans(&mut self) -> Result<(), StoreError> {
        self.commit_pending()?;
        self.plans.save(&self.store, &StorageKey::ClassPlans)
    }
}
