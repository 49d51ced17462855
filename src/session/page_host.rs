//! The page's registry as the console sees it: what is typed goes through the same door as what is pressed.

use leptos::prelude::*;

use crate::browser;
use crate::session::registry_store::RegistryStore;
use crate::session::router::Router;
use console::RegistryHost;
use registry::{
    Command, ExerciseLimit, Log, ModelName, Refusal, RefusalKind, Registry, RuleSet, sample,
};
use share::route::Route;

/// A page's registry.
#[derive(Clone)]
pub struct PageHost {
    store: RegistryStore,
    router: Router,
    /// The model that the page is about, where the address does not say it.
    model: Option<ModelName>,
}

impl PageHost {
    /// Returns a registry as the console sees it. Without a model, it is that of the address.
    pub const fn new(store: RegistryStore, router: Router, model: Option<ModelName>) -> Self {
        Self {
            store,
            router,
            model,
        }
    }
}

impl RegistryHost for PageHost {
    fn with_log(&self, read: &mut dyn FnMut(&Log)) {
        self.store.log.with_untracked(|log| read(log));
    }

    fn rules(&self) -> RuleSet {
        self.store.rules.get_untracked()
    }

    fn act(&mut self, command: &Command) -> Result<(), Refusal> {
        let context = self.store.context();
        self.store
            .change_quietly(|log| self.store.carry_out(log, &context, command))
    }

    fn undo(&mut self) -> Result<(), Refusal> {
        self.store.change_quietly(Log::undo)
    }

    fn redo(&mut self) -> Result<(), Refusal> {
        self.store.change_quietly(Log::redo)
    }

    fn restore(&mut self, step: u64) -> Result<(), Refusal> {
        self.store.may_restore()?;
        let context = self.store.context();
        self.store.change_quietly(|log| log.restore(&context, step))
    }

    fn set_rules(&mut self, rules: RuleSet) -> Result<(), Refusal> {
        if self.store.limits.is_some() && rules != self.rules() {
            return Err(RefusalKind::ExerciseLimit(ExerciseLimit::Rules).into());
        }
        self.store.set_rules(rules);
        Ok(())
    }

    fn app_model(&self) -> Option<ModelName> {
        self.model.clone().or_else(|| {
            self.router.route.with_untracked(|route| match route {
                Route::Model(name) => Some(name.clone()),
                _ => None,
            })
        })
    }

    fn sample(&self) -> Registry {
        untrack(|| sample::sample(browser::now()).0.registry().clone())
    }
}
