//! A real registry is read from its server's answers, and any other text is refused without a panic.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use std::fmt::Write as _;

use cases::cases;
use model_stages::console::foreign::{self, Foreign, MAX_BYTES, MAX_DEPTH, NoRegistry, Remark};
use model_stages::console::rest::Answer;
use model_stages::registry::{ModelVersion, RegisteredModel, Registry};
use proptest::prelude::*;
use proptest::sample::select;

#[path = "common/cases.rs"]
mod cases;
#[path = "common/histories.rs"]
mod histories;

/// What has come in, a model or version a line, then what was left out.
fn shown(foreign: &Foreign) -> String {
    let mut out = String::new();
    for model in foreign.registry.models() {
        let tags: Vec<String> = model
            .tags()
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        let aliases: Vec<String> = model
            .aliases()
            .iter()
            .map(|(a, v)| format!("{a}->{v}"))
            .collect();
        writeln!(
            out,
            "{} {}..{} {:?} {tags:?} {aliases:?}",
            model.name(),
            model.created().0,
            model.updated().0,
            model.description().as_str()
        )
        .unwrap();
        for version in model.versions() {
            let number = version.number();
            let tags: Vec<String> = version
                .tags()
                .iter()
                .map(|(k, v)| format!("{k}={v}"))
                .collect();
            writeln!(
                out,
                "  {number} {} {}..{} {:?} {:?} {tags:?}",
                version.stage(),
                version.created().0,
                model.version_updated(number).unwrap().0,
                version.source().as_str(),
                version.description().as_str()
            )
            .unwrap();
        }
    }
    for left in &foreign.left_out {
        writeln!(out, "- {}: {:?}", left.place, left.why).unwrap();
    }
    for remark in &foreign.remarks {
        writeln!(out, "* {remark:?}").unwrap();
    }
    out
}

#[test]
fn answers_of_a_server_come_in() {
    let check = |text: &str, expected: &str| {
        let found = foreign::read(text).unwrap_or_else(|why| panic!("{why:?}: {text}"));
        assert_eq!(shown(&found).trim(), expected.trim(), "{text}");
    };
    let models = r#"{"registered_models": [{"name": "m", "creation_timestamp": 10, "last_updated_timestamp": 30,
        "description": "d", "tags": [{"key": "k", "value": "v"}], "aliases": [{"alias": "champion", "version": "2"}],
        "latest_versions": [{"name": "m", "version": "2", "creation_timestamp": 20, "last_updated_timestamp": 25,
        "current_stage": "Production", "source": "s3://b/2", "run_id": "", "status": "READY"}]}]}"#;
    let versions = r#"{"model_versions": [{"name": "m", "version": "2", "creation_timestamp": 20,
        "last_updated_timestamp": 26, "current_stage": "Production", "description": "two", "source": "s3://b/2",
        "run_id": "abc", "status": "READY", "tags": [{"key": "t", "value": ""}]},
        {"name": "m", "version": "1", "current_stage": "Archived", "status": "READY", "source": ""}]}"#;
    check(
        models,
        r#"m 10..30 "d" ["k=v"] ["champion->2"]
  2 Production 20..25 "s3://b/2" "" []
* OnlyLatest"#,
    );
    let both = r#"m 10..30 "d" ["k=v"] ["champion->2"]
  1 Archived 0..0 "" "" []
  2 Production 20..26 "s3://b/2" "two" ["t="]
* Runs"#;
    // Several pages stand one after the other, in either order.
    check(&format!("{models}\n{versions}"), both);
    check(&format!("{versions}{models}"), both);
    // Versions alone make their models.
    check(
        versions,
        r#"m 0..26 "" [] []
  1 Archived 0..0 "" "" []
  2 Production 20..26 "s3://b/2" "two" ["t="]
* Runs"#,
    );
    // One model, one version, a list of what the client has, numbers and dictionaries.
    check(
        r#"{"registered_model": {"name": "m"}}"#,
        r#"m 0..0 "" [] []"#,
    );
    check(
        r#"{"model_version": {"name": "m", "version": "3", "current_stage": "None"}}"#,
        "m 0..0 \"\" [] []\n  3 None 0..0 \"\" \"\" []",
    );
    check(
        r#"[{"name": "m", "tags": {"k": "v"}, "aliases": {"a": "1"}, "latest_versions": []},
           {"name": "m", "version": 1, "current_stage": "Staging", "aliases": ["a", "b"], "tags": {"t": "x"}}]"#,
        "m 0..0 \"\" [\"k=v\"] [\"a->1\", \"b->1\"]\n  1 Staging 0..0 \"\" \"\" [\"t=x\"]",
    );
    check(
        r#"[{"_name": "m", "_version": "1", "_current_stage": "None", "_creation_time": 1}]"#,
        "m 0..0 \"\" [] []\n  1 None 0..0 \"\" \"\" []",
    );
    // What cannot come in is left out, with its place.
    check(
        r#"{"registered_models": [{"name": "a/b"}, {"name": "m", "tags": [{"key": "a=b"}, {"key": "k"}, 3],
            "aliases": [{"alias": "v1", "version": "1"}, {"alias": "x", "version": "7"}, {"alias": "y"}]}, 5,
            {"name": "p", "tags": [{"key": "mlflow.prompt.is_prompt", "value": "true"}]}],
            "next_page_token": "abc"}
           {"model_versions": [{"name": "m", "version": "0"}, {"name": "m", "version": "1", "status": "PENDING_REGISTRATION"},
            {"name": "m", "version": "2", "current_stage": "Deleted_Internal"}, {"name": "m", "version": "3",
            "current_stage": "Canary"}, {"name": "p", "version": "1"}, {"version": "1"}]}"#,
        r#"m 0..0 "" ["k="] []
- 1: registered_models[0]: Rule(NameCharacters { name: "a/b" })
- 1: registered_models[1].tags[0]: Rule(KeyCharacters { key: "a=b" })
- 1: registered_models[1].tags[2]: NoModel
- 1: registered_models[1].aliases[0]: Rule(AliasLikeVersion { alias: Alias("v1") })
- 1: registered_models[1].aliases[2]: NoModel
- 1: registered_models[2]: NoModel
- 1: registered_models[3]: Prompt
- 2: model_versions[0]: Number
- 2: model_versions[1]: NotReady("PENDING_REGISTRATION")
- 2: model_versions[2]: NotReady("Deleted_Internal")
- 2: model_versions[3]: Rule(StageUnknown { stage: "Canary" })
- 2: model_versions[5]: NoModel
- 1: registered_models[1].aliases[1]: NoVersion(VersionNumber(7))
* MorePages"#,
    );
}

#[test]
fn what_is_no_registry_is_refused() {
    let check = |text: &str, expected: NoRegistry| {
        assert_eq!(foreign::read(text).unwrap_err(), expected, "{text:.200}");
    };
    check("", NoRegistry::Nothing);
    check("{}", NoRegistry::Nothing);
    check("[]", NoRegistry::Nothing);
    check("null 3 \"x\"", NoRegistry::Nothing);
    check(r#"{"registered_models": []}"#, NoRegistry::Nothing);
    check(r#"{"registered_models": "x"}"#, NoRegistry::Nothing);
    check(
        r#"{"registered_models": [{"name": "m"}"#,
        NoRegistry::Json(36),
    );
    check("{\"name\": \"m\"}\n{'name': 'n'}", NoRegistry::Json(15));
    check("\u{feff}x", NoRegistry::Json(3));
    check(
        r#"{"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "not found"}"#,
        NoRegistry::Error("not found".to_owned()),
    );
    check(&" ".repeat(MAX_BYTES + 1), NoRegistry::TooLong);
    check(&"[".repeat(MAX_DEPTH + 1), NoRegistry::TooDeep);
    check(
        &format!("{}\"[[{{\\\"[\"", "[".repeat(MAX_DEPTH + 1)),
        NoRegistry::TooDeep,
    );
}

/// What a search of the simulated server answers: it has the form of the real one's.
fn answers(registry: &Registry) -> String {
    let models: Vec<&RegisteredModel> = registry.models().collect();
    let versions: Vec<(&RegisteredModel, &ModelVersion)> = registry
        .models()
        .flat_map(|model| model.versions().map(move |version| (model, version)))
        .collect();
    format!(
        "{}\n{}",
        Answer::models(&models, None).body,
        Answer::found(&versions, None).body
    )
}

const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\"registered_models\"",
    "\"model_versions\"",
    "\"name\"",
    "\"version\"",
    "\"m\"",
    "\"1\"",
    "1",
    "-1",
    "1e99",
    "null",
    "true",
    "\"tags\"",
    "\"key\"",
    "\"value\"",
    "\"aliases\"",
    "\"alias\"",
    "\"latest_versions\"",
    "\"current_stage\"",
    "\"Production\"",
    "\"error_code\"",
    "\"\\ud800\"",
    "é",
    "\u{feff}",
    "\n",
    "{\"name\":\"m\"}",
    "{\"name\":\"m\",\"version\":\"1\"}",
    "{\"registered_models\":[",
    "]}",
];

proptest! {
    #![proptest_config(cases(500))]

    /// What a simulated server answers comes in again, but for what is not in the answers.
    #[test]
    fn a_registry_comes_back(seed in any::<u64>(), steps in 0..80_usize) {
        let registry = histories::registry(seed, steps);
        match foreign::read(&answers(&registry)) {
            Ok(found) => {
                prop_assert_eq!(&found.left_out, &vec![]);
                prop_assert!(!found.remarks.contains(&Remark::OnlyLatest));
                prop_assert_eq!(answers(&found.registry), answers(&registry));
            }
            Err(why) => {
                prop_assert_eq!(why, NoRegistry::Nothing);
                prop_assert!(registry.is_empty());
            }
        }
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        let _ = foreign::read(&text);
    }

    #[test]
    fn any_pieces_are_answered(pieces in prop::collection::vec(select(PIECES), 0..60)) {
        let _ = foreign::read(&pieces.concat());
    }

    #[test]
    fn any_cut_of_an_answer_is_answered(seed in any::<u64>(), at in any::<prop::sample::Index>()) {
        let text = answers(&histories::registry(seed, 40));
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let at = *at.get(&places);
        let _ = foreign::read(&text[..at]);
        let _ = foreign::read(&text[at..]);
    }
}

/// The greatest text is read about as fast as its length: otherwise this test would take minutes.
#[test]
fn a_long_text_is_read_in_no_time() {
    let read_all = |item: &dyn Fn(usize) -> String| {
        let mut text = "[".to_owned();
        let mut at = 0;
        while text.len() < MAX_BYTES - 200 {
            text.push_str(&item(at));
            text.push(',');
            at += 1;
        }
        text.pop();
        text.push(']');
        assert!(foreign::read(&text).is_ok());
    };
    // Names and numbers that come from the last to the first.
    read_all(&|at| format!("{{\"name\":\"{}\"}}", 9_999_999 - at));
    read_all(&|at| format!("{{\"name\":\"m\",\"version\":{}}}", 9_999_999 - at));
    read_all(&|at| {
        format!(
            "{{\"name\":\"m\",\"version\":1,\"aliases\":[\"{}\"]}}",
            9_999_999 - at
        )
    });
}
