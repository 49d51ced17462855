//! Files that the tests compare with.
#![allow(dead_code, reason = "not everybody who shares this uses all of it")]

use std::path::{Path, PathBuf};

/// Compares with a file of `tests/golden`, or writes it where that is asked for.
pub fn golden(name: &str, found: &str) {
    let file = file(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, found).unwrap();
        return;
    }
    same(name, found, "UPDATE_GOLDEN=1 writes it anew");
}

/// Compares with a file of `tests/golden` that is never written anew, because links and receipts that people have kept rely
/// on it: they would mean something else.
pub fn kept_for_ever(name: &str, found: &str) {
    if file(name).exists() {
        same(
            name,
            found,
            "what people have kept relies on it: it must stay",
        );
    } else {
        golden(name, found);
    }
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name)
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
