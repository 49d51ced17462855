//! Reading a pack.

use serde_json::Value;

use super::exercise;
use super::fields::{Fields, Problems, each};
use super::question::question;
use super::step::{step, step_prose};
use super::values::{command, model, rules_needed};
use super::{
    Exercise, Expected, Misconception, Objective, Pack, Problem, Question, Scene, Source, Step,
    Wrong,
};
use registry::json;

/// A pack has at most so many bytes.
pub const LIMIT: usize = 2_000_000;

/// How the parts of a pack are read that not every reader needs. As pointers, so that who reads only the prose does not
/// carry the code for the rest.
#[derive(Clone, Copy)]
struct Readers {
    scene: Read<Scene>,
    step: Read<Step>,
    question: Read<Question>,
    exercise: Option<Read<Exercise>>,
}

type Read<T> = fn(&mut Fields) -> T;

/// Reads a pack. Whether what it says is true, [`super::check`] finds out.
///
/// # Errors
/// Everything that is not as the format wants it, in the order of the file's parts.
pub fn read(text: &str) -> Result<Pack, Vec<Problem>> {
    read_with(
        text,
        Some(Readers {
            exercise: Some(exercise::read),
            ..LESSON
        }),
    )
}

/// Reads the lesson and the questions of a pack, and no exercises.
pub fn read_lesson(text: &str) -> Result<Pack, Vec<Problem>> {
    read_with(text, Some(LESSON))
}

const LESSON: Readers = Readers {
    scene,
    step,
    question,
    exercise: None,
};

/// Reads the texts of the steps and nothing that plays: no scenes, no questions.
pub fn read_prose(text: &str) -> Result<Pack, Vec<Problem>> {
    read_with(text, None)
}

fn read_with(text: &str, readers: Option<Readers>) -> Result<Pack, Vec<Problem>> {
    let problems = Problems::default();
    if text.len() > LIMIT {
        problems.add("", Wrong::TooLarge { limit: LIMIT });
        return Err(problems.into_vec());
    }
    // Some editors put a byte-order mark before what they save.
    let text = text.trim_start_matches('\u{feff}');
    let value = match json::value(text) {
        Ok(value) => value,
        Err(error) => {
            let (line, column) = error.line_and_column(text);
            problems.add("", Wrong::NotJson { line, column });
            return Err(problems.into_vec());
        }
    };
    let pack = pack(value, readers, &problems);
    let problems = problems.into_vec();
    if problems.is_empty() {
        Ok(pack)
    } else {
        Err(problems)
    }
}

fn pack(value: Value, readers: Option<Readers>, problems: &Problems) -> Pack {
    let mut from = Fields::new(value, "", problems);
    let format = from.text("format");
    if !format.is_empty() && format != "model-stages-pack" {
        let found = Value::String(format);
        from.wrong("format", Wrong::expected(Expected::Format, &found));
    }
    from.parsed("version", Expected::FormatVersion, |value| {
        (value.as_u64() == Some(1)).then_some(())
    });
    let pack = Pack {
        id: from.id("id"),
        title: from.text("title"),
        language: from.text("language"),
        sources: each(&mut from, "sources", source),
        objectives: each(&mut from, "objectives", objective),
        misconceptions: each(&mut from, "misconceptions", misconception),
        scenes: readers.map_or_else(Vec::new, |readers| each(&mut from, "scenes", readers.scene)),
        steps: each(
            &mut from,
            "steps",
            readers.map_or(step_prose as Read<Step>, |readers| readers.step),
        ),
        claims: readers.map_or_else(Vec::new, |readers| each(&mut from, "claims", readers.step)),
        questions: readers.map_or_else(Vec::new, |readers| {
            each(&mut from, "questions", readers.question)
        }),
        exercises: readers
            .and_then(|readers| readers.exercise)
            .map_or_else(Vec::new, |read| each(&mut from, "exercises", read)),
    };
    from.end();
    pack
}

fn source(from: &mut Fields) -> Source {
    let source = Source {
        id: from.id("id"),
        title: from.text("title"),
        url: from.text("url"),
    };
    if !source.url.is_empty() && !source.url.starts_with("https://") {
        let found = Value::String(source.url.clone());
        from.wrong("url", Wrong::expected(Expected::Address, &found));
    }
    source
}

fn objective(from: &mut Fields) -> Objective {
    Objective {
        id: from.id("id"),
        title: from.text("title"),
        step: from.id("step"),
    }
}

fn misconception(from: &mut Fields) -> Misconception {
    Misconception {
        id: from.id("id"),
        title: from.text("title"),
        instead: from.text("instead"),
    }
}

fn scene(from: &mut Fields) -> Scene {
    let mut days = Vec::new();
    let mut commands = Vec::new();
    let mut day = String::new();
    for (place, mut value) in from.list("commands") {
        // A day holds until another one is said.
        match value.as_object_mut().and_then(|map| map.remove("on")) {
            None => {}
            Some(Value::String(said)) => day = said,
            Some(other) => {
                let wrong = Wrong::expected(Expected::Text, &other);
                from.problems.add(&format!("{place}.on"), wrong);
            }
        }
        if let Some(command) = command(value, &place, from.problems) {
            commands.push(command);
            days.push(day.clone());
        }
    }
    if day.is_empty() {
        days.clear();
    }
    Scene {
        id: from.id("id"),
        title: from.text("title"),
        rules: rules_needed(from),
        model: model(from),
        commands,
        days,
        today: from.text_or_none("today").unwrap_or_default(),
    }
}
