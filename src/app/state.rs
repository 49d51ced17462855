//! The session: one log, what keeps it, and what is on screen because of it.
//!
//! Components get a [`Session`], a handle that is cheap to copy. They read the registry through [`Session::read`] and
//! change it through [`Session::act`], [`Session::undo`], [`Session::redo`] and [`Session::restore`]; there is no other
//! way. Nothing here clones the registry: that would make every action cost as much as the registry is large.

use std::sync::Arc;

use leptos::prelude::*;

use super::dom::Live;
use super::parts::Parts;
use super::{browser, travel};
use crate::registry::{
    Command, Context, Entry, FreeText, Log, ModelName, Record, Refusal, Registry, Replacement,
    RuleSet, Stage, VersionNumber, sample,
};
use crate::route::Route;
use crate::storage::{BrowserStore, Folded, Mode, Notice, StoreError, Theme, Vault, WorkspaceId};
use crate::text::{Text, fill, narrate};

/// Something that a dialog is open for.
#[derive(Clone, PartialEq, Debug)]
pub enum Ask {
    /// Move a version to another stage.
    Move {
        /// The model.
        name: ModelName,
        /// The version.
        version: VersionNumber,
        /// Where to.
        to: Stage,
    },
    /// Register a model.
    CreateModel,
    /// Rename a model.
    RenameModel(ModelName),
    /// Change a model's description.
    DescribeModel(ModelName),
    /// Delete a model.
    DeleteModel(ModelName),
    /// Add a version to a model.
    AddVersion(ModelName),
    /// Change a version's description.
    DescribeVersion(ModelName, VersionNumber),
    /// Delete a version.
    DeleteVersion(ModelName, VersionNumber),
    /// Set an alias, perhaps to a certain version.
    SetAlias(ModelName, Option<VersionNumber>),
    /// Set a tag of a model, or of a version of it.
    AddTag(ModelName, Option<VersionNumber>),
    /// Set a metric of a version.
    AddMetric(ModelName, VersionNumber),
    /// Replace the whole registry.
    Replace(Replacement),
}

/// Whether what was done is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Saving {
    /// All of it.
    Saved,
    /// The store refused the last write.
    NotSaved(StoreError),
    /// There is no store; everything is forgotten when the page closes.
    MemoryOnly,
    /// The data belongs to a newer version of the app.
    ReadOnly,
}

/// An earlier moment that is being looked at.
#[derive(Clone)]
pub struct Moment {
    /// The step after which the registry was so.
    pub step: u64,
    /// The registry as it was.
    pub registry: Arc<Registry>,
}

/// The sentence that says what just changed. The count makes the same sentence new when it is said again.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// How many sentences were said before.
    pub count: u32,
    /// The sentence.
    pub sentence: String,
}

/// The handle that components get.
#[derive(Clone, Copy)]
pub struct Session {
    /// The texts in the person's language.
    pub text: &'static Text,
    log: Live<Log>,
    vault: StoredValue<Vault, LocalStorage>,
    workspace: StoredValue<WorkspaceId>,
    /// The rule set in force.
    pub rules: Live<RuleSet>,
    /// The theme.
    pub theme: Live<Theme>,
    /// Whether what was done is kept.
    pub saving: Live<Saving>,
    /// What has to be said about the saved data.
    pub notices: Live<Vec<Notice>>,
    /// The page.
    pub route: Live<Route>,
    /// What a dialog is open for.
    pub ask: Live<Option<Ask>>,
    /// What just changed.
    pub said: Live<Said>,
    /// A refusal outside of any dialog, such as of an undo.
    pub refused: Live<Option<Refusal>>,
    /// The earlier moment that is being looked at.
    pub moment: Live<Option<Moment>>,
    /// The parts of the app that are fetched later.
    pub parts: Parts,
    /// The version whose details are shown.
    pub selected: Live<Option<VersionNumber>>,
}

impl Session {
    /// Opens what the browser has kept; a first visit gets the sample.
    #[must_use]
    pub fn open(text: &'static Text) -> Self {
        let now = browser::now();
        let prefix = format!("model-stages:{}:", browser::folder());
        let (mut vault, mut notices) = match BrowserStore::open(&prefix) {
            Ok(store) => Vault::open(store, &prefix),
            Err(why) => Vault::in_memory(why),
        };
        let workspace = vault.current();
        let mut kept = Ok(());
        let (log, rules) = match vault.load(&workspace) {
            Ok(loaded) => {
                notices.extend(loaded.notices);
                if loaded.untouched {
                    let (log, records) = sample::sample(now);
                    kept = vault.append_all(&workspace, &records);
                    (log, loaded.rules)
                } else {
                    (loaded.log, loaded.rules)
                }
            }
            // Nothing can be read now; what is there is left alone, and the person is told.
            Err(why) => {
                kept = Err(why);
                (sample::sample(now).0, RuleSet::default())
            }
        };
        let session = Self {
            text,
            log: Live::new(log),
            rules: Live::new(rules),
            theme: Live::new(vault.theme()),
            saving: Live::new(Saving::Saved),
            notices: Live::new(notices),
            route: Live::new(Route::parse(&browser::hash())),
            ask: Live::new(None),
            said: Live::new(Said::default()),
            refused: Live::new(None),
            moment: Live::new(None),
            parts: Parts::awaited(),
            selected: Live::new(None),
            workspace: StoredValue::new(workspace),
            vault: StoredValue::new_local(vault),
        };
        session.show_saving(kept);
        session
    }

    /// Asks the registry that is on screen: the one of the moment looked at, or the present one.
    pub fn read<T>(self, ask: impl FnOnce(&Registry) -> T) -> T {
        self.moment.with(|moment| match moment {
            Some(moment) => ask(&moment.registry),
            None => self.log.with(|log| ask(log.registry())),
        })
    }

    /// Asks the history.
    pub fn history<T>(self, ask: impl FnOnce(&Log) -> T) -> T {
        self.log.with(ask)
    }

    /// Whether things can be changed: not while an earlier moment is looked at, and not in data of a newer app.
    #[must_use]
    pub fn can_change(self) -> bool {
        self.moment.with(Option::is_none) && self.saving.get() != Saving::ReadOnly
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
        self.change(|log| log.act(&context, command))?;
        self.say_last();
        Ok(())
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

    /// When, and under which rules, something would be done now.
    #[must_use]
    pub fn context(self) -> Context {
        Context::new(browser::now(), self.rules.get_untracked())
    }

    fn change(
        self,
        change: impl FnOnce(&mut Log) -> Result<Record, Refusal>,
    ) -> Result<(), Refusal> {
        if !untrack(|| self.can_change()) {
            return Ok(());
        }
        self.refused.set(None);
        let places = travel::places();
        let record = self
            .log
            .update_if(|log| {
                let record = change(log);
                (record.is_ok(), record)
            })
            .unwrap_or_else(|| Err(crate::registry::RefusalKind::NoSuchStep.into()))?;
        travel::from(places);
        self.keep(|vault, workspace| vault.append(workspace, &record));
        if self.saving.get_untracked() == Saving::NotSaved(StoreError::Full) {
            self.make_room();
        }
        Ok(())
    }

    fn keep(self, write: impl FnOnce(&mut Vault, &WorkspaceId) -> Result<(), StoreError>) {
        let workspace = self.workspace.get_value();
        let kept = self
            .vault
            .try_update_value(|vault| write(vault, &workspace))
            .unwrap_or(Ok(()));
        self.show_saving(kept);
    }

    fn show_saving(self, kept: Result<(), StoreError>) {
        let saving = self.vault.with_value(|vault| match (vault.mode(), kept) {
            (Mode::MemoryOnly, _) => Saving::MemoryOnly,
            (Mode::ReadOnlyNewer, _) => Saving::ReadOnly,
            (Mode::Kept, Err(error)) => Saving::NotSaved(error),
            (Mode::Kept, Ok(())) if vault.is_saved() => Saving::Saved,
            (Mode::Kept, Ok(())) => Saving::NotSaved(StoreError::Full),
        });
        if self.saving.get_untracked() != saving {
            self.saving.set(saving);
        }
    }

    /// Folds the oldest steps into the start of the history, so that the newest can be kept, and says so.
    fn make_room(self) {
        let workspace = self.workspace.get_value();
        let folded = self.log.with_untracked(|log| {
            self.vault
                .try_update_value(|vault| vault.compact(&workspace, log))
        });
        self.take_over(folded);
        self.keep(|vault, _| vault.flush());
    }

    /// Takes over the shorter history that tidying has left, and says what was folded away.
    fn take_over(self, folded: Option<Result<Option<Folded>, StoreError>>) {
        // What could not be tidied now is tried again next time; nothing is lost by it.
        if let Some(Ok(Some(folded))) = folded {
            self.log.set(folded.log);
            let steps = usize::try_from(folded.steps).unwrap_or(usize::MAX);
            self.say(self.text.shell.folded.of(steps));
        }
    }

    /// Tries once more to write what could not be written.
    pub fn save_again(self) {
        self.keep(|vault, _| vault.flush());
    }

    /// Tidies the saved data; called when nothing else is to be done. Steps that were folded away are told.
    pub fn maintain(self) {
        if untrack(|| !self.can_change()) {
            return;
        }
        let workspace = self.workspace.get_value();
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
            Ok(what) => self.say(fill(self.text.history.undone, &[("what", &what)])),
            Err(refusal) => self.refused.set(Some(refusal)),
        }
    }

    /// Does the step again that was taken back last.
    pub fn redo(self) {
        match self.change(Log::redo) {
            Ok(()) => {
                let what = self.last_sentence();
                self.say(fill(self.text.history.redone, &[("what", &what)]));
            }
            Err(refusal) => self.refused.set(Some(refusal)),
        }
    }

    /// Shows the registry as it was after a step.
    pub fn look_at(self, step: u64) {
        match self.log.with_untracked(|log| log.as_of(step)) {
            Ok(registry) => {
                let places = travel::places();
                self.moment.set(Some(Moment {
                    step,
                    registry: Arc::new(registry),
                }));
                travel::from(places);
            }
            Err(refusal) => self.refused.set(Some(refusal)),
        }
    }

    /// Shows the present again.
    pub fn back_to_now(self) {
        let places = travel::places();
        self.moment.set(None);
        travel::from(places);
    }

    /// Puts the registry back to how it was after a step.
    pub fn restore(self, step: u64) {
        self.moment.set(None);
        let context = self.context();
        match self.change(|log| log.restore(&context, step)) {
            Ok(()) => self.say(fill(self.text.history.restored, &[("step", &step)])),
            Err(refusal) => self.refused.set(Some(refusal)),
        }
    }

    /// Changes the rule set in force.
    pub fn set_rules(self, rules: RuleSet) {
        self.rules.set(rules);
        self.keep(|vault, workspace| vault.set_rules(workspace, rules));
        let texts = &self.text.shell;
        self.say(
            match rules {
                RuleSet::Guided => texts.rules_now_guided,
                RuleSet::Mlflow => texts.rules_now_mlflow,
            }
            .to_owned(),
        );
    }

    /// Changes the theme.
    pub fn set_theme(self, theme: Theme) {
        self.theme.set(theme);
        self.keep(|vault, _| vault.set_theme(theme));
    }

    /// The raw text of a value that was set aside.
    #[must_use]
    pub fn set_aside(self, key: &str) -> Option<String> {
        self.vault.with_value(|vault| vault.raw(key).ok().flatten())
    }

    /// Opens a dialog.
    pub fn open_dialog(self, ask: Ask) {
        if untrack(|| self.can_change()) {
            self.ask.set(Some(ask));
        }
    }

    /// Says what changed, on screen and to a screen reader.
    pub fn say(self, sentence: String) {
        self.said.update(|said| {
            said.count = said.count.wrapping_add(1);
            said.sentence = sentence;
        });
    }

    fn last_sentence(self) -> String {
        self.log.with_untracked(|log| {
            log.done().last().map_or_else(String::new, |entry: &Entry| {
                narrate::narrate(self.text, entry)
            })
        })
    }

    fn say_last(self) {
        self.say(self.last_sentence());
    }
}
