//! Older and newer formats, and data that an earlier build has really written.

use std::collections::BTreeMap;
use std::path::PathBuf;

use lesson::progress::{Id, Outcome, Progress};
use registry::{Log, RuleSet, Stage, Time};
use serde_json::Value;
use storage::migrate::{Format, Migration, VERSION};
use storage::tabs::TabId;
use storage::{
    Attempt, ClassPlans, FaultyStore, KeyValue as _, MemoryStore, Mode, Notice, Setup, StoreError,
    Theme, Vault, WorkspaceId,
};

use crate::support::{
    PREFIX, Player, SHORT, lived_in, open, own, picture, places, put, seal, start, text,
};

/// Writes a value anew as a newer app's; then does everything that can be done.
fn check_newer(store: &MemoryStore, place: &str) {
    let key = format!("{PREFIX}{place}");
    let body = store.get(&key).unwrap().unwrap();
    let body = body.split_once('\n').unwrap().1.to_owned();
    put(store, place, &seal(VERSION + 1, place, &body));
    put(store, "quarantine/settings/0", "something");
    let before = store.contents();
    let (mut vault, mut notices) = open(store.clone(), SHORT);
    let mut logs = BTreeMap::new();
    for workspace in vault.workspaces() {
        let loaded = vault.load(&workspace.id).unwrap();
        notices.extend(loaded.notices);
        assert!(!loaded.untouched, "{place}");
        logs.insert(workspace.id, loaded.log);
    }
    assert_eq!(vault.mode(), Mode::ReadOnlyNewer, "{place}");
    let told = |notice: &Notice| matches!(notice, Notice::Newer { place: at, version } if at.to_string() == place && *version == VERSION + 1);
    assert!(notices.iter().any(told), "{place}: {notices:?}");
    for (id, log) in logs {
        let mut player = Player::from(3, log);
        let record = player.version();
        assert_eq!(
            vault.append(&id, &record),
            Err(StoreError::ReadOnly),
            "{place}"
        );
        let _ = vault.maintain(&id, &player.log);
        let _ = vault.compact(&id, &player.log);
        let _ = vault.rename(&id, text("x"));
        let _ = vault.set_rules(&id, RuleSet::Mlflow);
        let _ = vault.set_current(&id);
        let _ = vault.delete(&id);
        let _ = vault.load(&id);
    }
    let _ = vault.set_theme(Theme::Light);
    assert_eq!(vault.theme(), Theme::Light);
    let third = WorkspaceId::parse("w3").unwrap();
    let created = vault.create(&third, text("x"), RuleSet::Guided, Time(1));
    assert_eq!(created, Err(StoreError::ReadOnly));
    for entry in vault.quarantine().unwrap() {
        assert_eq!(
            vault.drop_quarantined(&entry.key),
            Err(StoreError::ReadOnly)
        );
    }
    assert!(vault.flush().is_err());
    assert!(!vault.is_saved());
    assert_eq!(store.contents(), before, "{place}");
}

/// What was deleted and an exercise under way are read when they are needed.
fn seen_at_start(place: &&String) -> bool {
    !place.starts_with("deleted") && !place.starts_with("exercise/")
}

#[test]
fn newer_data_is_not_touched() {
    for maintained in [false, true] {
        let (store, _) = lived_in(11, 40, maintained);
        picture(&store);
        let places = places(&store);
        let seen: Vec<_> = places.iter().filter(seen_at_start).collect();
        assert!(seen.len() > 4, "{seen:?}");
        for place in seen {
            check_newer(&store.deep_copy(), place);
        }
    }
}

/// What a start sees before it repairs anything: the settings, all heads, and the journal that is loaded.
#[test]
fn newer_data_among_damage_is_not_touched() {
    let (store, _) = lived_in(11, 40, true);
    picture(&store);
    put(&store, "ws/own/seg/1", "broken");
    let places = places(&store);
    let others = places
        .iter()
        .filter(seen_at_start)
        .filter(|place| *place != "ws/own/seg/1" && *place != "ws/w2/seg/0");
    let others: Vec<_> = others.collect();
    assert!(others.len() > 4, "{others:?}");
    for place in others {
        check_newer(&store.deep_copy(), place);
    }
}

/// In the version before, as these tests have it, a head's name was called `title`, and a segment's records stood under `log`.
const OLD: &[Migration] = &[Migration {
    name: "names of today",
    apply: |_, mut value: Value| {
        let map = value.as_object_mut()?;
        for (old, new) in [("title", "name"), ("log", "records")] {
            if let Some(found) = map.remove(old) {
                map.insert(new.to_owned(), found);
            }
        }
        Some(value)
    },
}];

fn with_old() -> Setup {
    Setup {
        format: Format {
            version: VERSION,
            migrations: OLD,
        },
        limits: SHORT,
    }
}

/// A lived-in store, and the same as an earlier version would have written it.
fn old_store(version: u32) -> (MemoryStore, MemoryStore) {
    let (store, _) = lived_in(11, 30, true);
    picture(&store);
    let old = MemoryStore::new();
    // Each segment names the one before it by its checksum.
    let mut checksum = "0000000000000000".to_owned();
    let mut keys = places(&store);
    keys.sort_by_key(|place| {
        let number = place
            .rsplit_once('/')
            .and_then(|(_, n)| n.parse::<u64>().ok());
        (place.contains("/w2/"), place.contains("/state/"), number)
    });
    let mut sums = BTreeMap::new();
    for place in keys {
        let text = store.get(&format!("{PREFIX}{place}")).unwrap().unwrap();
        let body = text.split_once('\n').unwrap().1;
        let mut body: Value = serde_json::from_str(body).unwrap();
        let map = body.as_object_mut().unwrap();
        if let Some((name, number)) = place.split_once("/seg/") {
            if number == "0" {
                checksum = "0000000000000000".to_owned();
            }
            map.insert("after".to_owned(), checksum.clone().into());
            let records = map.remove("records").unwrap();
            map.insert("log".to_owned(), records);
            let next = number.parse::<u64>().unwrap() + 1;
            let sealed = seal(version, &place, &body.to_string());
            checksum = sealed.split(' ').nth(1).unwrap().to_owned();
            sums.insert(format!("{name}/state/{next}"), checksum.clone());
            put(&old, &place, &sealed);
            continue;
        }
        if place.contains("/state/") {
            map.insert("after".to_owned(), sums[&place].clone().into());
        }
        if let Some(name) = map.remove("name") {
            map.insert("title".to_owned(), name);
        }
        put(&old, &place, &seal(version, &place, &body.to_string()));
    }
    (store, old)
}

/// Name, log and rules of each workspace.
type Old = BTreeMap<WorkspaceId, (String, Log, RuleSet)>;

fn old_picture(store: &MemoryStore) -> (Old, Vec<Notice>) {
    let (mut vault, mut notices) = Vault::open_with(store.clone(), PREFIX, with_old());
    let mut logs = BTreeMap::new();
    for workspace in vault.workspaces() {
        let loaded = vault.load(&workspace.id).unwrap();
        notices.extend(loaded.notices);
        logs.insert(
            workspace.id,
            (workspace.name.to_string(), loaded.log, loaded.rules),
        );
    }
    (logs, notices)
}

#[test]
fn older_data_is_carried_over_as_it_is_used() {
    let (today, old) = old_store(VERSION - 1);
    let (expected, _) = old_picture(&today);
    let before = old.contents();
    let (found, notices) = old_picture(&old);
    assert_eq!(notices, []);
    assert!(found == expected);
    assert_eq!(old.contents(), before, "reading writes nothing");
    let run = |store: &MemoryStore, stop: Option<usize>| {
        let faulty = FaultyStore::new(store.clone());
        let (mut vault, _) = Vault::open_with(faulty.clone(), PREFIX, with_old());
        let log = vault.load(&own()).unwrap().log;
        faulty.reset_counts();
        if let Some(calls) = stop {
            faulty.stop_after(calls);
        }
        let mut player = Player::from(5, log);
        let mut logs = vec![player.log.clone()];
        for _ in 0..6 {
            let _ = vault.append(&own(), &player.version());
            logs.push(player.log.clone());
        }
        let _ = vault.set_rules(&own(), RuleSet::Mlflow);
        let _ = vault.rename(&own(), text("New"));
        let _ = vault.maintain(&own(), &player.log);
        if let Ok(Some(folded)) = vault.compact(&own(), &player.log) {
            logs.push(folded.log);
        }
        (faulty.calls(), logs)
    };
    let (calls, _) = run(&old.deep_copy(), None);
    for stop in 0..=calls {
        let store = old.deep_copy();
        let (_, logs) = run(&store, Some(stop));
        let (found, notices) = old_picture(&store);
        assert_eq!(notices, [], "stop after {stop}");
        assert!(logs.contains(&found[&own()].1), "stop after {stop}");
    }
}

#[test]
fn older_data_without_a_way_here_is_set_aside() {
    let (_, old) = old_store(0);
    let (vault, loaded, _) = start(old, SHORT);
    assert_eq!(loaded.log.step(), 0);
    assert!(vault.quarantine().unwrap().len() > 5);
}

#[test]
fn unknown_and_missing_settings_are_passed_over() {
    let check = |body: &str, theme: Theme, workspace: &str| {
        let store = MemoryStore::new();
        put(&store, "settings", &seal(VERSION, "settings", body));
        let (vault, notices) = open(store, SHORT);
        assert_eq!(notices, [], "{body}");
        assert_eq!(vault.theme(), theme, "{body}");
        assert_eq!(vault.settings().workspace.as_str(), workspace, "{body}");
        // One that is not there any more is not used.
        assert_eq!(vault.current(), own());
    };
    check("{}", Theme::System, "own");
    check(r#"{"theme":"dark","sound":true}"#, Theme::Dark, "own");
    check(r#"{"workspace":"gone"}"#, Theme::System, "gone");
}

/// The samples are never written again: what a build of today makes of the same steps may look different one day, but what
/// an earlier build wrote has to open for ever.
fn sample_file(name: &str) -> PathBuf {
    test_support::kept("saved").join(name)
}

fn sample(name: &str) -> BTreeMap<String, String> {
    let kept = std::fs::read_to_string(sample_file(name)).expect(name);
    serde_json::from_str(&kept).unwrap()
}

/// What a learner has done, in all ways that progress has.
fn make_progress() -> Progress {
    const DAY: u64 = 86_400_000;
    let at = |after: u64| Time(1_700_000_000_000 + after);
    let mut progress = Progress::default();
    let questions = ["staging-for", "alias-names", "first-release"];
    let questions = questions.map(|id| Id::parse(id).unwrap());
    progress.start_round(questions.to_vec(), at(0));
    for (question, outcome, misconception, after) in [
        ("staging-for", Outcome::Right, None, 0),
        ("swap-order", Outcome::Wrong, Some("stages-are-copies"), 1),
        ("swap-order", Outcome::Right, None, 2 * DAY),
        ("alias-names", Outcome::Shown, None, 3 * DAY),
        ("gone-since", Outcome::Wrong, Some("gone-too"), 4 * DAY),
    ] {
        progress.answered(question, outcome, misconception, at(after));
    }
    progress.step_done("hook", at(0));
    progress.step_done("problem", at(5));
    progress.set_place("label", at(9));
    progress.chose("hook", "new-one", at(0));
    progress.solved("first-promotion", 2, 1, at(DAY));
    progress.solution_shown("bad-release", at(DAY));
    progress
}

/// An exercise that is under way, after a step and with help.
fn make_attempt() -> Attempt {
    Attempt {
        way: "ms1.first-promotion.guided.b.c".to_owned(),
        hints: 2,
        shown: true,
        ..Attempt::default()
    }
}

/// What the kept sample holds: settings, progress, two workspaces, a journal with a start, a second state and several segments.
fn make_sample() -> (MemoryStore, Player) {
    let (store, mut player) = lived_in(2, 60, true);
    let (mut vault, _, _) = start(store.clone(), SHORT);
    let folded = vault.compact(&own(), &player.log).unwrap().unwrap();
    player.log = folded.log;
    for _ in 0..12 {
        vault.append(&own(), &player.act()).unwrap();
    }
    vault.maintain(&own(), &player.log).unwrap();
    for _ in 0..5 {
        vault.append(&own(), &player.act()).unwrap();
    }
    vault
        .set_current(&WorkspaceId::parse("w2").unwrap())
        .unwrap();
    vault.set_progress(make_progress()).unwrap();
    let exercise = Id::parse("first-promotion").unwrap();
    vault.set_attempt(&exercise, make_attempt()).unwrap();
    (store, player)
}

/// Of version 1, which had no round and no choices, there are two samples: `v1.json` is older than progress.
#[test]
fn the_progress_that_version_1_wrote_still_opens() {
    let store = MemoryStore::from(sample("v1-progress.json"));
    let before = store.contents();
    let (mut vault, notices) = open(store.clone(), SHORT);
    assert_eq!(notices, []);
    assert_eq!(store.contents(), before, "reading writes nothing");
    let progress = vault.progress().clone();
    let today = make_progress();
    assert!(progress.questions().eq(today.questions()));
    assert!(progress.steps().eq(today.steps()));
    assert_eq!(progress.place(), today.place());
    assert_eq!((progress.round(), progress.choice("hook")), (None, None));
    // It stays as it is, written in today's version with what comes next.
    vault.set_progress(progress.clone()).unwrap();
    assert_eq!(open(store, SHORT).0.progress(), &progress);
}

/// Version 2 had no exercises.
#[test]
fn what_version_2_wrote_still_opens() {
    let store = MemoryStore::from(sample("v2.json"));
    let (expected, notices) = picture(&store);
    assert_eq!(notices, []);
    assert!(expected.logs == picture(&make_sample().0).0.logs);
    let progress = open(store, SHORT).0.progress().clone();
    assert_eq!(progress.exercises().count(), 0);
    let mut today = progress;
    let before = make_progress();
    assert!(today.questions().eq(before.questions()));
    assert_eq!(today.round(), before.round());
    today.merge(&before);
    assert_eq!(today, before);
}

/// Version 3 knew nothing of requests of other tabs.
#[test]
fn what_version_3_wrote_still_opens() {
    let store = MemoryStore::from(sample("v3.json"));
    let before = store.contents();
    let (expected, notices) = picture(&store);
    assert_eq!(notices, []);
    assert_eq!(store.contents(), before, "reading writes nothing");
    let (today, player) = make_sample();
    assert!(expected == picture(&today).0);
    let (mut vault, _) = open(store.clone(), SHORT);
    assert_eq!(vault.progress(), &make_progress());
    // It goes on in today's version, with a request of another tab in it.
    vault.load(&own()).unwrap();
    let mut player = Player::from(9, player.log);
    let tab = TabId::of(7);
    vault
        .append_for(&own(), &player.version(), &tab, 3)
        .unwrap();
    let (vault, loaded, notices) = start(store, SHORT);
    assert_eq!(notices, []);
    assert!(loaded.log == player.log);
    assert_eq!(vault.seen(&own(), &tab), 3);
}

/// Version 4 had no small values among what arrives.
#[test]
fn what_version_4_wrote_still_opens() {
    let store = MemoryStore::from(sample("v4.json"));
    let before = store.contents();
    let (expected, notices) = picture(&store);
    assert_eq!(notices, []);
    assert_eq!(store.contents(), before, "reading writes nothing");
    assert!(expected == picture(&make_sample().0).0);
}

/// Version 5 knew nothing of made exercises, and of an attempt not which help is open.
#[test]
fn what_version_5_wrote_still_opens() {
    let store = MemoryStore::from(sample("v5.json"));
    let before = store.contents();
    let (expected, notices) = picture(&store);
    assert_eq!(notices, []);
    assert_eq!(store.contents(), before, "reading writes nothing");
    assert!(expected == picture(&make_sample().0).0);
    let (mut vault, _) = open(store, SHORT);
    assert_eq!(vault.progress().made().count(), 0);
    let exercise = Id::parse("first-promotion").unwrap();
    assert_eq!(vault.attempt(&exercise), Ok((make_attempt(), Vec::new())));
}

/// Version 6 had no plans for classes.
#[test]
fn what_version_6_wrote_still_opens() {
    let store = MemoryStore::from(sample("v6.json"));
    let before = store.contents();
    let (expected, notices) = picture(&store);
    assert_eq!(notices, []);
    assert_eq!(store.contents(), before, "reading writes nothing");
    assert!(expected == picture(&make_sample().0).0);
    assert_eq!(open(store, SHORT).0.plans(), &ClassPlans::default());
}

/// It was stopped right after two workspaces had been taken in: their heads still call them deleted.
#[test]
fn what_version_4_left_arriving_has_arrived() {
    let store = MemoryStore::from(sample("v4-arriving.json"));
    let (found, notices) = picture(&store);
    assert_eq!(notices, []);
    let names: Vec<&str> = found.workspaces.iter().map(|it| it.name.as_str()).collect();
    // The oldest first, the learner's own before all.
    assert_eq!(names, ["", "First that came", "Second that came", "Second"]);
    assert_eq!(found.settings.theme, Theme::Dark);
    assert_eq!(found.progress, Progress::default());
    assert!(!places(&store).contains(&"arriving".to_owned()));
    assert!(picture(&store).0 == found);
}

#[test]
fn what_version_1_wrote_still_opens() {
    let kept = sample("v1.json");
    let (expected, notices) = picture(&MemoryStore::from(kept.clone()));
    assert_eq!(notices, []);
    let (today, player) = make_sample();
    let mut today = picture(&today).0;
    today.progress = Progress::default();
    assert!(expected == today);
    let (log, rules) = &expected.logs[&own()];
    assert!(*log == player.log);
    assert_eq!(*rules, RuleSet::Guided);
    assert!(log.folded() > 0);
    assert_eq!(expected.settings.theme, Theme::Dark);
    assert_eq!(expected.settings.workspace.as_str(), "w2");
    let staged = log.registry().models().map(|model| {
        Stage::ALL
            .map(|stage| model.in_stage(stage).len())
            .iter()
            .sum::<usize>()
    });
    assert!(staged.sum::<usize>() > 3);
    assert!(
        kept.keys()
            .filter(|key| key.contains("/own/state/"))
            .count()
            == 2
    );
}

/// Writes the sample of this version, before the next one comes.
#[test]
#[ignore = "writes a file; only before the format gets a new version"]
fn write_the_sample() {
    let (store, _) = make_sample();
    let text = serde_json::to_string_pretty(&store.contents()).unwrap();
    let file = sample_file(&format!("v{VERSION}.json"));
    assert!(!file.exists(), "it is never written again");
    std::fs::write(file, text + "\n").unwrap();
}
