//! What leaves this browser and what comes in: links and files come back as they were, and nothing else gets in.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

#[path = "../common/histories.rs"]
mod histories;
#[path = "../common/injections.rs"]
mod injections;
#[path = "../common/small_pack.rs"]
mod small_pack;
#[path = "../common/taken_in.rs"]
mod taken_in;

mod attack;
mod files;
mod links;
mod restore;
mod task_files;
mod tasks;
mod texts;

use model_stages::registry::{FreeText, Log, RuleSet, Time};
use model_stages::storage::Whole;

/// A workspace with a history made from a seed.
fn whole(seed: u64, steps: usize) -> Whole {
    of(histories::log(seed, steps))
}

fn of(log: Log) -> Whole {
    Whole {
        name: FreeText::parse("Team a").unwrap(),
        rules: RuleSet::Mlflow,
        created: Time(1_700_000_000_000),
        log,
    }
}
