//! Requests to the REST server: `curl` command lines, and the bare form of documentation, `POST /api/2.0/mlflow/… {…}`.
//!
//! ```text
//! text ─▶ lines ─▶ Step::read(variables) ─▶ Statement ─▶ carry ─▶ Answer: status and body, as the server's
//! ```
//!
//! | module | what it is for |
//! |---|---|
//! | [`endpoints`] | the table of the server's endpoints |
//! | [`words`] | a command line cut into words |
//! | [`request`] | `curl` and its options; where a request goes |
//! | [`body`] | what is sent, checked as the server does |
//! | [`fault`] | what can be wrong, with the server's answers |
//! | [`answer`] | the server's answers |
//! | [`source`] | which sources of versions the server takes |
//! | [`mod@carry`] | a request carried out on a world |

pub mod answer;
pub mod body;
pub mod carry;
pub mod endpoints;
pub mod fault;
pub mod request;
pub mod source;
pub mod words;
pub mod written;

pub use answer::Answer;
pub use carry::{Done, Refused, carry};
pub use fault::Fault;
pub use written::Variables;

use super::Statement;
use super::cursor::{Cursor, is_line_end};
use super::trouble::{Problem, Span};
use endpoints::Verb;
use words::{Line, Piece};
use written::Written;

/// A request that is still to be read, once the variables have their values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// Where it stands.
    pub at: Span,
    said: Said,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Said {
    /// A command line.
    Line(Line),
    /// `NAME=value`: the name, and the value.
    Let(String, Line),
    /// The bare form: verb, address and body.
    Bare(Written, Written, Option<Written>),
}

/// What a step comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Told {
    /// Nothing: the script's own setting up.
    Nothing,
    /// A variable takes a value.
    Let(String, String),
    /// A call; the variable that keeps the run's ID of its answer.
    Call(Statement, Option<String>),
}

/// Whether a text is to be read as requests: its first line decides.
#[must_use]
pub fn is_rest(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    if text.starts_with("#!/bin/sh") {
        return true;
    }
    let mut lines = text.lines().map(unprompted);
    let Some(first) = lines.find(|line| !line.is_empty() && !line.starts_with('#')) else {
        return false;
    };
    let word = first.split_whitespace().next().unwrap_or_default();
    if word == "curl" || word == "curl.exe" {
        let second = first.split_whitespace().nth(1).unwrap_or_default();
        return !second.starts_with('=');
    }
    if is_verb(word) {
        let second = first.split_whitespace().nth(1).unwrap_or_default();
        return second.starts_with('/') || second.starts_with("http");
    }
    // A script sets itself up first: `set -eu`, `BASE=http://…`, `RUN_ID=$(curl …)`.
    let sets = word == "set"
        || first
            .split_once('=')
            .is_some_and(|(name, value)| is_variable(name) && !value.starts_with([' ', '=']));
    sets && (first.contains("$(curl ")
        || lines.any(|line| line.starts_with("curl ") || line.contains("$(curl ")))
}

/// A line without the prompt that was copied along.
fn unprompted(line: &str) -> &str {
    let line = line.trim_start();
    line.strip_prefix("$ ")
        .or_else(|| line.strip_prefix("% "))
        .unwrap_or(line)
        .trim_start()
}

fn is_variable(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn is_verb(word: &str) -> bool {
    Verb::ALL.iter().any(|verb| verb.as_str() == word) || word == "PUT"
}

/// Cuts a text into its steps.
///
/// # Errors
/// A quote without its end, or what a shell would do more than cut.
pub fn split(text: &str) -> Result<Vec<Step>, Problem> {
    if let Some(steps) = bare(text) {
        return Ok(steps);
    }
    let lines = words::split(text)?;
    Ok(lines.into_iter().map(step).collect())
}

fn step(mut line: Line) -> Step {
    let at = line.at;
    if let [first, _] = line.words.as_slice()
        && matches!(first.pieces.as_slice(), [Piece::Letters(letters, _)] if letters == "export")
    {
        line.words.remove(0);
    }
    if line.keeps.is_none()
        && let [word] = line.words.as_mut_slice()
        && let Some(Piece::Letters(letters, places)) = word.pieces.first_mut()
        && let Some((name, value)) = letters.split_once('=')
        && is_variable(name)
    {
        let (name, value) = (name.to_owned(), value.to_owned());
        places.drain(..places.len().saturating_sub(value.len()));
        *letters = value;
        let said = Said::Let(name, line);
        return Step { at, said };
    }
    let said = Said::Line(line);
    Step { at, said }
}

/// Reads a text in the bare form; nothing where it has another.
fn bare(text: &str) -> Option<Vec<Step>> {
    let mut cursor = Cursor::new(text, 0);
    cursor.eat("\u{feff}");
    let mut steps = Vec::new();
    loop {
        cursor.take_while(char::is_whitespace);
        if cursor.peek().is_none() {
            break;
        }
        if cursor.peek() == Some('#') {
            cursor.skip_line();
            continue;
        }
        let start = cursor.at();
        let is_word = |c: char| !c.is_whitespace();
        let verb = cursor.take_while(is_word);
        if !is_verb(verb) {
            return None;
        }
        let verb = Written::plain(text, cursor.since(start));
        cursor.take_while(|c| c == ' ' || c == '\t');
        let address_start = cursor.at();
        cursor.take_while(is_word);
        let address = Written::plain(text, cursor.since(address_start));
        let end = cursor.at();
        cursor.take_while(char::is_whitespace);
        let body = match cursor.peek() {
            Some('{' | '[') => {
                let body_start = cursor.at();
                skip_body(&mut cursor);
                Some(Written::plain(text, cursor.since(body_start)))
            }
            // What is no body on the same line is taken for one, so that it is complained about.
            Some(c)
                if !is_line_end(c)
                    && !text
                        .get(end..cursor.at())
                        .is_some_and(|it| it.contains('\n')) =>
            {
                let body_start = cursor.at();
                cursor.skip_line();
                Some(Written::plain(text, cursor.since(body_start)))
            }
            _ => None,
        };
        let end = body.as_ref().map_or(end, |body| body.at.end);
        steps.push(Step {
            at: Span { start, end },
            said: Said::Bare(verb, address, body),
        });
    }
    (!steps.is_empty()).then_some(steps)
}

/// Reads to the bracket that ends a body; to the end of the text where there is none.
fn skip_body(cursor: &mut Cursor<'_>) {
    let mut depth = 0_usize;
    let mut is_text = false;
    while let Some(c) = cursor.take() {
        match c {
            '\\' if is_text => {
                cursor.take();
            }
            '"' => is_text = !is_text,
            '{' | '[' if !is_text => depth += 1,
            '}' | ']' if !is_text => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return;
                }
            }
            _ => {}
        }
    }
}

impl Step {
    /// Where a field of the request is given a value, by the client's name for the field.
    #[must_use]
    pub fn place_of(&self, parameter: &str, variables: &Variables) -> Option<Span> {
        let request = match &self.said {
            Said::Let(..) => return None,
            Said::Bare(verb, address, body) => {
                request::bare(self.at, verb, address, body.clone()).ok()?
            }
            Said::Line(line) => request::curl(line, variables).ok()?,
        };
        body::place_of(&request, parameter)
    }

    /// Reads the step.
    ///
    /// # Errors
    /// What `curl` or the server complains about before the registry is asked.
    pub fn read(&self, variables: &Variables) -> Result<Told, Problem> {
        let (request, keeps) = match &self.said {
            Said::Let(name, line) => {
                let value = line.first(variables)?;
                return Ok(Told::Let(name.clone(), value.text));
            }
            Said::Bare(verb, address, body) => {
                (request::bare(self.at, verb, address, body.clone())?, None)
            }
            Said::Line(line) => {
                let first = line.first(variables)?;
                match first.text.as_str() {
                    "curl" | "curl.exe" => {}
                    "set" | "echo" => return Ok(Told::Nothing),
                    _ => {
                        let nearest = super::nearest::nearest(&first.text, ["curl"]);
                        let option = first.text.clone();
                        return Err(fault::problem(
                            first.at,
                            Fault::NoSuchOption { option, nearest },
                        ));
                    }
                }
                (request::curl(line, variables)?, line.keeps.clone())
            }
        };
        let does = body::read(&request)?;
        let at = request.at;
        Ok(Told::Call(Statement { at, does }, keeps))
    }
}
