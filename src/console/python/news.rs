//! What the worker tells, read: its steps are commands for this page's registry, which decides about them.

use serde_json::Value;

use registry::{Command, Record, json};
use text::console::{Printed, PrintedKind};

/// What the worker tells.
#[derive(Debug)]
pub enum Heard {
    /// So much of it has arrived.
    Percent(u32),
    /// It can run scripts.
    Ready,
    /// It cannot be started, and why.
    Failed(String),
    /// It has broken, and why.
    Broken(String),
    /// What came of the script under way.
    Said(Vec<News>),
}

/// A piece of what came of a script.
#[derive(Debug, Default)]
pub struct News {
    /// What is shown.
    pub lines: Vec<Printed>,
    /// What was done; nothing in the place of what cannot be read.
    pub steps: Vec<Option<Record>>,
    /// How it has ended, if it has.
    pub ended: Option<Ended>,
}

/// How a script has ended.
#[derive(Debug, Default)]
pub struct Ended {
    /// Whether it came to its end.
    pub is_whole: bool,
    /// Whether it had no memory left.
    pub is_out_of_memory: bool,
    /// What a screen reader is told.
    pub spoken: String,
    /// What can be done instead of what was refused.
    pub remedies: Vec<(String, Vec<Command>)>,
    /// What is known then beside the registry.
    pub known: Value,
    /// The names that have a value then.
    pub names: Vec<String>,
    /// How many calls a rule of the team refused.
    pub refused_by_team: usize,
}

fn text(of: &Value, field: &str) -> String {
    let text = of.get(field).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}

fn list<'a>(of: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    of.get(field)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

impl Heard {
    /// Reads a message.
    #[must_use]
    pub fn read(message: &str) -> Self {
        let told = json::value(message).unwrap_or_default();
        if let Some(percent) = told.get("percent").and_then(Value::as_u64) {
            return Self::Percent(u32::try_from(percent).unwrap_or_default());
        }
        if told.get("ready").is_some() {
            return Self::Ready;
        }
        if told.get("failed").is_some() {
            return Self::Failed(text(&told, "failed"));
        }
        if told.get("broken").is_some() {
            return Self::Broken(text(&told, "broken"));
        }
        Self::Said(list(&told, "say").map(News::read).collect())
    }
}

impl News {
    fn read(told: &Value) -> Self {
        let lines = list(told, "lines").filter_map(|line| {
            Some(Printed {
                kind: PrintedKind::named(line.get(0)?.as_str()?)?,
                text: line.get(1)?.as_str()?.to_owned(),
            })
        });
        let steps = list(told, "steps").map(|step| json::read(step.as_str()?).ok());
        Self {
            lines: lines.collect(),
            steps: steps.collect(),
            ended: told.get("end").map(Ended::read),
        }
    }
}

impl Ended {
    fn read(told: &Value) -> Self {
        let commands = |of: &Value| -> Option<Vec<Command>> {
            let texts = of.as_array()?.iter();
            texts.map(|it| json::read(it.as_str()?).ok()).collect()
        };
        let ways = list(told, "ways").filter_map(|way| {
            let label = way.get(0)?.as_str()?;
            Some((label.to_owned(), commands(way.get(1)?)?))
        });
        let is = |field: &str| told.get(field).and_then(Value::as_bool) == Some(true);
        let names = list(told, "names").filter_map(|name| name.as_str().map(str::to_owned));
        Self {
            is_whole: !is("stopped"),
            is_out_of_memory: is("no_memory"),
            spoken: text(told, "spoken"),
            remedies: ways.collect(),
            known: told.get("known").cloned().unwrap_or_default(),
            names: names.collect(),
            refused_by_team: told
                .get("refused_by_team")
                .and_then(Value::as_u64)
                .and_then(|count| usize::try_from(count).ok())
                .unwrap_or_default(),
        }
    }
}
