//! The tests in the browsers. `cargo xtask test --e2e [part of a name]` runs them on the release.
#![allow(clippy::missing_docs_in_private_items, reason = "a test's name says what it asserts")]

mod first_visit;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let topics = [first_visit::cases()];
    e2e::run::run(&topics.concat(), &Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures"))
}
