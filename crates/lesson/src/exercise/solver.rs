//! The fewest steps to the goal, from anywhere: a search in breadth over all states that commands lead to.
//!
//! It is exact: the states are all that matters to the exercise ([`super::space`]), and of two ways to one state the
//! shorter is looked at first. It can be done in slices, so that a page keeps moving.

use std::sync::Arc;

use super::machine::{Machine, Position};
use super::space::Space;
use super::table::Table;
use registry::Command;

/// In one group of models the solver looks at so many states at most.
pub const MAX_STATES: usize = 400_000;
/// In one group of models it tells so many commands apart as first steps.
pub const MAX_COMMANDS: usize = 128;

/// What the solver found.
#[derive(Clone, PartialEq, Debug)]
pub enum Solution {
    /// The goal can be reached.
    Way(Best),
    /// No way leads from here to the goal.
    DeadEnd,
    /// There is more to look at than the solver takes on.
    TooLarge,
}

/// The best ways to the goal.
#[derive(Clone, PartialEq, Debug)]
pub struct Best {
    /// The fewest steps; 0 where the goal is reached.
    pub distance: u32,
    /// Every first step of a best way.
    pub first: Vec<Command>,
    /// A best way.
    pub solution: Vec<Command>,
}

impl Solution {
    /// Returns the best ways, where there are any.
    pub fn best(&self) -> Option<&Best> {
        match self {
            Self::Way(best) => Some(best),
            Self::DeadEnd | Self::TooLarge => None,
        }
    }
}

/// A search that can be interrupted.
#[derive(Debug)]
pub struct Solver {
    machine: Arc<Machine>,
    used: u64,
    searches: Vec<Search>,
}

impl Solver {
    /// Starts from a position.
    pub fn new(machine: Arc<Machine>, position: &Position) -> Self {
        let searches = machine
            .spaces()
            .iter()
            .zip(&position.states)
            .map(|(space, state)| Search::new(space, *state))
            .collect();
        Self {
            machine,
            used: position.used,
            searches,
        }
    }

    /// Looks at up to `budget` states more; the answer, once there is one.
    pub fn step(&mut self, budget: usize) -> Option<Solution> {
        let mut left = budget;
        for (space, search) in self.machine.spaces().iter().zip(&mut self.searches) {
            while search.found.is_none() {
                if left == 0 {
                    return None;
                }
                left -= 1;
                search.look(space);
            }
            // One group without a way settles it.
            if matches!(search.found, Some(Found::DeadEnd | Found::TooLarge)) {
                break;
            }
        }
        Some(self.answer())
    }

    /// Looks until there is an answer.
    pub fn solve(mut self) -> Solution {
        loop {
            if let Some(answer) = self.step(usize::MAX) {
                return answer;
            }
        }
    }

    /// Returns how many states were looked at.
    pub fn looked_at(&self) -> usize {
        self.searches.iter().map(|search| search.next).sum()
    }

    /// Returns how many commands one state is tried with, at most.
    pub(super) fn tries_of_one(&self) -> usize {
        let all = self.machine.spaces().iter();
        all.map(|space| space.commands().len())
            .max()
            .unwrap_or(0)
            .max(1)
    }

    /// Returns how many commands were tried so far, at most.
    pub(super) fn tries(&self) -> usize {
        self.looked_at() * self.tries_of_one()
    }

    fn answer(&self) -> Solution {
        let mut best = Best {
            distance: 0,
            first: Vec::new(),
            solution: Vec::new(),
        };
        for (space, search) in self.machine.spaces().iter().zip(&self.searches) {
            match &search.found {
                Some(Found::Way { goal, first }) => {
                    let commands = space.commands().iter().enumerate();
                    let firsts = commands.filter(|(at, _)| first >> at & 1 == 1);
                    best.first
                        .extend(firsts.map(|(_, command)| command.clone()));
                    best.solution.extend(search.way(space, *goal));
                }
                Some(Found::DeadEnd) => return Solution::DeadEnd,
                Some(Found::TooLarge) | None => return Solution::TooLarge,
            }
        }
        best.distance = u32::try_from(best.solution.len()).unwrap_or(u32::MAX);
        let steps = self.used.saturating_add(u64::from(best.distance));
        if self.machine.at_most().is_some_and(|most| steps > most) {
            return Solution::DeadEnd;
        }
        Solution::Way(best)
    }
}

#[derive(Debug)]
enum Found {
    Way {
        /// The place of a nearest state that meets the goal.
        goal: usize,
        /// The commands that a best way can begin with, one bit for each.
        first: u128,
    },
    DeadEnd,
    TooLarge,
}

/// The search in one group.
#[derive(Debug)]
struct Search {
    /// Every state, in the order in which it was found; so those that are nearer come first.
    states: Vec<u128>,
    /// For each, where it was come from first, by which command, and which commands a shortest way to it can begin with.
    ways: Vec<Came>,
    table: Table,
    /// The next state to look at.
    next: usize,
    /// Where the states of the next distance begin.
    level: usize,
    /// The states of the next distance that meet the goal.
    goals: Vec<usize>,
    found: Option<Found>,
}

#[derive(Clone, Copy, Debug)]
struct Came {
    from: u32,
    by: u32,
    first: u128,
}

impl Search {
    fn new(space: &Space, start: Option<u128>) -> Self {
        let mut search = Self {
            states: Vec::new(),
            ways: Vec::new(),
            table: Table::new(),
            next: 0,
            level: 1,
            goals: Vec::new(),
            found: None,
        };
        let Some(start) = start else {
            search.found = Some(Found::DeadEnd);
            return search;
        };
        if space.commands().len() > MAX_COMMANDS {
            search.found = Some(Found::TooLarge);
            return search;
        }
        search.table.find_or_note(&search.states, start);
        search.states.push(start);
        search.ways.push(Came {
            from: 0,
            by: 0,
            first: 0,
        });
        if space.is_met(start) {
            search.found = Some(Found::Way { goal: 0, first: 0 });
        }
        search
    }

    /// Looks at what the commands make of one state.
    fn look(&mut self, space: &Space) {
        let Some(state) = self.states.get(self.next).copied() else {
            self.found = Some(Found::DeadEnd);
            return;
        };
        let first = self.ways.get(self.next).map_or(0, |came| came.first);
        let mut led = 0;
        for by in 0..space.commands().len() {
            // As a first step it counts; later on it leads nowhere new.
            if self.next > 0 && space.is_double(state, by, led) {
                continue;
            }
            let Some(to) = space.step(state, by) else {
                continue;
            };
            led |= 1_u128 << by;
            if to == state {
                continue;
            }
            let begun = if self.next == 0 { 1 << by } else { first };
            match self.table.find_or_note(&self.states, to) {
                Some(known) => {
                    // Another way, as short as the first one.
                    if known >= self.level
                        && let Some(came) = self.ways.get_mut(known)
                    {
                        came.first |= begun;
                    }
                }
                None => {
                    if space.is_met(to) {
                        self.goals.push(self.states.len());
                    }
                    self.states.push(to);
                    self.ways.push(Came {
                        from: self.next as u32,
                        by: by as u32,
                        first: begun,
                    });
                }
            }
        }
        self.next += 1;
        if self.next == self.level {
            if let Some(goal) = self.goals.first() {
                let ways = self.goals.iter().filter_map(|goal| self.ways.get(*goal));
                self.found = Some(Found::Way {
                    goal: *goal,
                    first: ways.fold(0, |all, came| all | came.first),
                });
            }
            self.level = self.states.len();
        }
        if self.states.len() > MAX_STATES && self.found.is_none() {
            self.found = Some(Found::TooLarge);
        }
    }

    /// Returns the way to a state that was found.
    fn way(&self, space: &Space, goal: usize) -> Vec<Command> {
        let mut way = Vec::new();
        let mut at = goal;
        while at > 0 {
            let Some(came) = self.ways.get(at) else {
                break;
            };
            way.extend(space.commands().get(came.by as usize).cloned());
            at = came.from as usize;
        }
        way.reverse();
        way
    }
}
