//! A store that remembers what was written to it: so that it is noticed, and mended, when something else empties the browser's
//! storage, and so that each change can be copied into the browser's second store.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use super::key_value::{KeyValue, StoreError};
use super::memory::MemoryStore;
use super::storage_key::StorageKey;

/// The key, behind the prefix, of what was removed here and may still stand in the second copy.
pub const GONE: &str = "gone";
/// The key, behind the prefix, of the count of copies and of keys.
pub const COPIED: &str = "copied";
/// The key, behind the prefix, of what was learned in a frame of somebody's page, until the app takes it in.
pub const FRAME: &str = "frame";
/// Keys that are no saved data: tabs write them past the mirror.
const OWN: [&str; 6] = ["window", "probe", "asked", FRAME, COPIED, GONE];
/// No more removed keys than this are remembered. Without a second copy nobody would ever forget them.
const MOST_GONE: usize = 500;

/// Returns whether a key, without its prefix, is none of the saved data's. What has a `:` in it is another folder's, see
/// [`super::folder`].
pub fn is_own(key: &str) -> bool {
    OWN.contains(&key) || key.contains(':')
}

/// What stands under [`COPIED`]: how many times the second copy was brought up to date, and how many keys there were then.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Copied {
    /// How many times.
    pub count: u64,
    /// How many keys; 0 where that was not noted.
    pub keys: usize,
}

impl Copied {
    /// Reads what stands there; zeros where nothing does, or nothing that can be read.
    pub fn read(text: Option<&str>) -> Self {
        let mut words = text.unwrap_or_default().split(' ');
        let mut number = || words.next()?.parse().ok();
        let count = number().unwrap_or(0);
        Self {
            count,
            keys: number()
                .and_then(|keys| usize::try_from(keys).ok())
                .unwrap_or(0),
        }
    }
}

impl fmt::Display for Copied {
    /// It is always as long, so that once it is there, there is room for it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012} {:06}", self.count, self.keys)
    }
}

/// The keys that have changed since they were last asked for. A clone is another handle.
#[derive(Clone, Default)]
pub struct Changes(Rc<Inner>);

#[derive(Default)]
struct Inner {
    /// Each once. They are few: what one action has changed.
    keys: RefCell<Vec<String>>,
    /// Told of the first change after [`Changes::take`].
    told: Cell<Option<fn()>>,
}

impl fmt::Debug for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.keys.borrow().fmt(f)
    }
}

impl Changes {
    /// Whoever is told when something has changed, once until it is taken.
    pub fn tell(&self, told: fn()) {
        self.0.told.set(Some(told));
    }

    /// Returns the keys that have changed, and none from now on.
    pub fn take(&self) -> Vec<String> {
        self.0.keys.take()
    }

    /// Returns the keys that have changed.
    pub fn keys(&self) -> Vec<String> {
        self.0.keys.borrow().clone()
    }

    /// Returns whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.0.keys.borrow().is_empty()
    }

    /// Notes that a key has changed, or is to be copied for another reason.
    pub fn note(&self, key: &str) {
        let first = self.is_empty();
        let mut keys = self.0.keys.borrow_mut();
        if !keys.iter().any(|known| known == key) {
            keys.push(key.to_owned());
        }
        drop(keys);
        if let Some(told) = self.0.told.get()
            && first
        {
            told();
        }
    }
}

/// The store of the tab that writes: over the browser's, with all that is saved in memory as well.
///
/// It answers from memory. So nothing that was saved is lost while the page is open, whatever becomes of the browser's
/// storage: [`MirroredStore::mend`] writes again what has vanished there. A clone is another handle.
#[derive(Clone, Debug)]
pub struct MirroredStore<S> {
    inner: S,
    prefix: Rc<str>,
    /// What was written last.
    known: MemoryStore,
    /// How many of its keys count, see [`counts`].
    count: Rc<Cell<usize>>,
    gone: Rc<RefCell<Vec<String>>>,
    /// Whether something has vanished and could not be written again yet.
    is_behind: Rc<Cell<bool>>,
    /// Whether something had vanished since this was last asked.
    was_emptied: Rc<Cell<bool>>,
    changes: Changes,
}

impl<S: KeyValue> MirroredStore<S> {
    /// Opens a store and reads all that is saved behind a prefix.
    pub fn open(inner: S, prefix: &str, changes: Changes) -> Result<Self, StoreError> {
        let known = MemoryStore::new();
        let mut count = 0;
        for key in inner.keys_with_prefix(prefix)? {
            if !key.strip_prefix(prefix).is_some_and(is_own)
                && let Some(value) = inner.get(&key)?
            {
                known.set(&key, &value)?;
                count += usize::from(counts(&key));
            }
        }
        let gone = gone(&inner, prefix)?;
        Ok(Self {
            inner,
            prefix: prefix.into(),
            known,
            count: Rc::new(Cell::new(count)),
            gone: Rc::new(RefCell::new(gone)),
            is_behind: Rc::default(),
            was_emptied: Rc::default(),
            changes,
        })
    }

    /// Returns how many keys the saved data has, but for the states of journals.
    pub fn count(&self) -> usize {
        self.count.get()
    }

    /// Remembers what stands under a key now.
    fn know(&self, key: &str, value: Option<&str>) -> Result<(), StoreError> {
        let before = self.known.get(key)?.is_some();
        match value {
            Some(value) => self.known.set(key, value)?,
            None => self.known.remove(key)?,
        }
        if counts(key) {
            let others = self.count.get() - usize::from(before);
            self.count.set(others + usize::from(value.is_some()));
        }
        Ok(())
    }

    /// Returns how many keys there are.
    pub fn length(&self) -> u32 {
        u32::try_from(self.known.length()).unwrap_or(u32::MAX)
    }

    /// Returns all keys of the saved data.
    pub fn keys(&self) -> Vec<String> {
        // Memory can always be read.
        self.known.keys_with_prefix("").unwrap_or_default()
    }

    /// Returns whether the browser's store lacks something that was saved.
    pub fn is_behind(&self) -> bool {
        self.is_behind.get()
    }

    /// Returns whether something had vanished from the browser's store since this was last asked.
    pub fn was_emptied(&self) -> bool {
        self.was_emptied.take()
    }

    /// Compares the browser's store with what was written last, and writes again what has vanished.
    ///
    /// # Errors
    /// If not all of it could be written. It is kept in memory, and written with the next call.
    pub fn mend(&self) -> Result<(), StoreError> {
        self.is_behind.set(false);
        let mut result = Ok(());
        for key in self.keys() {
            if self.inner.get(&key)?.is_some() {
                continue;
            }
            let Some(value) = self.known.get(&key)? else {
                continue;
            };
            self.was_emptied.set(true);
            let written = self.inner.set(&key, &value);
            self.is_behind.set(self.is_behind.get() || written.is_err());
            result = result.and(written);
            // Who emptied the one store may have emptied the other one, too.
            self.changes.note(&key);
        }
        result
    }

    /// Lets what this tab shows count: what somebody else has written over it is set aside, and it is written again.
    ///
    /// # Errors
    /// If not all of it could be set aside or written.
    pub fn insist(&self) -> Result<(), StoreError> {
        self.mend()?;
        for key in self.inner.keys_with_prefix(&self.prefix)? {
            let Some(short) = key.strip_prefix(&*self.prefix) else {
                continue;
            };
            let known = self.known.get(&key)?;
            if is_own(short) || self.inner.get(&key)? == known {
                continue;
            }
            if StorageKey::parse(short).is_some() {
                let aside = self.free_place_aside(short)?;
                self.inner.copy(&key, &aside)?;
                self.remember(&aside)?;
            }
            match known {
                Some(value) => self.inner.set(&key, &value)?,
                None if StorageKey::parse(short).is_some() => self.inner.remove(&key)?,
                None => self.remember(&key)?,
            }
            self.changes.note(&key);
        }
        Ok(())
    }

    fn free_place_aside(&self, short: &str) -> Result<String, StoreError> {
        for number in 0..u64::MAX {
            let key = format!("{}quarantine/{short}/{number}", self.prefix);
            if self.inner.get(&key)?.is_none() && self.known.get(&key)?.is_none() {
                return Ok(key);
            }
        }
        Err(StoreError::Full)
    }

    /// Takes into memory what stands in the browser's store.
    fn remember(&self, key: &str) -> Result<(), StoreError> {
        self.know(key, self.inner.get(key)?.as_deref())?;
        self.changes.note(key);
        Ok(())
    }

    /// Makes sure that nobody else has written at a key, and mends the store where it was emptied.
    fn expect_own(&self, key: &str) -> Result<(), StoreError> {
        let found = self.inner.get(key)?;
        let known = self.known.get(key)?;
        match (found, known) {
            (None, Some(_)) => {
                // What can't be written again is told by `is_behind`; what comes now may be smaller.
                let _ = self.mend();
                Ok(())
            }
            (found, known) if found == known => Ok(()),
            _ => Err(StoreError::Changed),
        }
    }

    fn is_data(&self, key: &str) -> bool {
        let short = key.strip_prefix(&*self.prefix);
        short.is_some_and(|short| !is_own(short))
    }

    /// Remembers that a key is removed here, before it is. The parts of a journal need none: the header says where it begins.
    fn note_gone(&self, key: &str) {
        let Some(short) = key.strip_prefix(&*self.prefix) else {
            return;
        };
        if matches!(
            StorageKey::parse(short),
            Some(StorageKey::State(..) | StorageKey::Segment(..))
        ) || !matches!(self.known.get(key), Ok(Some(_)))
        {
            return;
        }
        let mut gone = self.gone.borrow_mut();
        if gone.len() < MOST_GONE && !gone.iter().any(|known| known == short) {
            gone.push(short.to_owned());
            // Where there is no room, what was removed may come back from the copy after a crash: better than the reverse.
            let _ = self
                .inner
                .set(&format!("{}{GONE}", self.prefix), &gone.join("\n"));
        }
    }

    /// The second copy has all changes: what was removed is removed there, too.
    pub fn copied(&self) {
        if !self.gone.take().is_empty() {
            let _ = self.inner.remove(&format!("{}{GONE}", self.prefix));
        }
    }
}

/// Returns whether a key is counted: one more or less of a journal's states is only a precaution.
fn counts(key: &str) -> bool {
    !key.contains("/state/")
}

/// Returns the keys, without their prefix, that were removed from a store and may still stand in its copy.
pub fn gone(store: &(impl KeyValue + ?Sized), prefix: &str) -> Result<Vec<String>, StoreError> {
    let text = store.get(&format!("{prefix}{GONE}"))?.unwrap_or_default();
    Ok(text.lines().map(str::to_owned).collect())
}

impl<S: KeyValue> KeyValue for MirroredStore<S> {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        if self.is_data(key) {
            return self.known.get(key);
        }
        self.inner.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        if !self.is_data(key) {
            return self.inner.set(key, value);
        }
        self.expect_own(key)?;
        self.inner.set(key, value)?;
        self.know(key, Some(value))?;
        self.changes.note(key);
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        if !self.is_data(key) {
            return self.inner.remove(key);
        }
        self.note_gone(key);
        self.inner.remove(key)?;
        self.know(key, None)?;
        self.changes.note(key);
        Ok(())
    }

    fn keys_with_prefix(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let mut keys = self.known.keys_with_prefix(prefix)?;
        for own in OWN {
            let key = format!("{}{own}", self.prefix);
            if key.starts_with(prefix) && self.inner.get(&key)?.is_some() {
                keys.push(key);
            }
        }
        Ok(keys)
    }

    fn copy(&self, from: &str, to: &str) -> Result<(), StoreError> {
        self.expect_own(from)?;
        self.inner.copy(from, to)?;
        self.remember(to)
    }

    fn same(&self, one: &str, other: &str) -> Result<bool, StoreError> {
        self.inner.same(one, other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MemoryStore;

    const PREFIX: &str = "p:";

    thread_local! {
        static TOLD: Cell<usize> = const { Cell::new(0) };
    }

    fn store(inner: &MemoryStore) -> (MirroredStore<MemoryStore>, Changes) {
        let changes = Changes::default();
        let store = MirroredStore::open(inner.clone(), PREFIX, changes.clone()).unwrap();
        (store, changes)
    }

    #[test]
    fn changes_are_noted_and_told_once() {
        let inner = MemoryStore::with_quota(40);
        let (store, changes) = store(&inner);
        changes.tell(|| TOLD.set(TOLD.get() + 1));
        store.set("p:a", "1").unwrap();
        store.copy("p:a", "p:b").unwrap();
        store.remove("p:c").unwrap();
        assert_eq!(store.set("p:d", &"x".repeat(30)), Err(StoreError::Full));
        assert_eq!(TOLD.get(), 1);
        assert_eq!(changes.take(), ["p:a", "p:b", "p:c"]);
        assert_eq!(store.count(), 2);
        assert!(changes.is_empty());
        store.set("p:a", "2").unwrap();
        assert_eq!(TOLD.get(), 2);
        assert!(store.same("p:a", "p:a").unwrap());
        store.set("p:window", "1?").unwrap();
        assert_eq!(
            changes.take(),
            ["p:a"],
            "what is no saved data is not copied"
        );
    }

    #[test]
    fn what_vanishes_is_written_again_with_the_next_write() {
        let inner = MemoryStore::new();
        let (store, changes) = store(&inner);
        store.set("p:settings", "1").unwrap();
        store.set("p:progress", "2").unwrap();
        let whole = inner.contents();
        for key in whole.keys() {
            inner.remove(key).unwrap();
        }
        assert_eq!(store.get("p:settings").unwrap().as_deref(), Some("1"));
        assert!(!store.was_emptied());
        let _ = changes.take();
        store.set("p:settings", "1").unwrap();
        assert!(store.was_emptied());
        assert!(!store.was_emptied(), "it is told once");
        assert_eq!(inner.contents(), whole);
        assert_eq!(changes.take(), ["p:progress", "p:settings"]);
    }

    #[test]
    fn what_cannot_be_written_again_is_told_and_tried_again() {
        let inner = MemoryStore::new();
        let (store, _) = store(&inner);
        store.set("p:settings", "1").unwrap();
        inner.remove("p:settings").unwrap();
        inner.set_quota(Some(5));
        assert_eq!(store.mend(), Err(StoreError::Full));
        assert!(store.is_behind());
        inner.set_quota(None);
        assert_eq!(store.mend(), Ok(()));
        assert!(!store.is_behind());
        assert_eq!(inner.get("p:settings").unwrap().as_deref(), Some("1"));
    }

    #[test]
    fn what_somebody_else_has_written_is_not_written_over_unless_one_insists() {
        let inner = MemoryStore::new();
        let (store, _) = store(&inner);
        store.set("p:settings", "mine").unwrap();
        inner.set("p:settings", "theirs").unwrap();
        inner.set("p:ws/own/seg/7", "theirs, too").unwrap();
        inner.set("p:window", "1!").unwrap();
        assert_eq!(store.set("p:settings", "new"), Err(StoreError::Changed));
        assert_eq!(store.set("p:ws/own/seg/7", "new"), Err(StoreError::Changed));
        assert_eq!(inner.get("p:settings").unwrap().as_deref(), Some("theirs"));
        store.insist().unwrap();
        let held = |key: &str| inner.get(key).unwrap();
        assert_eq!(held("p:settings").as_deref(), Some("mine"));
        assert_eq!(held("p:quarantine/settings/0").as_deref(), Some("theirs"));
        assert_eq!(held("p:ws/own/seg/7"), None);
        assert_eq!(
            store.get("p:quarantine/ws/own/seg/7/0").unwrap().as_deref(),
            Some("theirs, too")
        );
        store.set("p:settings", "new").unwrap();
    }

    #[test]
    fn what_is_removed_is_remembered_until_the_copy_has_it() {
        let inner = MemoryStore::new();
        let (store, _) = store(&inner);
        for key in ["p:progress", "p:ws/w1/head", "p:ws/w1/seg/0"] {
            store.set(key, "1").unwrap();
            store.remove(key).unwrap();
        }
        store.remove("p:console").unwrap();
        assert_eq!(gone(&inner, PREFIX).unwrap(), ["progress", "ws/w1/head"]);
        store.copied();
        assert_eq!(inner.contents().len(), 0);
    }
}
