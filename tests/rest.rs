//! The simulated REST server answers as a real one did.
//!
//! `cargo xtask test-mlflow --record` has asked a server of MLflow 3.18.0. Left aside is what is never the same (times,
//! the IDs of runs and pages) and one thing that is otherwise on purpose: the simulator takes any source.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use cases::cases;
use model_stages::console::{Console, Output, Sandbox};
use model_stages::registry::RuleSet;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

#[path = "common/cases.rs"]
mod cases;

const RECORDED: &str = include_str!("recordings/rest.jsonl");

/// A request as somebody would type it.
fn curl(row: &Value) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "'\\''"));
    let text = |key: &str| row[key].as_str();
    let (verb, path) = (text("verb").unwrap(), text("path").unwrap());
    let mut address = format!("http://localhost:5000/api/2.0/mlflow/{path}");
    let mut line = format!("curl -X {verb}");
    match text("sent") {
        Some(query) if verb == "GET" && !query.is_empty() => address.push_str(&format!("?{query}")),
        Some(body) if verb != "GET" => line.push_str(&format!(" -d {}", quoted(body))),
        _ => {}
    }
    if let Some(kind) = text("type") {
        line.push_str(&format!(" -H {}", quoted(&format!("Content-Type: {kind}"))));
    }
    format!("{line} {}", quoted(&address))
}

/// Takes away what is never the same.
fn soften(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for key in [
                "creation_timestamp",
                "last_updated_timestamp",
                "run_id",
                "next_page_token",
            ] {
                fields.remove(key);
            }
            // To the simulator, no description is an empty one.
            if fields.contains_key("current_stage") && !fields.contains_key("description") {
                fields.insert("description".to_owned(), Value::from(""));
            }
            if let Some(Value::String(message)) = fields.get_mut("message")
                && let Some((start, _sql)) = message.split_once(" already exists. Error: ")
            {
                *message = start.to_owned();
            }
            fields.values_mut().for_each(soften);
            // No order is promised here.
            if let Some(Value::Array(versions)) = fields.get_mut("latest_versions") {
                versions.sort_by_key(ToString::to_string);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(soften),
        _ => {}
    }
}

/// Whether the server has refused a source, which the simulator takes.
fn is_about_sources(row: &Value) -> bool {
    let message = row["answer"]["message"].as_str().unwrap_or_default();
    row["path"] == "model-versions/create"
        && (message.starts_with("Invalid model version source")
            || message.starts_with("'source' cannot use")
            || message.contains("version=99"))
}

fn answer(console: &mut Console, world: &mut Sandbox, text: &str) -> (u64, Value) {
    let reply = console.enter(world, text);
    let found = reply.outputs.iter().rev().find_map(|output| match output {
        Output::Json { status, body } => Some((u64::from(*status), body.clone())),
        _ => None,
    });
    let (status, body) = found.unwrap_or_else(|| panic!("no answer to {text}: {reply:?}"));
    let mut body = serde_json::from_str(&body).unwrap_or(Value::Null);
    soften(&mut body);
    (status, body)
}

#[test]
fn every_answer_is_as_recorded() {
    let mut console = Console::default();
    let mut world = Sandbox {
        rules: RuleSet::Mlflow,
        ..Sandbox::default()
    };
    let (mut same, mut wrong) = (0, Vec::new());
    for line in RECORDED.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        if is_about_sources(&row) {
            continue;
        }
        let text = curl(&row);
        let found = answer(&mut console, &mut world, &text);
        let mut expected = row["answer"].clone();
        soften(&mut expected);
        let expected = (row["status"].as_u64().unwrap(), expected);
        if found == expected {
            same += 1;
        } else {
            wrong.push(format!(
                "{text}\n  should be {expected:?}\n  is        {found:?}"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differences\n{}",
        wrong.len(),
        wrong
            .iter()
            .take(20)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
    );
    assert!(same > 850, "{same}");
}

/// What holds of every text: it is answered without a panic, and what is marked lies in it.
fn is_total(text: &str) {
    let mut world = Sandbox::sample(RuleSet::Mlflow);
    let reply = Console::default().enter(&mut world, text);
    if let Some(stop) = reply.stop {
        let at = stop.at();
        assert!(
            at.start <= at.end && text.get(at.start..at.end).is_some(),
            "{text:?} {stop:?}"
        );
    }
}

const PIECES: &[&str] = &[
    "curl",
    "curl ",
    " -X ",
    "-XPOST ",
    " POST ",
    " GET ",
    " -d ",
    " --data-urlencode ",
    " --json ",
    " -G ",
    " -H ",
    "-s",
    "Content-Type: application/json",
    " http://localhost:5000",
    "/api/2.0/mlflow/",
    "model-versions/transition-stage",
    "registered-models/get",
    "registered-models/alias",
    "model-versions/create",
    "runs/create",
    "runs/log-metric",
    "?",
    "name=fraud-detector",
    "&",
    "=",
    "%",
    "%2",
    "%zz",
    "+",
    "'",
    "\"",
    "\\",
    "\\\n",
    "\n",
    "\r\n",
    " ",
    "\t",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"name\"",
    "\"fraud-detector\"",
    "\"version\"",
    "\"1\"",
    "1",
    "null",
    "\"stage\"",
    "\"tags\"",
    "$RUN_ID",
    "${BASE}",
    "$(",
    ")",
    "RUN_ID=",
    "RUN_ID=$(curl ",
    "BASE=",
    " | ",
    " | jq .",
    ";",
    "&&",
    "#",
    "set -eu\n",
    "#!/bin/sh\n",
    "“",
    "é",
    "\u{feff}",
    "\u{0}",
];

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn any_pieces_are_answered(pieces in prop::collection::vec(select(PIECES), 0..40)) {
        let text = pieces.concat();
        is_total(&text);
        is_total(&format!("curl {text}"));
        is_total(&format!("POST /api/2.0/mlflow/{text}"));
        is_total(&format!("curl -X POST localhost/api/2.0/mlflow/model-versions/create --json '{text}"));
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        is_total(&format!("curl {text}"));
        is_total(&format!("curl --json '{text}' localhost/api/2.0/mlflow/registered-models/create"));
        is_total(&format!("GET /api/2.0/mlflow/registered-models/get?{text}"));
    }
}

/// What a word carries may have other letters than were written: the mark is on those that were written.
#[test]
fn marks_cover_whole_letters() {
    let start = "curl -X POST localhost/api/2.0/mlflow/model-versions/create";
    for (sent, name) in [
        ("--json '{' --data-urlencode é", ""),
        ("--json '{' --data-urlencode \u{feff}=é", ""),
        ("--json \"{$N\u{feff}\"", "N=é\n"),
        ("--json \"${N}é\"", "N='{'\n"),
        ("--json '{é' -d $N", "N=\u{1f600}\n"),
    ] {
        is_total(&format!("{name}{start} {sent}"));
    }
}

/// The time it takes grows with the text and no faster: otherwise this test would take minutes.
#[test]
fn a_long_text_is_read_in_no_time() {
    for piece in PIECES.iter().chain(&[
        "a=$(", "-d a ", "curl x;", "'a'", "\"a\" ", "{\"a\":", "[", "&name=a", "-s -s ",
    ]) {
        let body = piece.repeat(90_000 / piece.len());
        for start in [
            "",
            "curl ",
            "curl -d '",
            "curl --json '{\"name\":",
            "POST /api/2.0/mlflow/registered-models/create ",
        ] {
            is_total(&format!("{start}{body}"));
        }
    }
}
