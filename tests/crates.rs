//! ARCHITECTURE.md names every crate of the WebAssembly build, and no other, with why it is there.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeSet;
use std::process::Command;

const PAPER: &str = include_str!("../ARCHITECTURE.md");

/// The crates that the document names, each in a row with its reason.
fn named() -> Vec<String> {
    let (_, section) = PAPER.split_once("\n## Crates\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let mut names = Vec::new();
    for row in rows {
        let (crates, why) = row.trim_matches(['|', ' ']).split_once(" | ").unwrap();
        assert!(why.len() > 10, "{row}");
        let quoted = crates.split_whitespace();
        names.extend(quoted.map(|name| name.trim_matches('`').to_owned()));
    }
    names
}

#[test]
fn every_crate_of_the_web_assembly_is_named_with_its_reason() {
    let cargo = std::env::var("CARGO").expect("cargo runs the tests");
    let tree = Command::new(cargo)
        .args(["tree", "--locked", "--package", "model-stages", "--target"])
        .args(["wasm32-unknown-unknown", "--edges", "normal,no-proc-macro"])
        .args(["--prefix", "none", "--format", "{p}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let words = String::from_utf8(tree.stderr).unwrap();
    assert!(tree.status.success(), "{words}");
    let tree = String::from_utf8(tree.stdout).unwrap();
    let first = |line: &str| line.split(' ').next().map(str::to_owned);
    let there: BTreeSet<String> = tree
        .lines()
        .filter(|line| !line.is_empty())
        .filter_map(first)
        .collect();
    let list = named();
    let named: BTreeSet<String> = list.iter().cloned().collect();
    assert_eq!(list.len(), named.len(), "one of them stands there twice");
    let missing: Vec<_> = there.difference(&named).collect();
    let gone: Vec<_> = named.difference(&there).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "not named: {missing:?}, not there: {gone:?}"
    );
}
