//! The registry beside a Python, told what the worker tells it, without any Python.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use console::Sandbox;
use python_core::{Core, MOST_STEPS};
use registry::json::{self, print};
use registry::{Command, Log, Record, RuleSet};
use serde_json::{Value, json};

const NOW: u64 = 1_800_000_000_000;

fn tell(core: &mut Core, said: &Value) -> Value {
    serde_json::from_str(&core.tell(&said.to_string(), NOW)).unwrap()
}

fn take(core: &mut Core, log: &Log, known: &Value) {
    let log: Value = serde_json::from_str(&print(log)).unwrap();
    let taken = tell(
        core,
        &json!({"take": log, "rules": "guided", "model": "fraud-detector", "known": known}),
    );
    assert_eq!(taken, json!({}));
}

fn read(core: &mut Core, text: &str, dry: bool) -> Value {
    tell(
        core,
        &json!({"read": text, "start": 0, "end": text.len(), "dry": dry}),
    )
}

fn called(core: &mut Core, method: &str, arguments: &Value) -> (Value, Value) {
    let event = json!({"event": "call", "method": method, "arguments": arguments.to_string()});
    let heard = tell(core, &event);
    let answer = serde_json::from_str(heard["answer"].as_str().unwrap()).unwrap();
    (answer, heard["say"].clone())
}

fn begun(dry: bool) -> (Core, Log) {
    let mut core = Core::default();
    let log = Sandbox::sample(RuleSet::Guided).log;
    take(&mut core, &log, &Value::Null);
    read(&mut core, "x = 1\n", dry);
    (core, log)
}

#[test]
fn each_step_comes_as_a_record_that_the_page_can_carry_out() {
    let (mut core, mut log) = begun(false);
    let (answer, say) = called(&mut core, "create_registered_model", &json!({"name": "m"}));
    assert_eq!(answer["ok"]["name"], "m");
    assert_eq!(say["lines"][0], json!(["note", "Registered the model m."]));
    let steps = say["steps"].as_array().unwrap();
    assert_eq!(steps.len(), 1);
    let record: Record = json::read(steps[0].as_str().unwrap()).unwrap();
    log.replay(&record).unwrap();
    assert!(
        log.registry()
            .models()
            .any(|model| model.name().as_str() == "m")
    );
    // It is told once.
    let printed = tell(&mut core, &json!({"event": "out", "text": "hello\n"}));
    assert_eq!(
        printed["say"],
        json!({"lines": [["output", "hello"]], "steps": []})
    );
}

#[test]
fn a_refusal_that_nobody_catches_has_its_ways_out() {
    let (mut core, _) = begun(false);
    let arguments = json!({"name": "fraud-detector", "version": "5", "stage": "Production"});
    let (answer, _) = called(&mut core, "transition_model_version_stage", &arguments);
    let error = &answer["error"];
    let raised = json!({"line": 1, "refusal": error["refusal"], "message": error["message"]});
    let ended = tell(
        &mut core,
        &json!({"event": "end", "done": 0, "raised": raised, "exit": null, "names": []}),
    );
    let end = &ended["say"]["end"];
    assert_eq!(end["stopped"], true);
    let ways = end["ways"].as_array().unwrap();
    assert!(!ways.is_empty());
    for way in ways {
        assert!(way[0].as_str().is_some_and(|label| !label.is_empty()));
        for command in way[1].as_array().unwrap() {
            json::read::<Command>(command.as_str().unwrap()).unwrap();
        }
    }
}

fn end(core: &mut Core, raised: &Value) -> Value {
    let event = json!({"event": "end", "done": 1, "raised": raised, "exit": null, "names": ["x"]});
    tell(core, &event)["say"]["end"].clone()
}

#[test]
fn the_page_knows_at_the_end_what_the_script_knew() {
    let run = |core: &mut Core| {
        let (made, _) = called(core, "create_run", &json!({"run_name": "a"}));
        made["ok"]["run_id"].as_str().unwrap().to_owned()
    };
    let (mut core, log) = begun(true);
    assert_eq!(run(&mut core), "run-1");
    let ended = end(&mut core, &Value::Null);
    assert_eq!(ended["names"], json!(["x"]));
    // What was only tried is forgotten, unless the page has kept it.
    take(&mut core, &log, &Value::Null);
    read(&mut core, "x = 1\n", false);
    assert_eq!(run(&mut core), "run-1");
    take(&mut core, &log, &ended["known"]);
    read(&mut core, "x = 1\n", false);
    assert_eq!(run(&mut core), "run-2");
}

#[test]
fn the_lessons_functions_ask_for_the_model_on_the_page() {
    let (mut core, _) = begun(false);
    let (answer, say) = called(
        &mut core,
        "lesson_get_model",
        &json!({"stage": "production"}),
    );
    assert_eq!(answer, json!({"ok": null}));
    assert_eq!(
        say["lines"][0][1],
        "Loads version 3 of fraud-detector: models/fraud/model_v3.pkl"
    );
}

#[test]
fn it_is_told_that_there_was_no_memory_left() {
    let told = |class: &str| {
        let (mut core, _) = begun(false);
        end(
            &mut core,
            &json!({"line": 1, "type": class, "message": "", "traceback": ""}),
        )["no_memory"]
            .clone()
    };
    assert_eq!(told("MemoryError"), true);
    assert_eq!(told("ValueError"), false);
}

#[test]
fn what_is_only_tried_is_not_said_to_be_done() {
    let (mut core, _) = begun(true);
    let (_, say) = called(&mut core, "create_registered_model", &json!({"name": "m"}));
    assert_eq!(say["lines"], json!([]));
    assert_eq!(say["steps"].as_array().unwrap().len(), 1);
}

#[test]
fn a_script_has_so_many_steps_and_no_more() {
    let (mut core, log) = begun(false);
    let arguments = json!({"name": "fraud-detector", "key": "k", "value": "v"});
    for _ in 0..MOST_STEPS {
        let (answer, _) = called(&mut core, "set_registered_model_tag", &arguments);
        assert!(answer.get("ok").is_some(), "{answer}");
    }
    let (answer, _) = called(&mut core, "set_registered_model_tag", &arguments);
    assert!(
        answer["unknown"].as_str().unwrap().contains("2,000"),
        "{answer}"
    );
    take(&mut core, &log, &Value::Null);
    read(&mut core, "x = 1\n", false);
    let (answer, _) = called(&mut core, "set_registered_model_tag", &arguments);
    assert!(answer.get("ok").is_some(), "the next one begins anew");
}

#[test]
fn any_text_is_answered() {
    let mut core = Core::default();
    for said in [
        "",
        "{",
        "null",
        "[]",
        "{\"event\":\"call\"}",
        "{\"take\":7}",
        "{\"read\":\"x\",\"start\":9,\"end\":3}",
    ] {
        let answer = core.tell(said, NOW);
        assert!(
            serde_json::from_str::<Value>(&answer).is_ok(),
            "{said}: {answer}"
        );
    }
}
