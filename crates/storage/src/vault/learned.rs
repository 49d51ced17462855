//! What was learned, in the store: one value beside the workspaces.

use super::Vault;
use crate::format::Opened;
use crate::key_value::StoreError;
use crate::storage_key::StorageKey;
use lesson::progress::Progress;

impl Vault {
    /// Returns what was learned.
    pub const fn progress(&self) -> &Progress {
        &self.learned.value
    }

    /// Keeps what was learned. What another tab has kept meanwhile is merged with it, so that nothing is lost.
    ///
    /// # Errors
    /// If it is not stored yet. It holds anyway.
    pub fn set_progress(&mut self, progress: Progress) -> Result<(), StoreError> {
        // What has arrived takes the place of what is stored.
        let has_arrived = self.transaction.is_some() && self.learned.dirty;
        self.learned.value = progress;
        if !has_arrived
            && let Ok(Some(Opened::Ok(read))) = self.store.read::<Progress>(&StorageKey::Progress)
        {
            self.learned.value.merge(&read.value);
        }
        self.learned.dirty = true;
        self.save_progress()
    }

    pub(super) fn save_progress(&mut self) -> Result<(), StoreError> {
        self.commit_pending()?;
        self.learned.save(&self.store, &StorageKey::Progress)
    }
}
