//! Exercises that are under way, in the store: a value for each, which is read when its exercise is opened.

use super::Vault;
use crate::attempt::{Attempt, MAX_PASSING, passing};
use crate::format::Opened;
use crate::key_value::StoreError;
use crate::notice::Notice;
use crate::storage_key::StorageKey;
use lesson::id::Id;
use registry::Time;
use registry::json;

impl Vault {
    /// Returns how far an exercise has come; nothing done where nothing is kept, or where it can't be read: then it is set aside,
    /// and told in the notices.
    pub fn attempt(&mut self, id: &Id) -> Result<(Attempt, Vec<Notice>), StoreError> {
        if let Some((_, held)) = self.attempts.behind.iter().find(|(known, _)| known == id) {
            return Ok((held.clone(), Vec::new()));
        }
        let place = StorageKey::Attempt(id.clone());
        let damage = match self.store.read::<Attempt>(&place)? {
            None => return Ok((Attempt::default(), Vec::new())),
            Some(Opened::Ok(read)) => return Ok((read.value, Vec::new())),
            Some(Opened::Newer(version)) => {
                let newer = Notice::Newer { place, version };
                return Ok((Attempt::default(), vec![newer]));
            }
            Some(Opened::Damaged(damage)) => damage,
            Some(Opened::Foreign) => crate::format::Damage::Foreign,
        };
        let aside = self.store.copy_aside(&place);
        let done = aside.and_then(|key| self.store.remove(&place).map(|()| key));
        let notice = match done {
            Ok(key) => Notice::SetAside { place, key, damage },
            Err(why) => {
                self.attempts.locked.push(id.clone());
                Notice::LeftInPlace { place, damage, why }
            }
        };
        Ok((Attempt::default(), vec![notice, Notice::AttemptReset]))
    }

    /// Returns whether something was done in an exercise that is under way. Nothing is changed by asking: what can't be read is told
    /// when the exercise is opened.
    pub fn is_begun(&self, id: &Id) -> bool {
        if let Some((_, held)) = self.attempts.behind.iter().find(|(known, _)| known == id) {
            return !held.way.is_empty();
        }
        let read = self.store.read::<Attempt>(&StorageKey::Attempt(id.clone()));
        matches!(read, Ok(Some(Opened::Ok(read))) if !read.value.way.is_empty())
    }

    /// Keeps how far an exercise has come. Whoever comes last counts: it is one person's small work.
    ///
    /// # Errors
    /// If it is not stored yet. It holds anyway, and is stored with [`Vault::flush_front`].
    pub fn set_attempt(&mut self, id: &Id, attempt: Attempt) -> Result<(), StoreError> {
        self.attempts.behind.retain(|(known, _)| known != id);
        self.attempts.behind.push((id.clone(), attempt));
        self.save_attempts()
    }

    pub(super) fn save_attempts(&mut self) -> Result<(), StoreError> {
        if self.store.is_reading() {
            // The tab that writes is asked for it.
            return Ok(());
        }
        let mut result = Ok(());
        for (id, attempt) in std::mem::take(&mut self.attempts.behind) {
            let stored = if self.attempts.locked.contains(&id) {
                Err(StoreError::ReadOnly)
            } else {
                self.write_attempt(&StorageKey::Attempt(id.clone()), &attempt)
            };
            if stored.is_err() {
                self.attempts.behind.push((id, attempt));
            }
            result = result.and(stored);
        }
        result
    }

    /// Writes one. What another tab asks to be kept was perhaps never opened here: what can't be read in its place is set
    /// aside before.
    fn write_attempt(&self, place: &StorageKey, attempt: &Attempt) -> Result<(), StoreError> {
        match self.store.read::<Attempt>(place)? {
            Some(Opened::Damaged(_) | Opened::Foreign) => {
                self.store.copy_aside(place)?;
            }
            Some(Opened::Newer(_)) => return Err(StoreError::ReadOnly),
            Some(Opened::Ok(_)) | None => {}
        }
        self.store.write(place, &json::print(attempt)).map(|_| ())
    }

    /// Of the kind of this exercise, where there is no end of it ([`passing`]), removes what was kept first, as long as there
    /// are more than [`MAX_PASSING`]; never this one. What can't be read stays: it is told when it is opened. A tab that
    /// only reads removes nothing, and where the store fails, the next time tries again.
    pub fn forget_oldest(&mut self, kept: &Id) {
        let Some(kind) = passing(kept) else {
            return;
        };
        let places = self.store.places(&format!("exercise/{kind}"));
        let mut all: Vec<(Time, StorageKey)> = Vec::new();
        for place in places.unwrap_or_default() {
            if let Ok(Some(Opened::Ok(read))) = self.store.read::<Attempt>(&place) {
                all.push((read.value.at, place));
            }
        }
        while all.len() > MAX_PASSING {
            let oldest = all.iter().min().map(|(_, place)| place.clone());
            let Some(oldest) = oldest else {
                return;
            };
            all.retain(|(_, place)| *place != oldest);
            if oldest != StorageKey::Attempt(kept.clone()) {
                let _ = self.store.remove(&oldest);
            }
        }
    }
}
