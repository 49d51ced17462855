//! Whatever was done comes back exactly as it was.

use super::cases::cases;
use proptest::prelude::*;
use registry::Log;
use storage::{FaultyStore, KeyValue as _, Limits, MemoryStore, units};

use crate::support::{Player, SHORT, own, start};

/// Acts in several sessions, with upkeep now and then, and compares after each.
fn check(seed: u64, sessions: &[(usize, bool)], limits: Limits) {
    let store = MemoryStore::new();
    let mut player = Player::new(seed);
    for (records, maintain) in sessions {
        let (mut vault, loaded, notices) = start(store.clone(), limits);
        assert_eq!(notices, []);
        assert!(loaded.log == player.log);
        for _ in 0..*records {
            vault.append(&own(), &player.act()).unwrap();
        }
        if *maintain && let Some(folded) = vault.maintain(&own(), &player.log).unwrap() {
            player.log = folded.log;
        }
    }
    let (_, loaded, notices) = start(store, limits);
    assert_eq!(notices, []);
    assert!(loaded.log == player.log);
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn random_histories_come_back(
        seed in any::<u64>(),
        sessions in prop::collection::vec((0_usize..40, any::<bool>()), 1..6),
        segment in 50_usize..1_500,
        state in 100_usize..3_000,
        journal in 1_500_usize..20_000,
    ) {
        check(seed, &sessions, Limits { segment, state, journal });
    }
}

#[test]
fn an_action_writes_a_few_hundred_units_whatever_came_before() {
    let store = MemoryStore::new();
    let counting = FaultyStore::new(store.clone());
    let (mut vault, _, _) = start(counting.clone(), Limits::default());
    let mut player = Player::new(2);
    let mut longest = 0;
    let mut before = store.contents();
    for number in 0..2_000 {
        counting.reset_counts();
        vault.append(&own(), &player.version()).unwrap();
        if number > 0 {
            assert_eq!(counting.writes(), 1);
            assert!(counting.calls() <= 3, "{}", counting.calls());
        }
        if number % 100 == 0 || number > 1_950 {
            let after = store.contents();
            let written: usize = after
                .iter()
                .filter(|(key, value)| before.get(*key) != Some(value))
                .map(|(_, value)| units(value))
                .sum();
            if number > 1_950 {
                longest = longest.max(written);
            }
            before = after;
        } else if number == 1_950 {
            before = store.contents();
        }
    }
    assert!(longest <= 1_200, "{longest}");
}

#[test]
fn the_first_visit_is_one_segment() {
    let store = MemoryStore::new();
    let (mut vault, _, _) = start(store.clone(), SHORT);
    vault.append_all(&own(), &Player::new(5).acts(100)).unwrap();
    let keys = store.keys_with_prefix("").unwrap();
    assert_eq!(keys.len(), 2, "{keys:?}");
}

#[test]
fn nothing_is_written_by_looking() {
    let (store, _) = crate::support::lived_in(4, 50, true);
    let before = store.contents();
    crate::support::picture(&store);
    assert_eq!(store.contents(), before);
    let empty = MemoryStore::new();
    crate::support::picture(&empty);
    assert_eq!(empty.used(), 0);
}

#[test]
fn ten_thousand_records_load_quickly() {
    let store = MemoryStore::new();
    let (mut vault, _, _) = start(store.clone(), Limits::default());
    let mut player = Player::new(2);
    let writing = std::time::Instant::now();
    for _ in 0..10_000 {
        let record = player.act();
        vault.append(&own(), &record).unwrap();
    }
    let writing = writing.elapsed();
    let kept: Log = player.log.clone();
    let loading = std::time::Instant::now();
    let (_, loaded, _) = start(store.clone(), Limits::default());
    let loading = loading.elapsed();
    assert!(loaded.log == kept);
    println!(
        "{} units, written in {writing:?}, loaded in {loading:?}",
        store.used()
    );
    // Far above what it takes; a cost that grows with the square would show.
    assert!(loading.as_secs() < 5, "{loading:?}");
}
