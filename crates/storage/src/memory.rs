//! A store in memory: for tests, and for a browser that lets the page keep nothing.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::key_value::{KeyValue, StoreError, units};
use registry::VecMap;

/// What Chromium gives a site, in UTF-16 units, keys included (measured, Chromium 156).
pub const CHROMIUM_QUOTA: usize = 5_242_880;

/// A store in memory. A clone is another handle on the same store.
#[derive(Clone, Default, Debug)]
pub struct MemoryStore {
    inner: Rc<RefCell<Inner>>,
}

#[derive(Default, Debug)]
struct Inner {
    values: VecMap<String, String>,
    used: usize,
    quota: Option<usize>,
}

impl MemoryStore {
    /// Returns an empty store that takes whatever comes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns an empty store with room for that many UTF-16 units, keys included.
    pub fn with_quota(quota: usize) -> Self {
        let store = Self::default();
        store.set_quota(Some(quota));
        store
    }

    /// Changes the room there is; what is stored stays.
    pub fn set_quota(&self, quota: Option<usize>) {
        self.inner.borrow_mut().quota = quota;
    }

    /// Returns how many UTF-16 units are taken.
    pub fn used(&self) -> usize {
        self.inner.borrow().used
    }

    /// Returns how many keys there are.
    pub fn length(&self) -> usize {
        self.inner.borrow().values.len()
    }

    /// Everything that is stored.
    pub fn contents(&self) -> BTreeMap<String, String> {
        let inner = self.inner.borrow();
        let values = inner.values.iter();
        values
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }

    /// Returns a store of its own with the same contents, without a quota.
    pub fn deep_copy(&self) -> Self {
        Self::from(self.contents())
    }
}

impl From<BTreeMap<String, String>> for MemoryStore {
    fn from(values: BTreeMap<String, String>) -> Self {
        let used = values
            .iter()
            .map(|(key, value)| units(key) + units(value))
            .sum();
        Self {
            inner: Rc::new(RefCell::new(Inner {
                values: values.into_iter().collect(),
                used,
                quota: None,
            })),
        }
    }
}

impl KeyValue for MemoryStore {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(self.inner.borrow().values.get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let mut inner = self.inner.borrow_mut();
        let before = inner
            .values
            .get(key)
            .map_or(0, |old| units(key) + units(old));
        let used = inner.used - before + units(key) + units(value);
        if inner.quota.is_some_and(|quota| used > quota) {
            return Err(StoreError::Full);
        }
        inner.used = used;
        inner.values.insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        let mut inner = self.inner.borrow_mut();
        if let Some(old) = inner.values.remove(key) {
            inner.used -= units(key) + units(&old);
        }
        Ok(())
    }

    fn keys_with_prefix(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let inner = self.inner.borrow();
        let before = inner.values.lower_bound(|key| key.as_str() < prefix);
        let from = inner.values.keys().skip(before);
        Ok(from
            .take_while(|key| key.starts_with(prefix))
            .cloned()
            .collect())
    }
}
