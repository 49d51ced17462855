//! Calls of the REST server: the options of `curl`, the server's paths, and the fields and values of what is sent.

use super::super::codegen::Base;
use super::super::rest::endpoints::{ENDPOINTS, Endpoint, Field, Kind, ROOT, Verb};
use super::super::rest::request;
use super::super::span::Span;
use super::{CompletionKind, List};

/// What a word of a command line says, as far as it is typed.
#[derive(Default)]
struct TypedWord {
    /// Where it starts, behind its quote.
    start: usize,
    text: String,
    /// The quote that is open at its end.
    open: Option<char>,
}

/// The words of the last command of a text; an empty one at its end, where the next would start.
fn words(text: &str, from: usize) -> Vec<TypedWord> {
    let mut found: Vec<TypedWord> = Vec::new();
    let mut word: Option<TypedWord> = None;
    let mut chars = text.get(from..).unwrap_or_default().char_indices();
    while let Some((at, c)) = chars.next() {
        let here = from + at;
        let behind = here + c.len_utf8();
        let open = word.as_ref().and_then(|word| word.open);
        match (open, c) {
            (Some(quote), c) if c == quote => {
                if let Some(word) = &mut word {
                    word.open = None;
                }
            }
            (None, '\'' | '"') => {
                let starts = || TypedWord {
                    start: behind,
                    ..TypedWord::default()
                };
                word.get_or_insert_with(starts).open = Some(c);
            }
            (None, '\\') => {
                // A line that goes on, or a letter that means itself; either belongs to no place of its own.
                chars.next();
            }
            (None, '\n' | '\r' | ';') => {
                found.clear();
                word = None;
            }
            (None, c) if c.is_whitespace() => found.extend(word.take()),
            _ => {
                let starts = || TypedWord {
                    start: here,
                    ..TypedWord::default()
                };
                word.get_or_insert_with(starts).text.push(c);
            }
        }
    }
    found.push(word.unwrap_or(TypedWord {
        start: text.len(),
        ..TypedWord::default()
    }));
    found
}

/// Where a request goes, as far as it is said.
struct Goes<'t> {
    verb: Option<Verb>,
    path: &'t str,
}

impl Goes<'_> {
    /// The endpoints that it may be about.
    fn endpoints(&self) -> impl Iterator<Item = &'static Endpoint> {
        ENDPOINTS.iter().filter(|endpoint| {
            endpoint.path == self.path
                && self.verb.is_none_or(|verb| endpoint.verbs.contains(&verb))
        })
    }

    fn fields(&self) -> Vec<&'static Field> {
        let mut fields: Vec<&'static Field> = Vec::new();
        for field in self.endpoints().flat_map(|endpoint| &endpoint.fields) {
            if !fields.iter().any(|known| known.name == field.name) {
                fields.push(field);
            }
        }
        fields
    }
}

fn verb(word: &str) -> Option<Verb> {
    Verb::ALL.into_iter().find(|verb| verb.as_str() == word)
}

/// The path in an address, without its query.
fn path(address: &str) -> Option<&str> {
    let (_, path) = address.split_once(ROOT)?;
    path.split('?').next()
}

impl List<'_> {
    /// What goes on in a request.
    pub(super) fn rest(&mut self, text: &str, piece: Span) {
        if let Some((start, verb)) = bare(text, piece) {
            return self.bare(text, start, verb);
        }
        let mut words = words(text, piece.start);
        let Some(last) = words.pop() else { return };
        if words.first().is_some_and(|word| word.text == "$") {
            words.remove(0);
        }
        let asked = words
            .iter()
            .zip(words.iter().skip(1))
            .find_map(|(option, value)| {
                let is_verb = matches!(option.text.as_str(), "-X" | "--request");
                verb(&value.text).filter(|_| is_verb)
            });
        let goes = Goes {
            verb: asked,
            path: words
                .iter()
                .find_map(|word| path(&word.text))
                .unwrap_or_default(),
        };
        self.typing(text, last.start);
        let Some(before) = words.last().map(|word| word.text.as_str()) else {
            return self.add("curl", CompletionKind::Command);
        };
        match before {
            "-X" | "--request" => {
                self.all(Verb::ALL.map(Verb::as_str), CompletionKind::Keyword);
            }
            "-H" | "--header" => {
                if last.open.is_none() {
                    "'".clone_into(&mut self.open);
                }
                "'".clone_into(&mut self.close);
                self.add("Content-Type: application/json", CompletionKind::Keyword);
            }
            "-d" | "--json" | "--data" | "--data-raw" => match last.open {
                // In double quotes each quote of JSON would have its backslash; nobody writes that by hand.
                Some('\'') => self.json(text, last.start, &goes),
                None if last.text.is_empty() => {
                    for field in goes.fields() {
                        let start = value_start(field);
                        self.add(
                            format!("'{{\"{}\": {start}", field.name),
                            CompletionKind::Argument,
                        );
                    }
                }
                _ => {}
            },
            _ if last.text.starts_with('-') => {
                self.all(request::options(), CompletionKind::Option);
            }
            _ if goes.path.is_empty() => {
                self.address(text, &last.text, &goes);
                if last.text.is_empty() {
                    self.all(request::USUAL_OPTIONS, CompletionKind::Option);
                }
            }
            _ => self.all(request::USUAL_OPTIONS, CompletionKind::Option),
        }
    }

    /// What goes on in the bare form of documentation, `POST /api/2.0/mlflow/… {…}`, which starts at a place.
    fn bare(&mut self, text: &str, start: usize, verb: Verb) {
        let here = text.get(start..).unwrap_or_default();
        let address = here.get(verb.as_str().len()..).unwrap_or_default();
        let end = address.find(['\n', '\r', '{']).unwrap_or(address.len());
        let (address, body) = address.split_at(end);
        let goes = Goes {
            verb: Some(verb),
            path: path(address.trim()).unwrap_or_default(),
        };
        if let Some(at) = body.find('{') {
            return self.json(text, text.len() - body.len() + at, &goes);
        }
        if body.is_empty() {
            let word = address.trim_start();
            self.typing(text, text.len() - word.len());
            self.address(text, word, &goes);
        }
    }

    /// An address, without the quotes of its word: the server, a path of it, or a query.
    fn address(&mut self, text: &str, address: &str, goes: &Goes) {
        let Some((_, path)) = address.split_once(ROOT) else {
            return self.add(
                format!("{}{ROOT}", Base::default()),
                CompletionKind::Argument,
            );
        };
        let Some((path, query)) = path.split_once('?') else {
            if !self.typing_last(text, path) {
                return;
            }
            let fits = |verb: Verb| move |endpoint: &&Endpoint| endpoint.verbs.contains(&verb);
            for endpoint in ENDPOINTS.iter() {
                if goes.verb.is_none_or(|verb| fits(verb)(&endpoint)) {
                    self.add(endpoint.path, CompletionKind::Method);
                }
            }
            return;
        };
        let goes = Goes {
            verb: Some(Verb::Get),
            path,
        };
        let pair = query.rsplit('&').next().unwrap_or_default();
        let Some((name, value)) = pair.split_once('=') else {
            if !self.typing_last(text, pair) {
                return;
            }
            for field in goes.fields() {
                self.add(format!("{}=", field.name), CompletionKind::Argument);
            }
            return;
        };
        if !self.typing_last(text, value) {
            return;
        }
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let model = pairs.find(|(name, _)| *name == "name");
        self.value(name, model.map(|(_, model)| model));
    }

    /// Sets what is being typed: the last piece of a word. It is not what the text ends in where a quote stands in the piece, or
    /// behind it; then nothing goes on.
    fn typing_last(&mut self, text: &str, piece: &str) -> bool {
        let ends = text.ends_with(piece);
        if ends {
            self.typing(text, text.len() - piece.len());
        }
        ends
    }

    /// What exists for a field.
    fn value(&mut self, field: &str, model: Option<&str>) {
        match field {
            "name" => self.models(),
            "version" => self.versions(model),
            "stage" | "stages" => self.stages(),
            "alias" => self.aliases(model),
            _ => {}
        }
    }

    /// What goes on in a body that starts at a place.
    fn json(&mut self, text: &str, start: usize, goes: &Goes) {
        let json = Json::read(text.get(start..).unwrap_or_default());
        let fields = goes.fields();
        let field = json
            .key
            .as_ref()
            .and_then(|key| fields.iter().find(|field| field.name == *key));
        let model = || {
            let mut given = json.given.iter();
            let found = given.find(|(name, _)| name == "name");
            found.map(|(_, model)| model.as_str())
        };
        let typed = json.text.or(json.word).unwrap_or_default();
        self.typing(text, text.len() - typed.len());
        match (json.depth, field) {
            // A field's name, or where one could start.
            (1, None) if json.key.is_none() => {
                let open = if json.text.is_some() { "" } else { "\"" };
                for field in fields {
                    if !json.given.iter().any(|(name, _)| name == field.name) {
                        let start = value_start(field);
                        self.add(
                            format!("{open}{}\": {start}", field.name),
                            CompletionKind::Argument,
                        );
                    }
                }
            }
            (
                1,
                Some(Field {
                    kind: Kind::Flag, ..
                }),
            ) if json.can_start || json.word.is_some() => {
                self.all(["true", "false"], CompletionKind::Keyword);
            }
            (1 | 2, Some(field)) if json.can_start || json.text.is_some() => {
                if json.text.is_none() {
                    "\"".clone_into(&mut self.open);
                }
                "\"".clone_into(&mut self.close);
                self.value(field.name, model());
            }
            _ => {}
        }
    }
}

/// How the value of a field starts in JSON.
const fn value_start(field: &Field) -> &'static str {
    match field.kind {
        Kind::Text => "\"",
        Kind::Texts => "[\"",
        Kind::Tags => "[{\"key\": \"",
        Kind::Flag | Kind::Count | Kind::Number => "",
    }
}

/// Where the last request in the bare form starts, and its verb: a line of a piece that starts with one.
fn bare(text: &str, piece: Span) -> Option<(usize, Verb)> {
    let mut at = piece.start;
    let mut last = None;
    for line in piece.of(text).split_inclusive('\n') {
        let word = line.trim_start();
        let start = at + line.len() - word.len();
        let first = word.split_whitespace().next().unwrap_or_default();
        last = verb(first).map(|verb| (start, verb)).or(last);
        at += line.len();
    }
    last
}

/// What is known of JSON that breaks off.
#[derive(Default)]
struct Json<'t> {
    /// How many brackets are open.
    depth: usize,
    /// The field of the outermost object whose value is being given.
    key: Option<String>,
    /// The text that is open at the end, behind its quote.
    text: Option<&'t str>,
    /// The word without quotes at the end, such as a number.
    word: Option<&'t str>,
    /// Whether a value could start at the end.
    can_start: bool,
    /// The fields that were given, with their texts.
    given: Vec<(String, String)>,
}

impl<'t> Json<'t> {
    fn read(json: &'t str) -> Self {
        let mut found = Self::default();
        let mut last = String::new();
        let mut chars = json.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    let start = at + 1;
                    let mut end = None;
                    while let Some((at, c)) = chars.next() {
                        if c == '\\' {
                            chars.next();
                        } else if c == '"' {
                            end = Some(at);
                            break;
                        }
                    }
                    let Some(end) = end else {
                        found.text = json.get(start..);
                        return found;
                    };
                    last = json.get(start..end).unwrap_or_default().to_owned();
                    found.can_start = false;
                }
                '{' | '[' => {
                    found.depth += 1;
                    found.can_start = true;
                }
                '}' | ']' => {
                    found.depth = found.depth.saturating_sub(1);
                    found.can_start = false;
                }
                ':' if found.depth == 1 => {
                    found.key = Some(std::mem::take(&mut last));
                    found.can_start = true;
                }
                ',' => {
                    if found.depth == 1
                        && let Some(key) = found.key.take()
                    {
                        found.given.push((key, std::mem::take(&mut last)));
                    }
                    found.can_start = true;
                }
                c if c.is_whitespace() => {}
                _ => {
                    found.can_start = false;
                    let rest = json.get(at..).unwrap_or_default();
                    let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | '}' | ']');
                    if found.word.is_none() && !rest.contains(is_end) {
                        found.word = Some(rest);
                    }
                }
            }
        }
        found
    }
}
