//! What the console remembers, in the store: one value beside the workspaces.

use super::Vault;
use crate::registry::json;
use crate::storage::console::ConsoleMemory;
use crate::storage::format::Opened;
use crate::storage::key_value::StoreError;
use crate::storage::place::Place;

/// What the console remembers, and whether the store has it.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) memory: ConsoleMemory,
    pub(super) dirty: bool,
    /// Whether something stands in its place that must not be overwritten.
    pub(super) locked: bool,
}

impl Vault {
    /// What the console remembers.
    #[must_use]
    pub const fn console(&self) -> &ConsoleMemory {
        &self.console.memory
    }

    /// Changes what the console remembers. What another window has typed meanwhile stays: the change is made to that.
    ///
    /// # Errors
    /// Why it is not stored yet. It holds anyway.
    pub fn change_console(
        &mut self,
        change: impl FnOnce(&mut ConsoleMemory),
    ) -> Result<(), StoreError> {
        // What could not be stored here is newer than what the store has.
        if !self.console.dirty
            && let Ok(Some(Opened::Ok(read))) = self.shelf.read::<ConsoleMemory>(&Place::Console)
        {
            self.console.memory = read.value;
        }
        change(&mut self.console.memory);
        self.console.dirty = true;
        self.save_console()
    }

    pub(super) fn save_console(&mut self) -> Result<(), StoreError> {
        if !self.console.dirty {
            return Ok(());
        }
        if self.console.locked {
            return Err(StoreError::ReadOnly);
        }
        let body = json::print(&self.console.memory);
        self.shelf.write(&Place::Console, &body)?;
        self.console.dirty = false;
        Ok(())
    }
}
