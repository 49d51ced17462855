//! Checks scanned receipts by running them again, one after the other, and counts the results.
//!
//! One call checks one receipt, or tries one draw of the exercise that it is of, so that a caller with many receipts can do
//! other work in between. A task is made once, however many receipts are of it.

use std::sync::Arc;

use super::generate::Making;
use super::receipt::{Checked, Of, Receipt, Refused, Unread, task_of};
use super::receipt_scanner::ScannedReceipt;
use super::{Exercise, Task};
use crate::id::Id;
use crate::round_receipt::RoundReceipt;
use registry::RuleSet;

/// A scanned receipt and the result of checking it.
#[derive(Clone, Debug)]
pub struct CheckedReceipt {
    pub scanned: ScannedReceipt,
    /// The result of running it.
    pub result: CheckResult,
}

/// The result of checking a receipt.
#[derive(Clone, Debug)]
pub enum CheckResult {
    /// It can't be read.
    Unread(Unread),
    /// It can be read, and not be run.
    Refused {
        of: Of,
        rules: RuleSet,
        why: Refused,
    },
    /// It says how a round of questions went.
    Round(RoundReceipt),
    /// It was run.
    Checked {
        of: Of,
        task: Arc<Task>,
        checked: Checked,
    },
}

/// Checks receipts, and keeps the tasks that it has made.
pub struct ReceiptChecker<'e> {
    exercises: &'e [Exercise],
    tasks: Vec<(Of, Option<Arc<Task>>)>,
    /// The task that is being made.
    making: Option<(Of, Making)>,
}

impl<'e> ReceiptChecker<'e> {
    /// Returns a checker for these exercises. Generated ones it makes itself.
    pub const fn new(exercises: &'e [Exercise]) -> Self {
        Self {
            exercises,
            tasks: Vec::new(),
            making: None,
        }
    }

    /// Adds the task of an exercise that somebody has shared, under the id that its receipts name.
    pub fn add(&mut self, id: Id, task: Task) {
        self.tasks.push((Of::Exercise(id), Some(Arc::new(task))));
    }

    /// Reads a receipt and runs it.
    pub fn check(&mut self, mut scanned: ScannedReceipt) -> CheckedReceipt {
        loop {
            match self.step(scanned) {
                Ok(row) => return row,
                Err(back) => scanned = back,
            }
        }
    }

    /// Reads a receipt and runs it, or tries one draw of its exercise.
    ///
    /// # Errors
    /// The receipt itself, as long as its exercise is not made: it is to be given again.
    pub fn step(&mut self, scanned: ScannedReceipt) -> Result<CheckedReceipt, ScannedReceipt> {
        if RoundReceipt::is_meant(&scanned.receipt) {
            let read = RoundReceipt::parse(&scanned.receipt);
            let result = read.map_or_else(CheckResult::Unread, CheckResult::Round);
            return Ok(CheckedReceipt { scanned, result });
        }
        let result = match Receipt::parse(&scanned.receipt) {
            Err(unread) => CheckResult::Unread(unread),
            Ok(receipt) => match self.task(&receipt.of) {
                Some(task) => run(receipt, task),
                None => return Err(scanned),
            },
        };
        Ok(CheckedReceipt { scanned, result })
    }

    /// Returns the task, or that there is none; nothing as long as it is being made.
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

/// Runs a receipt on its task, if there is one.
fn run(receipt: Receipt, task: Option<Arc<Task>>) -> CheckResult {
    let run = match task {
        Some(task) => receipt.run(&task).map(|checked| (task, checked)),
        None => Err(receipt.homeless()),
    };
    let (of, rules) = (receipt.of, receipt.rules);
    match run {
        Ok((task, checked)) => CheckResult::Checked { of, task, checked },
        Err(why) => CheckResult::Refused { of, rules, why },
    }
}

/// How many receipts were solved, left open or refused, and how many are of rounds of questions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Those that reach the goal.
    pub solved: usize,
    /// Those that can be run and do not reach it.
    pub open: usize,
    /// Those of rounds of questions.
    pub rounds: usize,
    /// Those that can't be read or run.
    pub refused: usize,
}

impl Tally {
    /// Counts a receipt.
    pub const fn add(&mut self, row: &CheckedReceipt) {
        match &row.result {
            CheckResult::Checked { checked, .. } if checked.solved => self.solved += 1,
            CheckResult::Checked { .. } => self.open += 1,
            CheckResult::Round(_) => self.rounds += 1,
            CheckResult::Unread(_) | CheckResult::Refused { .. } => self.refused += 1,
        }
    }

    /// Returns the number of all receipts counted.
    pub const fn all(&self) -> usize {
        self.solved + self.open + self.rounds + self.refused
    }
}
