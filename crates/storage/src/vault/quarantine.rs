//! What was set aside because it could not be read.

use super::Vault;
use crate::format::Opened;
use crate::key_value::StoreError;
use crate::storage_key::StorageKey;
use crate::validate::Quarantined;

impl Vault {
    /// Returns whether every value can be read, nothing was set aside, and there is nothing beside workspaces and small values: neither
    /// exercises under way nor workspaces that were deleted.
    pub fn is_plain(&self) -> Result<bool, StoreError> {
        for place in self.store.places("")? {
            let is_more = matches!(place, StorageKey::Attempt(_) | StorageKey::Deleted(_));
            if is_more || !matches!(self.store.validate(&place)?, Some(Opened::Ok(()))) {
                return Ok(false);
            }
        }
        Ok(self.store.quarantine()?.is_empty())
    }

    /// Returns what is in the quarantine.
    pub fn quarantine(&self) -> Result<Vec<Quarantined>, StoreError> {
        self.store.quarantine()
    }

    /// Returns a quarantined value as it was found, to be downloaded.
    pub fn raw(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.store.raw(key)
    }

    /// Removes a quarantined value for good.
    pub fn drop_quarantined(&self, key: &str) -> Result<(), StoreError> {
        self.store.drop_quarantined(key)
    }
}
