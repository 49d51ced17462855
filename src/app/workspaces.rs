//! Several registries beside each other: which one is open, and how another one is taken in, opened and deleted.

use super::browser;
use leptos::prelude::*;

use super::state::Session;
use crate::registry::{Command, FreeText, Registry, Replacement, RuleSet};
use crate::route::Route;
use crate::storage::windows::Request;
use crate::storage::{StoreError, Vault, Whole, Workspace, WorkspaceId};
use crate::text::fill;

impl Session {
    /// All workspaces, the learner's own first. Whoever runs this runs again when another one is open.
    #[must_use]
    pub fn workspaces(self) -> Vec<Workspace> {
        self.workspace.track();
        self.vault.with_value(Vault::workspaces)
    }

    /// What a workspace is called.
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
            self.say(self.text.workspaces().unsaved.to_owned());
            // The choice on the page goes back to the one that is open.
            self.workspace.update(|_| ());
            return;
        }
        self.show_workspace(id);
        let name = self.workspace_name(id);
        self.say(fill(self.text.workspaces().opened, &[("name", &name)]));
    }

    fn show_workspace(self, id: &WorkspaceId) {
        self.keep(|vault, _| vault.set_current(id));
        self.ask(|| Request::Current(id.clone()));
        self.moment.set(None);
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
        self.must_write()?;
        if self.vault.with_value(|vault| !vault.is_saved()) {
            return Err(StoreError::Full);
        }
        let now = browser::now();
        let made = self.vault.try_update_value(|vault| {
            let id = vault.fresh_id(now);
            vault.create(&id, name, RuleSet::Mlflow, now).map(|()| id)
        });
        let id = made.unwrap_or(Err(StoreError::NoWorkspace))?;
        let before = self.workspace.get_untracked();
        self.show_workspace(&id);
        let command = Command::ReplaceRegistry {
            with: with.into(),
            why: Replacement::TakenIn,
        };
        // MLflow's rules have nothing against it.
        let _ = self.act(&command, FreeText::default());
        if self.vault.with_value(Vault::is_saved) {
            return Ok(());
        }
        // It does not fit: all or nothing.
        self.vault.try_update_value(|vault| vault.delete(&id));
        self.show_workspace(&before);
        Err(StoreError::Full)
    }

    /// Deletes the workspace that is open, and opens the learner's own. That one itself stays.
    pub fn delete_workspace(self) {
        let id = self.workspace.get_untracked();
        let name = self.workspace_name(&id);
        match self.delete_registry(&id) {
            Ok(()) => self.say(fill(self.text.workspaces().deleted, &[("name", &name)])),
            Err(error) => self.show_saving(Err(error)),
        }
    }

    /// Deletes a workspace. It is kept as a whole until another one is deleted, where there is room for that. The
    /// learner's own stays.
    ///
    /// # Errors
    /// Why not; it is still there then.
    pub fn delete_registry(self, id: &WorkspaceId) -> Result<(), StoreError> {
        self.must_write()?;
        if *id == WorkspaceId::own() {
            return Err(StoreError::ReadOnly);
        }
        let whole = self.whole(id)?;
        let deleted = self
            .vault
            .try_update_value(|vault| vault.delete_kept(id, &whole));
        deleted.unwrap_or(Err(StoreError::NoWorkspace))?;
        if self.workspace.get_untracked() == *id {
            self.switch_to(&WorkspaceId::own());
        }
        Ok(())
    }

    /// A workspace as a whole: the one that is open as it is on screen, another one as it is stored.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn whole(self, id: &WorkspaceId) -> Result<Whole, StoreError> {
        if self.is_desk_open() && self.workspace.get_untracked() == *id {
            let known = self.vault.with_value(|vault| vault.workspace(id));
            let known = known.ok_or(StoreError::NoWorkspace)?;
            return Ok(Whole {
                name: known.name,
                rules: self.rules.get_untracked(),
                created: known.created,
                log: self.log.with_untracked(Clone::clone),
            });
        }
        // A window that asks has only the history that it shows.
        self.must_write()?;
        let read = self.vault.try_update_value(|vault| vault.whole(id));
        let (whole, notices) = read.unwrap_or(Err(StoreError::NoWorkspace))?;
        if !notices.is_empty() {
            self.notices.update(|known| known.extend(notices));
        }
        Ok(whole)
    }

    /// Opens a workspace in the place of the one that is open, also where no page has needed a registry yet.
    pub fn switch_to(self, id: &WorkspaceId) {
        if self.is_desk_open() {
            self.show_workspace(id);
            return;
        }
        self.keep(|vault, _| vault.set_current(id));
        self.ask(|| Request::Current(id.clone()));
        self.workspace.set(id.clone());
        browser::go(&Route::Registry);
    }
}
