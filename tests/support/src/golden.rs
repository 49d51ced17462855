//! Files that the tests compare with.
#![allow(dead_code, reason = "not everybody who shares this uses all of it")]

use std::path::PathBuf;

/// What links, receipts and saved data that people have kept rely on: with another text they would mean something else.
const FOR_EVER: [&str; 3] = ["generated.txt", "receipts.txt", "records.jsonl"];

/// Compares with a file of `tests/golden`, or writes it where that is asked for.
pub fn golden(name: &str, found: &str) {
    assert!(
        !FOR_EVER.contains(&name),
        "tests/golden/{name} is never written anew"
    );
    let file = file(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, found).unwrap();
        return;
    }
    same(name, found, "UPDATE_GOLDEN=1 writes it anew");
}

/// Compares with a file of `tests/golden` that is never written anew, not even where it is missing.
pub fn kept_for_ever(name: &str, found: &str) {
    assert!(FOR_EVER.contains(&name), "{name} is to be in FOR_EVER");
    same(
        name,
        found,
        "what people have kept relies on it: it must stay",
    );
}

fn file(name: &str) -> PathBuf {
    crate::kept("golden").join(name)
}

fn same(name: &str, found: &str, way: &str) {
    let file = file(name);
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    for (line, (found, expected)) in (1..).zip(found.lines().zip(expected.lines())) {
        assert_eq!(found, expected, "line {line} of tests/golden/{name}; {way}");
    }
    assert!(
        found == expected,
        "tests/golden/{name} has another length; {way}"
    );
}
