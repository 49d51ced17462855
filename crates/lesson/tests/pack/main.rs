//! The app's own pack is good; and what makes a pack a bad one is found, each with its place.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod bad;
mod graded;

use lesson::own;
use lesson::pack::{self, Pack, check};
use serde_json::Value;
use share::route::Route;
use text::Language;
use text::problem::problem;

fn own() -> Pack {
    pack::read(own::PACK).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// Every problem of a pack, as an author reads it.
fn problems(pack: &Value) -> Vec<String> {
    match pack::read(&pack.to_string()) {
        Ok(pack) => check::check(&pack, &Route::is_page),
        Err(problems) => problems,
    }
    .iter()
    .map(|found| problem(Language::English, found))
    .collect()
}
