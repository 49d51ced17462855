//! What the frame of the pages asks of the learner's registry: opening it, and tidying what is kept of it.

use leptos::prelude::*;

use crate::browser;
use crate::session::keeper::{Keeper, RegistryCall, Steps};
use crate::session::registry_store::RegistryStore;
use crate::session::saving::Saving;
use crate::session::tabs::link;
use el::RwSignal;
use registry::{Log, Record, RuleSet, sample};
use storage::{Folded, StoreError};

/// Opens the workspace, if it is not open yet; a first visit gets the sample.
pub fn open(store: RegistryStore) {
    if store.keeper.is_open() {
        return;
    }
    let call = move |call| match call {
        RegistryCall::Undo => store.undo(),
        RegistryCall::Redo => store.redo(),
        RegistryCall::Load => load(store),
        RegistryCall::Maintain => maintain(store),
        RegistryCall::SaveAgain => write_again(store),
        RegistryCall::MakeRoom => make_room(store),
    };
    let steps = Steps {
        log_to_ask: link::log_to_ask,
        taken: step_taken,
    };
    store.keeper.opened(call, steps);
    load(store);
}

fn step_taken(keeper: Keeper, log: RwSignal<Log>, before: Option<Log>, record: &Record) {
    if !keeper.is_reader() {
        keeper.keep(|vault, workspace| vault.append(workspace, record));
    }
    link::step_taken(keeper, log, before, record);
    keeper.ask_to_persist();
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
    let name = store.workspace_name(&id);
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
        store.say_folded(folded.steps);
        // The other tabs ask how it stands, and say so too.
        link::opened_workspace(store.keeper, &store.keeper.workspace.get_untracked());
    }
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
