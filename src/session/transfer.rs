//! What goes out and what comes in: the registry that is open as a link, and everything that is kept as a file.

use std::rc::Rc;

use leptos::prelude::*;

use crate::browser;
use crate::session::Session;
use crate::session::saving::Saving;
use el::RwSignal;
use registry::{FreeText, Log, RuleSet, json, sample};
use share::route::Route;
use share::{Everything, Old, Plan, link, old};
use storage::{
    Deleted, KeyValue as _, Mode, Notice, Small, StoreError, Vault, WorkspaceId, WorkspaceName,
    WorkspaceSnapshot, folder, units,
};

/// What there was before a file was taken in, to go back to, and what there was right after it: what has gone on since stays.
#[derive(Clone, Debug)]
pub struct Before {
    /// The workspaces that came in, each with its last step then.
    new: Vec<(WorkspaceId, u64)>,
    /// The small values as they were.
    small: Small,
    /// The small values as the file made them.
    after: Small,
}

impl Session {
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

    /// Returns what the workspaces are called, but for one of them.
    #[must_use]
    pub fn names(self, but: Option<&WorkspaceId>) -> Vec<String> {
        let all = self.vault.with_value(Vault::workspaces);
        let others = all.iter().filter(|workspace| Some(&workspace.id) != but);
        others.map(|one| self.workspace_name(&one.id)).collect()
    }

    /// Makes a workspace, empty or with the sample, and opens it.
    ///
    /// # Errors
    /// Why it could not be stored; then nothing has changed.
    pub fn create_registry(self, name: WorkspaceName, with_sample: bool) -> Result<(), StoreError> {
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
    pub fn duplicate_registry(self, id: &WorkspaceId) -> Result<String, StoreError> {
        let texts = self.text.registries();
        let wish = texts.copy_of(&self.workspace_name(id));
        let snapshot = self.workspace_snapshot(id)?;
        self.put_like(snapshot, &wish)
            .map(|id| self.workspace_name(&id))
    }

    /// Gives a workspace another name.
    ///
    /// # Errors
    /// That another tab is the one that saves. A name that could not be stored yet holds anyway.
    pub fn rename_registry(self, id: &WorkspaceId, name: WorkspaceName) -> Result<(), StoreError> {
        self.must_write()?;
        self.keep(|vault, _| vault.rename(id, name.into()));
        Ok(())
    }

    /// Returns the workspaces that were deleted and are kept, the newest first.
    #[must_use]
    pub fn deleted_registries(self) -> Vec<Deleted> {
        self.vault.with_value(Vault::deleted)
    }

    /// Brings back a workspace that was deleted, and gives its name.
    ///
    /// # Errors
    /// Why it could not be stored; it is still kept then.
    pub fn bring_back(self, number: u64) -> Result<String, StoreError> {
        self.must_write()?;
        let snapshot = self
            .vault
            .with_value(|vault| vault.deleted_snapshot(number));
        let snapshot = snapshot.ok_or(StoreError::NoWorkspace)?;
        let wish = snapshot.name.to_string();
        let id = self.put_like(snapshot, &wish)?;
        // It is here again; that it is also kept among what was deleted does no harm.
        let _ = self.forget_deleted(number);
        Ok(self.workspace_name(&id))
    }

    /// Forgets a workspace that was deleted.
    ///
    /// # Errors
    /// Why not.
    pub fn forget_deleted(self, number: u64) -> Result<(), StoreError> {
        self.must_write()?;
        self.vault.with_value(|vault| vault.forget_deleted(number))
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
        Ok(self.workspace_name(&id))
    }

    /// Stores a workspace under a name like the wished one.
    fn put_like(self, snapshot: WorkspaceSnapshot, wish: &str) -> Result<WorkspaceId, StoreError> {
        let or = self.text.registries().suggestion;
        let name = WorkspaceName::like(wish, or, &self.names(None));
        self.put_snapshot(&WorkspaceSnapshot {
            name: FreeText::from(name),
            ..snapshot
        })
    }

    pub fn put_snapshot(self, snapshot: &WorkspaceSnapshot) -> Result<WorkspaceId, StoreError> {
        self.must_write()?;
        // Another registry is opened next as a rule: what is not saved of this one would be lost.
        if self.is_behind() {
            return Err(StoreError::Full);
        }
        self.with_room(std::slice::from_ref(snapshot), |vault| {
            vault.put(snapshot, browser::now())
        })
    }

    /// Stores workspaces; where there is no room for them, the oldest history is folded before that is said. What folding all
    /// of it could not make room for folds nothing.
    fn with_room<T>(
        self,
        snapshots: &[WorkspaceSnapshot],
        store: impl Fn(&mut Vault) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let try_it = || {
            let stored = self.vault.try_update_value(&store);
            stored.unwrap_or(Err(StoreError::NoWorkspace))
        };
        let mut stored = try_it();
        if matches!(stored, Err(StoreError::Full)) {
            let length = |snapshot: &WorkspaceSnapshot| units(&json::print(snapshot));
            let needed: usize = snapshots.iter().map(length).sum();
            let could_do = self.vault.with_value(Vault::foldable)?;
            while needed <= could_do && matches!(stored, Err(StoreError::Full)) && self.fold_some()
            {
                stored = try_it();
            }
        }
        stored
    }

    /// Returns the registry that is open as the address of a page, or `None` if it does not fit.
    #[must_use]
    pub fn link(self, snapshot: &WorkspaceSnapshot) -> Option<String> {
        browser::short_address(&Route::Shared(link::print(snapshot)?))
    }

    /// Returns a session that shows somebody else's registry and keeps nothing. Nothing can be changed in it.
    #[must_use]
    pub fn looking(self, snapshot: &WorkspaceSnapshot) -> Self {
        Self {
            saving: RwSignal::new(Saving::ReadOnly),
            ..self.sandbox(snapshot.log.clone(), snapshot.rules)
        }
    }

    /// Everything that is kept.
    ///
    /// # Errors
    /// Why something could not be read.
    pub fn everything(self) -> Result<Everything, StoreError> {
        let all = self.vault.with_value(Vault::workspaces);
        let workspaces: Result<Vec<WorkspaceSnapshot>, StoreError> = all
            .iter()
            .map(|workspace| self.workspace_snapshot(&workspace.id))
            .collect();
        let small = self.small();
        Ok(Everything {
            workspaces: workspaces?,
            progress: small.progress,
            theme: small.theme,
            console: small.console,
        })
    }

    /// Returns the keys under which an earlier version of the app has kept something in this folder; none as a rule.
    #[must_use]
    pub fn old_keys(self) -> Vec<String> {
        self.tabs().map_or_else(Vec::new, |tabs| tabs.old_keys())
    }

    /// Returns what an earlier version has kept in this folder under other keys.
    #[must_use]
    pub fn old(self) -> Option<Old> {
        let store = self.tabs()?.store().clone();
        Some(Old::read(
            Rc::new(store),
            &folder::old_prefix(&browser::path()),
        ))
    }

    /// Returns the same as a text, exactly as it is stored.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn old_raw(self) -> Result<String, StoreError> {
        let tabs = self.tabs().ok_or(StoreError::Denied)?;
        old::raw(tabs.store(), &tabs.old_keys())
    }

    /// Deletes it.
    ///
    /// # Errors
    /// Why something of it is still there.
    pub fn forget_old(self) -> Result<(), StoreError> {
        self.must_write()?;
        let Some(tabs) = self.tabs() else {
            return Ok(());
        };
        for key in tabs.old_keys() {
            tabs.store().remove(&key)?;
        }
        self.notices
            .update(|notices| notices.retain(|notice| *notice != Notice::OldStore));
        Ok(())
    }

    /// Takes in what a plan says: all of it, or nothing, also where the page is closed meanwhile. Gives what there was before.
    ///
    /// # Errors
    /// Why something could not be stored; then all is as before.
    pub fn take_all_in(self, plan: &Plan) -> Result<Before, StoreError> {
        self.must_write()?;
        let before = self.small();
        let small = Small {
            progress: plan.progress.as_ref().map(|(progress, _)| progress.clone()),
            theme: plan.theme,
            console: plan.console.as_ref().map(|(memory, _)| memory.clone()),
        };
        let new = self.with_room(&plan.new, |vault| {
            vault.take_in(&plan.new, small.clone(), browser::now())
        })?;
        self.show_small();
        let steps = plan.new.iter().map(|snapshot| snapshot.log.step());
        Ok(Before {
            new: new.into_iter().zip(steps).collect(),
            small: before,
            after: self.small(),
        })
    }

    /// Takes back what a file brought: all of it, or nothing. What has gone on since – a registry that was worked on, progress
    /// that was made – stays, and this is told with `false`.
    ///
    /// # Errors
    /// Why something could not be stored; then all is as before.
    pub fn take_all_back(self, before: &Before) -> Result<bool, StoreError> {
        self.must_write()?;
        let mut all = true;
        let mut going = Vec::new();
        for (id, step) in &before.new {
            match self.workspace_snapshot(id) {
                Ok(snapshot) if snapshot.log.step() == *step => going.push(id.clone()),
                Err(StoreError::NoWorkspace) => {}
                Ok(_) => all = false,
                Err(why) => return Err(why),
            }
        }
        let now = self.small();
        let mut small = before.small.clone();
        if now.progress != before.after.progress {
            (small.progress, all) = (None, false);
        } else if let (Some(mut progress), Some(was)) = (now.progress, small.progress.take()) {
            progress.replace(was);
            small.progress = Some(progress);
        }
        if now.theme != before.after.theme {
            (small.theme, all) = (None, false);
        }
        if now.console != before.after.console {
            (small.console, all) = (None, false);
        }
        if going.contains(&self.workspace.get_untracked()) {
            self.switch_to(&WorkspaceId::own());
        }
        let take = |vault: &mut Vault| vault.take_back(&going, small);
        let taken = self.vault.try_update_value(take);
        taken.unwrap_or(Err(StoreError::NoWorkspace))?;
        self.show_small();
        Ok(all)
    }

    /// Returns the small values beside the workspaces.
    fn small(self) -> Small {
        Small {
            progress: Some(self.progress.with_untracked(Clone::clone)),
            theme: Some(self.theme.get_untracked()),
            console: Some(self.vault.with_value(|vault| vault.console().clone())),
        }
    }

    /// Shows the small values as they are now, and whether they are saved.
    fn show_small(self) {
        let (progress, theme) = self
            .vault
            .with_value(|vault| (vault.progress().clone(), vault.theme()));
        self.progress.set(progress);
        self.theme.set(theme);
        self.show_saving(Ok(()));
    }

    /// Deletes everything that is kept, and begins anew.
    ///
    /// # Errors
    /// Why something could not be deleted.
    pub fn erase(self) -> Result<(), StoreError> {
        self.must_write()?;
        let erased = self.vault.try_update_value(Vault::erase);
        erased.unwrap_or(Ok(()))?;
        // At the next start it would be carried over.
        self.forget_old()?;
        // The second copy would bring it all back.
        self.when_copied(browser::reload);
        Ok(())
    }
}
