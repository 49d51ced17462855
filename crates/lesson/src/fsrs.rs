//! When a question comes back: FSRS-6, the Free Spaced Repetition Scheduler, with its published default parameters.
//!
//! A memory has a *stability*, the days after which it is recalled with a probability of 90 %, and a *difficulty* from 1
//! to 10. Every answer moves both. Answers come back after days: there are no learning steps of minutes, and no chance in
//! the intervals, so that the same answers always give the same days.
//!
//! The formulas are written here from their publication (the wiki of open-spaced-repetition, “The Algorithm”), and not
//! taken from a crate: `rs-fsrs` brings chrono, and `fsrs` a whole optimiser, up to 6.2 on top of burn, since then with
//! ndarray and rayon. That is too heavy for the budget of this WebAssembly, and all that is needed are these few lines. The
//! tests hold them to the numbers that py-fsrs, ts-fsrs and fsrs-rs publish.
//!
//! Where the publications differ, this follows fsrs-rs 6.6.1 and ts-fsrs 5.4.1: a hard answer on the same day does not
//! lower the stability (py-fsrs 6.3.1 lets it). What a caller brings may be anything, also no number: it is moved into
//! its bounds first.

/// The 21 default parameters of FSRS-6, in their published order, w0 to w20.
const W: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
    0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

/// The smallest stability, in days.
pub const MIN_STABILITY: f64 = 0.001;

/// The largest stability, in days.
pub const MAX_STABILITY: f64 = 36_500.0;

/// The smallest difficulty.
pub const MIN_DIFFICULTY: f64 = 1.0;

/// The largest difficulty.
pub const MAX_DIFFICULTY: f64 = 10.0;

/// The longest interval, in days.
pub const MAX_INTERVAL: u32 = 365 * 10;

/// How well something was remembered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rating {
    /// It was not.
    Again,
    /// With effort.
    Hard,
    /// As it should be.
    Good,
    /// Without effort.
    Easy,
}

impl Rating {
    /// Returns the rating as the formulas count it, from 1 to 4.
    const fn grade(self) -> f64 {
        match self {
            Self::Again => 1.0,
            Self::Hard => 2.0,
            Self::Good => 3.0,
            Self::Easy => 4.0,
        }
    }
}

/// How firmly something is remembered.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Memory {
    /// After how many days it is still recalled with a probability of 90 %.
    pub stability: f64,
    /// How hard it is to make the memory firmer, from 1 to 10.
    pub difficulty: f64,
}

impl Memory {
    /// Returns the same memory within its bounds.
    const fn bounded(self) -> Self {
        Self {
            stability: bounded(self.stability, MIN_STABILITY, MAX_STABILITY),
            difficulty: bounded(self.difficulty, MIN_DIFFICULTY, MAX_DIFFICULTY),
        }
    }
}

/// Returns the memory after the first answer.
pub fn first(rating: Rating) -> Memory {
    let stability = match rating {
        Rating::Again => W[0],
        Rating::Hard => W[1],
        Rating::Good => W[2],
        Rating::Easy => W[3],
    };
    Memory {
        stability,
        difficulty: first_difficulty(rating),
    }
    .bounded()
}

/// Returns the memory after a further answer, so many days after the one before. Less than one day counts as the same day.
pub fn next(memory: Memory, elapsed_days: f64, rating: Rating) -> Memory {
    let memory = memory.bounded();
    let recall = retrievability(memory, elapsed_days);
    // `max` passes over what is no number, so that is the same day too.
    let stability = if elapsed_days.max(0.0) < 1.0 {
        stability_on_the_same_day(memory.stability, rating)
    } else if rating == Rating::Again {
        stability_after_forgetting(memory, recall)
    } else {
        stability_after_recall(memory, recall, rating)
    };
    Memory {
        stability,
        difficulty: next_difficulty(memory.difficulty, rating),
    }
    .bounded()
}

/// Returns how probable it is that something is recalled, from 0 to 1, so many days after its last answer.
pub fn retrievability(memory: Memory, elapsed_days: f64) -> f64 {
    let elapsed = elapsed_days.max(0.0);
    power(
        1.0 + forgetting() * elapsed / memory.bounded().stability,
        -W[20],
    )
}

/// After how many whole days the probability of recall will have fallen to the one that is wanted (between 0 and 1): at
/// least 1, at most [`MAX_INTERVAL`].
pub fn interval_days(memory: Memory, desired_retention: f64) -> u32 {
    let retention = bounded(desired_retention, 0.01, 1.0);
    let days = memory.bounded().stability / forgetting() * (power(retention, -1.0 / W[20]) - 1.0);
    // A cast from a float stops at the bounds of its type. Ties to even is a single instruction of WebAssembly.
    (days.round_ties_even() as u32).clamp(1, MAX_INTERVAL)
}

/// Returns the factor of the forgetting curve: with it, recall after as many days as the stability has is 90 %.
fn forgetting() -> f64 {
    power(0.9, -1.0 / W[20]) - 1.0
}

fn first_difficulty(rating: Rating) -> f64 {
    W[4] - (W[5] * (rating.grade() - 1.0)).exp() + 1.0
}

/// The difficulty moves less the nearer it is to 10, and is drawn a little towards that of an easy start, which here is
/// not put into its bounds first.
fn next_difficulty(difficulty: f64, rating: Rating) -> f64 {
    let step = -W[6] * (rating.grade() - 3.0);
    let moved = difficulty + step * (MAX_DIFFICULTY - difficulty) / 9.0;
    W[7] * first_difficulty(Rating::Easy) + (1.0 - W[7]) * moved
}

fn stability_on_the_same_day(stability: f64, rating: Rating) -> f64 {
    let growth = (W[17] * (rating.grade() - 3.0 + W[18])).exp() * power(stability, -W[19]);
    if rating == Rating::Again {
        stability * growth
    } else {
        stability * growth.max(1.0)
    }
}

fn stability_after_recall(memory: Memory, recall: f64, rating: Rating) -> f64 {
    let factor = match rating {
        Rating::Hard => W[15],
        Rating::Easy => W[16],
        Rating::Again | Rating::Good => 1.0,
    };
    let growth = W[8].exp()
        * (11.0 - memory.difficulty)
        * power(memory.stability, -W[9])
        * ((W[10] * (1.0 - recall)).exp() - 1.0)
        * factor;
    memory.stability * (1.0 + growth)
}

/// Returns who forgets does not come out with a firmer memory than before, whatever the first formula says.
fn stability_after_forgetting(memory: Memory, recall: f64) -> f64 {
    let forgotten = W[11]
        * power(memory.difficulty, -W[12])
        * (power(memory.stability + 1.0, W[13]) - 1.0)
        * (W[14] * (1.0 - recall)).exp();
    forgotten.min(memory.stability / (W[17] * W[18]).exp())
}

/// Returns a power of a positive number. With the two functions that are needed anyway, and not with `powf`, whose code is longer
/// than both; the digits that this costs are far behind those that are kept.
fn power(base: f64, exponent: f64) -> f64 {
    (exponent * base.ln()).exp()
}

/// `max` and `min` pass over what is no number, so this always gives one; `clamp` does not.
const fn bounded(number: f64, least: f64, most: f64) -> f64 {
    number.max(least).min(most)
}

#[cfg(test)]
mod tests {
    //! The numbers are facts about the algorithm, published in the tests of these projects:
    //!
    //! * py-fsrs 6.3.1 (3abe686), `tests/test_basic.py`
    //! * ts-fsrs 5.4.1 (cdec8d2), `packages/fsrs/__tests__/algorithm.test.ts` and `FSRS-6.test.ts`
    //! * fsrs-rs 6.6.1 (0cbb9d3), `src/inference.rs` and `src/model.rs`
    //!
    //! ts-fsrs publishes eight decimals: they are held to 2e-8, which is its own rounding of the steps in between.
    //! py-fsrs states 1e-4 itself. fsrs-rs counts with 32 bits: 1e-4 too. Intervals are held exactly.

    use super::*;
    use Rating::{Again, Easy, Good, Hard};
    use proptest::prelude::*;

    const ALL: [Rating; 4] = [Again, Hard, Good, Easy];

    #[track_caller]
    fn close<const N: usize>(found: [f64; N], expected: [f64; N], tolerance: f64) {
        for (one, other) in found.iter().zip(&expected) {
            assert!(
                (one - other).abs() <= tolerance,
                "{found:?} and {expected:?}"
            );
        }
    }

    fn memory(stability: f64, difficulty: f64) -> Memory {
        Memory {
            stability,
            difficulty,
        }
    }

    #[test]
    fn first_answers_are_those_of_ts_fsrs() {
        // FSRS-6.test.ts, “first repeat”.
        close(
            ALL.map(|rating| first(rating).stability),
            [0.212, 1.2931, 2.3065, 8.2956],
            0.0,
        );
        close(
            ALL.map(|rating| first(rating).difficulty),
            [6.4133, 5.112_170_71, 2.118_103_97, 1.0],
            2e-8,
        );
    }

    #[test]
    fn the_difficulty_is_that_of_ts_fsrs() {
        // algorithm.test.ts, “next_difficulty”; fsrs-rs has the same in model.rs, test_next_difficulty.
        close(
            ALL.map(|rating| next(memory(5.0, 5.0), 1.0, rating).difficulty),
            [8.341_762_37, 6.665_995_36, 4.990_228_37, 3.314_461_37],
            2e-8,
        );
    }

    #[test]
    fn the_stability_is_that_of_ts_fsrs() {
        // algorithm.test.ts, “next_stability”; fsrs-rs has the same in model.rs, test_next_stability.
        let cases = [
            (Again, 1.0, 0.9),
            (Hard, 2.0, 0.8),
            (Good, 3.0, 0.7),
            (Easy, 4.0, 0.6),
        ];
        close(
            cases.map(|(rating, d, recall)| stability_after_recall(memory(5.0, d), recall, rating)),
            [25.602_521_18, 28.226_570_96, 58.655_991_07, 127.226_692_5],
            2e-8,
        );
        close(
            cases.map(|(_, d, recall)| stability_after_forgetting(memory(5.0, d), recall)),
            [1.052_539_61, 1.189_432_95, 1.368_083_87, 1.584_988_96],
            2e-8,
        );
        close(
            ALL.map(|rating| next(memory(5.0, 5.0), 0.0, rating).stability),
            [1.596_818, 5.0, 5.0, 8.129_609_56],
            2e-8,
        );
    }

    #[test]
    fn the_forgetting_curve_is_the_published_one() {
        // ts-fsrs, algorithm.test.ts, “retrievability”.
        close(
            [0.0, 1.0, 2.0, 3.0].map(|days| retrievability(memory(1.0, 5.0), days)),
            [1.0, 0.9, 0.845_884_65, 0.809_388_1],
            2e-8,
        );
        // ts-fsrs, FSRS-6.test.ts, “get retrievability”: an easy first answer, 8 days later.
        close([retrievability(first(Easy), 8.0)], [0.902_473_3], 2e-8);
        // fsrs-rs, model.rs, test_power_forgetting_curve.
        close(
            [
                (0.0, 1.0),
                (1.0, 2.0),
                (2.0, 3.0),
                (3.0, 4.0),
                (4.0, 4.0),
                (5.0, 2.0),
            ]
            .map(|(days, stability)| retrievability(memory(stability, 5.0), days)),
            [1.0, 0.940_344_3, 0.925_378_6, 0.918_522_9, 0.9, 0.826_135_9],
            1e-4,
        );
    }

    #[test]
    fn intervals_by_retention_are_those_of_fsrs_rs() {
        // inference.rs, test_next_interval, for a retention of 10 %, 20 % … 100 %. The first two are longer than the
        // longest interval here (3116766 and 34793 days).
        let found: Vec<u32> = (1..=10)
            .map(|tenths| interval_days(memory(1.0, 5.0), f64::from(tenths) / 10.0))
            .collect();
        assert_eq!(
            found,
            [MAX_INTERVAL, MAX_INTERVAL, 2508, 387, 90, 27, 9, 3, 1, 1]
        );
    }

    #[test]
    fn a_history_ends_with_the_memory_of_py_fsrs() {
        // test_memo_state; fsrs-rs (test_memory_state) and ts-fsrs (“memory state”) have the same numbers.
        let later = [0.0, 1.0, 3.0, 8.0, 21.0];
        let last = later
            .into_iter()
            .fold(first(Again), |before, days| next(before, days, Good));
        close(
            [last.stability, last.difficulty],
            [53.626_91, 6.357_486_7],
            1e-4,
        );
    }

    #[test]
    fn a_history_has_the_intervals_of_py_fsrs() {
        // test_review_card; ts-fsrs (“ivl_history”) has the same. A 0 there is a learning step of minutes: here, an
        // answer on the same day.
        let ratings = [
            Good, Good, Good, Good, Good, Good, Again, Again, Good, Good, Good, Good, Good,
        ];
        let published = [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21];
        let mut now: Option<Memory> = None;
        let mut waited = 0;
        for (rating, interval) in ratings.into_iter().zip(published) {
            let after = now.map_or_else(
                || first(rating),
                |before| next(before, f64::from(waited), rating),
            );
            if interval > 0 {
                assert_eq!(interval_days(after, 0.9), interval);
            }
            now = Some(after);
            waited = interval;
        }
    }

    #[test]
    fn easy_answers_on_one_day_end_with_the_least_difficulty() {
        // py-fsrs, test_repeated_correct_reviews.
        let last = (1..10).fold(first(Easy), |before, _| next(before, 0.0, Easy));
        assert_eq!(last.difficulty, 1.0);
    }

    #[test]
    fn forgetting_again_and_again_stays_in_bounds() {
        // py-fsrs, test_stability_lower_bound.
        let last = (0..1000).fold(first(Again), |before, _| next(before, 2.0, Again));
        assert!(last.stability >= MIN_STABILITY);
        assert_eq!(interval_days(last, 0.9), 1);
    }

    #[test]
    fn who_forgets_does_not_come_out_with_a_firmer_memory() {
        // So long after, and so easy, the first formula alone would give 0.13 days.
        close(
            [next(memory(0.1, 1.0), 1000.0, Again).stability],
            [0.1 / (W[17] * W[18]).exp()],
            1e-9,
        );
    }

    proptest! {
        #[test]
        fn whatever_comes_in_what_comes_out_is_in_bounds(
            stability in any::<f64>(), difficulty in any::<f64>(), days in any::<f64>(), retention in any::<f64>(),
            rating in prop::sample::select(ALL.to_vec()),
        ) {
            let after = next(memory(stability, difficulty), days, rating);
            prop_assert!((MIN_STABILITY..=MAX_STABILITY).contains(&after.stability));
            prop_assert!((MIN_DIFFICULTY..=MAX_DIFFICULTY).contains(&after.difficulty));
            prop_assert!((0.0..=1.0).contains(&retrievability(memory(stability, difficulty), days)));
            prop_assert!((1..=MAX_INTERVAL).contains(&interval_days(after, retention)));
        }

        #[test]
        fn a_better_rating_never_comes_back_earlier(
            stability in 0.001..1000.0, difficulty in 1.0..10.0, days in 0.0..1000.0,
        ) {
            let before = memory(stability, difficulty);
            let after = ALL.map(|rating| next(before, days, rating).stability);
            prop_assert!(after.is_sorted(), "{after:?}");
            prop_assert!(after[0] <= stability, "who forgets does not come out with a firmer memory");
        }
    }
}
