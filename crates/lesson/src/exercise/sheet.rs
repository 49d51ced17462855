//! Pasted receipts, run again one after the other: what each comes to, and how many are what.
//!
//! One call checks one receipt, or tries one draw of the exercise that it is of, so whoever has many can do something else
//! in between. A task is made once, however many receipts are of it.

use std::sync::Arc;

use super::generate::Making;
use super::paste::Pasted;
use super::receipt::{Checked, Of, Receipt, Refused, Unread, task_of};
use super::{Exercise, Task};
use registry::RuleSet;

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
    /// The task that is being made.
    making: Option<(Of, Making)>,
}

impl<'e> Checker<'e> {
    /// A checker with these exercises; made ones it makes itself.
    #[must_use]
    pub const fn new(exercises: &'e [Exercise]) -> Self {
        Self {
            exercises,
            tasks: Vec::new(),
            making: None,
        }
    }

    /// Reads a receipt and runs it.
    pub fn check(&mut self, mut pasted: Pasted) -> Row {
        loop {
            match self.step(pasted) {
                Ok(row) => return row,
                Err(back) => pasted = back,
            }
        }
    }

    /// Reads a receipt and runs it, or tries one draw of its exercise.
    ///
    /// # Errors
    /// The receipt itself, as long as its exercise is not made: it is to be given again.
    pub fn step(&mut self, pasted: Pasted) -> Result<Row, Pasted> {
        let found = match Receipt::parse(&pasted.receipt) {
            Err(unread) => Found::Unread(unread),
            Ok(receipt) => match self.task(&receipt.of) {
                Some(task) => run(receipt, task),
                None => return Err(pasted),
            },
        };
        Ok(Row { pasted, found })
    }

    /// The task, or that there is none; nothing as long as it is being made.
    fn task(&mut self, of: &Of) -> Option<Option<Arc<Task>>> {
        let known = self.tasks.iter().find(|(known, _)| known == of);
        if let Some((_, task)) = known {
            return Some(task.clone());
        }
        let task = match of {
            Of::Exercise(_) => task_of(self.exercises, of),
            Of::Recipe(recipe) => {
                let begun = self.making.take().filter(|(known, _)| known == of);
                let mut making = begun.map_or(Making::new(*recipe), |(_, making)| making);
                let Some(made) = making.draw() else {
                    self.making = Some((of.clone(), making));
                    return None;
                };
                made.map(|made| made.task)
            }
        };
        let task = task.map(Arc::new);
        self.tasks.push((of.clone(), task.clone()));
        Some(task)
    }
}

/// Runs a receipt on its task, where there is one.
fn run(receipt: Receipt, task: Option<Arc<Task>>) -> Found {
    let run = match task {
        Some(task) => receipt.run(&task).map(|checked| (task, checked)),
        None => Err(receipt.homeless()),
    };
    let (of, rules) = (receipt.of, receipt.rules);
    match run {
        Ok((task, checked)) => Found::Checked { of, task, checked },
        Err(why) => Found::Refused { of, rules, why },
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
