//! Everything that is stored, key by key: for a person who wants to see it, take it along, or have it gone.

use super::Vault;
use crate::format::MAX_BYTES;
use crate::key_value::{StoreError, units};
use crate::mirrored::is_own;
use crate::storage_key::StorageKey;
use registry::Time;

/// What a stored key is for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Meaning {
    /// A saved value.
    Saved(StorageKey),
    /// A value that could not be read and was set aside.
    SetAside,
    /// What the app notes for itself, about tabs and the second copy.
    Own,
    /// Nothing that this version of the app knows.
    Unknown,
}

/// A stored key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stored {
    /// The key, without the prefix that all have.
    pub key: String,
    pub meaning: Meaning,
    /// How much room key and value take, in UTF-16 units.
    pub units: usize,
    /// The latest moment that the value speaks of, where it speaks of any.
    pub newest: Option<Time>,
}

/// After which names a moment stands in a value.
const MOMENTS: [&str; 4] = ["\"at\":", "\"created\":", "\"updated\":", "\"last_at\":"];

/// Returns the latest moment in a value. It is looked for in the text, so that it is found in what cannot be read, too.
fn newest(text: &str) -> Option<Time> {
    let text = text.get(..MAX_BYTES.min(text.len())).unwrap_or(text);
    let after = MOMENTS.iter().flat_map(|name| text.split(name).skip(1));
    let number = |rest: &str| -> Option<u64> {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        rest.get(..digits)?.parse().ok()
    };
    after
        .filter_map(number)
        .filter(|at| *at > 0)
        .max()
        .map(Time)
}

impl Vault {
    /// Returns every key of the app's in the store, what is for the person first.
    pub fn inventory(&self) -> Result<Vec<Stored>, StoreError> {
        let mut found = self.store.everything(&mut |key, text| Stored {
            meaning: match StorageKey::parse(key) {
                Some(place) => Meaning::Saved(place),
                None if key.starts_with("quarantine/") => Meaning::SetAside,
                None if is_own(key) => Meaning::Own,
                None => Meaning::Unknown,
            },
            units: units(key) + units(text),
            newest: newest(text),
            key: key.to_owned(),
        })?;
        found.sort_by(|one, other| (&one.meaning, &one.key).cmp(&(&other.meaning, &other.key)));
        Ok(found)
    }

    /// Removes everything from the store, also what was set aside, and begins anew.
    ///
    /// # Errors
    /// If something could not be removed; what is left of the app's own is whole, and stays.
    pub fn erase(&mut self) -> Result<(), StoreError> {
        // Workspaces first, each as a whole: wherever this stops, what is left can be read.
        for id in self.entries.keys().cloned().collect::<Vec<_>>() {
            self.delete(&id)?;
        }
        for stored in self.inventory()? {
            self.store.remove_key(&stored.key)?;
        }
        let fresh = Self::on(self.store.clone(), self.limits);
        *self = Self {
            memory_only: self.memory_only,
            ..fresh
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_moment_is_found() {
        let check = |text: &str, expected: Option<u64>| {
            assert_eq!(newest(text), expected.map(Time), "{text}");
        };
        check("", None);
        check(r#"{"at":5,"created":7}"#, Some(7));
        check(r#"{"last_at":12,"at":3}"#, Some(12));
        check(r#"{"at":}{"at":x"#, None);
        check(r#"{"created":0}"#, None);
        check(r#"{"at":99999999999999999999999}"#, None);
    }
}
