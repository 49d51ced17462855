//! What leaves this browser and what comes in: links and files come back as they were, and nothing else gets in.
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

use test_support::histories;
use test_support::injections;
use test_support::small_pack;
use test_support::taken_in;

mod attack;
mod files;
mod links;
mod restore;
mod task_files;
mod tasks;
mod texts;

use registry::{FreeText, Log, RuleSet, Time};
use storage::WorkspaceSnapshot;

/// A workspace with a history made from a seed.
fn snapshot(seed: u64, steps: usize) -> WorkspaceSnapshot {
    of(histories::log(seed, steps))
}

fn of(log: Log) -> WorkspaceSnapshot {
    WorkspaceSnapshot {
        name: FreeText::parse("Team a").unwrap(),
        rules: RuleSet::Mlflow,
        created: Time(1_700_000_000_000),
        log,
    }
}
