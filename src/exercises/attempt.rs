//! The handle of an exercise that is being done. Everything on its page reads and changes it here.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use crate::browser;
use crate::exercises::solver::{Found, solve};
use crate::session::frame::{self, Happened};
use crate::session::offer::{self, Offer};
use crate::session::{
    Announcer, Learner, RegistryStore, Sandbox, use_announcer, use_language, use_learner,
};
use el::{Memo, RwSignal};
use lesson::exercise::generate::Recipe;
use lesson::exercise::receipt::{Of, Receipt};
use lesson::exercise::saved_attempt::SavedAttempt;
use lesson::exercise::solution_log::SolutionLog;
use lesson::exercise::status::begins_afresh;
use lesson::exercise::{
    Best, Evaluation, Exercise, Machine, Position, Solution, Solver, Status, Task, goal,
};
use lesson::pack::{Id, Pack};
use registry::{Log, ModelName, Time};
use storage::Attempt;
use text::Language;

/// How much help is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Opened {
    /// Where to look.
    pub nudge: bool,
    /// How to go about it.
    pub idea: bool,
    /// The next step from where one is.
    pub next: bool,
}

/// As it is kept.
impl From<u32> for Opened {
    fn from(bits: u32) -> Self {
        Self {
            nudge: bits & 1 != 0,
            idea: bits & 2 != 0,
            next: bits & 4 != 0,
        }
    }
}

impl From<Opened> for u32 {
    fn from(opened: Opened) -> Self {
        Self::from(opened.nudge) | Self::from(opened.idea) << 1 | Self::from(opened.next) << 2
    }
}

/// Where an exercise comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// The app's own pack: it counts in the progress.
    Pack,
    /// It was made from a recipe.
    Made(Recipe),
    /// Somebody has shared it in a link. Under this id an attempt at it is kept.
    Shared(&'static Id),
}

/// An exercise that is being done.
#[derive(Clone, Copy)]
pub struct Work {
    pub language: Language,
    pub learner: Learner,
    /// What the page says, beside what its registry says.
    pub announcer: Announcer,
    pub sandbox: Sandbox,
    /// The registry in the sandbox.
    pub store: RegistryStore,
    pub pack: &'static Pack,
    pub exercise: &'static Exercise,
    pub origin: Origin,
    /// The model that is shown.
    pub model: RwSignal<ModelName>,
    /// How the goal stands.
    pub evaluated: Memo<Vec<Evaluation>>,
    /// Whether all of it is met.
    pub solved: Memo<bool>,
    /// What the solver says of where one is.
    pub found: RwSignal<Found>,
    /// The best ways from the start, once somebody has asked for them.
    pub best: RwSignal<Option<Best>>,
    pub opened: RwSignal<Opened>,
    /// How many hints were taken.
    pub hints: RwSignal<u32>,
    /// Whether the solution was looked at.
    pub shown: RwSignal<bool>,
    /// The step of the solution that is shown.
    pub playing: RwSignal<Option<usize>>,
    /// When it was begun; nothing where it was begun at another time.
    pub begun: RwSignal<Option<Time>>,
    /// Whether the dialog is open that gives it out.
    pub sharing: RwSignal<bool>,
    pub consoles: RwSignal<u32>,
    /// The solutions that are in the progress already.
    solution_log: StoredValue<SolutionLog, LocalStorage>,
    machine: StoredValue<Option<Arc<Machine>>, LocalStorage>,
    /// Counts what was done, so that an answer about an earlier moment is not taken for one about this.
    turn: RwSignal<u32>,
}

impl Work {
    /// Begins an exercise, or goes on where one was.
    pub fn begin(pack: &'static Pack, exercise: &'static Exercise, origin: Origin) -> Self {
        let task = &exercise.task;
        let (language, learner) = (use_language(), use_learner());
        let kept = kept(learner, exercise, origin);
        let log = resume(task, &of(exercise, origin), &kept);
        let is_due = log
            .as_ref()
            .is_some_and(|log| comes_back(learner, exercise, origin, log));
        let log = log.filter(|_| !is_due);
        let (log, kept) = match log {
            Some(log) => (log, kept),
            None => (task.log(), Attempt::default()),
        };
        let resumed = task.steps(&log) > 0;
        let solution_log = StoredValue::new_local(SolutionLog::of(task, &log));
        let sandbox = Sandbox::of_exercise(task, log);
        let store = sandbox.store;
        let evaluated = Memo::new(move || store.history(|log| goal::evaluate(task, log)));
        let solved = Memo::new(move || {
            evaluated.with(|evaluated| evaluated.iter().all(|one| one.status == Status::Met))
        });
        let work = Self {
            language,
            learner,
            announcer: use_announcer(),
            sandbox,
            store,
            pack,
            exercise,
            origin,
            model: RwSignal::new(task.model.clone()),
            evaluated,
            solved,
            found: RwSignal::new(Found::Working),
            best: RwSignal::new(None),
            opened: RwSignal::new(kept.open.into()),
            hints: RwSignal::new(kept.hints),
            shown: RwSignal::new(kept.shown),
            playing: RwSignal::new(None),
            begun: RwSignal::new((!resumed).then(browser::now)),
            sharing: RwSignal::new(false),
            consoles: RwSignal::new(0),
            solution_log,
            machine: StoredValue::new_local(None),
            turn: RwSignal::new(0),
        };
        work.ask_after_each_step();
        work.record_when_solved();
        work.keep_after_each_step(kept);
        offer::offer(Offer {
            store,
            reset: Rc::new(move || work.start_again()),
            receipt: Rc::new(move || work.receipt().map(|receipt| receipt.to_string())),
        });
        if resumed {
            store
                .announcer
                .announce(language.tasks().resumed.to_owned());
        } else if is_due {
            store
                .announcer
                .announce(language.tasks().due_again.to_owned());
        }
        work
    }

    /// What is to be done.
    pub fn task(self) -> &'static Task {
        &self.exercise.task
    }

    /// How many steps were done.
    pub fn steps(self) -> u64 {
        self.store.history(|log| self.task().steps(log))
    }

    /// The receipt of what was done; nothing where that is too much for one.
    pub fn receipt(self) -> Option<Receipt> {
        let of = of(self.exercise, self.origin);
        self.store.history(|log| Receipt::new(of, self.task(), log))
    }

    /// Puts everything back to the start.
    pub fn start_again(self) {
        self.sandbox.put(self.task().log());
        self.solution_log.set_value(SolutionLog::default());
        self.opened.set(Opened::default());
        self.hints.set(0);
        // Where it comes back, the progress knows about the solution; a made exercise does not come back.
        if !matches!(self.origin, Origin::Made(_)) {
            self.shown.set(false);
        }
        self.playing.set(None);
        self.begun.set(Some(browser::now()));
        self.fresh_console();
        self.model.set(self.task().model.clone());
        self.store
            .announcer
            .announce(self.language.tasks().started_again.to_owned());
    }

    /// Makes the console anew: what names meant is forgotten, and a script stands in it as it was given.
    pub fn fresh_console(self) {
        self.consoles.update(|consoles| *consoles += 1);
    }

    /// Takes steps back until so many of the log are left.
    pub fn back_to(self, step: u64) {
        while self.store.log.with_untracked(Log::step) > step {
            let before = self.store.log.with_untracked(Log::step);
            self.store.undo();
            if self.store.log.with_untracked(Log::step) >= before {
                break;
            }
        }
    }

    /// Takes a hint.
    pub fn take_hint(self, open: fn(&mut Opened)) {
        self.opened.update(open);
        self.hints.update(|hints| *hints = hints.saturating_add(1));
    }

    /// Shows the solution. It is noted as looked at, not as solved.
    pub fn show_solution(self) {
        self.ask_from_start();
        self.shown.set(true);
        self.playing.set(Some(0));
        if self.origin == Origin::Pack {
            self.learner.learned(|progress| {
                progress.solution_shown(self.exercise.id.as_str(), browser::now())
            });
        }
    }

    /// Looks for the best ways from the start, if nobody has yet.
    pub fn ask_from_start(self) {
        if self.best.with_untracked(Option::is_some) {
            return;
        }
        set_timeout(
            move || {
                let log = self.task().log();
                let (Some(machine), Some(alive)) = (self.machine(), self.is_alive()) else {
                    return;
                };
                if let Some(position) = machine.position(&log).filter(|_| alive) {
                    let goes_on = move || self.is_alive() == Some(true);
                    solve(Solver::new(machine, &position), goes_on, move |answer| {
                        if let Solution::Way(best) = answer {
                            self.best.set(Some(best));
                        }
                    });
                }
            },
            std::time::Duration::ZERO,
        );
    }

    /// The exercise as the solver needs it; made when it is first asked for.
    pub fn machine(self) -> Option<Arc<Machine>> {
        self.machine.try_update_value(|machine| {
            if machine.is_none() {
                *machine = Machine::new(self.task()).ok().map(Arc::new);
            }
            machine.clone()
        })?
    }

    /// Whether the page of the exercise is still there.
    fn is_alive(self) -> Option<bool> {
        self.turn.update_if(|_| (false, true))
    }

    fn is_turn(self, turn: u32) -> bool {
        self.turn.update_if(|now| (false, *now == turn)) == Some(true)
    }

    /// After each step the solver is asked anew, later than the step is shown.
    fn ask_after_each_step(self) {
        let mut is_first = true;
        Effect::new(move || {
            self.store.history(|_| ());
            let turn = self.turn.get_untracked().wrapping_add(1);
            self.turn.set(turn);
            self.found.set(Found::Working);
            // What was a next step is none any more. At first it is the one that was left open.
            if !std::mem::take(&mut is_first) {
                self.opened
                    .update_if(|opened| (std::mem::take(&mut opened.next), ()));
            }
            set_timeout(move || self.ask(turn), std::time::Duration::ZERO);
        });
    }

    fn ask(self, turn: u32) {
        if !self.is_turn(turn) {
            return;
        }
        let position = self.position(None);
        self.solve_from(turn, position, move |answer| match answer {
            Solution::Way(best) => self.found.set(Found::Way(best)),
            Solution::TooLarge => self.found.set(Found::Unknown),
            Solution::DeadEnd => {
                self.found.set(Found::DeadEnd { back_to: None });
                let last = self.store.log.with_untracked(Log::step);
                self.look_back(turn, last);
            }
        });
    }

    /// Looks for the last step before this one from which the goal could be reached.
    fn look_back(self, turn: u32, step: u64) {
        let Some(before) = step
            .checked_sub(1)
            .filter(|step| *step >= self.task().from())
        else {
            return;
        };
        let position = self.position(Some(before));
        self.solve_from(turn, position, move |answer| {
            if let Solution::Way(_) = answer {
                let back_to = Some(before);
                self.found.set(Found::DeadEnd { back_to });
            } else {
                self.look_back(turn, before);
            }
        });
    }

    fn position(self, step: Option<u64>) -> Option<(Arc<Machine>, Position)> {
        let machine = self.machine()?;
        let position = self.store.log.with_untracked(|log| {
            let step = step.unwrap_or_else(|| log.step());
            machine.position_at(log, step)
        })?;
        Some((machine, position))
    }

    fn solve_from(
        self,
        turn: u32,
        from: Option<(Arc<Machine>, Position)>,
        then: impl FnOnce(Solution) + 'static,
    ) {
        match from {
            Some((machine, position)) => solve(
                Solver::new(machine, &position),
                move || self.is_turn(turn),
                then,
            ),
            None => then(Solution::TooLarge),
        }
    }

    /// Each way that solves it goes into the progress once, not again with an undo and a redo.
    fn record_when_solved(self) {
        Effect::new(move || {
            let task = self.task();
            let counts = self.store.history(|log| {
                let counted = self
                    .solution_log
                    .try_update_value(|solution_log| solution_log.counts(task, log));
                counted == Some(true)
            });
            if counts {
                untrack(|| self.record());
            }
        });
    }

    fn record(self) {
        let steps = u32::try_from(self.steps()).unwrap_or(u32::MAX);
        let hints = self.hints.get_untracked();
        frame::tell(Happened::Solved {
            exercise: of(self.exercise, self.origin).to_string(),
            steps,
            fewest: self.task().par,
        });
        match self.origin {
            Origin::Pack => self.learner.learned(|progress| {
                progress.solved(self.exercise.id.as_str(), steps, hints, browser::now());
            }),
            // Who has looked at its solution copies it.
            Origin::Made(recipe) if !self.shown.get_untracked() => {
                if let Some(id) = recipe.id() {
                    let over = steps.saturating_sub(recipe.par());
                    self.learner.learned(|progress| {
                        progress.made_solved(&id, over);
                    });
                }
            }
            Origin::Made(_) | Origin::Shared(_) => {}
        }
    }

    fn keep_after_each_step(self, kept: Attempt) {
        let last = StoredValue::new_local(kept);
        Effect::new(move || {
            let (hints, shown) = (self.hints.get(), self.shown.get());
            let open = self.opened.get().into();
            let of = of(self.exercise, self.origin);
            let task = self.task();
            let (is_begun, saved) = self.store.history(|log| {
                let is_begun = task.steps(log) > 0 || !log.undone().is_empty();
                (is_begun, SavedAttempt::of(&of, task, log))
            });
            // What is too long for a receipt is too long to be kept: the last that fitted stays.
            let (way, undone) = match saved.filter(|_| is_begun) {
                Some(saved) => (saved.way.to_string(), saved.undone),
                None if is_begun => return,
                None => (String::new(), 0),
            };
            let attempt = Attempt {
                way,
                undone,
                hints,
                shown,
                open,
                at: last.with_value(|last| last.at),
            };
            if last.with_value(|last| *last != attempt) {
                let at = browser::now();
                let attempt = Attempt { at, ..attempt };
                last.set_value(attempt.clone());
                if let Some(id) = kept_under(self.exercise, self.origin) {
                    self.learner.keep_attempt(&id, attempt);
                }
            }
        });
    }
}

/// What a receipt is of. That of a shared exercise names its link.
fn of(exercise: &Exercise, origin: Origin) -> Of {
    match origin {
        Origin::Pack => Of::Exercise(exercise.id.clone()),
        Origin::Made(recipe) => Of::Recipe(recipe),
        Origin::Shared(id) => Of::Exercise(id.clone()),
    }
}

/// The id under which an attempt is kept. A shared exercise may have any id, also one of the pack's.
fn kept_under(exercise: &Exercise, origin: Origin) -> Option<Id> {
    match origin {
        Origin::Pack => Some(exercise.id.clone()),
        Origin::Made(recipe) => recipe.kept_under(),
        Origin::Shared(id) => Some(id.clone()),
    }
}

/// What is kept of it.
fn kept(learner: Learner, exercise: &Exercise, origin: Origin) -> Attempt {
    let kept = kept_under(exercise, origin);
    let kept = kept.map(|id| learner.attempt(&id)).unwrap_or_default();
    // Before each recipe had a place of its own, the last made exercise was kept under the id that all of them have here.
    if kept == Attempt::default() && matches!(origin, Origin::Made(_)) {
        let old = learner.attempt(&exercise.id);
        if !old.way.is_empty() {
            return old;
        }
    }
    kept
}

/// Whether it is solved and now due again, so that there would be nothing to do where it was left.
fn comes_back(learner: Learner, exercise: &Exercise, origin: Origin, log: &Log) -> bool {
    let is_solved = goal::solved(&exercise.task, log);
    origin == Origin::Pack
        && learner.progress.with_untracked(|progress| {
            let known = progress.exercise(exercise.id.as_str());
            begins_afresh(known, is_solved, browser::now())
        })
}

/// Does again what was kept; nothing where it is of another exercise, or is not accepted any more.
fn resume(task: &Task, of: &Of, kept: &Attempt) -> Option<Log> {
    if kept.way.is_empty() {
        return Some(task.log());
    }
    let way = Receipt::parse(&kept.way).ok()?;
    let undone = kept.undone;
    SavedAttempt { way, undone }.resume(of, task)
}
