//! The whole of it: what answers come to, merging, and writing.

use super::*;
use Outcome::{Right, Shown, Wrong};

mod answers;
mod laws;
mod saved;
mod way;

const MINUTE: u64 = 60 * 1000;
const DAY: u64 = 24 * 60 * MINUTE;
const START: u64 = 1_800_000_000_000;

fn after(milliseconds: u64) -> Time {
    Time(START + milliseconds)
}

fn ids(names: &[&str]) -> Vec<Id> {
    names.iter().map(|name| Id::parse(name).unwrap()).collect()
}

fn merged(one: &Progress, other: &Progress) -> Progress {
    let mut both = one.clone();
    both.merge(other);
    both
}
