//! The state of the page, in contexts: each is cheap to copy, named for what it holds, and taken at the top of a component
//! by a function of [`contexts`], such as [`contexts::use_registry`].
//!
//! There is no owner in a listener or after an `await`: what these need is taken before. A context that is missing is a
//! mistake in the code, never in what a person did: the app ends, and `boot.js` offers what was saved and begins anew.
//!
//! A [`sandbox::Sandbox`] provides a registry of its own to what is inside it.

mod announcer;
pub mod chunk;
mod contexts;
mod dialogs;
mod keeper;
pub mod lazy;
mod learner;
pub mod page_host;
mod preferences;
pub mod registry_hooks;
mod registry_store;
mod router;
mod sandbox;
pub mod saving;
mod selection;
pub mod tabs;
mod transfer;
mod workspaces;

pub use announcer::Announcer;
pub use contexts::{
    use_announcer, use_chunks, use_dialogs, use_keeper, use_language, use_learner, use_preferences,
    use_registry, use_router, use_selection,
};
pub use dialogs::{DataDialog, Dialog, Dialogs};
pub use keeper::Keeper;
pub use learner::Learner;
pub use preferences::Preferences;
pub use registry_store::RegistryStore;
pub use router::Router;
pub use sandbox::Sandbox;
pub use selection::{Mark, Selection};
pub use transfer::{Before, Transfer, use_transfer};
pub use workspaces::{Workspaces, use_workspaces};

use leptos::prelude::*;

use crate::session::chunk::{Chunk, Chunks};
use crate::session::contexts::{Contexts, contexts};
use crate::session::keeper::Storing;
use crate::session::lazy::Entered;
use el::RwSignal;
use registry::{Log, RuleSet};
use text::Language;

/// Provides every context of the page, with nothing in it yet. `late` is the chunk of the page that was waited for in vain;
/// `make_room` makes room in a store that is full.
pub fn provide(language: Language, late: Option<Chunk>, make_room: fn(Keeper)) {
    let keeper = Keeper::empty(make_room);
    let store = RegistryStore {
        log: RwSignal::new(Log::default()),
        rules: RwSignal::new(RuleSet::default()),
        snapshot: RwSignal::new(None),
        limits: None,
        keeper,
        dialogs: Dialogs::default(),
        announcer: Announcer::new(language),
    };
    provide_context(Contexts {
        store,
        selection: Selection::default(),
        preferences: Preferences::new(keeper),
        router: Router::here(),
        chunks: Chunks::awaited(late),
        learner: Learner::new(keeper),
    });
}

/// Opens what the browser has kept, but for the registry itself, and puts it into the contexts.
fn take_in(entered: Entered) {
    let Contexts {
        store,
        preferences,
        learner,
        ..
    } = contexts();
    let keeper = store.keeper;
    keeper.open(entered, Storing::new());
    let rules = keeper.with_vault(|vault| {
        vault
            .workspace(&vault.current())
            .map_or_else(RuleSet::default, |workspace| workspace.rules)
    });
    store.rules.set(rules);
    preferences.take_in();
    learner.take_in();
    keeper.begin();
    keeper.is_ready.set(true);
}
