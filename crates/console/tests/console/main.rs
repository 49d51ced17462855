//! The console: inputs and answers by topic, snippets of the shapes that tutorials use, the table of commands, and any
//! text at all.
#![allow(
    clippy::disallowed_methods,
    reason = "what takes for ever is stopped, or fails"
)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod golden;
mod random;
mod spoken;
mod table;
mod tutorials;
