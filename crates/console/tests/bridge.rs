//! The registry behind one function, as a real Python asks it (`console::bridge`), without any Python.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use console::bridge::script::{Heard, Script};
use console::bridge::{Bridge, Called, known};
use console::diagnostic::DiagnosticKind;
use console::methods::{METHODS, all};
use console::registry_host::ask;
use console::runs::Runs;
use console::span::Span;
use console::{Output, RegistryHost, Reply, Sandbox, Stop};
use registry::{RefusalKind, RemedyKind, RuleSet};
use serde_json::{Value, json};

/// A Python's side of the bridge.
struct Side {
    bridge: Bridge,
    host: Sandbox,
    runs: Runs,
}

impl Side {
    fn new(host: Sandbox) -> Self {
        Self {
            bridge: Bridge::default(),
            host,
            runs: Runs::default(),
        }
    }

    fn empty() -> Self {
        Self::new(Sandbox {
            rules: RuleSet::Mlflow,
            ..Sandbox::default()
        })
    }

    fn called(&mut self, method: &str, arguments: &Value) -> Called {
        let Self { bridge, host, runs } = self;
        bridge.call(host, runs, method, &arguments.to_string())
    }

    fn call(&mut self, method: &str, arguments: Value) -> Value {
        serde_json::from_str(&self.called(method, &arguments).json).unwrap()
    }

    fn ok(&mut self, method: &str, arguments: Value) -> Value {
        let answer = self.call(method, arguments.clone());
        let ok = answer.get("ok");
        ok.unwrap_or_else(|| panic!("{method} {arguments}: {answer}"))
            .clone()
    }

    fn error(&mut self, method: &str, arguments: Value) -> (String, String) {
        let answer = self.call(method, arguments);
        let text = |key: &str| answer["error"][key].as_str().unwrap().to_owned();
        (text("code"), text("message"))
    }
}

#[test]
fn a_model_is_made_moved_and_told() {
    let mut side = Side::empty();
    let tags = json!([["z", "1"], ["a", "2"]]);
    let model = side.ok(
        "create_registered_model",
        json!({"name": "m", "tags": tags, "description": ""}),
    );
    assert_eq!(model["tags"], json!([["z", "1"], ["a", "2"]]));
    assert_eq!(model["description"], "");
    let made = json!({"name": "m", "source": "s", "run_id": "r", "run_link": "l"});
    let version = side.ok("create_model_version", made);
    assert_eq!(
        (
            &version["version"],
            &version["run_id"],
            &version["run_link"]
        ),
        (&json!(1), &json!("r"), &json!("l"))
    );
    assert_eq!(version["description"], Value::Null);
    let moved = json!({"name": "m", "version": "1", "stage": "production"});
    let called = side.called("transition_model_version_stage", &moved);
    assert!(
        matches!(&called.outputs[..], [Output::Did(entry)] if entry.step == 3),
        "{called:?}"
    );
    let found = side.ok("load_model", json!({"model_uri": "models:/m/Production"}));
    assert_eq!(found["version"], 1);
    side.ok(
        "set_registered_model_alias",
        json!({"name": "m", "alias": "b", "version": "1"}),
    );
    side.ok(
        "set_registered_model_alias",
        json!({"name": "m", "alias": "a", "version": "1"}),
    );
    let model = side.ok("get_registered_model", json!({"name": "m"}));
    assert_eq!(model["aliases"], json!([["a", 1], ["b", 1]]));
    assert_eq!(model["latest_versions"][0]["current_stage"], "Production");
    assert_eq!(model["latest_versions"][0]["aliases"], json!([]));
}

#[test]
fn a_refusal_is_remembered_with_its_ways_out() {
    let mut side = Side::new(Sandbox::sample(RuleSet::Guided));
    let newest = ask(&side.host, |log| {
        let model = log
            .registry()
            .models()
            .find(|it| it.name().as_str() == "fraud-detector");
        model.unwrap().newest().unwrap().to_string()
    });
    let moved = json!({"name": "fraud-detector", "version": newest, "stage": "Production"});
    let before = side.host.clone();
    let answer = side.call("transition_model_version_stage", moved.clone());
    assert_eq!(answer["error"]["team"], true);
    assert_eq!(answer["error"]["id"], "test_before_production");
    let number = usize::try_from(answer["error"]["refusal"].as_u64().unwrap()).unwrap();
    let refusal = side.bridge.refusal(number).unwrap();
    assert!(matches!(refusal.kind, RefusalKind::Team(_)));
    assert_eq!(refusal.remedies[0].kind, RemedyKind::TestFirst);
    assert_eq!(side.host, before);
    for _ in 0..200 {
        side.call("transition_model_version_stage", moved.clone());
    }
    assert_eq!(side.bridge.refusal(number), None);
    assert!(side.bridge.refusal(number + 200).is_some());
    assert_eq!(side.bridge.refusal(number + 201), None);
}

#[test]
fn searches_come_in_pages() {
    let mut side = Side::empty();
    for name in ["a", "b", "c"] {
        side.ok("create_registered_model", json!({"name": name}));
        side.ok("create_model_version", json!({"name": name, "source": "s"}));
    }
    let names = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().unwrap().iter();
        items
            .map(|it| it["name"].as_str().unwrap().to_owned())
            .collect()
    };
    for method in ["search_registered_models", "search_model_versions"] {
        let order = json!(["name ASC"]);
        let page = side.ok(method, json!({"max_results": 2, "order_by": order}));
        assert_eq!(
            (names(&page), &page["more"]),
            (vec!["a".into(), "b".into()], &json!(true))
        );
        let page = side.ok(
            method,
            json!({"max_results": 2, "order_by": order, "offset": 2}),
        );
        assert_eq!(
            (names(&page), &page["more"]),
            (vec!["c".into()], &json!(false))
        );
        let page = side.ok(method, json!({"max_results": 2, "offset": 9}));
        assert_eq!((names(&page), &page["more"]), (vec![], &json!(false)));
    }
    let wrong = side.error(
        "search_model_versions",
        json!({"filter_string": "foo = 'x'"}),
    );
    assert_eq!(wrong.0, "INVALID_PARAMETER_VALUE");
    let answer = side.call(
        "search_model_versions",
        json!({"filter_string": "x".repeat(9_999)}),
    );
    assert_eq!(answer, json!({"unknown": "filter"}));
}

#[test]
fn a_version_of_another_version_has_its_files() {
    let mut side = Side::empty();
    side.ok("create_registered_model", json!({"name": "m"}));
    side.ok(
        "create_model_version",
        json!({"name": "m", "source": "s3://files"}),
    );
    side.ok(
        "create_model_version",
        json!({"name": "m", "source": "models:/m/1"}),
    );
    side.ok(
        "create_model_version",
        json!({"name": "m", "source": "models:/m/2"}),
    );
    let asked = json!({"name": "m", "version": "3"});
    assert_eq!(
        side.ok("get_model_version_download_uri", asked),
        "s3://files"
    );
    let check = |side: &mut Side, source: &str, says: &str| {
        let (code, message) = side.error(
            "create_model_version",
            json!({"name": "m", "source": source}),
        );
        assert_eq!(code, "INTERNAL_ERROR");
        assert!(message.contains(says), "{message}");
    };
    check(
        &mut side,
        "models:/m/9",
        "Error: Model Version (name=m, version=9) not found",
    );
    check(
        &mut side,
        "models:/m",
        "Logged model with ID 'm' not found.",
    );
    check(&mut side, "models:/m/Production", "not 'NoneType'");
    check(&mut side, "models:/m/1/2", "Not a proper models:/ URI");
}

#[test]
fn what_a_version_was_said_to_come_from_is_found_by_that() {
    let mut side = Side::empty();
    side.ok("create_registered_model", json!({"name": "m"}));
    let run = side.ok("create_run", json!({"run_name": "r"}))["run_id"].clone();
    side.ok(
        "log_metrics",
        json!({"run_id": run, "metrics": [["recall", "0.5"]]}),
    );
    side.ok(
        "create_model_version",
        json!({"name": "m", "source": "s", "run_id": run}),
    );
    side.ok(
        "create_model_version",
        json!({"name": "m", "source": "s", "run_id": "abc"}),
    );
    side.ok("create_model_version", json!({"name": "m", "source": "s"}));
    side.ok(
        "rename_registered_model",
        json!({"name": "m", "new_name": "n"}),
    );
    let mut found = |id: &str| {
        let filter = format!("run_id = '{id}'");
        let page = side.ok("search_model_versions", json!({"filter_string": filter}));
        let items = page["items"].as_array().unwrap().iter();
        items
            .map(|it| it["version"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(found(run.as_str().unwrap()), [1]);
    assert_eq!(found("abc"), [2]);
    assert_eq!(found("run-of-n-v3"), [] as [u64; 0]);
    let called = side.called(
        "log_metrics",
        &json!({"run_id": run, "metrics": [["recall", "0.75"]]}),
    );
    assert_eq!(called.outputs.len(), 1, "the version takes it too");
    let kept = side.ok("get_run", json!({"run_id": run}));
    assert_eq!(kept["metrics"], json!({"recall": "0.75"}));
    let (code, message) = side.error("get_run", json!({"run_id": "nope"}));
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("RESOURCE_DOES_NOT_EXIST", "Run with id=nope not found")
    );
}

#[test]
fn requests_get_the_servers_answers() {
    let mut side = Side::empty();
    let base = "http://any.host:5000/api/2.0/mlflow/registered-models";
    let mut check =
        |verb: &str, path: &str, body: &str, kind: Option<&str>, status: u16, says: &str| {
            let url = format!("{base}{path}");
            let asked = json!({"verb": verb, "url": url, "body": body, "content_type": kind});
            let answer = side.ok("http", asked);
            assert_eq!(answer["status"], status, "{verb} {path}: {answer}");
            let body = answer["body"].as_str().unwrap();
            assert!(body.contains(says), "{verb} {path}: {body}");
        };
    let json = Some("application/json");
    check("POST", "/create", r#"{"name": "it's"}"#, json, 200, "it's");
    check("GET", "/get?name=it%27s", "", None, 200, "it's");
    check(
        "GET",
        "/get?name=nope",
        "",
        None,
        404,
        "RESOURCE_DOES_NOT_EXIST",
    );
    check(
        "POST",
        "/create",
        r#"{"name": "x"}"#,
        None,
        400,
        "Content-Type header is missing",
    );
    check(
        "POST",
        "/create",
        "name=x",
        Some("text/plain"),
        400,
        "must be one of",
    );
    check("POST", "/nowhere", "{}", json, 404, "");
    check("PUT", "/create", "{}", json, 405, "");
    for url in ["", "not an address", "http://h/x'; rm -rf /", "-o file"] {
        let answer = side.call("http", json!({"verb": "GET", "url": url}));
        assert!(answer.get("error").is_none(), "{answer}");
    }
}

#[test]
fn every_method_of_the_registry_is_answered() {
    let names = METHODS.iter().map(|method| method.name);
    let unknown = names.filter(|name| !Side::empty().call(name, json!({}))["unknown"].is_null());
    // Who asks answers these from what it has.
    let own = [
        "get_model_version_stages",
        "log_metric",
        "log_param",
        "set_terminated",
    ];
    assert_eq!(unknown.collect::<Vec<_>>(), own);
}

#[test]
fn whatever_comes_is_answered() {
    let junk = [
        "",
        "null",
        "[]",
        "{",
        "7",
        "\"x\"",
        "{\"name\": 5, \"version\": {}, \"tags\": 3}",
        "{\"name\": \"m\", \"version\": \"9999999999999999999999\", \"stage\": \"\\u0000\"}",
        "{\"max_results\": -1, \"offset\": 18446744073709551615, \"order_by\": [1, null]}",
        "{\"tags\": [[], [1], [\"a\"], [\"a\", 1], \"b\"], \"metrics\": [[\"a\", \"x\"]]}",
        "{\"verb\": \"GET\\n\", \"url\": \"http://h/api/2.0/mlflow/\\u0007\", \"body\": \"{\"}",
    ];
    let own = [
        "now",
        "load_model",
        "create_run",
        "get_run",
        "log_metrics",
        "http",
        "",
        "\u{7f}",
        "undo",
    ];
    for method in all().map(|it| it.name).chain(own) {
        for arguments in junk {
            let mut side = Side::new(Sandbox::sample(RuleSet::Guided));
            let Side { bridge, host, runs } = &mut side;
            let called = bridge.call(host, runs, method, arguments);
            let answer: Value = serde_json::from_str(&called.json).unwrap();
            assert_eq!(
                answer.as_object().unwrap().len(),
                1,
                "{method} {arguments}: {answer}"
            );
        }
    }
}

/// One goes on where another one has ended: in a worker, or on the page again.
#[test]
fn what_is_known_beside_the_registry_is_handed_on() {
    let mut side = Side::empty();
    side.ok(
        "create_registered_model",
        json!({"name": "m", "description": ""}),
    );
    side.ok(
        "set_registered_model_tag",
        json!({"name": "m", "key": "z", "value": "1"}),
    );
    side.ok(
        "set_registered_model_tag",
        json!({"name": "m", "key": "a", "value": "2"}),
    );
    let run = side.ok("create_run", json!({"run_name": "first"}))["run_id"].clone();
    side.ok(
        "log_metrics",
        json!({"run_id": run, "metrics": [["auc", "0.9"]]}),
    );
    let version =
        json!({"name": "m", "source": "s", "run_id": run, "run_link": "l", "description": ""});
    side.ok("create_model_version", version);
    side.ok(
        "create_model_version",
        json!({"name": "m", "source": "models:/m/1", "tags": [["b", "1"]]}),
    );
    side.ok("create_model_version", json!({"name": "m", "source": "s"}));
    side.ok(
        "rename_registered_model",
        json!({"name": "m", "new_name": "n"}),
    );
    let known = known::print(&side.bridge, &side.runs);
    let mut other = Side::new(side.host.clone());
    known::read(&known, &mut other.bridge, &mut other.runs);
    assert_eq!(known::print(&other.bridge, &other.runs), known);
    assert_eq!(other.runs, side.runs);
    for version in 1..=3 {
        let asked = json!({"name": "n", "version": version.to_string()});
        let [one, two] =
            [&mut side, &mut other].map(|it| it.ok("get_model_version", asked.clone()));
        assert_eq!(one, two);
    }
    let [one, two] =
        [&mut side, &mut other].map(|it| it.ok("get_registered_model", json!({"name": "n"})));
    assert_eq!(one["tags"], json!([["z", "1"], ["a", "2"]]));
    assert_eq!(one, two);
    assert_eq!(
        other.ok("get_run", json!({"run_id": run}))["metrics"]["auc"],
        "0.9"
    );
    assert_eq!(
        other.ok("create_run", json!({"run_name": ""}))["run_id"],
        "run-2"
    );
    // What cannot be read is not known, and nothing else comes of it.
    let broken = json!({"runs": [1], "told": [["m", 0, null], ["m"]], "kept": [{}, {"name": "m", "version": -1}]});
    known::read(&broken, &mut other.bridge, &mut other.runs);
    let empty =
        json!({"runs": [{"name": "", "metrics": [], "versions": []}], "told": [], "kept": []});
    assert_eq!(known::print(&other.bridge, &other.runs), empty);
    known::read(&Value::Null, &mut other.bridge, &mut other.runs);
    assert_eq!(other.runs, Runs::default());
}

const TEXT: &str = "# é first\nx = 1; y = 2\nfor it in x:\n    it()\n";

fn heard(events: &[&str]) -> (Vec<Heard>, Reply, Side) {
    let mut side = Side::empty();
    let mut reply = Reply::default();
    let mut script = Script::new(
        TEXT,
        Span {
            start: 11,
            end: TEXT.len(),
        },
    );
    assert_eq!(script.source(TEXT), format!("\n{}", &TEXT[11..]));
    let Side { bridge, host, runs } = &mut side;
    let found = events
        .iter()
        .map(|event| {
            script.hear(
                bridge,
                host as &mut dyn RegistryHost,
                runs,
                TEXT,
                &mut reply,
                event,
            )
        })
        .collect();
    (found, reply, side)
}

#[test]
fn events_become_a_reply() {
    let (heard, reply, side) = heard(&[
        r#"{"event": "begin", "statements": 2}"#,
        r#"{"event": "statement", "line": 2, "end": 2, "column": 7, "end_column": 12}"#,
        r#"{"event": "out", "text": "a\n"}"#,
        r#"{"event": "call", "method": "create_registered_model", "arguments": "{\"name\": \"m\"}"}"#,
        r#"{"event": "statement", "line": 3, "end": 4, "column": null, "end_column": null}"#,
        r#"{"event": "value", "text": "5"}"#,
        r#"{"event": "note", "id": "sleep", "text": "slept"}"#,
        "nonsense",
        r#"{"event": "end", "done": 2, "raised": null, "exit": 3, "names": ["x"]}"#,
    ]);
    let Heard::Done(first) = &heard[4] else {
        panic!("{heard:?}")
    };
    assert_eq!(first.at.of(TEXT), "y = 2");
    assert!(matches!(&heard[3], Heard::Answer(json) if json.starts_with("{\"ok\"")));
    assert_eq!(heard[7], Heard::Nothing);
    let Heard::Ended {
        last: Some(last),
        names,
    } = &heard[8]
    else {
        panic!("{heard:?}")
    };
    assert_eq!(
        (last.at.of(TEXT), last.outputs),
        ("for it in x:\n    it()", 2)
    );
    assert_eq!(names, &["x"]);
    assert_eq!((reply.statements, reply.done), (2, 1));
    let stop = reply.stop.as_ref().unwrap();
    assert_eq!((stop.code(), stop.at()), ("SystemExit", last.at));
    assert!(matches!(
        &reply.outputs[..],
        [
            Output::Printed(_),
            Output::Did(_),
            Output::Value(_),
            Output::Told(_)
        ]
    ));
    assert_eq!(side.host.log.done().len(), 1);
}

#[test]
fn an_exception_has_its_place_and_a_refusal_its_ways_out() {
    let end = |raised: Value| json!({"event": "end", "raised": raised, "exit": null}).to_string();
    let raised = json!({"type": "KeyError", "message": "3", "line": 4, "traceback": "…"});
    let (_, reply, _) = heard(&[
        r#"{"event": "statement", "line": 3, "end": 4}"#,
        &end(raised),
    ]);
    let Some(Stop::Diagnostic(diagnostic)) = &reply.stop else {
        panic!("{reply:?}")
    };
    assert_eq!(diagnostic.at.of(TEXT), "it()");
    assert!(
        matches!(&diagnostic.kind, DiagnosticKind::Exception(raised) if raised.class == "KeyError")
    );
    assert_eq!(reply.stop.as_ref().unwrap().code(), "KeyError");
    assert_eq!(reply.done, 0);
    let call =
        r#"{"event": "call", "method": "get_registered_model", "arguments": "{\"name\": \"m\"}"}"#;
    let raised = json!({"type": "MlflowException", "code": "RESOURCE_DOES_NOT_EXIST", "refusal": 0, "line": 99});
    let (_, reply, _) = heard(&[call, &end(raised)]);
    assert_eq!(
        reply.stop.as_ref().unwrap().code(),
        "RESOURCE_DOES_NOT_EXIST"
    );
    assert!(matches!(reply.stop, Some(Stop::Refused { .. })));
    let raised =
        json!({"type": "MlflowException", "code": "INTERNAL_ERROR", "message": "m", "refusal": 7});
    let (_, reply, _) = heard(&[&end(raised)]);
    assert!(matches!(
        reply.stop,
        Some(Stop::Diagnostic(diagnostic)) if matches!(diagnostic.kind, DiagnosticKind::Mlflow(_))
    ));
}
