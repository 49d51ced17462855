//! How one exercise went, and when it comes back.

use super::question::{Outcome, QuestionProgress};
use registry::Time;

/// How one exercise went.
///
/// The order of two of them says which one is newer, as it does for questions.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct ExerciseProgress {
    /// When it was solved and when its solution was looked at, as for a question: solving is a right answer.
    pub review: QuestionProgress,
    /// The fewest steps in which it was solved without the solution in sight.
    pub best: Option<u32>,
    /// How many hints were taken when it was last solved.
    pub hints: u32,
}

impl ExerciseProgress {
    /// Returns whether it has been solved without the solution in sight.
    pub const fn is_solved(&self) -> bool {
        self.best.is_some()
    }

    /// Takes in that it was solved.
    pub(super) fn solved(&mut self, steps: u32, hints: u32, at: Time) {
        let before = self.review.right;
        self.review.answered(Outcome::Right, None, at);
        // Who has the solution before their eyes copies it.
        if self.review.right > before {
            self.best = Some(self.best.map_or(steps, |best| best.min(steps)));
        }
        self.hints = hints;
    }

    /// Takes in that its solution was looked at.
    pub(super) fn shown(&mut self, at: Time) {
        self.review.answered(Outcome::Shown, None, at);
    }
}
