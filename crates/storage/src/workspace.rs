//! Several registries by name: a workspace is a registry with its history, its name and its rule set.

use super::format::Checksum;
use super::key_value::StoreError;
use super::sealed_store::SealedStore;
use super::storage_key::{MAX_NUMBER, StorageKey, WorkspaceId};
use registry::{FreeText, RuleSet, Time, json, json_fields};

/// A workspace, as a list of them shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Workspace {
    pub id: WorkspaceId,
    /// Its name; empty where the person has not given one.
    pub name: FreeText,
    pub rules: RuleSet,
    /// When it was created. The learner's own has always been there: since time 0.
    pub created: Time,
}

/// What is stored about a workspace itself. It is always written as a whole, in one `set`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Header {
    pub(crate) name: FreeText,
    pub(crate) rules: RuleSet,
    pub(crate) created: Time,
    /// The number of the state that the journal starts from; nothing means an empty registry and segment 0.
    pub(crate) base: Option<u64>,
    /// The workspace is being deleted: whatever is left of it goes at the next start.
    pub(crate) deleted: bool,
}

json_fields!(Header {
    name = always,
    rules = always,
    created = always,
    base = or_null,
    deleted,
});

impl Header {
    pub(crate) fn is_sane(&self) -> bool {
        self.base.is_none_or(|base| base <= MAX_NUMBER)
    }
}

/// A header in memory, and what is known of the one in the store.
#[derive(Debug)]
pub(crate) struct HeaderSlot {
    pub(crate) id: WorkspaceId,
    pub(crate) header: Header,
    /// The stored header's checksum; nothing where none is stored.
    pub(crate) stored: Option<Checksum>,
    /// Whether the stored one is behind.
    pub(crate) dirty: bool,
    /// Whether something stands in its place that must not be overwritten.
    pub(crate) locked: bool,
    /// Whether the stored header could not be read, so that nobody knows where the journal starts.
    pub(crate) base_unknown: bool,
}

impl HeaderSlot {
    /// Returns a header that is not stored yet.
    pub(crate) fn new(id: WorkspaceId, header: Header) -> Self {
        Self {
            id,
            header,
            stored: None,
            dirty: false,
            locked: false,
            base_unknown: false,
        }
    }

    /// Writes the header, if the stored one is missing or behind.
    pub(crate) fn save(&mut self, store: &SealedStore) -> Result<(), StoreError> {
        if store.is_reading() {
            // The tab that writes is asked for it.
            self.dirty = false;
            return Ok(());
        }
        if self.stored.is_some() && !self.dirty {
            return Ok(());
        }
        if self.locked {
            return Err(StoreError::ReadOnly);
        }
        self.dirty = true;
        let written = store.write_over(
            &StorageKey::Header(self.id.clone()),
            self.stored,
            &padded(&self.header),
        )?;
        self.stored = Some(written.checksum);
        self.dirty = false;
        Ok(())
    }

    /// Lets the journal start elsewhere: the one `set` in which a compaction or a repair happens.
    pub(crate) fn flip(
        &mut self,
        store: &SealedStore,
        base: Option<u64>,
    ) -> Result<(), StoreError> {
        let before = (self.header.base, self.dirty);
        self.header.base = base;
        self.dirty = true;
        self.save(store)
            .inspect_err(|_| (self.header.base, self.dirty) = before)
    }

    pub(crate) fn workspace(&self) -> Workspace {
        Workspace {
            id: self.id.clone(),
            name: self.header.name.clone(),
            rules: self.header.rules,
            created: self.header.created,
        }
    }
}

/// Returns the header as JSON, with blanks at the end up to the longest that it can become under its name: so that a start with a
/// longer number, or a deletion, still fits into a store that is full.
fn padded(header: &Header) -> String {
    let widest = Header {
        base: Some(MAX_NUMBER),
        deleted: true,
        ..header.clone()
    };
    let width = json::print(&widest).len();
    let mut text = json::print(header);
    while text.len() < width {
        text.push(' ');
    }
    text
}
