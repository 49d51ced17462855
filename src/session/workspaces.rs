//! Several registries beside each other: which one is open, and how another one is taken in, opened and deleted.

use crate::browser;
use crate::session::announcer::Announcer;
use crate::session::contexts::{use_registry, use_selection};
use crate::session::keeper::Keeper;
use crate::session::registry_hooks::{fold_some, load};
use crate::session::registry_store::RegistryStore;
use crate::session::saving::Saving;
use crate::session::selection::Selection;
use crate::session::tabs::link;
use el::RwSignal;
use registry::{Command, Context, FreeText, Log, Registry, Replacement, RuleSet, json, sample};
use share::link as share_link;
use share::route::Route;
use storage::tabs::Request;
use storage::{
    Deleted, StoreError, Vault, Workspace, WorkspaceId, WorkspaceName, WorkspaceSnapshot, units,
};
use text::Language;

/// All registries of the learner.
#[derive(Clone, Copy)]
pub struct Workspaces {
    /// The one that is open.
    pub current: RwSignal<WorkspaceId>,
    pub store: RegistryStore,
    pub keeper: Keeper,
    pub announcer: Announcer,
    pub language: Language,
    selection: Selection,
}

/// Returns the registries of the page.
#[must_use]
pub fn use_workspaces() -> Workspaces {
    let store = use_registry();
    Workspaces {
        current: store.keeper.workspace,
        store,
        keeper: store.keeper,
        announcer: store.announcer,
        language: store.announcer.language,
        selection: use_selection(),
    }
}

impl Workspaces {
    /// Returns all workspaces, the learner's own first. Whoever runs this runs again when another one is open.
    #[must_use]
    pub fn all(self) -> Vec<Workspace> {
        self.current.track();
        self.keeper.with_vault(Vault::workspaces)
    }

    /// Opens another workspace in the place of this one, and says so. What could not be stored of this one keeps it open:
    /// it would be lost.
    pub fn open(self, id: &WorkspaceId) {
        if !self.keeper.is_saved() {
            self.announcer
                .announce_failure(self.language.workspaces().unsaved.to_owned());
            // The choice on the page goes back to the one that is open.
            self.current.update(|_| ());
            return;
        }
        self.switch_to(id);
        let name = self.name(id);
        self.announcer
            .announce(self.language.workspaces().opened(&name));
    }

    /// Returns what a workspace is called.
    #[must_use]
    pub fn name(self, id: &WorkspaceId) -> String {
        self.store.workspace_name(id)
    }

    /// Opens a workspace in the place of the one that is open, also where no page has needed a registry yet.
    pub(super) fn switch_to(self, id: &WorkspaceId) {
        self.keeper.keep(|vault, _| vault.set_current(id));
        self.keeper.send_to_writer(|| Request::Current(id.clone()));
        if self.keeper.is_open() {
            self.store.snapshot.set(None);
            self.store.dialogs.refused.set(None);
            self.selection.selected.set(None);
        }
        self.current.set(id.clone());
        if self.keeper.is_open() {
            load(self.store);
        }
        browser::go(&Route::Registry);
    }

    /// Takes the models of another registry in, as a workspace of their own under MLflow's rules, and opens it.
    ///
    /// # Errors
    /// Why it could not be stored; then nothing has changed.
    pub fn take_in(self, with: Registry, name: FreeText) -> Result<(), StoreError> {
        let now = browser::now();
        let mut log = Log::default();
        let command = Command::ReplaceRegistry {
            with: with.into(),
            why: Replacement::TakenIn,
        };
        // MLflow's rules have nothing against it.
        let _ = log.act(&Context::new(now, RuleSet::Mlflow), &command);
        let id = self.put_snapshot(&WorkspaceSnapshot {
            name,
            rules: RuleSet::Mlflow,
            created: now,
            log,
        })?;
        self.switch_to(&id);
        self.store.say_last();
        Ok(())
    }

    /// Deletes the workspace that is open, and opens the learner's own. That one itself stays.
    pub fn delete_current(self) {
        let id = self.current.get_untracked();
        let name = self.name(&id);
        let texts = self.language.workspaces();
        match self.delete(&id) {
            Ok(()) => self.announcer.announce(texts.deleted(&name)),
            Err(why) => {
                let words = texts.not_deleted(&name);
                self.announcer
                    .announce_failure(self.not_done(&why, &words).to_owned());
            }
        }
    }

    /// Deletes a workspace. Its snapshot is kept in the trash. The learner's own stays.
    ///
    /// # Errors
    /// Why not, such as [`StoreError::Full`] where there is no room to keep it; it is still there then.
    pub fn delete(self, id: &WorkspaceId) -> Result<(), StoreError> {
        self.must_write()?;
        let snapshot = self.snapshot(id)?;
        self.delete_with(id, |vault| vault.delete_kept(id, &snapshot))
    }

    /// Deletes a workspace, with no way back. The learner's own stays.
    ///
    /// # Errors
    /// Why not; it is still there then.
    pub fn delete_for_good(self, id: &WorkspaceId) -> Result<(), StoreError> {
        self.must_write()?;
        self.delete_with(id, |vault| vault.delete(id))
    }

    fn delete_with(
        self,
        id: &WorkspaceId,
        delete: impl FnOnce(&mut Vault) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        if *id == WorkspaceId::own() {
            return Err(StoreError::ReadOnly);
        }
        self.keeper.change(delete)?;
        if self.current.get_untracked() == *id {
            self.switch_to(&WorkspaceId::own());
        }
        Ok(())
    }

    /// Returns a workspace with its history: the open one as it is on screen, another one as it is stored.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn snapshot(self, id: &WorkspaceId) -> Result<WorkspaceSnapshot, StoreError> {
        if self.keeper.is_open() && self.current.get_untracked() == *id {
            let known = self.keeper.with_vault(|vault| vault.workspace(id));
            let known = known.ok_or(StoreError::NoWorkspace)?;
            return Ok(WorkspaceSnapshot {
                name: known.name,
                rules: self.store.rules.get_untracked(),
                created: known.created,
                log: self.store.log.with_untracked(Clone::clone),
            });
        }
        // A tab that asks has only the history that it shows.
        self.must_write()?;
        let (snapshot, notices) = self.keeper.change(|vault| vault.snapshot(id))?;
        self.keeper.note(notices);
        Ok(snapshot)
    }

    /// Returns what the workspaces are called, but for one of them.
    #[must_use]
    pub fn names(self, but: Option<&WorkspaceId>) -> Vec<String> {
        let all = self.keeper.with_vault(Vault::workspaces);
        let others = all.iter().filter(|workspace| Some(&workspace.id) != but);
        others.map(|one| self.name(&one.id)).collect()
    }

    /// Makes a workspace, empty or with the sample, and opens it.
    ///
    /// # Errors
    /// Why it could not be stored; then nothing has changed.
    pub fn create(self, name: WorkspaceName, with_sample: bool) -> Result<(), StoreError> {
        let now = browser::now();
        let log = if with_sample {
            sample::sample(now).0
        } else {
            Log::default()
        };
        let id = self.put_snapshot(&WorkspaceSnapshot {
            name: name.into(),
            rules: RuleSet::default(),
            created: now,
            log,
        })?;
        self.switch_to(&id);
        Ok(())
    }

    /// Copies a workspace with its history, and gives the name of the copy.
    ///
    /// # Errors
    /// Why it could not be stored; then nothing has changed.
    pub fn duplicate(self, id: &WorkspaceId) -> Result<String, StoreError> {
        let texts = self.language.registries();
        let wish = texts.copy_of(&self.name(id));
        let snapshot = self.snapshot(id)?;
        self.put_like(snapshot, &wish).map(|id| self.name(&id))
    }

    /// Gives a workspace another name.
    ///
    /// # Errors
    /// That another tab is the one that saves. A name that could not be stored yet holds anyway.
    pub fn rename(self, id: &WorkspaceId, name: WorkspaceName) -> Result<(), StoreError> {
        self.must_write()?;
        self.keeper.keep(|vault, _| vault.rename(id, name.into()));
        Ok(())
    }

    /// Returns the workspaces that were deleted and are kept, the newest first.
    #[must_use]
    pub fn deleted(self) -> Vec<Deleted> {
        self.keeper.with_vault(Vault::deleted)
    }

    /// Brings back a workspace that was deleted, and gives its name.
    ///
    /// # Errors
    /// Why it could not be stored; it is still kept then.
    pub fn bring_back(self, number: u64) -> Result<String, StoreError> {
        self.must_write()?;
        let snapshot = self
            .keeper
            .with_vault(|vault| vault.deleted_snapshot(number));
        let snapshot = snapshot.ok_or(StoreError::NoWorkspace)?;
        let wish = snapshot.name.to_string();
        let id = self.put_like(snapshot, &wish)?;
        // It is here again; that it is also kept among what was deleted does no harm.
        let _ = self.forget_deleted(number);
        Ok(self.name(&id))
    }

    /// Forgets a workspace that was deleted.
    ///
    /// # Errors
    /// Why not.
    pub fn forget_deleted(self, number: u64) -> Result<(), StoreError> {
        self.must_write()?;
        self.keeper.with_vault(|vault| vault.forget_deleted(number))
    }

    /// Copies a registry out of a link beside the others, opens it, and gives its name.
    ///
    /// # Errors
    /// Why it could not be stored; then nothing has changed.
    pub fn copy_shared(self, snapshot: &WorkspaceSnapshot) -> Result<String, StoreError> {
        let wish = snapshot.name.to_string();
        let copy = WorkspaceSnapshot {
            created: browser::now(),
            ..snapshot.clone()
        };
        let id = self.put_like(copy, &wish)?;
        self.switch_to(&id);
        Ok(self.name(&id))
    }

    /// Stores a workspace under a name like the wished one.
    fn put_like(self, snapshot: WorkspaceSnapshot, wish: &str) -> Result<WorkspaceId, StoreError> {
        let or = self.language.registries().suggestion;
        let name = WorkspaceName::like(wish, or, &self.names(None));
        self.put_snapshot(&WorkspaceSnapshot {
            name: FreeText::from(name),
            ..snapshot
        })
    }

    fn put_snapshot(self, snapshot: &WorkspaceSnapshot) -> Result<WorkspaceId, StoreError> {
        self.must_write()?;
        // Another registry is opened next as a rule: what is not saved of this one would be lost.
        if self.keeper.is_behind() {
            return Err(StoreError::Full);
        }
        self.with_room(std::slice::from_ref(snapshot), |vault| {
            vault.put(snapshot, browser::now())
        })
    }

    /// Stores workspaces; where there is no room for them, the oldest history is folded before that is said. What folding all
    /// of it could not make room for folds nothing.
    pub(super) fn with_room<T>(
        self,
        snapshots: &[WorkspaceSnapshot],
        store: impl Fn(&mut Vault) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let try_it = || self.keeper.change(&store);
        let mut stored = try_it();
        if matches!(stored, Err(StoreError::Full)) {
            let length = |snapshot: &WorkspaceSnapshot| units(&json::print(snapshot));
            let needed: usize = snapshots.iter().map(length).sum();
            let could_do = self.keeper.with_vault(Vault::foldable)?;
            while needed <= could_do
                && matches!(stored, Err(StoreError::Full))
                && fold_some(self.store)
            {
                stored = try_it();
            }
        }
        stored
    }

    /// Returns the registry that is open as the address of a page, or `None` if it does not fit.
    #[must_use]
    pub fn link(self, snapshot: &WorkspaceSnapshot) -> Option<String> {
        browser::short_address(&Route::Shared(share_link::print(snapshot)?))
    }

    /// Whether this tab may do what only the one that writes can, such as making a workspace. If not, it asks to be the
    /// one from now on, and says so.
    pub fn must_write(self) -> Result<(), StoreError> {
        if !self.keeper.is_reader() {
            let is_read_only = self.keeper.saving.with_untracked(Saving::is_read_only);
            return (!is_read_only).then_some(()).ok_or(StoreError::ReadOnly);
        }
        link::ask_for_lock(self.keeper);
        self.announcer
            .announce_failure(self.language.tabs().wait_for_pen.to_owned());
        Err(StoreError::ReadOnly)
    }

    /// Returns the words for what was not done: that another tab was the one that saves, that this one may not, or else these.
    pub fn not_done<'a>(self, why: &StoreError, else_say: &'a str) -> &'a str {
        if *why != StoreError::ReadOnly {
            else_say
        } else if self.keeper.is_reader() {
            self.language.tabs().wait_for_pen
        } else {
            self.language.tabs().only_reads
        }
    }
}
