//! What the tests of exercises share.

use std::sync::Arc;

use lesson::exercise::{Exercise, Machine, Solution, Solver, Task};
use lesson::own;
use registry::{Command, Log};

pub use super::golden::{golden, kept_for_ever};

/// The app's own exercises.
pub fn exercises() -> &'static [Exercise] {
    &own::exercises()
        .expect("the exercises can be read")
        .exercises
}

/// One of them.
pub fn exercise(id: &str) -> &'static Exercise {
    let mut all = exercises().iter();
    all.find(|exercise| exercise.id.as_str() == id)
        .unwrap_or_else(|| panic!("no exercise {id}"))
}

/// The machine of a task.
pub fn machine(task: &Task) -> Arc<Machine> {
    Arc::new(Machine::new(task).expect("it is small enough"))
}

/// The solver's answer after a log.
pub fn solve(machine: &Arc<Machine>, log: &Log) -> Solution {
    let position = machine.position(log).expect("it is inside of the exercise");
    Solver::new(machine.clone(), &position).solve()
}

/// The fewest steps; nothing in a dead end.
pub fn distance(machine: &Arc<Machine>, log: &Log) -> Option<u32> {
    match solve(machine, log) {
        Solution::Way(best) => Some(best.distance),
        Solution::DeadEnd => None,
        Solution::TooLarge => panic!("too large"),
    }
}

/// Carries a command out as the learner.
pub fn act(task: &Task, log: &mut Log, command: &Command) -> bool {
    log.act(&task.context(log), command).is_ok()
}

/// Every command that can matter.
pub fn commands(machine: &Machine) -> Vec<Command> {
    let spaces = machine.spaces().iter();
    spaces.flat_map(|space| space.commands().to_vec()).collect()
}

/// Every log within so many steps of a start, one for each position.
pub fn within(task: &Task, machine: &Machine, steps: u32) -> Vec<Log> {
    nearest(task, machine, steps, usize::MAX).0
}

/// As [`within`], but no more than `most` logs; and whether those are all.
pub fn nearest(task: &Task, machine: &Machine, steps: u32, most: usize) -> (Vec<Log>, bool) {
    let commands = commands(machine);
    let mut seen = std::collections::HashSet::new();
    let start = task.log();
    seen.insert(format!("{:?}", machine.position(&start)));
    let mut all = vec![start];
    let mut from = 0;
    for _ in 0..steps {
        let to = all.len();
        for at in from..to {
            for command in &commands {
                let mut log = all[at].clone();
                if act(task, &mut log, command)
                    && task.permits(all[at].registry(), command).is_ok()
                    && seen.insert(format!("{:?}", machine.position(&log)))
                {
                    if all.len() >= most {
                        return (all, false);
                    }
                    all.push(log);
                }
            }
        }
        from = to;
    }
    (all, true)
}
