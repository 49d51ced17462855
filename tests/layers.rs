//! Who may use whom, and where the browser may be touched: the map in `src/lib.rs`, held against the code.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it is surprised"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// A part of the crate and the parts that it may use. A part may always use itself.
const MAY_USE: [(&str, &[&str]); 9] = [
    ("registry", &[]),
    ("console", &["registry"]),
    ("lesson", &["registry", "console"]),
    ("route", &["registry", "console", "lesson"]),
    ("site", &[]),
    ("storage", &["registry", "lesson"]),
    ("share", &["registry", "lesson", "storage"]),
    // What storage, the console, a pack's check and the exercises have to report is put into words here, so that no
    // sentence stands anywhere else.
    (
        "text",
        &["registry", "console", "lesson", "storage", "share"],
    ),
    (
        "app",
        &[
            "registry", "console", "lesson", "route", "site", "storage", "share", "text",
        ],
    ),
];

/// What only works in a browser, and the places where it may be named.
const BROWSER: [(&str, &[&str]); 6] = [
    ("leptos", &["app/", "main.rs"]),
    ("console_error_panic_hook", &["app/", "main.rs"]),
    ("web_sys", &["app/", "main.rs", "storage/browser.rs"]),
    ("js_sys", &["app/", "main.rs", "storage/browser.rs"]),
    ("wasm_bindgen", &["app/", "main.rs", "storage/browser.rs"]),
    ("gloo_storage", &["app/", "main.rs", "storage/browser.rs"]),
];

/// What makes an answer depend on more than the question: the clock, chance, the machine. Nobody may ask it.
const IMPURE: [&str; 10] = [
    "SystemTime",
    "Instant::",
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "thread_local!",
    "static mut",
    "rand::",
];

/// The code without its comments.
fn code(text: &str) -> String {
    // The tests inside a file may do what they need.
    let text = text
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    let lines = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether a word stands there and is not just a piece of a longer one.
fn names(code: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        !code[..at].ends_with(is_part) && !code[at + word.len()..].starts_with(is_part)
    })
}

/// What a file (by its path under `src/`) does that it may not.
fn faults(path: &str, text: &str) -> Vec<String> {
    let code = code(text);
    let part = path.split('/').next().unwrap().trim_end_matches(".rs");
    let mut faults = Vec::new();
    if let Some((_, may_use)) = MAY_USE.iter().find(|(name, _)| *name == part) {
        for (other, _) in MAY_USE {
            let reached = ["crate", "super", "model_stages"]
                .iter()
                .any(|root| names(&code, &format!("{root}::{other}")));
            if reached && other != part && !may_use.contains(&other) {
                faults.push(format!("{path}: {part} may not use {other}"));
            }
        }
        if names(&code, "crate::{") || code.contains("use crate::{") {
            faults.push(format!(
                "{path}: one line for each part that is used, please"
            ));
        }
    }
    for (name, places) in BROWSER {
        if names(&code, name) && !places.iter().any(|place| path.starts_with(place)) {
            faults.push(format!("{path}: {name} needs a browser"));
        }
    }
    for name in IMPURE {
        if part != "app" && part != "main" && code.contains(name) {
            faults.push(format!("{path}: {name} is not pure"));
        }
    }
    faults
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn every_part_uses_only_what_stands_below_it() {
    let mut files = Vec::new();
    sources(&src(), &mut files);
    assert!(files.len() > 20, "the sources are there");
    let mut found = Vec::new();
    for file in files {
        let path = file
            .strip_prefix(src())
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        found.extend(faults(&path, &fs::read_to_string(&file).unwrap()));
    }
    found.sort();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn no_two_parts_use_each_other() {
    // Taking away, again and again, the parts that use nobody who is left must take away all of them.
    let mut left = MAY_USE.to_vec();
    while !left.is_empty() {
        let names: Vec<&str> = left.iter().map(|(name, _)| *name).collect();
        let before = left.len();
        left.retain(|(_, uses)| uses.iter().any(|used| names.contains(used)));
        assert!(left.len() < before, "in a circle: {names:?}");
    }
}

/// The words in backticks, without the brackets of links.
fn quoted(cell: &str) -> Vec<&str> {
    let inside = cell.split('`').skip(1).step_by(2);
    inside.map(|word| word.trim_matches(['[', ']'])).collect()
}

#[test]
fn the_map_in_lib_rs_says_the_same() {
    let lib = fs::read_to_string(src().join("lib.rs")).unwrap();
    let rows = lib.lines().filter_map(|line| line.strip_prefix("//! | "));
    let map: Vec<(&str, &str)> = rows
        .skip(1)
        .map(|row| {
            let cells: Vec<&str> = row.split('|').collect();
            (quoted(cells[0])[0], cells[2].trim())
        })
        .collect();
    let parts: Vec<&str> = map.iter().map(|(part, _)| *part).collect();
    for (part, uses) in &map {
        let listed = match *uses {
            "nothing" => vec![],
            "all of the above" => parts
                .iter()
                .copied()
                .filter(|other| other != part)
                .collect(),
            uses => quoted(uses),
        };
        let (_, may_use) = MAY_USE.iter().find(|(name, _)| name == part).unwrap();
        // Parts that are still to come may be missing from the map.
        let expected: Vec<&str> = may_use
            .iter()
            .copied()
            .filter(|used| parts.contains(used))
            .collect();
        assert_eq!(listed, expected, "{part}");
    }
    let declared = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let missing: Vec<&str> = declared.filter(|part| !parts.contains(part)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "not on the map");
}

#[test]
fn what_is_not_allowed_is_found() {
    let check = |path: &str, text: &str, expected: &[&str]| {
        let expected: Vec<String> = expected
            .iter()
            .map(|fault| format!("{path}: {fault}"))
            .collect();
        assert_eq!(faults(path, text), expected, "{text}");
    };
    check("registry/x.rs", "use crate::registry::Stage;", &[]);
    check("registry/x.rs", "//! See [`crate::text`].", &[]);
    check(
        "registry/x.rs",
        "use std::sync::Arc; // not crate::app",
        &[],
    );
    check(
        "registry/x.rs",
        "use crate::text::Words;",
        &["registry may not use text"],
    );
    check(
        "registry/x.rs",
        "use super::super::route::Route;",
        &["registry may not use route"],
    );
    check(
        "registry/x.rs",
        "let at = crate::storage::now();",
        &["registry may not use storage"],
    );
    check("storage/x.rs", "use crate::registry::Log;", &[]);
    check(
        "storage/mod.rs",
        "use crate::text::Words;",
        &["storage may not use text"],
    );
    check(
        "storage/x.rs",
        "use crate::{app, text};",
        &["one line for each part that is used, please"],
    );
    check("route.rs", "use crate::registry::ModelName;", &[]);
    check(
        "route.rs",
        "use crate::app::state;",
        &["route may not use app"],
    );
    check(
        "text/en.rs",
        "use crate::route::Route;",
        &["text may not use route"],
    );
    check(
        "app/mod.rs",
        "use leptos::prelude::*; use crate::storage::Place;",
        &[],
    );
    check("main.rs", "console_error_panic_hook::set_once();", &[]);
    check("storage/browser.rs", "use web_sys::window;", &[]);
    check(
        "storage/browser.rs",
        "use leptos::prelude::*;",
        &["leptos needs a browser"],
    );
    check(
        "storage/memory.rs",
        "use web_sys::window;",
        &["web_sys needs a browser"],
    );
    check(
        "registry/x.rs",
        "use js_sys::Date;",
        &["js_sys needs a browser"],
    );
    check(
        "registry/x.rs",
        "let now = std::time::SystemTime::now();",
        &["SystemTime is not pure"],
    );
    check(
        "text/en.rs",
        "std::env::var(\"LANG\")",
        &["std::env is not pure"],
    );
}
