//! A store that fails on purpose, so that tests can stop a program after each single call or fill the store at each write.

use std::cell::Cell;
use std::rc::Rc;

use super::key_value::{KeyValue, StoreError};

/// A store around another one, with faults. A clone is another handle with the same counts and plans.
#[derive(Clone, Debug)]
pub struct FaultyStore<S> {
    inner: S,
    plan: Rc<Plan>,
}

#[derive(Default, Debug)]
struct Plan {
    calls: Cell<usize>,
    writes: Cell<usize>,
    stop_after: Cell<Option<usize>>,
    full_at: Cell<Option<usize>>,
    full_from: Cell<Option<usize>>,
    denied: Cell<bool>,
}

impl<S> FaultyStore<S> {
    /// Returns a store without faults yet, that counts.
    pub fn new(inner: S) -> Self {
        Self {
            inner,
            plan: Rc::default(),
        }
    }

    /// Returns how many calls there were, failed ones included.
    pub fn calls(&self) -> usize {
        self.plan.calls.get()
    }

    /// Returns how many of the calls were writes (`set`).
    pub fn writes(&self) -> usize {
        self.plan.writes.get()
    }

    /// Counts from zero again.
    pub fn reset_counts(&self) {
        self.plan.calls.set(0);
        self.plan.writes.set(0);
    }

    /// After that many calls nothing reaches the store any more, as if the program had been killed.
    pub fn stop_after(&self, calls: usize) {
        self.plan.stop_after.set(Some(calls));
    }

    /// The store is full at that write, counted from 1, and at no other.
    pub fn full_at(&self, write: usize) {
        self.plan.full_at.set(Some(write));
    }

    /// The store is full at that write, counted from 1, and at all that follow.
    pub fn full_from(&self, write: usize) {
        self.plan.full_from.set(Some(write));
    }

    /// Whether every call is denied from now on.
    pub fn set_denied(&self, denied: bool) {
        self.plan.denied.set(denied);
    }

    /// No more faults. The counts stay.
    pub fn heal(&self) {
        self.plan.stop_after.set(None);
        self.plan.full_at.set(None);
        self.plan.full_from.set(None);
        self.plan.denied.set(false);
    }

    fn call(&self) -> Result<&S, StoreError> {
        let call = self.plan.calls.get() + 1;
        self.plan.calls.set(call);
        if self.plan.denied.get() {
            return Err(StoreError::Denied);
        }
        if self.plan.stop_after.get().is_some_and(|last| call > last) {
            return Err(StoreError::failed("stopped"));
        }
        Ok(&self.inner)
    }
}

impl<S: KeyValue> KeyValue for FaultyStore<S> {
    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.call()?.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let inner = self.call()?;
        let write = self.plan.writes.get() + 1;
        self.plan.writes.set(write);
        let full = self.plan.full_at.get() == Some(write)
            || self.plan.full_from.get().is_some_and(|from| write >= from);
        if full {
            return Err(StoreError::Full);
        }
        inner.set(key, value)
    }

    fn remove(&self, key: &str) -> Result<(), StoreError> {
        self.call()?.remove(key)
    }

    fn keys_with_prefix(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.call()?.keys_with_prefix(prefix)
    }
}
