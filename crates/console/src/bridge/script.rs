//! A script that a real Python runs: the events that it tells, one JSON object a line, put together as a reply.
//!
//! | event | what happened |
//! |---|---|
//! | `{"event":"begin","statements":4}` | the script can be read, and has so many statements |
//! | `{"event":"checked","statements":4,"raised":null}` | the same, where nothing is to be done |
//! | `{"event":"statement","line":3,"end":5,"column":0,"end_column":9}` | this statement is begun; columns are bytes, or null |
//! | `{"event":"out","text":"…"}`, `"err"` | something was printed |
//! | `{"event":"value","text":"…"}` | the value of an expression that stands alone |
//! | `{"event":"note","id":"sleep","text":"…"}` | something to be known of what was done instead |
//! | `{"event":"call","method":"…","arguments":"…"}` | a call; Python waits for its answer |
//! | `{"event":"end","done":4,"raised":null,"exit":null,"names":[…]}` | it has ended |

use serde_json::Value;

use super::Bridge;
use crate::diagnostic::{Complaint, Diagnostic, DiagnosticKind, Exception};
use crate::dialect::Dialect;
use crate::registry_host::RegistryHost;
use crate::reply::{Output, Reply, Stop, Taken};
use crate::runs::Runs;
use crate::span::Span;
use registry::{ErrorCode, json};

/// What Python raises where a script ends itself; the message is the exit code.
pub const EXIT: &str = "SystemExit";

/// A script under way: a piece of a text.
#[derive(Clone, Debug)]
pub struct Script {
    /// Where the lines of the whole text start.
    lines: Vec<usize>,
    length: usize,
    at: Span,
    statement: Option<Taken>,
}

/// What an event comes to.
#[derive(Clone, PartialEq, Debug)]
pub enum Heard {
    /// There is more to show, perhaps.
    More,
    /// Python waits for this answer.
    Answer(String),
    /// A statement is done, and the next one begun.
    Done(Taken),
    /// The script has ended.
    Ended {
        /// The statement that it ended in, or behind.
        last: Option<Taken>,
        /// The names that have a value now.
        names: Vec<String>,
    },
    /// The script was looked at: the reply has the number of its statements, or why it is none.
    Checked,
    /// This is no event.
    Nothing,
}

impl Script {
    /// A piece of a text.
    pub fn new(text: &str, at: Span) -> Self {
        let starts = text.match_indices('\n').map(|(place, _)| place + 1);
        Self {
            lines: std::iter::once(0).chain(starts).collect(),
            length: text.len(),
            at,
            statement: None,
        }
    }

    /// The piece as Python gets it: its lines have the numbers that they have in the whole text.
    pub fn source(&self, text: &str) -> String {
        let before = self
            .lines
            .iter()
            .filter(|start| **start > 0 && **start <= self.at.start);
        let mut source = "\n".repeat(before.count());
        // What stands before the piece on its line is its margin.
        let line = self.lines.iter().rfind(|start| **start <= self.at.start);
        let margin = text.get(line.copied().unwrap_or_default()..self.at.start);
        source.push_str(margin.filter(|it| it.trim().is_empty()).unwrap_or_default());
        source.push_str(self.at.of(text));
        source
    }

    /// The byte at a column of a line.
    fn byte(&self, line: u64, column: u64) -> Option<usize> {
        let line = usize::try_from(line).ok()?.checked_sub(1)?;
        let start = self.lines.get(line)?;
        start.checked_add(usize::try_from(column).ok()?)
    }

    /// Where lines stand, by their numbers from 1.
    fn place(&self, text: &str, first: u64, last: u64) -> Span {
        let start = |line: u64| {
            let line = usize::try_from(line).ok().and_then(|it| it.checked_sub(1));
            line.and_then(|line| self.lines.get(line).copied())
                .unwrap_or(self.length)
        };
        let (start, end) = (start(first), start(last.saturating_add(1)));
        let piece = text.get(start..end).unwrap_or_default();
        let start = start + (piece.len() - piece.trim_start().len());
        Span {
            start,
            end: (start + piece.trim().len()).min(end),
        }
    }

    /// Takes an event in. What there is to show of it is put to the reply.
    pub fn hear(
        &mut self,
        bridge: &mut Bridge,
        host: &mut dyn RegistryHost,
        runs: &mut Runs,
        text: &str,
        reply: &mut Reply,
        event: &str,
    ) -> Heard {
        let event = json::value(event).unwrap_or(Value::Null);
        let said = |field: &str| event.get(field).and_then(Value::as_str).unwrap_or_default();
        let number = |field: &str| event.get(field).and_then(Value::as_u64);
        match said("event") {
            "call" => {
                let called = bridge.call(host, runs, said("method"), said("arguments"));
                reply.outputs.extend(called.outputs);
                return Heard::Answer(called.json);
            }
            "statement" => {
                let first = number("line").unwrap_or(1);
                let last = number("end").unwrap_or(first);
                let columns = number("column").zip(number("end_column"));
                let at = columns.and_then(|(start, end)| {
                    let span = Span {
                        start: self.byte(first, start)?,
                        end: self.byte(last, end)?,
                    };
                    text.get(span.start..span.end).map(|_| span)
                });
                let at = at.unwrap_or_else(|| self.place(text, first, last));
                let taken = Taken {
                    at,
                    dialect: Dialect::Python,
                    outputs: reply.outputs.len(),
                };
                let before = self.statement.replace(taken);
                if let Some(before) = before {
                    reply.done += 1;
                    return Heard::Done(before);
                }
            }
            "begin" => {
                let statements = number("statements").unwrap_or_default();
                reply.statements += usize::try_from(statements).unwrap_or(usize::MAX);
            }
            "checked" => {
                let statements = number("statements").unwrap_or_default();
                reply.statements = usize::try_from(statements).unwrap_or(usize::MAX);
                self.stop(bridge, text, reply, &event);
                return Heard::Checked;
            }
            "out" => reply.outputs.push(Output::Printed(said("text").to_owned())),
            "err" | "note" => {
                let told = said("text").trim_end_matches('\n').to_owned();
                reply.outputs.push(Output::Told(told));
            }
            "value" => reply.outputs.push(Output::Value(said("text").to_owned())),
            "end" => return self.end(bridge, text, reply, &event),
            _ => return Heard::Nothing,
        }
        Heard::More
    }

    fn end(&mut self, bridge: &Bridge, text: &str, reply: &mut Reply, event: &Value) -> Heard {
        self.stop(bridge, text, reply, event);
        let exit = event.get("exit").and_then(Value::as_i64);
        if let Some(code) = exit.filter(|code| *code != 0 && reply.stop.is_none()) {
            // A script that asks for an exit code has failed, and has said why itself.
            reply.stop = Some(Stop::Diagnostic(Diagnostic {
                dialect: Dialect::Python,
                at: self.statement.map_or(self.at, |taken| taken.at),
                kind: DiagnosticKind::Exception(Box::new(Exception {
                    class: EXIT.to_owned(),
                    message: code.to_string(),
                    traceback: String::new(),
                })),
            }));
        }
        let last = self.statement.take();
        if reply.stop.is_none() {
            reply.done += usize::from(last.is_some());
        }
        let names = event.get("names").and_then(Value::as_array);
        let names = names.into_iter().flatten();
        Heard::Ended {
            last,
            names: names
                .filter_map(|name| name.as_str().map(str::to_owned))
                .collect(),
        }
    }

    /// What was raised, if anything was, is why the reply ends.
    fn stop(&self, bridge: &Bridge, text: &str, reply: &mut Reply, event: &Value) {
        let raised = event.get("raised").unwrap_or(&Value::Null);
        if raised.is_null() {
            return;
        }
        let said = |field: &str| {
            let said = raised.get(field).and_then(Value::as_str);
            said.unwrap_or_default().to_owned()
        };
        let at = match raised.get("line").and_then(Value::as_u64) {
            Some(line) => self.place(text, line, line),
            None => self.statement.map_or(self.at, |taken| taken.at),
        };
        let refusal = raised.get("refusal").and_then(Value::as_u64);
        let refusal = refusal.and_then(|it| bridge.refusal(usize::try_from(it).ok()?));
        let dialect = Dialect::Python;
        reply.stop = Some(match refusal {
            Some(refusal) => Stop::Refused {
                dialect,
                at,
                refusal: refusal.clone(),
            },
            None => Stop::Diagnostic(Diagnostic {
                dialect,
                at,
                kind: match code(&said("code")) {
                    Some(code) => DiagnosticKind::Mlflow(Complaint {
                        about: "",
                        code,
                        message: said("message"),
                    }),
                    None => DiagnosticKind::Exception(Box::new(Exception {
                        class: said("type"),
                        message: said("message"),
                        traceback: said("traceback"),
                    })),
                },
            }),
        });
    }
}

/// MLflow's code of that name.
fn code(name: &str) -> Option<ErrorCode> {
    [
        ErrorCode::InvalidParameterValue,
        ErrorCode::ResourceAlreadyExists,
        ErrorCode::ResourceDoesNotExist,
        ErrorCode::InternalError,
    ]
    .into_iter()
    .find(|code| code.as_str() == name)
}
