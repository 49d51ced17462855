//! A store that is full, for a moment or for good: nothing that was saved is lost, and nothing that was done is forgotten.

use registry::{RuleSet, Time};
use storage::{FaultyStore, Limits, MemoryStore, StoreError, Theme, WorkspaceId};

use crate::support::{Player, SHORT, own, picture, start, text};

/// Records and upkeep, with a full store at one write.
fn check(full_at: usize, for_good: bool) {
    let store = MemoryStore::new();
    let faulty = FaultyStore::new(store.clone());
    let (mut vault, _, _) = start(faulty.clone(), SHORT);
    faulty.reset_counts();
    if for_good {
        faulty.full_from(full_at);
    } else {
        faulty.full_at(full_at);
    }
    let mut player = Player::new(21);
    let mut logs = vec![player.log.clone()];
    let mut saved = 0;
    for number in 1..=40 {
        let record = player.act();
        logs.push(player.log.clone());
        match vault.append(&own(), &record) {
            Ok(()) => {
                assert!(vault.is_saved());
                assert_eq!(vault.unsaved(&own()), 0);
                saved = number;
            }
            Err(error) => {
                assert_eq!(error, StoreError::Full);
                assert!(!vault.is_saved());
                assert_eq!(vault.unsaved(&own()), number - saved);
            }
        }
        if number % 7 == 0 {
            assert_eq!(vault.maintain(&own(), &player.log), Ok(None));
            if vault.is_saved() {
                saved = number;
            }
        }
        // What the store says at this moment is what was saved.
        let (_, loaded, notices) = start(store.deep_copy(), SHORT);
        assert!(notices.is_empty(), "write {full_at}: {notices:?}");
        assert!(
            loaded.log == logs[saved],
            "write {full_at}, record {number}"
        );
    }
    faulty.heal();
    vault.flush().unwrap();
    assert!(vault.is_saved());
    let (_, loaded, notices) = start(store, SHORT);
    assert!(notices.is_empty(), "{notices:?}");
    assert!(loaded.log == player.log, "write {full_at}");
}

#[test]
fn full_at_every_write() {
    for write in 1..=60 {
        check(write, false);
        check(write, true);
    }
}

#[test]
fn settings_and_heads_are_written_later() {
    let store = MemoryStore::new();
    let faulty = FaultyStore::new(store.clone());
    let (mut vault, _, _) = start(faulty.clone(), SHORT);
    let id = WorkspaceId::parse("w2").unwrap();
    vault
        .create(&id, text("Second"), RuleSet::Guided, Time(1))
        .unwrap();
    faulty.reset_counts();
    faulty.full_from(1);
    assert_eq!(vault.set_theme(Theme::Dark), Err(StoreError::Full));
    assert_eq!(vault.set_rules(&id, RuleSet::Mlflow), Err(StoreError::Full));
    assert_eq!(vault.rename(&id, text("New")), Err(StoreError::Full));
    assert_eq!(vault.delete(&id), Err(StoreError::Full));
    assert!(!vault.is_saved());
    assert_eq!(vault.theme(), Theme::Dark);
    let third = WorkspaceId::parse("w3").unwrap();
    assert_eq!(
        vault.create(&third, text("x"), RuleSet::Guided, Time(2)),
        Err(StoreError::Full)
    );
    assert!(vault.workspace(&third).is_none());
    assert_eq!(vault.flush(), Err(StoreError::Full));
    faulty.heal();
    vault.flush().unwrap();
    assert!(vault.is_saved());
    let (found, notices) = picture(&store);
    assert!(notices.is_empty());
    assert_eq!(found.settings.theme, Theme::Dark);
    assert_eq!(found.workspaces[1].rules, RuleSet::Mlflow);
    assert_eq!(found.workspaces[1].name, text("New"));
}

/// Acts until the store is full, makes room, and goes on.
fn check_room(quota: usize, limits: Limits) {
    let store = MemoryStore::with_quota(quota);
    let (mut vault, _, _) = start(store.clone(), limits);
    let mut player = Player::new(8);
    let mut folded = 0;
    let mut steps = 0;
    for number in 0..1_000 {
        let record = player.act();
        if let Err(error) = vault.append(&own(), &record) {
            assert_eq!(error, StoreError::Full);
            let made = vault
                .compact(&own(), &player.log)
                .unwrap()
                .expect("there is something to fold");
            assert!(vault.is_saved());
            assert_eq!(made.log.registry(), player.log.registry());
            assert_eq!(made.log.step(), player.log.step());
            assert_eq!(made.log.undone(), player.log.undone());
            steps += made.steps;
            assert_eq!(made.log.folded(), steps);
            player.log = made.log;
            folded += 1;
        }
        if number % 10 == 9
            && let Some(made) = vault.maintain(&own(), &player.log).unwrap()
        {
            steps += made.steps;
            player.log = made.log;
        }
    }
    assert!(folded > 1, "{folded}");
    assert!(store.used() <= quota);
    store.set_quota(None);
    let (_, loaded, notices) = start(store, limits);
    assert!(notices.is_empty(), "{notices:?}");
    assert!(loaded.log == player.log);
}

#[test]
fn room_is_made_when_the_store_is_full() {
    check_room(50_000, SHORT);
    check_room(60_000, Limits::default());
}

#[test]
fn a_store_that_denies_everything() {
    let faulty = FaultyStore::new(MemoryStore::new());
    faulty.set_denied(true);
    let (mut vault, loaded, notices) = start(faulty.clone(), SHORT);
    assert_eq!(vault.mode(), storage::Mode::MemoryOnly);
    assert_eq!(
        notices,
        [storage::Notice::MemoryOnly {
            why: StoreError::Denied
        }]
    );
    let mut player = Player::from(1, loaded.log);
    vault.append_all(&own(), &player.acts(20)).unwrap();
    // Within the session everything works.
    assert!(vault.load(&own()).unwrap().log == player.log);
}
