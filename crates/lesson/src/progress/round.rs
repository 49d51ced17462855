//! A round of questions: which ones, in order, and how each went at the first try. It is kept, so that a learner who comes
//! back goes on where they were.

use std::cmp::Ordering;

use crate::id::Id;
use registry::Time;

/// How many questions a round has at most.
pub const MAX_ROUND: usize = 100;

/// A question of a round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RoundQuestion {
    pub id: Id,
    /// Whether the first answer was right; nothing while there is none. A solution that was shown is not.
    pub right: Option<bool>,
}

/// A round of questions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Round {
    pub(super) started: Time,
    pub(super) questions: Vec<RoundQuestion>,
}

impl Round {
    /// Returns a round of these questions, or `None` if there are none, too many, or one of them twice.
    pub(super) fn new(started: Time, questions: Vec<RoundQuestion>) -> Option<Self> {
        Some(Self { started, questions }).filter(Self::is_sound)
    }

    /// Returns whether there are questions, no more than [`MAX_ROUND`], and none of them twice.
    pub(super) fn is_sound(&self) -> bool {
        let is_again = |at: usize, one: &RoundQuestion| {
            let mut earlier = self.questions.iter().take(at);
            earlier.any(|other| other.id == one.id)
        };
        let mut questions = self.questions.iter().enumerate();
        (1..=MAX_ROUND).contains(&self.questions.len())
            && !questions.any(|(at, one)| is_again(at, one))
    }

    /// Returns when it began.
    pub const fn started(&self) -> Time {
        self.started
    }

    /// Returns its questions, in order.
    pub fn questions(&self) -> &[RoundQuestion] {
        &self.questions
    }

    /// Returns the place of a question in it.
    pub fn place(&self, id: &Id) -> Option<usize> {
        self.questions.iter().position(|one| one.id == *id)
    }

    /// Returns the first question that was not answered yet.
    pub fn next(&self) -> Option<&Id> {
        let open = self.questions.iter().find(|one| one.right.is_none());
        open.map(|one| &one.id)
    }

    /// Returns whether all were answered.
    pub fn is_finished(&self) -> bool {
        self.next().is_none()
    }

    /// Returns how many were right at the first try.
    pub fn right(&self) -> usize {
        let right = self.questions.iter().filter(|one| one.right == Some(true));
        right.count()
    }

    /// Takes in an answer. The first one counts.
    pub(super) fn answered(&mut self, id: &str, right: bool) {
        let found = self.questions.iter_mut().find(|one| one.id.as_str() == id);
        if let Some(one) = found {
            one.right.get_or_insert(right);
        }
    }

    /// The later one of two rounds. Of one round that went on in two places, every answer counts; where both have answered
    /// a question, it was right at the first try only if it was so in both.
    pub(super) fn merge(&mut self, other: &Self) {
        let questions = || {
            let mine = self.questions.iter().map(|one| &one.id);
            mine.cmp(other.questions.iter().map(|one| &one.id))
        };
        match self.started.cmp(&other.started).then_with(questions) {
            Ordering::Less => self.clone_from(other),
            Ordering::Greater => {}
            Ordering::Equal => {
                for (mine, theirs) in self.questions.iter_mut().zip(&other.questions) {
                    mine.right = match (mine.right, theirs.right) {
                        (Some(mine), Some(theirs)) => Some(mine && theirs),
                        (mine, theirs) => mine.or(theirs),
                    };
                }
            }
        }
    }
}
