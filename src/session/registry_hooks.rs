//! What the frame of the pages asks of the learner's registry: opening it, and tidying what is kept of it.

use leptos::prelude::*;

use crate::browser;
use crate::session::registry_store::RegistryStore;
use crate::session::saving::Saving;
use crate::session::tabs::{self, link};
use crate::session::workspaces::name;
use registry::{Log, Record, RuleSet, sample};
use storage::{Folded, StoreError};

/// Something that can be asked of a registry.
pub type Hook = fn(RegistryStore);

/// What the frame of the pages can ask for once the registry is open. These are pointers, so that the frame itself does
/// not carry the code behind them.
#[derive(Clone, Copy)]
pub struct RegistryHooks {
    pub store: RegistryStore,
    pub undo: Hook,
    pub redo: Hook,
    /// Tidies the saved data.
    pub maintain: Hook,
    /// Tries once more to write what could not be written.
    pub save_again: Hook,
    /// Loads the workspace anew.
    pub load: Hook,
    /// Makes room in a store that is full.
    pub make_room: Hook,
    /// Returns the log as it is, if a step that comes now has to be asked for with it.
    pub log_to_ask: fn(RegistryStore) -> Option<Log>,
    /// Keeps a step that was taken, and tells the other tabs; before it, the log was as [`Self::log_to_ask`] gave it.
    pub step_taken: fn(RegistryStore, Option<Log>, &Record),
}

/// Opens the workspace, if it is not open yet; a first visit gets the sample.
pub fn open(store: RegistryStore) {
    if store.keeper.is_open() {
        return;
    }
    store.keeper.opened(RegistryHooks {
        store,
        undo: RegistryStore::undo,
        redo: RegistryStore::redo,
        maintain,
        save_again: write_again,
        load,
        make_room,
        log_to_ask: link::log_to_ask,
        step_taken,
    });
    load(store);
}

/// Loads the workspace. The learner's own gets the sample where it was never used.
pub fn load(store: RegistryStore) {
    let now = browser::now();
    let workspace = store.keeper.workspace.get_untracked();
    let kept;
    if link::opened_workspace(store.keeper, &workspace) {
        // It is on its way.
        store.log.set(Log::default());
        return;
    }
    let loaded = store
        .keeper
        .change(|vault| vault.load_or_sample(&workspace, now));
    let (log, rules) = match loaded {
        Ok((loaded, sample)) => {
            store.keeper.note(loaded.notices);
            kept = sample;
            (loaded.log, loaded.rules)
        }
        // Nothing can be read now; what is there is left alone, and the person is told.
        Err(why) => {
            kept = Err(why);
            (sample::sample(now).0, RuleSet::default())
        }
    };
    store.log.set(log);
    if store.rules.get_untracked() != rules {
        store.rules.set(rules);
    }
    store.keeper.show_saving(kept);
}

/// Makes room in a store that is full, as long as something waits for it and there is something to fold.
fn make_room(store: RegistryStore) {
    while store.keeper.saving.get_untracked() == Saving::NotSaved(StoreError::Full)
        && fold_some(store)
    {
        store.keeper.write(|vault, _| vault.flush());
    }
}

/// Folds about half of a history into its start, and says so: of the one that is open, or else of the longest other one.
/// Tells whether there was anything to fold.
pub fn fold_some(store: RegistryStore) -> bool {
    let workspace = store.keeper.workspace.get_untracked();
    if store.keeper.is_open() {
        let folded = store
            .log
            .with_untracked(|log| store.keeper.change(|vault| vault.compact(&workspace, log)));
        let is_folded = matches!(folded, Ok(Some(_)));
        take_over(store, folded);
        if is_folded {
            return true;
        }
    }
    let but = store.keeper.is_open().then_some(&workspace);
    let folded = store.keeper.change(|vault| vault.compact_another(but));
    let Ok(Some((id, steps))) = folded else {
        return false;
    };
    let steps = usize::try_from(steps).unwrap_or(usize::MAX);
    let name = name(store, &id);
    store
        .announcer
        .announce(store.announcer.language.workspaces().folded(steps, &name));
    link::opened_workspace(store.keeper, &id);
    true
}

/// Takes over the shorter history that tidying has left, and says what was folded away.
fn take_over(store: RegistryStore, folded: Result<Option<Folded>, StoreError>) {
    // What could not be tidied now is tried again next time; nothing is lost by it.
    if let Ok(Some(folded)) = folded {
        store.log.set(folded.log);
        say_folded(store, folded.steps);
        // The other tabs ask how it stands, and say so too.
        link::opened_workspace(store.keeper, &store.keeper.workspace.get_untracked());
    }
}

/// Says how many steps were folded into the start of the history.
pub fn say_folded(store: RegistryStore, steps: u64) {
    let steps = usize::try_from(steps).unwrap_or(usize::MAX);
    store
        .announcer
        .announce(store.announcer.language.shell().folded(steps));
}

fn step_taken(store: RegistryStore, before: Option<Log>, record: &Record) {
    if !store.keeper.is_reader() {
        store
            .keeper
            .keep(|vault, workspace| vault.append(workspace, record));
    }
    link::step_taken(store, before, record);
    tabs::ask_to_persist(store.keeper);
}

/// Tries once more to write what could not be written.
fn write_again(store: RegistryStore) {
    if store.keeper.is_reader() {
        return link::ask_again(store.keeper);
    }
    store.keeper.keep(|vault, _| vault.flush());
}

/// Tidies the saved data; called when nothing else is to be done. Steps that were folded away are told.
fn maintain(store: RegistryStore) {
    if store.keeper.is_reader() || untrack(|| !store.can_change()) {
        return;
    }
    let workspace = store.keeper.workspace.get_untracked();
    let folded = store
        .log
        .with_untracked(|log| store.keeper.change(|vault| vault.maintain(&workspace, log)));
    take_over(store, folded);
}
