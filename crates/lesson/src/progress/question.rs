//! How one question went, and when it comes back.

use crate::fsrs::{self, Memory, Rating};
use crate::id::Id;
use registry::{Time, VecMap, named_enum};

/// How many misconceptions are kept for a question at most.
pub const MAX_MISCONCEPTIONS: usize = 20;

/// Milliseconds of a day.
const DAY: u64 = 24 * 60 * 60 * 1000;

/// For how many milliseconds what was just seen is still in sight, so that a right answer says less about the memory.
const IN_SIGHT: u64 = 10 * 60 * 1000;

/// A question comes back when the probability that it is still known has fallen to this.
const DESIRED_RETENTION: f64 = 0.9;

/// A question is mastered when it was right once more after so many milliseconds, without a slip in between: twelve hours.
/// That is a night, so it was known and not just still in sight.
const MASTERED_AFTER: u64 = 12 * 60 * 60 * 1000;

named_enum! {
    /// How an answer went.
    pub enum Outcome {
        /// It was right.
        Right = "right",
        /// It was wrong.
        Wrong = "wrong",
        /// There was none: the solution was shown.
        Shown = "shown",
    }
}

/// A memory as it is kept, in whole numbers: what is written is exactly what is read again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct KeptMemory {
    stability: u32,
    difficulty: u32,
}

impl KeptMemory {
    /// Returns a memory from thousandths, or `None` if it is out of the bounds of [`fsrs`].
    pub fn from_thousandths(stability: u32, difficulty: u32) -> Option<Self> {
        let stability_fits = (thousandths(fsrs::MIN_STABILITY)..=thousandths(fsrs::MAX_STABILITY))
            .contains(&stability);
        let difficulty_fits = (thousandths(fsrs::MIN_DIFFICULTY)
            ..=thousandths(fsrs::MAX_DIFFICULTY))
            .contains(&difficulty);
        (stability_fits && difficulty_fits).then_some(Self {
            stability,
            difficulty,
        })
    }

    /// Returns the stability, in thousandths of a day.
    pub const fn stability(self) -> u32 {
        self.stability
    }

    /// Returns the difficulty, in thousandths, from 1,000 to 10,000.
    pub const fn difficulty(self) -> u32 {
        self.difficulty
    }

    /// As the formulas have it.
    pub fn memory(self) -> Memory {
        Memory {
            stability: f64::from(self.stability) / 1000.0,
            difficulty: f64::from(self.difficulty) / 1000.0,
        }
    }
}

impl From<Memory> for KeptMemory {
    /// What comes from [`fsrs`] is within its bounds, and the bounds are whole thousandths.
    fn from(memory: Memory) -> Self {
        Self {
            stability: thousandths(memory.stability),
            difficulty: thousandths(memory.difficulty),
        }
    }
}

fn thousandths(number: f64) -> u32 {
    // A cast from a float stops at the bounds of its type.
    (number * 1000.0).round_ties_even() as u32
}

/// How one question went.
///
/// The order of two of them says which one is newer: the time of the last answer decides, then the number of tries. All
/// further fields only make it a total order, so that merging gives the same from whichever side it starts. The order of
/// the fields is that order.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct QuestionProgress {
    /// The latest time of an answer. It does not go back, also where the clock does.
    pub last_at: Time,
    /// How many answers there were, right or wrong.
    pub tries: u32,
    /// How many times the solution was shown.
    pub shown: u32,
    /// How many answers were right without the solution having been shown in the ten minutes before.
    pub right: u32,
    /// How the last answer went.
    pub last: Option<Outcome>,
    /// What the answers say about the memory; nothing before the first one.
    pub memory: Option<KeptMemory>,
    /// When the memory was last moved, by the clock of that moment.
    pub reviewed_at: Time,
    /// When the question comes back.
    pub due: Time,
    /// When an answer was last wrong.
    pub wrong_at: Option<Time>,
    /// When the solution was last shown.
    pub shown_at: Option<Time>,
    /// When the row of right answers began that the last answer belongs to. A right answer with the solution, or the
    /// explanations of a wrong one, still in sight does not begin one.
    pub right_since: Option<Time>,
    /// The misconceptions that wrong answers have shown since it was last right, and how many answers showed each.
    pub misconceptions: VecMap<Id, u32>,
}

impl QuestionProgress {
    /// Returns whether the question is mastered: it was right at least twice in a row, twelve hours or more apart.
    pub fn is_mastered(&self) -> bool {
        let right = self.last == Some(Outcome::Right);
        let since = self.right_since.filter(|_| right);
        since.is_some_and(|since| self.reviewed_at.0.saturating_sub(since.0) >= MASTERED_AFTER)
    }

    /// Takes in an answer, and settles when the question comes back.
    pub(super) fn answered<'a>(
        &mut self,
        outcome: Outcome,
        misconceptions: impl IntoIterator<Item = &'a str>,
        at: Time,
    ) {
        let rating = self.rating(outcome, at);
        match outcome {
            Outcome::Right => {
                self.tries = self.tries.saturating_add(1);
                // Who has the solution before their eyes copies it.
                if !is_in_sight(self.shown_at, at) {
                    self.right = self.right.saturating_add(1);
                    self.misconceptions = VecMap::new();
                }
            }
            Outcome::Wrong => {
                self.tries = self.tries.saturating_add(1);
                self.wrong_at = Some(at);
                for id in misconceptions.into_iter().filter_map(Id::parse) {
                    self.showed(id);
                }
            }
            Outcome::Shown => {
                self.shown = self.shown.saturating_add(1);
                self.shown_at = Some(at);
            }
        }
        self.right_since = match (self.right_since, outcome) {
            // A clock that was ahead and is right again does not make the row longer than it is.
            (Some(since), Outcome::Right) => Some(since.min(at)),
            (None, Outcome::Right) if rating != Rating::Hard => Some(at),
            _ => None,
        };
        self.last = Some(outcome);
        self.last_at = self.last_at.max(at);
        self.review(rating, at);
    }

    fn rating(&self, outcome: Outcome, at: Time) -> Rating {
        match outcome {
            Outcome::Wrong | Outcome::Shown => Rating::Again,
            Outcome::Right if is_in_sight(self.wrong_at, at) || is_in_sight(self.shown_at, at) => {
                Rating::Hard
            }
            Outcome::Right if self.last.is_none() => Rating::Easy,
            Outcome::Right => Rating::Good,
        }
    }

    fn review(&mut self, rating: Rating, at: Time) {
        let memory = match self.memory {
            None => fsrs::first(rating),
            Some(before) => {
                // A clock that went back says nothing about how long it has been: it counts as the same day.
                let elapsed = at.0.saturating_sub(self.reviewed_at.0) as f64 / DAY as f64;
                fsrs::next(before.memory(), elapsed, rating)
            }
        };
        let days = fsrs::interval_days(memory, DESIRED_RETENTION);
        self.memory = Some(memory.into());
        self.reviewed_at = at;
        self.due = Time(at.0.saturating_add(u64::from(days) * DAY));
    }

    fn showed(&mut self, misconception: Id) {
        if let Some(times) = self.misconceptions.get_mut(misconception.as_str()) {
            *times = times.saturating_add(1);
        } else if self.misconceptions.len() < MAX_MISCONCEPTIONS {
            self.misconceptions.insert(misconception, 1);
        }
    }
}

/// Returns whether something that happened then is still in sight now. A clock that was far ahead and is right again does not keep
/// it in sight.
pub(super) fn is_in_sight(then: Option<Time>, now: Time) -> bool {
    then.is_some_and(|then| now.0.abs_diff(then.0) <= IN_SIGHT)
}
