//! Snapshots of workspaces: written all or nothing wherever it stops, listed and erased.

use lesson::id::Id;
use lesson::progress::{Outcome, Progress};
use registry::{FreeText, RuleSet, Time};
use storage::{
    ClassPlan, ClassPlans, ConsoleMemory, FaultyStore, KeyValue, Meaning, MemoryStore, Small,
    StorageKey, StoreError, Theme, Vault, WorkspaceId, WorkspaceSnapshot,
};

use crate::stops::check;
use crate::support::{PREFIX, Player, SHORT, lived_in, open, own, picture, places, start, text};

pub const NOW: Time = Time(1_800_000_000_000);

/// A workspace whose history has steps that were taken back, and sometimes a start of its own.
pub fn snapshot(seed: u64, steps: usize) -> WorkspaceSnapshot {
    let mut player = Player::new(seed);
    player.acts(steps);
    if seed % 2 == 1 {
        let base = player.log.registry().clone();
        player = Player::from(seed, registry::Log::new(base, player.log.step()));
        player.acts(steps);
    }
    let _ = player.log.undo();
    WorkspaceSnapshot {
        name: text("As a whole"),
        rules: RuleSet::ALL[usize::try_from(seed % 2).unwrap()],
        created: Time(seed),
        log: player.log,
    }
}

pub fn read(vault: &mut Vault, id: &WorkspaceId) -> Result<WorkspaceSnapshot, StoreError> {
    let (snapshot, notices) = vault.snapshot(id)?;
    assert_eq!(notices, []);
    Ok(snapshot)
}

#[test]
fn what_is_written_is_there_again() {
    for seed in 0..30 {
        let (store, _) = lived_in(seed, 10, false);
        let (mut vault, _, _) = start(store.clone(), SHORT);
        let snapshot = snapshot(seed, usize::try_from(seed).unwrap() * 2);
        let id = vault.put(&snapshot, NOW).unwrap();
        assert_eq!(read(&mut vault, &id).as_ref(), Ok(&snapshot), "{seed}");
        let (mut again, notices) = open(store.clone(), SHORT);
        assert_eq!(read(&mut again, &id), Ok(snapshot.clone()), "{seed}");
        assert_eq!(notices, []);
        // It goes on like any other.
        let mut player = Player::from(seed, snapshot.log);
        let loaded = again.load(&id).unwrap();
        assert_eq!(loaded.notices, []);
        for _ in 0..20 {
            again.append(&id, &player.act()).unwrap();
        }
        let _ = again.maintain(&id, &player.log).unwrap();
        let (mut last, _) = open(store, SHORT);
        assert_eq!(last.load(&id).unwrap().log, player.log, "{seed}");
    }
}

#[test]
fn several_are_written_or_none_wherever_it_stops() {
    for seed in 0..4 {
        let (store, _) = lived_in(seed, 10, false);
        picture(&store);
        check("put", &store, |vault, _| {
            vault.put(&snapshot(seed, 12), NOW)
        });
    }
}

/// A learner who knows something already, in a store that has lived.
fn learned(seed: u64) -> MemoryStore {
    let (store, _) = lived_in(seed, 10, false);
    let (mut vault, _, _) = start(store.clone(), SHORT);
    vault.set_progress(progress("swap-order")).unwrap();
    let typed = |memory: &mut ConsoleMemory| memory.remember("help");
    vault.change_console(typed).unwrap();
    vault.change_plans(|kept| *kept = plans("before")).unwrap();
    picture(&store);
    store
}

fn progress(question: &str) -> Progress {
    let mut progress = Progress::default();
    progress.answered(question, Outcome::Right, None, NOW);
    progress
}

fn small(question: &str, theme: Theme, line: &str) -> Small {
    let mut console = ConsoleMemory::default();
    console.remember(line);
    Small {
        progress: Some(progress(question)),
        theme: Some(theme),
        console: Some(console),
        plans: Some(plans(question)),
    }
}

fn plans(name: &str) -> ClassPlans {
    let mut plans = ClassPlans::default();
    plans.keep(ClassPlan {
        id: Id::parse(name).unwrap(),
        name: name.to_owned(),
        text: "{}".to_owned(),
        at: NOW,
    });
    plans
}

#[test]
fn several_and_the_small_values_are_taken_in_or_none_wherever_it_stops() {
    for seed in 0..4 {
        let store = learned(seed);
        let snapshots = [
            snapshot(seed, 9),
            snapshot(seed + 1, 9),
            snapshot(seed + 2, 0),
        ];
        let brought = small("alias-names", Theme::Light, "undo");
        check("workspaces", &store, |vault, _| {
            vault.take_in(&snapshots, Small::default(), NOW)
        });
        check("small values", &store, |vault, _| {
            vault.take_in(&[], brought.clone(), NOW)
        });
        check("both", &store, |vault, _| {
            vault.take_in(&snapshots, brought.clone(), NOW)
        });
    }
}

#[test]
fn they_are_taken_back_together_or_not_wherever_it_stops() {
    for seed in 0..4 {
        let store = learned(seed);
        let (before, _) = picture(&store);
        let (mut vault, _, _) = start(store.clone(), SHORT);
        let snapshots = [snapshot(seed, 9), snapshot(seed + 1, 9)];
        let brought = small("alias-names", Theme::Light, "undo");
        let ids = vault.take_in(&snapshots, brought, NOW).unwrap();
        assert!(vault.is_saved());
        let (came, _) = picture(&store);
        assert_eq!(came.workspaces.len(), before.workspaces.len() + 2);
        assert_eq!(came.progress, progress("alias-names"));
        assert_eq!(came.settings.theme, Theme::Light);
        assert_eq!(came.console.lines(), ["undo"]);
        assert_eq!(came.plans, plans("alias-names"));
        let back = || Small {
            progress: Some(before.progress.clone()),
            theme: Some(before.settings.theme),
            console: Some(before.console.clone()),
            plans: Some(before.plans.clone()),
        };
        check("take back", &store, |vault, _| {
            vault.take_back(&ids, back())
        });
        vault.take_back(&ids, back()).unwrap();
        assert!(vault.is_saved());
        assert!(picture(&store).0 == before, "{seed}");
    }
}

/// What is done next, while something is not in its place yet, is not undone by it at the next start.
#[test]
fn what_is_done_after_it_holds() {
    for fail in 1..12 {
        let store = learned(3);
        let faulty = FaultyStore::new(store.clone());
        let (mut vault, _, _) = start(faulty.clone(), SHORT);
        faulty.reset_counts();
        faulty.full_from(fail);
        let brought = small("alias-names", Theme::Light, "undo");
        let taken = vault.take_in(&[snapshot(1, 9)], brought, NOW);
        faulty.heal();
        vault.set_theme(Theme::System).unwrap();
        vault.set_progress(progress("gone-since")).unwrap();
        let typed = |memory: &mut ConsoleMemory| memory.remember("redo");
        vault.change_console(typed).unwrap();
        assert!(vault.is_saved());
        let (found, notices) = picture(&store);
        assert_eq!(notices, [], "{fail}");
        assert_eq!(found.settings.theme, Theme::System, "{fail}");
        assert_eq!(found.progress.questions().count(), 2, "{fail}");
        assert_eq!(found.console.lines().last().unwrap(), "redo", "{fail}");
        let is_in = found.console.lines().contains(&"undo".to_owned());
        assert_eq!(is_in, taken.is_ok(), "{fail}");
        assert!(!places(&store).contains(&"arriving".to_owned()), "{fail}");
    }
}

/// It can be taken back also while the first half is still under way.
#[test]
fn it_is_taken_back_before_it_has_settled() {
    let mut early = 0;
    for fail in 1.. {
        let store = learned(3);
        let (before, _) = picture(&store);
        let faulty = FaultyStore::new(store.clone());
        let (mut vault, _, _) = start(faulty.clone(), SHORT);
        faulty.reset_counts();
        faulty.full_from(fail);
        let brought = small("alias-names", Theme::Light, "undo");
        let taken = vault.take_in(&[snapshot(1, 9)], brought, NOW);
        if faulty.writes() < fail {
            break;
        }
        faulty.heal();
        let Ok(ids) = taken else {
            continue;
        };
        early += usize::from(places(&store).contains(&"arriving".to_owned()));
        let back = Small {
            progress: Some(before.progress.clone()),
            theme: Some(before.settings.theme),
            console: Some(before.console.clone()),
            plans: Some(before.plans.clone()),
        };
        vault.take_back(&ids, back).unwrap();
        assert!(vault.is_saved(), "{fail}");
        assert!(picture(&store).0 == before, "{fail}");
        assert!(!places(&store).contains(&"arriving".to_owned()), "{fail}");
    }
    assert!(early > 2, "{early}");
}

#[test]
fn without_room_nothing_of_it_is_there() {
    let (store, _) = lived_in(5, 10, false);
    let (before, _) = picture(&store);
    let kept = places(&store);
    for write in 1.. {
        let copy = store.deep_copy();
        let faulty = FaultyStore::new(copy.clone());
        let (mut vault, _, _) = start(faulty.clone(), SHORT);
        faulty.reset_counts();
        faulty.full_from(write);
        let snapshots = [snapshot(1, 12), snapshot(2, 12)];
        let done = vault.take_in(&snapshots, small("alias-names", Theme::Light, "undo"), NOW);
        faulty.heal();
        if faulty.writes() < write {
            assert!(write > 6, "{write}");
            break;
        }
        match done {
            Err(error) => {
                assert_eq!(error, StoreError::Full);
                assert_eq!(places(&copy), kept, "{write}");
                assert_eq!(picture(&copy).0, before, "{write}");
            }
            Ok(ids) => {
                // Only what says so twice had no room. It is made up for.
                assert_eq!(
                    read(&mut vault, &ids[1]).as_ref(),
                    Ok(&snapshots[1]),
                    "{write}"
                );
                let (mut again, _) = open(copy.clone(), SHORT);
                assert_eq!(
                    read(&mut again, &ids[0]).as_ref(),
                    Ok(&snapshots[0]),
                    "{write}"
                );
                assert!(!places(&copy).contains(&"arriving".to_owned()), "{write}");
            }
        }
    }
}

/// What is not stored yet of a workspace that another tab works in is not given up by reading it.
#[test]
fn a_whole_has_what_could_not_be_stored_yet() {
    let (store, _) = lived_in(6, 10, false);
    let id = WorkspaceId::parse("w2").unwrap();
    let (mut vault, _, _) = start(store.clone(), SHORT);
    let loaded = vault.load(&id).unwrap();
    let mut player = Player::from(4, loaded.log);
    store.set_quota(Some(store.used()));
    assert_eq!(vault.append(&id, &player.version()), Err(StoreError::Full));
    assert_eq!(vault.snapshot(&id).map(|_| ()), Err(StoreError::Full));
    assert_eq!(vault.unsaved(&id), 1);
    store.set_quota(None);
    assert!(vault.snapshot(&id).unwrap().0.log == player.log);
    assert_eq!(vault.unsaved(&id), 0);
}

#[test]
fn every_key_is_listed_with_its_meaning() {
    let (store, player) = lived_in(8, 30, true);
    store.set(&format!("{PREFIX}unknown"), "x").unwrap();
    store
        .set(&format!("{PREFIX}quarantine/settings/0"), "y")
        .unwrap();
    store.set("other:settings", "z").unwrap();
    let (vault, _) = open(store.clone(), SHORT);
    let list = vault.inventory().unwrap();
    let all: Vec<&str> = list.iter().map(|stored| stored.key.as_str()).collect();
    assert_eq!(all.len(), store.contents().len() - 1, "{all:?}");
    let of = |key: &str| list.iter().find(|stored| stored.key == key).unwrap();
    assert_eq!(of("settings").meaning, Meaning::Saved(StorageKey::Settings));
    assert_eq!(of("unknown").meaning, Meaning::Unknown);
    assert_eq!(of("unknown").units, 8);
    assert_eq!(of("quarantine/settings/0").meaning, Meaning::SetAside);
    assert_eq!(of("settings").newest, None);
    assert_eq!(of("ws/w2/head").newest, Some(Time(5)));
    let newest = list.iter().filter_map(|stored| stored.newest).max();
    let last = player
        .log
        .done()
        .iter()
        .chain(player.log.undone())
        .map(|entry| entry.context.at);
    assert!(newest >= last.max(), "{newest:?}");
}

#[test]
fn all_of_it_goes_and_nothing_else() {
    let (store, _) = lived_in(9, 30, true);
    store.set(&format!("{PREFIX}unknown"), "x").unwrap();
    store
        .set(&format!("{PREFIX}quarantine/settings/0"), "y")
        .unwrap();
    store.set("other:settings", "z").unwrap();
    let (mut vault, _) = open(store.clone(), SHORT);
    vault.erase().unwrap();
    let left: Vec<String> = store.contents().keys().cloned().collect();
    assert_eq!(left, ["other:settings"]);
    let loaded = vault.load(&own()).unwrap();
    assert!(loaded.untouched && vault.workspaces().len() == 1);
    let (_, notices) = open(store, SHORT);
    assert_eq!(notices, []);
}

#[test]
fn erasing_may_stop_anywhere_and_what_is_left_can_be_read() {
    let (store, _) = lived_in(9, 20, true);
    picture(&store);
    for stop in 0.. {
        let copy = store.deep_copy();
        let faulty = FaultyStore::new(copy.clone());
        let (mut vault, _) = open(faulty.clone(), SHORT);
        faulty.reset_counts();
        faulty.stop_after(stop);
        let done = vault.erase();
        let (_, notices) = picture(&copy);
        assert_eq!(notices, [], "{stop}");
        if done.is_ok() {
            assert_eq!(places(&copy), [""; 0]);
            break;
        }
    }
}

#[test]
fn a_name_from_a_file_is_kept_as_it_is() {
    let store = MemoryStore::new();
    let (mut vault, _) = Vault::open(store, PREFIX);
    let named = WorkspaceSnapshot {
        name: FreeText::parse("<b>\u{202e}").unwrap(),
        ..snapshot(2, 3)
    };
    let id = vault.put(&named, NOW).unwrap();
    assert_eq!(read(&mut vault, &id), Ok(named));
}
