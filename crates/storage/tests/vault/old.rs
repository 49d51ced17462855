//! What an earlier version of the app has kept in a folder under other keys comes in beside what is here.

use std::rc::Rc;

use registry::{FreeText, RuleSet, Time};
use share::{Everything, Old, Plan, old};
use storage::{KeyValue as _, MemoryStore, Small, Theme, Vault, WorkspaceId, folder};

use crate::support::{Player, own};

const PATH: &str = "/x:y/";
const OWN: &str = "My registry";

/// A vault behind a prefix, with two registries that were worked on, and the dark theme.
fn worked(store: &MemoryStore, prefix: &str, seed: u64) -> Vault {
    let (mut vault, notices) = Vault::open(store.clone(), prefix);
    assert_eq!(notices, []);
    let team = WorkspaceId::parse(&format!("w{seed}")).unwrap();
    let name = FreeText::parse("Team a").unwrap();
    vault.create(&team, name, RuleSet::Mlflow, Time(1)).unwrap();
    for (id, seed) in [(own(), seed), (team, seed + 1)] {
        vault.load(&id).unwrap();
        let mut player = Player::new(seed);
        for _ in 0..12 {
            vault.append(&id, &player.act()).unwrap();
        }
    }
    vault.set_theme(Theme::Dark).unwrap();
    vault
}

fn everything(vault: &mut Vault) -> Everything {
    let all = vault.workspaces();
    let snapshot = |one: &storage::Workspace| vault.snapshot(&one.id).unwrap().0;
    Everything {
        workspaces: all.iter().map(snapshot).collect(),
        progress: Some(vault.progress().clone()),
        theme: Some(vault.theme()),
        console: None,
        plans: None,
    }
}

/// A folder in which both versions have kept something.
fn both() -> (MemoryStore, Vault) {
    let store = MemoryStore::new();
    let _ = worked(&store, &folder::old_prefix(PATH), 1);
    store
        .set("model-stages:/x:y:z:settings", "of another folder")
        .unwrap();
    let new = worked(&store, &folder::prefix(PATH), 11);
    (store, new)
}

fn read(store: &MemoryStore) -> Old {
    Old::read(Rc::new(store.clone()), &folder::old_prefix(PATH))
}

#[test]
fn it_comes_in_beside_what_is_here_and_then_it_is_here() {
    let (store, mut vault) = both();
    assert_eq!(folder::carry_over(&store, PATH), Ok(None));
    let before = store.contents();
    let found = read(&store);
    assert!(found.is_whole);
    assert_eq!(store.contents(), before, "reading changes nothing");
    let plan = Plan::of(&found.everything, &everything(&mut vault), OWN);
    let names: Vec<&str> = plan
        .new
        .iter()
        .map(|snapshot| snapshot.name.as_str())
        .collect();
    assert_eq!(names, ["My registry (2)", "Team a (2)"]);
    assert_eq!(plan.theme, None);
    vault.take_in(&plan.new, Small::default(), Time(5)).unwrap();
    let (mut again, notices) = Vault::open(store.clone(), &folder::prefix(PATH));
    assert_eq!(notices, []);
    let here = everything(&mut again);
    assert_eq!(here.workspaces.len(), 4);
    for old in &found.everything.workspaces {
        assert!(
            here.workspaces
                .iter()
                .any(|snapshot| snapshot.log == old.log)
        );
    }
    assert!(Plan::of(&found.everything, &here, OWN).is_nothing());
}

#[test]
fn what_was_never_worked_on_brings_nothing() {
    let store = MemoryStore::new();
    let (mut vault, _) = Vault::open(store.clone(), &folder::old_prefix(PATH));
    vault.set_theme(Theme::Dark).unwrap();
    let found = read(&store);
    assert!(found.is_whole);
    assert_eq!(found.everything.workspaces, []);
    let plan = Plan::of(&found.everything, &Everything::default(), OWN);
    assert!(plan.is_nothing());
}

#[test]
fn damage_is_known_and_all_of_it_can_be_taken_along() {
    let (store, _) = both();
    let keys = folder::left(&store, PATH).unwrap();
    for key in &keys {
        let text = store.get(key).unwrap().unwrap();
        store.set(key, &text[1..]).unwrap();
        assert!(!read(&store).is_whole, "{key}");
        store.set(key, &text).unwrap();
    }
    assert!(read(&store).is_whole);
    let file: std::collections::BTreeMap<String, String> =
        serde_json::from_str(&old::raw(&store, &keys).unwrap()).unwrap();
    assert!(!keys.is_empty());
    assert_eq!(file.keys().cloned().collect::<Vec<_>>(), keys);
    for (key, value) in file {
        assert_eq!(store.get(&key).unwrap(), Some(value));
    }
}
