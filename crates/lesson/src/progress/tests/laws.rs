//! What holds of any progress.

use super::*;
use proptest::prelude::*;
use registry::json::{print, read};

/// Times that are often the same, so that merging has to decide between equals.
fn times() -> impl Strategy<Value = Time> {
    prop_oneof![
        4 => (0..4_u64).prop_map(|n| after(n * 5 * MINUTE)),
        4 => (0..60_u64).prop_map(|n| after(n * DAY / 2)),
        1 => any::<u64>().prop_map(Time),
    ]
}

fn outcomes() -> impl Strategy<Value = Outcome> {
    prop::sample::select(vec![Right, Wrong, Shown])
}

/// Progress as learners make it.
fn lived() -> impl Strategy<Value = Progress> {
    let id = || prop::sample::select(vec!["a", "b", "c", "d"]);
    let answers = prop::collection::vec((id(), outcomes(), prop::option::of(id()), times()), 0..12);
    let steps = prop::collection::vec((id(), times()), 0..5);
    let places = prop::collection::vec((id(), times()), 0..3);
    let choices = prop::collection::vec((id(), id(), times()), 0..5);
    let round = (
        prop::sample::subsequence(vec!["a", "b", "c", "d"], 0..4),
        times(),
        0..12_usize,
    );
    let solved = prop::collection::vec((id(), any::<bool>(), 0..5_u32, times()), 0..5);
    let made = prop::collection::vec((id(), 0..3_u32), 0..4);
    (answers, steps, places, choices, round, solved, made).prop_map(|all| {
        let (answers, steps, places, choices, round, solved, made) = all;
        let mut progress = Progress::default();
        for (id, over) in made {
            progress.made_solved(&Id::parse(id).unwrap(), over);
        }
        for (id, alone, steps, at) in solved {
            if alone {
                progress.solved(id, steps, steps % 3, at);
            } else {
                progress.solution_shown(id, at);
            }
        }
        for (nth, (id, outcome, misconception, at)) in answers.into_iter().enumerate() {
            if nth == round.2 {
                progress.start_round(ids(&round.0), round.1);
            }
            progress.answered(id, outcome, misconception, at);
        }
        for (step, option, at) in choices {
            progress.chose(step, option, at);
        }
        for (id, at) in steps {
            progress.step_done(id, at);
        }
        for (id, at) in places {
            progress.set_place(id, at);
        }
        progress
    })
}

/// Progress as no learner makes it, but as it can be read.
fn written() -> impl Strategy<Value = Progress> {
    let few = || 0..3_u32;
    let memory = prop::option::of((1..=36_500_000_u32, 1_000..=10_000_u32));
    let misconceptions = prop::collection::btree_map("[ab]", few(), 0..2);
    let question = (
        (times(), few(), few(), few()),
        (prop::option::of(outcomes()), memory, times(), times()),
        (
            prop::option::of(times()),
            prop::option::of(times()),
            prop::option::of(times()),
            misconceptions,
        ),
    )
        .prop_map(|(counts, review, seen)| QuestionProgress {
            last_at: counts.0,
            tries: counts.1,
            shown: counts.2,
            right: counts.3.min(counts.1),
            last: review.0,
            memory: review.1.and_then(|(stability, difficulty)| {
                KeptMemory::from_thousandths(stability, difficulty)
            }),
            reviewed_at: review.2,
            due: review.3,
            wrong_at: seen.0,
            shown_at: seen.1,
            right_since: seen.2,
            misconceptions: seen
                .3
                .into_iter()
                .map(|(id, times)| (Id::parse(&id).unwrap(), times))
                .collect(),
        })
        .boxed();
    let exercise =
        (question.clone(), prop::option::of(few()), few()).prop_map(|(review, best, hints)| {
            ExerciseProgress {
                review,
                best,
                hints,
            }
        });
    let exercises = prop::collection::btree_map("[a-d]", exercise, 0..4);
    let questions = prop::collection::btree_map("[a-d]", question, 0..4);
    let steps = prop::collection::btree_map("[a-z0-9-]{1,40}", times(), 0..4);
    let place = || (times(), "[a-c]");
    let choices = prop::collection::btree_map("[ab]", place(), 0..3);
    let asked = prop::collection::vec(prop::option::of(any::<bool>()), 1..4);
    let round = prop::option::of((times(), asked));
    let place_ = prop::option::of(place());
    let made = prop::collection::btree_map("[a-d]", few(), 0..4);
    let all = (
        questions,
        steps,
        place_,
        choices,
        round,
        exercises,
        (made, 0..3_u32),
    );
    let dated = |(at, id): (Time, String)| Dated {
        at,
        id: Id::parse(&id).unwrap(),
    };
    all.prop_map(
        move |(questions, steps, place, choices, round, exercises, (made, begun))| Progress {
            begun,
            made: made
                .into_iter()
                .map(|(id, over)| (Id::parse(&id).unwrap(), over))
                .collect(),
            exercises: exercises
                .into_iter()
                .map(|(id, exercise)| (Id::parse(&id).unwrap(), exercise))
                .collect(),
            questions: questions
                .into_iter()
                .map(|(id, question)| (Id::parse(&id).unwrap(), question))
                .collect(),
            steps: steps
                .into_iter()
                .map(|(id, at)| (Id::parse(&id).unwrap(), at))
                .collect(),
            place: place.map(dated),
            choices: choices
                .into_iter()
                .map(|(step, choice)| (Id::parse(&step).unwrap(), dated(choice)))
                .collect(),
            round: round.and_then(|(at, asked)| {
                let names = ids(&["a", "b", "c"]).into_iter();
                let asked = names
                    .zip(asked)
                    .map(|(id, right)| RoundQuestion { id, right });
                Round::new(at, asked.collect())
            }),
        },
    )
}

fn any_progress() -> impl Strategy<Value = Progress> {
    prop_oneof![lived(), written()]
}

/// Progress near the limits, where merging has to drop: a run of steps and questions with few different times.
fn crowded() -> impl Strategy<Value = Progress> {
    (0..300_usize, 350..=MAX_STEPS, 1..5_u64).prop_map(|(from, count, times)| {
        let mut progress = Progress::default();
        for number in from..from + count {
            let at = after((number as u64 * 7 + from as u64) % times * MINUTE);
            progress.step_done(&format!("s{number}"), at);
            progress.chose(&format!("s{number}"), "a", at);
            progress.solved(&format!("e{number}"), 1, 0, at);
            let recipe = Id::parse(&format!("m{number}")).unwrap();
            progress.made_solved(&recipe, (number as u32 * 7 + from as u32) % times as u32);
            for part in 0..4 {
                progress.answered(&format!("q{number}-{part}"), Wrong, None, at);
            }
        }
        progress
    })
}

proptest! {
    #[test]
    fn merging_obeys_its_laws(a in any_progress(), b in any_progress(), c in any_progress()) {
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        prop_assert_eq!(merged(&a, &a), a.clone());
        prop_assert_eq!(merged(&merged(&a, &b), &b), merged(&a, &b));
        prop_assert_eq!(merged(&a, &Progress::default()), a);
    }

    #[test]
    fn the_preview_says_what_merging_does(a in any_progress(), b in any_progress()) {
        let preview = a.merge_preview(&b);
        let mut both = a.clone();
        both.take_in(&b);
        let stayed = a.questions().filter(|(id, question)| both.question(id) == Some(question)).count();
        prop_assert_eq!(preview.kept_questions, stayed);
        prop_assert_eq!(preview.newer_questions, a.questions().count() - stayed);
        prop_assert_eq!(preview.new_questions, both.questions().count() - a.questions().count());
        prop_assert_eq!(preview.new_steps, both.steps().count() - a.steps().count());
        let old = a.exercises().filter(|(id, exercise)| both.exercise(id) == Some(exercise)).count();
        let old_made = a.made().filter(|one| both.made().any(|other| other == *one)).count();
        let all = both.exercises().count() + both.made().count();
        prop_assert_eq!(preview.exercises, all - old - old_made);
        prop_assert_eq!(preview.place, both.place() != a.place());
        prop_assert_eq!(preview.round, both.round() != a.round());
        if both == a {
            prop_assert!(preview.is_nothing());
        }
    }

    #[test]
    fn what_took_the_place_of_another_stays(a in any_progress(), b in any_progress()) {
        let mut now = a.clone();
        now.replace(b.clone());
        prop_assert_eq!(&merged(&now, &a), &now);
        // Nothing but the beginning is another one.
        let mut same = b;
        same.begun = now.begun;
        prop_assert_eq!(&same, &now);
        let mut again = now.clone();
        again.replace(now.clone());
        prop_assert_eq!(again, now);
    }

    #[test]
    fn a_later_answer_is_newer_than_what_was_merged_before(a in lived(), id in "[a-d]", outcome in outcomes(), at in times()) {
        let mut later = a.clone();
        later.answered(&id, outcome, None, at);
        prop_assert_eq!(merged(&later, &a), later);
    }

    #[test]
    fn a_later_solution_is_newer_too(a in lived(), id in "[a-d]", steps in 0..5_u32, at in times()) {
        let mut later = a.clone();
        later.solved(&id, steps, 0, at);
        prop_assert_eq!(merged(&later, &a), later.clone());
        let mut seen = later.clone();
        seen.solution_shown(&id, at);
        prop_assert_eq!(merged(&seen, &later), seen);
    }

    #[test]
    fn a_later_choice_and_a_later_round_are_newer_too(a in lived(), step in "[a-d]", option in "[a-d]", at in times()) {
        let mut later = a.clone();
        later.chose(&step, &option, at);
        later.start_round(ids(&["a", "c"]), at);
        prop_assert_eq!(merged(&later, &a), later);
    }

    #[test]
    fn what_is_written_is_read_again(progress in any_progress()) {
        let text = print(&progress);
        prop_assert_eq!(read::<Progress>(&text), Ok(progress));
        prop_assert!(!text.contains(['.', ' ']));
    }

    #[test]
    fn nothing_that_is_read_panics(text in ".{0,80}", progress in any_progress(), at in any::<prop::sample::Index>(), put in ".{0,3}") {
        let _ = read::<Progress>(&text);
        // A written one with a few letters in another's place.
        let mut letters: Vec<char> = print(&progress).chars().collect();
        let at = at.index(letters.len());
        let end = (at + put.chars().count()).min(letters.len());
        letters.splice(at..end, put.chars());
        let damaged: String = letters.into_iter().collect();
        if let Ok(mut read) = read::<Progress>(&damaged) {
            for (id, outcome) in [("a", Right), ("b", Wrong), ("c", Shown)] {
                read.answered(id, outcome, Some("a"), after(0));
                read.answered(id, outcome, None, Time(u64::MAX));
            }
            read.solved("a", u32::MAX, u32::MAX, Time(u64::MAX));
            read.solution_shown("b", after(0));
            let _ = read.due(Time(u64::MAX)).count() + read.exercises_due(Time(u64::MAX)).count();
            let _ = read.misconceptions(|_| true);
            prop_assert_eq!(registry::json::read::<Progress>(&print(&read)), Ok(read));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn merging_obeys_its_laws_at_the_limits_too(a in crowded(), b in crowded(), c in crowded()) {
        prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        let all = merged(&merged(&a, &b), &c);
        prop_assert!(all.questions().count() <= MAX_QUESTIONS && all.steps().count() <= MAX_STEPS);
        prop_assert!(all.made().count() <= MAX_MADE);
        prop_assert_eq!(&all, &merged(&a, &merged(&b, &c)));
        prop_assert_eq!(&all, &merged(&merged(&c, &a), &b));
        prop_assert_eq!(merged(&all, &b), all);
    }
}
