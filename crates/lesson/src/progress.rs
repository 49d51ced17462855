//! What a learner has done: the steps, what was chosen in them, the place, the round, and how the questions went.
//!
//! | module | what it says |
//! |---|---|
//! | `id` | what steps, questions and misconceptions are called |
//! | `exercise` | how one exercise went |
//! | `question` | how one question went, when it comes back, and whether it is mastered |
//! | `round` | the round of questions that is under way |
//! | `merge` | how the progress of two places becomes one |
//! | `newest` | a part of it, where there is not room for all |
//! | `saved` | how it is written as JSON and read again |
//! | `older` | what earlier versions have written |
//! | `file` | progress as a file to take along |
//!
//! Nothing here knows which steps and questions there are. What a changed lesson no longer has is kept, and fits again
//! when it comes back.

mod exercise;
mod file;
mod merge;
mod newest;
mod older;
mod question;
mod round;
mod saved;

pub use super::id::Id;
pub use exercise::ExerciseProgress;
pub use file::{FileError, MAX_BYTES, from_file, to_file};
pub use merge::MergePreview;
pub use older::from_version_1;
pub use question::{KeptMemory, MAX_MISCONCEPTIONS, Outcome, QuestionProgress};
pub use round::{MAX_ROUND, Round, RoundQuestion};

use registry::{Time, VecMap};

/// How many questions are kept at most.
pub const MAX_QUESTIONS: usize = 2_000;

/// How many done steps are kept at most, and how many choices in steps.
pub const MAX_STEPS: usize = 500;

/// How many exercises are kept at most.
pub const MAX_EXERCISES: usize = 500;

/// How many made exercises are kept at most.
pub const MAX_MADE: usize = 500;

/// What a learner has done.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    /// When a step was done for the first time.
    steps: VecMap<Id, Time>,
    /// The step where the learner is, and when they came to it.
    place: Option<Dated>,
    /// What was chosen last in a step, and when.
    choices: VecMap<Id, Dated>,
    /// The round that was started last.
    round: Option<Round>,
    questions: VecMap<Id, QuestionProgress>,
    exercises: VecMap<Id, ExerciseProgress>,
    /// The made exercises that were solved, each by its recipe, with how many steps there were over the fewest.
    made: VecMap<Id, u32>,
    /// How often everything was forgotten or put back. What belongs to an earlier beginning is not merged into a later one.
    begun: u32,
}

/// An id and since when it counts. The time comes first in the order: it says which of two is the newer one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Dated {
    at: Time,
    id: Id,
}

impl Progress {
    /// Puts something else in the place of all this, such as nothing: a later beginning, so that what another window or an
    /// older copy still has of the earlier one does not come back.
    pub fn replace(&mut self, mut new: Self) {
        if new.begun <= self.begun && new != *self {
            new.begun = self.begun.saturating_add(1);
        }
        *self = new;
    }

    /// Returns whether nothing has been done.
    pub const fn is_empty(&self) -> bool {
        self.steps.is_empty()
            && self.place.is_none()
            && self.choices.is_empty()
            && self.round.is_none()
            && self.questions.is_empty()
            && self.exercises.is_empty()
            && self.made.is_empty()
    }

    /// Takes in an answer, to the question and to the round that it is part of, and settles when it comes back. The misconceptions are those that a wrong
    /// answer showed; with other outcomes they are passed over, and so is one that is no id.
    ///
    /// Gives whether the answer was kept. It is not where the question's name is no id, nor where it would be one question
    /// more than [`MAX_QUESTIONS`].
    pub fn answered<'a>(
        &mut self,
        id: &str,
        outcome: Outcome,
        misconceptions: impl IntoIterator<Item = &'a str>,
        at: Time,
    ) -> bool {
        if let Some(round) = &mut self.round {
            round.answered(id, outcome == Outcome::Right);
        }
        if let Some(question) = self.questions.get_mut(id) {
            question.answered(outcome, misconceptions, at);
            return true;
        }
        let Some(id) = Id::parse(id).filter(|_| self.questions.len() < MAX_QUESTIONS) else {
            return false;
        };
        let mut question = QuestionProgress::default();
        question.answered(outcome, misconceptions, at);
        self.questions.insert(id, question);
        true
    }

    /// Notes that a step has been done. The first time counts, whatever comes after it.
    ///
    /// Gives whether the step is noted. It is not where its name is no id, nor where it would be one step more than
    /// [`MAX_STEPS`].
    pub fn step_done(&mut self, id: &str, at: Time) -> bool {
        if let Some(first) = self.steps.get_mut(id) {
            *first = at.min(*first);
            return true;
        }
        let Some(id) = Id::parse(id).filter(|_| self.steps.len() < MAX_STEPS) else {
            return false;
        };
        self.steps.insert(id, at);
        true
    }

    /// Returns whether a step has been done.
    pub fn is_step_done(&self, id: &str) -> bool {
        self.steps.contains_key(id)
    }

    /// Returns the steps that have been done, by id, each with the time when it was done first.
    pub fn steps(&self) -> impl Iterator<Item = (&str, Time)> {
        self.steps.iter().map(|(id, at)| (id.as_str(), *at))
    }

    /// Notes the step where the learner is. Gives whether it is noted: what is no id is not.
    pub fn set_place(&mut self, id: &str, at: Time) -> bool {
        let Some(id) = Id::parse(id) else {
            return false;
        };
        let at = later(self.place.as_ref(), &id, at);
        self.place = Some(Dated { at, id });
        true
    }

    /// Returns the step where the learner is.
    pub fn place(&self) -> Option<&str> {
        self.place.as_ref().map(|place| place.id.as_str())
    }

    /// Notes what was chosen in a step. What is chosen later counts.
    ///
    /// Gives whether it is noted. It is not where a name is no id, nor where it would be one step more than [`MAX_STEPS`].
    pub fn chose(&mut self, step: &str, option: &str, at: Time) -> bool {
        let (Some(step), Some(option)) = (Id::parse(step), Id::parse(option)) else {
            return false;
        };
        let before = self.choices.get(step.as_str());
        if before.is_none() && self.choices.len() >= MAX_STEPS {
            return false;
        }
        let at = later(before, &option, at);
        self.choices.insert(step, Dated { at, id: option });
        true
    }

    /// Returns what was chosen last in a step.
    pub fn choice(&self, step: &str) -> Option<&str> {
        self.choices.get(step).map(|choice| choice.id.as_str())
    }

    /// Starts a round of these questions, in the place of the one before.
    ///
    /// Returns whether it is started. It is not where there are no questions or more than [`MAX_ROUND`], nor with one of
    /// them twice.
    pub fn start_round(&mut self, questions: Vec<Id>, at: Time) -> bool {
        let at = match &self.round {
            Some(before) => at.max(Time(before.started().0.saturating_add(1))),
            None => at,
        };
        let unanswered = |id| RoundQuestion { id, right: None };
        let questions = questions.into_iter().map(unanswered);
        let Some(round) = Round::new(at, questions.collect()) else {
            return false;
        };
        self.round = Some(round);
        true
    }

    /// Returns the round that was started last.
    pub const fn round(&self) -> Option<&Round> {
        self.round.as_ref()
    }

    /// Returns how a question went; nothing where it has never been answered.
    pub fn question(&self, id: &str) -> Option<&QuestionProgress> {
        self.questions.get(id)
    }

    /// Returns how the questions went, by id.
    pub fn questions(&self) -> impl Iterator<Item = (&str, &QuestionProgress)> {
        self.questions
            .iter()
            .map(|(id, question)| (id.as_str(), question))
    }

    /// Takes in that an exercise was solved, in so many steps and with so many hints, and settles when it comes back.
    ///
    /// Gives whether that was kept. It is not where the exercise's name is no id, nor where it would be one exercise more
    /// than [`MAX_EXERCISES`].
    pub fn solved(&mut self, id: &str, steps: u32, hints: u32, at: Time) -> bool {
        let exercise = self.exercise_mut(id);
        exercise.map(|one| one.solved(steps, hints, at)).is_some()
    }

    /// Takes in that the solution of an exercise was looked at. Gives whether that was kept, as [`Progress::solved`].
    pub fn solution_shown(&mut self, id: &str, at: Time) -> bool {
        self.exercise_mut(id).map(|one| one.shown(at)).is_some()
    }

    /// Takes in that a made exercise was solved, with so many steps over the fewest. The same recipe counts once, with its
    /// best solving. A made exercise does not come back: there is always another one.
    ///
    /// Gives whether that was kept. It is not where it would be one more than [`MAX_MADE`].
    pub fn made_solved(&mut self, recipe: &Id, over: u32) -> bool {
        if let Some(before) = self.made.get_mut(recipe.as_str()) {
            *before = over.min(*before);
            return true;
        }
        let has_room = self.made.len() < MAX_MADE;
        if has_room {
            self.made.insert(recipe.clone(), over);
        }
        has_room
    }

    /// Returns the made exercises that were solved, by recipe, each with the steps over the fewest.
    pub fn made(&self) -> impl Iterator<Item = (&str, u32)> {
        self.made.iter().map(|(id, over)| (id.as_str(), *over))
    }

    fn exercise_mut(&mut self, id: &str) -> Option<&mut ExerciseProgress> {
        if !self.exercises.contains_key(id) {
            let new = Id::parse(id).filter(|_| self.exercises.len() < MAX_EXERCISES)?;
            self.exercises.insert(new, ExerciseProgress::default());
        }
        self.exercises.get_mut(id)
    }

    /// Returns how an exercise went; nothing where it was neither solved nor shown.
    pub fn exercise(&self, id: &str) -> Option<&ExerciseProgress> {
        self.exercises.get(id)
    }

    /// Returns how the exercises went, by id.
    pub fn exercises(&self) -> impl Iterator<Item = (&str, &ExerciseProgress)> {
        self.exercises.iter().map(|(id, one)| (id.as_str(), one))
    }

    /// Returns the exercises that are due, the most overdue one first.
    pub fn exercises_due(&self, now: Time) -> impl Iterator<Item = &str> {
        in_order(self.exercises().map(|(id, one)| (one.review.due, id)), now)
    }

    /// Returns the questions that are due, the most overdue one first.
    pub fn due(&self, now: Time) -> impl Iterator<Item = &str> {
        in_order(self.questions().map(|(id, one)| (one.due, id)), now)
    }

    /// Returns when the next question or exercise is due, or since when one has been, or `None` if there is none.
    pub fn next_due(&self) -> Option<Time> {
        let questions = self.questions.values().map(|question| question.due);
        let exercises = self.exercises.values().map(|one| one.review.due);
        questions.chain(exercises).min()
    }

    /// Returns whether a question is mastered ([`QuestionProgress::is_mastered`]).
    pub fn is_mastered(&self, id: &str) -> bool {
        self.question(id).is_some_and(QuestionProgress::is_mastered)
    }

    /// Returns the misconceptions that wrong answers have shown and that have not been put right since, by id, each with the number
    /// of those answers. Of all questions, or of those `among` which is asked.
    pub fn misconceptions(&self, among: impl Fn(&Id) -> bool) -> VecMap<&str, u32> {
        let mut counts = VecMap::new();
        let asked = self.questions.iter().filter(|(id, _)| among(id));
        for (id, times) in asked.flat_map(|(_, one)| &one.misconceptions) {
            let before = counts.get(id.as_str()).copied().unwrap_or(0_u32);
            counts.insert(id.as_str(), before.saturating_add(*times));
        }
        counts
    }
}

/// Returns the time of something that takes the place of what was `before`. What comes later is the newer one, also when the clock
/// stands still or goes back.
fn later(before: Option<&Dated>, now: &Id, at: Time) -> Time {
    match before {
        Some(before) if before.id == *now => at.max(before.at),
        Some(before) => at.max(Time(before.at.0.saturating_add(1))),
        None => at,
    }
}

/// Returns what is due, the most overdue first.
fn in_order<'p>(
    all: impl Iterator<Item = (Time, &'p str)>,
    now: Time,
) -> impl Iterator<Item = &'p str> {
    let mut due: Vec<_> = all.filter(|(due, _)| *due <= now).collect();
    due.sort_unstable();
    due.into_iter().map(|(_, id)| id)
}

#[cfg(test)]
mod tests;
