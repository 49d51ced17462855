use lesson::own::{QUESTIONS, STEPS};
use registry::Time;

use super::*;

/// What Moodle takes, by the names of the elements: its `scorm_12.js`, with the site's setting `scorm12standard` on.
fn is_taken_by_moodle(element: &str, value: &str) -> bool {
    let is_number = |value: &str| value.parse::<u32>().is_ok_and(|number| number <= 100);
    let letters = value.chars().count();
    match element {
        "cmi.core.lesson_status" => {
            ["passed", "completed", "failed", "incomplete", "browsed"].contains(&value)
        }
        "cmi.core.lesson_location" => letters <= 255,
        "cmi.core.score.raw" | "cmi.core.score.min" | "cmi.core.score.max" => is_number(value),
        "cmi.suspend_data" => letters <= 4_096,
        _ => false,
    }
}

fn steps() -> Vec<&'static str> {
    STEPS.iter().map(|(id, _)| *id).collect()
}

fn told_of(progress: &Progress) -> Told {
    let place = Route::parse("#/practice");
    told(progress, &place, &steps(), QUESTIONS)
}

fn value<'a>(told: &'a Told, name: &str) -> &'a str {
    let found = told.elements.iter().find(|(element, _)| *element == name);
    found.map(|(_, value)| value.as_str()).unwrap()
}

/// One who has done everything, at moments that have nothing to do with each other.
fn done() -> Progress {
    let mut progress = Progress::default();
    let mut at = 1_790_000_000_123;
    let mut next = || {
        at += 7_919 * (at % 97) + 13;
        Time(at)
    };
    for step in steps() {
        progress.step_done(step, next());
    }
    for question in QUESTIONS {
        progress.answered(question, Outcome::Wrong, ["stage-is-a-copy"], next());
        progress.answered(question, Outcome::Right, None, next());
    }
    for exercise in &lesson::own::exercises().unwrap().exercises {
        progress.solved(exercise.id.as_str(), 3, 0, next());
    }
    progress
}

#[test]
fn moodle_takes_all_that_is_told() {
    let mut begun = Progress::default();
    begun.answered(QUESTIONS[0], Outcome::Right, None, Time(1));
    for progress in [Progress::default(), begun, done()] {
        let told = told_of(&progress);
        for (element, value) in &told.elements {
            assert!(is_taken_by_moodle(element, value), "{element}: {value}");
        }
        assert_eq!(told.elements.len(), 6);
    }
    // The table can refuse.
    assert!(!is_taken_by_moodle(
        "cmi.core.lesson_status",
        "not attempted"
    ));
    assert!(!is_taken_by_moodle("cmi.core.score.raw", "101"));
    assert!(!is_taken_by_moodle("cmi.suspend_data", &"x".repeat(4_097)));
}

#[test]
fn the_lesson_is_completed_by_its_steps_and_the_score_is_of_the_questions() {
    let told = told_of(&Progress::default());
    assert_eq!(value(&told, "cmi.core.lesson_status"), "incomplete");
    assert_eq!(value(&told, "cmi.core.score.raw"), "0");
    let told = told_of(&done());
    assert_eq!(value(&told, "cmi.core.lesson_status"), "completed");
    assert_eq!(value(&told, "cmi.core.score.raw"), "100");
    assert_eq!(value(&told, "cmi.core.lesson_location"), "#/practice");
    let mut half = done();
    half.answered(QUESTIONS[0], Outcome::Wrong, None, Time(1_900_000_000_000));
    assert_eq!(value(&told_of(&half), "cmi.core.score.raw"), "98");
}

#[test]
fn a_progress_comes_back_from_the_platform() {
    let mut begun = Progress::default();
    begun.set_place(steps()[1], Time(5));
    for question in QUESTIONS.iter().take(20) {
        begun.answered(question, Outcome::Right, None, Time(1_790_000_000_000));
    }
    let told = told_of(&begun);
    assert_eq!(told.left_out, 0);
    assert_eq!(kept(value(&told, "cmi.suspend_data")).unwrap(), begun);
    for broken in ["", "mp1.", "mp9.x.y", "mp1.q1YqSCwu.k3fW9A"] {
        assert!(kept(broken).is_err(), "{broken}");
    }
}

#[test]
fn where_there_is_not_room_for_all_the_oldest_are_left_out() {
    let all = done();
    let told = told_of(&all);
    let back = kept(value(&told, "cmi.suspend_data")).unwrap();
    assert_eq!(back.count() + told.left_out, all.count());
    assert_eq!(back.steps().count(), steps().len());
    println!("{} of {} left out", told.left_out, all.count());
    // Of the exercises, which were done last, all are there.
    assert_eq!(back.exercises().count(), all.exercises().count());
    let newest = |progress: &Progress| progress.exercises().map(|(id, _)| id.to_owned()).max();
    assert_eq!(newest(&back), newest(&all));
}
