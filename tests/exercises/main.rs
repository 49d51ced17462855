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

#[path = "../common/cases.rs"]
mod cases;
#[path = "../common/golden.rs"]
mod golden;
#[path = "../common/make.rs"]
mod make;
#[path = "../common/pasted.rs"]
mod pasted;
#[path = "../common/small_pack.rs"]
mod small_pack;

mod asked;
mod bad;
mod brute;
mod conditions;
mod generated;
mod left;
mod own;
mod paste;
mod receipts;
mod solver;
mod solvings;
mod support;
