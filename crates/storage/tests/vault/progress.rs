//! What was learned, in the store: kept as a whole, merged with what another tab has kept, set aside when damaged.

use lesson::progress::{Outcome, Progress};
use registry::Time;
use storage::{FaultyStore, MemoryStore, Notice, StoreError};

use crate::support::{SHORT, lived_in, open, open_full, places, put};

const HOUR: u64 = 3_600_000;

fn answered(questions: &[&str], at: u64) -> Progress {
    let mut progress = Progress::default();
    for question in questions {
        progress.answered(question, Outcome::Right, None, Time(at));
    }
    progress
}

fn kept(store: &MemoryStore) -> Progress {
    open(store.clone(), SHORT).0.progress().clone()
}

#[test]
fn it_is_kept_and_comes_back() {
    let (store, _) = lived_in(5, 20, false);
    let (mut vault, _) = open(store.clone(), SHORT);
    assert!(vault.progress().is_empty());
    vault.set_progress(answered(&["a", "b"], HOUR)).unwrap();
    assert!(vault.is_saved());
    assert_eq!(kept(&store), answered(&["a", "b"], HOUR));
}

#[test]
fn two_windows_lose_nothing_of_each_other() {
    let (store, _) = lived_in(5, 20, false);
    let (mut one, _) = open(store.clone(), SHORT);
    let (mut other, _) = open(store.clone(), SHORT);
    one.set_progress(answered(&["a"], HOUR)).unwrap();
    other.set_progress(answered(&["b"], 2 * HOUR)).unwrap();
    let both = kept(&store);
    assert!(both.question("a").is_some() && both.question("b").is_some());
    // Deleting is no merging: what is deleted stays so.
    let mut none = one.progress().clone();
    none.replace(Progress::default());
    one.set_progress(none).unwrap();
    assert!(kept(&store).is_empty());
}

#[test]
fn a_stop_leaves_the_old_or_the_new() {
    let (before, _) = lived_in(5, 20, false);
    let old = answered(&["a"], HOUR);
    open(before.clone(), SHORT)
        .0
        .set_progress(old.clone())
        .unwrap();
    let mut new = old.clone();
    new.answered("b", Outcome::Wrong, Some("belief"), Time(2 * HOUR));
    let mut seen = [false; 2];
    for stop in 0..8 {
        let store = before.deep_copy();
        let faulty = FaultyStore::new(store.clone());
        let (mut vault, _) = open(faulty.clone(), SHORT);
        faulty.reset_counts();
        faulty.stop_after(stop);
        let _ = vault.set_progress(new.clone());
        let found = kept(&store);
        assert!(found == old || found == new, "stop after {stop}");
        seen[usize::from(found == new)] = true;
    }
    assert_eq!(seen, [true; 2], "some stop is early, some late");
}

#[test]
fn a_full_store_is_said_and_written_later() {
    let (store, _) = lived_in(5, 20, false);
    let (faulty, mut vault) = open_full(&store);
    let progress = answered(&["a"], HOUR);
    assert_eq!(vault.set_progress(progress.clone()), Err(StoreError::Full));
    assert!(!vault.is_saved());
    assert_eq!(*vault.progress(), progress, "it holds anyway");
    assert_eq!(vault.flush_front(), Err(StoreError::Full));
    faulty.heal();
    vault.flush_front().unwrap();
    assert!(vault.is_saved());
    assert_eq!(kept(&store), progress);
}

#[test]
fn damaged_progress_is_set_aside_and_counted_anew() {
    let (store, _) = lived_in(5, 20, false);
    put(&store, "progress", "not ours");
    let (mut vault, notices) = open(store.clone(), SHORT);
    assert!(vault.progress().is_empty());
    assert!(notices.contains(&Notice::ProgressReset), "{notices:?}");
    let key = notices.iter().find_map(|notice| match notice {
        Notice::SetAside { key, .. } => Some(key.clone()),
        _ => None,
    });
    let key = key.expect("it is in the quarantine");
    assert_eq!(vault.raw(&key).unwrap().as_deref(), Some("not ours"));
    assert!(!places(&store).contains(&"progress".to_owned()));
    vault.set_progress(answered(&["a"], HOUR)).unwrap();
    assert_eq!(kept(&store), answered(&["a"], HOUR));
}
