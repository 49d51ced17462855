//! What the solver takes for each of the app's exercises, from every state within a best way's length and two steps more:
//! `cargo bench --package lesson`.
//!
//! Prints a table: the fewest steps, how many states were started from, the mean and the worst time of an answer, and how
//! many states the worst one looked at. It fails where one takes longer than [`LIMIT`].
#![allow(clippy::disallowed_methods, reason = "it measures")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark stops where it is surprised"
)]

use std::collections::HashSet;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use lesson::exercise::generate::{Purpose, Recipe, generate};
use lesson::exercise::{Exercise, Machine, Solution, Solver};
use lesson::own;
use registry::{Command, Log};

/// The most that an answer may take.
const LIMIT: Duration = Duration::from_millis(50);
/// From so many states at most, spread over all of them.
const STARTS: usize = 400;

fn main() -> ExitCode {
    let mut worst_of_all = Duration::ZERO;
    println!(
        "{:<28} {:>3} {:>7} {:>10} {:>10} {:>8}",
        "exercise", "par", "starts", "mean µs", "worst µs", "states"
    );
    for exercise in &own::exercises().unwrap().exercises {
        let worst = measure(exercise);
        worst_of_all = worst_of_all.max(worst);
    }
    println!(
        "worst of all: {} µs, limit {} µs",
        worst_of_all.as_micros(),
        LIMIT.as_micros()
    );
    println!(
        "\n{:<28} {:>3} {:>7} {:>10} {:>10} {:>10} {:>8}",
        "made from 40 seeds", "par", "models", "mean µs", "worst µs", "solver µs", "states"
    );
    for purpose in Purpose::ALL {
        for (par, models) in [(3, 1), (Recipe::PAR_OF_ONE, 1), (6, 2), (6, 3)] {
            worst_of_all = worst_of_all.max(make(purpose, par, models));
        }
    }
    if worst_of_all > LIMIT {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// What making takes, and the solver from the start of what was made; gives the latter.
fn make(purpose: Purpose, par: u32, models: u32) -> Duration {
    let (mut sum, mut worst, mut solver) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let mut states = 0;
    for seed in 0..40 {
        let recipe = Recipe::new(seed, purpose, par, models, 3).unwrap();
        let began = Instant::now();
        let task = generate(&recipe).unwrap().task;
        let took = began.elapsed();
        sum += took;
        worst = worst.max(took);
        let machine = Arc::new(Machine::new(&task).unwrap());
        let position = machine.position(&task.log()).unwrap();
        let mut best = Duration::MAX;
        for _ in 0..3 {
            let began = Instant::now();
            let mut solver = Solver::new(machine.clone(), &position);
            let answer = solver.step(usize::MAX);
            best = best.min(began.elapsed());
            states = states.max(solver.looked_at());
            assert!(matches!(answer, Some(Solution::Way(_))));
        }
        solver = solver.max(best);
    }
    println!(
        "{:<28} {:>3} {:>7} {:>10} {:>10} {:>10} {:>8}",
        purpose.as_str(),
        par,
        models,
        (sum / 40).as_micros(),
        worst.as_micros(),
        solver.as_micros(),
        states
    );
    solver
}

fn measure(exercise: &Exercise) -> Duration {
    let task = &exercise.task;
    let machine = Arc::new(Machine::new(task).unwrap());
    let logs = within(exercise, &machine);
    let every = logs.len().div_ceil(STARTS).max(1);
    let (mut sum, mut worst, mut states, mut count) = (Duration::ZERO, Duration::ZERO, 0, 0);
    for log in logs.iter().step_by(every) {
        let position = machine.position(log).unwrap();
        let mut best = Duration::MAX;
        let mut looked = 0;
        // The best of three: what else the machine does is not the solver's.
        for _ in 0..3 {
            let began = Instant::now();
            let mut solver = Solver::new(machine.clone(), &position);
            let answer = solver.step(usize::MAX);
            best = best.min(began.elapsed());
            looked = solver.looked_at();
            assert!(matches!(answer, Some(Solution::Way(_) | Solution::DeadEnd)));
        }
        sum += best;
        count += 1;
        if best > worst {
            (worst, states) = (best, looked);
        }
    }
    println!(
        "{:<28} {:>3} {:>7} {:>10} {:>10} {:>8}",
        exercise.id.as_str(),
        task.par,
        count,
        (sum / count).as_micros(),
        worst.as_micros(),
        states
    );
    worst
}

/// The states within a best way's length and two steps more, as far as there are not too many to keep.
fn within(exercise: &Exercise, machine: &Machine) -> Vec<Log> {
    let task = &exercise.task;
    let spaces = machine.spaces().iter();
    let commands: Vec<Command> = spaces.flat_map(|space| space.commands().to_vec()).collect();
    let start = task.log();
    let mut seen = HashSet::from([format!("{:?}", machine.position(&start))]);
    let mut all = vec![start];
    let mut from = 0;
    for _ in 0..task.par + 2 {
        let to = all.len();
        for at in from..to {
            for command in &commands {
                if all.len() > 20_000 {
                    return all;
                }
                let mut log = all[at].clone();
                if task.permits(log.registry(), command).is_ok()
                    && log.act(&task.context(&log), command).is_ok()
                    && seen.insert(format!("{:?}", machine.position(&log)))
                {
                    all.push(log);
                }
            }
        }
        from = to;
    }
    all
}
