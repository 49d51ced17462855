//! The table of everything that the console can be told: the methods of `MlflowClient`, MLflow's and the lesson's
//! functions, the command lines, and the console's own words. Reading, help and completion all ask it.

use super::Does;
use super::own::Word;
use crate::registry::call::{Call, Question, VersionArgument, Written};

/// A method or function.
#[derive(Debug)]
pub struct Method {
    /// Where it is found.
    pub owner: Owner,
    /// Its name.
    pub name: &'static str,
    /// Its parameters, in MLflow's order. Those that a call carries come in the order in which it takes them.
    pub params: &'static [Param],
    /// Makes what it does of what was given.
    pub does: fn(&mut Arguments) -> Does,
    /// Whether MLflow warns that it is deprecated.
    pub is_deprecated: bool,
}

/// Where a method or function is found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Owner {
    /// A method of `MlflowClient`.
    Client,
    /// A function of `mlflow`.
    Mlflow,
    /// A function of `mlflow.pyfunc` and its like.
    Flavor,
    /// The lesson's own function.
    Lesson,
}

impl Owner {
    /// What is written before the name.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Client => "client.",
            Self::Mlflow => "mlflow.",
            Self::Flavor => "mlflow.pyfunc.",
            Self::Lesson => "",
        }
    }
}

/// Something that there is help for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Topic {
    /// A method or function, by its name.
    Method(&'static str),
    /// One of the console's own words.
    Word(Word),
    /// The lesson's command line.
    Shell,
}

impl Topic {
    /// The topic of a name: as it is called, with or without what stands before it.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        let last = name.trim_end_matches("()").rsplit(['.', ' ']).next()?;
        let method = || all().find(|method| method.name == last);
        Word::find(name)
            .map(Self::Word)
            .or_else(|| {
                matches!(last, "mlflow" | "transition-version" | "shell").then_some(Self::Shell)
            })
            .or_else(|| method().map(|method| Self::Method(method.name)))
    }

    /// Every topic's name.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let words = Word::ALL.into_iter().map(Word::name);
        words
            .chain(["transition-version"])
            .chain(all().map(|method| method.name))
    }
}

/// Every method and function.
pub fn all() -> impl Iterator<Item = &'static Method> {
    METHODS
        .iter()
        .chain(&FUNCTIONS)
        .chain([&LOAD_URI, &LOAD_FILE, &GET_MODEL])
}

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
}

/// What a parameter takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Takes {
    /// A text.
    Text,
    /// A version: a whole number or a text.
    Version,
    /// A version that MLflow asks for by itself when it is missing.
    TagVersion,
    /// Any value; MLflow makes a text of it.
    Printed,
    /// `True` or `False`; may be left out, which is `False`.
    Flag,
    /// A list of texts; may be left out, which is an empty one.
    Texts,
    /// A `models:/` URI.
    ModelsUri,
    /// Anything: it makes no difference to the simulated registry. May be left out.
    Ignored,
    /// A text or `None`; may be left out, which is `None`.
    TextOrNone,
    /// A whole number; may be left out.
    Count,
    /// A dictionary of texts with their values; may be left out, which is an empty one.
    Tags,
    /// A dictionary of texts with their values.
    Metrics,
    /// Nothing, or something empty: the calls cannot carry it. May be left out.
    Empty,
}

impl Takes {
    /// Whether the argument may be left out.
    #[must_use]
    pub const fn is_optional(self) -> bool {
        match self {
            Self::Text | Self::Version | Self::Printed | Self::ModelsUri | Self::Metrics => false,
            Self::TagVersion
            | Self::Flag
            | Self::Texts
            | Self::Ignored
            | Self::TextOrNone
            | Self::Count
            | Self::Tags
            | Self::Empty => true,
        }
    }
}

/// An argument as a call takes it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Given {
    /// A text, a version, a printed value or a URI.
    Text(String),
    /// A version of a tag call.
    TagVersion(VersionArgument),
    /// A flag.
    Flag(bool),
    /// Texts.
    Texts(Vec<String>),
    /// Tags.
    Tags(Written),
    /// A number, if one was given.
    Count(Option<usize>),
}

/// The arguments of a call, in the order of the parameters that it takes.
#[derive(Debug)]
pub struct Arguments(std::vec::IntoIter<Given>);

impl Arguments {
    /// Arguments that fit the parameters of a method.
    #[must_use]
    pub fn new(given: Vec<Given>) -> Self {
        Self(given.into_iter())
    }

    // An argument of another kind cannot come: the table below is tried as a whole in a test.

    fn text(&mut self) -> String {
        match self.0.next() {
            Some(Given::Text(text)) => text,
            _ => String::new(),
        }
    }

    fn tag_version(&mut self) -> VersionArgument {
        match self.0.next() {
            Some(Given::TagVersion(version)) => version,
            _ => VersionArgument::Missing,
        }
    }

    fn flag(&mut self) -> bool {
        matches!(self.0.next(), Some(Given::Flag(true)))
    }

    fn tags(&mut self) -> Written {
        match self.0.next() {
            Some(Given::Tags(tags)) => tags,
            _ => Written::new(),
        }
    }

    fn texts(&mut self) -> Vec<String> {
        match self.0.next() {
            Some(Given::Texts(texts)) => texts,
            _ => Vec::new(),
        }
    }

    fn count(&mut self) -> Option<usize> {
        match self.0.next() {
            Some(Given::Count(count)) => count,
            _ => None,
        }
    }

    /// The tail of a search: filter, most, order.
    fn search(&mut self) -> super::search::Search {
        super::search::Search {
            filter: self.text(),
            most: self.count(),
            order_by: self.texts(),
        }
    }

    /// The tail of `mlflow`'s searches, which take their arguments in another order.
    fn fluent_search(&mut self) -> super::search::Search {
        super::search::Search {
            most: self.count(),
            filter: self.text(),
            order_by: self.texts(),
        }
    }
}

const fn row(
    owner: Owner,
    name: &'static str,
    params: &'static [Param],
    does: fn(&mut Arguments) -> Does,
) -> Method {
    Method {
        owner,
        name,
        params,
        does,
        is_deprecated: false,
    }
}

const fn client(
    name: &'static str,
    params: &'static [Param],
    does: fn(&mut Arguments) -> Does,
) -> Method {
    row(Owner::Client, name, params, does)
}

const fn function(
    name: &'static str,
    params: &'static [Param],
    does: fn(&mut Arguments) -> Does,
) -> Method {
    row(Owner::Mlflow, name, params, does)
}

impl Method {
    /// The same, but MLflow warns that it is deprecated.
    const fn deprecated(mut self) -> Self {
        self.is_deprecated = true;
        self
    }
}

const fn param(name: &'static str, takes: Takes) -> Param {
    Param { name, takes }
}

const fn ignored(name: &'static str) -> Param {
    param(name, Takes::Ignored)
}

const fn text(name: &'static str) -> Param {
    param(name, Takes::Text)
}

const NAME: Param = text("name");
const VERSION: Param = param("version", Takes::Version);
const TAG_VERSION: Param = param("version", Takes::TagVersion);
const KEY: Param = text("key");
const VALUE: Param = param("value", Takes::Printed);
const ALIAS: Param = text("alias");
const DESCRIPTION: Param = text("description");
const JOB: Param = param("deployment_job_id", Takes::Empty);
const TAGS: Param = param("tags", Takes::Tags);
const DESCRIPTION_OR_NONE: Param = param("description", Takes::TextOrNone);
const RUN: Param = text("run_id");
const FILTER: Param = param("filter_string", Takes::TextOrNone);
const MOST: Param = param("max_results", Takes::Count);
const ORDER: Param = param("order_by", Takes::Texts);
const PAGE: Param = ignored("page_token");
const STEP: Param = ignored("step");
const TIMESTAMP: Param = ignored("timestamp");
const SYNCHRONOUS: Param = ignored("synchronous");
const MODEL_ID: Param = ignored("model_id");

/// Every method of the client that the simulator has. The parameters and their order are those of MLflow 3.17.2.
pub static METHODS: [Method; 28] = [
    client(
        "create_registered_model",
        &[NAME, TAGS, DESCRIPTION_OR_NONE, JOB],
        |given| {
            Does::Call(Call::CreateRegisteredModel {
                name: given.text(),
                tags: given.tags(),
                description: given.text(),
            })
        },
    ),
    client(
        "rename_registered_model",
        &[NAME, text("new_name")],
        |given| {
            Does::Call(Call::RenameRegisteredModel {
                name: given.text(),
                new_name: given.text(),
            })
        },
    ),
    client(
        "update_registered_model",
        &[NAME, DESCRIPTION, JOB],
        |given| {
            Does::Call(Call::UpdateRegisteredModel {
                name: given.text(),
                description: given.text(),
            })
        },
    ),
    client("delete_registered_model", &[NAME], |given| {
        Does::Call(Call::DeleteRegisteredModel { name: given.text() })
    }),
    client("set_registered_model_tag", &[NAME, KEY, VALUE], |given| {
        Does::Call(Call::SetRegisteredModelTag {
            name: given.text(),
            key: given.text(),
            value: given.text(),
        })
    }),
    client("delete_registered_model_tag", &[NAME, KEY], |given| {
        Does::Call(Call::DeleteRegisteredModelTag {
            name: given.text(),
            key: given.text(),
        })
    }),
    client(
        "set_registered_model_alias",
        &[NAME, ALIAS, VERSION],
        |given| {
            Does::Call(Call::SetRegisteredModelAlias {
                name: given.text(),
                alias: given.text(),
                version: given.text(),
            })
        },
    ),
    client("delete_registered_model_alias", &[NAME, ALIAS], |given| {
        Does::Call(Call::DeleteRegisteredModelAlias {
            name: given.text(),
            alias: given.text(),
        })
    }),
    client(
        "create_model_version",
        &[
            NAME,
            text("source"),
            param("run_id", Takes::TextOrNone),
            TAGS,
            ignored("run_link"),
            DESCRIPTION_OR_NONE,
            ignored("await_creation_for"),
            param("model_id", Takes::Empty),
        ],
        |given| {
            let (name, source) = (given.text(), given.text());
            let run_id = given.text();
            Does::Create {
                call: Call::CreateModelVersion {
                    name,
                    source,
                    tags: given.tags(),
                    description: given.text(),
                    metrics: Written::new(),
                },
                run_id,
            }
        },
    ),
    client(
        "copy_model_version",
        &[text("src_model_uri"), text("dst_name")],
        |given| {
            Does::Call(Call::CopyModelVersion {
                src_model_uri: given.text(),
                dst_name: given.text(),
            })
        },
    ),
    client(
        "update_model_version",
        &[NAME, VERSION, DESCRIPTION],
        |given| {
            Does::Call(Call::UpdateModelVersion {
                name: given.text(),
                version: given.text(),
                description: given.text(),
            })
        },
    ),
    client("delete_model_version", &[NAME, VERSION], |given| {
        Does::Call(Call::DeleteModelVersion {
            name: given.text(),
            version: given.text(),
        })
    }),
    client(
        "transition_model_version_stage",
        &[
            NAME,
            VERSION,
            text("stage"),
            param("archive_existing_versions", Takes::Flag),
        ],
        |given| {
            Does::Call(Call::TransitionModelVersionStage {
                name: given.text(),
                version: given.text(),
                stage: given.text(),
                archive_existing_versions: given.flag(),
            })
        },
    )
    .deprecated(),
    client(
        "set_model_version_tag",
        &[NAME, TAG_VERSION, KEY, VALUE, param("stage", Takes::Empty)],
        |given| {
            Does::Call(Call::SetModelVersionTag {
                name: given.text(),
                version: given.tag_version(),
                key: given.text(),
                value: given.text(),
            })
        },
    ),
    client(
        "delete_model_version_tag",
        &[NAME, TAG_VERSION, KEY, param("stage", Takes::Empty)],
        |given| {
            Does::Call(Call::DeleteModelVersionTag {
                name: given.text(),
                version: given.tag_version(),
                key: given.text(),
            })
        },
    ),
    client("get_registered_model", &[NAME], |given| {
        ask(Question::GetRegisteredModel { name: given.text() })
    }),
    client("get_model_version", &[NAME, VERSION], |given| {
        ask(Question::GetModelVersion {
            name: given.text(),
            version: given.text(),
        })
    }),
    client("get_model_version_by_alias", &[NAME, ALIAS], |given| {
        ask(Question::GetModelVersionByAlias {
            name: given.text(),
            alias: given.text(),
        })
    }),
    client(
        "get_latest_versions",
        &[NAME, param("stages", Takes::Texts)],
        |given| {
            ask(Question::GetLatestVersions {
                name: given.text(),
                stages: given.texts(),
            })
        },
    )
    .deprecated(),
    client(
        "search_registered_models",
        &[FILTER, MOST, ORDER, PAGE],
        |given| Does::SearchModels(given.search()),
    ),
    client(
        "search_model_versions",
        &[FILTER, MOST, ORDER, PAGE],
        |given| Does::SearchVersions(given.search()),
    ),
    client("get_model_version_stages", &[NAME, VERSION], |_| {
        Does::Stages
    })
    .deprecated(),
    client(
        "get_model_version_download_uri",
        &[NAME, VERSION],
        |given| Does::DownloadUri {
            name: given.text(),
            version: given.text(),
        },
    ),
    client(
        "create_run",
        &[
            param("experiment_id", Takes::Printed),
            ignored("start_time"),
            ignored("tags"),
            param("run_name", Takes::TextOrNone),
        ],
        |given| {
            given.text();
            Does::CreateRun { name: given.text() }
        },
    ),
    client("get_run", &[RUN], |given| Does::GetRun {
        run_id: given.text(),
    }),
    client(
        "log_metric",
        &[
            RUN,
            KEY,
            VALUE,
            TIMESTAMP,
            STEP,
            SYNCHRONOUS,
            ignored("dataset_name"),
            ignored("dataset_digest"),
            MODEL_ID,
        ],
        |given| Does::LogMetrics {
            run_id: given.text(),
            metrics: vec![(given.text(), given.text())],
        },
    ),
    client("log_param", &[RUN, KEY, VALUE, SYNCHRONOUS], |given| {
        Does::RunNote {
            run_id: given.text(),
        }
    }),
    client(
        "set_terminated",
        &[RUN, ignored("status"), ignored("end_time")],
        |given| Does::RunNote {
            run_id: given.text(),
        },
    ),
];

/// The functions of `mlflow` itself. Without a run of their own they mean the active one.
pub static FUNCTIONS: [Method; 9] = [
    function(
        "register_model",
        &[
            text("model_uri"),
            NAME,
            ignored("await_registration_for"),
            TAGS,
        ],
        |given| Does::Register {
            uri: given.text(),
            name: given.text(),
            tags: given.tags(),
        },
    ),
    function(
        "search_registered_models",
        &[MOST, FILTER, ORDER],
        |given| Does::SearchModels(given.fluent_search()),
    ),
    function("search_model_versions", &[MOST, FILTER, ORDER], |given| {
        Does::SearchVersions(given.fluent_search())
    }),
    function(
        "start_run",
        &[
            param("run_id", Takes::TextOrNone),
            ignored("experiment_id"),
            param("run_name", Takes::TextOrNone),
            ignored("nested"),
            ignored("parent_run_id"),
            ignored("tags"),
            ignored("description"),
        ],
        |given| Does::StartRun {
            run_id: given.text(),
            name: given.text(),
        },
    ),
    function("end_run", &[ignored("status")], |_| Does::EndRun),
    function("active_run", &[], |_| Does::ActiveRun),
    function(
        "log_metric",
        &[
            KEY,
            VALUE,
            STEP,
            SYNCHRONOUS,
            TIMESTAMP,
            param("run_id", Takes::TextOrNone),
            MODEL_ID,
        ],
        |given| {
            let metrics = vec![(given.text(), given.text())];
            Does::LogMetrics {
                run_id: given.text(),
                metrics,
            }
        },
    ),
    function(
        "log_metrics",
        &[
            param("metrics", Takes::Metrics),
            STEP,
            SYNCHRONOUS,
            param("run_id", Takes::TextOrNone),
            TIMESTAMP,
            MODEL_ID,
        ],
        |given| {
            let metrics = given.tags();
            Does::LogMetrics {
                run_id: given.text(),
                metrics,
            }
        },
    ),
    function("log_param", &[KEY, VALUE, SYNCHRONOUS], |_| Does::Nothing),
];

/// Methods that the real client has and the simulator has not.
pub const OTHER_METHODS: [&str; 12] = [
    "create_experiment",
    "delete_run",
    "download_artifacts",
    "get_experiment",
    "get_experiment_by_name",
    "list_artifacts",
    "log_artifact",
    "log_batch",
    "search_experiments",
    "search_runs",
    "set_tag",
    "update_run",
];

/// `mlflow.pyfunc.load_model` and its like.
pub static LOAD_URI: Method = row(
    Owner::Flavor,
    "load_model",
    &[
        param("model_uri", Takes::ModelsUri),
        ignored("suppress_warnings"),
        ignored("dst_path"),
        ignored("model_config"),
    ],
    |given| ask(Question::ResolveUri { uri: given.text() }),
);

/// The lesson's `load_model`, which takes a file. Given a `models:/` URI it asks the registry.
pub static LOAD_FILE: Method = row(Owner::Lesson, "load_model", &[text("path")], |given| {
    let path = given.text();
    if crate::registry::uri::is_models_scheme(&path) {
        ask(Question::ResolveUri { uri: path })
    } else {
        Does::LoadFile { path }
    }
});

/// The lesson's `get_model`.
pub static GET_MODEL: Method = row(Owner::Lesson, "get_model", &[text("stage")], |given| {
    Does::GetModel {
        stage: given.text(),
    }
});

const fn ask(question: Question) -> Does {
    Does::Call(Call::Ask(question))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Holds what a method does with arguments in the order of its parameters; those that a call does not carry are left
    /// out.
    fn check(owner: Owner, name: &str, given: &[Given], expected: &str) {
        let method = all().find(|method| method.owner == owner && method.name == name);
        let does = (method.unwrap().does)(&mut Arguments::new(given.to_vec()));
        let shown = format!("{does:?}");
        let shown = shown.strip_prefix("Call(").map_or(shown.as_str(), |call| {
            call.strip_suffix(')').unwrap_or(call)
        });
        let shown = shown
            .strip_prefix("Ask(")
            .map_or(shown, |ask| &ask[..ask.len() - 1]);
        assert_eq!(shown, expected, "{name}");
    }

    fn text(text: &str) -> Given {
        Given::Text(text.to_owned())
    }

    fn tags() -> Given {
        Given::Tags(vec![("k".to_owned(), "v".to_owned())])
    }

    #[test]
    fn arguments_come_to_their_places() {
        let client = |name: &str, given: &[Given], expected: &str| {
            check(Owner::Client, name, given, expected)
        };
        let version = || Given::TagVersion(VersionArgument::Given("2".to_owned()));
        let (a, b, c, d) = (text("a"), text("b"), text("c"), text("d"));
        client(
            "create_registered_model",
            &[a.clone(), tags(), b.clone()],
            r#"CreateRegisteredModel { name: "a", tags: [("k", "v")], description: "b" }"#,
        );
        let two = [a.clone(), b.clone()];
        let three = [a.clone(), b.clone(), c.clone()];
        client(
            "rename_registered_model",
            &two,
            r#"RenameRegisteredModel { name: "a", new_name: "b" }"#,
        );
        client(
            "update_registered_model",
            &two,
            r#"UpdateRegisteredModel { name: "a", description: "b" }"#,
        );
        client(
            "delete_registered_model",
            &two,
            r#"DeleteRegisteredModel { name: "a" }"#,
        );
        client(
            "set_registered_model_tag",
            &three,
            r#"SetRegisteredModelTag { name: "a", key: "b", value: "c" }"#,
        );
        client(
            "delete_registered_model_tag",
            &two,
            r#"DeleteRegisteredModelTag { name: "a", key: "b" }"#,
        );
        client(
            "set_registered_model_alias",
            &three,
            r#"SetRegisteredModelAlias { name: "a", alias: "b", version: "c" }"#,
        );
        client(
            "delete_registered_model_alias",
            &two,
            r#"DeleteRegisteredModelAlias { name: "a", alias: "b" }"#,
        );
        client(
            "create_model_version",
            &[a.clone(), b.clone(), c.clone(), tags(), d],
            r#"Create { call: CreateModelVersion { name: "a", source: "b", tags: [("k", "v")], description: "d", metrics: [] }, run_id: "c" }"#,
        );
        client(
            "copy_model_version",
            &two,
            r#"CopyModelVersion { src_model_uri: "a", dst_name: "b" }"#,
        );
        client(
            "update_model_version",
            &three,
            r#"UpdateModelVersion { name: "a", version: "b", description: "c" }"#,
        );
        client(
            "delete_model_version",
            &two,
            r#"DeleteModelVersion { name: "a", version: "b" }"#,
        );
        client(
            "transition_model_version_stage",
            &[a.clone(), b.clone(), c.clone(), Given::Flag(true)],
            r#"TransitionModelVersionStage { name: "a", version: "b", stage: "c", archive_existing_versions: true }"#,
        );
        client(
            "set_model_version_tag",
            &[a.clone(), version(), b.clone(), c.clone()],
            r#"SetModelVersionTag { name: "a", version: Given("2"), key: "b", value: "c" }"#,
        );
        client(
            "delete_model_version_tag",
            &[a.clone(), version(), b.clone()],
            r#"DeleteModelVersionTag { name: "a", version: Given("2"), key: "b" }"#,
        );
        client(
            "get_registered_model",
            &two,
            r#"GetRegisteredModel { name: "a" }"#,
        );
        client(
            "get_model_version",
            &two,
            r#"GetModelVersion { name: "a", version: "b" }"#,
        );
        client(
            "get_model_version_by_alias",
            &two,
            r#"GetModelVersionByAlias { name: "a", alias: "b" }"#,
        );
        let stages = Given::Texts(vec!["s".to_owned()]);
        client(
            "get_latest_versions",
            &[a.clone(), stages.clone()],
            r#"GetLatestVersions { name: "a", stages: ["s"] }"#,
        );
        let search = [a.clone(), Given::Count(Some(3)), stages.clone()];
        client(
            "search_registered_models",
            &search,
            r#"SearchModels(Search { filter: "a", most: Some(3), order_by: ["s"] })"#,
        );
        client(
            "search_model_versions",
            &search,
            r#"SearchVersions(Search { filter: "a", most: Some(3), order_by: ["s"] })"#,
        );
        client("get_model_version_stages", &two, "Stages");
        client(
            "get_model_version_download_uri",
            &two,
            r#"DownloadUri { name: "a", version: "b" }"#,
        );
        client("create_run", &two, r#"CreateRun { name: "b" }"#);
        client("get_run", &two, r#"GetRun { run_id: "a" }"#);
        client(
            "log_metric",
            &three,
            r#"LogMetrics { run_id: "a", metrics: [("b", "c")] }"#,
        );
        client("log_param", &three, r#"RunNote { run_id: "a" }"#);
        client("set_terminated", &two, r#"RunNote { run_id: "a" }"#);
        let mlflow = |name: &str, given: &[Given], expected: &str| {
            check(Owner::Mlflow, name, given, expected)
        };
        mlflow(
            "register_model",
            &[a.clone(), b.clone(), tags()],
            r#"Register { uri: "a", name: "b", tags: [("k", "v")] }"#,
        );
        let search = [Given::Count(Some(3)), a.clone(), stages];
        mlflow(
            "search_registered_models",
            &search,
            r#"SearchModels(Search { filter: "a", most: Some(3), order_by: ["s"] })"#,
        );
        mlflow(
            "search_model_versions",
            &search,
            r#"SearchVersions(Search { filter: "a", most: Some(3), order_by: ["s"] })"#,
        );
        mlflow("start_run", &two, r#"StartRun { run_id: "a", name: "b" }"#);
        mlflow("end_run", &[], "EndRun");
        mlflow("active_run", &[], "ActiveRun");
        mlflow(
            "log_metric",
            &three,
            r#"LogMetrics { run_id: "c", metrics: [("a", "b")] }"#,
        );
        mlflow(
            "log_metrics",
            &[tags(), a.clone()],
            r#"LogMetrics { run_id: "a", metrics: [("k", "v")] }"#,
        );
        mlflow("log_param", &two, "Nothing");
        check(
            Owner::Flavor,
            "load_model",
            &two,
            r#"ResolveUri { uri: "a" }"#,
        );
        check(
            Owner::Lesson,
            "load_model",
            &two,
            r#"LoadFile { path: "a" }"#,
        );
        check(
            Owner::Lesson,
            "load_model",
            &[text("models:/m/1")],
            r#"ResolveUri { uri: "models:/m/1" }"#,
        );
        check(
            Owner::Lesson,
            "get_model",
            &two,
            r#"GetModel { stage: "a" }"#,
        );
    }

    #[test]
    fn every_row_is_tried_above() {
        assert_eq!(
            METHODS.len() + FUNCTIONS.len(),
            37,
            "a new row belongs into the test above"
        );
    }
}
