//! Which ways of solving an exercise were counted already, so that another one counts, and none counts twice.

use super::{Task, goal};
use registry::{Action, Log};

/// The ways that were counted, each up to the step that solved it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Solvings(Vec<Vec<Action>>);

impl Solvings {
    /// What was counted where somebody comes back to a log: each way on it that was solved at some step.
    #[must_use]
    pub fn of(task: &Task, log: &Log) -> Self {
        let mut solvings = Self::default();
        let mut again = task.log();
        for entry in log.done().iter().filter(|entry| entry.step > task.from()) {
            let Action::Do(command) = &entry.action else {
                break;
            };
            if again.act(&entry.context, command).is_err() {
                break;
            }
            solvings.counts(task, &again);
        }
        solvings
    }

    /// Whether a log is solved in a way that was not counted before; it is from now on. What goes on after it was solved is
    /// no other way, nor is the same one after an undo and a redo.
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
