//! The console itself: it takes a text, carries it out on a registry, and remembers what Python would remember.

use super::bridge::Bridge;
use super::builtin_call::{self, BuiltinCall};
use super::diagnostic::{Diagnostic, DiagnosticKind, Problem};
use super::dialect::Dialect;
use super::python::{self, Halt, Memory, Names, Need, PyStatement};
use super::registry_host::RegistryHost;
use super::reply::{Output, Reply, Stop, Taken};
use super::runs::Runs;
use super::segments::{self, Segment};
use super::shell_words::{self, ShellWord};
use super::span::Span;
use super::transcript;
use super::{MAX_BYTES, rest};
use builtins::run_builtin;
use shell_line::shell_line;

mod builtins;
mod rest_call;
mod shell_line;

/// A page of help, of the history or of a model counts as so many letters: a text that asks for thousands of them would be
/// long in being put into words, though nobody reads them.
const PAGE: usize = 2_000;

/// A console: Python's names and what else is remembered from one text to the next.
#[derive(Clone, Debug, Default)]
pub struct Console {
    memory: Memory,
    /// The names that have a value in a real Python, which has all of Python then.
    theirs: Vec<String>,
    /// The shell's variables.
    variables: rest::Variables,
}

/// A statement that is ready to be carried out.
struct ReadStatement {
    at: Span,
    dialect: Dialect,
    kind: ReadStatementKind,
}

enum ReadStatementKind {
    Python(PyStatement),
    Shell(Vec<ShellWord>),
    Rest(rest::Step),
    /// With the place of what follows its first word.
    Builtin(BuiltinCall, Option<Span>),
    /// It is passed over: the line.
    Passed(String),
    /// It cannot be carried out; what comes before it can.
    Wrong(DiagnosticKind),
}

impl Console {
    /// Carries a text out on a registry, statement by statement, until it ends or one fails.
    pub fn enter(&mut self, host: &mut dyn RegistryHost, text: &str) -> Reply {
        self.enter_watched(host, text, &mut |_, _, _| {})
    }

    /// The same; after each statement, `watch` is shown the registry, the reply so far, and what was carried out.
    pub fn enter_watched(
        &mut self,
        host: &mut dyn RegistryHost,
        text: &str,
        watch: &mut dyn FnMut(&dyn RegistryHost, &Reply, Taken),
    ) -> Reply {
        let typed = transcript::typed(text);
        let text = typed.text.as_ref();
        let mut reply = Reply::default();
        let steps = match self.read(text, &mut reply.dialects) {
            Ok(steps) => steps,
            Err(mut diagnostic) => {
                diagnostic.at = typed.back(diagnostic.at);
                reply.stop = Some(Stop::Diagnostic(diagnostic));
                return reply;
            }
        };
        reply.statements = steps.len();
        self.memory.begin();
        for step in steps {
            let (dialect, at) = (step.dialect, step.at);
            let outputs = reply.outputs.len();
            let taken = Taken {
                at: typed.back(at),
                dialect,
                outputs,
            };
            if let Err(halt) = self.step(host, text, step, &mut reply) {
                reply.stop = Some(match halt {
                    Halt::Problem(problem) => Stop::Diagnostic(Diagnostic {
                        dialect,
                        at: typed.back(problem.at),
                        kind: problem.kind,
                    }),
                    Halt::Refused(place, refusal) => Stop::Refused {
                        dialect,
                        at: typed.back(place.unwrap_or(at)),
                        refusal: *refusal,
                    },
                });
                watch(host, &reply, taken);
                return reply;
            }
            reply.done += 1;
            watch(host, &reply, taken);
        }
        reply
    }

    /// How many statements a text has; none where it cannot be read at all.
    pub fn count(&self, text: &str) -> usize {
        self.read(&transcript::typed(text).text, &mut Vec::new())
            .map_or(0, |steps| steps.len())
    }

    /// Why a text needs a real Python, if it does: what this console has not read before is looked at, and nothing is done.
    pub fn needs_python(&self, text: &str) -> Option<Need> {
        let typed = transcript::typed(text);
        match self.read(&typed.text, &mut Vec::new()) {
            Err(Diagnostic {
                at,
                kind: DiagnosticKind::NeedsPython(why),
                ..
            }) => Some(Need {
                at: typed.back(at),
                why,
            }),
            _ => None,
        }
    }

    /// Whether any of a text is Python.
    pub fn has_python(&self, text: &str) -> bool {
        let segments = self.segments(&transcript::typed(text).text);
        segments
            .iter()
            .any(|segment| segment.dialect == Dialect::Python)
    }

    /// The segments of a text, each in one dialect: a name that was given a value is no builtin.
    pub fn segments(&self, text: &str) -> Vec<Segment> {
        segments::segments(text, &|name| self.has_name(name))
    }

    /// Returns the builtin of a text that works on the history or on the rules, if it has one: a copy of the registry has neither
    /// to give.
    pub fn not_on_a_copy(&self, text: &str) -> Option<&'static str> {
        let text = transcript::typed(text).text;
        let segments = self.segments(&text);
        let mut builtin = segments
            .iter()
            .filter(|segment| segment.dialect == Dialect::Builtin);
        builtin.find_map(
            |segment| match builtin_call::read(&text, segment.at).ok()?.0 {
                BuiltinCall::Undo => Some("undo"),
                BuiltinCall::Redo => Some("redo"),
                BuiltinCall::Restore(_) => Some("restore"),
                BuiltinCall::Reset { .. } => Some("reset"),
                BuiltinCall::Rules(Some(_)) => Some("rules"),
                BuiltinCall::Rules(None)
                | BuiltinCall::Help(_)
                | BuiltinCall::History
                | BuiltinCall::Show(_)
                | BuiltinCall::Clear => None,
            },
        )
    }

    /// Returns the shell's variables.
    pub const fn variables(&self) -> &rest::Variables {
        &self.variables
    }

    /// Puts the shell's variables of a dry run in the place of its own.
    pub fn set_variables(&mut self, variables: rest::Variables) {
        self.variables = variables;
    }

    /// Hands the Python names over to a real Python that has begun, which has to take in what this gives back before anything
    /// else, line by line; what a console knows from the start is among it. From then on all Python is its own: here, the
    /// names are forgotten.
    pub fn hand_over(&mut self) -> String {
        format!("{}{}", python::PRELUDE, self.memory.hand_over())
    }

    /// Takes in which names have a value in a real Python; none of them where that has ended. Their values are known to it
    /// alone.
    pub fn set_theirs(&mut self, names: Vec<String>) {
        self.theirs = names;
    }

    /// The names that have a value in a real Python.
    pub(super) fn theirs(&self) -> &[String] {
        &self.theirs
    }

    /// Whether a name has been given a value, here or in a real Python.
    pub(super) fn has_name(&self, name: &str) -> bool {
        self.memory.has(name) || self.theirs.iter().any(|their| their == name)
    }

    /// What is known beside the registry and the names: to be taken over by a Python that goes on.
    pub fn known(&self) -> serde_json::Value {
        self.memory.known()
    }

    /// Takes over what another Python knows beside the registry.
    pub fn take_over(&mut self, known: &serde_json::Value) {
        self.memory.take_over(known);
    }

    /// Whether Enter at the end of the text starts a new line: something is open – a bracket, a quote, a backslash, a
    /// block of Python – that an empty line does not end, or there is no empty line yet.
    pub fn goes_on(&self, text: &str) -> bool {
        let is_open = |text: &str| {
            let segments = self.segments(text);
            segments.last().is_some_and(|last| match last.dialect {
                Dialect::Python => segments::goes_on(text.get(last.at.start..).unwrap_or_default()),
                Dialect::Shell | Dialect::Rest => segments::shell_goes_on(last.at.of(text)),
                Dialect::Builtin => false,
            })
        };
        is_open(text) && (!text.ends_with('\n') || is_open(&format!("{text}\n")))
    }

    /// What stands between Python and the registry, and the runs: a real Python has both too.
    pub const fn bridge_mut(&mut self) -> (&mut Bridge, &mut Runs) {
        self.memory.bridge_mut()
    }

    /// The Python names that were given a value.
    pub(super) const fn memory(&self) -> &Memory {
        &self.memory
    }

    /// Reads a text; its dialects are put to `dialects`.
    fn read(
        &self,
        text: &str,
        dialects: &mut Vec<Dialect>,
    ) -> Result<Vec<ReadStatement>, Diagnostic> {
        let diagnostic = |dialect| move |Problem { at, kind }| Diagnostic { dialect, at, kind };
        if text.len() > MAX_BYTES {
            // Nothing of it is read, so its dialect is not known; Python is what long texts are.
            let problem = Problem {
                at: Span::default(),
                kind: DiagnosticKind::TooLong,
            };
            return Err(diagnostic(Dialect::Python)(problem));
        }
        let mut steps = Vec::new();
        let segments = self.segments(text);
        for segment in &segments {
            if !dialects.contains(&segment.dialect) {
                dialects.push(segment.dialect);
            }
        }
        let mut names = self.memory.names();
        for segment in segments {
            read_segment(text, segment, &mut names, &mut steps)
                .map_err(diagnostic(segment.dialect))?;
        }
        Ok(steps)
    }

    fn step(
        &mut self,
        host: &mut dyn RegistryHost,
        text: &str,
        step: ReadStatement,
        reply: &mut Reply,
    ) -> Result<(), Halt> {
        let at = step.at;
        match step.kind {
            ReadStatementKind::Python(line) => {
                python::run(&mut self.memory, host, text, &line, &mut reply.outputs)
            }
            ReadStatementKind::Shell(words) => shell_line(host, &words, at, reply),
            ReadStatementKind::Rest(asked) => self.rest_call(host, &asked, at, reply),
            ReadStatementKind::Passed(line) => {
                reply.outputs.push(Output::Passed(line));
                Ok(())
            }
            ReadStatementKind::Builtin(builtin, argument) => {
                match builtin {
                    BuiltinCall::Help(_) | BuiltinCall::History | BuiltinCall::Show(_) => {
                        self.memory.make(at, PAGE)?
                    }
                    BuiltinCall::Undo
                    | BuiltinCall::Redo
                    | BuiltinCall::Restore(_)
                    | BuiltinCall::Reset { .. } => {
                        self.memory.change(at)?;
                    }
                    BuiltinCall::Rules(_) | BuiltinCall::Clear => {}
                }
                run_builtin(host, builtin, argument, &mut reply.outputs)
            }
            ReadStatementKind::Wrong(kind) => Err(Problem { at, kind }.into()),
        }
    }
}

/// Reads a segment of a text. What is no language at all is a problem of the whole text; anything else of its statement.
fn read_segment(
    text: &str,
    segment: Segment,
    names: &mut Names,
    steps: &mut Vec<ReadStatement>,
) -> Result<(), Problem> {
    let dialect = segment.dialect;
    let mut push =
        |at: Span, kind: ReadStatementKind| steps.push(ReadStatement { at, dialect, kind });
    let later = |problem: Problem| -> Result<(Span, ReadStatementKind), Problem> {
        match problem.kind {
            DiagnosticKind::Syntax { .. } => Err(problem),
            kind => Ok((problem.at, ReadStatementKind::Wrong(kind))),
        }
    };
    match dialect {
        Dialect::Python => {
            for line in python::read(text, segment.at, names)? {
                push(line.at, ReadStatementKind::Python(line));
            }
        }
        Dialect::Builtin => match builtin_call::read(text, segment.at) {
            Ok((builtin, argument)) => push(
                trimmed(text, segment.at),
                ReadStatementKind::Builtin(builtin, argument),
            ),
            Err(problem) => {
                let (at, kind) = later(problem)?;
                push(at, kind);
            }
        },
        Dialect::Shell => match shell_words::split(segment.at.of(text)) {
            Ok(commands) => {
                for mut words in commands {
                    for word in &mut words {
                        word.at = word.at.later(segment.at.start);
                    }
                    if let Some((first, last)) = words.first().zip(words.last()) {
                        let at = first.at.to(last.at);
                        let is_passed = transcript::is_passed(first.text.as_str());
                        push(
                            at,
                            if is_passed {
                                ReadStatementKind::Passed(at.of(text).to_owned())
                            } else {
                                ReadStatementKind::Shell(words)
                            },
                        );
                    }
                }
            }
            Err(mut problem) => {
                problem.at = problem.at.later(segment.at.start);
                let (at, kind) = later(problem)?;
                push(at, kind);
            }
        },
        Dialect::Rest => match rest::split(segment.at.of(text)) {
            Ok(found) => {
                for mut step in found {
                    step.line = step.at.later(segment.at.start).of(text).to_owned();
                    push(
                        step.at.later(segment.at.start),
                        ReadStatementKind::Rest(step),
                    );
                }
            }
            Err(mut problem) => {
                problem.at = problem.at.later(segment.at.start);
                let (at, kind) = later(problem)?;
                push(at, kind);
            }
        },
    }
    Ok(())
}

/// A place without the blanks around it.
fn trimmed(text: &str, at: Span) -> Span {
    let segment = at.of(text);
    let start = at.start + (segment.len() - segment.trim_start().len());
    Span {
        start,
        end: start + segment.trim().len(),
    }
}
