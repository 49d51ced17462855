//! What keeps everything: the vault, which workspace is open in it, and whether what was done is saved.

use std::rc::Rc;

use leptos::prelude::*;

use crate::browser::{self, js};
use crate::session::lazy::Entered;
use crate::session::preferences::Preferences;
use crate::session::registry_hooks::{Hook, RegistryHooks};
use crate::session::saving::Saving;
use crate::session::tabs;
use crate::session::tabs::connection::{Role, Tabs};
use el::RwSignal;
use storage::tabs::{ConsoleChange, Request};
use storage::{Mode, Notice, StoreError, Theme, Vault, WorkspaceId};

/// What the frame of the pages asks of what is kept. These are pointers, so that the first page does not carry the code
/// behind them.
#[derive(Clone, Copy)]
pub(super) struct Storing {
    save_again: fn(Keeper),
    tidy: fn(Keeper),
    set_aside: fn(Keeper, &str) -> Option<String>,
    pub keep_theme: fn(Preferences, Theme),
    pub change_console: fn(Preferences, ConsoleChange),
}

impl Storing {
    pub(super) fn new() -> Self {
        Self {
            save_again: Keeper::write_again,
            tidy: |keeper| {
                tabs::measure(keeper);
                keeper.call(|hooks| hooks.maintain);
            },
            set_aside: |keeper, key| keeper.with_stored(|vault| vault.raw(key).ok().flatten()),
            keep_theme: Preferences::keep_theme,
            change_console: Preferences::keep_console,
        }
    }
}

/// The vault, and what is shown of it.
#[derive(Clone, Copy)]
pub struct Keeper {
    pub(super) vault: StoredValue<Vault, LocalStorage>,
    /// What connects this tab with the others; nothing where nothing is kept.
    tabs: StoredValue<Option<Rc<Tabs>>, LocalStorage>,
    /// The workspace that is open.
    pub workspace: RwSignal<WorkspaceId>,
    /// Whether what was done is kept.
    pub saving: RwSignal<Saving>,
    /// What has to be said about the saved data.
    pub notices: RwSignal<Vec<Notice>>,
    /// How full the store is, in percent, where that is much.
    pub usage: RwSignal<Option<usize>>,
    /// Whether anything was changed since the page was opened.
    has_changed: StoredValue<bool>,
    /// Whether what the browser has kept is open: only the start page is shown before that.
    pub is_ready: RwSignal<bool>,
    is_opening: StoredValue<bool>,
    /// What the frame of the pages asks of what is kept, once that is open.
    storing: StoredValue<Option<Storing>>,
    /// What can be asked of the registry once that is open.
    hooks: StoredValue<Option<RegistryHooks>>,
    /// Makes room in a store that is full.
    make_room: fn(Self),
    owner: StoredValue<Owner>,
}

impl Keeper {
    /// Returns one that has nothing yet, and belongs to the owner that this is called under.
    #[must_use]
    pub(super) fn empty(make_room: fn(Self)) -> Self {
        let (vault, _) = Vault::in_memory(StoreError::Denied);
        Self {
            workspace: RwSignal::new(WorkspaceId::own()),
            vault: StoredValue::new_local(vault),
            tabs: StoredValue::new_local(None),
            saving: RwSignal::new(Saving::Pending),
            notices: RwSignal::new(Vec::new()),
            usage: RwSignal::new(None),
            has_changed: StoredValue::new(false),
            is_ready: RwSignal::new(false),
            is_opening: StoredValue::new(false),
            storing: StoredValue::new(None),
            hooks: StoredValue::new(None),
            make_room,
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// Opens what the browser has kept, but for the registry itself.
    pub(super) fn open(self, entered: Entered, storing: Storing) {
        let (vault, notices) = match &entered {
            Ok(tabs) => tabs.vault(),
            Err(why) => Vault::in_memory(why.clone()),
        };
        self.workspace.set(vault.current());
        self.vault.set_value(vault);
        self.tabs.set_value(entered.ok());
        self.storing.set_value(Some(storing));
        self.note(notices);
    }

    /// Returns whether opening what is kept has to be begun; it has then.
    pub(super) fn begin_to_open(self) -> bool {
        !self.is_opening.get_value() && {
            self.is_opening.set_value(true);
            true
        }
    }

    /// What is kept could not be opened, and may be tried again.
    pub(super) fn not_opened(self) {
        self.is_opening.set_value(false);
    }

    /// Does something with what is kept, where that is open.
    pub(super) fn with_storing<T>(self, act: impl FnOnce(&Storing) -> T) -> Option<T> {
        self.storing.get_value().as_ref().map(act)
    }

    /// Returns one that keeps a registry in memory, for as long as the owner lives that this is called under.
    #[must_use]
    pub(super) fn in_memory(self, saving: Saving) -> Self {
        let (vault, _) = Vault::in_memory(StoreError::Denied);
        Self {
            vault: StoredValue::new_local(vault),
            tabs: StoredValue::new_local(None),
            workspace: RwSignal::new(WorkspaceId::own()),
            saving: RwSignal::new(saving),
            notices: RwSignal::new(Vec::new()),
            has_changed: StoredValue::new(false),
            hooks: StoredValue::new(None),
            ..self
        }
    }

    /// Begins to talk with the other tabs and to copy, and warns whoever leaves what is not saved. The contexts have to be
    /// there.
    pub(super) fn begin(self) {
        self.is_opening.set_value(true);
        self.show_saving(Ok(()));
        tabs::join(self);
        js::listen(&js_sys::global(), "beforeunload", move |event| {
            // A browser asks nobody who has not touched the page.
            if browser::was_touched() && self.would_lose() {
                let _ = js::call(&event, "preventDefault", &[]);
                js::set(&event, "returnValue", &true.into());
            }
        });
    }

    /// Returns whether the registry with its history is there.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.hooks.with_value(Option::is_some)
    }

    /// The registry is open from now on.
    pub(super) fn opened(self, hooks: RegistryHooks) {
        self.hooks.set_value(Some(hooks));
    }

    /// Returns what keeps the registry's steps; nothing where it is kept in memory, or not open.
    #[must_use]
    pub(super) fn keeping(self) -> Option<RegistryHooks> {
        self.hooks.get_value()
    }

    /// Asks something of the registry. Returns whether it is open.
    pub fn call(self, hook: impl FnOnce(&RegistryHooks) -> Hook) -> bool {
        let hooks = self.hooks.get_value();
        let is_open = hooks.is_some();
        if let Some(hooks) = hooks {
            hook(&hooks)(hooks.store);
        }
        is_open
    }

    /// Returns the owner of everything on the page, for what is done later.
    pub fn owner(self) -> Owner {
        self.owner.get_value()
    }

    /// Makes room in a store that is full.
    pub fn make_room(self) {
        (self.make_room)(self);
    }

    /// Writes to the store, makes room for it where there is none, and shows whether it did.
    pub fn keep(self, write: impl FnOnce(&mut Vault, &WorkspaceId) -> Result<(), StoreError>) {
        self.write(write);
        if self.saving.get_untracked() == Saving::NotSaved(StoreError::Full) {
            self.make_room();
        }
    }

    /// Writes to the store, and shows whether it did.
    pub(super) fn write(
        self,
        write: impl FnOnce(&mut Vault, &WorkspaceId) -> Result<(), StoreError>,
    ) {
        self.has_changed.set_value(true);
        let workspace = self.workspace.get_untracked();
        let kept = self.change(|vault| write(vault, &workspace));
        self.show_saving(kept);
    }

    /// Changes the vault.
    ///
    /// # Errors
    /// Why that could not be stored.
    pub(super) fn change<T>(
        self,
        change: impl FnOnce(&mut Vault) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let changed = self.vault.try_update_value(change);
        changed.unwrap_or(Err(StoreError::NoWorkspace))
    }

    /// Adds to what has to be said about the saved data.
    pub(super) fn note(self, notices: Vec<Notice>) {
        if !notices.is_empty() {
            self.notices.update(|known| known.extend(notices));
        }
    }

    /// Shows whether all is kept, after something was written or could not be.
    pub(super) fn show_saving(self, kept: Result<(), StoreError>) {
        let saving = self.vault.with_value(|vault| match (vault.mode(), kept) {
            (Mode::MemoryOnly, _) => Saving::MemoryOnly,
            (Mode::ReadOnlyNewer, _) => Saving::ReadOnly,
            (Mode::Kept, Err(error)) => Saving::NotSaved(error),
            (Mode::Reading, _) => self.kept_by_tabs(),
            (Mode::Kept, Ok(())) if vault.is_saved() => self.kept_by_tabs(),
            (Mode::Kept, Ok(())) => Saving::NotSaved(StoreError::Full),
        });
        if self.saving.get_untracked() != saving {
            self.saving.set(saving);
            tabs::tell_status(self);
        }
    }

    /// How things are kept, as far as it is not the vault's to say.
    fn kept_by_tabs(self) -> Saving {
        let Some(tabs) = self.tabs() else {
            return Saving::Saved;
        };
        match tabs.role.get() {
            Role::Writer => tabs.saving(),
            Role::Second => Saving::Second,
            Role::Unreconciled => Saving::Unreconciled,
            Role::Old => Saving::ReadOnly,
            Role::Reader => tabs.channel.status.borrow().clone(),
        }
    }

    /// Tries once more to write what could not be written.
    pub fn save_again(self) {
        self.with_storing(|storing| (storing.save_again)(self));
    }

    fn write_again(self) {
        // A part of the app may be what is missing.
        browser::ask_again();
        match (self.saving.get_untracked(), self.tabs()) {
            (Saving::Unasked, _) => tabs::talk(self),
            (Saving::NotSaved(StoreError::Changed), Some(tabs)) => tabs::insist(self, tabs),
            _ => self.flush(),
        }
    }

    /// Writes what could not be written.
    pub(super) fn flush(self) {
        if !self.call(|hooks| hooks.save_again) {
            self.keep(|vault, _| vault.flush_front());
        }
        // There may be room again.
        tabs::measure(self);
    }

    /// Tidies the saved data; called when nothing else is to be done.
    pub fn tidy(self) {
        self.with_storing(|storing| (storing.tidy)(self));
    }

    /// Asks what keeps everything.
    pub fn with_vault<T>(self, ask: impl FnOnce(&Vault) -> T) -> T {
        self.vault.with_value(ask)
    }

    /// Asks what is in the browser's store, also where another tab writes it and this one only has what it needs of it.
    pub fn with_stored<T>(self, ask: impl FnOnce(&Vault) -> T) -> T {
        match self.tabs().filter(|_| self.is_reader()) {
            Some(tabs) => ask(&tabs.vault().0),
            None => self.with_vault(ask),
        }
    }

    /// Returns the raw text of a value that was set aside.
    #[must_use]
    pub fn set_aside(self, key: &str) -> Option<String> {
        self.with_storing(|storing| (storing.set_aside)(self, key))?
    }

    /// Returns whether everything that was done is stored.
    #[must_use]
    pub fn is_saved(self) -> bool {
        self.vault.with_value(Vault::is_saved)
    }

    /// Returns whether something waits to be stored where all is to be kept.
    #[must_use]
    pub fn is_behind(self) -> bool {
        self.vault
            .with_value(|vault| vault.mode() == Mode::Kept && !vault.is_saved())
    }

    /// Returns what connects this tab with the others, or `None` if nothing is kept.
    pub fn tabs(self) -> Option<Rc<Tabs>> {
        self.tabs.with_value(Clone::clone)
    }

    /// Returns whether another tab writes and is asked.
    pub fn is_reader(self) -> bool {
        self.tabs()
            .is_some_and(|tabs| tabs.role.get() == Role::Reader)
    }

    /// Asks the writer for something, if that is another tab.
    pub fn send_to_writer(self, request: impl FnOnce() -> Request) {
        if !self.is_reader() {
            return;
        }
        if let Some(tabs) = self.tabs() {
            tabs.channel.requests.borrow_mut().push(request());
            tabs::talk(self);
        }
    }

    /// Returns whether something that is shown here is kept nowhere, so that it would be lost with the page.
    fn would_lose(self) -> bool {
        match self.saving.get_untracked() {
            Saving::NotSaved(_) => true,
            // A page in a frame is not what a person leaves.
            Saving::MemoryOnly => self.has_changed.get_value() && browser::is_top(),
            _ => self.tabs().is_some_and(|tabs| {
                tabs.role.get() == Role::Reader
                    && (tabs.channel.waiting.get() > 0
                        || !tabs.channel.requests.borrow().is_empty())
            }),
        }
    }
}
