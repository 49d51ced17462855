//! The page's registry as the console sees it: what is typed goes through the same door as what is pressed.

use leptos::prelude::*;

use crate::browser;
use crate::session::Session;
use console::RegistryHost;
use console::secret::has_secret;
use registry::{
    Command, ExerciseLimit, Log, ModelName, Refusal, RefusalKind, Registry, RuleSet, sample,
};
use share::route::Route;
use storage::tabs::ConsoleChange;

/// A page's registry.
#[derive(Clone)]
pub struct PageWorld {
    session: Session,
    /// The model that the page is about, where the address does not say it.
    model: Option<ModelName>,
}

impl PageWorld {
    /// Returns the registry of a session. Without a model, it is that of the address.
    pub const fn new(session: Session, model: Option<ModelName>) -> Self {
        Self { session, model }
    }
}

impl RegistryHost for PageWorld {
    fn look(&self, read: &mut dyn FnMut(&Log)) {
        self.session.log.with_untracked(|log| read(log));
    }

    fn rules(&self) -> RuleSet {
        self.session.rules.get_untracked()
    }

    fn act(&mut self, command: &Command) -> Result<(), Refusal> {
        let context = self.session.context();
        self.session
            .change_quietly(|log| self.session.carry_out(log, &context, command))
    }

    fn undo(&mut self) -> Result<(), Refusal> {
        self.session.change_quietly(Log::undo)
    }

    fn redo(&mut self) -> Result<(), Refusal> {
        self.session.change_quietly(Log::redo)
    }

    fn restore(&mut self, step: u64) -> Result<(), Refusal> {
        self.session.may_restore()?;
        let context = self.session.context();
        self.session
            .change_quietly(|log| log.restore(&context, step))
    }

    fn set_rules(&mut self, rules: RuleSet) -> Result<(), Refusal> {
        if self.session.limits.is_some() && rules != self.rules() {
            return Err(RefusalKind::ExerciseLimit(ExerciseLimit::Rules).into());
        }
        self.session.set_rules(rules);
        Ok(())
    }

    fn app_model(&self) -> Option<ModelName> {
        self.model.clone().or_else(|| {
            self.session.route.with_untracked(|route| match route {
                Route::Model(name) => Some(name.clone()),
                _ => None,
            })
        })
    }

    fn sample(&self) -> Registry {
        untrack(|| sample::sample(browser::now()).0.registry().clone())
    }
}

impl Session {
    /// Returns what was typed before and has this in it, oldest first; all of it, where this is empty.
    #[must_use]
    pub fn typed_before(self, wanted: &str) -> Vec<String> {
        let wanted = wanted.trim();
        self.vault.with_value(|vault| {
            let lines = vault.console().lines().iter();
            lines
                .filter(|line| line.contains(wanted))
                .cloned()
                .collect()
        })
    }

    /// Remembers what was typed, and returns whether it did: what seems to have a password in it is not kept.
    pub fn remember_typed(self, text: &str) -> bool {
        let is_kept = !has_secret(text);
        if is_kept {
            self.change_console(ConsoleChange::Typed(text.to_owned()));
        }
        is_kept
    }

    /// Remembers the address of the server in the code.
    pub fn keep_base(self) {
        let base = self.base.get_untracked();
        self.change_console(ConsoleChange::Base(base));
    }

    /// Puts a text on the clipboard, and says whether that worked.
    pub fn copy(self, text: String) {
        let texts = self.text.drawer();
        browser::copy(text, move |copied| {
            if copied {
                self.announce(texts.copied.to_owned());
            } else {
                self.announce_failure(texts.not_copied.to_owned());
            }
        });
    }
}
