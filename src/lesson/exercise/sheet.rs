//! Pasted receipts, run again one after the other: what each comes to, and how many are what.
//!
//! One call checks one receipt, so whoever has many can do something else in between. A task is made once, however many
//! receipts are of it.

use std::sync::Arc;

use super::paste::Pasted;
use super::receipt::{Checked, Of, Receipt, Refused, Unread, task_of};
use super::{Exercise, Task};
use crate::registry::RuleSet;

/// A pasted receipt and what it comes to.
#[derive(Clone, Debug)]
pub struct Row {
    /// As it was pasted.
    pub pasted: Pasted,
    /// What it comes to.
    pub found: Found,
}

/// What a receipt comes to.
#[derive(Clone, Debug)]
pub enum Found {
    /// It can't be read.
    Unread(Unread),
    /// It can be read, and not be run.
    Refused {
        /// The exercise that it names.
        of: Of,
        /// The rules that it names.
        rules: RuleSet,
        /// Why.
        why: Refused,
    },
    /// It was run.
    Checked {
        /// The exercise.
        of: Of,
        /// The task.
        task: Arc<Task>,
        /// What it came to.
        checked: Checked,
    },
}

/// Checks receipts, and remembers the tasks.
pub struct Checker<'e> {
    exercises: &'e [Exercise],
    tasks: Vec<(Of, Option<Arc<Task>>)>,
}

impl<'e> Checker<'e> {
    /// A checker with these exercises; made ones it makes itself.
    #[must_use]
    pub const fn new(exercises: &'e [Exercise]) -> Self {
        Self {
            exercises,
            tasks: Vec::new(),
        }
    }

    /// Reads a receipt and runs it.
    pub fn check(&mut self, pasted: Pasted) -> Row {
        let found = match Receipt::parse(&pasted.receipt) {
            Err(unread) => Found::Unread(unread),
            Ok(receipt) => self.run(receipt),
        };
        Row { pasted, found }
    }

    fn run(&mut self, receipt: Receipt) -> Found {
        let run = match self.task(&receipt.of) {
            Some(task) => receipt.run(&task).map(|checked| (task, checked)),
            None => Err(receipt.homeless()),
        };
        let (of, rules) = (receipt.of, receipt.rules);
        match run {
            Ok((task, checked)) => Found::Checked { of, task, checked },
            Err(why) => Found::Refused { of, rules, why },
        }
    }

    fn task(&mut self, of: &Of) -> Option<Arc<Task>> {
        let known = self.tasks.iter().find(|(known, _)| known == of);
        if let Some((_, task)) = known {
            return task.clone();
        }
        let task = task_of(self.exercises, of).map(Arc::new);
        self.tasks.push((of.clone(), task.clone()));
        task
    }
}

/// How many receipts are what.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Those that reach the goal.
    pub solved: usize,
    /// Those that can be run and do not reach it.
    pub open: usize,
    /// Those that can't be read or run.
    pub refused: usize,
}

impl Counts {
    /// Counts one more.
    pub const fn add(&mut self, row: &Row) {
        match &row.found {
            Found::Checked { checked, .. } if checked.solved => self.solved += 1,
            Found::Checked { .. } => self.open += 1,
            Found::Unread(_) | Found::Refused { .. } => self.refused += 1,
        }
    }

    /// All of them.
    #[must_use]
    pub const fn all(&self) -> usize {
        self.solved + self.open + self.refused
    }
}
