//! Workspaces that were deleted: the last ones come back, wherever deleting stops and however full the store is.

use storage::{
    FaultyStore, MOST_DELETED, MemoryStore, StorageKey, StoreError, Vault, WorkspaceId,
    WorkspaceSnapshot,
};

use crate::snapshots::{NOW, read, snapshot};
use crate::support::{PREFIX, SHORT, lived_in, open, picture, put, start, text};

fn second() -> WorkspaceId {
    WorkspaceId::parse("w2").unwrap()
}

/// A store in which `Third` was deleted, and its second workspace.
fn store() -> (MemoryStore, Vault, WorkspaceSnapshot) {
    let (store, _) = lived_in(6, 10, false);
    let (mut vault, _, _) = start(store.clone(), SHORT);
    let second = read(&mut vault, &second()).unwrap();
    (store, vault, second)
}

/// What is in the trash as snapshots, the newest first.
fn snapshots(vault: &Vault) -> Vec<WorkspaceSnapshot> {
    let deleted = vault.deleted();
    assert!(deleted.windows(2).all(|two| two[0].number > two[1].number));
    deleted
        .iter()
        .map(|one| {
            let snapshot = vault.deleted_snapshot(one.number).unwrap();
            assert_eq!(snapshot.name, one.name);
            snapshot
        })
        .collect()
}

/// What those in the trash are called, the newest first.
fn names(vault: &Vault) -> Vec<String> {
    let names = snapshots(vault).into_iter().map(|one| one.name.to_string());
    names.collect()
}

/// Deletes one that is called so, with a history of so many steps.
fn delete(vault: &mut Vault, name: &str, steps: usize) -> Result<(), StoreError> {
    let one = WorkspaceSnapshot {
        name: text(name),
        ..snapshot(4, steps)
    };
    let id = vault.put(&one, NOW).unwrap();
    let done = vault.delete_kept(&id, &one);
    assert_eq!(vault.workspace(&id).is_none(), done.is_ok());
    done
}

#[test]
fn those_that_were_deleted_come_back() {
    let (store, mut vault, second) = store();
    assert_eq!(names(&vault), ["Third"]);
    vault.delete_kept(&self::second(), &second).unwrap();
    assert_eq!(vault.workspace(&self::second()), None);
    let (mut again, _) = open(store.clone(), SHORT);
    assert_eq!(names(&again), ["Second", "Third"]);
    assert_eq!(snapshots(&again)[0], second);
    for one in again.deleted() {
        let snapshot = again.deleted_snapshot(one.number).unwrap();
        let back = again.put(&snapshot, NOW).unwrap();
        again.forget_deleted(one.number).unwrap();
        assert_eq!(read(&mut again, &back), Ok(snapshot));
    }
    let (last, _) = open(store, SHORT);
    assert_eq!(last.deleted(), []);
}

/// Before there were several, the one that was kept had no number.
#[test]
fn one_from_before_there_were_several_is_the_oldest() {
    let (store, mut vault, _) = store();
    let key = format!("{PREFIX}deleted");
    assert!(store.contents().contains_key(&key));
    delete(&mut vault, "Fourth", 3).unwrap();
    assert!(store.contents().contains_key(&key));
    assert!(store.contents().contains_key(&format!("{key}/1")));
    assert_eq!(names(&vault), ["Fourth", "Third"]);
}

#[test]
fn the_last_ten_are_kept() {
    let (_, mut vault, _) = store();
    let expected = |last: usize| -> Vec<String> {
        let names = (0..=last).rev().map(|number| format!("Number {number}"));
        names.take(MOST_DELETED).collect()
    };
    for number in 0..25 {
        delete(&mut vault, &format!("Number {number}"), 2).unwrap();
        if number >= MOST_DELETED {
            assert_eq!(names(&vault), expected(number));
        }
    }
    // What is forgotten in between leaves the others as they are.
    let third = vault.deleted()[2].number;
    vault.forget_deleted(third).unwrap();
    let mut rest = expected(24);
    rest.remove(2);
    assert_eq!(names(&vault), rest);
}

/// A large one is kept as long as it is the newest: what was deleted would take the room of what is there otherwise.
#[test]
fn all_but_the_newest_take_no_more_than_a_tenth_of_the_store() {
    let (store, mut vault, _) = store();
    let units = |store: &MemoryStore| -> usize {
        let trash = format!("{PREFIX}deleted");
        let contents = store.contents();
        let kept = contents.iter().filter(|(key, _)| key.starts_with(&trash));
        kept.map(|(_, text)| text.encode_utf16().count()).sum()
    };
    for number in 0..5 {
        delete(&mut vault, &format!("Large {number}"), 2_000).unwrap();
    }
    let one = units(&store) / vault.deleted().len();
    assert!(one > 100_000, "{one}");
    assert_eq!(vault.deleted().len(), 1 + 500_000 / one);
    assert_eq!(names(&vault)[0], "Large 4");
    delete(&mut vault, "Small", 2).unwrap();
    assert_eq!(names(&vault)[..2], ["Small", "Large 4"]);
}

#[test]
fn deleting_may_stop_anywhere_and_it_is_here_or_in_the_bin() {
    let (store, _) = lived_in(7, 10, false);
    picture(&store);
    for stop in 0.. {
        let copy = store.deep_copy();
        let faulty = FaultyStore::new(copy.clone());
        let (mut vault, _, _) = start(faulty.clone(), SHORT);
        let snapshot = read(&mut vault, &second()).unwrap();
        faulty.reset_counts();
        faulty.stop_after(stop);
        let done = vault.delete_kept(&second(), &snapshot);
        let (mut again, notices) = open(copy, SHORT);
        assert_eq!(notices, [], "{stop}");
        let here = read(&mut again, &second()).ok();
        let kept = || snapshots(&again).into_iter().next();
        assert_eq!(here.or_else(kept), Some(snapshot), "{stop}");
        assert_eq!(names(&again).last().unwrap(), "Third", "{stop}");
        if done.is_ok() && faulty.calls() <= stop {
            break;
        }
    }
}

/// What was deleted before makes room; where that is not enough, everything stays as it is, and it can be deleted without a way
/// back.
#[test]
fn where_there_is_no_room_to_keep_it_nothing_is_deleted() {
    let (store, mut vault, second) = store();
    let other = vault.put(&snapshot(3, 40), NOW).unwrap();
    let long = read(&mut vault, &other).unwrap();
    delete(&mut vault, "Fourth", 2).unwrap();

    store.set_quota(Some(store.used()));
    let before = store.contents();
    assert_eq!(vault.delete_kept(&other, &long), Err(StoreError::Full));
    assert_eq!(store.contents(), before);
    assert_eq!(names(&vault), ["Fourth", "Third"]);
    assert!(vault.workspace(&other).is_some());

    // As long as the two before it: their room is enough.
    store.set_quota(None);
    vault.delete_kept(&self::second(), &second).unwrap();
    let again = vault.put(&second, NOW).unwrap();
    store.set_quota(Some(store.used() + 20));
    vault.delete_kept(&again, &second).unwrap();
    assert_eq!(names(&vault)[0], "Second");
    assert!(!names(&vault).contains(&"Third".to_owned()));

    vault.delete(&other).unwrap();
    assert_eq!(vault.workspace(&other), None);
}

/// Setting something aside takes room, too.
#[test]
fn what_cant_be_read_makes_no_room() {
    let (store, mut vault, second) = store();
    delete(&mut vault, "Fourth", 8).unwrap();
    vault.delete_kept(&self::second(), &second).unwrap();
    put(&store, "deleted", "no value at all");
    let again = vault.put(&second, NOW).unwrap();
    store.set_quota(Some(store.used() + 20));
    vault.delete_kept(&again, &second).unwrap();
    assert_eq!(names(&vault)[0], "Second");
    assert!(!names(&vault).contains(&"Fourth".to_owned()));
    let aside = vault.quarantine().unwrap();
    let found = aside.iter().map(|one| one.key.as_str());
    let there = store.contents().contains_key(&format!("{PREFIX}deleted"));
    assert!(there || found.eq(["quarantine/deleted/0"]));
}

/// What was set aside of it can still be downloaded.
#[test]
fn a_damaged_one_is_set_aside_when_another_one_is_kept() {
    let (store, mut vault, second) = store();
    put(&store, "deleted", "no value at all");
    put(&store, "deleted/7", "no value either");
    assert_eq!(vault.deleted(), []);
    assert_eq!(vault.deleted_snapshot(7), None);
    vault.delete_kept(&self::second(), &second).unwrap();
    let aside = vault.quarantine().unwrap();
    let aside: Vec<_> = aside
        .iter()
        .map(|one| (&one.place, one.key.as_str()))
        .collect();
    assert_eq!(
        aside,
        [
            (&StorageKey::Deleted(0), "quarantine/deleted/0"),
            (&StorageKey::Deleted(7), "quarantine/deleted/7/0")
        ]
    );
    let raw = vault.raw("quarantine/deleted/0").unwrap();
    assert_eq!(raw.as_deref(), Some("no value at all"));
    let raw = vault.raw("quarantine/deleted/7/0").unwrap();
    assert_eq!(raw.as_deref(), Some("no value either"));
    assert_eq!(snapshots(&vault), [second]);
}

/// A key that somebody made up does not end the counting.
#[test]
fn the_highest_number_of_all_is_passed_by() {
    let (store, mut vault, _) = store();
    let highest = (1_u64 << 53) - 1;
    let key = format!("deleted/{highest}");
    put(&store, &key, "no value at all");
    delete(&mut vault, "Fourth", 2).unwrap();
    delete(&mut vault, "Fifth", 2).unwrap();
    let (again, _) = open(store, SHORT);
    assert_eq!(names(&again).len(), 3);
}
