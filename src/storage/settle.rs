//! Two copies of the saved data that differ: which of them is right.
//!
//! The app writes into its store and copies every action into the browser's second store, each time with a count. After
//! the browser was killed the store may have gone back by up to a minute, and the copy not. So:
//!
//! - The copy is the newer one where its count is higher.
//! - Of a workspace the **longer valid journal** counts, as a whole: head, states and segments of one of the two, never a
//!   mixture. A newer copy is taken if it is no shorter; an older one only where the store's journal is damaged and comes
//!   less far.
//! - Of the settings and the console's memory the newer value counts, or the one that is whole; what was learned is merged.
//! - What is written over and is no earlier part of what takes its place is set aside before, byte for byte; and so is what a
//!   newer copy has and a longer journal here has not.
//!
//! It can stop after any call: then the two still differ, and it is done again at the next start.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::format::{Damage, Opened};
use super::journal::SegmentValue;
use super::key_value::{KeyValue, StoreError};
use super::memory::MemoryStore;
use super::migrate::Format;
use super::notice::Notice;
use super::place::{Place, WorkspaceId};
use super::shelf::Shelf;
use super::vault::Vault;
use crate::lesson::progress::Progress;
use crate::registry::json;

/// Puts the store in order by its copy, and tells what was done. Where the store is a newer app's, nothing is done.
///
/// # Errors
/// Why something could not be written, or [`StoreError::ReadOnly`] where the copy is a newer app's. The copy may hold then what
/// nothing else has: it must stay as it is until this was done.
pub fn settle(
    store: Rc<dyn KeyValue>,
    copy: &MemoryStore,
    prefix: &str,
    copy_is_newer: bool,
) -> Result<Vec<Notice>, StoreError> {
    let mut settling = Settling {
        store: Shelf::new(Rc::clone(&store), prefix, Format::default()),
        copy: Shelf::new(Rc::new(copy.clone()), prefix, Format::default()).reading(),
        copy_is_newer,
        notices: Vec::new(),
    };
    let (here, _) = Vault::open_reading(store, prefix);
    let (there, _) = Vault::open_reading(Rc::new(copy.clone()), prefix);
    let mut workspaces = BTreeSet::new();
    for place in settling.copy.places("")? {
        match place.workspace() {
            Some(id) => {
                workspaces.insert(id.clone());
            }
            None => settling.small(&place)?,
        }
    }
    let is_newer = |shelf: &Shelf, vault: &Vault| shelf.is_newer() || vault.is_newer();
    for id in workspaces {
        let (mine, theirs) = (here.reach(&id)?, there.reach(&id)?);
        if is_newer(&settling.store, &here) || is_newer(&settling.copy, &there) {
            break;
        }
        let longer = if copy_is_newer {
            theirs.records >= mine.records
        } else {
            !mine.whole && theirs.records > mine.records
        };
        if longer && theirs.whole {
            settling.workspace(&id)?;
        } else if copy_is_newer {
            settling.what_only_the_copy_has(&id)?;
        }
    }
    if is_newer(&settling.copy, &there) && !is_newer(&settling.store, &here) {
        return Err(StoreError::ReadOnly);
    }
    Ok(settling.notices)
}

struct Settling {
    store: Shelf,
    copy: Shelf,
    copy_is_newer: bool,
    notices: Vec<Notice>,
}

impl Settling {
    /// A value that stands by itself.
    fn small(&mut self, place: &Place) -> Result<(), StoreError> {
        let (Some(text), Some(Opened::Ok(()))) =
            (self.copy.sealed(place)?, self.copy.judge(place)?)
        else {
            return Ok(());
        };
        if self.store.sealed(place)?.as_ref() == Some(&text) {
            return Ok(());
        }
        match self.store.judge(place)? {
            Some(Opened::Newer(_)) => return Ok(()),
            Some(Opened::Ok(())) | None if !self.copy_is_newer => return Ok(()),
            // What was learned here since is worth as much as what was learned there.
            Some(Opened::Ok(())) if *place == Place::Progress => return self.progress(),
            Some(Opened::Ok(())) | None => {}
            Some(Opened::Damaged(damage)) => self.aside(place, damage)?,
            Some(Opened::Foreign) => self.aside(place, Damage::Foreign)?,
        }
        self.store.put(place, &text)?;
        self.told();
        Ok(())
    }

    fn progress(&mut self) -> Result<(), StoreError> {
        let mine = self.store.read::<Progress>(&Place::Progress)?;
        let theirs = self.copy.read::<Progress>(&Place::Progress)?;
        if let (Some(Opened::Ok(mine)), Some(Opened::Ok(theirs))) = (mine, theirs) {
            let mut both = theirs.value;
            both.merge(&mine.value);
            if both != mine.value {
                self.store.write(&Place::Progress, &json::print(&both))?;
                self.told();
            }
        }
        Ok(())
    }

    /// Sets aside what a newer copy holds of a workspace that has gone on here without it.
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
            .filter(|place| matches!(place, Place::State(..)));
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

    /// Takes a workspace over, as a whole: its head last of what is written, then what is left of the other one goes.
    fn workspace(&mut self, id: &WorkspaceId) -> Result<(), StoreError> {
        let under = format!("ws/{id}/");
        let mut theirs = self.copy.places(&under)?;
        theirs.sort_by_key(|place| matches!(place, Place::Head(_)));
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
            match self.store.judge(place)? {
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

    fn aside(&mut self, place: &Place, damage: Damage) -> Result<(), StoreError> {
        let key = self.store.copy_aside(place)?;
        self.say_aside(place, key, damage);
        Ok(())
    }

    fn say_aside(&mut self, place: &Place, key: String, damage: Damage) {
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

/// Whether one store holds all that a good value of another one says: a head and a state are no more than where things stand,
/// and a segment may have grown.
fn goes_on(from: &Shelf, to: &Shelf, place: &Place) -> Result<bool, StoreError> {
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

fn segment(place: &Place) -> Option<u64> {
    match place {
        Place::Segment(_, number) => Some(*number),
        _ => None,
    }
}
