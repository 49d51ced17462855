//! Whatever stands in the store, nothing breaks, nothing is lost: what can't be read is set aside byte for byte, and what
//! is shown is a state that there once was.

use super::cases::cases;
use proptest::prelude::*;
use registry::{Log, Registry, RuleSet};
use storage::migrate::VERSION;
use storage::{
    Attempt, Damage, FaultyStore, KeyValue as _, MemoryStore, Notice, StorageKey, StoreError,
    Theme, WorkspaceId,
};

use crate::support::{
    PREFIX, Player, SHORT, begun, lived_in, open, own, picture, places, put, seal, start, text,
};

fn value(store: &MemoryStore, place: &str) -> Option<String> {
    store.get(&format!("{PREFIX}{place}")).unwrap()
}

fn keep_all_text(name: &str, before: &MemoryStore, after: &MemoryStore) {
    for place in places(before) {
        let text = value(before, &place).unwrap();
        let in_place = value(after, &place).as_ref() == Some(&text);
        let aside = after
            .keys_with_prefix(&format!("{PREFIX}quarantine/{place}/"))
            .unwrap()
            .iter()
            .any(|key| after.get(key).unwrap().as_ref() == Some(&text));
        // A good head is written anew when the start moves.
        let head = place.ends_with("/head") && seal_is_good(&place, &text);
        // An exercise that could be read is written anew by whoever goes on with it.
        let exercise = place.starts_with("exercise/") && is_read(before);
        assert!(
            in_place || aside || head || exercise,
            "{name}: {place} is lost"
        );
    }
}

/// Whether the exercise under way can be read.
fn is_read(store: &MemoryStore) -> bool {
    let (mut vault, _) = open(store.deep_copy(), SHORT);
    vault
        .attempt(&begun())
        .is_ok_and(|(_, notices)| notices.is_empty())
}

fn seal_is_good(place: &str, text: &str) -> bool {
    let body = text.split_once('\n').map_or("", |(_, body)| body);
    seal(VERSION, place, body) == *text
}

/// Loads a damaged store. The registry has to be one that `was` once; nothing may be lost; and from then on all is well.
fn check(name: &str, damaged: &MemoryStore, was: &[Registry]) -> Vec<Notice> {
    let store = damaged.deep_copy();
    let (_, mut notices) = picture(&store);
    keep_all_text(name, damaged, &store);
    // An exercise is read when it is opened.
    let (mut vault, _) = open(store.clone(), SHORT);
    let (_, told) = vault.attempt(&begun()).unwrap();
    notices.extend(told);
    vault.set_attempt(&begun(), Attempt::default()).unwrap();
    keep_all_text(name, damaged, &store);
    let (mut vault, loaded, later) = start(store.clone(), SHORT);
    assert_eq!(later, [], "{name}: again at the next start");
    assert!(
        loaded.log.registry().is_empty() || was.contains(loaded.log.registry()),
        "{name}: a registry that never was"
    );
    for entry in vault.quarantine().unwrap() {
        let raw = vault.raw(&entry.key).unwrap().unwrap();
        assert_eq!(
            value(damaged, &entry.place.to_string()).as_ref(),
            Some(&raw),
            "{name}"
        );
        let told = |notice: &Notice| matches!(notice, Notice::SetAside { key, place, .. } if *key == entry.key && *place == entry.place);
        assert!(notices.iter().any(told), "{name}: {entry:?} was not told");
    }
    let mut player = Player::from(99, loaded.log);
    for _ in 0..12 {
        vault.append(&own(), &player.version()).unwrap();
    }
    vault.maintain(&own(), &player.log).unwrap();
    assert!(vault.is_saved());
    let (vault, again, later) = start(store.clone(), SHORT);
    assert_eq!(later, [], "{name}: after going on");
    assert!(again.log == player.log, "{name}: after going on");
    for entry in vault.quarantine().unwrap() {
        vault.drop_quarantined(&entry.key).unwrap();
    }
    assert_eq!(vault.quarantine().unwrap(), [], "{name}");
    notices.retain(|notice| !matches!(notice, Notice::SetAside { .. }));
    notices
}

/// A store with a history, and every registry that there was.
fn history(maintained: bool) -> (MemoryStore, Vec<Registry>) {
    let (store, player) = lived_in(11, 40, maintained);
    picture(&store);
    let mut again = Player::new(11);
    let mut was = vec![Registry::default()];
    for _ in 0..40 {
        again.act();
        was.push(again.log.registry().clone());
    }
    assert!(again.log == player.log);
    (store, was)
}

fn hostile(place: &str, good: &str) -> Vec<(String, Option<String>)> {
    let mut texts: Vec<(String, Option<String>)> = vec![("missing".to_owned(), None)];
    let mut push = |name: &str, text: String| texts.push((format!("{place}: {name}"), Some(text)));
    let boundary = |at: usize| {
        (0..=at)
            .rev()
            .find(|at| good.is_char_boundary(*at))
            .unwrap()
    };
    for part in [0, 1, 2, 3, 10, 20, 50, 90, 99] {
        push("cut", good[..boundary(good.len() * part / 100)].to_owned());
    }
    for part in 0..20 {
        let mut bytes = good.as_bytes().to_vec();
        let at = (bytes.len() - 1) * part / 19;
        bytes[at] ^= 1;
        push("flipped", String::from_utf8_lossy(&bytes).into_owned());
    }
    push("longer", format!("{good} "));
    push("NUL", good.replace('{', "\0"));
    push("only NULs", "\0".repeat(1_000));
    push("foreign", r#"{"theme":"dark"}"#.to_owned());
    for body in [
        "",
        "null",
        "[]",
        "{}",
        "17",
        "\"x\"",
        "{\"a\":",
        "\0",
        r#"{"records":[null],"before":0,"step":0,"after":"0000000000000000"}"#,
        r#"{"before":-1,"step":1e99,"after":[],"records":{}}"#,
        r#"{"before":18446744073709551615,"step":18446744073709551615,"after":"0000000000000000","records":[{"travel":"undo"}]}"#,
        r#"{"before":0,"step":0,"after":"0000000000000000","records":[{"travel":"undo"}]}"#,
        r#"{"before":0,"step":0,"after":"0000000000000000","records":[{"at":1,"rules":"guided","do":"delete_registered_model","name":"x"}]}"#,
        r#"{"next":9007199254740991,"records":9007199254740991,"step":9007199254740991,"undone":9007199254740991,"after":"0000000000000000","registry":[]}"#,
        r#"{"next":18446744073709551615,"records":18446744073709551615,"step":18446744073709551615,"after":"0000000000000000","registry":[]}"#,
        r#"{"name":"x","rules":"no such rules","created":1,"base":0}"#,
        r#"{"name":"x","rules":"guided","created":1,"base":18446744073709551615}"#,
        r#"{"name":"x","rules":"guided","created":1,"base":7}"#,
        r#"{"theme":"purple","workspace":"../../x"}"#,
    ] {
        push(body, seal(VERSION, place, body));
    }
    push("deep lists", seal(VERSION, place, &"[".repeat(100_000)));
    push(
        "deep objects",
        seal(VERSION, place, &"{\"a\":".repeat(100_000)),
    );
    push(
        "deep and whole",
        seal(
            VERSION,
            place,
            &format!("{}{}", "[".repeat(5_000), "]".repeat(5_000)),
        ),
    );
    push(
        "a long text",
        seal(VERSION, place, &format!("\"{}\"", "x".repeat(200_000))),
    );
    push("version 0", seal(0, place, "{}"));
    let head = format!("ms{VERSION} ");
    push(
        "a version with a 0 before it",
        good.replacen(&head, &format!("ms0{VERSION} "), 1),
    );
    push(
        "another version without its checksum",
        good.replacen(&head, &format!("ms{} ", VERSION + 1), 1),
    );
    texts
}

#[test]
fn every_value_damaged_in_every_way() {
    for maintained in [false, true] {
        let (store, was) = history(maintained);
        for place in places(&store) {
            for (name, text) in hostile(&place, &value(&store, &place).unwrap()) {
                let damaged = store.deep_copy();
                match &text {
                    Some(text) => put(&damaged, &place, text),
                    None => damaged.remove(&format!("{PREFIX}{place}")).unwrap(),
                }
                check(&format!("{place}: {name}"), &damaged, &was);
            }
        }
    }
}

#[test]
fn values_in_the_wrong_places() {
    for maintained in [false, true] {
        let (store, was) = history(maintained);
        for one in places(&store) {
            for other in places(&store).into_iter().filter(|other| *other != one) {
                let damaged = store.deep_copy();
                let text = value(&store, &one).unwrap();
                put(&damaged, &other, &text);
                check(&format!("{one} also at {other}"), &damaged, &was);
                put(&damaged, &one, &value(&store, &other).unwrap());
                check(&format!("{one} and {other} swapped"), &damaged, &was);
            }
        }
    }
}

#[test]
fn values_where_nothing_should_be() {
    let (store, was) = history(true);
    for place in [
        "ws/own/seg/1000",
        "ws/own/seg/9007199254740991",
        "ws/own/state/0",
        "ws/own/state/1",
        "ws/own/state/1000",
        "ws/own/state/9007199254740991",
        "ws/ghost/head",
        "ws/ghost/seg/0",
        "ws/ghost/seg/3",
        "ws/ghost/state/9007199254740991",
    ] {
        for (name, text) in hostile(place, &value(&store, "ws/own/seg/0").unwrap()) {
            let damaged = store.deep_copy();
            if let Some(text) = text {
                put(&damaged, place, &text);
                check(&format!("{place}: {name}"), &damaged, &was);
            }
        }
    }
    // What is no place at all is left alone.
    let damaged = store.deep_copy();
    for place in [
        "ws/own/other",
        "ws/own/seg/007",
        "x",
        "ws/OWN/head",
        "quarantine/x/0",
    ] {
        put(&damaged, place, "kept");
    }
    let before = damaged.contents();
    picture(&damaged);
    assert_eq!(damaged.contents(), before);
}

#[test]
fn a_good_value_of_an_older_moment() {
    // The last segment as it was some records ago.
    let (store, player) = lived_in(3, 20, false);
    let (mut vault, loaded, _) = start(store.clone(), SHORT);
    let mut player = Player::from(3, {
        assert!(loaded.log == player.log);
        player.log
    });
    let mut was = vec![player.log.registry().clone()];
    let mut old = Vec::new();
    for _ in 0..12 {
        old.push(store.contents());
        vault.append(&own(), &player.version()).unwrap();
        was.push(player.log.registry().clone());
    }
    for before in old {
        for (key, text) in before {
            let damaged = store.deep_copy();
            damaged.set(&key, &text).unwrap();
            // An old last segment can't be told from the end. Any other is noticed.
            check(&key, &damaged, &was);
        }
    }
}

/// What is told and shown when the segment of that number is damaged.
fn check_segment(store: &MemoryStore, number: usize) -> (Log, Vec<Notice>) {
    let damaged = store.deep_copy();
    put(&damaged, &format!("ws/own/seg/{number}"), "ms1 broken");
    let (_, loaded, notices) = start(damaged, SHORT);
    (loaded.log, notices)
}

#[test]
fn a_damaged_segment_costs_what_must_be_lost_and_no_more() {
    // Every step a version, so that steps can be counted.
    let store = MemoryStore::new();
    let (mut vault, _, _) = start(store.clone(), SHORT);
    let mut player = Player::new(1);
    for _ in 0..20 {
        vault.append(&own(), &player.version()).unwrap();
    }
    vault.maintain(&own(), &player.log).unwrap();
    let at_state = player.log.clone();
    for _ in 0..8 {
        vault.append(&own(), &player.version()).unwrap();
    }
    let places = places(&store);
    let state = places
        .iter()
        .find_map(|place| place.strip_prefix("ws/own/state/"))
        .unwrap();
    let state: usize = state.parse().unwrap();
    let segments = places
        .iter()
        .filter(|place| place.contains("/seg/"))
        .count();
    assert!(state > 2 && segments > state + 2, "{places:?}");
    for number in 0..segments {
        let (log, notices) = check_segment(&store, number);
        let aside = notices
            .iter()
            .filter(|notice| matches!(notice, Notice::SetAside { .. }))
            .count();
        if number < state {
            // The newest state, without the history before the second state.
            assert_eq!(log.registry(), player.log.registry());
            assert_eq!(log.folded(), at_state.step());
            assert_eq!(log.step(), player.log.step());
            assert!(notices.contains(&Notice::HistoryLost {
                workspace: own(),
                step: at_state.step()
            }));
            assert_eq!(aside, state);
        } else {
            // As it was before the damage.
            let step = log.step();
            assert!(step < player.log.step());
            assert_eq!(*log.registry(), player.log.as_of(step).unwrap());
            assert!(notices.contains(&Notice::CutShort {
                workspace: own(),
                step
            }));
            assert_eq!(aside, segments - number);
        }
        assert!(notices.contains(&Notice::SetAside {
            place: StorageKey::Segment(own(), number as u64),
            key: format!("quarantine/ws/own/seg/{number}/0"),
            damage: Damage::Header,
        }));
    }
}

#[test]
fn records_that_are_refused_are_set_aside_from_the_first_one_on() {
    let store = MemoryStore::new();
    let (mut vault, _, _) = start(store.clone(), SHORT);
    let mut player = Player::new(1);
    vault.append_all(&own(), &player.versions(3)).unwrap();
    let good = value(&store, "ws/own/seg/0").unwrap();
    let body = good.split_once('\n').unwrap().1;
    let bad = body.replace("]}", r#",{"travel":"redo"},{"travel":"undo"}]}"#);
    let bad = seal(VERSION, "ws/own/seg/0", &bad);
    put(&store, "ws/own/seg/0", &bad);
    check("refused", &store, &[player.log.registry().clone()]);
    let (vault, loaded, notices) = start(store.clone(), SHORT);
    assert!(loaded.log == player.log);
    assert!(notices.contains(&Notice::CutShort {
        workspace: own(),
        step: 3
    }));
    let aside = vault.quarantine().unwrap();
    assert_eq!(aside.len(), 1);
    assert_eq!(vault.raw(&aside[0].key).unwrap(), Some(bad));
}

#[test]
fn a_second_damaged_value_gets_a_place_of_its_own() {
    let (store, _) = lived_in(3, 20, false);
    for number in 0..3 {
        put(&store, "settings", &format!("broken {number}"));
        let (vault, _, notices) = start(store.clone(), SHORT);
        assert!(notices.contains(&Notice::SettingsReset));
        let aside = vault.quarantine().unwrap();
        assert_eq!(aside.len(), number + 1);
        assert_eq!(aside[number].key, format!("quarantine/settings/{number}"));
        assert_eq!(aside[number].damage, Damage::Foreign);
        assert_eq!(aside[number].units, 8);
    }
    // The same text again is not kept twice.
    put(&store, "settings", "broken 1");
    let (vault, _, _) = start(store, SHORT);
    assert_eq!(vault.quarantine().unwrap().len(), 3);
}

#[test]
fn without_room_for_the_copy_the_original_stays_and_nothing_is_written_there() {
    for place in ["settings", "ws/own/head", "ws/own/seg/2", "ws/own/seg/0"] {
        let (store, _) = lived_in(3, 20, false);
        put(&store, place, &"broken ".repeat(50));
        let before = store.contents();
        store.set_quota(Some(store.used()));
        let (mut vault, loaded, notices) = start(store.clone(), SHORT);
        let left = |notice: &Notice| {
            matches!(
                notice,
                Notice::LeftInPlace {
                    why: StoreError::Full,
                    ..
                }
            )
        };
        assert!(notices.iter().any(left), "{place}: {notices:?}");
        assert_eq!(store.contents(), before, "{place}");
        store.set_quota(None);
        let mut player = Player::from(1, loaded.log);
        if place == "settings" {
            assert_eq!(vault.set_theme(Theme::Light), Err(StoreError::ReadOnly));
        } else {
            let record = player.version();
            assert_eq!(
                vault.append(&own(), &record),
                Err(StoreError::ReadOnly),
                "{place}"
            );
            assert_eq!(vault.maintain(&own(), &player.log), Ok(None));
            assert_eq!(
                vault.compact(&own(), &player.log),
                Err(StoreError::ReadOnly)
            );
        }
        assert!(!vault.is_saved());
        if place == "ws/own/head" {
            assert_eq!(vault.rename(&own(), text("x")), Err(StoreError::ReadOnly));
            assert_eq!(
                vault.set_rules(&own(), RuleSet::Mlflow),
                Err(StoreError::ReadOnly)
            );
            assert_eq!(vault.delete(&own()), Err(StoreError::ReadOnly));
        }
        assert_eq!(store.contents(), before, "{place}");
        // With room, the next start sets it aside.
        let (vault, _, _) = start(store, SHORT);
        assert!(!vault.quarantine().unwrap().is_empty(), "{place}");
    }
}

#[test]
fn a_store_that_fails_while_reading_is_not_taken_for_damaged() {
    let (store, player) = lived_in(3, 30, true);
    let before = store.contents();
    let faulty = FaultyStore::new(store.clone());
    let (mut vault, loaded, _) = start(faulty.clone(), SHORT);
    assert!(loaded.log == player.log);
    let calls = faulty.calls();
    for stop in 0..calls {
        let faulty = FaultyStore::new(store.clone());
        faulty.stop_after(stop);
        let (mut vault, _) = open(faulty, SHORT);
        let _ = vault.load(&own());
        assert_eq!(store.contents(), before, "stop after {stop}");
    }
    assert!(vault.load(&WorkspaceId::parse("nobody").unwrap()).is_err());
}

proptest! {
    #![proptest_config(cases(96))]

    /// Several values damaged at once, by random edits.
    #[test]
    fn random_damage(
        seed in 0_u64..1_000,
        maintained in any::<bool>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_usize..5, ".{0,8}"), 1..6),
    ) {
        let (store, _) = lived_in(seed, 40, maintained);
        let mut again = Player::new(seed);
        let mut was = vec![Registry::default()];
        for _ in 0..40 {
            again.act();
            was.push(again.log.registry().clone());
        }
        picture(&store);
        for (which, at, kind, text) in &edits {
            let places = places(&store);
            let place = &places[which.index(places.len())];
            let mut value = value(&store, place).unwrap();
            let at = at.index(value.len() + 1);
            let at = (0..=at).rev().find(|at| value.is_char_boundary(*at)).unwrap();
            match kind {
                0 => value.truncate(at),
                1 => value.insert_str(at, text),
                2 => value = text.clone(),
                3 => value = seal(VERSION, place, text),
                _ => {
                    store.remove(&format!("{PREFIX}{place}")).unwrap();
                    continue;
                }
            }
            put(&store, place, &value);
        }
        check("random", &store, &was);
    }
}

#[test]
fn everything_is_gone_but_one_value() {
    let (store, was) = history(true);
    for place in places(&store) {
        let left = MemoryStore::new();
        put(&left, &place, &value(&store, &place).unwrap());
        check(&place, &left, &was);
    }
}
