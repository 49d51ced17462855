//! The contexts of the page: provided at once, filled when what is kept is open.

use leptos::prelude::*;

use crate::browser;
use crate::session::announcer::Announcer;
use crate::session::chunk::{Chunk, Chunks};
use crate::session::contexts::{Contexts, contexts};
use crate::session::dialogs::Dialogs;
use crate::session::keeper::{Keeper, Opening, RegistryCall, StoreCalls};
use crate::session::learner::Learner;
use crate::session::left;
use crate::session::preferences::Preferences;
use crate::session::registry_store::RegistryStore;
use crate::session::router::Router;
use crate::session::selection::Selection;
use crate::session::tabs::connection::Entered;
use crate::session::tabs::{self, lazy};
use el::RwSignal;
use registry::{Log, RuleSet};
use text::Language;

/// Provides every context of the page, with nothing in it yet. `late` is the chunk of the page that was waited for in vain;
/// `make_room` makes room in a store that is full, and `left` takes in what a frame has left.
pub fn provide(
    language: Language,
    late: Option<Chunk>,
    make_room: fn(Keeper),
    left: fn(String, Owner),
) {
    let keeper = Keeper::empty(make_room, left);
    let store = RegistryStore {
        log: RwSignal::new(Log::default()),
        rules: RwSignal::new(RuleSet::default()),
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
        preferences: Preferences::new(keeper),
        router: Router::here(),
        chunks: Chunks::awaited(late),
        learner: Learner::new(keeper),
    });
}

/// Opens what the browser has kept, but for the registry itself, and puts it into the contexts.
pub(super) fn take_in(entered: Entered) {
    let Contexts {
        store,
        preferences,
        learner,
        ..
    } = contexts();
    let keeper = store.keeper;
    keeper.open(
        entered,
        StoreCalls {
            save_again: Keeper::write_again,
            tidy: |keeper| {
                keeper.measure();
                keeper.call(RegistryCall::Maintain);
            },
            set_aside: |keeper, key| keeper.with_stored(|vault| vault.raw(key).ok().flatten()),
            keep_theme: Preferences::keep_theme,
            change_console: Preferences::keep_console,
            keep_progress: Learner::keep_progress,
            talk: lazy::talk,
            insist: lazy::insist,
        },
    );
    let rules = keeper.with_vault(|vault| {
        vault
            .workspace(&vault.current())
            .map_or_else(RuleSet::default, |workspace| workspace.rules)
    });
    store.rules.set(rules);
    preferences.take_in();
    learner.take_in();
    browser::name_site();
    keeper.opening(Opening::Begun);
    keeper.begin();
    tabs::join(keeper);
    keeper.opening(Opening::Done);
    left::watch(keeper);
}
