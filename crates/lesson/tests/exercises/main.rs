//! The exercises: the app's own are good ones, the solver is exact, conditions say why, receipts hold, and new ones can
//! be made without end.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers are shared; a test stops at the first surprise"
)]

use test_support::cases;
use test_support::golden;
use test_support::make;
use test_support::pasted;
use test_support::small_pack;

mod bad;
mod brute;
mod conditions;
mod generated;
mod history_quiz;
mod own;
mod receipt_scanner;
mod receipts;
mod saved_attempt;
mod solution_log;
mod solver;
mod support;
