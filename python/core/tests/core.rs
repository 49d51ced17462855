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

fn take(core: &mut Core, log: &Log, keeps: bool) {
    let log: Value = serde_json::from_str(&print(log)).unwrap();
    let taken = tell(
        core,
        &json!({"take": log, "rules": "guided", "keeps": keeps}),
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
    take(&mut core, &log, false);
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

#[test]
fn a_run_of_a_dry_run_is_forgotten_unless_it_is_kept() {
    let made = |keeps: bool| {
        let (mut core, log) = begun(true);
        let (first, _) = called(&mut core, "create_run", &json!({"run_name": "a"}));
        assert_eq!(first["ok"]["run_id"], "run-1");
        take(&mut core, &log, keeps);
        read(&mut core, "x = 1\n", false);
        let (again, _) = called(&mut core, "create_run", &json!({"run_name": "a"}));
        again["ok"]["run_id"].as_str().unwrap().to_owned()
    };
    assert_eq!(made(false), "run-1");
    assert_eq!(made(true), "run-2");
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
    take(&mut core, &log, false);
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
