//! Sandboxes: an owner below the page's that provides a small registry of its own, inside the lesson, an exercise or a link.
//! The same components work in it, and nothing of it touches the learner's own registry or is kept.

use std::hint::black_box;

use leptos::prelude::*;

use crate::browser::flip;
use crate::session::contexts::{Contexts, contexts};
use crate::session::dialogs::Dialogs;
use crate::session::preferences::Preferences;
use crate::session::registry_store::{Limits, RegistryStore};
use crate::session::saving::Saving;
use crate::session::selection::Selection;
use el::RwSignal;
use lesson::exercise::Task;
use lesson::pack::Scene;
use lesson::run::Played;
use registry::{Action, Command, ExerciseLimit, FreeText, Log, Registry, RuleSet};
use storage::WorkspaceSnapshot;

/// An owner that provides a registry kept in memory, with its dialogs, its selection and its announcements on screen. What
/// is spoken, the route and the learner are those around it. It lives as long as the owner that it was made under.
#[derive(Clone, Copy)]
pub struct Sandbox {
    owner: StoredValue<Owner>,
    pub store: RegistryStore,
}

impl Sandbox {
    /// Returns a sandbox on a scene.
    #[must_use]
    pub fn of_scene(scene: &'static Scene) -> Self {
        let played = Played::new(scene, None);
        Self::new(
            played.log,
            played.rules,
            Saving::MemoryOnly,
            None,
            Some(scene),
        )
    }

    /// Returns a sandbox on an exercise, in which only what the exercise permits can be done.
    #[must_use]
    pub fn of_exercise(task: &'static Task, log: Log) -> Self {
        // Whoever compiles this must not find out that there is no other: every sandbox would carry the code behind it.
        let permits: fn(&Task, &Registry, &Command) -> Result<(), ExerciseLimit> = Task::permits;
        let permits = black_box(permits);
        let limits = Limits { task, permits };
        Self::new(log, task.rules, Saving::MemoryOnly, Some(limits), None)
    }

    /// Returns a sandbox on a registry with its history, which can be changed.
    #[must_use]
    pub fn of_log(log: Log, rules: RuleSet) -> Self {
        Self::new(log, rules, Saving::MemoryOnly, None, None)
    }

    /// Returns a sandbox on somebody else's registry, in which nothing can be changed.
    #[must_use]
    pub fn of_shared(snapshot: &WorkspaceSnapshot) -> Self {
        let log = snapshot.log.clone();
        Self::new(log, snapshot.rules, Saving::ReadOnly, None, None)
    }

    fn new(
        log: Log,
        rules: RuleSet,
        saving: Saving,
        limits: Option<Limits>,
        scene: Option<&'static Scene>,
    ) -> Self {
        let owner = Owner::new();
        let store = owner.with(|| {
            let outside = contexts();
            let keeper = outside.store.keeper.in_memory(saving);
            let store = RegistryStore {
                log: RwSignal::new(log),
                rules: RwSignal::new(rules),
                snapshot: RwSignal::new(None),
                limits,
                scene,
                keeper,
                dialogs: Dialogs::default(),
                announcer: outside.store.announcer.shown_apart(),
            };
            provide_context(Contexts {
                store,
                selection: Selection::default(),
                preferences: Preferences {
                    keeper,
                    ..outside.preferences
                },
                ..outside
            });
            store
        });
        Self {
            owner: StoredValue::new(owner),
            store,
        }
    }

    /// Runs something inside: what it makes belongs to the sandbox, and finds its registry.
    pub fn with<T>(self, make: impl FnOnce() -> T) -> T {
        self.owner.get_value().with(make)
    }

    /// Puts another history in the place of what was done here.
    pub fn put(self, log: Log) {
        let places = flip::places();
        self.store.dialogs.refused.set(None);
        self.store.dialogs.open.set(None);
        self.store.snapshot.set(None);
        self.store.log.set(log);
        flip::from(places);
    }
}

impl RegistryStore {
    /// Puts the scene back to its start.
    pub fn start_over(self, scene: &Scene) {
        let played = Played::new(scene, None);
        self.dialogs.refused.set(None);
        self.dialogs.open.set(None);
        self.rules.set(played.rules);
        self.log.set(played.log);
    }

    /// Returns what has been played so far, as conditions see it.
    #[must_use]
    pub fn played(self, scene: &Scene) -> Played {
        Played {
            log: self.log.with(Clone::clone),
            rules: self.rules.get(),
            model: scene.model.clone(),
            loaded: None,
            printed: String::new(),
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
