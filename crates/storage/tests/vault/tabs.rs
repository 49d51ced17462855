//! Two tabs on one store: whoever comes second is told, and overwrites nothing.

use registry::{RuleSet, Time};
use storage::{MemoryStore, StoreError, Vault, WorkspaceId};

use crate::support::{Player, SHORT, lived_in, open, own, start, text};

/// The second tab does something, then the first. The first is told, and loads again what there is.
fn check(
    name: &str,
    second: impl Fn(&mut Vault, &mut Player),
    first: impl Fn(&mut Vault, &mut Player) -> Result<(), StoreError>,
) {
    let (store, _) = lived_in(3, 40, true);
    let (mut one, loaded, _) = start(store.clone(), SHORT);
    let (mut other, _, _) = start(store.clone(), SHORT);
    second(&mut other, &mut Player::from(1, loaded.log.clone()));
    let before = store.contents();
    let mut player = Player::from(2, loaded.log);
    assert_eq!(
        first(&mut one, &mut player),
        Err(StoreError::Changed),
        "{name}"
    );
    assert_eq!(store.contents(), before, "{name}");
    let again = one.load(&own()).unwrap();
    assert_eq!(again.notices, [], "{name}");
    assert!(again.log == start(store.clone(), SHORT).1.log, "{name}");
    let mut player = Player::from(2, again.log);
    one.append(&own(), &player.version()).unwrap();
    assert!(start(store, SHORT).1.log == player.log, "{name}");
}

fn append(vault: &mut Vault, player: &mut Player) -> Result<(), StoreError> {
    let record = player.version();
    vault.append(&own(), &record)
}

#[test]
fn the_second_to_write_is_told() {
    check(
        "one record",
        |vault, player| append(vault, player).unwrap(),
        append,
    );
    check(
        "many records",
        |vault, player| (0..20).for_each(|_| append(vault, player).unwrap()),
        append,
    );
    check(
        "a rule set after a compaction",
        |vault, player| assert!(vault.compact(&own(), &player.log).unwrap().is_some()),
        |vault, _| vault.set_rules(&own(), RuleSet::Mlflow),
    );
    check(
        "a compaction after a name",
        |vault, _| vault.rename(&own(), text("New")).unwrap(),
        |vault, player| vault.compact(&own(), &player.log).map(|_| ()),
    );
}

#[test]
fn a_workspace_that_the_other_window_made() {
    let store = MemoryStore::new();
    let (mut one, _) = open(store.clone(), SHORT);
    let (mut other, _) = open(store.clone(), SHORT);
    let id = WorkspaceId::parse("w1").unwrap();
    other
        .create(&id, text("Other"), RuleSet::Guided, Time(1))
        .unwrap();
    assert_eq!(
        one.create(&id, text("One"), RuleSet::Guided, Time(1)),
        Err(StoreError::Changed)
    );
    let (again, _) = open(store, SHORT);
    assert_eq!(again.workspace(&id).unwrap().name, text("Other"));
    assert_eq!(again.fresh_id(Time(7)).as_str(), "w7");
}

#[test]
fn a_first_visit_in_two_windows() {
    let store = MemoryStore::new();
    let (mut one, _, _) = start(store.clone(), SHORT);
    let (mut other, _, _) = start(store.clone(), SHORT);
    let mut player = Player::new(1);
    other.append_all(&own(), &player.versions(5)).unwrap();
    assert_eq!(
        one.append_all(&own(), &Player::new(2).versions(3)),
        Err(StoreError::Changed)
    );
    assert!(start(store, SHORT).1.log == player.log);
}
