//! What makes an exercise a bad one, found by solving it.

use std::sync::Arc;

use super::task::MAX_STEPS;
use super::{Exercise, Form, Goal, Machine, Noted, Solution, Solver, Task, goal};
use crate::pack::{PackItem, Problem, Wrong};
use crate::run::{Failure, Played};
use crate::scene::Act;
use registry::{Action, Context, Log, RuleSet, Time};

/// Everything that is wrong with an exercise; `place` is where it stands.
pub fn check(exercise: &Exercise, place: &str) -> Vec<Problem> {
    check_within(exercise, place, usize::MAX)
}

/// As [`check`], but the solver only tries so many commands for all best ways that it is asked for, and as many for all
/// conditions. Where they are not enough for the ways, the exercise is too hard; what was not enough for a condition is
/// taken to be useful, as is what is too large for the solver.
pub fn check_within(exercise: &Exercise, place: &str, tries: usize) -> Vec<Problem> {
    let mut check = Check {
        exercise,
        task: &exercise.task,
        place,
        tries,
        tries_of_goal: tries,
        problems: Vec::new(),
    };
    check.run();
    check.problems
}

/// Returns the answer for a task after a log.
pub fn solve(task: &Task, log: &Log) -> Solution {
    solve_within(task, log, usize::MAX).unwrap_or(Solution::TooLarge)
}

/// As [`solve`], but only so many states are looked at; nothing where they are not enough.
pub(super) fn solve_within(task: &Task, log: &Log, budget: usize) -> Option<Solution> {
    let machine = Machine::new(task).ok()?;
    let position = machine.position(log)?;
    Solver::new(Arc::new(machine), &position).step(budget)
}

/// Returns the task as it is before anything was done for the learner, and what was done.
pub fn whole(exercise: &Exercise) -> (Task, Vec<Noted>) {
    let mut task = exercise.task.clone();
    let Form::Completion { done } = exercise.form else {
        return (task, Vec::new());
    };
    let at = task.start.len().saturating_sub(done);
    let done = task.start.split_off(at).into_iter().map(|told| Noted {
        command: told.command,
        note: told.note,
    });
    let done = done.collect();
    (task, done)
}

/// Returns whether a condition of a goal forbids anything that the others allow.
pub fn forbids(task: &Task, at: usize) -> bool {
    forbids_within(task, at, usize::MAX)
}

/// As [`forbids`], but only so many states are looked at.
pub(super) fn forbids_within(task: &Task, at: usize, budget: usize) -> bool {
    let Some(mut solver) = breaking(task, at) else {
        return true;
    };
    let found = solver.step(budget);
    // What is too large to be looked at as a whole is taken to be useful.
    matches!(found, Some(Solution::Way(_) | Solution::TooLarge))
}

/// Returns a search for a way that meets all conditions but one, or `None` if there surely is such a way, or if it cannot be told.
fn breaking(task: &Task, at: usize) -> Option<Solver> {
    let goal = task.goal.get(at).map(|named| &named.goal);
    if matches!(goal, Some(Goal::Steps { .. })) {
        // Whoever has a way can always take a longer one.
        return None;
    }
    let machine = Machine::negating(task, Some(at)).ok()?;
    let position = machine.position(&task.log())?;
    Some(Solver::new(Arc::new(machine), &position))
}

struct Check<'a> {
    exercise: &'a Exercise,
    task: &'a Task,
    place: &'a str,
    tries: usize,
    tries_of_goal: usize,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn add(&mut self, at: &str, wrong: Wrong) {
        self.problems.push(Problem {
            place: format!("{}.{at}", self.place),
            wrong,
        });
    }

    fn run(&mut self) {
        let (exercise, task) = (self.exercise, self.task);
        let sentences = sentences(&exercise.story);
        if sentences != 2 {
            self.add("story", Wrong::NotOneStory { sentences });
        }
        if task.rules == RuleSet::Mlflow && exercise.sources.is_empty() {
            self.add("sources", Wrong::NoSource);
        }
        if task.allow.is_empty() {
            self.add("allow", Wrong::Missing);
        }
        if !self.starts() || !self.goal() {
            return;
        }
        let log = task.log();
        match self.solve(task, &log) {
            Solution::TooLarge => self.add("start", Wrong::TooHard),
            Solution::DeadEnd => self.add("goal", Wrong::Unsolvable),
            Solution::Way(best) => {
                if best.distance == 0 {
                    self.add("goal", Wrong::StartsReached);
                }
                if best.distance != task.par {
                    let par = best.distance;
                    self.add("par", Wrong::ParIs { par });
                }
                let (whole, _) = whole(self.exercise);
                for at in 0..task.goal.len() {
                    if !self.forbids(&whole, at) {
                        self.add(&format!("goal[{at}]"), Wrong::Useless);
                    }
                }
                self.form();
                if self.tries == 0 {
                    self.add("start", Wrong::TooHard);
                }
            }
        }
    }

    fn solve(&mut self, task: &Task, log: &Log) -> Solution {
        let solver = Machine::new(task).ok().and_then(|machine| {
            let position = machine.position(log)?;
            Some(Solver::new(Arc::new(machine), &position))
        });
        let answer = solver.and_then(|solver| search(solver, &mut self.tries));
        answer.unwrap_or(Solution::TooLarge)
    }

    fn forbids(&mut self, task: &Task, at: usize) -> bool {
        let Some(solver) = breaking(task, at) else {
            return true;
        };
        let found = search(solver, &mut self.tries_of_goal);
        !matches!(found, Some(Solution::DeadEnd))
    }

    /// The commands of the start are accepted.
    fn starts(&mut self) -> bool {
        let task = self.task;
        let mut log = Log::default();
        let before = self.problems.len();
        for (at, told) in task.start.iter().enumerate() {
            let context = Context::new(Time(log.step()), task.rules);
            if let Err(refusal) = log.act(&context, &told.command) {
                let by = refusal.kind.id().to_owned();
                self.add(&format!("start[{at}]"), Wrong::CommandRefused { by });
            }
        }
        if log.registry().model(&task.model).is_none() {
            let id = task.model.to_string();
            self.add(
                "model",
                Wrong::NoSuch {
                    what: PackItem::Model,
                    id,
                },
            );
        }
        if task.told && task.start.last().is_none_or(|told| told.by.is_none()) {
            self.add("start", Wrong::LastStepIsTheirs);
        }
        self.problems.len() == before
    }

    fn goal(&mut self) -> bool {
        let goal = &self.task.goal;
        let before = self.problems.len();
        if goal.is_empty() {
            self.add("goal", Wrong::Missing);
        }
        for (at, named) in goal.iter().enumerate() {
            let conditions = named.goal.conditions();
            if conditions
                .iter()
                .any(|condition| !condition.is_of_registry())
            {
                self.add(&format!("goal[{at}]"), Wrong::OfRun);
            }
            if goal.iter().take(at).any(|other| other.goal == named.goal) {
                self.add(&format!("goal[{at}]"), Wrong::Repeated);
            }
        }
        self.problems.len() == before
    }

    fn form(&mut self) {
        let task = self.task;
        match &self.exercise.form {
            Form::Free | Form::History => {}
            Form::Worked(way) => {
                let end = self.best(task, "way", way);
                if self.tries > 0 && !goal::solved(task, &end) {
                    self.add("way", Wrong::NotReached { by: None });
                }
            }
            Form::Completion { .. } => {
                let (whole, done) = whole(self.exercise);
                if done.is_empty() {
                    self.add("done", Wrong::Missing);
                }
                self.best(&whole, "done", &done);
            }
            Form::Script { code, mended } => {
                if self.say("code", code, false) {
                    self.add("code", Wrong::ScriptWorks);
                }
                self.say("mended", mended, true);
            }
        }
    }

    /// Steps that lie on a best way.
    fn best(&mut self, task: &Task, list: &str, steps: &[Noted]) -> Log {
        let mut log = task.log();
        let mut left = self.solve(task, &log).best().map(|best| best.distance);
        for (at, step) in steps.iter().enumerate() {
            if self.tries == 0 {
                break;
            }
            let place = format!("{list}[{at}]");
            if step.note.is_empty() {
                self.add(&format!("{place}.note"), Wrong::Missing);
            }
            if task.permits(log.registry(), &step.command).is_err() {
                self.add(&place, Wrong::NotAllowed);
            }
            if let Err(refusal) = log.act(&task.context(&log), &step.command) {
                let by = refusal.kind.id().to_owned();
                self.add(&place, Wrong::CommandRefused { by });
            }
            let now = self.solve(task, &log).best().map(|best| best.distance);
            if self.tries > 0 && (now.is_none() || now.map(|now| now + 1) != left) {
                self.add(&place, Wrong::NotBest);
            }
            left = now;
        }
        log
    }

    /// Returns whether a script reaches the goal with what may be used.
    fn say(&mut self, place: &str, code: &str, should: bool) -> bool {
        let task = self.task;
        let log = task.log();
        let before = log.step();
        let mut played = Played {
            log,
            rules: task.rules,
            model: task.model.clone(),
            loaded: None,
            printed: String::new(),
            failure: None,
        };
        played.act(&Act::Say(code.to_owned()));
        let by = played
            .failure
            .as_ref()
            .map(|failure| Failure::id(failure).to_owned());
        let steps = played.log.step().saturating_sub(before);
        if steps > MAX_STEPS as u64 {
            self.add(place, Wrong::TooMany { most: MAX_STEPS });
            return false;
        }
        let reached = by.is_none() && goal::solved(task, &played.log);
        if should && !reached {
            self.add(place, Wrong::ScriptFails { by });
        }
        let par = task.par;
        if should && reached && steps != u64::from(par) {
            self.add(place, Wrong::ScriptLonger { steps, par });
        }
        let mut log = task.log();
        for entry in played.log.done().iter().filter(|entry| entry.step > before) {
            if let Action::Do(command) = &entry.action {
                if task.permits(log.registry(), command).is_err() {
                    self.add(place, Wrong::NotAllowed);
                }
                let _ = log.act(&entry.context, command);
            }
        }
        reached
    }
}

/// Searches with the tries that are left; no answer where they are not enough, and then none are left.
fn search(mut solver: Solver, tries: &mut usize) -> Option<Solution> {
    let answer = solver.step(*tries / solver.tries_of_one());
    *tries = match answer {
        Some(_) => tries.saturating_sub(solver.tries()),
        None => 0,
    };
    answer
}

/// Returns how many sentences a story has: so many times, an end of one comes before a blank or the end of all.
fn sentences(story: &str) -> usize {
    let words = story.split_whitespace();
    words
        .filter(|word| {
            word.trim_end_matches(['”', '*', '`', ')'])
                .ends_with(['.', '?', '!'])
        })
        .count()
}
