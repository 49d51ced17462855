//! Older and newer formats, and data that an earlier build has really written.

use std::collections::BTreeMap;
use std::path::PathBuf;

use model_stages::registry::{Log, RuleSet, Stage, Time};
use model_stages::storage::migrate::{Format, Migration};
use model_stages::storage::{
    FaultyStore, KeyValue as _, MemoryStore, Mode, Notice, Setup, StoreError, Theme, Vault,
    WorkspaceId,
};
use serde_json::Value;

use crate::support::{
    PREFIX, Player, SHORT, lived_in, open, own, picture, places, put, seal, start, text,
};

/// Writes a value anew as a newer app's; then does everything that can be done.
fn check_newer(store: &MemoryStore, place: &str) {
    let key = format!("{PREFIX}{place}");
    let body = store.get(&key).unwrap().unwrap();
    let body = body.split_once('\n').unwrap().1.to_owned();
    put(store, place, &seal(2, place, &body));
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
    let told = |notice: &Notice| matches!(notice, Notice::Newer { place: at, version: 2 } if at.to_string() == place);
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

#[test]
fn newer_data_is_not_touched() {
    for maintained in [false, true] {
        let (store, _) = lived_in(11, 40, maintained);
        picture(&store);
        for place in places(&store) {
            check_newer(&store.deep_copy(), &place);
        }
    }
}

/// What a start sees before it repairs anything: the settings, all heads, and the journal that is loaded.
#[test]
fn newer_data_among_damage_is_not_touched() {
    let (store, _) = lived_in(11, 40, true);
    picture(&store);
    put(&store, "ws/own/seg/1", "broken");
    for place in places(&store)
        .iter()
        .filter(|place| *place != "ws/own/seg/1" && *place != "ws/w2/seg/0")
    {
        check_newer(&store.deep_copy(), place);
    }
}

/// In version 0 of these tests, a head's name was called `title`, and a segment's records stood under `log`.
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
            version: 1,
            migrations: OLD,
        },
        limits: SHORT,
    }
}

/// A lived-in store as version 0 would have written it.
fn old_store() -> (MemoryStore, MemoryStore) {
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
            let sealed = seal(0, &place, &body.to_string());
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
        put(&old, &place, &seal(0, &place, &body.to_string()));
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
    let (today, old) = old_store();
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
    let (_, old) = old_store();
    let (vault, loaded, _) = start(old, SHORT);
    assert_eq!(loaded.log.step(), 0);
    assert!(vault.quarantine().unwrap().len() > 5);
}

#[test]
fn unknown_and_missing_settings_are_passed_over() {
    let check = |body: &str, theme: Theme, workspace: &str| {
        let store = MemoryStore::new();
        put(&store, "settings", &seal(1, "settings", body));
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

fn sample_file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/saved/v1.json")
}

/// What the kept sample holds: settings, two workspaces, a journal with a start, a second state and several segments.
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
    (store, player)
}

/// The file is never written again: what a build of today makes of the same steps may look different one day, but what
/// the first build wrote has to open for ever.
#[test]
fn what_version_1_wrote_still_opens() {
    let kept = std::fs::read_to_string(sample_file()).expect("tests/saved/v1.json");
    let kept: BTreeMap<String, String> = serde_json::from_str(&kept).unwrap();
    let (expected, notices) = picture(&MemoryStore::from(kept.clone()));
    assert_eq!(notices, []);
    let (today, player) = make_sample();
    assert!(expected == picture(&today).0);
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

/// Writes the sample where there is none, for a new version of the format.
#[test]
#[ignore = "writes a file; only for a new version of the format"]
fn write_the_sample() {
    let (store, _) = make_sample();
    let text = serde_json::to_string_pretty(&store.contents()).unwrap();
    assert!(!sample_file().exists(), "it is never written again");
    std::fs::write(sample_file(), text + "\n").unwrap();
}
