//! The store and its second copy: the longer valid journal counts, whatever moment the browser was killed at.

use std::collections::BTreeMap;
use std::rc::Rc;

use lesson::progress::Progress;
use registry::Time;
use storage::reconcile::reconcile;
use storage::{FaultyStore, KeyValue as _, MemoryStore, Notice, StorageKey, StoreError, Theme};

use crate::support::{PREFIX, Player, SHORT, lived_in, own, picture, places, put, seal, start};

type Contents = BTreeMap<String, String>;

/// What the store held after each action of a person: steps, settings, a second state, a compaction.
fn moments() -> Vec<Contents> {
    let store = MemoryStore::new();
    let (mut vault, _, _) = start(store.clone(), SHORT);
    let mut player = Player::new(5);
    let mut moments = vec![store.contents()];
    for number in 0..40 {
        vault.append(&own(), &player.act()).unwrap();
        moments.push(store.contents());
        match number {
            12 => vault.set_theme(Theme::Dark).unwrap(),
            20 => assert!(vault.maintain(&own(), &player.log).unwrap().is_none()),
            30 => {
                if let Some(folded) = vault.compact(&own(), &player.log).unwrap() {
                    player.log = folded.log;
                }
            }
            _ => continue,
        }
        moments.push(store.contents());
    }
    moments
}

fn check(
    name: &str,
    here: &Contents,
    copy: &Contents,
    copy_is_newer: bool,
    expected: &Contents,
) -> Vec<Notice> {
    let store = MemoryStore::from(here.clone());
    let copy = MemoryStore::from(copy.clone());
    let notices = reconcile(Rc::new(store.clone()), &copy, PREFIX, copy_is_newer).unwrap();
    let (shown, told) = picture(&store);
    let (expected, _) = picture(&MemoryStore::from(expected.clone()));
    assert!(shown == expected, "{name}");
    assert_eq!(told, [], "{name}");
    notices
}

#[test]
fn what_a_killed_browser_has_lost_is_brought_back() {
    let moments = moments();
    for (earlier, here) in moments.iter().enumerate() {
        for (later, copy) in moments.iter().enumerate().skip(earlier) {
            let name = format!("{earlier}, copied {later}");
            let notices = check(&name, here, copy, true, copy);
            let expected: &[Notice] = if here == copy {
                &[]
            } else {
                &[Notice::BroughtBack]
            };
            assert_eq!(notices, expected, "{name}");
        }
    }
}

#[test]
fn a_copy_that_is_behind_changes_nothing() {
    let moments = moments();
    for (earlier, copy) in moments.iter().enumerate() {
        for (later, here) in moments.iter().enumerate().skip(earlier) {
            let name = format!("{later}, copied {earlier}");
            assert_eq!(check(&name, here, copy, false, here), [], "{name}");
        }
    }
}

#[test]
fn a_damaged_value_comes_back_from_the_copy_and_is_set_aside() {
    let (store, _) = lived_in(7, 40, true);
    let snapshot = store.contents();
    let mut brought_back = 0;
    for place in places(&store) {
        for damage in ["☠", "ms1 nothing", ""] {
            let here = MemoryStore::from(snapshot.clone());
            let text = here.get(&format!("{PREFIX}{place}")).unwrap().unwrap();
            let damaged = format!("{}{damage}", &text[..text.len() / 2]);
            put(&here, &place, &damaged);
            let copy = MemoryStore::from(snapshot.clone());
            let notices = reconcile(Rc::new(here.clone()), &copy, PREFIX, false).unwrap();
            // A second state, or a head that says what is usual, is no more than a precaution.
            if notices.is_empty() {
                continue;
            }
            assert_eq!(picture(&here).0, picture(&copy).0, "{place}");
            assert!(notices.contains(&Notice::BroughtBack), "{place}");
            let aside = format!("{PREFIX}quarantine/{place}/0");
            assert_eq!(here.get(&aside).unwrap(), Some(damaged), "{place}");
            brought_back += 1;
        }
    }
    assert!(brought_back > 20, "{brought_back}");
}

/// Two ways to go on from the same moment: what the store holds after so many versions were added.
fn ways_on(counts: [usize; 2]) -> [Contents; 2] {
    let (store, player) = lived_in(3, 20, false);
    let before = store.contents();
    [(0, counts[0]), (1, counts[1])].map(|(way, count)| {
        let store = MemoryStore::from(before.clone());
        let (mut vault, loaded, _) = start(store.clone(), SHORT);
        assert!(loaded.log == player.log);
        let mut player = Player::from(way, loaded.log);
        for _ in 0..count {
            let record = if way == 0 {
                player.version()
            } else {
                player.act()
            };
            vault.append(&own(), &record).unwrap();
        }
        store.contents()
    })
}

/// What was set aside, in the order in which it was told.
fn aside(store: &MemoryStore, notices: &[Notice]) -> Vec<(StorageKey, String)> {
    let told = notices.iter().filter_map(|notice| match notice {
        Notice::SetAside { place, key, .. } => Some((place.clone(), key)),
        _ => None,
    });
    told.map(|(place, key)| {
        (
            place,
            store.get(&format!("{PREFIX}{key}")).unwrap().unwrap(),
        )
    })
    .collect()
}

/// An older app, which knows of no copy, has gone on after a kill, or the copy could not be opened in time: both have what
/// the other one has not. The longer one counts, and the other one is kept, too.
#[test]
fn what_only_one_of_the_two_has_is_set_aside() {
    for counts in [
        [12, 6],
        [6, 12],
        [1, 2],
        [2, 1],
        [0, 3],
        [3, 0],
        [30, 40],
        [40, 30],
    ] {
        let [copied, here] = ways_on(counts);
        let [long, short] = if counts[0] >= counts[1] {
            [&copied, &here]
        } else {
            [&here, &copied]
        };
        let store = MemoryStore::from(here.clone());
        let copy = MemoryStore::from(copied.clone());
        let notices = reconcile(Rc::new(store.clone()), &copy, PREFIX, true).unwrap();
        assert!(
            picture(&store).0 == picture(&MemoryStore::from(long.clone())).0,
            "{counts:?}"
        );
        let aside = aside(&store, &notices);
        // Whoever has done nothing has nothing that the other one lacks.
        assert_eq!(
            aside.is_empty(),
            counts.contains(&0),
            "{counts:?} {notices:?}"
        );
        for (place, text) in aside {
            assert_eq!(
                short.get(&format!("{PREFIX}{place}")),
                Some(&text),
                "{counts:?} {place}"
            );
        }
        // It is told once.
        let again = reconcile(Rc::new(store.clone()), &copy, PREFIX, true).unwrap();
        let lost = again
            .iter()
            .filter(|notice| !matches!(notice, Notice::SetAside { .. }));
        assert_eq!(lost.count(), 0, "{counts:?} {again:?}");
    }
}

/// The copy stays as it is until this was done: whatever stops it, it can be done again.
#[test]
fn setting_aside_may_stop_after_every_call_and_meet_a_full_store_at_every_write() {
    let [copied, here] = ways_on([6, 12]);
    let copy = MemoryStore::from(copied);
    let check = |store: &MemoryStore| {
        let notices = reconcile(Rc::new(store.clone()), &copy, PREFIX, true).unwrap();
        assert!(!aside(store, &notices).is_empty());
        assert!(picture(store).0 == picture(&MemoryStore::from(here.clone())).0);
    };
    for stop in 0.. {
        let store = MemoryStore::from(here.clone());
        let faulty = FaultyStore::new(store.clone());
        faulty.stop_after(stop);
        let done = reconcile(Rc::new(faulty), &copy, PREFIX, true);
        check(&store);
        if done.is_ok() {
            break;
        }
    }
    for write in 1.. {
        let store = MemoryStore::from(here.clone());
        let faulty = FaultyStore::new(store.clone());
        faulty.full_at(write);
        let done = reconcile(Rc::new(faulty), &copy, PREFIX, true);
        check(&store);
        match done {
            Ok(_) => break,
            Err(why) => assert_eq!(why, StoreError::Full),
        }
    }
}

/// After a kill something was learned before the copy could be opened again: neither is lost.
#[test]
fn what_was_learned_on_both_sides_is_merged() {
    let learned = |steps: &[&str]| {
        let store = MemoryStore::new();
        let (mut vault, _, _) = start(store.clone(), SHORT);
        let mut progress = Progress::default();
        for step in steps {
            progress.step_done(step, Time(1_700_000_000_000));
        }
        vault.set_progress(progress).unwrap();
        store
    };
    let steps = |store: &MemoryStore| {
        let (vault, _, _) = start(store.clone(), SHORT);
        ["one", "two", "three"].map(|step| vault.progress().is_step_done(step))
    };
    let copy = learned(&["one", "two"]);
    let here = learned(&["one", "three"]);
    reconcile(Rc::new(here.clone()), &copy, PREFIX, true).unwrap();
    assert_eq!(steps(&here), [true, true, true]);
    let here = learned(&["one", "three"]);
    reconcile(Rc::new(here.clone()), &copy, PREFIX, false).unwrap();
    assert_eq!(steps(&here), [true, false, true], "an older copy is behind");
}

#[test]
fn reconciling_may_stop_after_every_call_and_meet_a_full_store_at_every_write() {
    let moments = moments();
    let pairs = [(10, 30), (25, 38), (0, moments.len() - 1)];
    for (earlier, later) in pairs {
        let copy = MemoryStore::from(moments[later].clone());
        for stop in 0.. {
            let store = MemoryStore::from(moments[earlier].clone());
            let faulty = FaultyStore::new(store.clone());
            faulty.stop_after(stop);
            let done = reconcile(Rc::new(faulty), &copy, PREFIX, true);
            let again = check(
                "again",
                &store.contents(),
                &moments[later],
                true,
                &moments[later],
            );
            let lost = |notice: &Notice| *notice != Notice::BroughtBack;
            assert!(!again.iter().any(lost), "after {stop} calls: {again:?}");
            if done.is_ok() {
                break;
            }
        }
        for write in 1.. {
            let store = MemoryStore::from(moments[earlier].clone());
            let faulty = FaultyStore::new(store.clone());
            faulty.full_at(write);
            let done = reconcile(Rc::new(faulty), &copy, PREFIX, true);
            check(
                "again",
                &store.contents(),
                &moments[later],
                true,
                &moments[later],
            );
            match done {
                Ok(_) => break,
                Err(why) => assert_eq!(why, StoreError::Full),
            }
        }
    }
}

#[test]
fn data_of_a_newer_app_is_left_alone() {
    let (store, _) = lived_in(7, 20, false);
    for place in places(&store) {
        let here = store.deep_copy();
        let text = here.get(&format!("{PREFIX}{place}")).unwrap().unwrap();
        let body = text.split_once('\n').unwrap().1;
        put(&here, &place, &seal(999, &place, body));
        let newer = here.contents();
        reconcile(Rc::new(here.clone()), &store, PREFIX, true).unwrap();
        let key = format!("{PREFIX}{place}");
        assert_eq!(here.get(&key).unwrap(), newer.get(&key).cloned(), "{place}");
        // Where only the copy is a newer app's, it must not be written over: that is an error.
        let older = MemoryStore::from(store.contents());
        let reconciled = reconcile(Rc::new(older), &MemoryStore::from(newer), PREFIX, true);
        assert_eq!(reconciled, Err(StoreError::ReadOnly), "{place}");
    }
}
