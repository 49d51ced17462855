//! What the tests of several crates share: registries and histories to try things on, golden files, recordings of a real
//! MLflow, and laws that hold of any text at all.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

pub mod cases;
pub mod golden;
pub mod histories;
pub mod injections;
pub mod make;
pub mod pasted;
pub mod product;
pub mod recorded;
pub mod recording;
pub mod small_pack;
pub mod taken_in;
pub mod total;

use std::path::{Path, PathBuf};

/// Returns the place of a file or folder under `tests/`.
#[must_use]
pub fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}
