//! Two copies of the saved data that differ: which of them is right.
//!
//! The app writes into its store and copies every action into the browser's second store, each time with a count. After
//! the browser was killed the store may have gone back by up to a minute, and the copy not. So:
//!
//! - The copy is the newer one where its count is higher.
//! - Of a workspace the **longer valid journal** counts: header, states and segments of one of the two, as a whole. A newer copy
//!   is taken if it is no shorter; an older one only where the store's journal is damaged and comes less far.
//! - What stands in the copy alone, and the store does not know to be deleted (see [`super::mirrored::gone`]), has **vanished**:
//!   something else has emptied the browser's storage, or a part of it. It comes back; where the two together make a longer
//!   journal than either, they are put together.
//! - Of the settings, the console's memory and the plans for classes the newer value counts, or the one that is whole; what was learned is merged.
//! - What is written over and is no earlier part of what takes its place is set aside before, byte for byte; and so is what a
//!   newer copy has and a longer journal here has not.
//!
//! It can stop after any call: then the two still differ, and it is done again at the next start.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::format::{Damage, Opened};
use super::journal::{Reach, SegmentValue};
use super::key_value::{KeyValue, StoreError};
use super::memory::MemoryStore;
use super::migrate::Format;
use super::mirrored;
use super::notice::Notice;
use super::sealed_store::SealedStore;
use super::storage_key::{StorageKey, WorkspaceId};
use super::vault::Vault;
use super::workspace::Header;
use lesson::progress::Progress;
use registry::json;

/// Reconciles the store with its copy, and returns what was done as notices. Changes nothing where the store is a newer app's.
///
/// # Errors
/// If something could not be written, or [`StoreError::ReadOnly`] where the copy is a newer app's. The copy may hold then what
/// nothing else has: it must stay as it is until this was done.
pub fn reconcile(
    store: Rc<dyn KeyValue>,
    copy: &MemoryStore,
    prefix: &str,
    copy_is_newer: bool,
) -> Result<Vec<Notice>, StoreError> {
    // A store that has gone back in time knows nothing of what the copy says.
    let gone = if copy_is_newer {
        Vec::new()
    } else {
        mirrored::gone(store.as_ref(), prefix)?
    };
    let mut reconciliation = Reconciliation {
        store: SealedStore::new(Rc::clone(&store), prefix, Format::default()),
        copy: SealedStore::new(Rc::new(copy.clone()), prefix, Format::default()).reading(),
        copy_is_newer,
        gone,
        notices: Vec::new(),
    };
    let (here, _) = Vault::open_reading(Rc::clone(&store), prefix);
    let (there, _) = Vault::open_reading(Rc::new(copy.clone()), prefix);
    let mut workspaces = BTreeSet::new();
    for place in reconciliation.copy.places("")? {
        match place.workspace() {
            Some(id) => {
                workspaces.insert(id.clone());
            }
            None => reconciliation.small(&place)?,
        }
    }
    for key in copy.keys_with_prefix(&format!("{prefix}quarantine/"))? {
        reconciliation.quarantined(store.as_ref(), copy, prefix, &key)?;
    }
    let is_newer = |store: &SealedStore, vault: &Vault| store.is_newer() || vault.is_newer();
    for id in workspaces {
        let (mine, theirs) = (here.reach(&id)?, there.reach(&id)?);
        if is_newer(&reconciliation.store, &here) || is_newer(&reconciliation.copy, &there) {
            break;
        }
        reconciliation.workspace(&id, mine, theirs)?;
    }
    if is_newer(&reconciliation.copy, &there) && !is_newer(&reconciliation.store, &here) {
        return Err(StoreError::ReadOnly);
    }
    Ok(reconciliation.notices)
}

struct Reconciliation {
    store: SealedStore,
    copy: SealedStore,
    copy_is_newer: bool,
    /// What was removed from the store and may still be in the copy.
    gone: Vec<String>,
    notices: Vec<Notice>,
}

impl Reconciliation {
    fn knows_gone(&self, key: &str) -> bool {
        self.gone.iter().any(|known| known == key)
    }

    fn is_gone(&self, place: &StorageKey) -> bool {
        self.knows_gone(&place.to_string())
    }

    /// A value that stands by itself.
    fn small(&mut self, place: &StorageKey) -> Result<(), StoreError> {
        let (Some(text), Some(Opened::Ok(()))) =
            (self.copy.sealed(place)?, self.copy.validate(place)?)
        else {
            return Ok(());
        };
        if self.store.sealed(place)?.as_ref() == Some(&text) {
            return Ok(());
        }
        match self.store.validate(place)? {
            Some(Opened::Newer(_)) => return Ok(()),
            None if self.is_gone(place) => return Ok(()),
            Some(Opened::Ok(())) if !self.copy_is_newer => return Ok(()),
            // What was learned here since is worth as much as what was learned there.
            Some(Opened::Ok(())) if *place == StorageKey::Progress => return self.progress(),
            Some(Opened::Ok(())) | None => {}
            Some(Opened::Damaged(damage)) => self.aside(place, damage)?,
            Some(Opened::Foreign) => self.aside(place, Damage::Foreign)?,
        }
        self.store.put(place, &text)?;
        self.told();
        Ok(())
    }

    fn progress(&mut self) -> Result<(), StoreError> {
        let mine = self.store.read::<Progress>(&StorageKey::Progress)?;
        let theirs = self.copy.read::<Progress>(&StorageKey::Progress)?;
        if let (Some(Opened::Ok(mine)), Some(Opened::Ok(theirs))) = (mine, theirs) {
            let mut both = theirs.value;
            both.merge(&mine.value);
            if both != mine.value {
                self.store
                    .write(&StorageKey::Progress, &json::print(&both))?;
                self.told();
            }
        }
        Ok(())
    }

    /// Something that was set aside earlier, and has vanished here.
    fn quarantined(
        &mut self,
        store: &dyn KeyValue,
        copy: &MemoryStore,
        prefix: &str,
        key: &str,
    ) -> Result<(), StoreError> {
        let short = key.strip_prefix(prefix).unwrap_or(key);
        if self.knows_gone(short) || store.get(key)?.is_some() {
            return Ok(());
        }
        if let Some(text) = copy.get(key)? {
            store.set(key, &text)?;
            self.told();
        }
        Ok(())
    }

    fn workspace(
        &mut self,
        id: &WorkspaceId,
        mine: Reach,
        theirs: Reach,
    ) -> Result<(), StoreError> {
        let vanished = self.vanished(id, mine)?;
        let whole = mine.whole && vanished.is_empty();
        let longer = if self.copy_is_newer {
            theirs.records >= mine.records
        } else {
            !whole && theirs.records > mine.records
        };
        let can_take = longer && theirs.whole;
        if !vanished.is_empty() {
            let both = self.together(id, &vanished)?.records;
            let enough = if can_take && self.copy_is_newer {
                both > theirs.records
            } else {
                both >= mine.records && !(can_take && theirs.records > both)
            };
            if enough {
                return self.put_back(&vanished);
            }
        }
        if can_take {
            self.take(id)
        } else if self.copy_is_newer || !vanished.is_empty() {
            self.what_only_the_copy_has(id)
        } else {
            Ok(())
        }
    }

    /// Returns the parts of a workspace that the copy has and the store lacks, though nobody has deleted them; the header last.
    fn vanished(&self, id: &WorkspaceId, mine: Reach) -> Result<Vec<StorageKey>, StoreError> {
        let header = StorageKey::Header(id.clone());
        let has_header = match self.store.read::<Header>(&header)? {
            Some(Opened::Ok(read)) if read.value.deleted && !self.copy_is_newer => {
                return Ok(Vec::new());
            }
            found => found.is_some(),
        };
        if self.is_gone(&header) {
            return Ok(Vec::new());
        }
        let under = format!("ws/{id}/");
        let here = self.store.places(&under)?;
        let mut lacking = self.copy.places(&under)?;
        lacking.retain(|place| {
            let expected = match (has_header.then_some(mine.first).flatten(), segment(place)) {
                // What was folded into the start is here in another form, and a second state is only a precaution.
                (Some(first), Some(number)) => number >= first,
                (Some(_), None) => false,
                (None, _) => true,
            };
            expected && !here.contains(place)
        });
        lacking.sort_by_key(|place| matches!(place, StorageKey::Header(_)));
        Ok(lacking)
    }

    /// Returns how far a workspace's journal could be followed with what has vanished.
    fn together(&self, id: &WorkspaceId, vanished: &[StorageKey]) -> Result<Reach, StoreError> {
        let both = MemoryStore::new();
        for place in self.store.places(&format!("ws/{id}/"))? {
            if let Some(text) = self.store.sealed(&place)? {
                both.set(&place.to_string(), &text)?;
            }
        }
        for place in vanished {
            if let Some(text) = self.copy.sealed(place)? {
                both.set(&place.to_string(), &text)?;
            }
        }
        Vault::open_reading(Rc::new(both), "").0.reach(id)
    }

    fn put_back(&mut self, vanished: &[StorageKey]) -> Result<(), StoreError> {
        for place in vanished {
            if let Some(text) = self.copy.sealed(place)? {
                self.store.put(place, &text)?;
            }
        }
        self.told();
        Ok(())
    }

    /// Sets aside what the copy holds of a workspace that has gone on here without it.
    fn what_only_the_copy_has(&mut self, id: &WorkspaceId) -> Result<(), StoreError> {
        let under = format!("ws/{id}/");
        let mine = self.store.places(&under)?;
        let first = mine.iter().filter_map(segment).min().unwrap_or(u64::MAX);
        let theirs = self.copy.places(&under)?;
        let mut lost = Vec::new();
        for place in &theirs {
            // What was folded into the start is here in another form.
            let folded = segment(place).is_none_or(|number| number < first);
            if !folded && !goes_on(&self.copy, &self.store, place)? {
                lost.push(place);
            }
        }
        if lost.is_empty() {
            return Ok(());
        }
        let starts = theirs
            .iter()
            .filter(|place| matches!(place, StorageKey::State(..)));
        for place in starts.chain(lost) {
            let Some(text) = self.copy.sealed(place)? else {
                continue;
            };
            if self.store.sealed(place)?.as_ref() != Some(&text) {
                let key = self.store.put_aside(place, &text)?;
                self.say_aside(place, key, Damage::CutOff);
            }
        }
        Ok(())
    }

    /// Takes a workspace over, as a whole: its header last of what is written, then what is left of the other one goes.
    fn take(&mut self, id: &WorkspaceId) -> Result<(), StoreError> {
        let under = format!("ws/{id}/");
        let mut theirs = self.copy.places(&under)?;
        theirs.sort_by_key(|place| matches!(place, StorageKey::Header(_)));
        let mine = self.store.places(&under)?;
        let first = theirs.iter().filter_map(segment).min().unwrap_or(u64::MAX);
        let mut differs = false;
        for place in &mine {
            let text = self.copy.sealed(place)?;
            if self.store.sealed(place)? == text {
                continue;
            }
            differs = true;
            // What was folded into the start is there in another form.
            let folded = segment(place).is_some_and(|number| number < first) && text.is_none();
            match self.store.validate(place)? {
                Some(Opened::Ok(())) if folded || goes_on(&self.store, &self.copy, place)? => {}
                Some(Opened::Ok(())) | None => self.aside(place, Damage::CutOff)?,
                Some(Opened::Damaged(damage)) => self.aside(place, damage)?,
                Some(Opened::Foreign) => self.aside(place, Damage::Foreign)?,
                Some(Opened::Newer(_)) => return Ok(()),
            }
        }
        for place in &theirs {
            if let Some(text) = self.copy.sealed(place)?
                && self.store.sealed(place)?.as_ref() != Some(&text)
            {
                self.store.put(place, &text)?;
                differs = true;
            }
        }
        for place in mine.iter().filter(|place| !theirs.contains(place)) {
            self.store.remove(place)?;
        }
        if differs {
            self.told();
        }
        Ok(())
    }

    fn aside(&mut self, place: &StorageKey, damage: Damage) -> Result<(), StoreError> {
        let key = self.store.copy_aside(place)?;
        self.say_aside(place, key, damage);
        Ok(())
    }

    fn say_aside(&mut self, place: &StorageKey, key: String, damage: Damage) {
        self.notices.push(Notice::SetAside {
            place: place.clone(),
            key,
            damage,
        });
    }

    fn told(&mut self) {
        if !self.notices.contains(&Notice::BroughtBack) {
            self.notices.push(Notice::BroughtBack);
        }
    }
}

/// Returns whether one store holds all that a good value of another one says: a header and a state are no more than where things stand,
/// and a segment may have grown.
fn goes_on(from: &SealedStore, to: &SealedStore, place: &StorageKey) -> Result<bool, StoreError> {
    if segment(place).is_none() {
        return Ok(true);
    }
    let earlier = from.read::<SegmentValue>(place)?;
    let later = to.read::<SegmentValue>(place)?;
    Ok(match (earlier, later) {
        (Some(Opened::Ok(earlier)), Some(Opened::Ok(later))) => {
            later.value.goes_on_from(&earlier.value)
        }
        _ => false,
    })
}

fn segment(place: &StorageKey) -> Option<u64> {
    match place {
        StorageKey::Segment(_, number) => Some(*number),
        _ => None,
    }
}
