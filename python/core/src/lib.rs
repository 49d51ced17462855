//! The registry beside a real Python: a copy of the page's, in a worker of its own.
//!
//! Python's call of the registry has to be answered before it goes on, so the page itself can't be asked. What a script does
//! is done to the copy; each step is a record, which the page carries out by itself.
//!
//! ```text
//! page ── {"take": log, "known"} ─▶ Core ◀─ {"event": …} ── Python (model_stages_runner)
//!      ── {"read": text, …} ──────▶      ── {"answer"} ──▶
//!      ◀─ {"say": lines, steps, end} ──
//! ```
//!
//! | it is told | it answers |
//! |---|---|
//! | `{"take": LOG, "rules": "guided", "model": NAME, "known": KNOWN}` | `{}`, or `{"wrong": why}`; what is known beside the registry (`console/bridge/known.rs`) |
//! | `{"read": TEXT, "start": 0, "end": 80, "dry": false}` | `{"source": …}`: this piece, for Python |
//! | an event (`console/bridge/script.rs`) | `answer` for a call, and `say` for the page, each where there is one; at the end, what is `known` then, and which `names` have a value |
#![forbid(unsafe_code)]

use console::bridge::script::{Heard, Script};
use console::bridge::{Bridge, known};
use console::diagnostic::DiagnosticKind;
use console::runs::Runs;
use console::span::Span;
use console::{Output, RegistryCopy, Reply, Stop};
use registry::json;
use registry::{Log, ModelName, RuleSet, Time};
use serde_json::{Map, Value};
use text::console::{Printed, printed, spoken};
use text::explain::explain;
use text::{Language, grouped};

/// How many steps one script may do: the page stores each of them, and has it in its history.
pub const MOST_STEPS: usize = 2_000;

/// The script under way.
struct Running {
    text: String,
    script: Script,
    reply: Reply,
    /// Whether it is only tried: what it would do is listed at its end.
    is_dry: bool,
    /// What was shown last.
    last: Option<Printed>,
}

/// The registry beside a Python.
#[derive(Default)]
pub struct Core {
    text: Language,
    bridge: Bridge,
    runs: Runs,
    host: RegistryCopy,
    /// How many steps the page was told of.
    told: usize,
    running: Option<Running>,
}

/// An object of JSON.
fn object(fields: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let fields = fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    Value::Object(fields.collect::<Map<_, _>>())
}

impl Core {
    /// Takes in what it is told, and gives the answer. `now` is the time, in milliseconds.
    pub fn tell(&mut self, said: &str, now: u64) -> String {
        self.host.now = Time(now);
        let told: Value = serde_json::from_str(said).unwrap_or(Value::Null);
        let answer = if let Some(log) = told.get("take") {
            self.take(log, &told)
        } else if let Some(text) = told.get("read").and_then(Value::as_str) {
            self.read(text, &told)
        } else {
            self.hear(said)
        };
        answer.to_string()
    }

    /// Takes the page's registry over, and what is known beside it.
    fn take(&mut self, log: &Value, told: &Value) -> Value {
        let known = told.get("known").unwrap_or(&Value::Null);
        known::read(known, &mut self.bridge, &mut self.runs);
        let log = match Log::read(log.clone(), usize::MAX) {
            Ok(log) => log,
            Err(why) => return object([("wrong", Value::String(why.to_string()))]),
        };
        let rules = match told.get("rules").and_then(Value::as_str) {
            Some("mlflow") => RuleSet::Mlflow,
            _ => RuleSet::Guided,
        };
        self.told = 0;
        self.host = RegistryCopy {
            log,
            rules,
            now: self.host.now,
            model: told
                .get("model")
                .and_then(Value::as_str)
                .and_then(|name| ModelName::parse(name).ok()),
            ..RegistryCopy::default()
        };
        object([])
    }

    /// Begins with a piece of a text.
    fn read(&mut self, text: &str, told: &Value) -> Value {
        let number = |field: &str| {
            let number = told.get(field).and_then(Value::as_u64);
            number.and_then(|it| usize::try_from(it).ok())
        };
        let is_dry = told.get("dry").and_then(Value::as_bool) == Some(true);
        let at = Span {
            start: number("start").unwrap_or_default(),
            end: number("end").unwrap_or(text.len()),
        };
        let script = Script::new(text, at);
        let source = script.source(text);
        self.running = Some(Running {
            text: text.to_owned(),
            script,
            reply: Reply::default(),
            is_dry,
            last: None,
        });
        object([("source", Value::String(source))])
    }

    /// Takes an event of the script's in.
    fn hear(&mut self, event: &str) -> Value {
        let Some(running) = &mut self.running else {
            return object([]);
        };
        let is_call = event.contains(r#""event": "call""#) || event.contains(r#""event":"call""#);
        if is_call && self.told + self.host.steps.len() >= MOST_STEPS {
            let most = grouped(MOST_STEPS);
            let why = self.text.console().too_many_steps(&most);
            let answer = object([("unknown", Value::String(why))]);
            return object([("answer", Value::String(answer.to_string()))]);
        }
        let heard = running.script.hear(
            &mut self.bridge,
            &mut self.host,
            &mut self.runs,
            &running.text,
            &mut running.reply,
            event,
        );
        let mut answer = None;
        let mut end = None;
        match heard {
            Heard::Answer(json) => answer = Some(Value::String(json)),
            Heard::Ended { names, .. } => {
                let names = names.into_iter().map(Value::String).collect();
                end = Some(vec![
                    ("known", known::print(&self.bridge, &self.runs)),
                    ("names", Value::Array(names)),
                    ("refused_by_team", self.host.refused_by_team.into()),
                ]);
            }
            Heard::Checked => end = Some(Vec::new()),
            Heard::More | Heard::Done(_) | Heard::Nothing => {}
        }
        let say = self.say(end);
        let fields = [("answer", answer), ("say", say)];
        object(
            fields
                .into_iter()
                .filter_map(|(name, value)| Some((name, value?))),
        )
    }

    /// What the page has to be told now; what of the script's end, if that is here.
    fn say(&mut self, end: Option<Vec<(&'static str, Value)>>) -> Option<Value> {
        let has_ended = end.is_some();
        let running = self.running.as_mut()?;
        self.told += self.host.steps.len();
        let steps: Vec<Value> = self
            .host
            .steps
            .drain(..)
            .map(|record| Value::String(json::print(&record)))
            .collect();
        if running.is_dry {
            let outputs = &mut running.reply.outputs;
            outputs.retain(|output| !matches!(output, Output::Did(_)));
        }
        // How it ended is said when it has ended.
        let shown = Reply {
            outputs: std::mem::take(&mut running.reply.outputs),
            stop: running.reply.stop.clone().filter(|_| has_ended),
            ..running.reply.clone()
        };
        let lines = printed(self.text, self.host.rules, &running.text, &shown);
        if let Some(last) = lines.last() {
            running.last = Some(last.clone());
        }
        if lines.is_empty() && steps.is_empty() && !has_ended {
            return None;
        }
        let pairs = lines.iter().map(|line| {
            let kind = Value::String(line.kind.as_str().to_owned());
            Value::Array(vec![kind, Value::String(line.text.clone())])
        });
        let mut say = vec![("lines", pairs.collect()), ("steps", Value::Array(steps))];
        if let Some(end) = end {
            let heard = if shown.stop.is_some() {
                lines.clone()
            } else {
                running.last.iter().cloned().collect()
            };
            say.push(("end", ended(self.text, &shown, &heard, end)));
        }
        Some(object(say))
    }
}

/// What is to be said of a script that has ended.
fn ended(
    text: Language,
    reply: &Reply,
    heard: &[Printed],
    end: Vec<(&'static str, Value)>,
) -> Value {
    let ways = match &reply.stop {
        Some(Stop::Refused { refusal, .. }) => {
            let labels = explain(text, refusal).remedies;
            let ways = labels.into_iter().zip(&refusal.remedies);
            ways.map(|(label, way)| {
                let commands = way.commands.iter();
                let commands = commands.map(|it| Value::String(json::print(it)));
                Value::Array(vec![Value::String(label), commands.collect()])
            })
            .collect()
        }
        _ => Vec::new(),
    };
    let said = [
        ("statements", reply.statements.into()),
        ("done", reply.done.into()),
        ("stopped", reply.stop.is_some().into()),
        ("no_memory", is_out_of_memory(reply).into()),
        ("spoken", Value::String(spoken(text, reply, heard))),
        ("ways", Value::Array(ways)),
    ];
    object(said.into_iter().chain(end))
}

/// Whether Python had no memory left. What it had made is there still, under the names of the script.
fn is_out_of_memory(reply: &Reply) -> bool {
    match &reply.stop {
        Some(Stop::Diagnostic(diagnostic)) => {
            matches!(&diagnostic.kind, DiagnosticKind::Exception(raised) if raised.class == "MemoryError")
        }
        _ => false,
    }
}
