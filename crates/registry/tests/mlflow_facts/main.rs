//! What MLflow 3.18.0 does and says, as tables: input, then outcome, error code and message, letter for letter.
//!
//! The facts were found by running the real thing on its SQLite store; the recordings hold the same rules in long
//! histories.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers are shared; a test stops where it is surprised"
)]

use test_support::make;

mod alias;
mod argument;
mod model;
mod scene;
mod tag;
mod transition;
