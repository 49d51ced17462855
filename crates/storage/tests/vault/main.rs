//! Saved data: stops, full stores, damage, newer data, migrations, and histories that come back as they were.
#![allow(
    clippy::disallowed_methods,
    reason = "what takes for ever is stopped, or fails"
)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]

mod attempts;
mod trash;
use test_support::cases;
mod class_plans;
mod compaction;
mod console;
mod copies;
mod damage;
mod emptied;
mod formats;
mod full;
mod histories;
mod old;
mod progress;
mod shared;
mod snapshots;
mod stops;
mod support;
mod tabs;
mod talk;
