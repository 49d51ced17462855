//! How components take the contexts: each function is called at the top of a component, under its owner.
//!
//! They are one value of Leptos's contexts: each further type would bring over a KB of WebAssembly into the first load
//! (measured: 11.7 KB for nine).

use leptos::prelude::*;

use crate::session::announcer::Announcer;
use crate::session::chunk::Chunks;
use crate::session::dialogs::Dialogs;
use crate::session::keeper::Keeper;
use crate::session::learner::Learner;
use crate::session::preferences::Preferences;
use crate::session::registry_store::RegistryStore;
use crate::session::router::Router;
use crate::session::selection::Selection;
use text::Language;

/// What is provided: the contexts of a registry – the page's, or a sandbox's –, and those that the whole page shares.
#[derive(Clone, Copy)]
pub struct Contexts {
    pub store: RegistryStore,
    pub selection: Selection,
    pub preferences: Preferences,
    pub router: Router,
    pub chunks: Chunks,
    pub learner: Learner,
}

/// Returns what the next owner above has provided.
#[expect(
    clippy::expect_used,
    reason = "the page provides them before anything is shown; without them nothing could be"
)]
pub(super) fn contexts() -> Contexts {
    use_context().expect("a component is made under the page's owner")
}

/// Returns the router of the page.
pub fn use_router() -> Router {
    contexts().router
}

/// Returns how far each chunk of the app has come.
pub fn use_chunks() -> Chunks {
    contexts().chunks
}

/// Returns the learner.
pub fn use_learner() -> Learner {
    contexts().learner
}

/// Returns the registry around: the sandbox's, or else the page's.
pub fn use_registry() -> RegistryStore {
    contexts().store
}

/// Returns what keeps the registry around.
pub fn use_keeper() -> Keeper {
    use_registry().keeper
}

/// Returns the dialogs of the registry around.
pub fn use_dialogs() -> Dialogs {
    use_registry().dialogs
}

/// Returns the announcer of the registry around.
pub fn use_announcer() -> Announcer {
    use_registry().announcer
}

/// Returns the language of the page: every text comes from it.
pub fn use_language() -> Language {
    use_announcer().language
}

/// Returns the selection in the registry around.
pub fn use_selection() -> Selection {
    contexts().selection
}

/// Returns the preferences. What is typed in a sandbox is remembered there alone.
pub fn use_preferences() -> Preferences {
    contexts().preferences
}
