//! What makes an exercise a bad one is found, each with its place.

use lesson::pack::{self, check};
use serde_json::{Value, json};
use share::route::Route;
use text::Language;
use text::problem::problem;

use super::small_pack::{in_stage, small, transition, with};

fn problems(pack: &Value) -> Vec<String> {
    let problems = match pack::read(&pack.to_string()) {
        Ok(pack) => check::check(&pack, &Route::is_page),
        Err(problems) => problems,
    };
    problems
        .iter()
        .map(|found| problem(Language::English, found))
        .collect()
}

fn check(fields: Value, expected: &str) {
    let found = problems(&with(&fields));
    let is_there = |problem: &String| problem == &format!("exercises[0]{expected}");
    assert!(
        found.iter().any(is_there),
        "{fields}: expected “{expected}”, found {found:#?}"
    );
}

#[test]
fn a_good_exercise_has_no_problems() {
    assert_eq!(problems(&small()), Vec::<String>::new());
}

#[test]
fn the_form_is_checked() {
    check(
        json!({"form": "riddle"}),
        ".form: here belongs worked, completion, free, history or script, not `riddle`",
    );
    check(
        json!({"track": "other"}),
        ".track: here belongs stages, mlflow, aliases or teamwork, not `other`",
    );
    check(json!({"rules": null}), ".rules: this is missing");
    check(
        json!({"par": "two"}),
        ".par: here belongs a number of steps, not `two`",
    );
    check(json!({"hints": null}), ".hints: this is missing");
    check(
        json!({"hints": {"nudge": "Look."}}),
        ".hints.idea: this is missing",
    );
    check(json!({"way": []}), ".way: no field has this name here");
    check(
        json!({"goal": [{"is": "wish"}]}),
        ".goal[0].is: here belongs the name of a condition, not `wish`",
    );
    check(
        json!({"goal": [{"is": "always"}]}),
        ".goal[0].that: this is missing",
    );
    check(
        json!({"goal": [{"is": "before", "first": in_stage(1, "None")}]}),
        ".goal[0].then: this is missing",
    );
    check(
        json!({"goal": [{"is": "steps"}]}),
        ".goal[0].at_most: this is missing",
    );
    let mut secret = in_stage(1, "Production");
    secret["secret"] = json!(true);
    check(json!({"goal": [secret]}), ".goal[0].label: this is missing");
    check(
        json!({"allow": [{"do": "dance"}]}),
        ".allow[0].do: here belongs a method that exercises may use, not `dance`",
    );
    check(
        json!({"allow": [{"do": "set_registered_model_alias", "aliases": []}]}),
        ".allow[0].aliases: here belongs a list of aliases",
    );
    check(
        json!({"allow": [{"do": "set_model_version_tag", "key": "k", "values": []}]}),
        ".allow[0].values: here belongs a list of values of a tag",
    );
    check(
        json!({"allow": [{"do": "create_model_version", "source": "s", "at_most": 9}]}),
        ".allow[0].at_most: here belongs a number from 1 to 3, not `9`",
    );
    check(
        json!({"start": [{"do": "dance"}]}),
        ".start[0].do: here belongs a method of MLflow's client that changes a registry, such as set_registered_model_alias, not `dance`",
    );
}

#[test]
fn what_it_says_is_checked() {
    check(
        json!({"story": "Version 1 is new."}),
        ".story: a story has two sentences, and this has 1",
    );
    check(
        json!({"story": "One. Two? Three!"}),
        ".story: a story has two sentences, and this has 3",
    );
    check(
        json!({"title": "Two\nlines"}),
        ".title: here belongs one line",
    );
    check(
        json!({"debrief": "See [nowhere](#/nowhere)."}),
        ".debrief: the link to `#/nowhere` leads nowhere: links begin with https://, #/ or source:",
    );
    check(
        json!({"rules": "mlflow", "par": 1}),
        ".sources: what is under MLflow's rules must name its source",
    );
    check(
        json!({"sources": ["nowhere"]}),
        ".sources[0]: there is no source `nowhere`",
    );
    let mut twice = small();
    let one = twice["exercises"][0].clone();
    twice["exercises"].as_array_mut().unwrap().push(one);
    assert_eq!(
        problems(&twice),
        ["exercises[1].id: this is there a second time"]
    );
    let mut other = small();
    other["objectives"] = json!([{"id": "goal", "title": "Know it", "step": "first"}]);
    let found = problems(&other);
    assert!(
        found.contains(&"exercises[0].objective: there is no objective `transitions`".to_owned())
    );
}

#[test]
fn it_is_solved() {
    check(
        json!({"par": 3}),
        ".par: the fewest steps to the goal are 2",
    );
    check(
        json!({"goal": [in_stage(1, "None")]}),
        ".goal: what is to be reached holds already at the start",
    );
    check(
        json!({"goal": [in_stage(3, "Production")]}),
        ".goal: no way leads to the goal with what may be used",
    );
    let useless = json!({"is": "count", "model": "m", "stage": "Production", "count": 1});
    check(
        json!({"goal": [in_stage(1, "Production"), useless]}),
        ".goal[1]: whatever meets the other conditions meets this one too: it forbids nothing",
    );
    check(
        json!({"goal": [in_stage(1, "Production"), in_stage(1, "Production")]}),
        ".goal[1]: this is there a second time",
    );
    check(
        json!({"goal": [{"is": "loads", "version": 1}]}),
        ".goal[0]: a goal speaks of the registry, not of how a run went",
    );
    check(json!({"goal": []}), ".goal: this is missing");
    check(json!({"allow": []}), ".allow: this is missing");
    check(
        json!({"model": "other"}),
        ".model: there is no model `other`",
    );
    check(
        json!({"start": [{"do": "create_registered_model", "name": "m"}, {"do": "create_registered_model", "name": "m"}]}),
        ".start[1]: a scene's commands must be accepted; this one is refused: `model_exists`",
    );
    let many: Vec<Value> = (0..60)
        .map(|_| json!({"do": "create_model_version", "name": "m"}))
        .collect();
    let mut start = vec![json!({"do": "create_registered_model", "name": "m"})];
    start.extend(many);
    check(
        json!({"start": start}),
        ".start: there are more versions, aliases or tags here than the solver takes in",
    );
}

#[test]
fn each_form_is_proved() {
    let noted = |version: u32, stage: &str| {
        let mut step = transition(version, stage);
        step["note"] = json!("It moves.");
        step
    };
    let way = |steps: Value| json!({"form": "worked", "way": steps});
    check(
        way(json!([noted(1, "Staging")])),
        ".way: this is marked right, but its run does not reach what is asked: it went to its end",
    );
    check(
        way(json!([
            noted(2, "Staging"),
            noted(2, "None"),
            noted(1, "Staging"),
            noted(1, "Production")
        ])),
        ".way[0]: this step is not on a best way to the goal",
    );
    check(
        way(json!([transition(1, "Staging"), noted(1, "Production")])),
        ".way[0].note: this is missing",
    );
    check(
        way(json!([noted(1, "Production")])),
        ".way[0]: a scene's commands must be accepted; this one is refused: `test_before_production`",
    );
    let done = |steps: Value| json!({"form": "completion", "par": 1, "done": steps});
    assert_eq!(
        problems(&with(&done(json!([noted(1, "Staging")])))),
        Vec::<String>::new()
    );
    check(done(json!([])), ".done: this is missing");
    check(
        json!({"form": "completion", "done": [noted(2, "Staging"), noted(2, "None")]}),
        ".done[0]: this step is not on a best way to the goal",
    );
    let call = |version: u32, stage: &str| {
        format!(
            "client.transition_model_version_stage(name='m', version={version}, stage='{stage}')\n"
        )
    };
    let good = call(1, "Staging") + &call(1, "Production");
    let script =
        |code: &str, mended: &str| json!({"form": "script", "code": code, "mended": mended});
    assert_eq!(
        problems(&with(&script(&call(1, "Prod"), &good))),
        Vec::<String>::new()
    );
    check(
        script(&good, &good),
        ".code: this script reaches the goal, so there is nothing to mend",
    );
    check(
        script("x", &call(1, "Prod")),
        ".mended: this script does not reach the goal: it ended in `stage_unknown`",
    );
    let detour = call(2, "Staging") + &call(2, "None") + &good;
    check(
        script("x", &detour),
        ".mended: this script takes 4 steps, and 2 are enough",
    );
    check(
        script(
            "x",
            &(good.clone() + "client.delete_model_version(name='m', version=2)"),
        ),
        ".mended: this is not among what may be used",
    );
    check(
        json!({"form": "history"}),
        ".start: the last step of a history is somebody else's, named in `by`: the learner's own could be undone",
    );
}
