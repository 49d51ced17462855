//! What the console remembers, in the store.

use storage::{Notice, StoreError};

use crate::support::{SHORT, lived_in, open, open_full, places, put};

#[test]
fn it_is_kept_and_comes_back() {
    let (store, _) = lived_in(5, 20, false);
    let (mut vault, _) = open(store.clone(), SHORT);
    vault
        .change_console(|memory| {
            memory.remember("help");
            memory.open = true;
            memory.base = "http://localhost:8080".to_owned();
        })
        .unwrap();
    let (again, _) = open(store, SHORT);
    assert_eq!(again.console(), vault.console());
    assert_eq!(again.console().lines(), ["help"]);
}

#[test]
fn two_windows_lose_nothing_of_each_other() {
    let (store, _) = lived_in(5, 20, false);
    let (mut one, _) = open(store.clone(), SHORT);
    let (mut other, _) = open(store.clone(), SHORT);
    one.change_console(|memory| memory.remember("one")).unwrap();
    other
        .change_console(|memory| memory.remember("other"))
        .unwrap();
    one.change_console(|memory| memory.remember("more"))
        .unwrap();
    assert_eq!(
        open(store, SHORT).0.console().lines(),
        ["one", "other", "more"]
    );
}

#[test]
fn a_full_store_is_said_and_written_later() {
    let (store, _) = lived_in(5, 20, false);
    let (faulty, mut vault) = open_full(&store);
    let typed = vault.change_console(|memory| memory.remember("a"));
    assert_eq!(typed, Err(StoreError::Full));
    assert!(!vault.is_saved());
    assert!(vault.change_console(|memory| memory.remember("b")).is_err());
    faulty.heal();
    vault.flush_front().unwrap();
    assert!(vault.is_saved());
    assert_eq!(open(store, SHORT).0.console().lines(), ["a", "b"]);
}

#[test]
fn a_damaged_memory_is_set_aside() {
    let (store, _) = lived_in(5, 20, false);
    put(&store, "console", "not ours");
    let (mut vault, notices) = open(store.clone(), SHORT);
    assert!(notices.contains(&Notice::ConsoleReset), "{notices:?}");
    let is_aside = |notice: &Notice| matches!(notice, Notice::SetAside { .. });
    assert!(notices.iter().any(is_aside), "{notices:?}");
    assert!(!places(&store).contains(&"console".to_owned()));
    vault.change_console(|memory| memory.remember("a")).unwrap();
    assert_eq!(open(store, SHORT).0.console().lines(), ["a"]);
}
