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
use console::mlflow_import::{
    self, ImportError, ImportedRegistry, MAX_BYTES, MAX_DEPTH, Omission, OmissionReason, Remark,
};
use console::rest::HttpResponse;
use golden::golden;
use proptest::prelude::*;
use proptest::sample::select;
use registry::{ModelVersion, RegisteredModel, Registry, Time};
use serde_json::{Map, Value, json};
use share::table;
use text::{Language, as_code as words};

use test_support::cases;
use test_support::golden;
use test_support::histories;

/// What has come in, a model or version a line.
fn models(foreign: &ImportedRegistry) -> String {
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
    out
}

/// What has come in, then what was left out.
fn shown(foreign: &ImportedRegistry) -> String {
    let mut out = models(foreign);
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
            Ok(foreign) => {
                out.push_str(&models(&foreign));
                said(&mut out, &foreign.left_out);
                for remark in &foreign.remarks {
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

/// What a search of the simulated server answers: it has the form of the real one's.
fn answers(registry: &Registry) -> String {
    let models: Vec<&RegisteredModel> = registry.models().collect();
    let versions: Vec<(&RegisteredModel, &ModelVersion)> = registry
        .models()
        .flat_map(|model| model.versions().map(move |version| (model, version)))
        .collect();
    format!(
        "{}\n{}",
        HttpResponse::models(&models, None).body,
        HttpResponse::found(&versions, None).body
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
    "'",
    "'name'",
    "None",
    "(",
    ")",
    "<ModelVersion: ",
    "<RegisteredModel: name='m'",
    ">",
    "=",
    "version=1",
    "_name",
    "fullName",
    "\"versions\"",
    "\"creation_time\"",
    "\"2024-06-05\"",
    "\"{\\\"name\\\":\\\"m\\\"}\"",
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
        match mlflow_import::read(&answers(&registry)) {
            Ok(found) => {
                prop_assert_eq!(&found.left_out, &vec![]);
                prop_assert!(!found.remarks.contains(&Remark::OnlyLatest));
                prop_assert_eq!(answers(&found.registry), answers(&registry));
            }
            Err(why) => {
                prop_assert_eq!(why, ImportError::Nothing);
                prop_assert!(registry.is_empty());
            }
        }
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        let _ = mlflow_import::read(&text);
    }

    #[test]
    fn any_pieces_are_answered(pieces in prop::collection::vec(select(PIECES), 0..60)) {
        let _ = mlflow_import::read(&pieces.concat());
    }

    #[test]
    fn any_cut_of_an_answer_is_answered(seed in any::<u64>(), at in any::<prop::sample::Index>()) {
        let text = answers(&histories::registry(seed, 40));
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let at = *at.get(&places);
        let _ = mlflow_import::read(&text[..at]);
        let _ = mlflow_import::read(&text[at..]);
    }
}

/// Every object of a value, with what is in it first.
fn each_object(value: &mut Value, act: &mut dyn FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each_object(item, act)),
        Value::Object(fields) => {
            fields
                .values_mut()
                .for_each(|value| each_object(value, act));
            act(fields);
        }
        _ => {}
    }
}

/// What a server answers to both searches, in the times of today.
fn pages(registry: &Registry) -> Value {
    let text = answers(registry);
    let pages: Vec<Value> = serde_json::Deserializer::from_str(&text)
        .into_iter()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut pages = Value::Array(pages);
    each_object(&mut pages, &mut |fields| {
        for time in ["creation_timestamp", "last_updated_timestamp"] {
            if let Some(at) = fields.get(time) {
                let at = 1_700_000_000_000 + at.as_u64().unwrap();
                fields.insert(time.to_owned(), json!(at));
            }
        }
    });
    pages
}

fn one_after_the_other(pages: &Value) -> String {
    let pages = pages.as_array().unwrap().iter().map(Value::to_string);
    pages.collect::<Vec<_>>().join("\n")
}

fn change_times(pages: &mut Value, change: &dyn Fn(u64) -> Value) {
    each_object(pages, &mut |fields| {
        for time in ["creation_timestamp", "last_updated_timestamp"] {
            if let Some(at) = fields.get_mut(time) {
                *at = change(at.as_u64().unwrap());
            }
        }
    });
}

fn rename_fields(pages: &mut Value, rename: &dyn Fn(&str) -> String) {
    each_object(pages, &mut |fields| {
        *fields = std::mem::take(fields)
            .into_iter()
            .map(|(name, value)| (rename(&name), value))
            .collect();
    });
}

fn camel(name: &str) -> String {
    let mut out = String::new();
    for part in name.split('_') {
        let mut letters = part.chars();
        match letters.next() {
            Some(first) if !out.is_empty() => out.push(first.to_ascii_uppercase()),
            Some(first) => out.push(first),
            None => {}
        }
        out.extend(letters);
    }
    out
}

/// As the client holds it: tags and aliases are dictionaries, versions are numbers.
fn as_the_client_has_it(pages: &mut Value) {
    each_object(pages, &mut |fields| {
        for (list, key, value) in [("tags", "key", "value"), ("aliases", "alias", "version")] {
            let Some(Value::Array(items)) = fields.get(list) else {
                continue;
            };
            if items.iter().any(Value::is_string) {
                continue;
            }
            let items: Map<String, Value> = items
                .iter()
                .map(|item| (item[key].as_str().unwrap().to_owned(), item[value].clone()))
                .collect();
            fields.insert(list.to_owned(), Value::Object(items));
        }
        if fields.contains_key("current_stage") {
            let number: u64 = fields["version"].as_str().unwrap().parse().unwrap();
            fields.insert("version".to_owned(), json!(number));
        }
    });
}

/// As Python prints it; models and versions as MLflow's objects, if so asked.
fn python(value: &Value, with_objects: bool) -> String {
    let inside = |value: &Value| python(value, with_objects);
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => python_text(text),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(inside).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) if with_objects && fields.contains_key("creation_timestamp") => {
            let class = if fields.contains_key("version") {
                "ModelVersion"
            } else {
                "RegisteredModel"
            };
            let fields: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{name}={}", inside(value)))
                .collect();
            format!("<{class}: {}>", fields.join(", "))
        }
        Value::Object(fields) => {
            let fields: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{}: {}", python_text(name), inside(value)))
                .collect();
            format!("{{{}}}", fields.join(", "))
        }
    }
}

/// A text as Python's `repr` writes it.
fn python_text(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut out = String::from(quote);
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if letter == quote => out.extend(['\\', letter]),
            '\0'..=' ' | '\u{7f}'..='\u{a0}' if letter != ' ' => {
                write!(out, "\\x{:02x}", u32::from(letter)).unwrap();
            }
            '\u{200b}'..='\u{202e}' => write!(out, "\\u{:04x}", u32::from(letter)).unwrap(),
            '😀' => out.push_str("\\U0001f600"),
            _ => out.push(letter),
        }
    }
    out.push(quote);
    out
}

/// Every model with its versions inside.
fn versions_inside(pages: &Value) -> Vec<Value> {
    let versions = pages[1]["model_versions"].as_array();
    let models = pages[0]["registered_models"].as_array();
    let models = models.into_iter().flatten().map(|model| {
        let mut model = model.clone();
        let of_it = versions.into_iter().flatten();
        let of_it: Vec<&Value> = of_it.filter(|it| it["name"] == model["name"]).collect();
        model["versions"] = json!(of_it);
        model.as_object_mut().unwrap().remove("latest_versions");
        model
    });
    models.collect()
}

/// A registry in the forms that real tools write, each with the name of its form.
fn dialects(pages: &Value) -> Vec<(&'static str, String)> {
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut changed = pages.clone();
        change(&mut changed);
        changed
    };
    let text = one_after_the_other(pages);
    let client = changed(&as_the_client_has_it);
    let mut held = client.clone();
    if let Value::Array(held) = &mut held {
        for page in held {
            // Only fields get an underscore; keys of tags and aliases have none.
            each_object(page, &mut |fields| {
                if !fields.contains_key("name") {
                    return;
                }
                *fields = std::mem::take(fields)
                    .into_iter()
                    .map(|(name, value)| match name.as_str() {
                        "creation_timestamp" => ("_creation_time".to_owned(), value),
                        "latest_versions" => ("_latest_version".to_owned(), value),
                        _ => (format!("_{name}"), value),
                    })
                    .collect();
            });
        }
    }
    let lists = |pages: &Value| {
        let list = |page: usize, name: &str| {
            let items = pages[page][name].as_array();
            items.cloned().unwrap_or_default()
        };
        vec![list(0, "registered_models"), list(1, "model_versions")]
    };
    let printed = |pages: &Value, with_objects: bool| {
        let lists = lists(pages).into_iter().map(Value::Array);
        let lists = lists.map(|list| python(&list, with_objects));
        lists.collect::<Vec<_>>().join("\n")
    };
    let each = |pages: &Value| {
        let lines = lists(pages).into_iter().flatten();
        lines.map(|line| line.to_string()).collect::<Vec<_>>()
    };
    let iso = |at: u64| {
        let seconds = table::utc(Time(at));
        let seconds = seconds.trim_end_matches('Z').split('.').next().unwrap();
        json!(format!("{seconds}.{:03}+00:00", at % 1_000))
    };
    let inside = versions_inside(pages);
    let wrapped = inside.iter().map(|model| {
        let wrapped = json!({"system": {"script": "x"}, "mlflow": {"registered_model": model}});
        wrapped.to_string()
    });
    let by_name: Map<String, Value> = inside
        .iter()
        .map(|model| (model["name"].as_str().unwrap().to_owned(), model.clone()))
        .collect();
    vec![
        ("other order", format!("{}\n{}", pages[1], pages[0])),
        ("byte-order mark", format!("\u{feff}{text}\r\n")),
        ("list of pages", pages.to_string()),
        ("text in a text", json!(text).to_string()),
        (
            "text in an answer",
            json!({"body": pages[0].to_string(), "more": [pages[1].to_string()]}).to_string(),
        ),
        ("twice", format!("{text}\n{text}")),
        ("one a line", each(pages).join("\n")),
        (
            "camelCase",
            one_after_the_other(&changed(&|it| rename_fields(it, &camel))),
        ),
        (
            "client, dictionaries as JSON",
            Value::from(lists(&client).concat()).to_string(),
        ),
        ("client, vars as JSON", held.to_string()),
        ("client, vars as Python", python(&held, false)),
        ("client, dictionaries as Python", printed(&client, false)),
        ("client, objects as Python", printed(&client, true)),
        ("versions inside", json!(inside).to_string()),
        ("export tool", wrapped.collect::<Vec<_>>().join("\n")),
        ("by name", json!({"registered_models": by_name}).to_string()),
        ("pretty", serde_json::to_string_pretty(pages).unwrap()),
        (
            "ISO times",
            one_after_the_other(&changed(&|it| change_times(it, &iso))),
        ),
        (
            "seconds",
            one_after_the_other(&changed(&|it| {
                change_times(it, &|at| json!(format!("{}.{:03}", at / 1_000, at % 1_000)));
            })),
        ),
        (
            "microseconds",
            one_after_the_other(&changed(&|it| change_times(it, &|at| json!(at * 1_000)))),
        ),
    ]
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn a_registry_comes_back_from_every_dialect(seed in any::<u64>(), steps in 1..60_usize) {
        let pages = pages(&histories::registry(seed, steps));
        let expected = mlflow_import::read(&one_after_the_other(&pages));
        for (form, text) in dialects(&pages) {
            let found = mlflow_import::read(&text);
            match (&found, &expected) {
                (Ok(found), Ok(expected)) => {
                    prop_assert_eq!(&found.registry, &expected.registry, "{}: {}", form, text);
                    prop_assert_eq!(&found.left_out, &vec![], "{}: {}", form, text);
                }
                _ => prop_assert_eq!(found, expected.clone(), "{}: {}", form, text),
            }
        }
    }

    /// Unity Catalog has three names for each model; only the last is that of the model in its schema.
    #[test]
    fn a_registry_comes_back_from_unity_catalog(seed in any::<u64>(), steps in 1..60_usize, is_full in any::<bool>()) {
        let pages = pages(&histories::registry(seed, steps));
        let mut long = pages.clone();
        each_object(&mut long, &mut |fields| {
            if let Some(Value::String(name)) = fields.get_mut("name") {
                name.insert_str(0, "shop.prod.");
            }
        });
        let mut catalog = pages;
        each_object(&mut catalog, &mut |fields| {
            let Some(name) = fields.get("name").cloned() else {
                if let Some(alias) = fields.remove("alias") {
                    let version: u32 = fields["version"].as_str().unwrap().parse().unwrap();
                    *fields = Map::from_iter([
                        ("alias_name".to_owned(), alias),
                        ("version_num".to_owned(), json!(version)),
                    ]);
                }
                return;
            };
            fields.insert("catalog_name".to_owned(), json!("shop"));
            fields.insert("schema_name".to_owned(), json!("prod"));
            if is_full {
                let full = format!("shop.prod.{}", name.as_str().unwrap());
                fields.insert("full_name".to_owned(), json!(full));
            }
            for (field, theirs) in [
                ("creation_timestamp", "created_at"),
                ("last_updated_timestamp", "updated_at"),
                ("description", "comment"),
            ] {
                if let Some(value) = fields.remove(field) {
                    fields.insert(theirs.to_owned(), value);
                }
            }
            if fields.contains_key("version") {
                let name = fields.remove("name").unwrap();
                fields.insert("model_name".to_owned(), name);
            }
        });
        let found = mlflow_import::read(&one_after_the_other(&catalog));
        let expected = mlflow_import::read(&one_after_the_other(&long));
        prop_assert_eq!(found, expected);
    }
}

/// The values that may stand in the place of another, of another kind each.
fn of_another_kind(value: &Value, at: usize) -> Value {
    let others = [json!(true), json!([true]), json!({"a": true}), json!("x")];
    let text = usize::from(value.is_string());
    others[at % (others.len() - text)].clone()
}

proptest! {
    #![proptest_config(cases(1_000))]

    /// A field that is missing, has another name, or has a value of another kind changes nothing, or that is told.
    #[test]
    fn a_changed_field_changes_nothing_or_is_told(
        seed in any::<u64>(), at in any::<prop::sample::Index>(), change in 0..3_usize, kind in 0..12_usize,
    ) {
        let whole = pages(&histories::registry(seed, 40));
        let before = mlflow_import::read(&one_after_the_other(&whole));
        prop_assume!(before.is_ok());
        let before = before.unwrap();
        let mut fields = Vec::new();
        let mut number = 0;
        each_object(&mut whole.clone(), &mut |object| {
            fields.extend(object.keys().map(|key| (number, key.clone())));
            number += 1;
        });
        let (object, field) = at.get(&fields).clone();
        // Without these a registry is as good as with them.
        let may_miss = ["description", "tags", "aliases", "source", "latest_versions", "run_id",
            "registered_models", "model_versions"];
        prop_assume!(change != 0 || !may_miss.contains(&field.as_str()));
        let mut changed = whole;
        let mut number = 0;
        each_object(&mut changed, &mut |fields| {
            if number == object {
                let value = fields.remove(&field).unwrap();
                match change {
                    0 => {}
                    1 => drop(fields.insert(format!("{field}x"), value)),
                    _ => drop(fields.insert(field.clone(), of_another_kind(&value, kind))),
                }
            }
            number += 1;
        });
        let text = one_after_the_other(&changed);
        if let Ok(after) = mlflow_import::read(&text) {
            let is_told = !after.left_out.is_empty()
                || after.remarks.iter().any(|remark| !before.remarks.contains(remark));
            prop_assert!(is_told || after.registry == before.registry, "{field} {change}: {text}");
        }
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
        assert!(mlflow_import::read(&text).is_ok());
    };
    // Names and numbers that come from the last to the first.
    read_all(&|at| format!("{{\"name\":\"{}\"}}", 9_999_999 - at));
    read_all(&|at| format!("{{\"name\":\"m\",\"version\":{}}}", 9_999_999 - at));
    read_all(&|at| format!("{{\"name\":\"m\",\"f{}\":1}}", 9_999_999 - at));
    read_all(&|at| format!("<RegisteredModel: name='{}'>", 9_999_999 - at));
    read_all(&|_| "{\"name\":\"m\",\"a\":\"[[[[\"}".to_owned());
    read_all(&|at| {
        format!(
            "{{\"name\":\"m\",\"version\":1,\"aliases\":[\"{}\"]}}",
            9_999_999 - at
        )
    });
}
