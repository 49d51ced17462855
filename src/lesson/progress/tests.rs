//! The whole of it: what answers come to, merging, and writing.

use super::*;
use crate::registry::json::{print, read};
use Outcome::{Right, Shown, Wrong};
use proptest::prelude::*;

const MINUTE: u64 = 60 * 1000;
const DAY: u64 = 24 * 60 * MINUTE;
const START: u64 = 1_800_000_000_000;

fn after(milliseconds: u64) -> Time {
    Time(START + milliseconds)
}

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

#[test]
fn steps_keep_their_first_time_and_the_place_is_the_last_one_set() {
    let mut progress = Progress::default();
    assert!(progress.is_empty());
    assert!(progress.step_done("a", after(5)));
    assert!(progress.step_done("a", after(9)));
    assert!(progress.is_step_done("a") && !progress.is_step_done("b"));
    assert_eq!(progress.steps().collect::<Vec<_>>(), [("a", after(5))]);
    assert_eq!(progress.place(), None);
    progress.set_place("z", after(9));
    let before = progress.clone();
    progress.set_place("b", after(3));
    assert_eq!(progress.place(), Some("b"));
    progress.merge(&before);
    assert_eq!(progress.place(), Some("b"), "it is the newer one");
    assert!(!progress.is_empty());
}

#[test]
fn what_was_chosen_last_in_a_step_counts() {
    let mut progress = Progress::default();
    assert_eq!(progress.choice("a"), None);
    assert!(progress.chose("a", "first", after(9)));
    let before = progress.clone();
    assert!(progress.chose("a", "second", after(3)));
    assert!(progress.chose("b", "first", after(3)));
    progress.merge(&before);
    let choices = ["a", "b", "c"].map(|step| progress.choice(step));
    assert_eq!(
        choices,
        [Some("second"), Some("first"), None],
        "the later one"
    );
    assert!(!progress.is_empty());
}

fn ids(names: &[&str]) -> Vec<Id> {
    names.iter().map(|name| Id::parse(name).unwrap()).collect()
}

/// The questions of the round, each with `+`, `-` or `?` for how it went.
fn round(progress: &Progress) -> String {
    let asked = progress.round().map_or(&[][..], Round::asked).iter();
    let signs = asked.map(|one| match one.right {
        Some(true) => format!("{}+", one.id),
        Some(false) => format!("{}-", one.id),
        None => format!("{}?", one.id),
    });
    signs.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_round_goes_from_its_first_question_to_its_last() {
    let mut progress = Progress::default();
    assert!(progress.start_round(ids(&["a", "b", "c"]), after(0)));
    let now = |progress: &Progress| {
        let round = progress.round().unwrap();
        let next = round.next().map(ToString::to_string);
        (next.unwrap_or_default(), round.right(), round.is_finished())
    };
    assert_eq!(now(&progress), ("a".to_owned(), 0, false));
    progress.answered("b", Right, None, after(1));
    progress.answered("elsewhere", Right, None, after(1));
    progress.answered("a", Wrong, None, after(2));
    // The first try counts, whatever comes after it.
    progress.answered("a", Right, None, after(3));
    progress.answered("b", Wrong, None, after(4));
    assert_eq!(round(&progress), "a- b+ c?");
    assert_eq!(now(&progress), ("c".to_owned(), 1, false));
    progress.answered("c", Shown, None, after(5));
    assert_eq!(round(&progress), "a- b+ c-");
    assert_eq!(now(&progress), (String::new(), 1, true));
    let place = |name| progress.round().unwrap().place(&Id::parse(name).unwrap());
    assert_eq!((place("c"), place("elsewhere")), (Some(2), None));
}

#[test]
fn the_later_round_counts_and_one_round_in_two_windows_is_one() {
    let mut old = Progress::default();
    old.start_round(ids(&["a", "b"]), after(5));
    old.answered("a", Right, None, after(6));
    let mut new = old.clone();
    // Started later, though the clock went back.
    new.start_round(ids(&["b", "c"]), after(0));
    assert_eq!(round(&merged(&new, &old)), "b? c?");
    assert_eq!(round(&merged(&old, &new)), "b? c?");
    let (mut one, mut other) = (old.clone(), old);
    one.start_round(ids(&["a", "b", "c", "d"]), after(9));
    other.merge(&one);
    one.answered("a", Right, None, after(10));
    one.answered("b", Right, None, after(11));
    other.answered("b", Wrong, None, after(12));
    other.answered("c", Right, None, after(13));
    assert_eq!(round(&merged(&one, &other)), "a+ b- c+ d?");
}

#[test]
fn a_file_is_read_again_and_says_what_it_is() {
    let mut progress = Progress::default();
    progress.answered("q", Right, None, after(0));
    progress.start_round(ids(&["q", "r"]), after(0));
    let text = to_file(&progress);
    let head = r#"{"format":"model-stages-progress","version":3,"progress":{"#;
    assert!(text.starts_with(head), "{text}");
    assert_eq!(from_file(&text), Ok(progress.clone()));
    let version_2 = text.replace(r#""version":3"#, r#""version":2"#);
    assert_eq!(from_file(&version_2), Ok(progress.clone()));
    assert_eq!(
        from_file(&to_file(&Progress::default())),
        Ok(Progress::default())
    );
    let version_1 = r#"{"questions":{"q":{"last_at":5,"tries":1,"right":1,"last":"right","stability":8296,"difficulty":1000,"reviewed_at":5,"due":9}}}"#;
    let since = from_file(version_1)
        .unwrap()
        .question("q")
        .unwrap()
        .right_since;
    assert_eq!(since, Some(Time(5)), "carried over");
    let check = |text: &str, expected: FileError| {
        assert_eq!(from_file(text), Err(expected), "{text}");
    };
    check(
        "not JSON",
        FileError::NotJson(crate::registry::json::JsonError("JSON")),
    );
    let foreign = [
        "[]",
        "7",
        "{}",
        r#"{"questions":7}"#,
        r#"{"format":"model-stages-pack","version":1,"steps":[]}"#,
    ];
    for text in foreign {
        check(text, FileError::Foreign);
    }
    check(&text.replace(":3,", ":0,"), FileError::Foreign);
    check(&text.replace(":3,", ":4,"), FileError::Newer);
    check(
        &text.replace(r#""tries":1"#, r#""tries":0"#),
        FileError::Content(crate::registry::json::JsonError("right")),
    );
}

#[test]
fn what_version_1_wrote_begins_its_rows_at_the_last_right_answer() {
    let check = |fields: &str, since: Option<u64>| {
        let text = format!(
            r#"{{"questions":{{"q":{{"last_at":9000000,"reviewed_at":9000000,"due":9000000{fields}}}}}}}"#
        );
        let value = serde_json::from_str(&text).unwrap();
        let progress =
            <Progress as crate::registry::json::FromJson>::from_json(from_version_1(value));
        let found = progress.unwrap().question("q").unwrap().right_since;
        assert_eq!(found, since.map(Time), "{fields}");
    };
    check("", None);
    check(r#","last":"right""#, Some(9_000_000));
    check(r#","last":"wrong","wrong_at":9000000"#, None);
    check(r#","last":"shown","shown_at":9000000"#, None);
    check(r#","last":"right","wrong_at":1"#, Some(9_000_000));
    check(r#","last":"right","wrong_at":8900000"#, None);
    check(r#","last":"right","shown_at":8900000"#, None);
    for odd in ["7", "[]", r#"{"questions":[]}"#, r#"{"questions":{"q":7}}"#] {
        let value: serde_json::Value = serde_json::from_str(odd).unwrap();
        assert_eq!(from_version_1(value.clone()), value);
    }
}

#[test]
fn what_is_no_id_or_too_much_is_not_kept() {
    let mut progress = Progress::default();
    assert!(!progress.answered("No", Right, None, after(0)));
    assert!(!progress.step_done("", after(0)));
    assert!(!progress.set_place("a b", after(0)));
    assert!(!progress.chose("a", "B", after(0)));
    assert!(!progress.chose("", "b", after(0)));
    let ids = |count: usize| (0..count).map(|n| Id::parse(&format!("q{n}")).unwrap());
    assert!(!progress.start_round(Vec::new(), after(0)));
    assert!(!progress.start_round(ids(MAX_ROUND + 1).collect(), after(0)));
    assert!(!progress.start_round(ids(2).chain(ids(1)).collect(), after(0)));
    assert!(progress.is_empty());
    assert!(progress.start_round(ids(MAX_ROUND).collect(), after(0)));
    for number in 0..MAX_QUESTIONS {
        assert!(progress.answered(&format!("q{number}"), Right, None, after(0)));
    }
    for number in 0..MAX_STEPS {
        assert!(progress.step_done(&format!("s{number}"), after(0)));
        assert!(progress.chose(&format!("s{number}"), "a", after(0)));
    }
    assert!(!progress.answered("more", Right, None, after(0)));
    assert!(!progress.step_done("more", after(0)));
    assert!(!progress.chose("more", "a", after(0)));
    assert!(progress.chose("s7", "b", after(0)));
    assert!(progress.answered("q7", Wrong, None, after(DAY)));
    assert!(progress.step_done("s7", after(0)));
    for number in 0..30 {
        progress.answered("q7", Wrong, Some(format!("m{number}").as_str()), after(DAY));
    }
    assert_eq!(progress.misconceptions(|_| true).len(), MAX_MISCONCEPTIONS);
    assert_eq!(read::<Progress>(&print(&progress)).as_ref(), Ok(&progress));

    let mut other = Progress::default();
    other.answered("newest", Right, None, after(2 * DAY));
    other.step_done("earliest", Time(0));
    other.chose("latest", "a", after(DAY));
    other.merge(&progress);
    assert_eq!(other.questions().count(), MAX_QUESTIONS);
    assert_eq!(other.steps().count(), MAX_STEPS);
    assert!(other.question("newest").is_some() && other.is_step_done("earliest"));
    assert_eq!(other.choices.len(), MAX_STEPS);
    assert_eq!(
        (other.choice("latest"), other.choice("s7")),
        (Some("a"), Some("b"))
    );
    progress.merge(&other);
    assert_eq!(progress, other);
}

#[test]
fn it_is_written_as_the_documentation_says() {
    let text = concat!(
        r#"{"place":{"id":"stages","at":5},"steps":{"start":1},"choices":{"start":{"id":"the-new-one","at":1}},"#,
        r#""round":{"at":7,"asked":[{"id":"what-is-a-stage","right":true},{"id":"what-is-an-alias"}]},"#,
        r#""questions":{"what-is-a-stage":{"last_at":9,"tries":2,"#,
        r#""right":1,"last":"right","stability":8296,"difficulty":1000,"reviewed_at":9,"due":691200009,"wrong_at":3,"#,
        r#""right_since":9,"misconceptions":{"stage-is-a-copy":1}}}}"#,
    );
    let progress: Progress = read(text).unwrap();
    assert_eq!(print(&progress), text);
    assert_eq!(read("{}"), Ok(Progress::default()));
    assert_eq!(print(&Progress::default()), "{}");
    // What a later version adds is passed over.
    let more = text
        .replacen('{', r#"{"new":[1],"#, 1)
        .replace(r#""last_at""#, r#""new":{},"last_at""#)
        .replace(r#""id""#, r#""new":1.5,"id""#);
    assert_eq!(read(&more), Ok(progress));
}

#[test]
fn what_is_out_of_bounds_is_refused() {
    let question = |fields: &str| {
        format!(r#"{{"questions":{{"q":{{"last_at":1,"reviewed_at":1,"due":1{fields}}}}}}}"#)
    };
    assert!(read::<Progress>(&question("")).is_ok());
    let many = |key: &str, count: usize, value: &str| {
        let entries: Vec<_> = (0..count).map(|n| format!(r#""i{n}":{value}"#)).collect();
        format!(r#""{key}":{{{}}}"#, entries.join(","))
    };
    let plain = r#"{"last_at":1,"reviewed_at":1,"due":1}"#;
    for text in [
        "[]".to_owned(),
        "null".to_owned(),
        r#"{"place":"a"}"#.to_owned(),
        r#"{"place":{"id":"a"}}"#.to_owned(),
        r#"{"place":{"id":"A","at":1}}"#.to_owned(),
        r#"{"choices":[]}"#.to_owned(),
        r#"{"choices":{"a":"b"}}"#.to_owned(),
        r#"{"choices":{"a":{"id":"B","at":1}}}"#.to_owned(),
        r#"{"choices":{"A":{"id":"b","at":1}}}"#.to_owned(),
        r#"{"round":7}"#.to_owned(),
        r#"{"round":{"at":1}}"#.to_owned(),
        r#"{"round":{"at":1,"asked":[]}}"#.to_owned(),
        r#"{"round":{"asked":[{"id":"a"}]}}"#.to_owned(),
        r#"{"round":{"at":1,"asked":["a"]}}"#.to_owned(),
        r#"{"round":{"at":1,"asked":[{"id":"A"}]}}"#.to_owned(),
        r#"{"round":{"at":1,"asked":[{"id":"a","right":1}]}}"#.to_owned(),
        r#"{"round":{"at":1,"asked":[{"id":"a"},{"id":"a"}]}}"#.to_owned(),
        r#"{"steps":[]}"#.to_owned(),
        r#"{"steps":{"a":-1}}"#.to_owned(),
        r#"{"steps":{"a":1.5}}"#.to_owned(),
        r#"{"steps":{"a b":1}}"#.to_owned(),
        r#"{"steps":{"":1}}"#.to_owned(),
        r#"{"questions":{"q":{}}}"#.to_owned(),
        r#"{"questions":{"Q":{"last_at":1,"reviewed_at":1,"due":1}}}"#.to_owned(),
        question(r#","right":1"#),
        question(r#","tries":4294967296"#),
        question(r#","last":"Right""#),
        question(r#","stability":1000"#),
        question(r#","difficulty":1000"#),
        question(r#","stability":36500001,"difficulty":1000"#),
        question(r#","stability":1,"difficulty":999"#),
        question(r#","stability":1,"difficulty":10001"#),
        question(r#","stability":1e3,"difficulty":1000"#),
        question(r#","right_since":-1"#),
        question(r#","misconceptions":{"a":-1}"#),
        question(&format!(",{}", many("misconceptions", 21, "1"))),
        format!("{{{}}}", many("steps", MAX_STEPS + 1, "1")),
        format!(
            "{{{}}}",
            many("choices", MAX_STEPS + 1, r#"{"id":"a","at":1}"#)
        ),
        format!("{{{}}}", many("questions", MAX_QUESTIONS + 1, plain)),
    ] {
        assert!(
            read::<Progress>(&text).is_err(),
            "{}",
            &text[..text.len().min(200)]
        );
    }
    assert!(read::<Progress>(&format!("{{{}}}", many("steps", MAX_STEPS, "1"))).is_ok());
    assert!(read::<Progress>(&format!("{{{}}}", many("questions", MAX_QUESTIONS, plain))).is_ok());
}

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
    (answers, steps, places, choices, round, solved).prop_map(|all| {
        let (answers, steps, places, choices, round, solved) = all;
        let mut progress = Progress::default();
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
    let all = (questions, steps, place_, choices, round, exercises);
    let id = |(at, id): (Time, String)| (at, Id::parse(&id).unwrap());
    all.prop_map(
        move |(questions, steps, place, choices, round, exercises)| Progress {
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
            place: place.map(id),
            choices: choices
                .into_iter()
                .map(|(step, choice)| (Id::parse(&step).unwrap(), id(choice)))
                .collect(),
            round: round.and_then(|(at, asked)| {
                let names = ids(&["a", "b", "c"]).into_iter();
                let asked = names.zip(asked).map(|(id, right)| Asked { id, right });
                Round::new(at, asked.collect())
            }),
        },
    )
}

fn any_progress() -> impl Strategy<Value = Progress> {
    prop_oneof![lived(), written()]
}

fn merged(one: &Progress, other: &Progress) -> Progress {
    let mut both = one.clone();
    both.merge(other);
    both
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
        let (preview, both) = (a.merge_preview(&b), merged(&a, &b));
        let stayed = a.questions().filter(|(id, question)| both.question(id) == Some(question)).count();
        prop_assert_eq!(preview.kept_questions, stayed);
        prop_assert_eq!(preview.newer_questions, a.questions().count() - stayed);
        prop_assert_eq!(preview.new_questions, both.questions().count() - a.questions().count());
        prop_assert_eq!(preview.new_steps, both.steps().count() - a.steps().count());
        let old = a.exercises().filter(|(id, exercise)| both.exercise(id) == Some(exercise)).count();
        prop_assert_eq!(preview.exercises, both.exercises().count() - old);
        prop_assert_eq!(preview.place, both.place() != a.place());
        prop_assert_eq!(preview.round, both.round() != a.round());
        if both == a {
            prop_assert!(preview.is_nothing());
        }
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
            prop_assert_eq!(crate::registry::json::read::<Progress>(&print(&read)), Ok(read));
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
        prop_assert_eq!(&all, &merged(&a, &merged(&b, &c)));
        prop_assert_eq!(&all, &merged(&merged(&c, &a), &b));
        prop_assert_eq!(merged(&all, &b), all);
    }
}
