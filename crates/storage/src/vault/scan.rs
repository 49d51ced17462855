//! The scan of a store when it is opened: what is there, and what has to be set aside before anything is written.

use super::{Vault, WorkspaceEntry};
use crate::class_plans::ClassPlans;
use crate::console::ConsoleMemory;
use crate::format::{Damage, Opened};
use crate::key_value::StoreError;
use crate::notice::Notice;
use crate::sealed_store::SealedStore;
use crate::settings::Settings;
use crate::storage_key::{StorageKey, WorkspaceId};
use crate::transaction::Transaction;
use crate::workspace::{Header, HeaderSlot};
use lesson::progress::Progress;
use registry::vec_map::VecMap;

impl Vault {
    /// Reads the settings and every workspace's header. Nothing is changed before all of them were seen.
    pub(super) fn scan(&mut self) -> Result<Vec<Notice>, StoreError> {
        let mut notices = Vec::new();
        let mut broken = Vec::new();
        let mut deleted = Vec::new();
        match self.store.read::<Settings>(&StorageKey::Settings)? {
            None => {}
            Some(Opened::Ok(read)) => self.settings.value = read.value,
            Some(other) => broken.extend(fault(StorageKey::Settings, &other, &mut notices)),
        }
        match self.store.read::<Progress>(&StorageKey::Progress)? {
            None => {}
            Some(Opened::Ok(read)) => self.learned.value = read.value,
            Some(other) => broken.extend(fault(StorageKey::Progress, &other, &mut notices)),
        }
        match self.store.read::<ConsoleMemory>(&StorageKey::Console)? {
            None => {}
            Some(Opened::Ok(read)) => self.console.value = read.value,
            Some(other) => broken.extend(fault(StorageKey::Console, &other, &mut notices)),
        }
        match self.store.read::<ClassPlans>(&StorageKey::ClassPlans)? {
            None => {}
            Some(Opened::Ok(read)) => self.plans.value = read.value,
            Some(other) => broken.extend(fault(StorageKey::ClassPlans, &other, &mut notices)),
        }
        let transaction = match self.store.read::<Transaction>(&StorageKey::Transaction)? {
            None => None,
            Some(Opened::Ok(read)) => Some(read.value),
            Some(other) => {
                broken.extend(fault(StorageKey::Transaction, &other, &mut notices));
                None
            }
        };
        let places = self.store.places("ws/")?;
        let found = places.iter().filter_map(|place| place.workspace());
        let found: VecMap<&WorkspaceId, ()> = found.map(|id| (id, ())).collect();
        for id in found.keys() {
            let has = |ids: fn(&Transaction) -> &Vec<WorkspaceId>| {
                transaction.as_ref().is_some_and(|it| ids(it).contains(id))
            };
            if has(|it| &it.gone) {
                continue;
            }
            match look(&self.store, id, true, &mut notices)? {
                Look::Header(slot) => {
                    self.entries
                        .insert((*id).clone(), WorkspaceEntry::new(slot));
                }
                Look::Broken(slot, damage) => {
                    broken.push((StorageKey::Header((*id).clone()), damage));
                    self.entries
                        .insert((*id).clone(), WorkspaceEntry::new(slot));
                }
                Look::Deleted(mut slot) if has(|it| &it.came) => {
                    slot.header.deleted = false;
                    slot.dirty = true;
                    self.entries
                        .insert((*id).clone(), WorkspaceEntry::new(*slot));
                }
                Look::Deleted(_) => deleted.push((*id).clone()),
            }
        }
        if !self.store.is_shut() {
            for (place, damage) in broken {
                self.set_aside(&place, damage, &mut notices);
            }
            for id in deleted {
                // What can't be removed now is removed at the next start.
                let _ = self.clear(&id);
            }
        }
        if let Some(transaction) = transaction {
            self.hold(transaction);
            // What can't be written now is written later.
            let _ = self.commit_pending();
        }
        Ok(notices)
    }

    /// Looks at a workspace's header again: another tab may have written it since.
    pub(super) fn refresh(
        &mut self,
        id: &WorkspaceId,
        notices: &mut Vec<Notice>,
    ) -> Result<(), StoreError> {
        let before = &self.entry(id)?.slot;
        if before.locked {
            return Ok(());
        }
        let changed = before.dirty.then(|| before.header.clone());
        let others = !self.store.places(&format!("ws/{id}/"))?.is_empty();
        let slot = match look(&self.store, id, others, notices)? {
            Look::Header(slot) => slot,
            Look::Broken(slot, damage) => {
                self.entry(id)?.slot = slot;
                if self.store.is_reading() {
                    return Ok(());
                }
                self.set_aside(&StorageKey::Header(id.clone()), damage, notices);
                return Ok(());
            }
            Look::Deleted(mut slot) if self.has_come(id) => {
                slot.header.deleted = false;
                slot.dirty = true;
                *slot
            }
            Look::Deleted(_) => {
                if !self.store.is_reading() {
                    self.clear(id)?;
                }
                HeaderSlot::new(id.clone(), Header::default())
            }
        };
        let entry = self.entry(id)?;
        entry.slot = slot;
        if let Some(Header { name, rules, .. }) = changed {
            // What was chosen here and could not be stored yet.
            entry.slot.header.name = name;
            entry.slot.header.rules = rules;
            entry.slot.dirty = true;
        }
        Ok(())
    }

    fn set_aside(&mut self, place: &StorageKey, damage: Damage, notices: &mut Vec<Notice>) {
        let done = self
            .store
            .copy_aside(place)
            .and_then(|key| self.store.remove(place).map(|()| key));
        match done {
            Ok(key) => notices.push(Notice::SetAside {
                place: place.clone(),
                key,
                damage,
            }),
            Err(why) => {
                notices.push(Notice::LeftInPlace {
                    place: place.clone(),
                    damage,
                    why,
                });
                match place.workspace() {
                    None if matches!(place, StorageKey::Transaction | StorageKey::Deleted(_)) => {}
                    None if *place == StorageKey::Progress => self.learned.locked = true,
                    None if *place == StorageKey::Console => self.console.locked = true,
                    None if *place == StorageKey::ClassPlans => self.plans.locked = true,
                    None => self.settings.locked = true,
                    Some(id) => {
                        if let Some(entry) = self.entries.get_mut(id) {
                            entry.slot.locked = true;
                        }
                    }
                }
            }
        }
        if matches!(place, StorageKey::Transaction | StorageKey::Deleted(_)) {
            return;
        }
        notices.push(match place.workspace() {
            None if *place == StorageKey::Progress => Notice::ProgressReset,
            None if *place == StorageKey::Console => Notice::ConsoleReset,
            None if *place == StorageKey::ClassPlans => Notice::PlansReset,
            None => Notice::SettingsReset,
            Some(id) => Notice::HeaderReset {
                workspace: id.clone(),
            },
        });
    }
}

/// What is found where a header should be.
enum Look {
    /// The header, or none.
    Header(HeaderSlot),
    /// Something that has to be set aside. The slot stands in for it.
    Broken(HeaderSlot, Damage),
    /// The workspace was deleted, but something of it is still there.
    Deleted(Box<HeaderSlot>),
}

/// Looks at a workspace's header. `others` says whether anything of the workspace is stored.
fn look(
    store: &SealedStore,
    id: &WorkspaceId,
    others: bool,
    notices: &mut Vec<Notice>,
) -> Result<Look, StoreError> {
    let place = StorageKey::Header(id.clone());
    let mut slot = HeaderSlot::new(id.clone(), Header::default());
    match store.read::<Header>(&place)? {
        Some(Opened::Ok(read)) if read.value.is_sane() => {
            slot.stored = Some(read.checksum);
            slot.header = read.value;
            if slot.header.deleted {
                return Ok(Look::Deleted(Box::new(slot)));
            }
        }
        None => {
            // A workspace is stored with its header first, so there was one.
            if others {
                slot.base_unknown = true;
                slot.dirty = true;
                notices.push(Notice::HeaderReset {
                    workspace: id.clone(),
                });
            }
        }
        Some(other) => {
            slot.base_unknown = true;
            slot.dirty = true;
            if let Some((_, damage)) = fault(place, &other, notices) {
                return Ok(Look::Broken(slot, damage));
            }
        }
    }
    Ok(Look::Header(slot))
}

/// Returns a value that can't be read: to be set aside, or of a newer app.
fn fault<T>(
    place: StorageKey,
    opened: &Opened<T>,
    notices: &mut Vec<Notice>,
) -> Option<(StorageKey, Damage)> {
    match opened {
        // What can be read and is not wanted makes no sense.
        Opened::Ok(_) => Some((place, Damage::Content)),
        Opened::Damaged(damage) => Some((place, *damage)),
        Opened::Foreign => Some((place, Damage::Foreign)),
        Opened::Newer(version) => {
            notices.push(Notice::Newer {
                place,
                version: *version,
            });
            None
        }
    }
}
