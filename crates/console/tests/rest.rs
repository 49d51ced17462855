//! The simulated REST server answers as a real one did.
//!
//! `cargo xtask test-mlflow --record` has asked a server of MLflow 3.18.0: every endpoint about models that have much, and
//! searches with filters and orders of all kinds. With a folder in `RECORDINGS`, other answers are compared.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use cases::cases;
use console::{Console, Sandbox};
use proptest::prelude::*;
use proptest::sample::select;
use recorded::{is_as_recorded, recording};
use registry::RuleSet;

use test_support::cases;
use test_support::recorded;

/// Differences that are meant: what is in the request, a tab, and why.
const ACCEPTED: &str = include_str!("../../../tests/recordings/accepted.txt");

#[test]
fn every_answer_is_as_recorded() {
    let rows = recording(
        "rest.jsonl",
        include_str!("../../../tests/recordings/rest.jsonl"),
    );
    is_as_recorded(&rows, ACCEPTED, 1_500);
}

#[test]
fn every_search_is_as_recorded() {
    let rows = recording(
        "filters.jsonl",
        include_str!("../../../tests/recordings/filters.jsonl"),
    );
    is_as_recorded(&rows, ACCEPTED, 1_000);
}

/// What holds of every text: it is answered without a panic, and what is marked lies in it.
fn is_total(text: &str) {
    let mut host = Sandbox::sample(RuleSet::Mlflow);
    let reply = Console::default().enter(&mut host, text);
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
