//! How what was learned in a frame gets into the app's progress.
//!
//! A frame never writes what the app keeps: it takes no lock and talks to no tab. It reads the progress, goes on from it in
//! memory, and leaves the whole of it under a key of its own. The app that writes merges it – the same twice changes nothing –
//! and removes it: when it starts, or at once where it is open.

use std::rc::Rc;

use leptos::prelude::*;

use crate::browser;
use crate::browser::local_storage::BrowserStore;
use crate::session::{use_keeper, use_learner};
use lesson::progress::{from_file, to_file};
use storage::mirrored::FRAME;
use storage::{KeyValue, Vault, folder};

/// Goes on from the app's progress with what was learned here so far, and leaves there what comes to it.
pub fn begin() {
    let Some(store) = BrowserStore::unprobed() else {
        return;
    };
    let learner = use_learner();
    let prefix = folder::prefix(&browser::path());
    let (vault, _) = Vault::open_reading(Rc::new(store.clone()), &prefix);
    let mut known = vault.progress().clone();
    let key = format!("{prefix}{FRAME}");
    if let Some(left) = left(&store, &key) {
        known.merge(&left);
    }
    let last = StoredValue::new(known.clone());
    known.merge(&learner.progress.with_untracked(Clone::clone));
    learner.progress.set(known);
    Effect::new(move || {
        let now = learner.progress.with(Clone::clone);
        if last.with_value(|last| *last == now) {
            return;
        }
        last.set_value(now.clone());
        // Another frame may have left something meanwhile.
        let mut all = left(&store, &key).unwrap_or_default();
        all.merge(&now);
        // Where there is no room, it counts here alone.
        let _ = store.set(&key, &to_file(&all));
    });
}

fn left(store: &BrowserStore, key: &str) -> Option<lesson::progress::Progress> {
    from_file(&store.get(key).ok()??).ok()
}

/// Takes in what frames have left. What can't be read is removed: nothing of the app's is in it.
pub fn take_in(text: &str) {
    let (keeper, learner) = (use_keeper(), use_learner());
    if let Ok(theirs) = from_file(text) {
        learner.learned(|progress| progress.merge(&theirs));
    }
    if let Some(tabs) = keeper.tabs().filter(|_| keeper.is_saved()) {
        let key = format!("{}{FRAME}", tabs.prefix);
        // A frame may have left more meanwhile: that is taken in next.
        if tabs.store.get(&key) == Ok(Some(text.to_owned())) {
            let _ = tabs.store.remove(&key);
        }
    }
}
