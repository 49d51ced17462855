//! Requests to the REST server: `curl` command lines, and the bare form of documentation, `POST /api/2.0/mlflow/… {…}`.
//!
//! ```text
//! text ─▶ pipelines ─▶ Step::read(variables) ─▶ Parsed: Statement ─▶ execute ─▶ HttpResponse: status and body, as the server's
//! ```
//!
//! | module | what it is for |
//! |---|---|
//! | [`endpoints`] | the table of the server's endpoints |
//! | [`shell_words`] | a command line cut into words |
//! | [`source_map`] | the text of a word, and where each letter of it was written |
//! | [`request`] | `curl` and its options; where a request goes |
//! | [`body`] | what is sent, checked as the server does |
//! | [`fault`] | what can be wrong, with the server's answers |
//! | [`response`] | the server's answers |
//! | [`pipe`] | what an answer is piped into |
//! | [`source`] | which sources of versions the server takes |
//! | [`mod@execute`] | a request carried out on a registry |

pub mod body;
pub mod endpoints;
pub mod execute;
pub mod fault;
pub mod pipe;
pub mod refused;
pub mod request;
pub mod response;
pub mod shell_words;
pub mod source;
pub mod source_map;

pub use execute::{Outcome, execute};
pub use fault::Fault;
pub use pipe::Pipe;
pub use refused::Refused;
pub use response::HttpResponse;
pub use source_map::Variables;

use super::cursor::{Cursor, is_line_end};
use super::diagnostic::Problem;
use super::span::Span;
use super::statement::Statement;
use endpoints::Verb;
use shell_words::{Pipeline, WordPart};
use source_map::MappedText;

/// A request that is still to be read, once the variables have their values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    pub at: Span,
    /// How it is written, for what is passed over.
    pub line: String,
    form: StepForm,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum StepForm {
    /// A command line.
    Pipeline(Pipeline),
    /// `NAME=value`: the name, and the value.
    Let(String, Pipeline),
    /// The bare form: verb, address and body.
    Bare(MappedText, MappedText, Option<MappedText>),
    /// More than the console carries out.
    Wrong(Problem),
}

/// What a step comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Parsed {
    /// Nothing is done: the line sets something up that is not here.
    Passed,
    /// `echo`: what it prints.
    Echo(String),
    /// A command line of another program.
    Program(Vec<super::shell_words::ShellWord>),
    /// A variable takes a value.
    Let(String, String),
    /// A call, and what happens to its answer.
    Call(Statement, After),
}

/// What happens to an answer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct After {
    /// What it is piped into.
    pub pipes: Vec<Pipe>,
    /// The variable that keeps what comes of it.
    pub keeps: Option<String>,
}

/// Whether a text is to be read as requests, or as a script of a shell with some: its first line decides.
pub fn is_rest(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    if text.starts_with("#!/bin/sh") || text.starts_with("#!/bin/bash") {
        return true;
    }
    let is_shebang =
        text.starts_with("#!") && text.lines().next().is_some_and(|it| it.ends_with("sh"));
    let mut lines = text.lines().map(unprompted);
    let Some(first) = lines.find(|line| !line.is_empty() && !line.starts_with('#')) else {
        return false;
    };
    if is_shebang {
        return true;
    }
    let mut words = first.split_whitespace();
    let word = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    if word == "curl" || word == "curl.exe" {
        return !second.starts_with('=');
    }
    if is_verb(word) {
        return second.starts_with('/') || second.starts_with("http");
    }
    // A script sets itself up first: `set -eu`, `export A=b`, `BASE=http://…`, `RUN_ID=$(curl …)`.
    let is_loop = matches!(word, "for" | "while" | "until") && first.ends_with("do");
    if is_setup(word, second) || is_loop {
        return true;
    }
    let sets = first
        .split_once('=')
        .is_some_and(|(name, value)| is_variable(name) && !value.starts_with([' ', '=']));
    sets && (first.contains("$(")
        || lines.any(|line| line.starts_with("curl ") || line.contains("$(curl ")))
}

/// Whether these two words begin a line of a shell that is no request.
fn is_setup(word: &str, second: &str) -> bool {
    let is_plain = !second.starts_with(['=', '(', '.', ',', '[', '+', '-', '*', '/']);
    match word {
        "export" => second.contains('=') && !second.starts_with('='),
        "echo" => !second.is_empty() && !second.starts_with('='),
        "set" => second.starts_with(['-', '+']),
        "cd" | "source" => !second.is_empty() && (is_plain || second.starts_with(['/', '.', '-'])),
        "sleep" => second.starts_with(|c: char| c.is_ascii_digit()),
        "if" => second == "[" || second == "curl" || second == "!",
        _ => false,
    }
}

/// The programs whose lines set something up that is not here; they are passed over.
const PASSED: [&str; 12] = [
    "set", "cd", "sleep", "source", ".", "pip", "pip3", "conda", "uv", "mkdir", "clear", "exit",
];

/// The words that make more than a line of commands.
const BLOCKS: [&str; 18] = [
    "if", "then", "else", "elif", "fi", "for", "while", "until", "do", "done", "case", "esac",
    "function", "{", "}", "[", "[[", "test",
];

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

/// Cuts a text into its steps. What a shell would do more than cut is a step that cannot be read, the last one.
///
/// # Errors
/// A quote without its end.
pub fn split(text: &str) -> Result<Vec<Step>, Problem> {
    if let Some(steps) = bare(text) {
        return Ok(steps);
    }
    let (lines, wrong) = shell_words::split(text)?;
    let mut steps: Vec<Step> = lines.into_iter().map(step).collect();
    steps.extend(wrong.map(|problem| Step {
        at: problem.at,
        line: String::new(),
        form: StepForm::Wrong(problem),
    }));
    Ok(steps)
}

fn step(mut line: Pipeline) -> Step {
    let at = line.at;
    if let [first, _] = line.words.as_slice()
        && matches!(first.parts.as_slice(), [WordPart::Letters(letters, _)] if letters == "export")
    {
        line.words.remove(0);
    }
    if line.keeps.is_none()
        && line.pipes.is_empty()
        && let [word] = line.words.as_mut_slice()
        && let Some(WordPart::Letters(letters, places)) = word.parts.first_mut()
        && let Some((name, value)) = letters.split_once('=')
        && is_variable(name)
    {
        let (name, value) = (name.to_owned(), value.to_owned());
        places.drain(..places.len().saturating_sub(value.len()));
        *letters = value;
        let form = StepForm::Let(name, line);
        return Step {
            at,
            line: String::new(),
            form,
        };
    }
    Step {
        at,
        line: String::new(),
        form: StepForm::Pipeline(line),
    }
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
        let verb = MappedText::plain(text, cursor.since(start));
        cursor.take_while(|c| c == ' ' || c == '\t');
        let address_start = cursor.at();
        cursor.take_while(is_word);
        let address = MappedText::plain(text, cursor.since(address_start));
        let end = cursor.at();
        cursor.take_while(char::is_whitespace);
        let body = match cursor.peek() {
            Some('{' | '[') => {
                let body_start = cursor.at();
                skip_body(&mut cursor);
                Some(MappedText::plain(text, cursor.since(body_start)))
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
                Some(MappedText::plain(text, cursor.since(body_start)))
            }
            _ => None,
        };
        let end = body.as_ref().map_or(end, |body| body.at.end);
        steps.push(Step {
            at: Span { start, end },
            line: String::new(),
            form: StepForm::Bare(verb, address, body),
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
    pub fn place_of(&self, parameter: &str, variables: &Variables) -> Option<Span> {
        let request = match &self.form {
            StepForm::Let(..) | StepForm::Wrong(_) => return None,
            StepForm::Bare(verb, address, body) => {
                request::bare(self.at, verb, address, body.clone()).ok()?
            }
            StepForm::Pipeline(line) => request::curl(line, variables).ok()?,
        };
        body::place_of(&request, parameter)
    }

    /// Reads the step.
    ///
    /// # Errors
    /// What `curl` or the server complains about before the registry is asked.
    pub fn read(&self, variables: &Variables) -> Result<Parsed, Problem> {
        let (request, after) = match &self.form {
            StepForm::Wrong(problem) => return Err(problem.clone()),
            StepForm::Let(name, line) => {
                let value = line.first(variables)?;
                return Ok(Parsed::Let(name.clone(), value.text));
            }
            StepForm::Bare(verb, address, body) => {
                let request = request::bare(self.at, verb, address, body.clone())?;
                (request, After::default())
            }
            StepForm::Pipeline(line) => {
                let first = line.first(variables)?;
                if !matches!(first.text.as_str(), "curl" | "curl.exe") {
                    return other(line, &first, variables);
                }
                let mut pipes = Vec::new();
                for (at, words) in &line.pipes {
                    pipes.push(Pipe::read(words, *at, variables)?);
                }
                let keeps = line.keeps.clone();
                (request::curl(line, variables)?, After { pipes, keeps })
            }
        };
        let operation = body::read(&request)?;
        let at = request.at;
        Ok(Parsed::Call(Statement { at, operation }, after))
    }
}

/// A line of a script that is no request.
fn other(line: &Pipeline, first: &MappedText, variables: &Variables) -> Result<Parsed, Problem> {
    if BLOCKS.contains(&first.text.as_str()) {
        let word = first.text.clone();
        return Err(Problem::rest(first.at, Fault::Block { word }));
    }
    if PASSED.contains(&first.text.as_str()) {
        return Ok(Parsed::Passed);
    }
    if let Some((at, words)) = line.pipes.first() {
        let at = words.first().map_or(*at, |word| word.at);
        let program = "|".to_owned();
        return Err(Problem::rest(at, Fault::Pipe { program }));
    }
    let mut words = Vec::new();
    for word in &line.words {
        words.push(MappedText::of(word, variables)?);
    }
    match first.text.as_str() {
        "echo" => {
            let mut texts = words.iter().skip(1).map(|word| word.text.as_str());
            let first = texts.next().filter(|it| *it != "-n" && *it != "-e");
            let texts: Vec<&str> = first.into_iter().chain(texts).collect();
            Ok(Parsed::Echo(texts.join(" ")))
        }
        "export" | "unset" => Ok(Parsed::Passed),
        "python" | "python3" if words.get(1).is_some_and(|it| it.text == "-m") => {
            match words.get(2).map(|word| word.text.as_str()) {
                Some("pip" | "venv") => Ok(Parsed::Passed),
                _ => Err(no_program(first)),
            }
        }
        "mlflow" => Ok(Parsed::Program(
            words
                .into_iter()
                .map(|word| super::shell_words::ShellWord {
                    at: word.at,
                    text: word.text,
                })
                .collect(),
        )),
        _ => Err(no_program(first)),
    }
}

fn no_program(first: &MappedText) -> Problem {
    let name = first.text.clone();
    let nearest = super::nearest::nearest(&name, ["curl", "mlflow"]);
    Problem::rest(first.at, Fault::NoProgram { name, nearest })
}
