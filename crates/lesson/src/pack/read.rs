//! Reading a pack.

use serde_json::Value;

use super::exercise;
use super::fields::{Fields, Problems, each};
use super::question::{Asked, Whole, question};
use super::step::step;
use super::values::{command, model, rules_needed};
use super::{
    Exercise, Expected, Misconception, Objective, Pack, Problem, Question, Scene, Source, Step,
    Wrong,
};
use registry::json::{self, Reader};

/// A pack has at most so many bytes.
pub const LIMIT: usize = 2_000_000;

/// Which parts of a pack are read, and how; the others are passed over. As pointers, so that who reads only some does not carry
/// the code for the rest.
#[derive(Clone, Copy)]
pub struct Readers {
    scene: Option<Read<Scene>>,
    step: Option<Read<Step>>,
    question: Option<Read<Question>>,
    exercise: Option<Read<Exercise>>,
}

type Read<T> = fn(&mut Fields) -> T;

impl Readers {
    /// Nothing but what the others name: objectives, misconceptions, sources.
    pub const NONE: Self = Self {
        scene: None,
        step: None,
        question: None,
        exercise: None,
    };
    /// Everything.
    pub const ALL: Self = Self {
        scene: Some(scene),
        step: Some(step),
        question: Some(question::<Whole>),
        exercise: Some(exercise::read),
    };
    /// The steps and the claims, with their scenes.
    pub const STEPS: Self = Self {
        scene: Some(scene),
        step: Some(step),
        ..Self::NONE
    };
    /// The questions, with their scenes.
    pub const QUESTIONS: Self = Self {
        scene: Some(scene),
        question: Some(question::<Whole>),
        ..Self::NONE
    };
    /// What the questions ask and say, and nothing that is run.
    pub const ASKED: Self = Self {
        question: Some(question::<Asked>),
        ..Self::NONE
    };
    /// The exercises.
    pub const EXERCISES: Self = Self {
        exercise: Some(exercise::read),
        ..Self::NONE
    };
}

/// Reads a pack. Whether what it says is true, [`super::check`] finds out.
///
/// # Errors
/// Everything that is not as the format wants it, in the order of the file's parts.
pub fn read(text: &str) -> Result<Pack, Vec<Problem>> {
    read_with(text, Readers::ALL)
}

/// As [`read`], parts of a pack.
pub fn read_with(text: &str, readers: Readers) -> Result<Pack, Vec<Problem>> {
    let problem = |wrong| {
        let problems = Problems::default();
        problems.add("", wrong);
        problems.into_vec()
    };
    if text.len() > LIMIT {
        return Err(problem(Wrong::TooLarge { limit: LIMIT }));
    }
    // Some editors put a byte-order mark before what they save.
    let text = text.trim_start_matches('\u{feff}');
    let value = json::value(text).map_err(|error| {
        let (line, column) = error.line_and_column(text);
        problem(Wrong::NotJson { line, column })
    })?;
    read_value(value, readers)
}

/// As [`read_with`], what is JSON already.
pub fn read_value(value: Value, readers: Readers) -> Result<Pack, Vec<Problem>> {
    let problems = Problems::default();
    let pack = pack(value, readers, &problems);
    let problems = problems.into_vec();
    if problems.is_empty() {
        Ok(pack)
    } else {
        Err(problems)
    }
}

fn pack(value: Value, readers: Readers, problems: &Problems) -> Pack {
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
        scenes: those(&mut from, "scenes", readers.scene),
        steps: those(&mut from, "steps", readers.step),
        claims: those(&mut from, "claims", readers.step),
        questions: those(&mut from, "questions", readers.question),
        exercises: those(&mut from, "exercises", readers.exercise),
    };
    from.end();
    pack
}

fn those<T>(from: &mut Fields, list: &str, read: Option<Read<T>>) -> Vec<T> {
    if let Some(read) = read {
        return each(from, list, read);
    }
    from.take(list);
    Vec::new()
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

/// Takes a field out of an object.
fn without(value: Value, key: &str) -> (Option<Value>, Value) {
    if !value.is_object() {
        return (None, value);
    }
    let mut from = Reader::new(value).unwrap_or_default();
    (from.take(key), from.rest())
}

fn scene(from: &mut Fields) -> Scene {
    let mut days = Vec::new();
    let mut commands = Vec::new();
    let mut day = String::new();
    for (place, value) in from.list("commands") {
        let (on, value) = without(value, "on");
        // A day holds until another one is said.
        match on {
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
