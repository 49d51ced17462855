//! What could come next at a cursor: commands and options, names and methods, arguments, and what exists in the world.

use super::forms;
use super::methods::{self, Method, Owner, Topic};
use super::order::ordered;
use super::own::{self, Word};
use super::paint::{Lexeme, lexemes};
use super::python::keywords::STARTS;
use super::python::object::{MODEL_FIELDS, VERSION_FIELDS};
use super::python::value::{self, Function, Module, Value};
use super::session::Console;
use super::shell;
use super::trouble::{Form, Span};
use super::world::{World, ask};
use crate::registry::{ModelName, RegisteredModel, Stage};

/// Something that could stand at the cursor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completion {
    /// What it takes the place of.
    pub replace: Span,
    /// What is put there.
    pub text: String,
    /// What it is.
    pub kind: CompletionKind,
}

/// What a completion is. What is nearer to the registry comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum CompletionKind {
    /// A model.
    Model,
    /// A stage.
    Stage,
    /// An alias.
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
    /// A command of a command line, or one of the console's own words.
    Command,
    /// A word of the language.
    Keyword,
}

impl CompletionKind {
    /// The kind's name, for a class.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Stage => "stage",
            Self::Alias => "alias",
            Self::Version => "version",
            Self::Argument => "argument",
            Self::Option => "option",
            Self::Name => "name",
            Self::Field => "field",
            Self::Method => "method",
            Self::Command => "command",
            Self::Keyword => "keyword",
        }
    }
}

/// How many are offered at most.
const MOST: usize = 50;
/// How many attributes, calls and indexes are followed back.
const LONGEST_CHAIN: usize = 12;
/// How many models and versions are looked at for one list.
const MOST_LOOKED_AT: usize = 500;

/// What could stand at the cursor, best first, at most 50.
#[must_use]
pub fn complete(
    console: &Console,
    world: &dyn World,
    text: &str,
    cursor: usize,
) -> Vec<Completion> {
    let Some(before) = text.get(..cursor) else {
        return Vec::new();
    };
    let pieces = forms::pieces(before, &|name| console.memory().has(name));
    // In a comment nothing is offered.
    let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    if line.trim_start().starts_with('#') {
        return Vec::new();
    }
    let last = pieces.last().filter(|piece| piece.at.end == before.len());
    let mut list = List {
        world,
        found: Vec::new(),
        start: before.len(),
        end: before.len(),
        typed: String::new(),
        open: String::new(),
        close: String::new(),
    };
    match last {
        None => list.starts(console),
        Some(piece) => match piece.form {
            Form::Own => list.own(before, piece.at),
            Form::Shell => list.shell(before, piece.at),
            Form::Rest => {}
            Form::Python => list.python(console, before, piece.at),
        },
    }
    list.finish(text)
}

/// Completions that are being collected.
struct List<'w> {
    world: &'w dyn World,
    found: Vec<(String, CompletionKind)>,
    /// Where what they replace starts and ends.
    start: usize,
    end: usize,
    /// What has been typed of it.
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
        self.all(Word::ALL.map(Word::name), Command);
        self.add("mlflow models transition-version ", Command);
        self.all(STARTS, Keyword);
    }

    /// Python's names.
    fn names(&mut self, console: &Console) {
        use CompletionKind::{Method, Name};
        let names: Vec<&str> = console.memory().names().map(|(name, _)| name).collect();
        self.all(names, Name);
        for name in value::known_names() {
            let is_function = matches!(value::known(name), Some(Value::Function(_)));
            self.add(name, if is_function { Method } else { Name });
        }
    }

    fn own(&mut self, text: &str, line: Span) {
        let here = line.of(text);
        let trimmed = here.trim_start();
        let Some((first, rest)) = trimmed.split_once([' ', '\t']) else {
            // The word itself is still being typed; Python's names may be meant as well.
            self.typing(text, line.end - trimmed.len());
            return self.all(Word::ALL.map(Word::name), CompletionKind::Command);
        };
        let rest = rest.trim_start();
        self.typing(text, line.end - rest.len());
        match own::Word::find(first) {
            Some(Word::Help) => self.all(Topic::names(), CompletionKind::Command),
            Some(Word::Show) => self.models(),
            Some(Word::Rules) => {
                self.all(own::RULES.map(|(name, _)| name), CompletionKind::Command)
            }
            Some(Word::Reset) => self.all(["empty", "sample"], CompletionKind::Command),
            Some(Word::Restore) => {
                let steps = ask(self.world, |log| {
                    let done = log.done().iter().rev().take(MOST);
                    done.map(|entry| entry.step.to_string()).collect::<Vec<_>>()
                });
                for step in steps.unwrap_or_default() {
                    self.add(step, CompletionKind::Version);
                }
            }
            _ => {}
        }
    }

    fn shell(&mut self, text: &str, line: Span) {
        let here = line.of(text);
        let word = here.rsplit(char::is_whitespace).next().unwrap_or_default();
        let start = here.len() - word.len();
        self.typing(text, line.start + start);
        let mut words: Vec<&str> = here
            .get(..start)
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        words.retain(|word| !matches!(*word, "$" | "!" | "\\"));
        let unquoted = |word: &str| word.trim_matches(['\'', '"']).to_owned();
        let value_of = |option: &str| {
            let at = words.iter().position(|word| *word == option)?;
            words.get(at + 1).map(|word| unquoted(word))
        };
        match words.as_slice() {
            [] => self.add("mlflow", CompletionKind::Command),
            [_] => self.all(["models"], CompletionKind::Command),
            [_, "models"] => self.all([shell::TRANSITION], CompletionKind::Command),
            [.., shell::NAME] => self.models(),
            [.., shell::VERSION] => self.versions(value_of(shell::NAME).as_deref()),
            [.., shell::STAGE] => {
                for stage in Stage::ALL {
                    self.add(stage.as_str().to_ascii_lowercase(), CompletionKind::Stage);
                }
            }
            _ => {
                for option in shell::OPTIONS {
                    if !words.contains(&option.name) {
                        self.add(option.name, CompletionKind::Option);
                    }
                }
            }
        }
    }

    fn models(&mut self) {
        let names = ask(self.world, |log| {
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
        let found = ask(self.world, |log| match name {
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

    fn python(&mut self, console: &Console, text: &str, place: Span) {
        let lexemes = lexemes(text, place);
        let Some((last, lexeme)) = lexemes.last().copied() else {
            return self.starts(console);
        };
        let touches = last.end == text.len();
        match lexeme {
            Lexeme::Comment if touches => {}
            Lexeme::Text {
                closed: false,
                opening,
            } if touches => {
                let before = lexemes.get(..lexemes.len() - 1).unwrap_or_default();
                self.in_text(text, last, opening, before);
            }
            Lexeme::Text { .. } | Lexeme::Number if touches => {}
            Lexeme::Name if touches => {
                let before = lexemes.get(..lexemes.len() - 1).unwrap_or_default();
                self.typing(text, last.start);
                self.at_name(console, text, before);
            }
            _ => self.at_name(console, text, &lexemes),
        }
    }

    /// A name is typed, or could be.
    fn at_name(&mut self, console: &Console, text: &str, before: &[(Span, Lexeme)]) {
        let word = |back: usize| {
            let at = before.len().checked_sub(back)?;
            before.get(at).map(|(span, _)| span.of(text))
        };
        match word(1) {
            Some(".") => {
                let owner = before.get(..before.len() - 1).unwrap_or_default();
                return self.members(console, text, owner);
            }
            Some("import") => return self.after_import(text, before),
            _ => {}
        }
        let starts_line = word(1).is_none() || {
            let last = before.last().map_or(0, |(span, _)| span.end);
            text.get(last..).is_some_and(|rest| rest.contains('\n'))
        };
        match call_around(text, before) {
            Some(call) if !starts_line || call.argument.is_some() => {
                if let Some(method) = call.method {
                    if let Some(argument) = &call.argument {
                        // The value of an argument: what exists, in quotes.
                        if word(1) == Some("=") && self.typed.is_empty() {
                            "\"".clone_into(&mut self.open);
                            "\"".clone_into(&mut self.close);
                            self.argument(argument, &call, "");
                            if !self.found.is_empty() {
                                return;
                            }
                            self.open.clear();
                            self.close.clear();
                        }
                    } else if matches!(word(1), Some("(" | ",")) {
                        for param in method.params {
                            if !call.named.iter().any(|(name, _)| name == param.name) {
                                self.add(format!("{}=", param.name), CompletionKind::Argument);
                            }
                        }
                    }
                }
                self.names(console);
            }
            _ if starts_line => self.starts(console),
            _ => self.names(console),
        }
    }

    fn after_import(&mut self, text: &str, before: &[(Span, Lexeme)]) {
        let words: Vec<&str> = before.iter().map(|(span, _)| span.of(text)).collect();
        match words.as_slice() {
            [.., "from", "pprint", "import"] => self.add("pprint", CompletionKind::Method),
            [.., "from", "mlflow", "import"] => {
                self.all(Module::Mlflow.names(), CompletionKind::Name);
            }
            [.., "from", "mlflow", ".", "tracking", "import"] => {
                self.add("MlflowClient", CompletionKind::Name);
            }
            _ => self.add("mlflow", CompletionKind::Name),
        }
    }

    /// What there is behind a point.
    fn members(&mut self, console: &Console, text: &str, owner: &[(Span, Lexeme)]) {
        use CompletionKind::{Field, Method, Name};
        match of_chain(console, text, owner, LONGEST_CHAIN) {
            Some(Owned::Value(Value::Client)) => {
                let methods = methods::METHODS.iter();
                self.all(methods.map(|method| method.name), Method);
            }
            Some(Owned::Value(Value::Module(module))) => self.all(module.names(), Name),
            Some(Owned::Value(Value::Object(object))) => {
                self.all(object.fields.iter().map(|(name, _)| *name), Field);
            }
            Some(Owned::Value(Value::Text(_))) => self.all(value::TEXT_METHODS, Method),
            Some(Owned::Value(Value::Dict(_))) => self.all(value::DICT_METHODS, Method),
            Some(Owned::Version) => self.all(VERSION_FIELDS, Field),
            Some(Owned::Model) => self.all(MODEL_FIELDS, Field),
            _ => {}
        }
    }

    /// Inside of a text in quotes.
    fn in_text(&mut self, text: &str, at: Span, opening: usize, before: &[(Span, Lexeme)]) {
        let start = at.start + opening;
        let typed = text.get(start..).unwrap_or_default();
        let quotes = text.get(at.start..start).unwrap_or_default();
        quotes
            .trim_start_matches(char::is_alphabetic)
            .clone_into(&mut self.close);
        self.typing(text, start);
        let call = call_around(text, before);
        // In an f-string nothing is known of what stands in its braces.
        if let Some(uri) = typed.strip_prefix("models:/") {
            return self.uri(uri, start + "models:/".len());
        }
        let Some(call) = call else {
            return;
        };
        let argument = call.argument.clone().or_else(|| {
            let params = call.method?.params;
            params.get(call.plain).map(|param| param.name.to_owned())
        });
        if let Some(argument) = argument {
            self.argument(&argument, &call, typed);
        }
    }

    /// What exists for an argument.
    fn argument(&mut self, name: &str, call: &Around, typed: &str) {
        let model = call.given("name", 0);
        match name {
            "name" | "dst_name" => self.models(),
            "version" => self.versions(model.as_deref()),
            "stage" | "stages" => self.stages(),
            "alias" => self.aliases(model.as_deref()),
            "model_uri" | "src_model_uri" if typed.is_empty() => {
                // The name of a model goes on, so the quote is not closed.
                self.close.clear();
                let names = ask(self.world, |log| {
                    let models = log.registry().models().take(MOST_LOOKED_AT);
                    models
                        .map(|model| format!("models:/{}", model.name()))
                        .collect::<Vec<_>>()
                });
                for name in names.unwrap_or_default() {
                    self.add(name, CompletionKind::Model);
                }
            }
            _ => {}
        }
    }

    /// Behind `models:/`.
    fn uri(&mut self, uri: &str, start: usize) {
        self.start = start;
        uri.clone_into(&mut self.typed);
        if let Some((name, suffix)) = uri.split_once('/') {
            self.start = start + name.len() + 1;
            suffix.clone_into(&mut self.typed);
            self.versions(Some(name));
            self.stages();
            self.add("latest", CompletionKind::Version);
        } else if let Some((name, alias)) = uri.rsplit_once('@') {
            self.start = start + name.len() + 1;
            alias.clone_into(&mut self.typed);
            self.aliases(Some(name));
        } else {
            self.close.clear();
            self.models();
        }
    }
}

/// The call that a place stands in.
struct Around {
    /// The method or function.
    method: Option<&'static Method>,
    /// How many arguments without a name come before.
    plain: usize,
    /// The arguments with a name, with their values where those are plain texts.
    named: Vec<(String, Option<String>)>,
    /// The values of those without a name, where they are plain texts.
    values: Vec<Option<String>>,
    /// The name of the argument that the place is in.
    argument: Option<String>,
}

impl Around {
    /// The text that was given for an argument, by name or by place.
    fn given(&self, name: &str, place: usize) -> Option<String> {
        let named = self.named.iter().find(|(known, _)| known == name);
        match named {
            Some((_, value)) => value.clone(),
            None => self.values.get(place).cloned().flatten(),
        }
    }
}

/// Finds the call that the end of the pieces stands in.
fn call_around(text: &str, before: &[(Span, Lexeme)]) -> Option<Around> {
    // The bracket that is open, from the end.
    let mut depth = 0_usize;
    let mut open = None;
    for (at, (span, lexeme)) in before.iter().enumerate().rev() {
        if *lexeme != Lexeme::Symbol {
            continue;
        }
        match span.of(text) {
            ")" | "]" | "}" => depth += 1,
            "(" | "[" | "{" if depth > 0 => depth -= 1,
            // In a list that is an argument, the argument goes on.
            "[" => {}
            "(" => {
                open = Some(at);
                break;
            }
            "{" => return None,
            _ => {}
        }
    }
    let open = open?;
    let name = before.get(open.checked_sub(1)?)?;
    if name.1 != Lexeme::Name {
        return None;
    }
    let point = open.checked_sub(2).and_then(|at| before.get(at));
    let owner = point
        .filter(|(span, _)| span.of(text) == ".")
        .and_then(|_| open.checked_sub(3))
        .and_then(|at| before.get(at))
        .map(|(span, _)| span.of(text));
    let mut around = Around {
        method: find_method(owner, name.0.of(text)),
        plain: 0,
        named: Vec::new(),
        values: Vec::new(),
        argument: None,
    };
    let mut depth = 0_usize;
    let mut name: Option<String> = None;
    let mut value: Option<String> = None;
    let inside = before.get(open + 1..).unwrap_or_default();
    for (at, (span, lexeme)) in inside.iter().enumerate() {
        let here = span.of(text);
        match (lexeme, here) {
            (Lexeme::Symbol, "(" | "[" | "{") => depth += 1,
            (Lexeme::Symbol, ")" | "]" | "}") => depth = depth.saturating_sub(1),
            (Lexeme::Symbol, ",") if depth == 0 => {
                match name.take() {
                    Some(name) => around.named.push((name, value.take())),
                    None => {
                        around.values.push(value.take());
                        around.plain += 1;
                    }
                }
                value = None;
            }
            (Lexeme::Symbol, "=") if depth == 0 => {
                let before = at.checked_sub(1).and_then(|at| inside.get(at));
                name = before
                    .filter(|(_, lexeme)| *lexeme == Lexeme::Name)
                    .map(|(span, _)| span.of(text).to_owned());
            }
            (
                Lexeme::Text {
                    opening,
                    closed: true,
                },
                _,
            ) => {
                let end = here.len().saturating_sub(if *opening >= 3 { 3 } else { 1 });
                value = here.get(*opening..end).map(str::to_owned);
            }
            _ => {}
        }
    }
    around.argument = name;
    Some(around)
}

/// The method or function that a call means; `owner` is the name before its point.
fn find_method(owner: Option<&str>, name: &str) -> Option<&'static Method> {
    let fits = |method: &&'static Method| {
        method.name == name
            && match method.owner {
                Owner::Client => !matches!(owner, None | Some("mlflow" | "pyfunc")),
                Owner::Mlflow => owner == Some("mlflow"),
                Owner::Flavor => owner.is_some(),
                Owner::Lesson => owner.is_none(),
            }
    };
    methods::all().find(fits)
}

/// What a point stands behind.
enum Owned {
    /// A value.
    Value(Value),
    /// A version, not known which.
    Version,
    /// A model, not known which.
    Model,
    /// Versions.
    Versions,
    /// Models.
    Models,
}

/// What the pieces before a point come to, as far as that is known without carrying anything out.
fn of_chain(
    console: &Console,
    text: &str,
    before: &[(Span, Lexeme)],
    links: usize,
) -> Option<Owned> {
    // Nobody means anything by a longer one.
    let links = links.checked_sub(1)?;
    let (last, rest) = before.split_last()?;
    match last.0.of(text) {
        closing @ (")" | "]") => {
            let open = opening(text, before)?;
            let owner = before.get(..open)?;
            if closing == "]" {
                return Some(match of_chain(console, text, owner, links)? {
                    Owned::Versions => Owned::Version,
                    Owned::Models => Owned::Model,
                    Owned::Value(Value::List(list)) => Owned::Value(list.items.first()?.clone()),
                    Owned::Value(Value::Dict(dict)) => {
                        Owned::Value(dict.items.first().map(|(_, value)| value.clone())?)
                    }
                    _ => return None,
                });
            }
            let (name, _) = owner.split_last()?;
            Some(match name.0.of(text) {
                "MlflowClient" => Owned::Value(Value::Client),
                "get_model_version"
                | "get_model_version_by_alias"
                | "create_model_version"
                | "copy_model_version"
                | "update_model_version"
                | "transition_model_version_stage"
                | "register_model" => Owned::Version,
                "get_registered_model" | "create_registered_model" | "update_registered_model" => {
                    Owned::Model
                }
                "get_latest_versions" | "search_model_versions" => Owned::Versions,
                "search_registered_models" => Owned::Models,
                _ => return None,
            })
        }
        name if last.1 == Lexeme::Name => {
            if let Some((point, owner)) = rest.split_last()
                && point.0.of(text) == "."
            {
                return Some(match of_chain(console, text, owner, links)? {
                    Owned::Value(Value::Object(object)) => Owned::Value(object.get(name)?.clone()),
                    Owned::Value(Value::Module(module)) => Owned::Value(module.member(name)?),
                    Owned::Model if name == "latest_versions" => Owned::Versions,
                    _ => return None,
                });
            }
            let value = console
                .memory()
                .get(name)
                .cloned()
                .or_else(|| value::known(name))?;
            Some(match value {
                Value::Function(Function::NewClient) => return None,
                value => Owned::Value(value),
            })
        }
        _ => None,
    }
}

/// The place of the bracket that the last piece closes.
fn opening(text: &str, before: &[(Span, Lexeme)]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, (span, lexeme)) in before.iter().enumerate().rev() {
        if *lexeme != Lexeme::Symbol {
            continue;
        }
        match span.of(text) {
            ")" | "]" | "}" => depth += 1,
            "(" | "[" | "{" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::Sandbox;
    use crate::registry::RuleSet;

    /// Holds the first completions at the `|` of a text, and what they replace.
    fn check(text: &str, expected: &str) {
        let cursor = text.find('|').unwrap();
        let whole = text.replacen('|', "", 1);
        let mut world = Sandbox::sample(RuleSet::Guided);
        let mut console = Console::default();
        let script = "mv = client.get_model_version('fraud-detector', 4)\nmodel_name = 'fraud-detector'\n\
                      vs = client.search_model_versions()";
        assert_eq!(console.enter(&mut world, script).stop, None);
        let found = complete(&console, &world, &whole, cursor);
        let shown: Vec<String> = found
            .iter()
            .take(4)
            .map(|found| format!("{}<{}>", found.text, found.replace.of(&whole)))
            .collect();
        assert_eq!(shown.join(" "), expected, "{text:?}");
    }

    #[test]
    fn lines_are_begun() {
        check("und|", "undo<und>");
        check("clie|", "client<clie> MlflowClient<clie>");
        check(
            "x = 1\nmod|",
            "model_name<mod> get_model<mod> load_model<mod> mlflow models transition-version <mod>",
        );
        check(
            "mo|",
            "model_name<mo> get_model<mo> load_model<mo> mlflow models transition-version <mo>",
        );
        check("sho|", "show<sho>");
    }

    #[test]
    fn own_words_go_on() {
        check("show f|", "fraud-detector<f>");
        check(
            "show |",
            "churn-forecast<> fraud-detector<> support-router<>",
        );
        check("rules m|", "mlflow<m>");
        check("reset |", "empty<> sample<>");
        check("restore 2|", "24<2> 23<2> 22<2> 21<2>");
        check(
            "help get_model_|",
            "get_model_version<get_model_> get_model_version_by_alias<get_model_> get_model_version_stages<get_model_> \
             get_model_version_download_uri<get_model_>",
        );
        check("help client.create_r|", "");
    }

    #[test]
    fn command_lines_go_on() {
        let start = "mlflow models transition-version";
        check("mlflow mo|", "models<mo>");
        check("mlflow models |", "transition-version<>");
        check(
            &format!("{start} --|"),
            "--model-name<--> --version<--> --stage<--> --archive-existing-versions<-->",
        );
        check(
            &format!("{start} --model-name |"),
            "churn-forecast<> fraud-detector<> support-router<>",
        );
        check(
            &format!("{start} --model-name churn-forecast --version |"),
            "2<> 1<>",
        );
        check(&format!("{start} --stage p|"), "production<p>");
        check(&format!("{start} --stage production --s|"), "");
    }

    #[test]
    fn members_are_offered() {
        check(
            "client.transition|",
            "transition_model_version_stage<transition>",
        );
        check(
            "client.alias|",
            "set_registered_model_alias<alias> delete_registered_model_alias<alias> get_model_version_by_alias<alias>",
        );
        check("mlflow.pyfunc.|", "load_model<>");
        check("print(mv.cur|)", "current_stage<cur>");
        check("vs[0].cur|", "current_stage<cur>");
        check(
            "client.get_registered_model('m').lat|",
            "latest_versions<lat>",
        );
        check(
            "client.get_registered_model('m').latest_versions[0].cur|",
            "current_stage<cur>",
        );
        check(
            "client.search_model_versions(\"name='m'\")[-1].cur|",
            "current_stage<cur>",
        );
        check("MlflowClient().rename|", "rename_registered_model<rename>");
        check("model_name.up|", "upper<up>");
        check("mv.tags.|", "get<> items<> keys<> values<>");
        check("from mlflow import Ml|", "MlflowClient<Ml>");
        check("nothing.|", "");
    }

    #[test]
    fn arguments_are_offered() {
        check(
            "client.get_model_version(|",
            "name=<> version=<> model_name<> mv<>",
        );
        check(
            "client.get_model_version(name='m', ver|",
            "version=<ver> reversed<ver>",
        );
        check("client.get_model_version('f|", "fraud-detector'<f>");
        check("client.get_model_version('f|')", "fraud-detector'<f'>");
        check(
            "client.get_model_version(name=|",
            "\"churn-forecast\"<> \"fraud-detector\"<> \"support-router\"<>",
        );
        check("client.get_model_version('churn-forecast', '|", "2'<> 1'<>");
        check(
            "client.transition_model_version_stage('fraud-detector', 3, stage=\"pro|",
            "Production\"<pro>",
        );
        check(
            "client.get_latest_versions('fraud-detector', stages=['|",
            "None'<> Staging'<> Production'<> Archived'<>",
        );
        check(
            "client.get_model_version_by_alias('fraud-detector', 'ch|",
            "challenger'<ch> champion'<ch>",
        );
        check(
            "mlflow.pyfunc.load_model('|",
            "models:/churn-forecast<> models:/fraud-detector<> models:/support-router<>",
        );
        check(
            "mlflow.pyfunc.load_model('models:/fr|",
            "fraud-detector<fr>",
        );
        check("uri = 'models:/fraud-detector/p|", "Production'<p>");
        check(
            "uri = 'models:/fraud-detector@|",
            "challenger'<> champion'<>",
        );
        check("x = 'anything|", "");
        check("# comment f|", "");
    }
}
