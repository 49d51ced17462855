//! A store whose changes are noted, so that they can be copied elsewhere: into the browser's second store, which keeps
//! what it has even if the whole browser is killed.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use super::key_value::{KeyValue, StoreError};

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

    /// The keys that have changed, and none from now on.
    #[must_use]
    pub fn take(&self) -> Vec<String> {
        self.0.keys.take()
    }

    /// The keys that have changed.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        self.0.keys.borrow().clone()
    }

    /// Whether nothing has changed.
    #[must_use]
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

/// A store around another one that notes which keys have changed.
#[derive(Clone, Debug)]
pub struct CopiedStore<S> {
    inner: S,
    changes: Changes,
}

impl<S> CopiedStore<S> {
    /// A store without changes yet.
    #[must_use]
    pub const fn new(inner: S, changes: Changes) -> Self {
        Self { inner, changes }
    }
}

impl<S: KeyValue> KeyValue for CopiedStore<S> {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.inner.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.inner.set(key, value)?;
        self.changes.note(key);
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.inner.remove(key)?;
        self.changes.note(key);
        Ok(())
    }

    fn keys_with_prefix(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.inner.keys_with_prefix(prefix)
    }

    fn copy(&self, from: &str, to: &str) -> Result<(), StoreError> {
        self.inner.copy(from, to)?;
        self.changes.note(to);
        Ok(())
    }

    fn same(&self, one: &str, other: &str) -> Result<bool, StoreError> {
        self.inner.same(one, other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::MemoryStore;

    thread_local! {
        static TOLD: Cell<usize> = const { Cell::new(0) };
    }

    #[test]
    fn changes_are_noted_and_told_once() {
        let changes = Changes::default();
        let store = CopiedStore::new(MemoryStore::with_quota(20), changes.clone());
        changes.tell(|| TOLD.set(TOLD.get() + 1));
        store.set("a", "1").unwrap();
        store.copy("a", "b").unwrap();
        store.remove("c").unwrap();
        assert_eq!(store.set("d", &"x".repeat(30)), Err(StoreError::Full));
        assert_eq!(TOLD.get(), 1);
        assert_eq!(changes.take(), ["a", "b", "c"]);
        assert!(changes.is_empty());
        store.set("a", "2").unwrap();
        assert_eq!(TOLD.get(), 2);
        assert!(store.same("a", "a").unwrap());
    }
}
