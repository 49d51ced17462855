//! Exercises that are under way, in the store.

use lesson::exercise::generate::{Purpose, Recipe};
use lesson::id::Id;
use registry::Time;
use storage::attempt::MAX_PASSING;
use storage::{Attempt, Notice, StoreError, Vault};

use crate::support::{SHORT, lived_in, open, open_full, places, put};

fn id() -> Id {
    Id::parse("bad-release").expect("a good id")
}

fn attempt(way: &str) -> Attempt {
    Attempt {
        way: way.to_owned(),
        undone: 3,
        hints: 2,
        shown: true,
        open: 5,
        at: Time(7),
    }
}

#[test]
fn it_is_kept_and_comes_back() {
    let (store, _) = lived_in(5, 20, false);
    let (mut vault, _) = open(store.clone(), SHORT);
    assert_eq!(
        vault.attempt(&id()),
        Ok((Attempt::default(), Vec::new())),
        "nothing is kept yet"
    );
    assert!(!vault.is_begun(&id()));
    vault.set_attempt(&id(), attempt("")).unwrap();
    assert!(!vault.is_begun(&id()), "nothing was done in it");
    vault.set_attempt(&id(), attempt("ms1.a.b.c")).unwrap();
    assert!(vault.is_begun(&id()));
    let (mut again, notices) = open(store.clone(), SHORT);
    assert_eq!(notices, Vec::new());
    assert!(again.is_begun(&id()));
    assert_eq!(again.attempt(&id()), Ok((attempt("ms1.a.b.c"), Vec::new())));
    assert!(places(&store).contains(&"exercise/bad-release".to_owned()));
}

/// As a tab does that writes for another one, and has never opened it.
#[test]
fn what_cant_be_read_is_set_aside_before_it_is_written_over() {
    let (store, _) = lived_in(5, 20, false);
    put(&store, "exercise/bad-release", "no value at all");
    let (mut vault, _) = open(store, SHORT);
    vault.set_attempt(&id(), attempt("ms1.a.b.c")).unwrap();
    assert!(vault.is_begun(&id()));
    let raw = vault.raw("quarantine/exercise/bad-release/0").unwrap();
    assert_eq!(raw.as_deref(), Some("no value at all"));
}

#[test]
fn a_full_store_is_said_and_written_later() {
    let (store, _) = lived_in(5, 20, false);
    let (faulty, mut vault) = open_full(&store);
    let kept = vault.set_attempt(&id(), attempt("a"));
    assert_eq!(kept, Err(StoreError::Full));
    assert!(!vault.is_saved());
    assert!(vault.set_attempt(&id(), attempt("b")).is_err());
    assert!(vault.is_begun(&id()));
    assert_eq!(vault.attempt(&id()).unwrap().0, attempt("b"));
    faulty.heal();
    vault.flush_front().unwrap();
    assert!(vault.is_saved());
    let (mut again, _) = open(store, SHORT);
    assert_eq!(again.attempt(&id()).unwrap().0, attempt("b"));
}

#[test]
fn a_damaged_one_is_set_aside_and_told() {
    let (store, _) = lived_in(5, 20, false);
    put(&store, "exercise/bad-release", "not ours");
    let (mut vault, notices) = open(store.clone(), SHORT);
    assert_eq!(notices, Vec::new(), "it is read when it is needed");
    assert!(!vault.is_begun(&id()));
    assert!(places(&store).contains(&"exercise/bad-release".to_owned()));
    let (found, notices) = vault.attempt(&id()).unwrap();
    assert_eq!(found, Attempt::default());
    assert!(notices.contains(&Notice::AttemptReset), "{notices:?}");
    let is_aside = |notice: &Notice| matches!(notice, Notice::SetAside { .. });
    assert!(notices.iter().any(is_aside), "{notices:?}");
    assert!(!places(&store).contains(&"exercise/bad-release".to_owned()));
    vault.set_attempt(&id(), attempt("a")).unwrap();
    assert_eq!(vault.attempt(&id()).unwrap().0, attempt("a"));
}

#[test]
fn a_damaged_one_that_cannot_be_set_aside_is_not_overwritten() {
    let (store, _) = lived_in(5, 20, false);
    put(&store, "exercise/bad-release", "not ours");
    let (faulty, mut vault) = open_full(&store);
    let (_, notices) = vault.attempt(&id()).unwrap();
    let is_left = |notice: &Notice| matches!(notice, Notice::LeftInPlace { .. });
    assert!(notices.iter().any(is_left), "{notices:?}");
    faulty.heal();
    let kept = vault.set_attempt(&id(), attempt("a"));
    assert_eq!(kept, Err(StoreError::ReadOnly));
    assert!(places(&store).contains(&"exercise/bad-release".to_owned()));
}

/// Each recipe has a place of its own. Of all of them, and of the shared exercises, the ones that were worked at last stay;
/// those of the pack all do.
#[test]
fn made_and_shared_exercises_do_not_pile_up() {
    let (store, _) = lived_in(5, 20, false);
    let (mut vault, _) = open(store.clone(), SHORT);
    let made = |seed: u64| {
        let recipe = Recipe::new(seed, Purpose::RollBack, 3, 1, 1).unwrap();
        recipe.kept_under().unwrap()
    };
    let at = |at: u64| Attempt {
        at: Time(at),
        ..attempt("way")
    };
    let most = MAX_PASSING as u64;
    let keep = |vault: &mut Vault, id: &Id, attempt: Attempt| {
        vault.set_attempt(id, attempt).unwrap();
        vault.forget_oldest(id);
    };
    let old = Id::parse("new").unwrap();
    let shared = Id::parse("shared-a").unwrap();
    keep(&mut vault, &old, at(0));
    keep(&mut vault, &shared, at(1));
    keep(&mut vault, &id(), at(1));
    for seed in 0..most {
        keep(&mut vault, &made(seed), at(10 + seed));
    }
    assert!(!vault.is_begun(&old), "the oldest");
    assert!(vault.is_begun(&made(0)));
    // Who goes on with an old one keeps it; the next oldest goes.
    keep(&mut vault, &made(0), at(100));
    keep(&mut vault, &made(u64::MAX), at(101));
    for (seed, kept) in [(0, true), (1, false), (2, true), (u64::MAX, true)] {
        assert_eq!(vault.is_begun(&made(seed)), kept, "{seed}");
    }
    // A clock that went back does not take away what is being worked at.
    keep(&mut vault, &made(1), at(0));
    assert_eq!(vault.attempt(&made(1)).unwrap().0, at(0));
    assert!(vault.is_begun(&shared) && vault.is_begun(&id()));
    let kept = places(&store);
    let kept = kept.iter().filter(|key| key.starts_with("exercise/new"));
    assert!(kept.count() <= MAX_PASSING + 1);
}
