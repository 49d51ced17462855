//! What holds of every history, tried on generated ones.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers are shared; a test stops where it is surprised"
)]

use test_support::cases;
use test_support::make;

mod histories;
mod log;
mod plain;
mod reading;
mod state;
