//! The solver in slices: the page keeps moving while it looks.

use std::time::Duration;

use leptos::prelude::*;

use crate::browser;
use lesson::exercise::{Best, Solution, Solver};

/// So many states are looked at between two looks at the clock.
const STATES: usize = 250;
/// So long a slice may take, in milliseconds: less than a frame.
const SLICE: f64 = 8.0;

/// What is known of where one is.
#[derive(Clone, PartialEq, Debug)]
pub enum Found {
    /// The solver is looking.
    Working,
    /// There is a way.
    Way(Best),
    /// There is none; but there was one after an earlier step, once that is found.
    DeadEnd {
        /// That step.
        back_to: Option<u64>,
    },
    /// It can't be told.
    Unknown,
}

/// Looks for an answer, a slice at a time, as long as it is still wanted.
pub fn solve(
    solver: Solver,
    goes_on: impl Fn() -> bool + 'static,
    then: impl FnOnce(Solution) + 'static,
) {
    slice(solver, Box::new(goes_on), Box::new(then));
}

fn slice(mut solver: Solver, goes_on: Box<dyn Fn() -> bool>, then: Box<dyn FnOnce(Solution)>) {
    if !goes_on() {
        return;
    }
    let begun = browser::elapsed();
    loop {
        if let Some(answer) = solver.step(STATES) {
            then(answer);
            return;
        }
        if browser::elapsed() - begun > SLICE {
            break;
        }
    }
    set_timeout(move || slice(solver, goes_on, then), Duration::ZERO);
}
