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

use std::rc::Rc;

use leptos::prelude::*;

use crate::session::chunk::{Chunk, Chunks};
use crate::session::contexts::Contexts;
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
    let store = RegistryStore {
        log: RwSignal::new(Log::default()),
        rules: RwSignal::new(rules),
        snapshot: RwSignal::new(None),
        limits: None,
        scene: None,
        keeper,
        dialogs: Dialogs::default(),
        announcer: Announcer::new(language),
    };
    provide_context(Contexts {
        store,
        selection: Selection::default(),
        preferences: Preferences::kept(keeper),
        router: Router::here(),
        chunks: Chunks::awaited(late),
        learner: Learner::kept(keeper),
    });
    keeper.begin();
}
