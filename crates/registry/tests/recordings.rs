//! The simulator does what MLflow 3.18.0 did, step by step; and where it did not, this would be seen.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where it is surprised; indexing a serde_json value gives null for what is not there"
)]

use serde_json::{Value, json};

use test_support::recording;

const CLIENT: &str = include_str!("../../../tests/recordings/traces.jsonl");
const STORE: &str = include_str!("../../../tests/recordings/traces_store.jsonl");

fn replay(text: &str) -> recording::Report {
    let mut report = recording::Report::default();
    report.add(text).unwrap();
    report
}

#[test]
fn every_step_is_as_recorded() {
    let check = |recording: &str, traces: usize, steps: usize| {
        let report = replay(recording);
        assert_eq!(report.differences, Vec::<String>::new());
        assert_eq!((report.traces, report.steps), (traces, steps));
    };
    check(CLIENT, 40, 1_200);
    check(STORE, 12, 360);
}

/// A trace of every kind of step, small enough to read.
fn small_trace() -> Value {
    let version = |stage: &str, updated: u64| json!({"stage": stage, "tags": {}, "source": "s3://1", "updated": updated});
    let state = |updated: u64, versions: Value| json!({"m": {"tags": {}, "aliases": {}, "updated": updated, "versions": versions}});
    let created = json!({"name": "m", "version": "1", "stage": "None", "aliases": []});
    let latest = json!([{"version": "1", "stage": "None"}]);
    let untouched = state(1, json!({"1": version("None", 1)}));
    let step = |call: &str, args: Value, result: Value, state: &Value, dt: Value| {
        json!({
            "call": call, "args": args, "ok": true, "error_code": null, "error_message": null,
            "result": result, "state": state, "dt": dt,
        })
    };
    json!({"seed": 0, "layer": "client", "steps": [
        step("create_registered_model", json!({"name": "m"}), Value::Null, &state(0, json!({})), json!(["m"])),
        step("create_model_version", json!({"name": "m", "source": "s3://1"}), created, &untouched, json!(["m", "m/1"])),
        {
            "call": "transition_model_version_stage", "args": {"name": "m", "version": "1", "stage": "prod"},
            "ok": false, "error_code": "INVALID_PARAMETER_VALUE",
            "error_message": "Invalid Model Version stage: prod. Value must be one of None, Staging, Production, Archived.",
            "result": null, "state": untouched, "dt": [],
        },
        step("get_latest_versions", json!({"name": "m"}), latest, &untouched, json!([])),
    ]})
}

#[test]
fn every_difference_is_reported() {
    let check = |place: &str, wrong: Value, expected: &[&str]| {
        let mut trace = small_trace();
        if !place.is_empty() {
            *trace.pointer_mut(place).unwrap() = wrong;
        }
        let found = replay(&trace.to_string()).differences;
        assert_eq!(found.len(), expected.len(), "{place}: {found:#?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{place}: {found}");
        }
    };
    check("", Value::Null, &[]);
    // Outcome, code, message, result, state and times, one at a time.
    check(
        "/steps/0/ok",
        json!(false),
        &["step 0, create_registered_model {\"name\":\"m\"}: ok:"],
    );
    check(
        "/steps/2/ok",
        json!(true),
        &["step 2, transition_model_version_stage"],
    );
    check(
        "/steps/2/error_code",
        json!("INTERNAL_ERROR"),
        &["error_code: expected \"INTERNAL_ERROR\""],
    );
    check(
        "/steps/2/error_code",
        Value::Null,
        &["error_code: expected null"],
    );
    check(
        "/steps/2/error_message",
        json!("Invalid Model Version stage: prod."),
        &["error_message:"],
    );
    check(
        "/steps/0/error_message",
        json!("no"),
        &["error_message: expected \"no\", got null"],
    );
    check(
        "/steps/1/result/version",
        json!("2"),
        &["step 1, create_model_version"],
    );
    check("/steps/1/result/stage", json!("Staging"), &["result:"]);
    check("/steps/1/result/aliases", json!(["champion"]), &["result:"]);
    check("/steps/1/result", Value::Null, &["result: expected null"]);
    check(
        "/steps/3/result",
        json!([]),
        &["step 3, get_latest_versions"],
    );
    check(
        "/steps/2/state/m/versions/1/stage",
        json!("Production"),
        &["step 2"],
    );
    check("/steps/2/state/m/versions/1/updated", json!(2), &["state:"]);
    check("/steps/2/state/m/versions/1/source", json!(""), &["state:"]);
    check(
        "/steps/2/state/m/versions/1/tags",
        json!({"k": ""}),
        &["state:"],
    );
    check("/steps/2/state/m/tags", json!({"k": ""}), &["state:"]);
    check(
        "/steps/2/state/m/aliases",
        json!({"champion": "1"}),
        &["state:"],
    );
    check("/steps/2/state", json!({}), &["state: expected {}"]);
    check(
        "/steps/1/dt",
        json!(["m/1"]),
        &["dt: expected [\"m/1\"], got [\"m\",\"m/1\"]"],
    );
    check(
        "/steps/3/dt",
        json!(["m"]),
        &["dt: expected [\"m\"], got []"],
    );
    // What was called matters too: here the version never comes to be, and all that follows differs.
    check(
        "/steps/0/args/name",
        json!("n"),
        &[
            "step 0, create_registered_model {\"name\":\"n\"}: state:",
            "step 0, create_registered_model {\"name\":\"n\"}: dt:",
            "step 1, create_model_version {\"name\":\"m\",\"source\":\"s3://1\"}: ok:",
            "error_code:",
            "error_message:",
            "result:",
            "state:",
            "dt:",
            "step 2, transition_model_version_stage {\"name\":\"m\",\"stage\":\"prod\",\"version\":\"1\"}: error_code:",
            "error_message:",
            "state:",
            "step 3, get_latest_versions {\"name\":\"m\"}: ok:",
            "error_code:",
            "error_message:",
            "result:",
            "state:",
        ],
    );
}

#[test]
fn every_step_of_the_recordings_is_looked_at() {
    // One wrong letter anywhere in a real recording is one difference.
    let mut step_number = 0;
    for line in CLIENT.lines().take(4) {
        let trace: Value = serde_json::from_str(line).unwrap();
        for index in 0..trace["steps"].as_array().unwrap().len() {
            let field = ["ok", "error_code", "error_message", "state", "dt"][step_number % 5];
            let mut wrong = trace.clone();
            wrong["steps"][index][field] = json!("wrong");
            let found = replay(&wrong.to_string()).differences;
            assert_eq!(found.len(), 1, "{field} of step {index}: {found:#?}");
            assert!(
                found[0].contains(&format!("step {index}, ")),
                "{}",
                found[0]
            );
            assert!(
                found[0].contains(&format!(" {field}: expected \"wrong\"")),
                "{}",
                found[0]
            );
            step_number += 1;
        }
    }
}

#[test]
fn two_things_are_left_open() {
    // A rename's "already exists" goes on with raw SQL, and the order of `get_latest_versions` is not promised.
    let check = |from: &str, to: &str| {
        let both = [CLIENT, STORE].concat();
        let line = both.lines().find(|line| line.contains(from)).unwrap();
        let changed = line.replacen(from, to, 1);
        assert_eq!(replay(&changed).differences, Vec::<String>::new());
    };
    check("UNIQUE constraint failed", "some other SQL");
    check(
        r#"[{"version":"5","stage":"None"},{"version":"3","stage":"Archived"}]"#,
        r#"[{"version":"3","stage":"Archived"},{"version":"5","stage":"None"}]"#,
    );
}

#[test]
fn what_is_no_recording_is_refused() {
    let check = |text: &str, expected: &str| {
        let found = recording::Report::default().add(text).unwrap_err();
        assert!(found.contains(expected), "{text}: {found}");
    };
    check("{", "line 1: ");
    check("\n\n[]", "line 3: no such layer");
    check(
        r#"{"layer": "rest", "steps": []}"#,
        "no such layer: Some(\"rest\")",
    );
    check(r#"{"layer": "client"}"#, "a trace has no steps");
    check(
        r#"{"layer": "client", "steps": [{"call": "drop_table"}]}"#,
        "no such call: drop_table",
    );
    check(
        r#"{"layer": "client", "steps": [{"call": "create_registered_model", "args": {}}]}"#,
        "argument name is null",
    );
}
