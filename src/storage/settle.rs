//! Two copies of the saved data that differ: which of them is right.
//!
//! The app writes into its store and copies every action into the browser's second store, each time with a count. After
//! the browser was killed the store may have gone back by up to a minute, and the copy not. So:
//!
//! - The copy is the newer one where its count is higher.
//! - Of a workspace the **longer valid journal** counts, as a whole: head, states and segments of one of the two, never a
//!   mixture. A newer copy is taken if it is no shorter; an older one only where the store's journal is damaged and comes
//!   less far.
//! - Of the settings, the progress and the console's memory the newer value counts, or the one that is whole.
//! - What is written over and is no earlier part of what takes its place is set aside before, byte for byte.
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

/// Puts the store in order by its copy, and tells what was done. Where either is a newer app's, nothing is done.
///
/// # Errors
/// Why something could not be written. It is done again at the next start.
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
    for id in workspaces {
        let (mine, theirs) = (here.reach(&id)?, there.reach(&id)?);
        if settling.store.is_newer() || settling.copy.is_newer() || here.is_newer() {
            return Ok(settling.notices);
        }
        let longer = if copy_is_newer {
            theirs.records >= mine.records
        } else {
            !mine.whole && theirs.records > mine.records
        };
        if longer && theirs.whole {
            settling.workspace(&id)?;
        }
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
            Some(Opened::Ok(())) | None => {}
            Some(Opened::Damaged(damage)) => self.aside(place, damage)?,
            Some(Opened::Foreign) => self.aside(place, Damage::Foreign)?,
        }
        self.store.put(place, &text)?;
        self.told();
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
                Some(Opened::Ok(())) if folded || self.goes_on(place)? => {}
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

    /// Whether the copy holds all that a good value of the store says: a head and a state are no more than where things
    /// stand, and a segment may have grown.
    fn goes_on(&self, place: &Place) -> Result<bool, StoreError> {
        if segment(place).is_none() {
            return Ok(true);
        }
        let mine = self.store.read::<SegmentValue>(place)?;
        let theirs = self.copy.read::<SegmentValue>(place)?;
        Ok(match (mine, theirs) {
            (Some(Opened::Ok(mine)), Some(Opened::Ok(theirs))) => {
                theirs.value.goes_on_from(&mine.value)
            }
            _ => false,
        })
    }

    fn aside(&mut self, place: &Place, damage: Damage) -> Result<(), StoreError> {
        let key = self.store.copy_aside(place)?;
        self.notices.push(Notice::SetAside {
            place: place.clone(),
            key,
            damage,
        });
        Ok(())
    }

    fn told(&mut self) {
        if !self.notices.contains(&Notice::BroughtBack) {
            self.notices.push(Notice::BroughtBack);
        }
    }
}

fn segment(place: &Place) -> Option<u64> {
    match place {
        Place::Segment(_, number) => Some(*number),
        _ => None,
    }
}
