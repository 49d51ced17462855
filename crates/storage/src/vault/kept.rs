//! A value that stands in the store by itself, beside the workspaces: the settings, what was learned, what the console
//! remembers.

use crate::key_value::StoreError;
use crate::sealed_store::SealedStore;
use crate::storage_key::StorageKey;
use registry::json::{self, ToJson};

/// The value as it is in memory, and whether the store has it.
#[derive(Default)]
pub(super) struct Kept<T> {
    pub(super) value: T,
    /// Whether the store is behind.
    pub(super) dirty: bool,
    /// Whether something stands in its place that must not be overwritten.
    pub(super) locked: bool,
}

impl<T: ToJson> Kept<T> {
    /// Writes the value, if the store is behind.
    ///
    /// # Errors
    /// If it is not stored yet. It holds anyway.
    pub(super) fn save(
        &mut self,
        store: &SealedStore,
        place: &StorageKey,
    ) -> Result<(), StoreError> {
        if store.is_reading() {
            // The tab that writes is asked for it.
            self.dirty = false;
        }
        if !self.dirty {
            return Ok(());
        }
        if self.locked {
            return Err(StoreError::ReadOnly);
        }
        store.write(place, &json::print(&self.value))?;
        self.dirty = false;
        Ok(())
    }
}
