//! How records are written and read: the golden texts, and what is refused.
#![allow(
    clippy::disallowed_methods,
    reason = "what takes for ever is stopped, or fails"
)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it is surprised"
)]

use registry::json::{JsonError, print, read};
use registry::{Command, Log, Record, Registry, RuleSet, Stage, Time, json};
use serde_json::Value;

/// A text for every command and every kind of record, written by serde's derive before the readers and writers were
/// written by hand.
const GOLDEN: &str = include_str!("../../../tests/golden/records.jsonl");

fn golden() -> Vec<(&'static str, Record)> {
    let read = |text| match read(text) {
        Ok(record) => (text, record),
        Err(error) => panic!("{error}: {text}"),
    };
    GOLDEN.lines().map(read).collect()
}

#[test]
fn golden_texts_are_read_and_written_again_to_the_letter() {
    for (text, record) in golden() {
        assert_eq!(print(&record), text);
    }
}

#[test]
fn golden_texts_name_every_command() {
    let methods = Command::METHODS.iter().copied();
    for command in methods.chain(["replace_registry"]) {
        assert!(
            GOLDEN.contains(&format!(r#""do":"{command}""#)),
            "{command}"
        );
    }
}

/// The steps were made by a log, so a log takes them in again; every registry on the way is read as it was written.
#[test]
fn golden_texts_are_a_history() {
    let mut log = Log::default();
    for (text, record) in golden() {
        // Undo and redo of a colleague's step are refused, and the last one restores a step that there can't be.
        if !text.contains("travel") && !text.contains("18446744073709551615}") {
            log.replay(&record)
                .unwrap_or_else(|refusal| panic!("{}: {text}", refusal.kind));
        }
    }
    for step in 0..=log.step() {
        let registry = log.as_of(step).unwrap();
        assert_eq!(
            read::<Registry>(&print(&registry)),
            Ok(registry),
            "step {step}"
        );
    }
}

#[test]
fn blanks_order_and_escapes_do_not_matter() {
    let check = |text: &str, expected: &str| {
        let record: Record = read(text).expect(text);
        assert_eq!(print(&record), expected);
    };
    let restore = r#"{"at":1,"rules":"guided","restore":2}"#;
    check(restore, restore);
    check(
        " {\n\"restore\" : 2 ,\t\"rules\":\"guided\", \"at\":1 }\r\n",
        restore,
    );
    check(
        r#"{"at":1,"rules":"guided","actor":null,"comment":"","restore":2}"#,
        restore,
    );
    check(
        r#"{"\u0061t":1,"rules":"\u0067uided","restore":2}"#,
        restore,
    );
    check(
        r#"{"at":1,"rules":"guided","comment":"\u00e9\ud83d\udea6\/","restore":2}"#,
        r#"{"at":1,"rules":"guided","comment":"é🚦/","restore":2}"#,
    );
}

#[test]
fn metrics_keep_their_digits() {
    let check = |text: &str, expected: Option<&str>| {
        let command = |value: &str| {
            format!(r#"{{"do":"log_metric","name":"m","version":1,"key":"k","value":{value}}}"#)
        };
        let read = read::<Command>(&command(text)).map(|command| print(&command));
        match expected {
            Some(expected) => assert_eq!(read, Ok(command(expected)), "{text}"),
            None => assert!(read.is_err(), "{text}"),
        }
    };
    check("0", Some("0"));
    check("-0", Some("0"));
    check("9.0", Some("9"));
    check("0.1", Some("0.1"));
    check("0.30000000000000004", Some("0.30000000000000004"));
    check("0.30000000000000005", Some("0.30000000000000005"));
    check("-123456789.123456789", Some("-123456789.123456789"));
    check("999999999999999999", Some("999999999999999999"));
    check("1e-5", Some("0.00001"));
    check("1.5E+3", Some("1500"));
    for refused in [
        "1e400",
        "-1e400",
        "1e18",
        "1e-19",
        "1e99999999999999999999",
        "0.1234567890123456789",
        "NaN",
        "Infinity",
        "+1",
        ".5",
        "5.",
        "01",
        "0x1",
        r#""1""#,
        "null",
        "true",
        "[1]",
        "{}",
        r#"{"$serde_json::private::Number":"1 "}"#,
    ] {
        check(refused, None);
    }
}

/// What comes of reading a record: nothing, or what is missing or wrong.
fn check(text: &str, expected: Result<(), &'static str>) {
    let found = read::<Record>(text).map(drop);
    assert_eq!(found, expected.map_err(JsonError), "{text}");
}

#[test]
fn what_is_no_record_is_refused() {
    for text in [
        "",
        " ",
        "{",
        "{}}",
        "nul",
        "\u{feff}{}",
        "{'at':1}",
        r#"{"at":1,}"#,
        "\"\\ud800\"",
        "\"\u{1}\"",
    ] {
        check(text, Err("JSON"));
    }
    check(&"[".repeat(100_000), Err("JSON"));
    check(&r#"{"at":"#.repeat(100_000), Err("JSON"));
    for text in ["null", "true", "0", "\"do\"", "[]", "[1,2]"] {
        check(text, Err("an object"));
    }
    check("{}", Err("at"));

    check(r#"{"travel":"undo"}"#, Ok(()));
    check(r#"{"travel":"Undo"}"#, Err("travel"));
    check(r#"{"travel":null}"#, Err("travel"));
    check(r#"{"travel":{"undo":null}}"#, Err("travel"));
    check(
        r#"{"travel":"undo","restore":1}"#,
        Err("a field that is not known"),
    );
}

#[test]
fn a_context_is_held_to_its_form() {
    let step = |fields: &str| format!(r#"{{{fields}"restore":1}}"#);
    check(&step(r#""at":0,"rules":"mlflow","#), Ok(()));
    check(
        &step(r#""at":18446744073709551615,"rules":"mlflow","#),
        Ok(()),
    );
    check(&step(r#""rules":"mlflow","#), Err("at"));
    check(&step(r#""at":0,"#), Err("rules"));
    for wrong in [
        "18446744073709551616",
        "-1",
        "-0",
        "0.0",
        "1e3",
        "\"1\"",
        "null",
        "true",
        "[0]",
        "{}",
    ] {
        check(
            &step(&format!(r#""at":{wrong},"rules":"mlflow","#)),
            Err("at"),
        );
    }
    for wrong in [
        "\"MLflow\"",
        "\"\"",
        "null",
        "1",
        "[\"mlflow\"]",
        "{\"mlflow\":null}",
    ] {
        check(&step(&format!(r#""at":0,"rules":{wrong},"#)), Err("rules"));
    }
    for wrong in ["1", "true", "[]", "{}"] {
        check(
            &step(&format!(r#""at":0,"rules":"mlflow","actor":{wrong},"#)),
            Err("actor"),
        );
        check(
            &step(&format!(r#""at":0,"rules":"mlflow","comment":{wrong},"#)),
            Err("comment"),
        );
    }
    check(
        &step(r#""at":0,"rules":"mlflow","comment":null,"#),
        Err("comment"),
    );
    let long = "x".repeat(10_001);
    check(
        &step(&format!(r#""at":0,"rules":"mlflow","comment":"{long}","#)),
        Err("comment"),
    );
    check(
        &step(r#""at":0,"rules":"mlflow","extra":1,"#),
        Err("a field that is not known"),
    );
}

#[test]
fn an_action_is_held_to_its_form() {
    let step = |fields: &str| format!(r#"{{"at":0,"rules":"mlflow",{fields}}}"#);
    for wrong in [
        "-1",
        "1.5",
        "1e0",
        "18446744073709551616",
        "null",
        "\"1\"",
        "true",
        "[]",
    ] {
        check(&step(&format!(r#""restore":{wrong}"#)), Err("restore"));
    }
    check(
        &step(r#""restore":1,"do":"delete_registered_model""#),
        Err("a field that is not known"),
    );
    check(&step(r#""actor":null"#), Err("do"));
    for wrong in ["null", "1", "[]", "\"\""] {
        check(&step(&format!(r#""do":{wrong},"name":"m""#)), Err("do"));
    }
    check(
        &step(r#""do":"Delete_registered_model","name":"m""#),
        Err("do"),
    );
    check(&step(r#""do":"delete_registered_model""#), Err("name"));
    check(
        &step(r#""do":"delete_registered_model","name":"m""#),
        Ok(()),
    );
    check(
        &step(r#""do":"delete_registered_model","name":"m","version":1"#),
        Err("a field that is not known"),
    );
    check(
        &step(r#""do":"delete_registered_model","name":"m","NAME":"n""#),
        Err("a field that is not known"),
    );
    for wrong in [
        "\"\"", "\" \"", "\"a/b\"", "\"a:b\"", "\"..\"", "null", "1", "[]", "{}",
    ] {
        check(
            &step(&format!(r#""do":"delete_registered_model","name":{wrong}"#)),
            Err("name"),
        );
    }

    let version = |number: &str| {
        step(&format!(
            r#""do":"delete_model_version","name":"m","version":{number}"#
        ))
    };
    check(&version("1"), Ok(()));
    check(&version("4294967295"), Ok(()));
    for wrong in [
        "0",
        "4294967296",
        "-1",
        "1.0",
        "1e0",
        "\"1\"",
        "null",
        "true",
        "[1]",
    ] {
        check(&version(wrong), Err("version"));
    }

    let stage = |stage: &str, more: &str| {
        let command = r#""do":"transition_model_version_stage","name":"m","version":1"#;
        step(&format!(r#"{command},"stage":{stage}{more}"#))
    };
    for good in Stage::ALL {
        check(&stage(&format!("\"{good}\""), ""), Ok(()));
    }
    for wrong in ["\"production\"", "\"\"", "null", "0", "[]"] {
        check(&stage(wrong, ""), Err("stage"));
    }
    check(
        &stage("\"None\"", r#","archive_existing_versions":false"#),
        Ok(()),
    );
    for wrong in ["null", "0", "\"true\"", "[]"] {
        let flag = format!(r#","archive_existing_versions":{wrong}"#);
        check(&stage("\"None\"", &flag), Err("archive_existing_versions"));
    }

    let create = |more: &str| {
        step(&format!(
            r#""do":"create_model_version","name":"m","source":"s"{more}"#
        ))
    };
    check(
        &create(r#","description":"","tags":{},"metrics":{}"#),
        Ok(()),
    );
    check(&create(r#","description":null"#), Err("description"));
    for wrong in [
        "null",
        "[]",
        "1",
        "\"\"",
        r#"{"k":1}"#,
        r#"{"k":null}"#,
        r#"{"!":"v"}"#,
        r#"{"":{}}"#,
    ] {
        check(&create(&format!(r#","tags":{wrong}"#)), Err("tags"));
    }
    for wrong in [
        "null",
        "[]",
        "1",
        r#"{"k":"1"}"#,
        r#"{"k":null}"#,
        r#"{"!":1}"#,
        r#"{"k":1e400}"#,
    ] {
        check(&create(&format!(r#","metrics":{wrong}"#)), Err("metrics"));
    }
    let alias = |alias: &str| {
        let command = r#""do":"set_registered_model_alias","name":"m","version":1"#;
        step(&format!(r#"{command},"alias":{alias}"#))
    };
    check(&alias("\"champion\""), Ok(()));
    for wrong in ["\"\"", "\"a b\"", "null", "1"] {
        check(&alias(wrong), Err("alias"));
    }
}

#[test]
fn a_registry_that_no_history_made_is_refused() {
    let registry = |text: &str, expected: Result<(), &'static str>| {
        let found = read::<Registry>(text).map(drop);
        assert_eq!(found, expected.map_err(JsonError), "{text}");
        let command = r#"{"at":0,"rules":"mlflow","do":"replace_registry","why":"sample","with":"#;
        check(&format!("{command}{text}}}"), expected);
    };
    let model = |more: &str| format!(r#"[{{"name":"m","created":1,"updated":1{more}}}]"#);
    let versions = |list: &str, more: &str| {
        let version = |fields: &str| format!(r#"{{{fields},"created":1,"source":"s"}}"#);
        let list: Vec<_> = list.split(';').map(version).collect();
        model(&format!(r#","versions":[{}]{more}"#, list.join(",")))
    };
    let first = r#""number":1,"stage":"None","written":{"at":1}"#;
    let last = r#","last_number":1"#;
    registry("[]", Ok(()));
    registry("{}", Err("a list of models"));
    registry("null", Err("a list of models"));
    registry("[[]]", Err("an object"));
    registry(&model(""), Ok(()));
    registry(&model(r#","last_number":null,"versions":[]"#), Ok(()));
    registry(&model(r#","unknown":[1]"#), Ok(()));
    registry(&model(r#","versions":{}"#), Err("versions"));
    registry(&model(r#","versions":null"#), Err("versions"));
    registry(&model(r#","last_number":0"#), Err("last_number"));
    registry(&model(r#","renamed":{"count":1}"#), Err("at"));
    registry(
        &model(r#","renamed":{"count":4294967296,"at":1}"#),
        Err("count"),
    );
    registry(&model(r#","renamed":null"#), Err("an object"));
    registry(&versions(first, last), Ok(()));
    registry(
        &versions(first, &format!(r#"{last},"aliases":{{"a":1}}"#)),
        Ok(()),
    );
    registry(
        &versions(first, &format!(r#"{last},"aliases":{{"a":"1"}}"#)),
        Err("aliases"),
    );
    registry(
        &versions(&format!(r#"{first},"storage":null,"unknown":1"#), last),
        Ok(()),
    );
    registry(
        &versions(&format!(r#"{first},"storage":1"#), last),
        Err("storage"),
    );
    registry(
        &versions(r#""number":1,"stage":"None""#, last),
        Err("written"),
    );
    registry(
        &versions(r#""number":1,"stage":"None","written":{}"#, last),
        Err("at"),
    );
    registry(
        &versions(
            r#""number":1,"stage":"None","written":{"at":1,"renames":-1}"#,
            last,
        ),
        Err("renames"),
    );

    registry(
        &versions(first, ""),
        Err("a version has a number that was never given out"),
    );
    registry(
        &versions(&format!("{first};{first}"), last),
        Err("two versions have the same number"),
    );
    registry(
        &versions(
            r#""number":1,"stage":"None","written":{"at":1,"renames":1}"#,
            last,
        ),
        Err("a version has seen more renames than its model"),
    );
    registry(
        &versions(
            r#""number":1,"stage":"Production","written":{"at":1}"#,
            last,
        ),
        Err("a version is live but has never been live"),
    );
    registry(
        &versions(first, &format!(r#"{last},"aliases":{{"a":2}}"#)),
        Err("an alias points to a version that is not there"),
    );
    let one = r#"{"name":"m","created":1,"updated":1}"#;
    registry(
        &format!("[{one},{one}]"),
        Err("two models have the same name"),
    );
}

/// Puts every wrong value in every place of every golden text: what is then read at all, is written and read again.
#[test]
fn no_value_in_any_place_breaks_the_reader() {
    let wrong = [
        "null",
        "true",
        "-1",
        "0",
        "1.5",
        "1e400",
        "18446744073709551616",
        "\"\"",
        "\"x\"",
        "[]",
        "[null]",
        "{}",
        r#"{"at":1}"#,
    ];
    let wrong = wrong.map(|text| serde_json::from_str::<Value>(text).unwrap());
    let mut tried = 0;
    for (text, _) in golden() {
        let whole: Value = serde_json::from_str(text).unwrap();
        for place in 0.. {
            let mut changed = false;
            for value in wrong.iter().map(Some).chain([None]) {
                let mut broken = whole.clone();
                changed = change(&mut broken, &mut place.clone(), value);
                if !changed {
                    break;
                }
                tried += 1;
                if let Ok(record) = read::<Record>(&broken.to_string()) {
                    assert_eq!(read(&print(&record)), Ok(record), "{broken}");
                }
            }
            if !changed {
                break;
            }
        }
    }
    assert!(tried > 4_000, "{tried}");
}

/// Changes the value at a place, counted in the order of the text, or takes it out.
fn change(value: &mut Value, place: &mut usize, to: Option<&Value>) -> bool {
    let here = |at: &mut usize| {
        let found = *at == 0;
        *at = at.saturating_sub(1);
        found
    };
    match value {
        Value::Object(map) => {
            for key in map.keys().cloned().collect::<Vec<_>>() {
                if here(place) {
                    match to {
                        Some(to) => map.insert(key, to.clone()),
                        None => map.remove(&key),
                    };
                    return true;
                }
                if map
                    .get_mut(&key)
                    .is_some_and(|inner| change(inner, place, to))
                {
                    return true;
                }
            }
            false
        }
        Value::Array(list) => list.iter_mut().any(|inner| change(inner, place, to)),
        _ => false,
    }
}

#[test]
fn every_cut_text_is_refused() {
    for (text, _) in golden() {
        for (end, _) in text.char_indices() {
            assert!(
                read::<Record>(text.get(..end).unwrap()).is_err(),
                "{end} of {text}"
            );
        }
    }
}

#[test]
fn ten_thousand_records_are_read_in_no_time() {
    let record = r#"{"at":1800000000000,"rules":"guided","actor":"Ana","comment":"why","do":"create_model_version","name":"fraud-detector","source":"models/fraud/model_v1.pkl","description":"Gradient boosting.","tags":{"owner":"payments"},"metrics":{"recall":0.86,"latency_ms":28}}"#;
    let start = std::time::Instant::now();
    for _ in 0..10_000 {
        let read: Record = json::read(record).unwrap();
        assert!(
            matches!(read, Record::Step { context, .. } if context.at == Time(1_800_000_000_000) && context.rules == RuleSet::Guided)
        );
    }
    // Some 40 ms where the code is optimised; this only holds off what grows out of hand.
    assert!(start.elapsed().as_secs() < 5);
}
