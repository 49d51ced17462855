//! What was learned, in the store: one value beside the workspaces.

use super::Vault;
use crate::lesson::progress::Progress;
use crate::registry::json;
use crate::storage::format::Opened;
use crate::storage::key_value::StoreError;
use crate::storage::place::Place;

/// What was learned, and whether the store has it.
#[derive(Default)]
pub(super) struct Learned {
    pub(super) progress: Progress,
    pub(super) dirty: bool,
    /// Whether something stands in its place that must not be overwritten.
    pub(super) locked: bool,
}

impl Vault {
    /// What was learned.
    #[must_use]
    pub const fn progress(&self) -> &Progress {
        &self.learned.progress
    }

    /// Keeps what was learned. What another window has kept meanwhile is merged with it, so that nothing is lost.
    ///
    /// # Errors
    /// Why it is not stored yet. It holds anyway.
    pub fn set_progress(&mut self, progress: Progress) -> Result<(), StoreError> {
        self.learned.progress = progress;
        if let Ok(Some(Opened::Ok(read))) = self.shelf.read::<Progress>(&Place::Progress) {
            self.learned.progress.merge(&read.value);
        }
        self.learned.dirty = true;
        self.save_progress()
    }

    /// Puts something else in the place of what was learned, such as nothing.
    ///
    /// # Errors
    /// Why it is not stored yet. It holds anyway.
    pub fn replace_progress(&mut self, progress: Progress) -> Result<(), StoreError> {
        self.learned.progress = progress;
        self.learned.dirty = true;
        self.save_progress()
    }

    pub(super) fn save_progress(&mut self) -> Result<(), StoreError> {
        if !self.learned.dirty {
            return Ok(());
        }
        if self.learned.locked {
            return Err(StoreError::ReadOnly);
        }
        let body = json::print(&self.learned.progress);
        self.shelf.write(&Place::Progress, &body)?;
        self.learned.dirty = false;
        Ok(())
    }
}
