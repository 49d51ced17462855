//! Packs with one thing that is wrong, and what their author is told.

use lesson::pack;
use serde_json::{Value, json};
use text::Language;
use text::problem::problem;

use super::{own, problems};

/// A small good pack; each case below breaks one thing in it.
fn small() -> Value {
    let transition = |version: u32, stage: &str| json!({"do": "transition_model_version_stage", "name": "m", "version": version, "stage": stage});
    let option = |text: &str, stage: &str, right: bool| {
        let mut option = json!({"text": text, "why": format!("Because of {text}."), "run": [transition(1, stage)]});
        if right {
            option["right"] = json!(true);
        } else {
            option["fails"] = json!([{"is": "stage", "model": "m", "version": 1, "stage": stage}]);
            option["misconception"] = json!("belief");
        }
        option
    };
    let question = |id: &str, kind: Value, proof: Value| {
        let mut question = json!({
            "id": id, "asks": "predict", "objective": "goal", "step": "first", "ask": "What now?",
            "solution": ["So."], "answer": "So.", "check": "So.", "mistakes": ["Not so."], "proof": proof,
        });
        for (key, value) in kind.as_object().unwrap() {
            question[key] = value.clone();
        }
        question
    };
    let reach = json!([{"is": "stage", "model": "m", "version": 1, "stage": "Staging"}]);
    let runs = json!({"by": "runs", "scene": "one", "reach": reach});
    json!({
        "format": "model-stages-pack", "version": 1, "id": "small", "title": "Small", "language": "en",
        "sources": [{"id": "there", "title": "There", "url": "https://example.org/"}],
        "objectives": [{"id": "goal", "title": "Know it", "step": "first"}],
        "misconceptions": [{"id": "belief", "title": "It is so", "instead": "It is not."}],
        "scenes": [{"id": "one", "title": "One", "rules": "guided", "model": "m", "commands": [
            {"do": "create_registered_model", "name": "m"}, {"do": "create_model_version", "name": "m"}]}],
        "steps": [
            {"id": "first", "title": "First", "text": "See [there](source:there) and [here](#/registry).",
             "choose": {"ask": "Which?", "options": [
                {"id": "a", "text": "a", "then": "A."}, {"id": "b", "text": "b", "then": "B."}]}},
            {"id": "last", "title": "Last", "text": "That is all.", "takeaways": ["All."]}],
        "questions": [
            question("q1", json!({"kind": "one", "options": [option("a", "Staging", true), option("b", "Archived", false)]}), runs.clone()),
            question("q2", json!({"kind": "predict", "model": "m", "versions": [1], "why": "It moved.", "wrong": [
                {"stages": {"1": "None"}, "why": "It has moved.", "misconception": "belief"}]}),
                json!({"by": "run", "scene": "one", "run": [transition(1, "Staging")]})),
            question("q3", json!({"kind": "command", "start": "", "example": "client.transition_model_version_stage(name='m', version=1, stage='Staging')",
                "wrong": [{"text": "client.transition(1)", "fails": [{"is": "refused", "by": "no_such_method"}], "why": "There is no such method."}]}), runs),
        ],
    })
}

/// Sets a value at a JSON pointer; null removes it.
fn with(at: &str, value: Value) -> Value {
    let mut pack = small();
    let (parent, key) = at.rsplit_once('/').unwrap();
    let parent = pack.pointer_mut(parent).unwrap();
    match (parent, value) {
        (Value::Object(map), Value::Null) => {
            map.remove(key);
        }
        (Value::Object(map), value) => {
            map.insert(key.to_owned(), value);
        }
        (Value::Array(list), value) => list[key.parse::<usize>().unwrap()] = value,
        _ => panic!("no place {at}"),
    }
    pack
}

fn check(at: &str, value: Value, expected: &str) {
    let found = problems(&with(at, value));
    assert!(
        found.iter().any(|problem| problem.contains(expected)),
        "{at}: expected “{expected}”, found {found:#?}"
    );
}

#[test]
fn a_good_pack_has_no_problems() {
    assert_eq!(problems(&small()), Vec::<String>::new());
}

#[test]
fn the_form_is_checked() {
    check("/format", json!("other"), "format: here belongs");
    check("/version", json!(2), "version: here belongs 1");
    check("/title", Value::Null, "title: this is missing");
    check("/title", json!(" "), "title: this is empty");
    check("/titel", json!("x"), "titel: no field has this name");
    check("/id", json!("Not An Id"), "id: here belongs an id");
    check(
        "/steps/0/title",
        json!(5),
        "steps[0].title: here belongs a text",
    );
    check("/questions", json!({}), "questions: here belongs a list");
    check(
        "/questions/0",
        json!(1),
        "questions[0]: here belongs an object",
    );
    check(
        "/questions/0/kind",
        json!("essay"),
        "questions[0].kind: here belongs one, many",
    );
    check(
        "/questions/0/proof/by",
        json!("hope"),
        "questions[0].proof.by: here belongs",
    );
    check(
        "/scenes/0/rules",
        json!("none"),
        "scenes[0].rules: here belongs",
    );
    check(
        "/scenes/0/commands/1",
        json!("dance"),
        "scenes[0].commands[1]: here belongs a command",
    );
    check(
        "/questions/0/proof/reach/0/is",
        json!("nice"),
        "questions[0].proof.reach[0].is",
    );
    check(
        "/sources/0/url",
        json!("http://example.org"),
        "sources[0].url: here belongs",
    );
    assert!(
        problems(&json!([]))
            .iter()
            .any(|problem| problem.contains("an object"))
    );
    let broken = pack::read("{").unwrap_err();
    assert!(
        problem(Language::English, &broken[0]).contains("not JSON: see line 1"),
        "{broken:?}"
    );
    assert!(
        problem(
            Language::English,
            &pack::read(&" ".repeat(2_000_001)).unwrap_err()[0]
        )
        .contains("at most")
    );
}

/// The problems of the small pack with a change, all of them.
fn only(at: &str, value: Value, expected: &[&str]) {
    let found = problems(&with(at, value));
    let is_expected =
        found.len() == expected.len() && found.iter().zip(expected).all(|(f, e)| f.starts_with(e));
    assert!(is_expected, "{at}: {found:#?}");
}

#[test]
fn a_wrong_command_names_the_field_and_the_value() {
    let commands = "/scenes/0/commands/1";
    let transition = |stage: Value| json!({"do": "transition_model_version_stage", "name": "m", "version": 1, "stage": stage});
    for (command, expected) in [
        (
            json!({"do": "dance", "name": "m"}),
            "do: here belongs a method of MLflow's client that changes a registry, such as set_registered_model_alias, not `dance`",
        ),
        (json!({"name": "m"}), "do: this is missing"),
        (
            transition(json!("Prod")),
            "stage: here belongs None, Staging, Production or Archived, not `Prod`",
        ),
        (
            transition(json!(3)),
            "stage: here belongs None, Staging, Production or Archived, not `3`",
        ),
        (
            json!({"do": "delete_model_version", "name": "m", "version": "1.5"}),
            "version: here belongs the number of a version, not `1.5`",
        ),
        (
            json!({"do": "delete_model_version", "name": "m"}),
            "version: this is missing",
        ),
        (
            json!({"do": "create_model_version", "name": "m", "tags": {}, "colour": "red"}),
            "colour: no field has this name here",
        ),
    ] {
        let expected = format!("scenes[0].commands[1].{expected}");
        only(commands, command, &[&expected]);
    }
    let two = json!({"do": "create_model_version", "name": "m", "tags": {}, "a": 1, "b": 2});
    let unknown = ["a", "b"].map(|field| format!("scenes[0].commands[1].{field}: no field"));
    only(commands, two, &[&unknown[0], &unknown[1]]);
    only(
        "/questions/0/options/0/run/0",
        transition(json!("production")),
        &[
            "questions[0].options[0].run[0].stage: here belongs None, Staging, Production or Archived, not `production`",
        ],
    );
}

/// What could not be read is told once, and not again as fields that do not belong there.
#[test]
fn one_fault_is_one_problem() {
    let conditions = "/questions/0/proof/reach/0";
    only(
        &format!("{conditions}/is"),
        json!("nice"),
        &["questions[0].proof.reach[0].is: here belongs the name of a condition, not `nice`"],
    );
    only(
        &format!("{conditions}/is"),
        Value::Null,
        &["questions[0].proof.reach[0].is: this is missing"],
    );
    only(
        &format!("{conditions}/version"),
        json!(0),
        &["questions[0].proof.reach[0].version: here belongs the number of a version, not `0`"],
    );
    only(
        "/questions/0/kind",
        json!("essay"),
        &[
            "questions[0].kind: here belongs one, many, order, command, predict or fault, not `essay`",
        ],
    );
    only(
        "/questions/0/kind",
        Value::Null,
        &["questions[0].kind: this is missing"],
    );
    only(
        "/questions/0/proof/by",
        json!("hope"),
        &["questions[0].proof.by: here belongs meaning, runs, claims, run or fault, not `hope`"],
    );
    only(
        "/questions/0",
        json!(1),
        &["questions[0]: here belongs an object, not `1`"],
    );
    only(
        "/sources/0/url",
        Value::Null,
        &["sources[0].url: this is missing"],
    );
    only("/format", Value::Null, &["format: this is missing"]);
}

#[test]
fn an_exercise_is_checked_likewise() {
    // An exercise alone: its objective is one of the app's own.
    let pack = || {
        let mut pack: Value = serde_json::from_str(own::PACK).unwrap();
        let of_the_lesson = [
            "objectives",
            "misconceptions",
            "scenes",
            "steps",
            "claims",
            "questions",
        ];
        let fields = pack.as_object_mut().unwrap();
        fields.retain(|key, _| !of_the_lesson.contains(&key.as_str()));
        fields["exercises"].as_array_mut().unwrap().truncate(1);
        pack
    };
    let changed = |at: &str, value: Value| {
        let mut pack = pack();
        *pack
            .pointer_mut(at)
            .unwrap_or_else(|| panic!("nothing at {at}")) = value;
        problems(&pack)
    };
    assert_eq!(problems(&pack()), Vec::<String>::new());
    assert_eq!(
        changed("/exercises/0/objective", json!("no-such")),
        ["exercises[0].objective: there is no objective `no-such`"]
    );
    assert_eq!(
        changed("/exercises/0/goal/0/is", json!("nice")),
        ["exercises[0].goal[0].is: here belongs the name of a condition, not `nice`"]
    );
    assert_eq!(
        changed("/exercises/0/allow/0/do", json!("dance")),
        ["exercises[0].allow[0].do: here belongs a method that exercises may use, not `dance`"]
    );
    assert_eq!(
        changed("/exercises/0/start/0/do", json!("dance")),
        [
            "exercises[0].start[0].do: here belongs a method of MLflow's client that changes a registry, such as set_registered_model_alias, not `dance`"
        ]
    );
}

/// Some editors put one before what they save.
#[test]
fn a_byte_order_mark_is_passed_over() {
    assert_eq!(pack::read(&format!("\u{feff}{}", own::PACK)), Ok(own()));
}

#[test]
fn references_are_checked() {
    check(
        "/questions/1/id",
        json!("q1"),
        "questions[1].id: this is there a second time",
    );
    check(
        "/questions/0/objective",
        json!("other"),
        "there is no objective `other`",
    );
    check(
        "/questions/0/step",
        json!("other"),
        "there is no step `other`",
    );
    check(
        "/questions/0/sources",
        json!(["other"]),
        "there is no source `other`",
    );
    check(
        "/questions/0/proof/scene",
        json!("other"),
        "there is no scene `other`",
    );
    check(
        "/questions/0/options/1/misconception",
        json!("other"),
        "there is no misconception `other`",
    );
    check("/steps/0/text", json!("[x](#/nowhere)"), "leads nowhere");
    check(
        "/steps/0/text",
        json!("[x](http://example.org)"),
        "leads nowhere",
    );
    check("/steps/0/text", json!("[x](source:other)"), "leads nowhere");
    check(
        "/steps/0/text",
        json!("[x](#/learn/other)"),
        "leads nowhere",
    );
    check(
        "/steps/0/text",
        json!("[x](#/practice/other)"),
        "leads nowhere",
    );
    check(
        "/misconceptions/0/id",
        json!("unused"),
        "nothing in the pack names this",
    );
    check(
        "/scenes/0/model",
        json!("other"),
        "there is no model `other`",
    );
}

#[test]
fn scenes_and_steps_are_checked() {
    let refused = json!({"do": "transition_model_version_stage", "name": "m", "version": 1, "stage": "Production"});
    check(
        "/scenes/0/commands/1",
        refused,
        "scenes[0].commands[1]: a scene's commands must be accepted",
    );
    check(
        "/steps/0/choose/options/1/id",
        json!("a"),
        "steps[0].choose.options[1].id: this is there a second time",
    );
    check(
        "/steps/0/choose/options/1/id",
        Value::Null,
        "steps[0].choose.options[1].id",
    );
    check(
        "/steps/0/choose",
        Value::Null,
        "steps[0]: a step needs something to do",
    );
    let play =
        |reach: Value| json!({"scene": "one", "show": ["board"], "goal": "Do it.", "reach": reach});
    check(
        "/steps/0/play",
        play(json!([{"is": "stage", "model": "m", "version": 1, "stage": "None"}])),
        "holds already at the start",
    );
    check(
        "/steps/0/play",
        play(json!([])),
        "steps[0].play.reach: this is missing",
    );
    let lines = json!({"scene": "one", "show": ["code"], "goal": "Do it.", "lines": [{"code": "if x:", "note": "No."}]});
    check("/steps/0/play", lines, "here belongs a console text");
    // What has nothing to do is a picture; what has something says what.
    for more in [
        json!({"done": "It is done."}),
        json!({"lines": [{"code": "help", "note": "n"}]}),
        json!({"reach": [{"is": "stage", "model": "m", "version": 1, "stage": "Staging"}]}),
    ] {
        let mut picture = json!({"scene": "one", "show": ["board"]});
        picture
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        check(
            "/steps/0/play",
            picture,
            "steps[0].play.goal: this is missing",
        );
    }
}

#[test]
fn questions_are_checked() {
    check(
        "/questions/0/options/0/why",
        Value::Null,
        "questions[0].options[0].why: this is missing",
    );
    check(
        "/questions/0/options/0/why",
        json!("Because of b."),
        "options[1].why: this is there a second time",
    );
    check(
        "/questions/0/options/1/text",
        json!("a"),
        "options[1].text: this is there a second time",
    );
    check(
        "/questions/0/options/0/right",
        json!(false),
        "exactly one must be marked right, and 0 are",
    );
    check(
        "/questions/0/kind",
        json!("many"),
        "two or more, but not all, must be marked right",
    );
    check(
        "/questions/0/options/0/text",
        json!("a long, long and very detailed right answer"),
        "gives it away",
    );
    check(
        "/questions/0/mistakes",
        json!([]),
        "mistakes: this is missing",
    );
    check(
        "/questions/2/objective",
        json!("goal2"),
        "at least three questions, and has 2",
    );
    check("/questions/0/answer", json!("two\nlines"), "one line");
    let mut mlflow = small();
    mlflow["questions"][1]["proof"]["rules"] = json!("mlflow");
    assert!(
        problems(&mlflow)
            .iter()
            .any(|problem| problem.contains("must name its source"))
    );
    let mut same = small();
    let one = same["questions"][0].clone();
    for number in 0..6 {
        let mut copy = one.clone();
        copy["id"] = json!(format!("copy-{number}"));
        same["questions"].as_array_mut().unwrap().push(copy);
    }
    assert!(
        problems(&same)
            .iter()
            .any(|problem| problem.contains("of 100 right answers stand in the same place"))
    );
}

#[test]
fn proofs_are_run() {
    let elsewhere = json!([{"do": "transition_model_version_stage", "name": "m", "version": 1, "stage": "Archived"}]);
    let there = json!([{"do": "transition_model_version_stage", "name": "m", "version": 1, "stage": "Staging"}]);
    check(
        "/questions/0/options/0/run",
        elsewhere,
        "does not reach what is asked",
    );
    check(
        "/questions/0/options/1/run",
        there,
        "not marked right, but its run reaches",
    );
    check(
        "/questions/0/options/1/fails",
        json!([{"is": "refused", "by": "already_there"}]),
        "fails in another way than said",
    );
    check(
        "/questions/0/options/1/fails",
        json!([]),
        "the proof needs this",
    );
    check(
        "/questions/0/proof/reach",
        json!([]),
        "the proof needs this",
    );
    check(
        "/questions/0/proof/reach",
        json!([{"is": "exists", "model": "m"}]),
        "holds already at the start",
    );
    check(
        "/questions/1/wrong/0/stages",
        json!({"1": "Staging"}),
        "this board is what the run leads to",
    );
    check(
        "/questions/2/example",
        json!("client.x()"),
        "does not reach what is asked: it ended in `no_such_method`",
    );
    check(
        "/questions/2/proof",
        json!({"by": "run", "scene": "one", "run": ["x"]}),
        "cannot be proved in this way",
    );
    let claims = json!({"by": "claims", "scene": "one", "run": []});
    let mut claimed = with("/questions/0/proof", claims);
    claimed["questions"][0]["options"][0]["claims"] = json!([{"is": "gone", "model": "m"}]);
    claimed["questions"][0]["options"][1]["claims"] = json!([{"is": "exists", "model": "m"}]);
    let found = problems(&claimed).join("\n");
    assert!(
        found.contains("marked right, but what it claims is not so"),
        "{found}"
    );
    assert!(
        found.contains("not marked right, but what it claims is so"),
        "{found}"
    );
}
