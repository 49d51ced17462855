//! Puts the app's own pack together before the app is compiled, and cuts it into pieces: the texts of the lesson, which the
//! first page needs, what plays in it, the questions, and the exercises. Each part of the app then carries its piece (see
//! the `lazy.rs` of each feature).

use std::path::Path;
use std::{env, error, fs};

use serde_json::{Value, json};

const FOLDER: &str = "../../content/en";

fn main() -> Result<(), Box<dyn error::Error>> {
    println!("cargo::rerun-if-changed={FOLDER}");
    println!("cargo::rerun-if-changed=build.rs");
    match pack_folder::read(Path::new(FOLDER)) {
        Ok(folder) => pieces(&folder.pack),
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={problem}");
            }
            Ok(())
        }
    }
}

fn pieces(pack: &Value) -> Result<(), Box<dyn error::Error>> {
    let out = env::var("OUT_DIR")?;
    let out = Path::new(&out);
    fs::write(out.join("pack.json"), pack.to_string())?;

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
    // The head of the pack, with these lists in place of its own.
    let piece = |lists: &[(&str, Vec<Value>)]| {
        let mut value = json!({
            "format": pack.get("format"),
            "version": pack.get("version"),
            "id": pack.get("id"),
            "title": pack.get("title"),
            "language": pack.get("language"),
            "sources": list("sources"),
        });
        for (name, items) in lists {
            if let (false, Some(fields)) = (items.is_empty(), value.as_object_mut()) {
                fields.insert((*name).to_owned(), items.clone().into());
            }
        }
        value.to_string()
    };

    let steps = list("steps");
    let played = |id: &str| {
        let scene = |step: &&Value| step.pointer("/play/scene").and_then(Value::as_str) == Some(id);
        steps.iter().any(|step| scene(&step))
    };
    let lesson = piece(&[("scenes", scenes(&played)), ("steps", steps.clone())]);
    fs::write(out.join("lesson.json"), lesson)?;

    let claims = list("claims");
    let claimed = |id: &str| {
        let scene =
            |claim: &&Value| claim.pointer("/play/scene").and_then(Value::as_str) == Some(id);
        claims.iter().any(|claim| scene(&claim))
    };
    let claims_piece = piece(&[("scenes", scenes(&claimed)), ("claims", claims.clone())]);
    fs::write(out.join("claims.json"), claims_piece)?;

    // The texts alone: of what plays in a step only its goal.
    let mut texts = steps.clone();
    for step in &mut texts {
        if let Some(goal) = step.pointer("/play/goal").cloned() {
            step["play"] = json!({ "goal": goal });
        }
    }
    fs::write(out.join("prose.json"), piece(&[("steps", texts.clone())]))?;

    let questions = list("questions");
    let proved = |id: &str| {
        let scene = |question: &&Value| {
            question.pointer("/proof/scene").and_then(Value::as_str) == Some(id)
        };
        questions.iter().any(|question| scene(&question))
    };
    let practice = piece(&[
        ("objectives", list("objectives")),
        ("misconceptions", list("misconceptions")),
        ("scenes", scenes(&proved)),
        ("questions", questions.clone()),
    ]);
    fs::write(out.join("practice.json"), practice)?;

    let start = |id: &str| id == "start";
    fs::write(out.join("start.json"), piece(&[("scenes", scenes(&start))]))?;
    fs::write(out.join("minutes.rs"), minutes(&texts).to_string())?;

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

    let exercises = list("exercises");
    let mut served = list("objectives");
    served.retain(|objective| {
        let id = objective.get("id");
        exercises
            .iter()
            .any(|exercise| exercise.get("objective") == id)
    });
    fs::write(out.join("exercises.rs"), listed(&exercises, &served))?;
    let exercises = piece(&[("objectives", served), ("exercises", exercises)]);
    fs::write(out.join("exercises.json"), exercises)?;
    Ok(())
}

/// How many minutes the steps take somebody whose first language is another one: words are read, and what plays takes a
/// while. In steps of five.
fn minutes(steps: &[Value]) -> usize {
    fn words(value: &Value) -> usize {
        match value {
            Value::String(text) => text.split_whitespace().count(),
            Value::Array(items) => items.iter().map(words).sum(),
            Value::Object(fields) => fields.values().map(words).sum(),
            _ => 0,
        }
    }
    let plays = |step: &&Value| step.get("play").is_some();
    let seconds =
        steps.iter().map(words).sum::<usize>() * 60 / 140 + steps.iter().filter(plays).count() * 75;
    (seconds / 60).div_ceil(5) * 5
}

/// What a list of the exercises says without reading them.
fn listed(exercises: &[Value], objectives: &[Value]) -> String {
    let title = |objective: &str| {
        let mut all = objectives.iter();
        let found = all.find(|one| one.get("id").and_then(Value::as_str) == Some(objective));
        found
            .and_then(|one| one.get("title"))
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let mut listed = String::from("&[");
    for exercise in exercises {
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
    listed
}
