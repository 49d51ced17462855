//! Texts made up from the statements that the small reader takes, with arguments that are good, odd and wrong.

mod values;

use values::*;

/// A source of numbers that look like chance (xorshift).
pub struct MadeUp {
    state: u64,
    names: Vec<(String, Has)>,
    next: usize,
}

/// What a name was given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Has {
    Text,
    Int,
    Version,
    Model,
    Versions,
    Models,
    Tags,
    Other,
}

impl MadeUp {
    pub fn new(seed: u64) -> Self {
        Self {
            state: seed | 1,
            names: Vec::new(),
            next: 0,
        }
    }

    /// A new scene has no names.
    pub fn forget(&mut self) {
        self.names.clear();
    }

    fn below(&mut self, count: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state >> 33).unwrap() % count
    }

    fn one(&mut self, of: &[&str]) -> String {
        let at = self.below(of.len());
        let chosen = of[at];
        match chosen {
            "name" => self
                .known(Has::Text)
                .unwrap_or_else(|| "'fraud-detector'".to_owned()),
            "f'{name}'" => {
                let name = self.known(Has::Text);
                name.map_or_else(|| "f'm'".to_owned(), |name| format!("f'{{{name}}}'"))
            }
            "f'models:/{name}/1'" => {
                let name = self.known(Has::Text);
                name.map_or_else(
                    || "'models:/m/2'".to_owned(),
                    |name| format!("f'models:/{{{name}}}/1'"),
                )
            }
            "version" => self.known(Has::Int).unwrap_or_else(|| "3".to_owned()),
            other => other.to_owned(),
        }
    }

    fn known(&mut self, has: Has) -> Option<String> {
        let found: Vec<String> = self
            .names
            .iter()
            .filter(|it| it.1 == has)
            .map(|it| it.0.clone())
            .collect();
        if found.is_empty() {
            return None;
        }
        let at = self.below(found.len());
        Some(found[at].clone())
    }

    fn named(&mut self, has: Has) -> String {
        self.next += 1;
        let name = format!("n{}", self.next % 40);
        self.names.retain(|it| it.0 != name);
        self.names.push((name.clone(), has));
        name
    }

    /// A name with what it may be called by name.
    fn arguments(&mut self, given: &[(&str, String)]) -> String {
        let first_named = self.below(given.len() + 1);
        let written = given.iter().enumerate();
        let written: Vec<String> = written
            .map(|(at, (name, value))| {
                if at < first_named {
                    value.clone()
                } else {
                    format!("{name}={value}")
                }
            })
            .collect();
        written.join(", ")
    }

    fn tags(&mut self) -> String {
        if let Some(name) = self.known(Has::Tags)
            && self.below(3) == 0
        {
            return name;
        }
        let count = self.below(4);
        let pairs: Vec<String> = (0..count)
            .map(|_| format!("{}: {}", self.one(KEYS), self.one(VALUES)))
            .collect();
        match self.below(8) {
            0 => "None".to_owned(),
            1 => "{'mlflow.prompt.is_prompt': 'true'}".to_owned(),
            _ => format!("{{{}}}", pairs.join(", ")),
        }
    }

    /// A call that gives a version.
    fn version(&mut self) -> String {
        let name = self.one(NAMES);
        let version = self.one(VERSIONS);
        match self.below(7) {
            0 => {
                let given = [("name", name), ("version", version)];
                format!("client.get_model_version({})", self.arguments(&given))
            }
            1 => format!(
                "client.get_model_version_by_alias({name}, {})",
                self.one(ALIASES)
            ),
            2 | 3 => {
                let mut given = vec![
                    ("name", name),
                    ("version", version),
                    ("stage", self.one(STAGES)),
                ];
                if self.below(2) == 0 {
                    given.push((
                        "archive_existing_versions",
                        self.one(&["True", "False", "'yes'", "0", "''", "[]"]),
                    ));
                }
                format!(
                    "client.transition_model_version_stage({})",
                    self.arguments(&given)
                )
            }
            4 => {
                let given = [
                    ("name", name),
                    ("version", version),
                    ("description", self.one(TEXTS)),
                ];
                format!("client.update_model_version({})", self.arguments(&given))
            }
            5 => {
                let (source, tags) = (self.one(SOURCES), self.tags());
                match self.below(4) {
                    0 => format!("client.create_model_version({name}, {source})"),
                    1 => format!(
                        "client.create_model_version({name}, {source}, tags={tags}, description={})",
                        self.one(TEXTS)
                    ),
                    2 => format!(
                        "client.create_model_version({name}, {source}, run_id='run-of-fraud-detector-v2', run_link='http://x')"
                    ),
                    _ => format!("mlflow.register_model({source}, {name}, tags={tags})"),
                }
            }
            _ => {
                let uri = self.one(URIS);
                format!(
                    "client.copy_model_version({uri}, {})",
                    self.one(&["'m2'", "'fraud-detector'", "'copy'", "'a/b'", "''"])
                )
            }
        }
    }

    fn model(&mut self) -> String {
        let name = self.one(NAMES);
        match self.below(4) {
            0 | 1 => format!("client.get_registered_model({name})"),
            2 => {
                let given = [
                    ("name", name),
                    ("tags", self.tags()),
                    ("description", self.one(TEXTS)),
                ];
                format!("client.create_registered_model({})", self.arguments(&given))
            }
            _ => format!(
                "client.update_registered_model({name}, {})",
                self.one(TEXTS)
            ),
        }
    }

    fn search(&mut self, is_of_models: bool) -> String {
        let what = if is_of_models {
            "search_registered_models"
        } else {
            "search_model_versions"
        };
        let mut given = Vec::new();
        if self.below(2) == 0 {
            given.push(format!("filter_string={}", self.one(FILTERS)));
        }
        if self.below(3) == 0 {
            given.push(format!("max_results={}", self.one(COUNTS)));
        }
        if self.below(3) == 0 {
            given.push(format!("order_by={}", self.one(ORDERS)));
        }
        let owner = self.one(&[
            "client",
            "client",
            "mlflow",
            "MlflowClient()",
            "mlflow.tracking.MlflowClient()",
        ]);
        format!("{owner}.{what}({})", given.join(", "))
    }

    /// A call that gives nothing.
    fn change(&mut self) -> String {
        let name = self.one(NAMES);
        let (version, key, value) = (self.one(VERSIONS), self.one(KEYS), self.one(VALUES));
        let alias = self.one(ALIASES);
        match self.below(11) {
            0 => format!("client.set_registered_model_tag({name}, {key}, {value})"),
            1 => format!("client.delete_registered_model_tag({name}, {key})"),
            2 | 3 => {
                let given = [
                    ("name", name),
                    ("version", version),
                    ("key", key),
                    ("value", value),
                ];
                format!("client.set_model_version_tag({})", self.arguments(&given))
            }
            4 => format!("client.delete_model_version_tag({name}, {version}, {key})"),
            5 | 6 => format!("client.set_registered_model_alias({name}, {alias}, {version})"),
            7 => format!("client.delete_registered_model_alias({name}, {alias})"),
            8 => format!("client.delete_model_version({name}, {version})"),
            9 => match self.below(4) {
                0 => format!("client.delete_registered_model({name})"),
                1 => format!(
                    "client.rename_registered_model({name}, {})",
                    self.one(&["'m'", "'new'", "''", "'a/b'", "'fraud-detector'"])
                ),
                2 => format!("client.set_model_version_tag({name}, key={key}, value={value})"),
                _ => format!("client.set_model_version_tag({name}, None, {key}, {value})"),
            },
            _ => {
                let metric = self.one(&["'auc'", "'a?b'", "'latency ms'", "''", "'é'"]);
                let measured = self.one(&[
                    "0.93",
                    "1",
                    "-2.5",
                    "1e-7",
                    "1e20",
                    "123456789012345678901",
                    "0.1234567890123456789",
                ]);
                format!(
                    "client.log_metric(client.get_model_version({name}, {version}).run_id, {metric}, {measured})"
                )
            }
        }
    }

    /// Something of a name that is known, or a text.
    fn part(&mut self) -> String {
        let field = self.one(FIELDS);
        let has = [
            Has::Version,
            Has::Model,
            Has::Versions,
            Has::Models,
            Has::Tags,
            Has::Text,
            Has::Int,
            Has::Other,
        ];
        let has = has[self.below(has.len())];
        let Some(name) = self.known(has) else {
            return self.one(TEXTS);
        };
        match has {
            Has::Version => match self.below(4) {
                0 => name,
                1 => format!("{name}.tags[{}]", self.one(KEYS)),
                2 => format!("{name}.aliases[0]"),
                _ => format!("{name}.{field}"),
            },
            Has::Model => match self.below(4) {
                0 => name,
                1 => format!(
                    "{name}.latest_versions[{}].{field}",
                    self.one(&["0", "-1", "5"])
                ),
                2 => format!("{name}.aliases['champion']"),
                _ => format!("{name}.{}", self.one(MODEL_FIELDS)),
            },
            Has::Versions => match self.below(3) {
                0 => name,
                1 => format!(
                    "{name}[{}]",
                    self.one(&["0", "-1", "1", "7", "-9", "99999999999999999999"])
                ),
                _ => format!("{name}[{}].{field}", self.one(&["0", "-1", "1"])),
            },
            Has::Models => format!(
                "{name}[{}].{}",
                self.one(&["0", "-1", "3"]),
                self.one(MODEL_FIELDS)
            ),
            Has::Tags if self.below(2) == 0 => format!("{name}[{}]", self.one(KEYS)),
            _ => name,
        }
    }

    fn printed(&mut self) -> String {
        let part = self.part();
        let is_simple = part.starts_with('n') && !part.contains('"');
        match self.below(5) {
            0 if is_simple => format!("f\"<{{{part}}}> {{ {part}!r}} {{{part}!s}}\""),
            1 => format!("({part}, {})", self.part()),
            2 => format!("[{part}]"),
            3 => format!("{{'k': {part}}}"),
            _ => part,
        }
    }

    fn statement(&mut self) -> String {
        match self.below(22) {
            0 => format!("{} = {}", self.named(Has::Text), self.one(NAMES)).replace("None", "'m'"),
            1 => format!("{} = {}", self.named(Has::Int), self.one(&["1", "2", "3", "4", "-1", "99"])),
            2 => format!("{} = {}", self.named(Has::Other), self.one(VALUES)),
            3 => {
                let tags = self.tags();
                format!("{} = {tags}", self.named(Has::Tags))
            }
            4 | 5 => {
                let call = self.version();
                format!("{} = {call}", self.named(Has::Version))
            }
            6 => {
                let call = self.model();
                format!("{} = {call}", self.named(Has::Model))
            }
            7 => {
                let search = self.search(false);
                format!("{} = {search}", self.named(Has::Versions))
            }
            8 => {
                let search = self.search(true);
                format!("{} = {search}", self.named(Has::Models))
            }
            9 => {
                let name = self.one(NAMES);
                let stages = self.one(&["", ", ['Production']", ", stages=['Staging', 'none']", ", []", ", ('Archived',)", ", ['x']", ", None"]);
                format!("{} = client.get_latest_versions({name}{stages})", self.named(Has::Versions))
            }
            10 => self.version(),
            11 => self.model(),
            12..=14 => self.change(),
            15 => format!("mlflow.pyfunc.load_model({})", self.one(URIS)),
            16 => format!("print({}, {})", self.printed(), self.printed()),
            17 => self.printed(),
            18 => {
                let (search, field) = (self.search(false), self.one(FIELDS));
                match self.below(3) {
                    0 => format!("for v in {search}:\n    print(v.name, v.{field})\n    print(f'{{v.version}}')"),
                    1 => format!("for v in {search}: print(v)"),
                    _ => format!("for v in {search}:\n    client.set_model_version_tag(v.name, v.version, {}, v.{field})", self.one(KEYS)),
                }
            }
            19 => match self.below(3) {
                0 => format!(
                    "for rm in {}:\n    print(rm.name)\n    for v in rm.latest_versions:\n        print(v.version, v.current_stage)",
                    self.search(true)
                ),
                1 => format!("for a in [{}, {}]:\n    x = a\n    print(x)", self.one(TEXTS), self.one(TEXTS)),
                _ => "for s in client.get_model_version_stages('m', 1):\n    client.get_latest_versions('fraud-detector', [s])".to_owned(),
            },
            20 => match self.below(6) {
                0 => "run = client.create_run(\"0\")\nclient.log_metric(run.info.run_id, 'auc', 0.5)\nprint(run.info.run_id)".to_owned(),
                1 => "from mlflow.tracking import MlflowClient\nc = MlflowClient()\nprint(c.get_model_version('fraud-detector', 1).name)".to_owned(),
                2 => "client.get_model_version_download_uri('fraud-detector', 3)".to_owned(),
                3 => "import mlflow.pyfunc\nprint(mlflow.__version__)".to_owned(),
                4 => "run = client.create_run(experiment_id='0')\nmlflow.register_model(f'runs:/{run.info.run_id}/model', 'm')".to_owned(),
                _ => "client.get_latest_versions('churn-forecast'); client.get_latest_versions('churn-forecast')\nclient.get_latest_versions(\n    'churn-forecast'\n)".to_owned(),
            },
            _ => format!("{}  # {}", self.printed(), self.one(&["why", "é", "'"])),
        }
    }

    /// The text with a piece put in, left out or written twice, once or several times.
    pub fn spoilt(&mut self, text: &str) -> String {
        const PIECES: &[&str] = &[
            " ",
            "  ",
            "\n",
            "\n    ",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            ".",
            "=",
            "-",
            ";",
            "'",
            "\"",
            "#",
            "\\",
            "f",
            "r",
            "0",
            "1",
            "_",
            "x",
            "print",
            "None",
            "for x in ",
            " in ",
            "import mlflow",
            "e5",
            "\t",
            "\r",
            "\u{c}",
            "é",
            "!r",
            "'''",
            "if ",
            "=\n",
            "\\n",
        ];
        let mut letters: Vec<char> = text.chars().collect();
        for _ in 0..=self.below(2) {
            let at = self.below(letters.len().max(1));
            match self.below(3) {
                0 if at < letters.len() => {
                    letters.remove(at);
                }
                1 if at < letters.len() => {
                    let end = (at + 1 + self.below(6)).min(letters.len());
                    let piece = letters[at..end].to_vec();
                    letters.splice(at..at, piece);
                }
                _ => {
                    let piece = PIECES[self.below(PIECES.len())];
                    letters.splice(at..at, piece.chars());
                }
            }
        }
        letters.into_iter().collect()
    }

    /// A text of some statements.
    pub fn text(&mut self) -> String {
        let count = self.below(3) + 1;
        let statements: Vec<String> = (0..count).map(|_| self.statement()).collect();
        statements.join("\n")
    }
}
