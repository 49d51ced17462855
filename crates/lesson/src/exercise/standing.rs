//! How an exercise stands with a learner, and which one is next.

use crate::progress::{ExerciseProgress, Outcome};
use registry::Time;

/// How an exercise stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Nothing was done in it.
    New,
    /// It is under way.
    Begun,
    /// Its solution was looked at, and it was not solved without.
    Shown,
    /// It is solved.
    Solved {
        /// The fewest steps so far.
        best: u32,
    },
    /// It was solved, or its solution was looked at, and now it comes back.
    Due {
        /// The fewest steps so far; nothing where it was not solved.
        best: Option<u32>,
    },
}

impl Standing {
    /// How it stands: by what is known of it, and by whether it is under way.
    #[must_use]
    pub fn of(known: Option<&ExerciseProgress>, is_begun: bool, now: Time) -> Self {
        let Some(known) = known else {
            return if is_begun { Self::Begun } else { Self::New };
        };
        let was_tried = known.review.last.is_some();
        match known.best {
            best if was_tried && known.review.due <= now => Self::Due { best },
            Some(best) => Self::Solved { best },
            None if is_begun => Self::Begun,
            None if known.review.last == Some(Outcome::Shown) => Self::Shown,
            None => Self::New,
        }
    }

    /// Whether it was solved at some time.
    #[must_use]
    pub const fn is_solved(self) -> bool {
        matches!(self, Self::Solved { .. } | Self::Due { best: Some(_) })
    }
}

/// Whether an exercise begins afresh when it is opened, whatever is kept of it: it comes back, and what is kept is solved
/// already, so there would be nothing to do.
#[must_use]
pub fn begins_afresh(known: Option<&ExerciseProgress>, kept_is_solved: bool, now: Time) -> bool {
    kept_is_solved && matches!(Standing::of(known, true, now), Standing::Due { .. })
}

/// The place of the exercise to go on with: what is under way, else what is due, else the first that was not tried, else
/// one whose solution was looked at; nothing where all is solved.
#[must_use]
pub fn next(all: &[Standing]) -> Option<usize> {
    let first = |is: &dyn Fn(&Standing) -> bool| all.iter().position(is);
    first(&|one| *one == Standing::Begun)
        .or_else(|| first(&|one| matches!(one, Standing::Due { .. })))
        .or_else(|| first(&|one| *one == Standing::New))
        .or_else(|| first(&|one| *one == Standing::Shown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Progress;

    /// How an exercise stands after what was done in it, at the start of a day.
    fn standing(act: impl Fn(&mut Progress), is_begun: bool, day: u64) -> Standing {
        let mut progress = Progress::default();
        act(&mut progress);
        let day = Time(day * 86_400_000);
        Standing::of(progress.exercise("one"), is_begun, day)
    }

    #[test]
    fn what_was_done_says_how_it_stands() {
        let check = |act: &dyn Fn(&mut Progress), is_begun: bool, day: u64, expected: Standing| {
            assert_eq!(standing(act, is_begun, day), expected);
        };
        let nothing = |_: &mut Progress| {};
        let solve = |progress: &mut Progress| {
            progress.solved("one", 3, 0, Time(0));
        };
        let show = |progress: &mut Progress| {
            progress.solution_shown("one", Time(0));
        };
        check(&nothing, false, 0, Standing::New);
        check(&nothing, true, 0, Standing::Begun);
        check(&solve, false, 0, Standing::Solved { best: 3 });
        check(&solve, true, 0, Standing::Solved { best: 3 });
        check(&solve, true, 500, Standing::Due { best: Some(3) });
        check(&show, false, 500, Standing::Due { best: None });
        let both = |progress: &mut Progress| {
            progress.solved("one", 3, 0, Time(0));
            progress.solved("one", 2, 0, Time(1));
        };
        check(&both, false, 0, Standing::Solved { best: 2 });
    }

    /// What is solved opens as it was left, until it comes back.
    #[test]
    fn what_comes_back_begins_afresh() {
        let check = |solved: bool, kept_is_solved: bool, day: u64, expected: bool| {
            let mut progress = Progress::default();
            if solved {
                progress.solved("one", 3, 0, Time(0));
            }
            let now = Time(day * 86_400_000);
            let found = begins_afresh(progress.exercise("one"), kept_is_solved, now);
            assert_eq!(found, expected, "{solved} {kept_is_solved} {day}");
        };
        check(true, true, 500, true);
        check(true, true, 1, false);
        check(true, false, 500, false);
        check(false, true, 500, false);
    }

    #[test]
    fn one_is_next() {
        let (new, begun, shown) = (Standing::New, Standing::Begun, Standing::Shown);
        let solved = Standing::Solved { best: 2 };
        let due = Standing::Due { best: Some(2) };
        let check = |all: &[Standing], expected: Option<usize>| {
            assert_eq!(next(all), expected, "{all:?}");
        };
        check(&[], None);
        check(&[solved, solved], None);
        check(&[new, new], Some(0));
        check(&[solved, new], Some(1));
        check(&[shown, new], Some(1));
        check(&[shown, solved], Some(0));
        check(&[new, due], Some(1));
        check(&[new, due, begun], Some(2));
    }
}
