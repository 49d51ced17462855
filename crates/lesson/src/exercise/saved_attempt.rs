//! An attempt at an exercise as it is saved: what was done, and how much of it was undone.

use super::Task;
use super::receipt::{Of, Receipt};
use registry::Log;

/// An attempt that can be resumed.
#[derive(Clone, PartialEq, Debug)]
pub struct SavedAttempt {
    /// All that was done, also what was taken back.
    pub way: Receipt,
    /// How many of the last steps are taken back and can be done again.
    pub undone: u32,
}

impl SavedAttempt {
    /// Returns what is to be saved of an attempt. Undone steps are left out if the way is too long for a receipt with them.
    /// Returns `None` if it is too long without them.
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

    /// Carries out the steps again, and undoes those that were undone. Returns `None` if the attempt is of another exercise,
    /// or is not accepted any more.
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
