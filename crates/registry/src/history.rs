//! The log of what was done: it is the history, undo and redo, and the registry "as of step n".
//!
//! Steps are counted from 1. Undo takes the last step back and keeps it for redo; a new action lets go of what was
//! taken back. Restoring an earlier step is a step of its own, so that nothing in between is lost.

use super::Registry;
use super::command::Command;
use super::context::Context;
use super::event::Event;
use super::refusal::{Refusal, RefusalKind};
use crate::named_enum;

/// What was done in a step.
#[derive(Clone, PartialEq, Debug)]
pub enum Action {
    Do(Command),
    /// The registry was put back to how it was after an earlier step; 0 is the start of the log.
    Restore {
        /// The step, counted from the start of the whole history.
        restore: u64,
    },
}

/// A step of the history.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// Its number; the first step ever was 1.
    pub step: u64,
    /// When, under which rules, by whom and why.
    pub context: Context,
    /// What was done.
    pub action: Action,
    /// What it came to.
    pub events: Vec<Event>,
}

impl Registry {
    /// Takes in what a step came to that follows on this state.
    pub fn follow(&mut self, entry: &Entry) {
        for event in &entry.events {
            self.fold(event);
        }
    }
}

/// What has to be kept to make a log again.
#[derive(Clone, PartialEq, Debug)]
pub enum Record {
    Step {
        context: Context,
        action: Action,
    },
    /// Undo or redo.
    Travel {
        travel: Travel,
    },
}

named_enum! {
    /// A movement along the history that is no step of its own.
    pub enum Travel {
        /// One step back.
        Undo = "undo",
        /// One step forward again.
        Redo = "redo",
    }
}

/// A registry with its history.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Log {
    registry: Registry,
    /// Steps done, then steps taken back.
    entries: Vec<Entry>,
    /// How many of the entries are done.
    done: usize,
    /// How many steps were before the first entry: they are folded into the log's base and can't be looked at any more.
    folded: u64,
}

impl Log {
    /// Returns a log that starts from a registry, with `folded` earlier steps that are not kept.
    pub const fn new(base: Registry, folded: u64) -> Self {
        Self {
            registry: base,
            entries: Vec::new(),
            done: 0,
            folded,
        }
    }

    /// The registry as it is now.
    pub const fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Returns the steps that are done, oldest first.
    pub fn done(&self) -> &[Entry] {
        self.entries.get(..self.done).unwrap_or_default()
    }

    /// Returns the steps that were taken back and can be redone, next first.
    pub fn undone(&self) -> &[Entry] {
        self.entries.get(self.done..).unwrap_or_default()
    }

    /// Returns how many steps before the first kept one were folded into the base.
    pub const fn folded(&self) -> u64 {
        self.folded
    }

    /// Returns the number of the last step that is done.
    pub fn step(&self) -> u64 {
        self.folded + self.done as u64
    }

    /// Carries a command out and remembers it.
    ///
    /// # Errors
    /// The registry's refusal; nothing has changed then.
    pub fn act(&mut self, context: &Context, command: &Command) -> Result<Record, Refusal> {
        let events = self.registry.apply(context, command)?;
        Ok(self.push(context, Action::Do(command.clone()), events))
    }

    fn push(&mut self, context: &Context, action: Action, events: Vec<Event>) -> Record {
        self.entries.truncate(self.done);
        self.entries.push(Entry {
            step: self.step() + 1,
            context: context.clone(),
            action: action.clone(),
            events,
        });
        self.done += 1;
        Record::Step {
            context: context.clone(),
            action,
        }
    }

    /// Returns what undo would take back.
    ///
    /// # Errors
    /// [`RefusalKind::NothingToUndo`], or [`RefusalKind::NotYoursToUndo`] where the last step was a colleague's.
    pub fn can_undo(&self) -> Result<&Entry, Refusal> {
        match self.done().last() {
            None => Err(RefusalKind::NothingToUndo.into()),
            Some(entry) if !entry.context.actor.is_you() => Err(RefusalKind::NotYoursToUndo.into()),
            Some(entry) => Ok(entry),
        }
    }

    /// Takes the last step back.
    ///
    /// # Errors
    /// As [`Log::can_undo`].
    pub fn undo(&mut self) -> Result<Record, Refusal> {
        self.can_undo()?;
        self.step_back();
        Ok(Record::Travel {
            travel: Travel::Undo,
        })
    }

    /// Returns what redo would do again.
    pub fn can_redo(&self) -> Result<&Entry, Refusal> {
        self.undone()
            .first()
            .ok_or_else(|| RefusalKind::NothingToRedo.into())
    }

    /// Does the step again that was taken back last.
    pub fn redo(&mut self) -> Result<Record, Refusal> {
        self.can_redo()?;
        if let Some(entry) = self.entries.get(self.done) {
            for event in &entry.events {
                self.registry.fold(event);
            }
            self.done += 1;
        }
        Ok(Record::Travel {
            travel: Travel::Redo,
        })
    }

    fn step_back(&mut self) {
        let Some(last) = self.done.checked_sub(1) else {
            return;
        };
        if let Some(entry) = self.entries.get(last) {
            for event in entry.events.iter().rev() {
                self.registry.fold(&event.inverse());
            }
            self.done = last;
        }
    }

    /// Returns the place of a step among the kept ones: 0 is the start of the log, 1 is after the first entry.
    fn place_of(&self, step: u64) -> Result<usize, Refusal> {
        step.checked_sub(self.folded)
            .and_then(|kept| usize::try_from(kept).ok())
            .filter(|kept| *kept <= self.done)
            .ok_or_else(|| RefusalKind::NoSuchStep.into())
    }

    /// Returns the events that lead from now back to how it was after a step.
    ///
    /// A restored step is as it was before, so the way goes on from there and not through all that came in between: else
    /// each restoring would be as long as all before it together, and a few dozen of them would fill the memory.
    fn way_back_to(&self, step: u64) -> Result<Vec<Event>, Refusal> {
        let mut to = self.place_of(step)?;
        // For each place, the earliest one that is as it was.
        let mut same = Vec::with_capacity(self.done + 1);
        same.push(0);
        for (at, entry) in (1..).zip(self.done()) {
            let earlier = match entry.action {
                Action::Do(_) => None,
                Action::Restore { restore } => self.place_of(restore).ok(),
            };
            same.push(earlier.and_then(|at| same.get(at).copied()).unwrap_or(at));
        }
        let earliest = |at: usize| same.get(at).copied().unwrap_or_default();
        let (mut now, mut back, mut forth) = (earliest(self.done), Vec::new(), Vec::new());
        to = earliest(to);
        // Both ways lead down to a place that they share, at the latest to the start.
        while now != to {
            let (at, way) = if now > to {
                (&mut now, &mut back)
            } else {
                (&mut to, &mut forth)
            };
            let before = at.saturating_sub(1);
            way.extend(self.entries.get(before));
            *at = earliest(before);
        }
        let taken_back = back
            .into_iter()
            .flat_map(|entry| entry.events.iter().rev().map(Event::inverse));
        let done_again = forth
            .into_iter()
            .rev()
            .flat_map(|entry| entry.events.iter().cloned());
        Ok(taken_back.chain(done_again).collect())
    }

    /// The registry as it was after a step; the step before the first kept one is the start of the log.
    ///
    /// # Errors
    /// [`RefusalKind::NoSuchStep`] for a step that was folded away, taken back or never was.
    pub fn as_of(&self, step: u64) -> Result<Registry, Refusal> {
        let mut registry = self.registry.clone();
        for event in self.way_back_to(step)? {
            registry.fold(&event);
        }
        Ok(registry)
    }

    /// Returns the registry after a step and after each one since, oldest first.
    ///
    /// # Errors
    /// [`RefusalKind::NoSuchStep`], as in [`Log::as_of`].
    pub fn moments(&self, since: u64) -> Result<Vec<Registry>, Refusal> {
        let after = self.done().get(self.place_of(since)?..).unwrap_or_default();
        let mut registry = self.registry.clone();
        let mut moments = vec![registry.clone()];
        for entry in after.iter().rev() {
            for event in entry.events.iter().rev() {
                registry.fold(&event.inverse());
            }
            moments.push(registry.clone());
        }
        moments.reverse();
        Ok(moments)
    }

    /// Puts the registry back to how it was after a step. This is a new step: what came in between stays in the history.
    ///
    /// # Errors
    /// [`RefusalKind::NoSuchStep`].
    pub fn restore(&mut self, context: &Context, step: u64) -> Result<Record, Refusal> {
        let events = self.way_back_to(step)?;
        for event in &events {
            self.registry.fold(event);
        }
        Ok(self.push(context, Action::Restore { restore: step }, events))
    }

    /// Takes a kept record in again. What was accepted once is accepted again: only MLflow's own rules are asked, so
    /// that a team rule that came later cannot lose anybody's history. (The team's rules only refuse; they never change
    /// what an accepted command does.)
    ///
    /// # Errors
    /// The refusal that shows that the record does not follow on this log; nothing has changed then.
    pub fn replay(&mut self, record: &Record) -> Result<(), Refusal> {
        match record {
            Record::Step {
                context,
                action: Action::Do(command),
            } => {
                let events =
                    self.registry
                        .decide(super::rules::RuleSet::Mlflow, context.at, command)?;
                for event in &events {
                    self.registry.fold(event);
                }
                self.push(context, Action::Do(command.clone()), events);
            }
            Record::Step {
                context,
                action: Action::Restore { restore },
            } => {
                self.restore(context, *restore)?;
            }
            Record::Travel {
                travel: Travel::Undo,
            } => {
                self.undo()?;
            }
            Record::Travel {
                travel: Travel::Redo,
            } => {
                self.redo()?;
            }
        }
        Ok(())
    }
}
