//! What the console remembers, in the store: one value beside the workspaces.

use super::Vault;
use crate::console::ConsoleMemory;
use crate::format::Opened;
use crate::key_value::StoreError;
use crate::storage_key::StorageKey;

impl Vault {
    /// Returns what the console remembers.
    pub const fn console(&self) -> &ConsoleMemory {
        &self.console.value
    }

    /// Changes what the console remembers. What another tab has typed meanwhile stays: the change is made to that.
    ///
    /// # Errors
    /// If it is not stored yet. It holds anyway.
    pub fn change_console(
        &mut self,
        change: impl FnOnce(&mut ConsoleMemory),
    ) -> Result<(), StoreError> {
        // What could not be stored here is newer than what the store has.
        if !self.console.dirty
            && !self.store.is_reading()
            && let Ok(Some(Opened::Ok(read))) =
                self.store.read::<ConsoleMemory>(&StorageKey::Console)
        {
            self.console.value = read.value;
        }
        change(&mut self.console.value);
        self.console.dirty = true;
        self.save_console()
    }

    pub(super) fn save_console(&mut self) -> Result<(), StoreError> {
        self.commit_pending()?;
        self.console.save(&self.store, &StorageKey::Console)
    }
}
