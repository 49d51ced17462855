//! Cuts the app's own packs into pieces before the app is compiled: the texts of the lesson, which the first page needs,
//! what plays in it, the questions, and the exercises. Each part of the app then carries its piece (see `src/app/parts.rs`).

use std::path::Path;
use std::{env, error, fs};

use serde_json::{Value, json};

const PACK: &str = "../../content/pack.json";
const EXERCISES: &str = "../../content/exercises.json";

fn main() -> Result<(), Box<dyn error::Error>> {
    println!("cargo::rerun-if-changed={PACK}");
    println!("cargo::rerun-if-changed={EXERCISES}");
    println!("cargo::rerun-if-changed=build.rs");
    let pack: Value = serde_json::from_str(&fs::read_to_string(PACK)?)?;
    let out = env::var("OUT_DIR")?;
    let out = Path::new(&out);

    let list = |name: &str| {
        pack.get(name)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let scenes = |used: &dyn Fn(&str) -> bool| -> Vec<Value> {
        let id = |scene: &Value| scene.get("id").and_then(Value::as_str).is_some_and(used);
        list("scenes").into_iter().filter(id).collect()
    };
    let part = |steps: Vec<Value>, questions: Vec<Value>, scenes: Vec<Value>| {
        let all = !questions.is_empty();
        let only = |name: &str| if all { list(name) } else { Vec::new() };
        let mut value = json!({
            "format": pack.get("format"),
            "version": pack.get("version"),
            "id": pack.get("id"),
            "title": pack.get("title"),
            "language": pack.get("language"),
            "sources": list("sources"),
            "objectives": only("objectives"),
            "misconceptions": only("misconceptions"),
            "scenes": scenes,
            "steps": steps,
            "questions": questions,
        });
        if let Value::Object(map) = &mut value {
            map.retain(|_, value| value.as_array().is_none_or(|list| !list.is_empty()));
        }
        value
    };

    let steps = list("steps");
    let played = |id: &str| {
        let scene = |step: &&Value| step.pointer("/play/scene").and_then(Value::as_str) == Some(id);
        steps.iter().any(|step| scene(&step))
    };
    let lesson = part(steps.clone(), Vec::new(), scenes(&played));
    fs::write(out.join("lesson.json"), lesson.to_string())?;

    // The texts alone: of what plays in a step only its goal.
    let mut texts = steps.clone();
    for step in &mut texts {
        if let Some(goal) = step.pointer("/play/goal").cloned() {
            step["play"] = json!({ "goal": goal });
        }
    }
    let prose = part(texts, Vec::new(), Vec::new());
    fs::write(out.join("prose.json"), prose.to_string())?;

    let questions = list("questions");
    let proved = |id: &str| {
        let scene = |question: &&Value| {
            question.pointer("/proof/scene").and_then(Value::as_str) == Some(id)
        };
        questions.iter().any(|question| scene(&question))
    };
    let practice = part(Vec::new(), questions.clone(), scenes(&proved));
    fs::write(out.join("practice.json"), practice.to_string())?;

    let mut titles = String::from("&[");
    for step in &steps {
        let text = |field: &str| step.get(field).and_then(Value::as_str).unwrap_or_default();
        titles.push_str(&format!("({:?}, {:?}),", text("id"), text("title")));
    }
    titles.push(']');
    fs::write(out.join("steps.rs"), titles)?;
    let ids = questions
        .iter()
        .filter_map(|question| question.get("id")?.as_str());
    fs::write(
        out.join("questions.rs"),
        format!("&{:?}", ids.collect::<Vec<_>>()),
    )?;
    exercises(out, &list("objectives"))
}

/// The exercises, with the objectives that they serve; and what a list of them says without reading them.
fn exercises(out: &Path, objectives: &[Value]) -> Result<(), Box<dyn error::Error>> {
    let mut pack: Value = serde_json::from_str(&fs::read_to_string(EXERCISES)?)?;
    let exercises = pack.get("exercises").and_then(Value::as_array);
    let exercises = exercises.cloned().unwrap_or_default();
    let served = |objective: &&Value| {
        let id = objective.get("id");
        exercises
            .iter()
            .any(|exercise| exercise.get("objective") == id)
    };
    if let Value::Object(map) = &mut pack {
        let served = objectives.iter().filter(served).cloned().collect();
        map.insert("objectives".to_owned(), served);
    }
    let title = |objective: &str| {
        let mut all = objectives.iter();
        let found = all.find(|one| one.get("id").and_then(Value::as_str) == Some(objective));
        found
            .and_then(|one| one.get("title"))
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    fs::write(out.join("exercises.json"), pack.to_string())?;

    let mut listed = String::from("&[");
    for exercise in &exercises {
        let text = |field: &str| {
            exercise
                .get(field)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let par = exercise
            .get("par")
            .and_then(Value::as_u64)
            .unwrap_or_default();
        listed.push_str(&format!(
            "Listed {{ id: {:?}, title: {:?}, objective: {:?}, story: {:?}, track: {:?}, form: {:?}, par: {par} }},",
            text("id"),
            text("title"),
            title(text("objective")),
            text("story"),
            text("track"),
            text("form"),
        ));
    }
    listed.push(']');
    fs::write(out.join("exercises.rs"), listed)?;
    Ok(())
}
