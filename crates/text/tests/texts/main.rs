//! What a person reads about a refusal and about a step of the history, word for word, and no gap left open.
//!
//! The expected texts are in `tests/golden`. After a change that is meant, `UPDATE_GOLDEN=1 cargo test --package text
//! --test texts` writes them anew; read the difference before you keep it.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers are shared; a test stops at the first surprise"
)]

mod history;
mod refusals;

use std::collections::BTreeSet;

use registry::Alias;

/// Declares what the variants of an enum are called: one of them, and all. The compiler finds one that is missing here.
macro_rules! variants {
    ($name:ident, $all:ident: $of:ident { $($variant:ident,)* }) => {
        const $all: &[&str] = &[$(stringify!($variant)),*];

        fn $name(of: &$of) -> &'static str {
            match of {
                $($of::$variant { .. } => stringify!($variant),)*
            }
        }
    };
}

use variants;

fn alias(name: &str) -> Alias {
    Alias::parse(name).unwrap()
}

fn string(text: &str) -> String {
    text.to_owned()
}

/// Checks that every name of a list is found, each at least once.
fn all_are_found<'a>(all: &[&'a str], found: impl IntoIterator<Item = &'a str>) {
    let all: BTreeSet<&str> = all.iter().copied().collect();
    let found: BTreeSet<&str> = found.into_iter().collect();
    assert_eq!(found, all);
}
