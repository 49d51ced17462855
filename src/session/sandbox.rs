//! Sandboxes: a session of its own for a small registry inside the lesson or an exercise. The same components work on it,
//! and nothing of it touches the learner's own registry or is kept.

use leptos::prelude::*;

use crate::browser::flip;
use crate::session::saving::Saving;
use crate::session::{Announcement, Limits, Session};
use el::RwSignal;
use lesson::exercise::Task;
use lesson::pack::{Id, Scene};
use lesson::run::Played;
use registry::{Action, FreeText, Log, RuleSet};
use storage::tabs::Request;
use storage::{Attempt, StoreError, Vault, WorkspaceId};

impl Session {
    /// Returns a sandbox on a scene. It shares the texts, the address and what is spoken with this session, but its
    /// announcements are shown in it alone.
    #[must_use]
    pub fn scene_sandbox(self, scene: &Scene) -> Self {
        let played = Played::new(scene, None);
        self.sandbox(played.log, played.rules)
    }

    /// Returns a sandbox on an exercise, in which only what the exercise permits can be done.
    #[must_use]
    pub fn exercise(self, task: &'static Task, log: Log) -> Self {
        Self {
            limits: Some(Limits {
                task,
                permits: Task::permits,
            }),
            ..self.sandbox(log, task.rules)
        }
    }

    /// Returns a sandbox on another registry, which is kept in memory, for as long as the page shows it.
    pub fn sandbox(self, log: Log, rules: RuleSet) -> Self {
        let (mut vault, _) = Vault::in_memory(StoreError::Denied);
        let workspace = WorkspaceId::own();
        let _ = vault.load(&workspace);
        Self {
            log: RwSignal::new(log),
            vault: StoredValue::new_local(vault),
            tabs: StoredValue::new_local(None),
            has_changed: StoredValue::new(false),
            workspace: RwSignal::new(workspace),
            rules: RwSignal::new(rules),
            saving: RwSignal::new(Saving::MemoryOnly),
            notices: RwSignal::new(Vec::new()),
            dialog: RwSignal::new(None),
            shown: RwSignal::new(Announcement::default()),
            refused: RwSignal::new(None),
            snapshot: RwSignal::new(None),
            limits: None,
            marks: RwSignal::new(Vec::new()),
            selected: RwSignal::new(None),
            ..self
        }
    }

    /// Puts the scene back to its start.
    pub fn start_over(self, scene: &Scene) {
        let played = Played::new(scene, None);
        self.refused.set(None);
        self.dialog.set(None);
        self.rules.set(played.rules);
        self.log.set(played.log);
    }

    /// Puts another history in the place of what was done here.
    pub fn put(self, log: Log) {
        let places = flip::places();
        self.refused.set(None);
        self.dialog.set(None);
        self.snapshot.set(None);
        self.log.set(log);
        flip::from(places);
    }

    /// Returns how far an exercise has come, as it is kept.
    #[must_use]
    pub fn attempt(self, id: &Id) -> Attempt {
        let kept = self.vault.try_update_value(|vault| vault.attempt(id));
        // Where the store can't be read, that is said already.
        let (attempt, notices) = kept.and_then(Result::ok).unwrap_or_default();
        if !notices.is_empty() {
            self.notices.update(|known| known.extend(notices));
        }
        attempt
    }

    /// Keeps how far an exercise has come.
    pub fn keep_attempt(self, id: &Id, attempt: Attempt) {
        self.send_to_writer(|| Request::Attempt(id.clone(), attempt.clone()));
        self.keep(|vault, _| vault.set_attempt(id, attempt));
    }

    /// Returns what has been played so far, as conditions see it.
    #[must_use]
    pub fn played(self, scene: &Scene) -> Played {
        Played {
            log: self.log.with(Clone::clone),
            rules: self.rules.get(),
            model: scene.model.clone(),
            loaded: None,
            failure: None,
        }
    }

    /// Takes over what a run has done to a copy of this registry.
    pub fn take_run(self, played: &Played) {
        let done = self.log.with_untracked(|log| log.step());
        let new = played.log.done().iter().filter(|entry| entry.step > done);
        for entry in new {
            if let Action::Do(command) = &entry.action {
                // It was accepted on the copy, so it is accepted here.
                let _ = self.act(command, FreeText::default());
            }
        }
    }
}
