//! An exercise as it was left, so that somebody can go on there: what was done, and how much of it was taken back.

use super::Task;
use super::receipt::{Of, Receipt};
use registry::Log;

/// An exercise as it was left.
#[derive(Clone, PartialEq, Debug)]
pub struct Left {
    /// All that was done, also what was taken back.
    pub way: Receipt,
    /// How many of the last steps are taken back and can be done again.
    pub undone: u32,
}

impl Left {
    /// What is to be kept of an exercise. Where the way with what was taken back is too long for a receipt, it is left out;
    /// nothing where the way alone is.
    #[must_use]
    pub fn of(of: &Of, task: &Task, log: &Log) -> Option<Self> {
        let undone = u32::try_from(log.undone().len()).ok()?;
        let mut all = log.clone();
        while all.redo().is_ok() {}
        let whole = Receipt::new(of.clone(), task, &all).map(|way| Self { way, undone });
        whole.or_else(|| {
            let way = Receipt::new(of.clone(), task, log)?;
            Some(Self { way, undone: 0 })
        })
    }

    /// Does all of it again, and takes back what was taken back; nothing where it is of another exercise, or is not accepted any
    /// more.
    #[must_use]
    pub fn resume(&self, of: &Of, task: &Task) -> Option<Log> {
        let Self { way, undone } = self;
        if way.of != *of || way.rules != task.rules {
            return None;
        }
        let mut log = task.log();
        for command in &way.steps {
            let context = task.context(&log);
            task.permits(log.registry(), command).ok()?;
            log.act(&context, command).ok()?;
        }
        for _ in 0..*undone {
            // There may be fewer, where somebody has changed what was kept.
            if log.undo().is_err() {
                break;
            }
        }
        Some(log)
    }
}
