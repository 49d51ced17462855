//! The front door to everything that is saved.
//!
//! What is in memory is always what the person sees; the vault says whether the store has it too.

mod attempts;
mod class_plans;
mod inventory;
mod kept;
mod learned;
mod quarantine;
mod room;
mod scan;
mod shared;
mod snapshot;
mod transaction;
mod trash;
mod typed;
mod unstored;

use std::fmt;
use std::rc::Rc;

use super::ConsoleMemory;
use super::class_plans::ClassPlans;
use super::format::Opened;
use super::journal::{self, Journal, Limits};
use super::key_value::{KeyValue, StoreError};
use super::memory::MemoryStore;
use super::migrate::Format;
use super::notice::Notice;
use super::sealed_store::SealedStore;
use super::settings::{Settings, Theme};
use super::storage_key::{StorageKey, WorkspaceId};
use super::transaction::Transaction;
use super::workspace::{Header, HeaderSlot, Workspace};
pub use inventory::{Meaning, Stored};
use kept::Kept;
use lesson::progress::Progress;
use registry::vec_map::VecMap;
use registry::{FreeText, Log, Record, RuleSet, Time};
pub use trash::{Deleted, MOST_DELETED};
use unstored::Attempts;

/// What becomes of changes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mode {
    /// They are kept in the browser.
    Kept,
    /// A newer app's data is there: it can be looked at, nothing is kept.
    ReadOnlyNewer,
    /// The browser lets the page keep nothing: they last until the page is closed.
    MemoryOnly,
    /// Another tab keeps them: it is asked to, and nothing is written here.
    Reading,
}

/// What tests choose and the app leaves as it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Setup {
    /// The format, with its migrations.
    pub format: Format,
    /// When a journal does what.
    pub limits: Limits,
}

/// A workspace that was loaded.
#[derive(Clone, PartialEq, Debug)]
pub struct Loaded {
    pub log: Log,
    pub rules: RuleSet,
    /// Whether nothing was ever recorded here: the moment for a sample.
    pub untouched: bool,
    /// What the person has to be told.
    pub notices: Vec<Notice>,
}

/// The settings, the workspaces and their journals in one store.
pub struct Vault {
    store: SealedStore,
    limits: Limits,
    memory_only: bool,
    settings: Kept<Settings>,
    learned: Kept<Progress>,
    console: Kept<ConsoleMemory>,
    plans: Kept<ClassPlans>,
    attempts: Attempts,
    entries: VecMap<WorkspaceId, WorkspaceEntry>,
    /// The transaction that is stored, but not written under its own keys yet. Its small values are applied in memory.
    transaction: Option<Transaction>,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault")
            .field("mode", &self.mode())
            .field("settings", &self.settings.value)
            .field("workspaces", &self.entries.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

struct WorkspaceEntry {
    slot: HeaderSlot,
    journal: Option<Journal>,
}

impl WorkspaceEntry {
    const fn new(slot: HeaderSlot) -> Self {
        Self {
            slot,
            journal: None,
        }
    }

    fn is_saved(&self) -> bool {
        !self.slot.dirty && self.journal.as_ref().is_none_or(Journal::is_saved)
    }
}

impl Vault {
    /// Opens what is in a store behind a prefix, and tells what was found. Never fails: where the store can't be read,
    /// the vault works in memory and says why.
    pub fn open(store: impl KeyValue + 'static, prefix: &str) -> (Self, Vec<Notice>) {
        Self::open_with(store, prefix, Setup::default())
    }

    /// As [`Vault::open`], with another setup.
    pub fn open_with(
        store: impl KeyValue + 'static,
        prefix: &str,
        setup: Setup,
    ) -> (Self, Vec<Notice>) {
        Self::open_on(
            SealedStore::new(Rc::new(store), prefix, setup.format),
            setup.limits,
        )
    }

    /// Opens a store that another tab writes. Nothing is ever written to it. The small values may be changed all the
    /// same, for the screen; for whatever is kept, that tab has to be asked (see [`super::tabs`]).
    pub fn open_reading(store: Rc<dyn KeyValue>, prefix: &str) -> (Self, Vec<Notice>) {
        let store = SealedStore::new(store, prefix, Format::default());
        Self::open_on(store.reading(), Limits::default())
    }

    fn open_on(store: SealedStore, limits: Limits) -> (Self, Vec<Notice>) {
        let mut vault = Self::on(store, limits);
        match vault.scan() {
            Ok(notices) => (vault, notices),
            Err(why) => Self::in_memory(why),
        }
    }

    /// Returns a vault that lasts until the page is closed, for a browser that gives no store.
    pub fn in_memory(why: StoreError) -> (Self, Vec<Notice>) {
        let store = SealedStore::new(Rc::new(MemoryStore::new()), "", Format::default());
        let mut vault = Self::on(store, Limits::default());
        vault.memory_only = true;
        (vault, vec![Notice::MemoryOnly { why }])
    }

    fn on(store: SealedStore, limits: Limits) -> Self {
        let own = HeaderSlot::new(WorkspaceId::own(), Header::default());
        Self {
            store,
            limits,
            memory_only: false,
            settings: Kept::default(),
            learned: Kept::default(),
            console: Kept::default(),
            plans: Kept::default(),
            attempts: Attempts::default(),
            entries: VecMap::from([(WorkspaceId::own(), WorkspaceEntry::new(own))]),
            transaction: None,
        }
    }

    /// Returns what becomes of changes.
    pub fn mode(&self) -> Mode {
        if self.memory_only {
            Mode::MemoryOnly
        } else if self.store.is_newer() {
            Mode::ReadOnlyNewer
        } else if self.store.is_reading() {
            Mode::Reading
        } else {
            Mode::Kept
        }
    }

    /// Returns the settings.
    pub const fn settings(&self) -> &Settings {
        &self.settings.value
    }

    /// Returns the colours.
    pub const fn theme(&self) -> Theme {
        self.settings.value.theme
    }

    /// Chooses the colours.
    ///
    /// # Errors
    /// If the choice is not stored yet. It holds anyway.
    pub fn set_theme(&mut self, theme: Theme) -> Result<(), StoreError> {
        self.settings.value.theme = theme;
        self.settings.dirty = true;
        self.save_settings()
    }

    /// Remembers the workspace that is in use.
    ///
    /// # Errors
    /// [`StoreError::NoWorkspace`], or if the choice is not stored yet; it holds then anyway.
    pub fn set_current(&mut self, id: &WorkspaceId) -> Result<(), StoreError> {
        if !self.entries.contains_key(id) {
            return Err(StoreError::NoWorkspace);
        }
        if self.settings.value.workspace == *id && !self.settings.dirty {
            return Ok(());
        }
        self.settings.value.workspace = id.clone();
        self.settings.dirty = true;
        self.save_settings()
    }

    fn save_settings(&mut self) -> Result<(), StoreError> {
        self.commit_pending()?;
        self.settings.save(&self.store, &StorageKey::Settings)
    }

    /// Returns the workspace that was used last, or the learner's own.
    pub fn current(&self) -> WorkspaceId {
        if self.entries.contains_key(&self.settings.value.workspace) {
            self.settings.value.workspace.clone()
        } else {
            WorkspaceId::own()
        }
    }

    /// Returns all workspaces: the learner's own first, then the oldest first.
    pub fn workspaces(&self) -> Vec<Workspace> {
        let mut list: Vec<_> = self
            .entries
            .values()
            .map(|entry| entry.slot.workspace())
            .collect();
        list.sort_by_cached_key(|workspace| {
            let own = workspace.id == WorkspaceId::own();
            (!own, workspace.created, workspace.id.clone())
        });
        list
    }

    /// Returns a workspace by its id.
    pub fn workspace(&self, id: &WorkspaceId) -> Option<Workspace> {
        self.entries.get(id).map(|entry| entry.slot.workspace())
    }

    /// Returns an id that no workspace has.
    pub fn fresh_id(&self, at: Time) -> WorkspaceId {
        (at.0..=u64::MAX)
            .filter_map(|number| WorkspaceId::parse(&format!("w{number}")))
            .find(|id| !self.entries.contains_key(id))
            .unwrap_or_default()
    }

    /// Creates a workspace that is empty.
    ///
    /// # Errors
    /// [`StoreError::Changed`] where there is one of that id already, or if it could not be stored; then it is not there.
    pub fn create(
        &mut self,
        id: &WorkspaceId,
        name: FreeText,
        rules: RuleSet,
        at: Time,
    ) -> Result<(), StoreError> {
        if self
            .entries
            .get(id)
            .is_some_and(|entry| entry.slot.stored.is_some() || entry.slot.dirty)
        {
            return Err(StoreError::Changed);
        }
        self.clear_deleted(id)?;
        let header = Header {
            name,
            rules,
            created: at,
            ..Header::default()
        };
        let mut slot = HeaderSlot::new(id.clone(), header);
        slot.save(&self.store)?;
        self.entries.insert(id.clone(), WorkspaceEntry::new(slot));
        Ok(())
    }

    /// Gives a workspace another name.
    ///
    /// # Errors
    /// [`StoreError::NoWorkspace`], or if the name is not stored yet; it holds then anyway.
    pub fn rename(&mut self, id: &WorkspaceId, name: FreeText) -> Result<(), StoreError> {
        self.change_header(id, |header| header.name = name)
    }

    /// Chooses the rule set of a workspace.
    ///
    /// # Errors
    /// [`StoreError::NoWorkspace`], or if the choice is not stored yet; it holds then anyway.
    pub fn set_rules(&mut self, id: &WorkspaceId, rules: RuleSet) -> Result<(), StoreError> {
        self.change_header(id, |header| header.rules = rules)
    }

    fn change_header(
        &mut self,
        id: &WorkspaceId,
        change: impl FnOnce(&mut Header),
    ) -> Result<(), StoreError> {
        let store = self.store.clone();
        let entry = self.entry(id)?;
        change(&mut entry.slot.header);
        entry.slot.dirty = true;
        entry.save_header(&store)
    }

    /// Deletes a workspace with its history. What is in the quarantine stays. The learner's own is there again at once,
    /// empty and untouched.
    ///
    /// # Errors
    /// If not; the workspace is still there then.
    pub fn delete(&mut self, id: &WorkspaceId) -> Result<(), StoreError> {
        self.commit_pending()?;
        let store = self.store.clone();
        let entry = self.entry(id)?;
        if entry.slot.locked || store.is_shut() {
            return Err(StoreError::ReadOnly);
        }
        let before = (entry.slot.header.deleted, entry.slot.dirty);
        if entry.slot.stored.is_some() || entry.slot.dirty {
            entry.slot.header.deleted = true;
            entry.slot.dirty = true;
            entry
                .slot
                .save(&store)
                .inspect_err(|_| (entry.slot.header.deleted, entry.slot.dirty) = before)?;
        }
        self.entries.remove(id);
        if *id == WorkspaceId::own() {
            let own = HeaderSlot::new(id.clone(), Header::default());
            self.entries.insert(id.clone(), WorkspaceEntry::new(own));
        }
        // It is deleted. What can't be removed now is removed at the next start.
        let _ = self.clear(id);
        Ok(())
    }

    /// Removes all that is left of a deleted workspace, its header last.
    fn clear(&self, id: &WorkspaceId) -> Result<(), StoreError> {
        let places = self.store.places(&format!("ws/{id}/"))?;
        let is_header = |place: &&StorageKey| matches!(place, StorageKey::Header(_));
        let parts = places.iter().filter(|place| !is_header(place));
        let mut in_order = parts.chain(places.iter().filter(is_header));
        in_order.try_for_each(|place| self.store.remove(place))
    }

    /// Makes sure that nothing is left of a deleted workspace of that id.
    fn clear_deleted(&self, id: &WorkspaceId) -> Result<(), StoreError> {
        match self.store.read::<Header>(&StorageKey::Header(id.clone()))? {
            Some(Opened::Ok(read)) if read.value.deleted => self.clear(id),
            Some(_) => Err(StoreError::Changed),
            None => Ok(()),
        }
    }

    /// Loads a workspace. What can't be read is set aside, and told in the notices. Records that were not stored yet are
    /// given up: ask [`Vault::is_saved`] before.
    ///
    /// # Errors
    /// [`StoreError::NoWorkspace`], or if the store could not be read.
    pub fn load(&mut self, id: &WorkspaceId) -> Result<Loaded, StoreError> {
        let (store, limits) = (self.store.clone(), self.limits);
        let mut notices = Vec::new();
        self.refresh(id, &mut notices)?;
        let entry = self.entry(id)?;
        let (journal, log) = journal::load(&store, &mut entry.slot, limits, &mut notices)?;
        let untouched = journal.is_untouched() && !entry.slot.locked && !store.is_newer();
        entry.journal = Some(journal);
        if !store.is_newer() && entry.slot.dirty {
            // What can't be stored now is stored with the next record.
            let _ = entry.save_header(&store);
        }
        Ok(Loaded {
            log,
            rules: entry.slot.header.rules,
            untouched,
            notices,
        })
    }

    fn entry(&mut self, id: &WorkspaceId) -> Result<&mut WorkspaceEntry, StoreError> {
        self.entries.get_mut(id).ok_or(StoreError::NoWorkspace)
    }

    /// Stores a record, and before it what could not be stored earlier. All is one write.
    ///
    /// # Errors
    /// [`StoreError::NoWorkspace`] where the workspace was not loaded; else if it is not stored yet. It is kept in
    /// memory then, and stored with the next one.
    pub fn append(&mut self, id: &WorkspaceId, record: &Record) -> Result<(), StoreError> {
        self.append_all(id, std::slice::from_ref(record))
    }

    /// Stores records in one write: all or none.
    pub fn append_all(&mut self, id: &WorkspaceId, records: &[Record]) -> Result<(), StoreError> {
        let entry = self.entry(id)?;
        let journal = entry.journal.as_mut().ok_or(StoreError::NoWorkspace)?;
        journal.hold(records);
        self.flush_entry(id)
    }

    fn flush_entry(&mut self, id: &WorkspaceId) -> Result<(), StoreError> {
        let store = self.store.clone();
        let entry = self.entry(id)?;
        let Some(journal) = entry.journal.as_mut() else {
            return entry.save_header_if_dirty(&store);
        };
        if entry.slot.stored.is_none() && !journal.is_saved() {
            // No segment without a header.
            entry.slot.save(&store)?;
        }
        let flushed = journal.flush();
        flushed.and(entry.save_header_if_dirty(&store))
    }

    /// Tries to store everything that could not be stored yet.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        let mut result = self
            .save_settings()
            .and(self.save_progress())
            .and(self.save_console())
            .and(self.save_plans())
            .and(self.save_attempts());
        let ids: Vec<_> = self.entries.keys().cloned().collect();
        for id in ids {
            result = result.and(self.flush_entry(&id));
        }
        result
    }

    /// Tries to store the settings and the headers that could not be stored yet: for who has no journal open.
    pub fn flush_front(&mut self) -> Result<(), StoreError> {
        let store = self.store.clone();
        let settings = self
            .save_settings()
            .and(self.save_progress())
            .and(self.save_console())
            .and(self.save_plans())
            .and(self.save_attempts());
        self.entries
            .values_mut()
            .map(|entry| entry.save_header_if_dirty(&store))
            .fold(settings, Result::and)
    }

    /// Returns whether everything is stored.
    pub fn is_saved(&self) -> bool {
        !self.settings.dirty
            && !self.learned.dirty
            && !self.console.dirty
            && !self.plans.dirty
            && (self.attempts.is_saved() || self.store.is_reading())
            && self.entries.values().all(WorkspaceEntry::is_saved)
    }

    /// Returns how many records of a workspace are not stored yet.
    pub fn unsaved(&self, id: &WorkspaceId) -> usize {
        self.entries
            .get(id)
            .and_then(|entry| entry.journal.as_ref())
            .map_or(0, Journal::unsaved)
    }
}

impl WorkspaceEntry {
    /// Writes the header, unless nobody knows yet where the journal starts: then loading the journal writes it.
    fn save_header(&mut self, store: &SealedStore) -> Result<(), StoreError> {
        if self.slot.base_unknown {
            return Err(StoreError::ReadOnly);
        }
        self.slot.save(store)
    }

    fn save_header_if_dirty(&mut self, store: &SealedStore) -> Result<(), StoreError> {
        if self.slot.dirty {
            self.save_header(store)
        } else {
            Ok(())
        }
    }
}
