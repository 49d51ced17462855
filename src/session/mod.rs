//! The state of the page, in contexts: each is cheap to copy, named for what it holds, and taken at the top of a component
//! by a function of its file, such as [`registry_store::use_registry`].
//!
//! There is no owner in a listener or after an `await`: what these need is taken before. A context that is missing is a
//! mistake in the code, never in what a person did: Leptos ends the app with its name, and `boot.js` begins anew.
//!
//! A [`sandbox::Sandbox`] provides a registry of its own to what is inside it.

mod announcer;
pub mod chunk;
pub mod console_world;
mod dialogs;
mod keeper;
mod language;
mod learner;
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

pub use announcer::{Announcer, use_announcer};
pub use dialogs::{DataDialog, Dialog, Dialogs, use_dialogs};
pub use keeper::{Keeper, use_keeper};
pub use language::use_language;
pub use learner::{Learner, use_learner};
pub use preferences::{Preferences, use_preferences};
pub use registry_store::{RegistryStore, use_registry};
pub use router::{Router, use_router};
pub use sandbox::Sandbox;
pub use selection::{Mark, Selection, use_selection};
pub use transfer::{Before, Transfer, use_transfer};
pub use workspaces::{Workspaces, use_workspaces};

use std::rc::Rc;

use leptos::prelude::*;

use crate::session::chunk::{Chunk, Chunks};
use crate::session::tabs::connection::Tabs;
use el::RwSignal;
use registry::{Log, RuleSet};
use storage::StoreError;
use text::Language;

/// Opens what the browser has kept, but for the registry itself, and provides every context of the page. `late` is the chunk
/// of the page that was waited for in vain; `make_room` makes room in a store that is full.
pub fn provide(
    language: Language,
    tabs: Result<Rc<Tabs>, StoreError>,
    late: Option<Chunk>,
    make_room: fn(Keeper),
) {
    let keeper = Keeper::open(tabs, make_room);
    let rules = keeper.with_vault(|vault| {
        vault
            .workspace(&vault.current())
            .map_or_else(RuleSet::default, |workspace| workspace.rules)
    });
    provide_context(language);
    provide_context(Router::here());
    provide_context(Chunks::awaited(late));
    provide_context(Learner::kept(keeper));
    provide_context(Preferences::kept(keeper));
    provide_context(Selection::default());
    let store = RegistryStore {
        log: RwSignal::new(Log::default()),
        rules: RwSignal::new(rules),
        snapshot: RwSignal::new(None),
        limits: None,
        keeper,
        dialogs: Dialogs::default(),
        announcer: Announcer::new(language),
    };
    store.provide();
    keeper.begin();
}
