//! The desk: the learner's registry with its history, opened when a page first needs it, and all that is done to it.
//!
//! Only the parts of the app that are fetched later use what is here, so that the first page carries neither the state
//! machine nor the journal. What the frame of the pages needs of it, it asks through [`Desk`].

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::{self, flip};
use crate::session::dialog::Dialog;
use crate::session::saving::Saving;
use crate::session::{Desk, Session, Snapshot};
use registry::{
    Command, Context, Entry, ExerciseLimit, FreeText, Log, Record, Refusal, RefusalKind, Registry,
    RuleSet, sample,
};
use storage::{Folded, StoreError};
use text::narrate;

impl Session {
    /// Opens the workspace, if it is not open yet; a first visit gets the sample.
    pub fn open_desk(self) {
        if self.is_desk_open() {
            return;
        }
        self.desk.set_value(Some(Desk {
            undo: Self::undo,
            redo: Self::redo,
            maintain: Self::maintain,
            save_again: Self::write_again,
            load: Self::load,
            make_room: Self::make_room,
        }));
        self.load();
    }

    /// Loads the workspace. The learner's own gets the sample where it was never used.
    pub fn load(self) {
        let now = browser::now();
        let workspace = self.workspace.get_untracked();
        let kept;
        if self.opened_workspace(&workspace) {
            // It is on its way.
            self.log.set(Log::default());
            return;
        }
        let loaded = self
            .vault
            .try_update_value(|vault| vault.load_or_sample(&workspace, now));
        let (log, rules) = match loaded.unwrap_or(Err(StoreError::NoWorkspace)) {
            Ok((loaded, sample)) => {
                if !loaded.notices.is_empty() {
                    self.notices
                        .update(|notices| notices.extend(loaded.notices));
                }
                kept = sample;
                (loaded.log, loaded.rules)
            }
            // Nothing can be read now; what is there is left alone, and the person is told.
            Err(why) => {
                kept = Err(why);
                (sample::sample(now).0, RuleSet::default())
            }
        };
        self.log.set(log);
        if self.rules.get_untracked() != rules {
            self.rules.set(rules);
        }
        self.show_saving(kept);
    }

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
        self.snapshot.with(Option::is_none) && !self.saving.with(Saving::is_read_only)
    }

    /// Holds that things can be changed.
    fn may_change(self) -> Result<(), Refusal> {
        if self.snapshot.with_untracked(Option::is_some) {
            return Err(RefusalKind::LookingBack.into());
        }
        if self.saving.with_untracked(Saving::is_read_only) {
            return Err(RefusalKind::ReadOnly.into());
        }
        Ok(())
    }

    /// Returns whether nothing of this registry can ever be changed here.
    #[must_use]
    pub fn is_read_only(self) -> bool {
        self.saving.with(Saving::is_read_only)
    }

    /// Opens a dialog.
    pub fn open_dialog(self, ask: Dialog) {
        if untrack(|| self.can_change()) {
            self.dialog.set(Some(ask));
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
        if let Some(limits) = self.limits {
            log.registry().decide(context.rules, context.at, command)?;
            (limits.permits)(limits.task, log.registry(), command)
                .map_err(RefusalKind::ExerciseLimit)?;
        }
        log.act(context, command)
    }

    /// Whether an earlier moment can be restored here.
    pub fn may_restore(self) -> Result<(), Refusal> {
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
        self.refused.set(None);
        let before = self.log_to_ask();
        let record = self
            .log
            .update_if(|log| {
                let record = change(log);
                (record.is_ok(), record)
            })
            .unwrap_or_else(|| Err(RefusalKind::NoSuchStep.into()))?;
        if !self.is_reader() {
            self.keep(|vault, workspace| vault.append(workspace, &record));
        }
        self.step_taken(before, &record);
        self.ask_to_persist();
        Ok(())
    }

    /// Makes room in a store that is full, as long as something waits for it and there is something to fold.
    fn make_room(self) {
        while self.saving.get_untracked() == Saving::NotSaved(StoreError::Full) && self.fold_some()
        {
            self.write(|vault, _| vault.flush());
        }
    }

    /// Folds about half of a history into its start, and says so: of the one that is open, or else of the longest other one.
    /// Tells whether there was anything to fold.
    pub fn fold_some(self) -> bool {
        let workspace = self.workspace.get_untracked();
        if self.is_desk_open() {
            let folded = self.log.with_untracked(|log| {
                self.vault
                    .try_update_value(|vault| vault.compact(&workspace, log))
            });
            let is_folded = matches!(folded, Some(Ok(Some(_))));
            self.take_over(folded);
            if is_folded {
                return true;
            }
        }
        let but = self.is_desk_open().then_some(&workspace);
        let folded = self
            .vault
            .try_update_value(|vault| vault.compact_another(but));
        let Some(Ok(Some((id, steps)))) = folded else {
            return false;
        };
        let steps = usize::try_from(steps).unwrap_or(usize::MAX);
        let name = self.workspace_name(&id);
        self.announce(self.text.workspaces().folded(steps, &name));
        self.opened_workspace(&id);
        true
    }

    /// Takes over the shorter history that tidying has left, and says what was folded away.
    fn take_over(self, folded: Option<Result<Option<Folded>, StoreError>>) {
        // What could not be tidied now is tried again next time; nothing is lost by it.
        if let Some(Ok(Some(folded))) = folded {
            self.log.set(folded.log);
            self.say_folded(folded.steps);
            // The other tabs ask how it stands, and say so too.
            self.opened_workspace(&self.workspace.get_untracked());
        }
    }

    /// Says how many steps were folded into the start of the history.
    pub fn say_folded(self, steps: u64) {
        let steps = usize::try_from(steps).unwrap_or(usize::MAX);
        self.announce(self.text.shell().folded(steps));
    }

    /// Tries once more to write what could not be written.
    fn write_again(self) {
        if self.is_reader() {
            return self.ask_again();
        }
        self.keep(|vault, _| vault.flush());
    }

    /// Tidies the saved data; called when nothing else is to be done. Steps that were folded away are told.
    fn maintain(self) {
        if self.is_reader() || untrack(|| !self.can_change()) {
            return;
        }
        let workspace = self.workspace.get_untracked();
        let folded = self.log.with_untracked(|log| {
            self.vault
                .try_update_value(|vault| vault.maintain(&workspace, log))
        });
        self.take_over(folded);
    }

    /// Takes the last step back.
    pub fn undo(self) {
        let what = self.log.with_untracked(|log| {
            log.can_undo()
                .map(|entry| narrate::narrate(self.text, entry))
        });
        let done = what.and_then(|what| self.change(Log::undo).map(|()| what));
        match done {
            Ok(what) => self.announce(self.text.history().undone(&what)),
            Err(refusal) => self.refused.set(Some(refusal)),
        }
    }

    /// Does the step again that was taken back last.
    pub fn redo(self) {
        match self.change(Log::redo) {
            Ok(()) => {
                let what = self.last_sentence();
                self.announce(self.text.history().redone(&what));
            }
            Err(refusal) => self.refused.set(Some(refusal)),
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
            Err(refusal) => self.refused.set(Some(refusal)),
        }
    }

    /// Shows the present again.
    pub fn back_to_now(self) {
        let places = flip::places();
        self.snapshot.set(None);
        self.refused.set(None);
        flip::from(places);
    }

    /// Puts the registry back to how it was after a step.
    pub fn restore(self, step: u64) {
        self.snapshot.set(None);
        let context = self.context();
        let restored = self
            .may_restore()
            .and_then(|()| self.change(|log| log.restore(&context, step)));
        match restored {
            Ok(()) if step == 0 => self.announce(self.text.history().restored_start.to_owned()),
            Ok(()) => self.announce(self.text.history().restored(&step)),
            Err(refusal) => self.refused.set(Some(refusal)),
        }
    }

    fn last_sentence(self) -> String {
        self.log.with_untracked(|log| {
            log.done().last().map_or_else(String::new, |entry: &Entry| {
                narrate::narrate(self.text, entry)
            })
        })
    }

    pub fn say_last(self) {
        self.announce(self.last_sentence());
    }

    /// Shows what was done since a step, where a screen reader is told of it in other words. Where nothing was done, what
    /// was said before stays; where something was taken back, it holds no more.
    pub fn show_since(self, step: u64) {
        let now = self.log.with_untracked(Log::step);
        if now > step {
            self.show(&self.last_sentence());
        } else if now < step {
            self.show("");
        }
    }
}
