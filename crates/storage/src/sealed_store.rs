//! Sealed values at their places in a store, and the quarantine beside them.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

use super::format::{self, Checksum, Opened};
use super::key_value::{KeyValue, StoreError, units};
use super::migrate::Format;
use super::storage_key::{StorageKey, parse_number};
use registry::json::FromJson;

/// Sealed values in a store, behind one prefix. A clone is another handle.
#[derive(Clone)]
pub(crate) struct SealedStore {
    pub(super) store: Rc<dyn KeyValue>,
    pub(super) prefix: Rc<str>,
    pub(super) format: Format,
    /// Whether data of a newer app was seen: nothing at all is written then.
    pub(super) newer: Rc<Cell<bool>>,
    /// Whether another tab writes here: nothing is written by this one then.
    pub(super) reading: bool,
}

impl fmt::Debug for SealedStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shelf")
            .field("prefix", &self.prefix)
            .field("newer", &self.newer)
            .finish_non_exhaustive()
    }
}

/// A value that was written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written {
    pub(crate) checksum: Checksum,
    pub(crate) units: usize,
}

/// A value that was read.
pub(crate) struct Read<T> {
    pub(crate) value: T,
    pub(crate) checksum: Checksum,
    pub(crate) units: usize,
}

impl SealedStore {
    pub(crate) fn new(store: Rc<dyn KeyValue>, prefix: &str, format: Format) -> Self {
        Self {
            store,
            prefix: prefix.into(),
            format,
            newer: Rc::default(),
            reading: false,
        }
    }

    /// Returns the same store, for a tab that only reads, because another one writes.
    pub(crate) fn reading(self) -> Self {
        Self {
            reading: true,
            ..self
        }
    }

    /// Returns whether this tab only reads, because another one writes.
    pub(crate) const fn is_reading(&self) -> bool {
        self.reading
    }

    /// Returns whether nothing may be written, for one reason or the other.
    pub(crate) fn is_shut(&self) -> bool {
        self.reading || self.is_newer()
    }

    /// Returns whether data of a newer app was seen.
    pub(crate) fn is_newer(&self) -> bool {
        self.newer.get()
    }

    pub(super) fn key(&self, place: &StorageKey) -> String {
        format!("{}{place}", self.prefix)
    }

    fn writable(&self) -> Result<&dyn KeyValue, StoreError> {
        if self.is_shut() {
            return Err(StoreError::ReadOnly);
        }
        Ok(self.store.as_ref())
    }

    /// Reads what is at a place; nothing where nothing is.
    pub(crate) fn read<T: FromJson>(
        &self,
        place: &StorageKey,
    ) -> Result<Option<Opened<Read<T>>>, StoreError> {
        let Some(text) = self.store.get(&self.key(place))? else {
            return Ok(None);
        };
        Ok(Some(match self.format.read(place, &text) {
            Opened::Ok((value, checksum)) => Opened::Ok(Read {
                value,
                checksum,
                units: units(&text),
            }),
            Opened::Damaged(damage) => Opened::Damaged(damage),
            Opened::Foreign => Opened::Foreign,
            Opened::Newer(version) => {
                self.newer.set(true);
                Opened::Newer(version)
            }
        }))
    }

    /// Writes a value, whatever was there.
    pub(crate) fn write(&self, place: &StorageKey, body: &str) -> Result<Written, StoreError> {
        let text = format::seal(self.format.version, place, body);
        if text.text.len() > format::MAX_BYTES {
            return Err(StoreError::Full);
        }
        self.writable()?.set(&self.key(place), &text.text)?;
        Ok(Written {
            checksum: text.checksum,
            units: text.units(),
        })
    }

    /// Writes a value if the place still holds what is expected there.
    pub(crate) fn write_over(
        &self,
        place: &StorageKey,
        expected: Option<Checksum>,
        body: &str,
    ) -> Result<Written, StoreError> {
        self.writable()?;
        self.expect(place, expected)?;
        self.write(place, body)
    }

    /// Holds that nobody else has written at a place since it was read or written here.
    pub(crate) fn expect(
        &self,
        place: &StorageKey,
        expected: Option<Checksum>,
    ) -> Result<(), StoreError> {
        let found = self.store.get(&self.key(place))?;
        let same = match (&found, expected) {
            (None, None) => true,
            (Some(text), Some(checksum)) => format::stated_checksum(text) == Some(checksum),
            _ => false,
        };
        if same {
            Ok(())
        } else {
            Err(StoreError::Changed)
        }
    }

    pub(crate) fn remove(&self, place: &StorageKey) -> Result<(), StoreError> {
        self.writable()?.remove(&self.key(place))
    }

    /// Returns all places whose keys begin with a text. Keys that are no places are passed over and never touched.
    pub(crate) fn places(&self, under: &str) -> Result<Vec<StorageKey>, StoreError> {
        let keys = self
            .store
            .keys_with_prefix(&format!("{}{under}", self.prefix))?;
        Ok(keys
            .iter()
            .filter_map(|key| StorageKey::parse(key.strip_prefix(self.prefix.as_ref())?))
            .collect())
    }

    /// Goes over every key behind the prefix with its value.
    pub(crate) fn everything<T>(
        &self,
        see: &mut dyn FnMut(&str, &str) -> T,
    ) -> Result<Vec<T>, StoreError> {
        let mut seen = Vec::new();
        for key in self.store.keys_with_prefix(&self.prefix)? {
            if let (Some(short), Some(text)) = (
                key.strip_prefix(self.prefix.as_ref()),
                self.store.get(&key)?,
            ) {
                seen.push(see(short, &text));
            }
        }
        Ok(seen)
    }

    /// Removes a key behind the prefix, whatever it is.
    pub(crate) fn remove_key(&self, key: &str) -> Result<(), StoreError> {
        self.writable()?.remove(&format!("{}{key}", self.prefix))
    }

    /// Copies what is at a place into the quarantine and makes sure that the copy is exact. The original stays.
    pub(crate) fn copy_aside(&self, place: &StorageKey) -> Result<String, StoreError> {
        let store = self.writable()?;
        let from = self.key(place);
        self.to_quarantine(place, &|known| store.same(&from, known), &|to| {
            store.copy(&from, to)
        })
    }

    /// Puts a text into the quarantine that should have been at a place.
    pub(crate) fn put_aside(&self, place: &StorageKey, text: &str) -> Result<String, StoreError> {
        let store = self.writable()?;
        self.to_quarantine(
            place,
            &|known| Ok(store.get(known)?.as_deref() == Some(text)),
            &|to| store.set(to, text),
        )
    }

    /// Puts something into the quarantine, unless it is there already, and makes sure that it is there.
    fn to_quarantine(
        &self,
        place: &StorageKey,
        is_it: &dyn Fn(&str) -> Result<bool, StoreError>,
        put: &dyn Fn(&str) -> Result<(), StoreError>,
    ) -> Result<String, StoreError> {
        let under = format!("quarantine/{place}/");
        let mut next = 0;
        let prefix = format!("{}{under}", self.prefix);
        for key in self.writable()?.keys_with_prefix(&prefix)? {
            // Under `deleted/` there are those of `deleted/1`, too.
            let Some((_, number)) = self.quarantined(&key).filter(|(of, _)| of == place) else {
                continue;
            };
            if is_it(&key)? {
                return Ok(self.without_prefix(&key));
            }
            next = next.max(number.saturating_add(1));
        }
        let key = format!("{under}{next}");
        let to = format!("{}{key}", self.prefix);
        put(&to)?;
        if !is_it(&to)? {
            return Err(StoreError::failed("the copy is not exact"));
        }
        Ok(key)
    }

    pub(super) fn without_prefix(&self, key: &str) -> String {
        key.strip_prefix(self.prefix.as_ref())
            .unwrap_or(key)
            .to_owned()
    }

    /// Returns the place and the number that a key of the quarantine stands for.
    pub(super) fn quarantined(&self, key: &str) -> Option<(StorageKey, u64)> {
        let (place, number) = key
            .strip_prefix(self.prefix.as_ref())?
            .strip_prefix("quarantine/")?
            .rsplit_once('/')?;
        Some((StorageKey::parse(place)?, parse_number(number)?))
    }

    /// Puts a sealed value at a place, as it is.
    pub(crate) fn put(&self, place: &StorageKey, text: &str) -> Result<(), StoreError> {
        self.writable()?.set(&self.key(place), text)
    }

    /// Returns what is at a place, sealed as it is.
    pub(crate) fn sealed(&self, place: &StorageKey) -> Result<Option<String>, StoreError> {
        self.store.get(&self.key(place))
    }

    /// Returns the text of a quarantined value, as it was found.
    pub(crate) fn raw(&self, key: &str) -> Result<Option<String>, StoreError> {
        let key = format!("{}{key}", self.prefix);
        match self.quarantined(&key) {
            Some(_) => self.store.get(&key),
            None => Ok(None),
        }
    }

    /// Removes a quarantined value for good.
    pub(crate) fn drop_quarantined(&self, key: &str) -> Result<(), StoreError> {
        let key = format!("{}{key}", self.prefix);
        match self.quarantined(&key) {
            Some(_) => self.writable()?.remove(&key),
            None => Ok(()),
        }
    }
}
