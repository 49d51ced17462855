//! The trash: snapshots of deleted workspaces, kept for as long as there is room.

use serde_json::Value;

use super::Vault;
use crate::format::Opened;
use crate::key_value::StoreError;
use crate::sealed_store::Read;
use crate::snapshot::WorkspaceSnapshot;
use crate::storage_key::{MAX_NUMBER, StorageKey, WorkspaceId};
use registry::FreeText;
use registry::json::{self, FromJson, JsonError, Reader};

/// How many are kept.
pub const MOST_DELETED: usize = 10;

/// How much room all but the newest may take together, in UTF-16 units: a tenth of what browsers give.
const MOST_UNITS: usize = 500_000;

/// A workspace that was deleted and can be brought back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deleted {
    /// Which one it is. What was deleted later has a higher number.
    pub number: u64,
    pub name: FreeText,
}

/// The name of a snapshot, read without its history.
struct Called(FreeText);

impl FromJson for Called {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        let mut from = Reader::new(value)?;
        Ok(Self(from.field_or_default("name")?))
    }
}

/// Returns the number behind all that there are. A key may have been made by anybody, so there may be none behind it.
fn next_number(numbers: &[u64]) -> u64 {
    let last = numbers.last().copied();
    match last.map_or(0, |last| last.saturating_add(1)) {
        behind if behind <= MAX_NUMBER => behind,
        _ => (0..=MAX_NUMBER)
            .rev()
            .find(|number| !numbers.contains(number))
            .unwrap_or_default(),
    }
}

impl Vault {
    /// Deletes a workspace, and keeps its snapshot. Of those that were deleted before it, the oldest make room: where there are
    /// more than [`MOST_DELETED`], where all but the newest take more than a tenth of the store, and where it is full.
    ///
    /// # Errors
    /// [`StoreError::Full`] if there is no room to keep it, and whatever else the store says. The workspace is still there then, and so are those
    /// that were deleted before it; without a way back, [`Vault::delete`] deletes it all the same.
    pub fn delete_kept(
        &mut self,
        id: &WorkspaceId,
        snapshot: &WorkspaceSnapshot,
    ) -> Result<(), StoreError> {
        self.commit_pending()?;
        let before = self.trash()?;
        let place = StorageKey::Deleted(next_number(&before));
        let mut removed = Vec::new();
        let kept = self.keep_deleted(&place, &json::print(snapshot), &before, &mut removed);
        if let Err(why) = kept.and_then(|()| self.delete(id)) {
            // All is as it was before.
            let _ = self.store.remove(&place);
            for (place, text) in &removed {
                self.store.put(place, text)?;
            }
            return Err(why);
        }
        // It is deleted. What is too much in the trash now goes with the next one, if it doesn't go here.
        let _ = self.thin_trash();
        Ok(())
    }

    /// Writes one into the trash, in the place of as many of the oldest as it takes.
    fn keep_deleted(
        &self,
        place: &StorageKey,
        json: &str,
        before: &[u64],
        removed: &mut Vec<(StorageKey, String)>,
    ) -> Result<(), StoreError> {
        // What can't be read stays: setting it aside takes room, too.
        let mut oldest = before.iter().map(|number| StorageKey::Deleted(*number));
        let mut next =
            || oldest.find(|place| matches!(self.called(place), Ok(Some(Opened::Ok(_)))));
        loop {
            let kept = self.store.write(place, json).map(|_| ());
            let next = match kept {
                Err(StoreError::Full) => next(),
                _ => None,
            };
            let Some(next) = next else { return kept };
            if let Some(text) = self.store.sealed(&next)? {
                self.store.remove(&next)?;
                removed.push((next, text));
            }
        }
    }

    /// Removes the oldest ones that are too many, or too large, and sets aside what can't be read.
    fn thin_trash(&self) -> Result<(), StoreError> {
        let (mut count, mut room) = (0, 0);
        for number in self.trash()?.into_iter().rev() {
            let place = StorageKey::Deleted(number);
            match self.called(&place)? {
                Some(Opened::Ok(read)) => {
                    room += if count == 0 { 0 } else { read.units };
                    count += 1;
                    if count > MOST_DELETED || room > MOST_UNITS {
                        self.store.remove(&place)?;
                    }
                }
                Some(Opened::Damaged(_) | Opened::Foreign) => {
                    if self.store.copy_aside(&place).is_ok() {
                        self.store.remove(&place)?;
                    }
                }
                Some(Opened::Newer(_)) | None => {}
            }
        }
        Ok(())
    }

    /// Returns what one of them is called.
    fn called(&self, place: &StorageKey) -> Result<Option<Opened<Read<Called>>>, StoreError> {
        self.store.read(place)
    }

    /// Returns the numbers of what is in the trash, the oldest first.
    fn trash(&self) -> Result<Vec<u64>, StoreError> {
        let places = self.store.places("deleted")?;
        let mut numbers: Vec<u64> = places
            .into_iter()
            .filter_map(|place| match place {
                StorageKey::Deleted(number) => Some(number),
                _ => None,
            })
            .collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// Returns the workspaces that were deleted and can be brought back, the newest first.
    pub fn deleted(&self) -> Vec<Deleted> {
        let numbers = self.trash().unwrap_or_default();
        let numbers = numbers.into_iter().rev();
        numbers
            .filter_map(|number| match self.called(&StorageKey::Deleted(number)) {
                Ok(Some(Opened::Ok(read))) => Some(Deleted {
                    number,
                    name: read.value.0,
                }),
                _ => None,
            })
            .collect()
    }

    /// Returns the snapshot of a deleted workspace, if it can be read.
    pub fn deleted_snapshot(&self, number: u64) -> Option<WorkspaceSnapshot> {
        match self
            .store
            .read::<WorkspaceSnapshot>(&StorageKey::Deleted(number))
        {
            Ok(Some(Opened::Ok(read))) => Some(read.value),
            _ => None,
        }
    }

    /// Forgets a workspace that was deleted.
    pub fn forget_deleted(&self, number: u64) -> Result<(), StoreError> {
        self.store.remove(&StorageKey::Deleted(number))
    }
}
