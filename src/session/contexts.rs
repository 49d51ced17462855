//! How components take the contexts: each function is called at the top of a component, under its owner.
//!
//! There are two values of Leptos's contexts, what belongs to the page and what belongs to a registry: each further type would
//! bring more than a KB of WebAssembly into the first load (measured: 11.7 KB for nine).

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

/// What belongs to the page.
#[derive(Clone, Copy)]
pub struct PageContexts {
    pub router: Router,
    pub chunks: Chunks,
    pub learner: Learner,
}

/// What belongs to a registry: the page's, or a sandbox's.
#[derive(Clone, Copy)]
pub struct RegistryContexts {
    pub store: RegistryStore,
    pub selection: Selection,
    pub preferences: Preferences,
}

fn page() -> PageContexts {
    expect_context()
}

fn registry() -> RegistryContexts {
    expect_context()
}

/// Returns the router of the page.
pub fn use_router() -> Router {
    page().router
}

/// Returns how far each chunk of the app has come.
pub fn use_chunks() -> Chunks {
    page().chunks
}

/// Returns the learner.
pub fn use_learner() -> Learner {
    page().learner
}

/// Returns the registry around: the sandbox's, or else the page's.
pub fn use_registry() -> RegistryStore {
    registry().store
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
    registry().selection
}

/// Returns the preferences. What is typed in a sandbox is remembered there alone.
pub fn use_preferences() -> Preferences {
    registry().preferences
}
