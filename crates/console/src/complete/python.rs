//! Python: names, what stands behind a point, arguments and their values.

use super::super::methods;
use super::super::paint::{Lexeme, lexemes};
use super::super::python::value_type::{Module, ValueType};
use super::super::registry_host::ask;
use super::super::session::Console;
use super::super::span::Span;
use super::call::{Around, call_around};
use super::chain::of_chain;
use super::{CompletionKind, List, MOST_LOOKED_AT};

/// How many attributes, calls and indexes are followed back.
const LONGEST_CHAIN: usize = 12;

impl List<'_> {
    /// What goes on in a script.
    pub(super) fn python(&mut self, console: &Console, text: &str, place: Span) {
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
            [.., "from", "mlflow", "import"] => {
                self.module(Module::Mlflow);
            }
            [.., "from", "mlflow", ".", "tracking", "import"] => {
                self.add("MlflowClient", CompletionKind::Name);
            }
            _ => self.add("mlflow", CompletionKind::Name),
        }
    }

    /// What there is behind a point.
    fn members(&mut self, console: &Console, text: &str, owner: &[(Span, Lexeme)]) {
        match of_chain(console, text, owner, LONGEST_CHAIN) {
            Some(ValueType::Client) => {
                let methods = methods::METHODS.iter();
                self.all(methods.map(|method| method.name), CompletionKind::Method);
            }
            Some(ValueType::Module(module)) => self.module(module),
            Some(ValueType::Run) => self.add("info", CompletionKind::Field),
            Some(ValueType::RunInfo) => self.add("run_id", CompletionKind::Field),
            Some(kind) => {
                let fields = kind.fields().iter();
                self.all(fields.map(|(name, _)| *name), CompletionKind::Field);
            }
            None => {}
        }
    }

    /// What there is in a module.
    fn module(&mut self, module: Module) {
        let names: &[&str] = match module {
            Module::Mlflow => &["MlflowClient", "tracking", "client", "pyfunc"],
            Module::Tracking => &["MlflowClient"],
            Module::Pyfunc => &["load_model"],
        };
        self.all(names.iter().copied(), CompletionKind::Name);
        if module == Module::Mlflow {
            let functions = methods::FUNCTIONS.iter();
            self.all(functions.map(|method| method.name), CompletionKind::Name);
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
            params
                .get(call.values.len())
                .map(|param| param.name.to_owned())
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
                let names = ask(self.host, |log| {
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
