//! Statements carried out on a world, one after the other.

use super::super::nearest::nearest;
use super::super::reply::Output;
use super::super::runs::Runs;
use super::super::trouble::{Owner, Problem, Raised, Span, TroubleKind, Unsupported, Wanted};
use super::super::world::World;
use super::show;
use super::tree::{Import, Leave, Line, Named, Says, Target};
use super::value::{Class, Module, Value};
use crate::registry::{Refusal, Sorted};

mod value;

/// How many letters a text may make in all. Names that double their text, line by line, end here.
const MAX_MADE: usize = 1_000_000;

/// How many steps a text may take: values worked out, and rounds of loops.
const MAX_STEPS: usize = 200_000;
/// As how many steps a change of the registry counts.
const CHANGE: usize = 100;

/// How deep calls of `lambda` may stand in each other.
const DEEPEST: usize = 8;

/// What Python remembers from one text to the next.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    pub(super) names: Sorted<String, Value>,
    pub(super) runs: Runs,
    /// The deprecated methods that were warned of.
    pub(super) warned: Vec<&'static str>,
    /// What is left of the text under way.
    made: usize,
    steps: usize,
}

impl Memory {
    /// A new text: what it may take is counted anew.
    pub const fn begin(&mut self) {
        self.made = 0;
        self.steps = 0;
    }

    /// Keeps count of the steps that a text takes.
    ///
    /// # Errors
    /// That these are too many.
    pub fn steps(&mut self, at: Span, steps: usize) -> Result<(), Halt> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > MAX_STEPS {
            let kind = TroubleKind::TooMuch;
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
        if self.made > MAX_MADE {
            let kind = TroubleKind::TooLong;
            return Err(Problem { at, kind }.into());
        }
        Ok(())
    }

    /// Whether a name has been given a value.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// The runs, which the REST server has too.
    pub const fn runs_mut(&mut self) -> &mut Runs {
        &mut self.runs
    }

    /// The names that have been given a value, with their values.
    pub fn names(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.names
            .iter()
            .map(|(name, value)| (name.as_str(), value))
    }

    /// The value of a name.
    #[must_use]
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

impl From<Problem> for Halt {
    #[cold]
    #[inline(never)]
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

/// Carries a statement out.
///
/// # Errors
/// What is wrong, or who refused.
pub fn run(
    memory: &mut Memory,
    world: &mut dyn World,
    line: &Line,
    outputs: &mut Vec<Output>,
) -> Result<(), Halt> {
    let mut run = Run {
        memory,
        world,
        outputs,
        locals: Vec::new(),
        calls: 0,
    };
    let is_value = matches!(line.says, Says::Value(_));
    let (_, value) = run.line(line)?;
    if is_value && !matches!(value, Value::None) {
        let shown = run.repr(line.at, &value)?;
        run.outputs.push(Output::Value(shown));
    }
    Ok(())
}

/// Whether a loop goes on.
type Flow = Option<Leave>;

/// What is under way.
pub(super) struct Run<'a> {
    pub(super) memory: &'a mut Memory,
    pub(super) world: &'a mut dyn World,
    pub(super) outputs: &'a mut Vec<Output>,
    /// The names of comprehensions and lambdas, innermost last.
    locals: Vec<(String, Value)>,
    calls: usize,
}

impl Run<'_> {
    fn line(&mut self, line: &Line) -> Result<(Flow, Value), Halt> {
        self.step(line.at)?;
        match &line.says {
            Says::Pass => {}
            Says::Unknown(problem) => return Err(problem.clone().into()),
            Says::Leave(leave) => return Ok((Some(*leave), Value::None)),
            Says::Import(imports) => {
                for import in imports {
                    self.import(import)?;
                }
            }
            Says::From(module, imports) => self.import_from(module, imports)?,
            Says::Assign(targets, value) => {
                let value = self.value(value)?;
                for target in targets {
                    self.assign(target, value.clone())?;
                }
            }
            Says::Add(name, operator, value) => {
                let left = self.name(name.at, &name.name)?;
                let right = self.value(value)?;
                let sum = self.operate(line.at, &left, *operator, &right)?;
                self.memory.names.insert(name.name.clone(), sum);
            }
            Says::Value(value) => return Ok((None, self.value(value)?)),
            Says::For(target, list, body) => {
                let items = self.items(list)?;
                for item in items {
                    self.step(target.at)?;
                    self.assign(target, item)?;
                    if self.lines(body)? == Some(Leave::Break) {
                        break;
                    }
                }
            }
            Says::If(arms) => {
                for (condition, body) in arms {
                    let holds = match condition {
                        Some(condition) => self.value(condition)?.is_true(),
                        None => true,
                    };
                    if holds {
                        return Ok((self.lines(body)?, Value::None));
                    }
                }
            }
            Says::With(items, body) => {
                for (value, target) in items {
                    let at = value.at;
                    let value = self.value(value)?;
                    if !matches!(&value, Value::Object(object) if object.class == Class::ActiveRun)
                    {
                        return Err(Problem::not_supported(at, Unsupported::Statement).into());
                    }
                    if let Some(target) = target {
                        self.assign(target, value)?;
                    }
                }
                let flow = self.lines(body);
                self.memory.runs.activate(None);
                return Ok((flow?, Value::None));
            }
        }
        Ok((None, Value::None))
    }

    fn lines(&mut self, lines: &[Line]) -> Result<Flow, Halt> {
        for line in lines {
            let (flow, _) = self.line(line)?;
            if flow.is_some() {
                return Ok(flow);
            }
        }
        Ok(None)
    }

    fn assign(&mut self, target: &Target, value: Value) -> Result<(), Halt> {
        for (name, value) in self.taken_apart(target, value)? {
            self.memory.names.insert(name, value);
        }
        Ok(())
    }

    /// The names of a target, each with its value.
    fn taken_apart(&mut self, target: &Target, value: Value) -> Result<Vec<(String, Value)>, Halt> {
        if !target.apart {
            let name = target.names.first().cloned();
            return Ok(name.into_iter().map(|name| (name, value.clone())).collect());
        }
        let values = self.items_of(target.at, &value)?;
        if values.len() != target.names.len() {
            let wanted = target.names.len();
            let found = values.len();
            return raised(target.at, Raised::Unpack { wanted, found });
        }
        Ok(target.names.iter().cloned().zip(values).collect())
    }

    fn import(&mut self, import: &Import) -> Result<(), Halt> {
        let value = module(&import.path)?;
        match (&import.alias, import.path.first()) {
            (Some(alias), _) => {
                self.memory.names.insert(alias.clone(), value);
            }
            // `import a.b` gives a name to `a`.
            (None, Some(first)) => {
                let root = module(std::slice::from_ref(first))?;
                self.memory.names.insert(first.name.clone(), root);
            }
            (None, None) => {}
        }
        Ok(())
    }

    fn import_from(&mut self, path: &[Named], imports: &[Import]) -> Result<(), Halt> {
        let module = module(path)?;
        for import in imports {
            for named in &import.path {
                let value = match &module {
                    Value::Module(known) => known.member(&named.name).ok_or_else(|| {
                        let near = nearest(&named.name, known.names());
                        unknown(named.at, Owner::Import, &named.name, near)
                    })?,
                    _ => Value::Foreign,
                };
                let name = import.alias.as_ref().unwrap_or(&named.name);
                self.memory.names.insert(name.clone(), value);
            }
        }
        Ok(())
    }

    /// Keeps count of the letters that are made.
    #[inline(never)]
    pub(super) fn make(&mut self, at: Span, letters: usize) -> Result<(), Halt> {
        self.memory.make(at, letters)
    }

    /// How many letters may still be made.
    pub(super) const fn room(&self) -> usize {
        MAX_MADE.saturating_sub(self.memory.made)
    }

    /// Keeps count of the steps.
    pub(super) fn step(&mut self, at: Span) -> Result<(), Halt> {
        self.steps(at, 1)
    }

    #[inline(never)]
    pub(super) fn steps(&mut self, at: Span, steps: usize) -> Result<(), Halt> {
        self.memory.steps(at, steps)
    }

    /// A made text, counted; nothing is a text that was too long to be made.
    pub(super) fn made(&mut self, at: Span, text: Option<String>) -> Result<String, Halt> {
        let text = text.ok_or(Problem {
            at,
            kind: TroubleKind::TooLong,
        })?;
        self.make(at, text.len())?;
        Ok(text)
    }

    pub(super) fn repr(&mut self, at: Span, value: &Value) -> Result<String, Halt> {
        let room = self.room();
        self.made(at, show::repr(value, room))
    }

    pub(super) fn printed(&mut self, at: Span, value: &Value) -> Result<String, Halt> {
        let room = self.room();
        self.made(at, show::printed(value, room))
    }

    /// A list or a tuple.
    pub(super) fn list(
        &mut self,
        at: Span,
        items: Vec<Value>,
        is_tuple: bool,
    ) -> Result<Value, Halt> {
        self.steps(at, items.len())?;
        let list = Value::list(items, is_tuple);
        list.ok_or_else(|| Problem::not_supported(at, Unsupported::Nesting).into())
    }

    pub(super) fn dict(&mut self, at: Span, items: Vec<(Value, Value)>) -> Result<Value, Halt> {
        self.steps(at, items.len())?;
        let dict = Value::dict(items);
        dict.ok_or_else(|| Problem::not_supported(at, Unsupported::Nesting).into())
    }

    /// What `print` prints. What is printed next goes on where this ends.
    pub(super) fn print(&mut self, text: &str) {
        if let Some(Output::Printed(before)) = self.outputs.last_mut() {
            before.push_str(text);
        } else {
            self.outputs.push(Output::Printed(text.to_owned()));
        }
    }
}

/// The module that a path leads to. Of other libraries nothing is known.
fn module(path: &[Named]) -> Result<Value, Problem> {
    let mut names = path.iter();
    let mut found = match names.next() {
        Some(first) if first.name == "mlflow" => Value::Module(Module::Mlflow),
        Some(first) if first.name == "pprint" => Value::Module(Module::Pprint),
        Some(first) => match nearest(&first.name, ["mlflow"]) {
            None => return Ok(Value::Foreign),
            near => return Err(unknown(first.at, Owner::Modules, &first.name, near)),
        },
        None => return Ok(Value::Foreign),
    };
    for name in names {
        found = match found {
            Value::Module(module) => module.member(&name.name).ok_or_else(|| {
                unknown(
                    name.at,
                    Owner::Modules,
                    &name.name,
                    nearest(&name.name, module.names()),
                )
            })?,
            _ => Value::Foreign,
        };
    }
    Ok(found)
}

/// An exception of Python's own.
pub(super) fn raised<T>(at: Span, raised: Raised) -> Result<T, Halt> {
    Err(raise(at, raised))
}

#[cold]
#[inline(never)]
fn raise(at: Span, raised: Raised) -> Halt {
    let kind = TroubleKind::Raised(raised);
    Problem { at, kind }.into()
}

#[cold]
#[inline(never)]
pub(super) fn wrong_type(at: Span, argument: &'static str, expected: Wanted) -> Halt {
    let kind = TroubleKind::WrongType { argument, expected };
    Problem { at, kind }.into()
}

#[cold]
#[inline(never)]
fn unknown(at: Span, of: Owner, name: &str, nearest: Option<&str>) -> Problem {
    Problem {
        at,
        kind: TroubleKind::UnknownName {
            of,
            name: name.to_owned(),
            nearest: nearest.map(str::to_owned),
        },
    }
}
