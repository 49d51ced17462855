//! Which condition to look at, why a step is a good one, and how far to undo.

use std::sync::Arc;

use super::goal::{self, Evaluation, Status};
use super::{Best, Machine, Solution, Solver, Task};
use registry::{Command, Log, Refusal};

/// Why a step of a best way is there.
#[derive(Clone, PartialEq, Debug)]
pub enum Why {
    /// These conditions, by their places in the goal, are met by it.
    Meets(Vec<usize>),
    /// The step after it would be refused without it.
    MakesWay(Box<Refusal>),
    /// The step after it would break this condition without it.
    Keeps(usize),
    /// A later step builds on it.
    Prepares,
}

/// Returns the condition to look at next, by its place in the goal: the first one that a best way comes to meet, or `None` if all
/// are met.
pub fn look_at(task: &Task, log: &Log, best: &Best) -> Option<usize> {
    let before = goal::evaluate(task, log);
    let mut ahead = log.clone();
    for command in &best.solution {
        ahead.act(&task.context(&ahead), command).ok()?;
        let after = goal::evaluate(task, &ahead);
        if let Some(at) = newly_met(&before, &after).first() {
            return Some(*at);
        }
    }
    None
}

/// Returns why each step of a way is there.
pub fn why(task: &Task, log: &Log, way: &[Command]) -> Vec<Why> {
    let mut log = log.clone();
    let mut whys = Vec::with_capacity(way.len());
    for (at, command) in way.iter().enumerate() {
        let before = log.clone();
        if log.act(&task.context(&log), command).is_err() {
            break;
        }
        let evaluated = goal::evaluate(task, &before);
        let meets = newly_met(&evaluated, &goal::evaluate(task, &log));
        whys.push(if meets.is_empty() {
            way.get(at + 1).map_or(Why::Prepares, |next| {
                without(task, before, &evaluated, next)
            })
        } else {
            Why::Meets(meets)
        });
    }
    whys
}

/// Returns why the next step can't be done at once.
fn without(task: &Task, mut log: Log, before: &[Evaluation], next: &Command) -> Why {
    if let Err(refusal) = log.act(&task.context(&log), next) {
        return Why::MakesWay(refusal.into());
    }
    let after = goal::evaluate(task, &log);
    let broken = before
        .iter()
        .zip(&after)
        .position(|(before, after)| after.for_good && !before.for_good);
    broken.map_or(Why::Prepares, Why::Keeps)
}

fn newly_met(before: &[Evaluation], after: &[Evaluation]) -> Vec<usize> {
    let pairs = before.iter().zip(after).enumerate();
    pairs
        .filter(|(_, (before, after))| before.status != Status::Met && after.status == Status::Met)
        .map(|(at, _)| at)
        .collect()
}

/// Returns the last step after which the goal could still be reached: so far leads undo out of a dead end, or `None` if it could
/// not be reached from the start either, or where the solver can't tell.
pub fn last_open_step(machine: &Arc<Machine>, task: &Task, log: &Log) -> Option<u64> {
    (task.from()..=log.step()).rev().find(|step| {
        machine.position_at(log, *step).is_some_and(|position| {
            matches!(
                Solver::new(machine.clone(), &position).solve(),
                Solution::Way(_)
            )
        })
    })
}
