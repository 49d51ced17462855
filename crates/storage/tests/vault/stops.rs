//! An action that stops after any single call to the store has happened as a whole or not at all.

use registry::{RuleSet, Time};
use storage::{FaultyStore, MemoryStore, StoreError, Theme, Vault, WorkspaceId};

use crate::support::{
    PREFIX, Picture, Player, SHORT, lived_in, open, own, picture, places, put, start, text,
};

/// Stops the action after every number of calls. What a person sees then is the old or the new, without any notice, and
/// stays so; and nothing of a stopped action is left once it was loaded again.
pub fn check<T>(
    name: &str,
    before: &MemoryStore,
    action: impl Fn(&mut Vault, &mut Player) -> Result<T, StoreError>,
) {
    let found = check_quota(name, before, None, action);
    assert_eq!(found, Found::Changed, "{name}");
}

/// What an action that was not stopped came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Found {
    Failed,
    /// It was done, and a person sees what was there before.
    Same,
    /// It was done, and a person sees something else.
    Changed,
}

/// The same with only so much room left in the store.
fn check_quota<T>(
    name: &str,
    before: &MemoryStore,
    room: Option<usize>,
    action: impl Fn(&mut Vault, &mut Player) -> Result<T, StoreError>,
) -> Found {
    let run = |store: &MemoryStore, stop: Option<usize>| {
        store.set_quota(room.map(|room| store.used() + room));
        let faulty = FaultyStore::new(store.clone());
        let (mut vault, loaded, _) = start(faulty.clone(), SHORT);
        vault.load(&w2()).ok();
        faulty.reset_counts();
        if let Some(calls) = stop {
            faulty.stop_after(calls);
        }
        let done = action(&mut vault, &mut Player::from(7, loaded.log));
        store.set_quota(None);
        (faulty.calls(), done.is_ok())
    };
    // Once loaded, so that leftovers of the making are no part of the picture.
    let (old, _) = picture(before);
    let done = before.deep_copy();
    let (calls, is_done) = run(&done, None);
    let (new, _) = picture(&done);
    assert!(calls > 0, "{name}");
    for stop in 0..=calls {
        let store = before.deep_copy();
        run(&store, Some(stop));
        let (found, notices) = picture(&store);
        assert!(notices.is_empty(), "{name}, stop after {stop}: {notices:?}");
        // Without room, a compaction takes several steps, and may stop after each.
        let between = room.is_some() && only_history_shrank(&old, &found);
        assert!(
            found == old || found == new || between,
            "{name}, stop after {stop}: neither old nor new"
        );
        let settled = store.contents();
        assert_eq!(picture(&store).0, found, "{name}, stop after {stop}");
        assert_eq!(store.contents(), settled, "{name}, stop after {stop}");
        let tidy = if found == new { &done } else { before };
        if old != new && !between {
            let left = |store| segments_and_heads(store);
            assert_eq!(
                left(&store),
                left(tidy),
                "{name}, stop after {stop}: leftovers"
            );
        }
        let states = places(&store)
            .iter()
            .filter(|place| place.starts_with("ws/own/state/"))
            .count();
        assert!(states <= 2, "{name}, stop after {stop}: {states} states");
    }
    match (is_done, old == new) {
        (false, _) => Found::Failed,
        (true, true) => Found::Same,
        (true, false) => Found::Changed,
    }
}

fn only_history_shrank(old: &Picture, found: &Picture) -> bool {
    old.logs.iter().all(|(id, (old, rules))| {
        let (found, found_rules) = &found.logs[id];
        old.registry() == found.registry()
            && old.step() == found.step()
            && old.done().ends_with(found.done())
            && old.undone() == found.undone()
            && rules == found_rules
    })
}

/// A whole state more or less is no leftover: it serves as the second one.
fn segments_and_heads(store: &MemoryStore) -> Vec<String> {
    let mut places = places(store);
    places.retain(|place| !place.contains("/state/"));
    places
}

fn w2() -> WorkspaceId {
    WorkspaceId::parse("w2").unwrap()
}

fn both<T>(name: &str, action: impl Fn(&mut Vault, &mut Player) -> Result<T, StoreError>) {
    for store in stores() {
        check(name, &store, &action);
    }
}

fn stores() -> impl Iterator<Item = MemoryStore> {
    let seeds = (10..14).flat_map(|seed| [(seed, false), (seed, true)]);
    seeds.map(|(seed, maintained)| {
        let (store, _) = lived_in(seed, 40, maintained);
        picture(&store);
        store
    })
}

#[test]
fn append() {
    both("append", |vault, player| {
        let record = player.act();
        vault.append(&own(), &record)
    });
}

#[test]
fn append_to_every_length_of_segment() {
    // The very first append also writes the head: see the first visit.
    for records in 1..25 {
        let (store, _) = lived_in(3, records, false);
        picture(&store);
        check("append", &store, |vault, player| {
            let record = player.version();
            vault.append(&own(), &record)
        });
    }
}

#[test]
fn undo_and_redo() {
    let (store, _) = lived_in(11, 40, true);
    let (mut vault, loaded, _) = start(store.clone(), SHORT);
    let mut player = Player::from(1, loaded.log);
    vault.append(&own(), &player.version()).unwrap();
    check("undo", &store, |vault, player| {
        let record = player.log.undo().unwrap();
        vault.append(&own(), &record)
    });
    let record = player.log.undo().unwrap();
    vault.append(&own(), &record).unwrap();
    check("redo", &store, |vault, player| {
        let record = player.log.redo().unwrap();
        vault.append(&own(), &record)
    });
}

#[test]
fn maintain() {
    for store in stores() {
        let found = check_quota("maintain", &store, None, |vault, player| {
            vault.maintain(&own(), &player.log)
        });
        assert_eq!(found, Found::Same);
    }
}

#[test]
fn compact() {
    let mut folded = 0;
    for (seed, maintained) in (0..30).flat_map(|seed| [(seed, false), (seed, true)]) {
        let (store, _) = lived_in(seed, 40, maintained);
        picture(&store);
        let (mut vault, loaded, _) = start(store.deep_copy(), SHORT);
        // A history may end in a way back to its very start: then every step is still needed.
        if vault.compact(&own(), &loaded.log).unwrap().is_some() {
            check("compact", &store, |vault, player| {
                vault.compact(&own(), &player.log)
            });
            folded += 1;
        }
    }
    assert!(folded > 30, "{folded}");
}

#[test]
fn compact_again_and_again() {
    let (store, _) = lived_in(11, 200, true);
    for round in 0..20 {
        let (mut vault, loaded, _) = start(store.deep_copy(), SHORT);
        if vault.compact(&own(), &loaded.log).unwrap().is_none() {
            assert!(round > 2, "{round}");
            return;
        }
        check("compact", &store, |vault, player| {
            vault.compact(&own(), &player.log)
        });
        let (mut vault, loaded, _) = start(store.clone(), SHORT);
        vault.compact(&own(), &loaded.log).unwrap();
    }
}

/// In a store that has hardly any room left, the new start is written over the old one or over the second state.
#[test]
fn compact_without_room() {
    let mut changed = 0;
    for (records, maintained) in [(60, false), (60, true), (200, true)] {
        let (store, _) = lived_in(11, records, maintained);
        for _ in 0..3 {
            let (mut vault, loaded, _) = start(store.deep_copy(), SHORT);
            if vault.compact(&own(), &loaded.log).unwrap().is_none() {
                break;
            }
            let found = check_quota("compact", &store, Some(40), |vault, player| {
                vault.compact(&own(), &player.log)
            });
            changed += usize::from(found == Found::Changed);
            let used = store.used();
            store.set_quota(Some(used + 40));
            let (mut vault, loaded, _) = start(store.clone(), SHORT);
            let folded = vault.compact(&own(), &loaded.log);
            store.set_quota(None);
            if !matches!(folded, Ok(Some(_))) {
                break;
            }
        }
    }
    assert!(changed > 2, "{changed}");
}

#[test]
fn workspaces() {
    both("create", |vault, _| {
        let id = WorkspaceId::parse("w3").unwrap();
        vault.create(&id, text("Third"), RuleSet::Guided, Time(9))
    });
    both("rename", |vault, _| {
        vault.rename(&w2(), text("Another name, longer than the first one"))
    });
    both("delete", |vault, _| vault.delete(&w2()));
    both("delete the own", |vault, _| vault.delete(&own()));
    both("set the rules", |vault, _| {
        vault.set_rules(&own(), RuleSet::Mlflow)
    });
    both("choose", |vault, _| vault.set_current(&w2()));
    both("set the theme", |vault, _| vault.set_theme(Theme::Light));
}

#[test]
fn create_where_one_was_deleted_by_half() {
    let (store, _) = lived_in(11, 20, false);
    for stop in 0..10 {
        let store = store.deep_copy();
        let faulty = FaultyStore::new(store.clone());
        let (mut vault, _) = open(faulty.clone(), SHORT);
        faulty.reset_counts();
        faulty.stop_after(stop);
        let _ = vault.delete(&own());
        faulty.heal();
        // The same session goes on.
        let loaded = vault.load(&own()).unwrap();
        if loaded.log.step() == 0 {
            assert!(loaded.untouched, "stop after {stop}");
            let records = Player::new(4).acts(3);
            vault.append_all(&own(), &records).unwrap();
        }
        let (_, again, notices) = start(store, SHORT);
        assert!(notices.is_empty(), "stop after {stop}: {notices:?}");
        assert!(!again.untouched);
    }
}

#[test]
fn the_first_visit() {
    let store = MemoryStore::new();
    let run = |store: &MemoryStore, stop: Option<usize>| {
        let faulty = FaultyStore::new(store.clone());
        let (mut vault, loaded, _) = start(faulty.clone(), SHORT);
        assert!(loaded.untouched);
        faulty.reset_counts();
        if let Some(calls) = stop {
            faulty.stop_after(calls);
        }
        let _ = vault.append_all(&own(), &Player::new(5).acts(30));
        faulty.calls()
    };
    let calls = run(&store.deep_copy(), None);
    let mut seen = [0, 0];
    for stop in 0..=calls {
        let store = store.deep_copy();
        run(&store, Some(stop));
        let (_, loaded, notices) = start(store.clone(), SHORT);
        assert!(notices.is_empty(), "stop after {stop}: {notices:?}");
        if loaded.untouched {
            assert_eq!(loaded.log.step(), 0, "stop after {stop}");
        } else {
            let mut expected = Player::new(5);
            expected.acts(30);
            assert!(loaded.log == expected.log, "stop after {stop}");
        }
        seen[usize::from(loaded.untouched)] += 1;
    }
    assert!(seen[0] > 0 && seen[1] > 0);
}

/// Opens and loads a damaged store, stopping after every call. In the end it is always the same, and every damaged text
/// is still there, byte for byte.
fn check_repair(name: &str, damaged: &MemoryStore, texts: &[String]) {
    let run = |store: &MemoryStore, stop: Option<usize>| {
        let faulty = FaultyStore::new(store.clone());
        if let Some(calls) = stop {
            faulty.stop_after(calls);
        }
        let (mut vault, _) = open(faulty.clone(), SHORT);
        for workspace in vault.workspaces() {
            let _ = vault.load(&workspace.id);
        }
        faulty.calls()
    };
    let done = damaged.deep_copy();
    let calls = run(&done, None);
    let (new, _) = picture(&done);
    for stop in 0..=calls {
        let store = damaged.deep_copy();
        run(&store, Some(stop));
        for text in texts {
            assert!(
                store.contents().values().any(|value| value == text),
                "{name}, stop after {stop}: a text is lost"
            );
        }
        assert_eq!(picture(&store).0, new, "{name}, stop after {stop}");
        assert_eq!(
            store.contents(),
            done.contents(),
            "{name}, stop after {stop}"
        );
    }
}

#[test]
fn quarantine() {
    for maintained in [false, true] {
        let (store, _) = lived_in(11, 40, maintained);
        let keys = places(&store);
        for place in keys {
            let damaged = store.deep_copy();
            let mut bytes = store.contents()[&format!("{PREFIX}{place}")].clone();
            bytes.truncate(bytes.len() - 3);
            put(&damaged, &place, &bytes);
            check_repair(&place, &damaged, &[bytes]);
        }
    }
}
