//! What real servers, clients and tools write, and what is no registry.

use std::fmt::Write as _;

use crate::models;
use console::mlflow_import::{
    self, ImportError, ImportedRegistry, MAX_BYTES, MAX_DEPTH, Omission, OmissionReason,
};
use test_support::golden::golden;
use text::{Language, as_code as words};

/// What has come in, then what was left out.
fn shown(imported: &ImportedRegistry) -> String {
    let mut out = models(imported);
    for left in &imported.left_out {
        writeln!(out, "- {}: {:?}", left.place, left.why).unwrap();
    }
    for remark in &imported.remarks {
        writeln!(out, "* {remark:?}").unwrap();
    }
    out
}

#[test]
fn answers_of_a_server_come_in() {
    let check = |text: &str, expected: &str| {
        let found = mlflow_import::read(text).unwrap_or_else(|why| panic!("{why:?}: {text}"));
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
"#;
    // Several pages stand one after the other, in either order. The list of all versions counts, and the rest is told.
    let told = |models: usize, versions: usize| {
        format!(
            "{both}- {models}: registered_models[0].latest_versions[0]: \
             Otherwise(\"{versions}: model_versions[0]\")\n* Runs\n* NoTimes"
        )
    };
    check(&format!("{models}\n{versions}"), &told(1, 2));
    check(&format!("{versions}{models}"), &told(2, 1));
    // Versions alone make their models.
    check(
        versions,
        r#"m 20..26 "" [] []
  1 Archived 0..0 "" "" []
  2 Production 20..26 "s3://b/2" "two" ["t="]
* Runs
* NoTimes"#,
    );
    // One model, one version, a list of what the client has, numbers and dictionaries.
    check(
        r#"{"registered_model": {"name": "m"}}"#,
        "m 0..0 \"\" [] []\n* NoTimes",
    );
    check(
        r#"{"model_version": {"name": "m", "version": "3", "current_stage": "None"}}"#,
        "m 0..0 \"\" [] []\n  3 None 0..0 \"\" \"\" []\n* NoTimes",
    );
    check(
        r#"[{"name": "m", "tags": {"k": "v"}, "aliases": {"a": "1"}, "latest_versions": []},
           {"name": "m", "version": 1, "current_stage": "Staging", "aliases": ["a", "b"], "tags": {"t": "x"}}]"#,
        "m 0..0 \"\" [\"k=v\"] [\"a->1\", \"b->1\"]\n  1 Staging 0..0 \"\" \"\" [\"t=x\"]\n* NoTimes",
    );
    check(
        r#"[{"_name": "m", "_version": "1", "_current_stage": "None", "_creation_time": 1}]"#,
        "m 1..1 \"\" [] []\n  1 None 1..1 \"\" \"\" []\n* NoTimes",
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
- 1: registered_models[0]: Rule(Invalid(NameCharacters { name: "a/b" }))
- 1: registered_models[1].tags[0]: Rule(Invalid(KeyCharacters { key: "a=b" }))
- 1: registered_models[1].tags[2]: NoModel
- 1: registered_models[1].aliases[0]: Rule(Invalid(AliasLikeVersion { alias: "v1" }))
- 1: registered_models[1].aliases[2]: NoModel
- 1: registered_models[2]: NoModel
- 1: registered_models[3]: Prompt
- 2: model_versions[0]: Number(Some("0"))
- 2: model_versions[1]: NotReady("PENDING_REGISTRATION")
- 2: model_versions[2]: NotReady("Deleted_Internal")
- 2: model_versions[3]: Rule(Invalid(StageUnknown { stage: "Canary" }))
- 2: model_versions[5]: NoName
- 2: model_versions[4]: Prompt
- 1: registered_models[1].aliases[1]: NoVersion(VersionNumber(7))
* MorePages
* NoStage
* NoTimes
* TagValues"#,
    );
}

#[test]
fn what_is_no_registry_is_refused() {
    let check = |text: &str, expected: ImportError| {
        assert_eq!(
            mlflow_import::read(text).unwrap_err(),
            expected,
            "{text:.200}"
        );
    };
    let left = |places: &[&str]| {
        let left = places.iter().map(|place| Omission {
            place: (*place).to_owned(),
            why: OmissionReason::NoModel,
        });
        ImportError::AllLeftOut(left.collect())
    };
    check("", ImportError::Nothing);
    check("{}", ImportError::Nothing);
    check("[]", ImportError::Nothing);
    check("null 3 \"x\"", left(&["1", "2", "3"]));
    check("7", left(&["1"]));
    check(r#"{"registered_models": []}"#, ImportError::Nothing);
    check(r#"{"registered_models": 3}"#, left(&["registered_models"]));
    check(
        r#"{"registered_models": [{"name": "m"}"#,
        ImportError::Unreadable(36),
    );
    check(
        "{\"name\": \"m\"}\n{'name' 'n'}",
        ImportError::Unreadable(22),
    );
    check("\u{feff}x", ImportError::Unreadable(3));
    check("{'m'}", ImportError::Unreadable(4));
    check("[1 2]", ImportError::Unreadable(3));
    check("{[1]: 2}", ImportError::Unreadable(1));
    check("\"\\ud800\"", ImportError::Unreadable(1));
    check("\"a\nb\"", ImportError::Unreadable(2));
    check("[<a.B object at 0x1>]", ImportError::Opaque(1));
    check("[<B>]", ImportError::Unreadable(1));
    check(
        r#"{"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "not found"}"#,
        ImportError::Error("not found".to_owned()),
    );
    check(&" ".repeat(10_000_000), ImportError::TooLong(10_000_000));
    check(&" ".repeat(MAX_BYTES), ImportError::Nothing);
    check(&"[".repeat(MAX_DEPTH + 1), ImportError::TooDeep);
    check(&"<a: b=".repeat(MAX_DEPTH + 1), ImportError::TooDeep);
    check(&"A(b=".repeat(MAX_DEPTH + 1), ImportError::TooDeep);
    check(
        &format!("{}\"[[{{\\\"[\"", "[".repeat(MAX_DEPTH + 1)),
        ImportError::TooDeep,
    );
}

/// Every file of `tests/data/imports`: what comes in, what is left out, and what is said of it.
#[test]
fn what_real_tools_write_is_read_or_told() {
    let folder = test_support::kept("data/imports");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let mut out = String::new();
    for name in &names {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        writeln!(out, "== {name}").unwrap();
        let said = |out: &mut String, left: &[Omission]| {
            for left in left {
                let words = words::left_out(Language::English, &left.why);
                writeln!(out, "- {}: {words}", left.place).unwrap();
            }
        };
        match mlflow_import::read(&text) {
            Ok(imported) => {
                out.push_str(&models(&imported));
                said(&mut out, &imported.left_out);
                for remark in &imported.remarks {
                    writeln!(out, "* {}", words::remark(Language::English, remark)).unwrap();
                }
            }
            Err(why) => {
                let words = words::no_registry(Language::English, &why, &text);
                writeln!(out, "! {words}").unwrap();
                if let ImportError::AllLeftOut(left) = &why {
                    said(&mut out, left);
                }
            }
        }
    }
    golden("imports.txt", &out);
}

/// One registry of a real MLflow 3.18.0, in every form in which its client and its server give it out.
#[test]
fn one_registry_is_the_same_in_every_form() {
    let read = |name: &str| {
        let folder = test_support::kept("data/imports");
        mlflow_import::read(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap()
    };
    let expected = models(&read("server_pages.json"));
    for name in [
        "byte_order_mark.json",
        "client_dict.txt",
        "client_dict_as_text.json",
        "client_pprint.txt",
        "client_printed.txt",
        "client_vars.json",
        "client_vars.txt",
        "one_a_line.ndjson",
        "proto_camel_case.json",
        "proto_pages_camel_case.json",
        "server_page_in_a_text.json",
        "server_pages_in_a_list.json",
    ] {
        let found = read(name);
        assert_eq!(models(&found), expected, "{name}");
        assert_eq!(found.left_out, vec![], "{name}");
    }
}
