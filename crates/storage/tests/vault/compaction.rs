//! Folding the oldest steps: the registry stays, the history gets shorter, and nothing that is still needed goes.

use registry::{Context, Record, RuleSet, Time};
use storage::{Limits, MemoryStore, WorkspaceId};

use crate::support::{Player, SHORT, own, places, start, text};

/// A journal of versions, then what `more` does; compacted until nothing more can be folded. Steps from `needed` on
/// must stay.
fn check(needed: u64, more: impl Fn(&mut Player) -> Vec<Record>) {
    let store = MemoryStore::new();
    let (mut vault, _, _) = start(store.clone(), SHORT);
    let mut player = Player::new(1);
    for _ in 0..40 {
        vault.append(&own(), &player.version()).unwrap();
    }
    for record in more(&mut player) {
        vault.append(&own(), &record).unwrap();
    }
    let before = player.log.clone();
    for _ in 0..20 {
        let Some(folded) = vault.compact(&own(), &player.log).unwrap() else {
            break;
        };
        assert!(folded.steps > 0);
        player.log = folded.log;
        assert_eq!(player.log.registry(), before.registry());
        assert_eq!(player.log.step(), before.step());
        assert_eq!(player.log.undone(), before.undone());
        assert!(before.done().ends_with(player.log.done()));
        assert!(
            player.log.folded() <= needed,
            "{} > {needed}",
            player.log.folded()
        );
        for step in player.log.folded()..=player.log.step() {
            assert_eq!(player.log.as_of(step), before.as_of(step));
        }
        assert!(player.log.as_of(player.log.folded() - 1).is_err());
        let (_, loaded, notices) = start(store.clone(), SHORT);
        assert_eq!(notices, []);
        assert!(loaded.log == player.log);
    }
    assert!(player.log.folded() > 0);
    // It goes on as ever.
    for _ in 0..30 {
        vault.append(&own(), &player.version()).unwrap();
    }
    let (_, loaded, _) = start(store, SHORT);
    assert!(loaded.log == player.log);
}

#[test]
fn steps_that_later_ones_refer_to_stay() {
    check(40, |_| Vec::new());
    // Undone by hand: the journal goes back over these steps.
    check(30, |player| {
        (0..10).map(|_| player.log.undo().unwrap()).collect()
    });
    check(30, |player| {
        let mut records: Vec<_> = (0..10).map(|_| player.log.undo().unwrap()).collect();
        records.extend((0..5).map(|_| player.log.redo().unwrap()));
        records
    });
    // Undone and then left behind by another step: only from that one on.
    check(36, |player| {
        let mut records: Vec<_> = (0..5).map(|_| player.log.undo().unwrap()).collect();
        records.extend(player.versions(1));
        records
    });
    // A restored step is asked for by its number.
    check(20, |player| {
        let context = Context::new(Time(1_800_000_000_000), RuleSet::Mlflow);
        let restored = player.log.restore(&context, 20).unwrap();
        let taken_back = player.log.undo().unwrap();
        vec![restored, taken_back]
    });
}

#[test]
fn upkeep_keeps_a_journal_within_its_limit() {
    let limits = Limits {
        journal: 6_000,
        ..SHORT
    };
    let store = MemoryStore::new();
    let (mut vault, _, _) = start(store.clone(), limits);
    let mut player = Player::new(1);
    let mut folded = 0;
    for _ in 0..300 {
        vault.append(&own(), &player.version()).unwrap();
        if let Some(done) = vault.maintain(&own(), &player.log).unwrap() {
            player.log = done.log;
            folded += 1;
        }
        let segments = places(&store)
            .iter()
            .filter(|place| place.contains("/seg/"))
            .count();
        assert!(segments <= 20, "{segments}");
    }
    assert!(folded > 3, "{folded}");
    let (_, loaded, notices) = start(store, limits);
    assert_eq!(notices, []);
    assert!(loaded.log == player.log);
}

#[test]
fn second_states_cost_no_more_than_the_records() {
    let store = MemoryStore::new();
    let faulty = storage::FaultyStore::new(store.clone());
    let (mut vault, _, _) = start(faulty.clone(), SHORT);
    let mut player = Player::new(1);
    let mut states = 0;
    for _ in 0..300 {
        vault.append(&own(), &player.version()).unwrap();
        faulty.reset_counts();
        vault.maintain(&own(), &player.log).unwrap();
        states += faulty.writes();
    }
    // The registry grows as the journal does: each state is written when the journal has doubled, or nearly so.
    assert!((3..=20).contains(&states), "{states}");
}

/// Where the store is full and the history that is open has nothing to fold, the longest of the others does; never one with
/// steps that are not stored yet.
#[test]
fn another_workspace_makes_room_the_longest_first() {
    let store = MemoryStore::new();
    let (mut vault, _, _) = start(store.clone(), SHORT);
    let other = |number: u32| WorkspaceId::parse(&format!("w{number}")).unwrap();
    let mut logs = Vec::new();
    for (number, steps) in [(1, 30), (2, 80), (3, 50)] {
        let id = other(number);
        vault
            .create(&id, text("Other"), RuleSet::Mlflow, Time(1))
            .unwrap();
        vault.load(&id).unwrap();
        let mut player = Player::new(u64::from(number));
        for record in player.versions(steps) {
            vault.append(&id, &record).unwrap();
        }
        logs.push((id, player.log));
    }
    // The second has something that could not be stored: it would be lost.
    store.set_quota(Some(store.used()));
    let mut player = Player::from(2, logs[1].1.clone());
    assert!(vault.append(&other(2), &player.version()).is_err());
    store.set_quota(None);
    let (id, steps) = vault.compact_another(Some(&own())).unwrap().unwrap();
    assert_eq!(id, other(3));
    assert!(steps > 0);
    let used = store.used();
    vault.flush().unwrap();
    logs[1].1 = player.log;
    let (id, _) = vault.compact_another(Some(&own())).unwrap().unwrap();
    assert_eq!(id, other(2));
    let (id, _) = vault.compact_another(Some(&other(2))).unwrap().unwrap();
    assert_ne!(id, other(2));
    assert!(store.used() < used);
    let mut times = 0;
    while vault.compact_another(Some(&own())).unwrap().is_some() {
        times += 1;
        assert!(times < 100);
    }
    // Without a log of its own the caller leaves none out.
    let mut player = Player::new(9);
    for record in player.versions(60) {
        vault.append(&own(), &record).unwrap();
    }
    vault.maintain(&own(), &player.log).unwrap();
    let before = vault.foldable().unwrap();
    let (id, _) = vault.compact_another(None).unwrap().unwrap();
    assert_eq!(id, own());
    assert!(vault.foldable().unwrap() < before);
    // Every registry is as it was; only its history begins later.
    for (id, log) in logs {
        let loaded = vault.load(&id).unwrap();
        assert_eq!(loaded.notices, []);
        assert_eq!(loaded.log.registry(), log.registry());
        assert!(loaded.log.folded() > 0);
    }
}
