//! Which conditions of a goal are met, not yet, or overdone, and why: the reasons are values, `text::goal` has the
//! words.

use super::Task;
use registry::Log;

mod about;
mod evaluation;
mod state;
mod target;
mod way;

pub use about::{concerned, model};
pub use evaluation::{Evaluation, Reason, Status, Thing};
pub use target::{TargetColumn, target};
use way::Way;

/// Returns every condition of the goal, as it stands.
pub fn evaluate(task: &Task, log: &Log) -> Vec<Evaluation> {
    let way = Way::of(task, log);
    task.goal.iter().map(|named| way.evaluate(named)).collect()
}

/// Returns whether every condition is met.
pub fn solved(task: &Task, log: &Log) -> bool {
    evaluate(task, log)
        .iter()
        .all(|evaluated| evaluated.status == Status::Met)
}
