//! An exercise made ready for the solver: its models in groups that have nothing to do with each other.
//!
//! A command changes one model (a copy, two), and most conditions speak of one. So the fewest steps for the whole are the
//! sum of the fewest for each group, and each group has few states. Only "no more than so many steps" speaks of all: it is
//! asked of the sum.

use super::super::condition::Condition;
use super::goal::concerned;
use super::space::{Space, TooLarge};
use super::{Allowed, Goal, Task};
use registry::{Event, Log, ModelName, TeamPolicy};

/// An exercise made ready for the solver.
#[derive(Debug)]
pub struct Machine {
    spaces: Vec<Space>,
    from: u64,
    at_most: Option<u64>,
}

/// How an exercise stands: the state of each group, nothing where its goal is lost for good.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Position {
    pub(super) states: Vec<Option<u128>>,
    pub(super) used: u64,
}

impl Machine {
    /// Makes an exercise ready.
    pub fn new(task: &Task) -> Result<Self, TooLarge> {
        Self::make(task, task.rules.policy(), None)
    }

    /// As [`Machine::new`], under any policy in place of that of the task's rules.
    pub fn under(task: &Task, policy: Option<&'static TeamPolicy>) -> Result<Self, TooLarge> {
        Self::make(task, policy, None)
    }

    /// Makes an exercise ready in which one condition, by its place, is *not* to be met while all others are: where that
    /// can't be reached, the condition forbids nothing.
    pub fn negating(task: &Task, negated: Option<usize>) -> Result<Self, TooLarge> {
        Self::make(task, task.rules.policy(), negated)
    }

    fn make(
        task: &Task,
        policy: Option<&'static TeamPolicy>,
        negated: Option<usize>,
    ) -> Result<Self, TooLarge> {
        let start = task.log();
        let start = start.registry();
        let names: Vec<ModelName> = start.models().map(|model| model.name().clone()).collect();
        let mut groups = Groups::new(&names);
        for allowed in &task.allow {
            if let Allowed::CopyVersion(_) = allowed {
                groups.join(&names);
            }
        }
        for (at, named) in task.goal.iter().enumerate() {
            groups.join(&models(&named.goal));
            // "Something was deleted" is not each group's, but some group's.
            if Some(at) == negated && named.goal == Goal::NothingDeleted {
                groups.join(&names);
            }
        }
        let mut spaces = Vec::new();
        for group in groups.all() {
            let goals: Vec<(&Goal, bool)> = task
                .goal
                .iter()
                .enumerate()
                .map(|(at, named)| (&named.goal, Some(at) == negated))
                .filter(|(goal, _)| {
                    let speaks_of = models(goal);
                    // What speaks of no model that is there is everybody's: it holds nowhere, or of all.
                    let known = speaks_of.iter().find(|name| names.contains(name));
                    known.is_none_or(|name| group.contains(name))
                })
                .collect();
            spaces.push(Space::new(task, policy, start, &group, &goals)?);
        }
        let limits = task.goal.iter().filter_map(|named| match named.goal {
            Goal::Steps { at_most } => Some(u64::from(at_most)),
            _ => None,
        });
        Ok(Self {
            spaces,
            from: task.from(),
            at_most: limits.min(),
        })
    }

    /// Returns the groups.
    pub fn spaces(&self) -> &[Space] {
        &self.spaces
    }

    /// Returns the most steps that the goal allows.
    pub(super) const fn at_most(&self) -> Option<u64> {
        self.at_most
    }

    /// Returns how the exercise stands; nothing where the log has what no command of the exercise makes.
    pub fn position(&self, log: &Log) -> Option<Position> {
        self.position_at(log, log.step())
    }

    /// Returns how it stood after a step.
    pub fn position_at(&self, log: &Log, step: u64) -> Option<Position> {
        let moments = log.moments(self.from).ok()?;
        let used = step.checked_sub(self.from)?;
        let first = moments.first()?;
        let mut states: Vec<Option<u128>> =
            self.spaces.iter().map(|space| space.begin(first)).collect();
        let way = log.done().iter().filter(|entry| entry.step > self.from);
        for (registry, entry) in moments.iter().skip(1).zip(way) {
            if entry.step > step {
                break;
            }
            let deleted = entry.events.iter().any(|event| {
                matches!(
                    event,
                    Event::VersionDeleted { .. } | Event::ModelDeleted { .. }
                )
            });
            for (space, state) in self.spaces.iter().zip(&mut states) {
                *state = state.and_then(|before| space.follow(before, registry, deleted));
            }
        }
        Some(Position { states, used })
    }
}

fn models(goal: &Goal) -> Vec<ModelName> {
    let conditions = goal.conditions();
    conditions
        .into_iter()
        .filter_map(|condition: &Condition| concerned(condition))
        .collect()
}

/// Models in groups.
struct Groups(Vec<Vec<ModelName>>);

impl Groups {
    fn new(names: &[ModelName]) -> Self {
        Self(names.iter().map(|name| vec![name.clone()]).collect())
    }

    /// Makes the groups of these models one.
    fn join(&mut self, names: &[ModelName]) {
        let (mut joined, mut others) = (Vec::new(), Vec::new());
        for group in std::mem::take(&mut self.0) {
            if group.iter().any(|name| names.contains(name)) {
                joined.extend(group);
            } else {
                others.push(group);
            }
        }
        if !joined.is_empty() {
            others.push(joined);
        }
        others.sort();
        self.0 = others;
    }

    fn all(self) -> Vec<Vec<ModelName>> {
        self.0
    }
}
