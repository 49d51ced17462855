//! Statements carried out on a registry, one after the other. They were checked: what is not known here cannot come.

use std::sync::Arc;

use super::super::bridge::{Bridge, known};
use super::super::diagnostic::{DiagnosticKind, Exception, Problem};
use super::super::registry_host::RegistryHost;
use super::super::reply::Output;
use super::super::runs::Runs;
use super::super::span::Span;
use super::check::{self, Names};
use super::hand_over;
use super::show::{self, LONGEST};
use super::tree::{Expr, ExprKind, PyStatement, StatementKind, StringPart};
use super::value::Value;
use super::value_type::ValueType;
use registry::{Refusal, VecMap, python};

/// How many steps a text may take: values worked out, and rounds of loops.
const MAX_STEPS: usize = 200_000;
/// As how many steps a change of the registry counts.
const CHANGE: usize = 100;
/// How many characters a text may print, as with a real Python.
const MOST_PRINTED: usize = 200_000;

/// What Python remembers from one text to the next.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    names: VecMap<String, Value>,
    pub(super) runs: Runs,
    pub(super) bridge: Bridge,
    /// The runs that were made by `create_run`.
    pub(super) own_runs: Vec<String>,
    /// The deprecated methods that the text under way was warned of, each with the line.
    pub(super) warned: Vec<(&'static str, usize)>,
    /// What is left of the text under way.
    made: usize,
    steps: usize,
    shown: usize,
}

impl Memory {
    /// A new text: what it may take is counted anew.
    pub fn begin(&mut self) {
        self.made = 0;
        self.steps = 0;
        self.shown = 0;
        self.warned.clear();
    }

    /// Keeps count of the steps that a text takes.
    ///
    /// # Errors
    /// That these are too many.
    pub fn steps(&mut self, at: Span, steps: usize) -> Result<(), Halt> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > MAX_STEPS {
            let kind = DiagnosticKind::TooMuch;
            return Err(Problem { at, kind }.into());
        }
        Ok(())
    }

    /// Keeps count of a change of the registry: each is stored, and stands in the history.
    ///
    /// # Errors
    /// That a text changes too much.
    pub fn change(&mut self, at: Span) -> Result<(), Halt> {
        self.steps(at, CHANGE)
    }

    /// Keeps count of the letters that a text makes.
    ///
    /// # Errors
    /// That these are too many.
    pub fn make(&mut self, at: Span, letters: usize) -> Result<(), Halt> {
        self.made = self.made.saturating_add(letters);
        if self.made > LONGEST {
            let kind = DiagnosticKind::TooLong;
            return Err(Problem { at, kind }.into());
        }
        Ok(())
    }

    /// Whether a name has been given a value.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// What stands between Python and the registry, and the runs, which the REST server has too.
    pub const fn bridge_mut(&mut self) -> (&mut Bridge, &mut Runs) {
        (&mut self.bridge, &mut self.runs)
    }

    /// What is known beside the registry and the names.
    pub fn known(&self) -> serde_json::Value {
        known::print(&self.bridge, &self.runs)
    }

    /// Takes over what another Python knows beside the registry.
    pub fn take_over(&mut self, known: &serde_json::Value) {
        known::read(known, &mut self.bridge, &mut self.runs);
    }

    /// The names that have been given a value, each with its kind.
    pub fn names(&self) -> Names {
        let names = self.names.iter();
        Names(
            names
                .map(|(name, value)| (name.clone(), value.kind()))
                .collect(),
        )
    }

    /// Python that gives a real one the names of this memory, which has none from then on: a name must not mean one thing
    /// here and another there.
    pub fn hand_over(&mut self) -> String {
        let names = std::mem::take(&mut self.names);
        hand_over::source(names.iter().map(|(name, value)| (name.as_str(), value)))
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.names.get(name)
    }
}

/// Why a statement ended.
#[derive(Clone, PartialEq, Debug)]
pub enum Halt {
    /// It could not be carried out. Boxed, so that what every step gives back stays small.
    Problem(Box<Problem>),
    /// MLflow or the team refused; where, if that is known closer than the statement.
    Refused(Option<Span>, Box<Refusal>),
}

impl Halt {
    pub(in super::super) fn refused(at: Option<Span>, refusal: impl Into<Refusal>) -> Self {
        Self::Refused(at, Box::new(refusal.into()))
    }
}

impl From<Problem> for Halt {
    #[cold]
    #[inline(never)]
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

/// Carries a statement of a text out.
///
/// # Errors
/// What is wrong, or who refused.
pub fn run(
    memory: &mut Memory,
    host: &mut dyn RegistryHost,
    text: &str,
    line: &PyStatement,
    outputs: &mut Vec<Output>,
) -> Result<(), Halt> {
    let mut run = Interpreter {
        memory,
        host,
        text,
        outputs,
    };
    match &line.kind {
        StatementKind::Value(value) => {
            let found = run.value(value)?;
            // A text of several lines, or in three quotes, that stands alone is a comment.
            let written = line.at.of(text);
            let quoted = written.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            let is_long = written.contains(['\n', '\r'])
                || quoted.starts_with("\"\"\"")
                || quoted.starts_with("'''");
            let is_comment = is_long
                && matches!(&value.kind, ExprKind::Text(parts) if parts.iter().all(|it| matches!(it, StringPart::Letters(_))));
            if matches!(found, Value::None | Value::Lesson) || is_comment {
                return Ok(());
            }
            let shown = run.made(line.at, show::repr(&found))?;
            run.show(shown, 0, Output::Value);
            Ok(())
        }
        _ => run.line(line),
    }
}

/// What is under way.
pub(super) struct Interpreter<'a> {
    pub(super) memory: &'a mut Memory,
    pub(super) host: &'a mut dyn RegistryHost,
    pub(super) text: &'a str,
    pub(super) outputs: &'a mut Vec<Output>,
}

impl Interpreter<'_> {
    fn line(&mut self, line: &PyStatement) -> Result<(), Halt> {
        match &line.kind {
            StatementKind::Import(names) => {
                for (name, kind) in names {
                    let value = match kind {
                        ValueType::Module(module) => Value::Module(*module),
                        _ => Value::NewClient,
                    };
                    self.memory.names.insert(name.clone(), value);
                }
            }
            StatementKind::Assign(name, value) => {
                let value = self.value(value)?;
                self.memory.names.insert(name.name.clone(), value);
            }
            StatementKind::Value(value) => {
                self.value(value)?;
            }
            StatementKind::For(name, list, body) => {
                let items: Vec<Value> = match self.value(list)? {
                    Value::List(items, _) => items.to_vec(),
                    Value::Dict(items) => {
                        let keys = items.iter();
                        keys.map(|(key, _)| Value::Text(key.clone())).collect()
                    }
                    _ => Vec::new(),
                };
                for item in items {
                    self.memory.steps(name.at, 1)?;
                    self.memory.names.insert(name.name.clone(), item);
                    for line in body {
                        self.line(line)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Works a value out.
    pub(super) fn value(&mut self, value: &Expr) -> Result<Value, Halt> {
        self.memory.steps(value.at, 1)?;
        Ok(match &value.kind {
            ExprKind::None => Value::None,
            ExprKind::Flag(flag) => Value::Flag(*flag),
            ExprKind::Int(digits) => Value::Int(digits.clone()),
            ExprKind::Float(number) => Value::Float(*number),
            ExprKind::Text(parts) => self.text(value.at, parts)?,
            ExprKind::Name(name) => match self.memory.get(name) {
                Some(value) => value.clone(),
                None => match check::known(name) {
                    Some(ValueType::Client) => Value::Client,
                    Some(ValueType::NewClient) => Value::NewClient,
                    Some(ValueType::Module(module)) => Value::Module(module),
                    _ => Value::None,
                },
            },
            ExprKind::Attribute(of, name) => {
                let of = self.value(of)?;
                of.attribute(&name.name).unwrap_or(Value::None)
            }
            ExprKind::Index(of, index) => {
                let of = self.value(of)?;
                let index = self.value(index)?;
                self.index(value, &of, &index)?
            }
            ExprKind::Call(function, arguments) => self.call(value, function, arguments)?,
            ExprKind::List(items, sequence) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    values.push(self.value(item)?);
                }
                Value::List(Arc::new(values), *sequence)
            }
            ExprKind::Dict(pairs) => {
                let mut items: Vec<(Arc<str>, Value)> = Vec::with_capacity(pairs.len());
                for (key, value) in pairs {
                    let key = self.value(key)?;
                    let value = self.value(value)?;
                    let Value::Text(key) = key else { continue };
                    match items.iter_mut().find(|(known, _)| *known == key) {
                        Some(there) => there.1 = value,
                        None => items.push((key, value)),
                    }
                }
                Value::Dict(Arc::new(items))
            }
        })
    }

    fn text(&mut self, at: Span, parts: &[StringPart]) -> Result<Value, Halt> {
        let mut text = String::new();
        for part in parts {
            match part {
                StringPart::Letters(letters) => text.push_str(letters),
                StringPart::Value { value, as_repr } => {
                    let value = self.value(value)?;
                    let shown = if *as_repr {
                        show::repr(&value)
                    } else {
                        show::printed(&value)
                    };
                    text.push_str(&self.made(at, shown)?);
                }
            }
        }
        Ok(Value::text(&text))
    }

    fn index(&self, whole: &Expr, of: &Value, index: &Value) -> Result<Value, Halt> {
        match (of, index) {
            (Value::List(items, sequence), Value::Int(digits)) => {
                let place = digits.parse::<i64>().ok().and_then(|place| {
                    let back = usize::try_from(place.unsigned_abs()).ok()?;
                    if place < 0 {
                        items.len().checked_sub(back)
                    } else {
                        Some(back)
                    }
                });
                let is_tuple = *sequence == super::value_type::SequenceType::Tuple;
                let of = if is_tuple { "tuple" } else { "list" };
                // A number that no place of a list can have is told in other words.
                let message = if digits.parse::<i64>().is_err() {
                    "cannot fit 'int' into an index-sized integer".to_owned()
                } else {
                    format!("{of} index out of range")
                };
                let found = place.and_then(|place| items.get(place));
                found
                    .cloned()
                    .ok_or_else(|| self.raised(whole, "IndexError", message))
            }
            (Value::Dict(items), Value::Text(key)) => {
                let found = items.iter().find(|(known, _)| known == key);
                let found = found.map(|(_, value)| value.clone());
                found.ok_or_else(|| self.raised(whole, "KeyError", python::repr(key)))
            }
            _ => Ok(Value::None),
        }
    }

    /// An exception of Python's own that a value raises.
    pub(super) fn raised(&self, of: &Expr, class: &str, message: String) -> Halt {
        let line = self.text.lines().nth(of.number.saturating_sub(1));
        let line = line.unwrap_or_default().trim();
        let (number, at) = (of.number, of.at);
        let traceback = format!(
            "Traceback (most recent call last):\n  File \"<script>\", line {number}, in <module>\n    {line}\n{class}: {message}\n"
        );
        let exception = Exception {
            class: class.to_owned(),
            message,
            traceback,
        };
        let kind = DiagnosticKind::Exception(Box::new(exception));
        Problem { at, kind }.into()
    }

    /// Keeps count of a text that was made.
    pub(super) fn made(&mut self, at: Span, text: String) -> Result<String, Halt> {
        self.memory.make(at, text.len())?;
        Ok(text)
    }

    /// Shows a text, as far as there is room. `more` is what is printed behind it and not shown.
    pub(super) fn show(&mut self, text: String, more: usize, make: fn(String) -> Output) {
        let left = MOST_PRINTED.saturating_sub(self.memory.shown);
        let length = text.chars().count() + more;
        let was_cut = self.memory.shown > MOST_PRINTED;
        self.memory.shown = self.memory.shown.saturating_add(length);
        if length <= left {
            return self.outputs.push(make(text));
        }
        if !was_cut {
            if left > 0 {
                self.outputs.push(make(text.chars().take(left).collect()));
            }
            self.outputs.push(Output::Cut(MOST_PRINTED));
        }
    }
}
