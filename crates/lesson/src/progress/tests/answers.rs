//! What answers come to: when a question comes back, and what is mastered.

use super::*;

fn answered(answers: &[(Outcome, u64)]) -> QuestionProgress {
    let mut progress = Progress::default();
    for (outcome, at) in answers {
        assert!(progress.answered("q", *outcome, None, after(*at)));
    }
    progress.question("q").unwrap().clone()
}

/// After how many days a question comes back, from its last answer on.
fn days(question: &QuestionProgress) -> u64 {
    (question.due.0 - question.reviewed_at.0) / DAY
}

#[test]
fn a_right_first_try_is_easy_and_comes_back_after_eight_days() {
    let question = answered(&[(Right, 0)]);
    assert_eq!((question.tries, question.right, days(&question)), (1, 1, 8));
    assert_eq!(
        question.memory,
        KeptMemory::from_thousandths(8_296, 1_000),
        "the published start of FSRS-6"
    );
    assert!(!question.is_mastered());
}

#[test]
fn mastered_is_right_twice_in_a_row_half_a_day_apart() {
    let check = |answers: &[(Outcome, u64)], mastered: bool| {
        assert_eq!(answered(answers).is_mastered(), mastered, "{answers:?}");
    };
    let half = DAY / 2;
    check(&[(Right, 0)], false);
    check(&[(Right, 0), (Right, half - 1)], false);
    check(&[(Right, 0), (Right, half)], true);
    check(&[(Right, 0), (Right, 1), (Right, half)], true);
    check(&[(Right, 0), (Right, half), (Right, half + 1)], true);
    // A slip breaks the row, and so does looking at the solution.
    check(&[(Right, 0), (Right, DAY), (Wrong, 2 * DAY)], false);
    check(&[(Right, 0), (Wrong, 1), (Right, DAY)], false);
    check(&[(Right, 0), (Shown, 1), (Right, DAY)], false);
    check(
        &[(Right, 0), (Wrong, 1), (Right, DAY), (Right, 2 * DAY)],
        true,
    );
    // What is still in sight does not begin one.
    check(&[(Wrong, 0), (Right, MINUTE), (Right, DAY)], false);
    check(&[(Shown, 0), (Right, MINUTE), (Right, DAY)], false);
    check(&[(Wrong, 0), (Right, 11 * MINUTE), (Right, DAY)], true);
    // Nor does a clock that was ahead.
    check(&[(Right, 9 * DAY), (Right, 0)], false);
    check(&[(Right, 9 * DAY), (Right, 0), (Right, half)], true);
}

#[test]
fn an_exercise_keeps_the_fewest_steps_and_comes_back() {
    let mut progress = Progress::default();
    assert!(progress.is_empty() && progress.exercise("e").is_none());
    assert!(progress.solved("e", 3, 2, after(0)));
    assert!(!progress.is_empty());
    let one = progress.exercise("e").unwrap();
    assert_eq!((one.best, one.hints, one.is_solved()), (Some(3), 2, true));
    assert_eq!(days(&one.review), 8);
    assert!(progress.solved("e", 2, 0, after(DAY)));
    assert!(progress.solved("e", 4, 1, after(2 * DAY)));
    let one = progress.exercise("e").unwrap();
    assert_eq!((one.best, one.hints), (Some(2), 1));
    assert!(one.review.is_mastered());
    // Who has just seen the solution has not solved it.
    assert!(progress.solution_shown("f", after(0)));
    assert!(progress.solved("f", 2, 0, after(MINUTE)));
    let one = progress.exercise("f").unwrap();
    assert_eq!(
        (one.best, one.is_solved(), one.review.right),
        (None, false, 0)
    );
    assert!(progress.solved("f", 2, 0, after(11 * MINUTE)));
    assert!(progress.exercise("f").unwrap().is_solved());
    assert!(progress.exercises_due(after(0)).count() == 0);
    assert!(progress.exercises_due(after(9 * DAY)).eq(["f"]));
    assert!(!progress.solved("No Id", 1, 0, after(0)));
    for number in 2..MAX_EXERCISES {
        assert!(progress.solved(&format!("x{number}"), 1, 0, after(0)));
    }
    assert!(!progress.solved("one-more", 1, 0, after(0)));
    assert!(!progress.solution_shown("one-more", after(0)));
    assert!(
        progress.solved("e", 1, 0, after(3 * DAY)),
        "it is there already"
    );
    // Questions have names of their own.
    assert_eq!(progress.questions().count(), 0);
}

#[test]
fn a_wrong_answer_comes_back_the_next_day() {
    let question = answered(&[(Wrong, 0)]);
    assert_eq!((question.tries, question.right, days(&question)), (1, 0, 1));
    assert!(!question.is_mastered());
}

#[test]
fn right_answers_on_later_days_wait_longer_and_longer() {
    let mut progress = Progress::default();
    let mut at = after(0);
    progress.answered("q", Wrong, None, at);
    let mut waits = Vec::new();
    for _ in 0..5 {
        at = progress.question("q").unwrap().due;
        progress.answered("q", Right, None, at);
        waits.push(days(progress.question("q").unwrap()));
    }
    assert!(waits.is_sorted() && waits[0] < waits[4], "{waits:?}");
    assert!(progress.is_mastered("q"), "{waits:?}");
}

#[test]
fn right_within_ten_minutes_of_wrong_counts_as_hard_however_often() {
    let wrong = [(Right, 0), (Wrong, 20 * DAY)];
    let before = answered(&wrong);
    for times in 1..4 {
        let rights = (1..=times).map(|minute| (Right, 20 * DAY + minute * 3 * MINUTE));
        let all: Vec<_> = wrong.into_iter().chain(rights).collect();
        let right = answered(&all);
        assert_eq!(
            days(&right),
            days(&before),
            "hard on the same day does not lengthen"
        );
        assert_eq!(u64::from(right.right), 1 + times);
    }
    // A good answer on the same day would make a weak memory firmer; a hard one does not.
    let weak = |minutes| {
        answered(&[(Wrong, 0), (Right, minutes * MINUTE)])
            .memory
            .unwrap()
            .stability()
    };
    assert_eq!((weak(1), weak(10)), (212, 212));
    assert!(weak(11) > 212);
    let later = answered(&[wrong[0], wrong[1], (Right, 20 * DAY + 11 * MINUTE)]);
    assert!(later.memory.unwrap().difficulty() < before.memory.unwrap().difficulty());
}

#[test]
fn two_answers_within_a_day_are_a_review_of_the_same_day() {
    let first = answered(&[(Right, 0)]).memory.unwrap();
    let same = answered(&[(Right, 0), (Right, DAY - 1)]).memory.unwrap();
    let next = answered(&[(Right, 0), (Right, DAY)]).memory.unwrap();
    assert_eq!(same.stability(), first.stability());
    assert!(next.stability() > same.stability());
}

#[test]
fn a_shown_solution_is_not_solved_nor_is_its_copy() {
    let question = answered(&[(Shown, 0)]);
    assert_eq!((question.tries, question.right, question.shown), (0, 0, 1));
    assert_eq!(days(&question), 1);
    let copied = answered(&[(Shown, 0), (Wrong, MINUTE), (Right, 2 * MINUTE)]);
    assert_eq!((copied.tries, copied.right, copied.shown), (2, 0, 1));
    let known = answered(&[(Shown, 0), (Right, 11 * MINUTE)]);
    assert_eq!((known.tries, known.right), (1, 1));
    assert!(!known.is_mastered());
}

#[test]
fn a_clock_that_goes_back_or_was_wrong_does_not_hurt() {
    let mut progress = Progress::default();
    progress.answered("q", Wrong, None, Time(u64::MAX));
    assert_eq!(progress.next_due(), Some(Time(u64::MAX)));
    progress.answered("q", Right, None, after(0));
    let question = progress.question("q").unwrap();
    assert_eq!(question.last_at, Time(u64::MAX), "the order of merging");
    assert_eq!(question.due, after(DAY), "the clock as it is now");
    assert_eq!(
        (question.right, question.memory.unwrap().stability() < 1_000),
        (1, true)
    );
}

#[test]
fn what_is_due_comes_with_the_most_overdue_first() {
    let mut progress = Progress::default();
    progress.answered("easy", Right, None, after(0));
    progress.answered("later", Wrong, None, after(MINUTE));
    progress.answered("early", Wrong, None, after(0));
    let due = |at| progress.due(after(at)).collect::<Vec<_>>();
    assert_eq!(due(DAY - 1), Vec::<&str>::new());
    assert_eq!(due(DAY), ["early"]);
    assert_eq!(due(9 * DAY), ["early", "later", "easy"]);
    assert_eq!(progress.next_due(), Some(after(DAY)));
    assert_eq!(Progress::default().next_due(), None);
    progress.solved("bad-release", 2, 0, Time(0));
    let exercise = progress.exercise("bad-release").expect("it is kept");
    assert!(exercise.review.due < after(DAY));
    assert_eq!(progress.next_due(), Some(exercise.review.due));
}

#[test]
fn misconceptions_count_until_they_are_put_right() {
    let mut progress = Progress::default();
    let counts = |progress: &Progress| {
        let counts = progress.misconceptions(|_| true);
        counts
            .iter()
            .map(|(id, times)| format!("{id} {times}"))
            .collect::<Vec<_>>()
    };
    progress.answered("one", Wrong, Some("copy"), after(0));
    progress.answered("one", Wrong, Some("alias"), after(1));
    progress.answered("two", Wrong, Some("copy"), after(2));
    progress.answered("two", Wrong, Some("No id"), after(2));
    progress.answered("two", Right, Some("order"), after(3 * DAY));
    progress.answered("two", Wrong, Some("copy"), after(4 * DAY));
    assert_eq!(counts(&progress), ["alias 1", "copy 2"]);
    progress.answered("one", Shown, None, after(4 * DAY));
    progress.answered("one", Right, None, after(4 * DAY + MINUTE));
    assert_eq!(counts(&progress), ["alias 1", "copy 2"], "copied");
    progress.answered("one", Right, None, after(5 * DAY));
    assert_eq!(counts(&progress), ["copy 1"]);
    // A wrong answer may show more than one.
    progress.answered("one", Wrong, ["alias", "order"], after(6 * DAY));
    assert_eq!(counts(&progress), ["alias 1", "copy 1", "order 1"]);
    let of_two = progress.misconceptions(|id| id.as_str() == "two");
    assert_eq!(of_two.iter().collect::<Vec<_>>(), [(&"copy", &1)]);
}
