//! What keeps everything: the vault, which workspace is open in it, and whether what was done is saved.

use std::rc::Rc;

use leptos::prelude::*;

use crate::browser::{self, js};
use crate::session::frame;
use crate::session::saving::Saving;
use crate::session::tabs::connection::{Entered, Role, Tabs};
use el::RwSignal;
use lesson::progress::Progress;
use registry::{Log, Record};
use storage::tabs::{ConsoleChange, Request};
use storage::{Mode, Notice, StoreError, Theme, Vault, WorkspaceId};

/// Something that the frame of the pages asks of the registry once that is open, without carrying the code behind it.
#[derive(Clone, Copy)]
pub enum RegistryCall {
    Undo,
    Redo,
    /// Loads the workspace anew.
    Load,
    /// Tidies the saved data.
    Maintain,
    /// Tries once more to write what could not be written.
    SaveAgain,
    /// Makes room in a store that is full.
    MakeRoom,
}

/// What keeps the steps of a registry. These are pointers, so that a registry in memory does not carry the code behind them.
#[derive(Clone, Copy)]
pub struct Steps {
    /// Returns the log as it is, if a step that comes now has to be asked for with it.
    pub log_to_ask: fn(Keeper, RwSignal<Log>) -> Option<Log>,
    /// Keeps a step that was taken, and tells the other tabs; before it, the log was as [`Self::log_to_ask`] gave it.
    pub taken: fn(Keeper, RwSignal<Log>, Option<Log>, &Record),
}

/// The registry that is open.
#[derive(Clone)]
struct OpenRegistry {
    /// Carries out what is asked of it.
    call: Rc<dyn Fn(RegistryCall)>,
    steps: Steps,
}

/// What is done with what is kept, once that is open. These are pointers, so that the first page does not carry the code
/// behind them.
#[derive(Clone, Copy)]
pub struct StoreCalls {
    /// Tries once more to write what could not be written.
    pub save_again: fn(Keeper),
    /// Tidies the saved data.
    pub tidy: fn(Keeper),
    /// Returns the raw text of a value that was set aside.
    pub set_aside: fn(Keeper, &str) -> Option<String>,
    pub keep_theme: fn(Keeper, Theme),
    pub change_console: fn(Keeper, ConsoleChange),
    pub keep_progress: fn(Keeper, Progress),
    /// Says and does what is to be said and done between tabs.
    pub talk: fn(Keeper),
    /// Lets what this tab shows count over what another one has written, and writes it.
    pub insist: fn(Keeper, Rc<Tabs>),
}

/// What keeps everything, once it is open.
#[derive(Clone)]
struct Store {
    /// What connects this tab with the others; nothing where nothing is kept.
    tabs: Option<Rc<Tabs>>,
    calls: StoreCalls,
}

/// How far opening what is kept has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Opening {
    NotBegun,
    Begun,
    Done,
}

/// What the page brings along.
#[derive(Clone)]
struct PageParts {
    owner: Owner,
    /// Makes room in a store that is full.
    make_room: fn(Keeper),
    /// Takes in what a frame has left.
    take_in: fn(String, Owner),
}

/// The vault, and what is shown of it.
#[derive(Clone, Copy)]
pub struct Keeper {
    pub(super) vault: StoredValue<Vault, LocalStorage>,
    store: StoredValue<Option<Store>, LocalStorage>,
    /// How far opening what is kept has come: only the start page is shown before that.
    opening: RwSignal<Opening>,
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
    /// The registry, once it is open.
    registry: StoredValue<Option<OpenRegistry>, LocalStorage>,
    page: StoredValue<PageParts, LocalStorage>,
}

impl Keeper {
    /// Returns one that has nothing yet, and belongs to the owner that this is called under.
    #[must_use]
    pub(super) fn empty(make_room: fn(Self), take_in: fn(String, Owner)) -> Self {
        let (vault, _) = Vault::in_memory(StoreError::Denied);
        Self {
            vault: StoredValue::new_local(vault),
            store: StoredValue::new_local(None),
            opening: RwSignal::new(Opening::NotBegun),
            workspace: RwSignal::new(WorkspaceId::own()),
            saving: RwSignal::new(Saving::Pending),
            notices: RwSignal::new(Vec::new()),
            usage: RwSignal::new(None),
            has_changed: StoredValue::new(false),
            registry: StoredValue::new_local(None),
            page: StoredValue::new_local(PageParts {
                owner: Owner::current().unwrap_or_default(),
                make_room,
                take_in,
            }),
        }
    }

    /// Opens what the browser has kept, but for the registry itself.
    pub(super) fn open(self, entered: Entered, calls: StoreCalls) {
        let (vault, notices) = match &entered {
            Ok(tabs) => tabs.vault(),
            Err(why) => Vault::in_memory(why.clone()),
        };
        self.workspace.set(vault.current());
        self.vault.set_value(vault);
        let tabs = entered.ok();
        self.store.set_value(Some(Store { tabs, calls }));
        self.note(notices);
    }

    /// Returns whether what is kept is open. It is followed.
    #[must_use]
    pub fn is_ready(self) -> bool {
        self.opening.get() == Opening::Done
    }

    /// Opening has come so far. Returns whether that is new.
    pub(super) fn opening(self, opening: Opening) -> bool {
        let is_new = self.opening.get_untracked() != opening;
        if is_new {
            self.opening.set(opening);
        }
        is_new
    }

    /// Returns whether nobody has begun to open what is kept.
    pub(super) fn is_closed(self) -> bool {
        self.opening.get_untracked() == Opening::NotBegun
    }

    /// Keeps nothing: the page works in memory from now on.
    pub fn keep_nothing(self) {
        self.saving.set(Saving::MemoryOnly);
        self.opening(Opening::Done);
    }

    /// Does something with what is kept, where that is open.
    pub(super) fn with_store<T>(self, act: impl FnOnce(&StoreCalls) -> T) -> Option<T> {
        let calls = self
            .store
            .with_value(|store| store.as_ref().map(|it| it.calls));
        calls.as_ref().map(act)
    }

    /// Returns one that keeps a registry in memory, for as long as the owner lives that this is called under.
    #[must_use]
    pub(super) fn in_memory(self, saving: Saving) -> Self {
        let (vault, _) = Vault::in_memory(StoreError::Denied);
        let store = self.store.with_value(Clone::clone);
        let store = store.map(|store| Store {
            tabs: None,
            ..store
        });
        Self {
            vault: StoredValue::new_local(vault),
            store: StoredValue::new_local(store),
            workspace: RwSignal::new(WorkspaceId::own()),
            saving: RwSignal::new(saving),
            notices: RwSignal::new(Vec::new()),
            has_changed: StoredValue::new(false),
            registry: StoredValue::new_local(None),
            ..self
        }
    }

    /// Shows whether all is kept, and warns whoever leaves what is not.
    pub(super) fn begin(self) {
        self.show_saving(Ok(()));
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
        self.registry.with_value(Option::is_some)
    }

    /// The registry is open from now on, and carries out what is asked of it.
    pub(super) fn opened(self, call: impl Fn(RegistryCall) + 'static, steps: Steps) {
        let call = Rc::new(call);
        self.registry.set_value(Some(OpenRegistry { call, steps }));
    }

    /// Returns what keeps the registry's steps; nothing where it is kept in memory, or not open.
    #[must_use]
    pub(super) fn steps(self) -> Option<Steps> {
        self.registry
            .with_value(|registry| registry.as_ref().map(|it| it.steps))
    }

    /// Asks something of the registry. Returns whether it is open.
    pub fn call(self, call: RegistryCall) -> bool {
        let registry = self.registry.with_value(Clone::clone);
        registry.map(|registry| (registry.call)(call)).is_some()
    }

    /// Returns the owner of everything on the page, for what is done later.
    pub fn owner(self) -> Owner {
        self.page.with_value(|page| page.owner.clone())
    }

    /// Takes in what a frame has left.
    pub(super) fn take_in(self, left: String) {
        let PageParts { owner, take_in, .. } = self.page.get_value();
        take_in(left, owner);
    }

    /// Makes room in a store that is full.
    pub fn make_room(self) {
        let make_room = self.page.with_value(|page| page.make_room);
        make_room(self);
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
            if let Some(tabs) = self.tabs() {
                tabs.tell_status();
            }
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
        self.with_store(|store| (store.save_again)(self));
    }

    pub(super) fn write_again(self) {
        // A part of the app may be what is missing.
        browser::ask_again();
        match (self.saving.get_untracked(), self.tabs()) {
            (Saving::Unasked, _) => self.talk(),
            (Saving::NotSaved(StoreError::Changed), Some(tabs)) => {
                self.with_store(|store| (store.insist)(self, tabs));
            }
            _ => self.flush(),
        }
    }

    /// Writes what could not be written.
    pub(super) fn flush(self) {
        if !self.call(RegistryCall::SaveAgain) {
            self.keep(|vault, _| vault.flush_front());
        }
        // There may be room again.
        self.measure();
    }

    /// Tidies the saved data; called when nothing else is to be done.
    pub fn tidy(self) {
        self.with_store(|store| (store.tidy)(self));
    }

    /// Measures how full the store is.
    pub(super) fn measure(self) {
        if let Some(tabs) = self.tabs() {
            let usage = tabs.usage();
            if self.usage.get_untracked() != usage {
                self.usage.set(usage);
            }
        }
    }

    /// Asks the browser, once, to keep the saved data where room gets scarce: after the first thing that a person has done here,
    /// when there is something to lose.
    pub(super) fn ask_to_persist(self) {
        if let Some(tabs) = self.tabs() {
            tabs.ask_to_persist();
        }
    }

    /// Says and does what is to be said and done between tabs.
    pub(super) fn talk(self) {
        self.with_store(|store| (store.talk)(self));
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
        self.with_store(|store| (store.set_aside)(self, key))?
    }

    /// Returns whether nothing of what is kept can ever be changed here.
    #[must_use]
    pub fn is_read_only(self) -> bool {
        self.saving.with(Saving::is_read_only)
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
        self.store
            .with_value(|store| store.as_ref().and_then(|it| it.tabs.clone()))
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
            self.talk();
        }
    }

    /// Returns whether something that is shown here is kept nowhere, so that it would be lost with the page.
    fn would_lose(self) -> bool {
        match self.saving.get_untracked() {
            Saving::NotSaved(_) => true,
            // A page in a frame is not what a person leaves.
            Saving::MemoryOnly => {
                self.has_changed.get_value() && browser::is_top() && !frame::is_framed()
            }
            _ => self.tabs().is_some_and(|tabs| {
                tabs.role.get() == Role::Reader
                    && (tabs.channel.waiting.get() > 0
                        || !tabs.channel.requests.borrow().is_empty())
            }),
        }
    }
}
