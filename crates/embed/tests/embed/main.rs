//! Frames: their addresses, their talk with the page around them, and what is pasted.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod address;
mod port;
mod snippets;
