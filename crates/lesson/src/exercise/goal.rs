//! Which conditions of a goal are met, not yet, or overdone, and why: the reasons are values, `text::goal` has the
//! words.

use super::Task;
use registry::Log;

mod about;
mod judged;
mod state;
mod way;

pub use about::{concerned, model};
pub use judged::{Judged, Reason, Status, Thing};
use way::Way;

/// Every condition of the goal, as it stands.
#[must_use]
pub fn judge(task: &Task, log: &Log) -> Vec<Judged> {
    let way = Way::of(task, log);
    task.goal.iter().map(|named| way.judge(named)).collect()
}

/// Whether every condition is met.
#[must_use]
pub fn solved(task: &Task, log: &Log) -> bool {
    judge(task, log)
        .iter()
        .all(|judged| judged.status == Status::Met)
}
