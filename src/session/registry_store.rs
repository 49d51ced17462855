//! A registry with its history, and all that is done to it.
//!
//! Only the chunks of the app use what is here, so that the first page carries neither the state machine nor the journal.
//! Nothing clones the registry: that would make every action cost as much as the registry is large.

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::{self, flip};
use crate::session::announcer::Announcer;
use crate::session::dialogs::{Dialog, Dialogs};
use crate::session::frame::{self, Happened};
use crate::session::keeper::Keeper;
use crate::session::saving::Saving;
use el::RwSignal;
use lesson::exercise::{Allowed, Task};
use lesson::pack::Scene;
use registry::{
    Command, Context, Entry, ExerciseLimit, FreeText, Log, Record, Refusal, RefusalKind, Registry,
    RuleSet,
};
use storage::WorkspaceId;
use storage::tabs::Request;
use text::{Language, narrate};

/// An earlier state of the registry that is being looked at.
#[derive(Clone)]
pub struct Snapshot {
    /// The step after which the registry was so.
    pub step: u64,
    /// The registry as it was.
    pub registry: Arc<Registry>,
}

/// What may be done in an exercise. The pointer keeps the code behind it in the part of the exercises.
#[derive(Clone, Copy)]
pub struct Limits {
    /// The exercise.
    pub task: &'static Task,
    /// Asked of what the registry would do.
    pub permits: fn(&Task, &Registry, &Command) -> Result<(), ExerciseLimit>,
}

impl Limits {
    /// Returns what the exercise allows, of which `of` picks a part.
    pub fn allowed(self, of: impl Fn(&Allowed) -> Vec<String>) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for one in self.task.allow.iter().flat_map(of) {
            if !found.contains(&one) {
                found.push(one);
            }
        }
        found
    }

    /// Returns whether versions can be moved at all.
    #[must_use]
    pub fn has_moves(self) -> bool {
        let is_move = |allowed: &Allowed| matches!(allowed, Allowed::Transition);
        self.task.allow.iter().any(is_move)
    }
}

/// The registry of the page, or of a sandbox: read by [`RegistryStore::read`], changed by [`RegistryStore::act`],
/// [`RegistryStore::undo`], [`RegistryStore::redo`] and [`RegistryStore::restore`].
#[derive(Clone, Copy)]
pub struct RegistryStore {
    /// The registry with its history; empty until it is open.
    pub log: RwSignal<Log>,
    /// The rule set in force.
    pub rules: RwSignal<RuleSet>,
    /// The earlier state that is being looked at.
    pub snapshot: RwSignal<Option<Snapshot>>,
    /// What may be done; everything, where this says nothing.
    pub limits: Option<Limits>,
    /// The scene that it began with, where it is one.
    pub scene: Option<&'static Scene>,
    pub keeper: Keeper,
    pub dialogs: Dialogs,
    pub announcer: Announcer,
}

impl RegistryStore {
    /// Asks the registry that is on screen: the one of the moment looked at, or the present one.
    pub fn read<T>(self, ask: impl FnOnce(&Registry) -> T) -> T {
        self.snapshot.with(|snapshot| match snapshot {
            Some(snapshot) => ask(&snapshot.registry),
            None => self.log.with(|log| ask(log.registry())),
        })
    }

    /// Asks the history.
    pub fn history<T>(self, ask: impl FnOnce(&Log) -> T) -> T {
        self.log.with(ask)
    }

    /// Returns whether things can be changed: not while an earlier moment is looked at, and not in data of a newer app.
    #[must_use]
    pub fn can_change(self) -> bool {
        self.snapshot.with(Option::is_none) && !self.keeper.is_read_only()
    }

    /// Holds that things can be changed.
    fn may_change(self) -> Result<(), Refusal> {
        if self.snapshot.with_untracked(Option::is_some) {
            return Err(RefusalKind::LookingBack.into());
        }
        if self.keeper.saving.with_untracked(Saving::is_read_only) {
            return Err(RefusalKind::ReadOnly.into());
        }
        Ok(())
    }

    /// Opens a dialog.
    pub fn open_dialog(self, ask: Dialog) {
        if untrack(|| self.can_change()) {
            self.dialogs.open.set(Some(ask));
        }
    }

    /// Carries a command out, keeps it, and says what changed.
    ///
    /// # Errors
    /// The refusal, for the place where the action was.
    pub fn act(self, command: &Command, comment: FreeText) -> Result<(), Refusal> {
        let context = Context {
            comment,
            ..self.context()
        };
        self.change(|log| self.carry_out(log, &context, command))?;
        self.say_last();
        Ok(())
    }

    /// Carries a command out, if it is part of what is being done here. What the registry refuses, it refuses first: that
    /// says more.
    pub fn carry_out(
        self,
        log: &mut Log,
        context: &Context,
        command: &Command,
    ) -> Result<Record, Refusal> {
        if self.limits.is_some() {
            self.accepts(log.registry(), context, command)?;
        }
        log.act(context, command)
    }

    /// Whether a command would be carried out now, by the rules in force and by what may be done here.
    pub fn check(self, command: &Command) -> Result<(), Refusal> {
        self.rules.track();
        self.read(|registry| self.accepts(registry, &self.context(), command))
    }

    fn accepts(
        self,
        registry: &Registry,
        context: &Context,
        command: &Command,
    ) -> Result<(), Refusal> {
        registry.decide(context.rules, context.at, command)?;
        self.limits.map_or(Ok(()), |limits| {
            (limits.permits)(limits.task, registry, command)
                .map_err(|limit| RefusalKind::ExerciseLimit(limit).into())
        })
    }

    /// Whether an earlier moment can be restored here.
    pub(super) fn may_restore(self) -> Result<(), Refusal> {
        match self.limits {
            Some(_) => Err(RefusalKind::ExerciseLimit(ExerciseLimit::Restore).into()),
            None => Ok(()),
        }
    }

    /// Carries several commands out, one after the other, until one is refused.
    ///
    /// # Errors
    /// The refusal; what came before it is done.
    pub fn act_all(self, commands: &[Command], comment: &FreeText) -> Result<(), Refusal> {
        commands
            .iter()
            .try_for_each(|command| self.act(command, comment.clone()))
    }

    /// Returns when, and under which rules, something would be done now.
    #[must_use]
    pub fn context(self) -> Context {
        Context::new(browser::now(), self.rules.get_untracked())
    }

    fn change(
        self,
        change: impl FnOnce(&mut Log) -> Result<Record, Refusal>,
    ) -> Result<(), Refusal> {
        let places = flip::places();
        self.change_quietly(change)?;
        flip::from(places);
        Ok(())
    }

    /// Changes the registry and keeps it, but lets no card travel and says nothing: whoever changes several things at
    /// once does that at the end.
    pub fn change_quietly(
        self,
        change: impl FnOnce(&mut Log) -> Result<Record, Refusal>,
    ) -> Result<(), Refusal> {
        self.may_change()?;
        self.dialogs.refused.set(None);
        let steps = self.keeper.steps();
        let before = steps.and_then(|steps| (steps.log_to_ask)(self.keeper, self.log));
        let record = self
            .log
            .update_if(|log| {
                let record = change(log);
                (record.is_ok(), record)
            })
            .unwrap_or_else(|| Err(RefusalKind::NoSuchStep.into()))
            .inspect_err(|refusal| frame::tell(Happened::Refused(refusal.clone())))?;
        if let Some(steps) = steps {
            (steps.taken)(self.keeper, self.log, before, &record);
        }
        Ok(())
    }

    /// Takes the last step back.
    pub fn undo(self) {
        let what = self.log.with_untracked(|log| {
            log.can_undo()
                .map(|entry| narrate::narrate(self.announcer.language, entry))
        });
        let done = what.and_then(|what| self.change(Log::undo).map(|()| what));
        let texts = self.announcer.language.history();
        match done {
            Ok(what) => self.announcer.announce(texts.undone(&what)),
            Err(refusal) => self.dialogs.refused.set(Some(refusal)),
        }
    }

    /// Does the step again that was taken back last.
    pub fn redo(self) {
        match self.change(Log::redo) {
            Ok(()) => {
                let what = self.last_sentence(|text, entry, _| narrate::narrate(text, entry));
                let said = self.announcer.language.history().redone(&what);
                let step = self.log.with_untracked(Log::step);
                self.announcer.announce_step(&said, step);
            }
            Err(refusal) => self.dialogs.refused.set(Some(refusal)),
        }
    }

    /// Shows the registry as it was after a step.
    pub fn look_at(self, step: u64) {
        match self.log.with_untracked(|log| log.as_of(step)) {
            Ok(registry) => {
                let places = flip::places();
                self.snapshot.set(Some(Snapshot {
                    step,
                    registry: Arc::new(registry),
                }));
                flip::from(places);
            }
            Err(refusal) => self.dialogs.refused.set(Some(refusal)),
        }
    }

    /// Shows the present again.
    pub fn back_to_now(self) {
        let places = flip::places();
        self.snapshot.set(None);
        self.dialogs.refused.set(None);
        flip::from(places);
    }

    /// Puts the registry back to how it was after a step.
    pub fn restore(self, step: u64) {
        self.snapshot.set(None);
        let context = self.context();
        let restored = self
            .may_restore()
            .and_then(|()| self.change(|log| log.restore(&context, step)));
        let texts = self.announcer.language.history();
        match restored {
            Ok(()) if step == 0 => self.announcer.announce(texts.restored_start.to_owned()),
            Ok(()) => self.announcer.announce(texts.restored(&step)),
            Err(refusal) => self.dialogs.refused.set(Some(refusal)),
        }
    }

    /// Changes the rule set in force.
    pub fn set_rules(self, rules: RuleSet) {
        self.rules.set(rules);
        self.keeper
            .keep(|vault, workspace| vault.set_rules(workspace, rules));
        self.keeper
            .send_to_writer(|| Request::Rules(self.keeper.workspace.get_untracked(), rules));
        let texts = self.announcer.language.shell();
        self.announcer.announce(
            match rules {
                RuleSet::Guided => texts.rules_now_guided,
                RuleSet::Mlflow => texts.rules_now_mlflow,
            }
            .to_owned(),
        );
    }

    /// Says how many steps were folded into the start of the history.
    pub(super) fn say_folded(self, steps: u64) {
        let steps = usize::try_from(steps).unwrap_or(usize::MAX);
        self.announcer
            .announce(self.announcer.language.shell().folded(steps));
    }

    /// Returns what a workspace is called.
    pub(super) fn workspace_name(self, id: &WorkspaceId) -> String {
        let known = self.keeper.with_vault(|vault| vault.workspace(id));
        known
            .map(|workspace| workspace.name.to_string())
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| self.announcer.language.workspaces().own.to_owned())
    }

    fn last_sentence(self, words: fn(Language, &Entry, &Registry) -> String) -> String {
        self.log.with_untracked(|log| {
            let last = log.done().last();
            last.map_or_else(String::new, |entry| {
                words(self.announcer.language, entry, log.registry())
            })
        })
    }

    pub(super) fn say_last(self) {
        let step = self.log.with_untracked(Log::step);
        self.announcer
            .announce_step(&self.last_sentence(narrate::outcome), step);
    }

    /// Shows what was done since a step, where a screen reader is told of it in other words. Where nothing was done, what
    /// was said before stays; where something was taken back, it holds no more.
    pub fn show_since(self, step: u64) {
        let now = self.log.with_untracked(Log::step);
        if now > step {
            self.announcer
                .show(&self.last_sentence(narrate::outcome), Some(now));
        } else if now < step {
            self.announcer.show("", None);
        }
    }
}
