//! What goes out and what comes in: everything that is kept as a file, and what an earlier version of the app has kept.

use std::rc::Rc;

use crate::browser;
use crate::session::contexts::{use_learner, use_preferences};
use crate::session::keeper::Keeper;
use crate::session::learner::Learner;
use crate::session::preferences::Preferences;
use crate::session::tabs;
use crate::session::workspaces::{Workspaces, use_workspaces};
use share::{Everything, Old, Plan, old};
use storage::{
    KeyValue as _, Notice, Small, StoreError, Vault, WorkspaceId, WorkspaceSnapshot, folder,
};

/// What takes everything out and in.
#[derive(Clone, Copy)]
pub struct Transfer {
    pub workspaces: Workspaces,
    pub keeper: Keeper,
    learner: Learner,
    preferences: Preferences,
}

/// Returns the transfer of all that the page keeps.
#[must_use]
pub fn use_transfer() -> Transfer {
    let workspaces = use_workspaces();
    Transfer {
        workspaces,
        keeper: workspaces.keeper,
        learner: use_learner(),
        preferences: use_preferences(),
    }
}

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

impl Transfer {
    /// Everything that is kept.
    ///
    /// # Errors
    /// Why something could not be read.
    pub fn everything(self) -> Result<Everything, StoreError> {
        let all = self.keeper.with_vault(Vault::workspaces);
        let workspaces: Result<Vec<WorkspaceSnapshot>, StoreError> = all
            .iter()
            .map(|workspace| self.workspaces.snapshot(&workspace.id))
            .collect();
        let small = self.small();
        Ok(Everything {
            workspaces: workspaces?,
            progress: small.progress,
            theme: small.theme,
            console: small.console,
            plans: small.plans,
        })
    }

    /// Returns the keys under which an earlier version of the app has kept something in this folder; none as a rule.
    #[must_use]
    pub fn old_keys(self) -> Vec<String> {
        self.keeper
            .tabs()
            .map_or_else(Vec::new, |tabs| tabs.old_keys())
    }

    /// Returns what an earlier version has kept in this folder under other keys.
    #[must_use]
    pub fn old(self) -> Option<Old> {
        let store = self.keeper.tabs()?.store().clone();
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
        let tabs = self.keeper.tabs().ok_or(StoreError::Denied)?;
        old::raw(tabs.store(), &tabs.old_keys())
    }

    /// Deletes it.
    ///
    /// # Errors
    /// Why something of it is still there.
    pub fn forget_old(self) -> Result<(), StoreError> {
        self.workspaces.must_write()?;
        let Some(tabs) = self.keeper.tabs() else {
            return Ok(());
        };
        for key in tabs.old_keys() {
            tabs.store().remove(&key)?;
        }
        self.keeper
            .notices
            .update(|notices| notices.retain(|notice| *notice != Notice::OldStore));
        Ok(())
    }

    /// Takes in what a plan says: all of it, or nothing, also where the page is closed meanwhile. Gives what there was before.
    ///
    /// # Errors
    /// Why something could not be stored; then all is as before.
    pub fn take_all_in(self, plan: &Plan) -> Result<Before, StoreError> {
        self.workspaces.must_write()?;
        let before = self.small();
        let small = Small {
            progress: plan.progress.as_ref().map(|(progress, _)| progress.clone()),
            theme: plan.theme,
            console: plan.console.as_ref().map(|(memory, _)| memory.clone()),
            plans: plan.plans.as_ref().map(|(plans, _)| plans.clone()),
        };
        let new = self.workspaces.with_room(&plan.new, |vault| {
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
        self.workspaces.must_write()?;
        let mut all = true;
        let mut going = Vec::new();
        for (id, step) in &before.new {
            match self.workspaces.snapshot(id) {
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
        if now.plans != before.after.plans {
            (small.plans, all) = (None, false);
        }
        if going.contains(&self.workspaces.current.get_untracked()) {
            self.workspaces.switch_to(&WorkspaceId::own());
        }
        self.keeper.change(|vault| vault.take_back(&going, small))?;
        self.show_small();
        Ok(all)
    }

    /// Returns the small values beside the workspaces.
    fn small(self) -> Small {
        Small {
            progress: Some(self.learner.progress.with_untracked(Clone::clone)),
            theme: Some(self.preferences.theme.get_untracked()),
            console: Some(self.keeper.with_vault(|vault| vault.console().clone())),
            plans: Some(self.keeper.with_vault(|vault| vault.plans().clone())),
        }
    }

    /// Shows the small values as they are now, and whether they are saved.
    fn show_small(self) {
        let (progress, theme) = self
            .keeper
            .with_vault(|vault| (vault.progress().clone(), vault.theme()));
        self.learner.progress.set(progress);
        self.preferences.theme.set(theme);
        self.keeper.show_saving(Ok(()));
    }

    /// Deletes everything that is kept, and begins anew.
    ///
    /// # Errors
    /// Why something could not be deleted.
    pub fn erase(self) -> Result<(), StoreError> {
        self.workspaces.must_write()?;
        self.keeper.change(Vault::erase)?;
        // At the next start it would be carried over.
        self.forget_old()?;
        // The second copy would bring it all back.
        tabs::when_copied(self.keeper, browser::reload);
        Ok(())
    }
}
