//! The status of an exercise for a learner, and which exercise is next.

use crate::progress::{ExerciseProgress, Outcome};
use registry::Time;

/// The status of an exercise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExerciseStatus {
    /// Nothing was done in it.
    New,
    /// It is under way.
    Begun,
    /// Its solution was looked at, and it was not solved without.
    Shown,
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

impl ExerciseStatus {
    /// Returns the status by what is known of the exercise, and by whether it is under way.
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

    /// Returns whether it was solved at some time.
    pub const fn is_solved(self) -> bool {
        matches!(self, Self::Solved { .. } | Self::Due { best: Some(_) })
    }
}

/// Returns whether an exercise begins afresh when it is opened, whatever is saved of it: it is due, and what is saved is
/// solved already, so there would be nothing to do.
pub fn begins_afresh(known: Option<&ExerciseProgress>, kept_is_solved: bool, now: Time) -> bool {
    kept_is_solved
        && matches!(
            ExerciseStatus::of(known, true, now),
            ExerciseStatus::Due { .. }
        )
}

/// Returns the index of the exercise to go on with: one that is under way, else one that is due, else the first that was not
/// tried, else one whose solution was looked at. Returns `None` if all are solved.
pub fn next(all: &[ExerciseStatus]) -> Option<usize> {
    let first = |is: &dyn Fn(&ExerciseStatus) -> bool| all.iter().position(is);
    first(&|one| *one == ExerciseStatus::Begun)
        .or_else(|| first(&|one| matches!(one, ExerciseStatus::Due { .. })))
        .or_else(|| first(&|one| *one == ExerciseStatus::New))
        .or_else(|| first(&|one| *one == ExerciseStatus::Shown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Progress;

    /// Returns how an exercise stands after what was done in it, at the start of a day.
    fn status(act: impl Fn(&mut Progress), is_begun: bool, day: u64) -> ExerciseStatus {
        let mut progress = Progress::default();
        act(&mut progress);
        let day = Time(day * 86_400_000);
        ExerciseStatus::of(progress.exercise("one"), is_begun, day)
    }

    #[test]
    fn what_was_done_says_how_it_stands() {
        let check =
            |act: &dyn Fn(&mut Progress), is_begun: bool, day: u64, expected: ExerciseStatus| {
                assert_eq!(status(act, is_begun, day), expected);
            };
        let nothing = |_: &mut Progress| {};
        let solve = |progress: &mut Progress| {
            progress.solved("one", 3, 0, Time(0));
        };
        let show = |progress: &mut Progress| {
            progress.solution_shown("one", Time(0));
        };
        check(&nothing, false, 0, ExerciseStatus::New);
        check(&nothing, true, 0, ExerciseStatus::Begun);
        check(&solve, false, 0, ExerciseStatus::Solved { best: 3 });
        check(&solve, true, 0, ExerciseStatus::Solved { best: 3 });
        check(&solve, true, 500, ExerciseStatus::Due { best: Some(3) });
        check(&show, false, 500, ExerciseStatus::Due { best: None });
        let both = |progress: &mut Progress| {
            progress.solved("one", 3, 0, Time(0));
            progress.solved("one", 2, 0, Time(1));
        };
        check(&both, false, 0, ExerciseStatus::Solved { best: 2 });
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
        let (new, begun, shown) = (
            ExerciseStatus::New,
            ExerciseStatus::Begun,
            ExerciseStatus::Shown,
        );
        let solved = ExerciseStatus::Solved { best: 2 };
        let due = ExerciseStatus::Due { best: Some(2) };
        let check = |all: &[ExerciseStatus], expected: Option<usize>| {
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
