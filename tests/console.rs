//! The console: inputs and answers by topic, snippets of the shapes that tutorials use, the table of commands, and any
//! text at all.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

#[path = "console/golden.rs"]
mod golden;
#[path = "console/random.rs"]
mod random;
#[path = "console/spoken.rs"]
mod spoken;
#[path = "console/table.rs"]
mod table;
#[path = "console/tutorials.rs"]
mod tutorials;
