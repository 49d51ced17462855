//! Several registries beside each other: which one is open, and how another one is taken in, opened and deleted.

use crate::browser;
use leptos::prelude::*;

use crate::session::Session;
use registry::{Command, Context, FreeText, Log, Registry, Replacement, RuleSet};
use share::route::Route;
use storage::tabs::Request;
use storage::{StoreError, Vault, Workspace, WorkspaceId, WorkspaceSnapshot};

impl Session {
    /// Returns all workspaces, the learner's own first. Whoever runs this runs again when another one is open.
    #[must_use]
    pub fn workspaces(self) -> Vec<Workspace> {
        self.workspace.track();
        self.vault.with_value(Vault::workspaces)
    }

    /// Returns what a workspace is called.
    #[must_use]
    pub fn workspace_name(self, id: &WorkspaceId) -> String {
        let known = self.vault.with_value(|vault| vault.workspace(id));
        known
            .map(|workspace| workspace.name.to_string())
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| self.text.workspaces().own.to_owned())
    }

    /// Opens another workspace in the place of this one, and says so. What could not be stored of this one keeps it open:
    /// it would be lost.
    pub fn open_workspace(self, id: &WorkspaceId) {
        if self.vault.with_value(|vault| !vault.is_saved()) {
            self.announce_failure(self.text.workspaces().unsaved.to_owned());
            // The choice on the page goes back to the one that is open.
            self.workspace.update(|_| ());
            return;
        }
        self.show_workspace(id);
        let name = self.workspace_name(id);
        self.announce(self.text.workspaces().opened(&name));
    }

    fn show_workspace(self, id: &WorkspaceId) {
        self.keep(|vault, _| vault.set_current(id));
        self.send_to_writer(|| Request::Current(id.clone()));
        self.snapshot.set(None);
        self.refused.set(None);
        self.selected.set(None);
        self.workspace.set(id.clone());
        self.load();
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
        self.say_last();
        Ok(())
    }

    /// Deletes the workspace that is open, and opens the learner's own. That one itself stays.
    pub fn delete_workspace(self) {
        let id = self.workspace.get_untracked();
        let name = self.workspace_name(&id);
        let texts = self.text.workspaces();
        match self.delete_registry(&id) {
            Ok(()) => self.announce(texts.deleted(&name)),
            Err(why) => {
                let words = texts.not_deleted(&name);
                self.announce_failure(self.not_done(&why, &words).to_owned());
            }
        }
    }

    /// Deletes a workspace. Its snapshot is kept in the trash. The learner's own stays.
    ///
    /// # Errors
    /// Why not, such as [`StoreError::Full`] where there is no room to keep it; it is still there then.
    pub fn delete_registry(self, id: &WorkspaceId) -> Result<(), StoreError> {
        self.must_write()?;
        let snapshot = self.workspace_snapshot(id)?;
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
        let deleted = self.vault.try_update_value(delete);
        deleted.unwrap_or(Err(StoreError::NoWorkspace))?;
        if self.workspace.get_untracked() == *id {
            self.switch_to(&WorkspaceId::own());
        }
        Ok(())
    }

    /// Returns a workspace with its history: the open one as it is on screen, another one as it is stored.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn workspace_snapshot(self, id: &WorkspaceId) -> Result<WorkspaceSnapshot, StoreError> {
        if self.is_desk_open() && self.workspace.get_untracked() == *id {
            let known = self.vault.with_value(|vault| vault.workspace(id));
            let known = known.ok_or(StoreError::NoWorkspace)?;
            return Ok(WorkspaceSnapshot {
                name: known.name,
                rules: self.rules.get_untracked(),
                created: known.created,
                log: self.log.with_untracked(Clone::clone),
            });
        }
        // A tab that asks has only the history that it shows.
        self.must_write()?;
        let read = self.vault.try_update_value(|vault| vault.snapshot(id));
        let (snapshot, notices) = read.unwrap_or(Err(StoreError::NoWorkspace))?;
        if !notices.is_empty() {
            self.notices.update(|known| known.extend(notices));
        }
        Ok(snapshot)
    }

    /// Opens a workspace in the place of the one that is open, also where no page has needed a registry yet.
    pub fn switch_to(self, id: &WorkspaceId) {
        if self.is_desk_open() {
            self.show_workspace(id);
            return;
        }
        self.keep(|vault, _| vault.set_current(id));
        self.send_to_writer(|| Request::Current(id.clone()));
        self.workspace.set(id.clone());
        browser::go(&Route::Registry);
    }
}
