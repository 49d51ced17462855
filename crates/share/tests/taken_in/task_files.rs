//! Exercises in files: one that is good goes on as the text of a link, and what is none says why.

use lesson::pack;
use serde_json::{Value, json};
use share::link_codec::MAX_ADDRESS;
use share::route::Route;
use share::task::{self, NoTask};
use share::{NoLink, TooMuch};
use text::Language;
use text::task_share::bad_task;

use super::histories::Chance;
use super::small_pack::{small, with};

fn from_file(text: &str) -> Result<String, NoTask> {
    task::from_file(text, &Route::is_page)
}

/// What is said of a file, problem by problem.
fn check(text: &str, expected: &[&str]) {
    match from_file(text) {
        Err(NoTask::Problems(problems)) => {
            assert_eq!(bad_task(Language::English, &problems), expected);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_exercise_in_a_file_goes_on_as_a_link() {
    for pack in [small(), with(&json!({"title": "Named \"otherwise\""}))] {
        let link = from_file(&pack.to_string()).unwrap();
        let read = task::parse(&link, &Route::is_page).unwrap();
        let title = pack.pointer("/exercises/0/title").and_then(Value::as_str);
        assert_eq!(Some(read.exercise.title.as_str()), title);
        // However it is laid out.
        let pretty = serde_json::to_string_pretty(&pack).unwrap();
        assert_eq!(from_file(&pretty), Ok(link.clone()));
        let printed = pack::standalone(&read.pack, &read.exercise);
        assert_eq!(from_file(&printed), Ok(link));
    }
}

/// The page of a link reads it, however long it is: no address is given out here.
#[test]
fn what_does_not_fit_into_a_link_that_is_given_away_is_opened() {
    let mut chance = Chance(11);
    let mut odd = || -> String {
        let letters = *b"abcdefghijklmnopqrstuvwxyz";
        (0..3_999)
            .map(|_| char::from(chance.pick(&letters)))
            .collect()
    };
    let pack = with(&json!({
        "debrief": odd(), "at_work": odd(), "hints": {"nudge": odd(), "idea": odd()},
    }));
    let link = from_file(&pack.to_string()).unwrap();
    assert!(link.len() > MAX_ADDRESS, "{}", link.len());
    assert!(task::parse(&link, &Route::is_page).is_ok());
}

#[test]
fn a_file_that_brings_no_exercise_says_why() {
    let mut newer = small();
    newer["version"] = json!(9);
    check("", &["this is not JSON: see line 1, column 0"]);
    check("Dear class,\n", &["this is not JSON: see line 1, column 1"]);
    check(
        "{\"format\": \"model-stages\"}",
        &[
            "format: here belongs \"model-stages-pack\", not `model-stages`",
            "version: this is missing",
            "id: this is missing",
            "title: this is missing",
            "language: this is missing",
        ],
    );
    check(
        &newer.to_string(),
        &["version: here belongs 1, the version of the format, not `9`"],
    );
    check(
        &with(&json!({"par": 3})).to_string(),
        &["exercises[0].par: the fewest steps to the goal are 2"],
    );
    let mut two = small();
    let mut second = two["exercises"][0].clone();
    second["id"] = json!("two");
    two["exercises"].as_array_mut().unwrap().push(second);
    check(
        &two.to_string(),
        &["exercises: an exercise comes alone: with its sources, and with nothing else of a pack"],
    );
}

#[test]
fn too_much_is_not_parsed() {
    let check = |text: &str, what| {
        let why = NoTask::Link(NoLink::TooMuch(what));
        assert_eq!(from_file(text), Err(why));
    };
    check(&" ".repeat((1 << 20) + 1), TooMuch::Long);
    check(&"[".repeat(40), TooMuch::Deep);
    check(&format!("[{}1]", "1,".repeat(10_000)), TooMuch::Many);
}
