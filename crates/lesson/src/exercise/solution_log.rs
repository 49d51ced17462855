//! The solutions of an exercise that were counted already, so that another one counts, and none counts twice.

use super::{Task, goal};
use registry::{Action, Log};

/// The solutions that were counted, each up to the step that solved the exercise.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SolutionLog(Vec<Vec<Action>>);

impl SolutionLog {
    /// Returns the solutions on the way of a log, for an attempt that is resumed.
    pub fn of(task: &Task, log: &Log) -> Self {
        let mut solution_log = Self::default();
        let mut again = task.log();
        for entry in log.done().iter().filter(|entry| entry.step > task.from()) {
            let Action::Do(command) = &entry.action else {
                break;
            };
            if again.act(&entry.context, command).is_err() {
                break;
            }
            solution_log.counts(task, &again);
        }
        solution_log
    }

    /// Returns whether a log is a solution that was not counted before, and counts it. Steps after the solution make no other
    /// one, nor do an undo and a redo.
    pub fn counts(&mut self, task: &Task, log: &Log) -> bool {
        let from = task.from();
        let done = log.done().iter().filter(|entry| entry.step > from);
        let way: Vec<Action> = done.map(|entry| entry.action.clone()).collect();
        let is_known = self.0.iter().any(|known| way.starts_with(known));
        let is_new = !is_known && goal::solved(task, log);
        if is_new {
            self.0.push(way);
        }
        is_new
    }
}
