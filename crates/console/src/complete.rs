//! What could come next at a cursor: commands and options, names and methods, arguments, and what exists in the registry.

use super::builtins::Builtin;
use super::dialect::Dialect;
use super::order::ordered;
use super::python::check::{KNOWN, known};
use super::python::keywords::STARTS;
use super::registry_host::{RegistryHost, ask};
use super::session::Console;
use super::span::Span;
use registry::{ModelName, RegisteredModel, Stage};

mod call;
mod chain;
mod line;
mod python;
mod rest;
#[cfg(test)]
mod tests;

/// Something that could stand at the cursor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completion {
    /// What it takes the place of.
    pub replace: Span,
    /// What is put there.
    pub text: String,
    pub kind: CompletionKind,
}

/// What a completion is. What is nearer to the registry comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum CompletionKind {
    Model,
    Stage,
    Alias,
    /// A version, or a step of the history.
    Version,
    /// The name of an argument, with its `=`.
    Argument,
    /// An option of a command line.
    Option,
    /// A name that was given a value, or is known.
    Name,
    /// A field of an object.
    Field,
    /// A method or function.
    Method,
    /// A command of a command line, or a builtin of the console.
    Command,
    /// A word of the language.
    Keyword,
}

/// How many are offered at most.
const MOST: usize = 50;
/// How many models and versions are looked at for one list.
const MOST_LOOKED_AT: usize = 500;

/// What could stand at the cursor, best first, at most 50.
pub fn complete(
    console: &Console,
    host: &dyn RegistryHost,
    text: &str,
    cursor: usize,
) -> Vec<Completion> {
    let Some(before) = text.get(..cursor) else {
        return Vec::new();
    };
    let segments = console.segments(before);
    // In a comment nothing is offered.
    let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    if line.trim_start().starts_with('#') {
        return Vec::new();
    }
    let last = segments
        .last()
        .filter(|segment| segment.at.end == before.len());
    let mut list = List {
        host,
        found: Vec::new(),
        start: before.len(),
        end: before.len(),
        typed: String::new(),
        open: String::new(),
        close: String::new(),
    };
    match last {
        None => list.starts(console),
        Some(segment) => match segment.dialect {
            Dialect::Builtin => list.builtin(before, segment.at),
            Dialect::Shell => list.shell(before, segment.at),
            Dialect::Rest => list.rest(before, segment.at),
            Dialect::Python => list.python(console, before, segment.at),
        },
    }
    list.finish(text)
}

/// Completions that are being collected.
struct List<'w> {
    host: &'w dyn RegistryHost,
    found: Vec<(String, CompletionKind)>,
    /// Where what they replace starts and ends.
    start: usize,
    end: usize,
    typed: String,
    /// What is put before and behind: quotes.
    open: String,
    close: String,
}

impl List<'_> {
    fn add(&mut self, text: impl Into<String>, kind: CompletionKind) {
        self.found.push((text.into(), kind));
    }

    fn all<'n>(&mut self, names: impl IntoIterator<Item = &'n str>, kind: CompletionKind) {
        for name in names {
            self.add(name, kind);
        }
    }

    /// Sets what is being typed: from a place to the cursor.
    fn typing(&mut self, text: &str, start: usize) {
        self.start = start;
        self.typed = text.get(start..).unwrap_or_default().to_owned();
    }

    /// Ranks what fits, and puts the quotes around it.
    fn finish(self, text: &str) -> Vec<Completion> {
        let typed = self.typed.as_str();
        let lower = typed.to_ascii_lowercase();
        let rank = |text: &str| {
            if text.starts_with(typed) {
                Some(0)
            } else if text.to_ascii_lowercase().starts_with(&lower) {
                Some(1)
            } else if lower.chars().count() > 1 && text.to_ascii_lowercase().contains(&lower) {
                Some(2)
            } else {
                None
            }
        };
        let mut ranked: Vec<_> = self
            .found
            .into_iter()
            .enumerate()
            .filter(|(_, (text, _))| text != typed || !self.close.is_empty())
            .filter_map(|(at, (text, kind))| Some((rank(&text)?, kind, at, text)))
            .collect();
        ranked = ordered(&ranked, &|left: &(i32, CompletionKind, usize, String),
                                    right| {
            (left.0, left.1, left.2).cmp(&(right.0, right.1, right.2))
        });
        let mut seen: Vec<String> = Vec::new();
        let mut completions = Vec::new();
        // A quote that stands there already is not put there twice.
        let rest = text.get(self.end..).unwrap_or_default();
        let has_close = !self.close.is_empty() && rest.starts_with(&self.close);
        let replace = Span {
            start: self.start,
            end: self.end + if has_close { self.close.len() } else { 0 },
        };
        for (_, kind, _, text) in ranked {
            if completions.len() >= MOST {
                break;
            }
            if !seen.contains(&text) {
                completions.push(Completion {
                    replace,
                    text: format!("{}{text}{}", self.open, self.close),
                    kind,
                });
                seen.push(text);
            }
        }
        completions
    }

    /// What a line can start with.
    fn starts(&mut self, console: &Console) {
        use CompletionKind::{Command, Keyword};
        self.names(console);
        self.all(Builtin::ALL.map(Builtin::as_str), Command);
        self.add("mlflow models transition-version ", Command);
        self.add("curl ", Command);
        self.all(STARTS, Keyword);
    }

    /// Python's names.
    fn names(&mut self, console: &Console) {
        use CompletionKind::{Method, Name};
        let names = console.memory().names();
        self.all(names.0.keys().map(String::as_str), Name);
        self.all(console.theirs().iter().map(String::as_str), Name);
        for name in KNOWN {
            self.add(name, if known(name).is_none() { Method } else { Name });
        }
    }

    fn models(&mut self) {
        let names = ask(self.host, |log| {
            let models = log.registry().models().take(MOST_LOOKED_AT);
            models
                .map(|model| model.name().to_string())
                .collect::<Vec<_>>()
        });
        for name in names.unwrap_or_default() {
            self.add(name, CompletionKind::Model);
        }
    }

    /// Something of a model: all that is read of it.
    fn of_model(
        &mut self,
        name: Option<&str>,
        kind: CompletionKind,
        read: fn(&RegisteredModel) -> Vec<String>,
    ) {
        let name = name.and_then(|name| ModelName::parse(name).ok());
        let found = ask(self.host, |log| match name {
            Some(name) => log.registry().model(&name).map(read).unwrap_or_default(),
            None => Vec::new(),
        });
        for text in found.unwrap_or_default() {
            self.add(text, kind);
        }
    }

    fn versions(&mut self, name: Option<&str>) {
        self.of_model(name, CompletionKind::Version, |model| {
            let newest = model.versions().rev().take(MOST);
            newest.map(|version| version.number().to_string()).collect()
        });
    }

    fn aliases(&mut self, name: Option<&str>) {
        self.of_model(name, CompletionKind::Alias, |model| {
            model
                .aliases()
                .keys()
                .take(MOST)
                .map(ToString::to_string)
                .collect()
        });
    }

    fn stages(&mut self) {
        self.all(Stage::ALL.map(Stage::as_str), CompletionKind::Stage);
    }
}
