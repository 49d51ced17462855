//! The methods of `MlflowClient` and the lesson's functions: their parameters in order, and the call they come to.

use super::Does;
use crate::registry::call::{Call, Question, VersionArgument, Written};

/// A method or function.
#[derive(Debug)]
pub struct Method {
    /// Its name.
    pub name: &'static str,
    /// Its parameters, in MLflow's order. Those that a call carries come in the order in which it takes them.
    pub params: &'static [Param],
    /// Makes the call of what was given.
    pub does: fn(&mut Arguments) -> Does,
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
    /// Any simple value; MLflow makes a text of it.
    Printed,
    /// `True` or `False`; may be left out, which is `False`.
    Flag,
    /// A list of stages; may be left out, which is every stage.
    Stages,
    /// A `models:/` URI.
    ModelsUri,
    /// Anything: it makes no difference to the simulated registry. May be left out.
    Ignored,
    /// A text or `None`; may be left out, which is `None`.
    TextOrNone,
    /// A dictionary of texts with their values; may be left out, which is an empty one.
    Tags,
    /// Nothing, or something empty: the calls cannot carry it. May be left out.
    Empty,
}

impl Takes {
    /// Whether the argument may be left out.
    #[must_use]
    pub const fn is_optional(self) -> bool {
        match self {
            Self::Text | Self::Version | Self::Printed | Self::ModelsUri => false,
            Self::TagVersion
            | Self::Flag
            | Self::Stages
            | Self::Ignored
            | Self::TextOrNone
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
    /// Stages.
    Stages(Vec<String>),
    /// Tags.
    Tags(Written),
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

    fn stages(&mut self) -> Vec<String> {
        match self.0.next() {
            Some(Given::Stages(stages)) => stages,
            _ => Vec::new(),
        }
    }
}

const fn param(name: &'static str, takes: Takes) -> Param {
    Param { name, takes }
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

/// Every method of the client that the simulator has. The parameters and their order are those of MLflow 3.17.2.
pub static METHODS: [Method; 19] = [
    Method {
        name: "create_registered_model",
        params: &[NAME, TAGS, DESCRIPTION_OR_NONE, JOB],
        does: |given| {
            Does::Call(Call::CreateRegisteredModel {
                name: given.text(),
                tags: given.tags(),
                description: given.text(),
            })
        },
    },
    Method {
        name: "rename_registered_model",
        params: &[NAME, text("new_name")],
        does: |given| {
            Does::Call(Call::RenameRegisteredModel {
                name: given.text(),
                new_name: given.text(),
            })
        },
    },
    Method {
        name: "update_registered_model",
        params: &[NAME, DESCRIPTION, JOB],
        does: |given| {
            Does::Call(Call::UpdateRegisteredModel {
                name: given.text(),
                description: given.text(),
            })
        },
    },
    Method {
        name: "delete_registered_model",
        params: &[NAME],
        does: |given| Does::Call(Call::DeleteRegisteredModel { name: given.text() }),
    },
    Method {
        name: "set_registered_model_tag",
        params: &[NAME, KEY, VALUE],
        does: |given| {
            Does::Call(Call::SetRegisteredModelTag {
                name: given.text(),
                key: given.text(),
                value: given.text(),
            })
        },
    },
    Method {
        name: "delete_registered_model_tag",
        params: &[NAME, KEY],
        does: |given| {
            Does::Call(Call::DeleteRegisteredModelTag {
                name: given.text(),
                key: given.text(),
            })
        },
    },
    Method {
        name: "set_registered_model_alias",
        params: &[NAME, ALIAS, VERSION],
        does: |given| {
            Does::Call(Call::SetRegisteredModelAlias {
                name: given.text(),
                alias: given.text(),
                version: given.text(),
            })
        },
    },
    Method {
        name: "delete_registered_model_alias",
        params: &[NAME, ALIAS],
        does: |given| {
            Does::Call(Call::DeleteRegisteredModelAlias {
                name: given.text(),
                alias: given.text(),
            })
        },
    },
    Method {
        name: "create_model_version",
        params: &[
            NAME,
            text("source"),
            // The simulator has no runs: which one a version comes from makes no difference to it.
            param("run_id", Takes::Ignored),
            TAGS,
            param("run_link", Takes::Ignored),
            DESCRIPTION_OR_NONE,
            param("await_creation_for", Takes::Ignored),
            param("model_id", Takes::Empty),
        ],
        does: |given| {
            Does::Call(Call::CreateModelVersion {
                name: given.text(),
                source: given.text(),
                tags: given.tags(),
                description: given.text(),
                metrics: Written::new(),
            })
        },
    },
    Method {
        name: "copy_model_version",
        params: &[text("src_model_uri"), text("dst_name")],
        does: |given| {
            Does::Call(Call::CopyModelVersion {
                src_model_uri: given.text(),
                dst_name: given.text(),
            })
        },
    },
    Method {
        name: "update_model_version",
        params: &[NAME, VERSION, DESCRIPTION],
        does: |given| {
            Does::Call(Call::UpdateModelVersion {
                name: given.text(),
                version: given.text(),
                description: given.text(),
            })
        },
    },
    Method {
        name: "delete_model_version",
        params: &[NAME, VERSION],
        does: |given| {
            Does::Call(Call::DeleteModelVersion {
                name: given.text(),
                version: given.text(),
            })
        },
    },
    Method {
        name: "transition_model_version_stage",
        params: &[
            NAME,
            VERSION,
            text("stage"),
            param("archive_existing_versions", Takes::Flag),
        ],
        does: |given| {
            Does::Call(Call::TransitionModelVersionStage {
                name: given.text(),
                version: given.text(),
                stage: given.text(),
                archive_existing_versions: given.flag(),
            })
        },
    },
    Method {
        name: "set_model_version_tag",
        params: &[NAME, TAG_VERSION, KEY, VALUE, param("stage", Takes::Empty)],
        does: |given| {
            Does::Call(Call::SetModelVersionTag {
                name: given.text(),
                version: given.tag_version(),
                key: given.text(),
                value: given.text(),
            })
        },
    },
    Method {
        name: "delete_model_version_tag",
        params: &[NAME, TAG_VERSION, KEY, param("stage", Takes::Empty)],
        does: |given| {
            Does::Call(Call::DeleteModelVersionTag {
                name: given.text(),
                version: given.tag_version(),
                key: given.text(),
            })
        },
    },
    Method {
        name: "get_registered_model",
        params: &[NAME],
        does: |given| ask(Question::GetRegisteredModel { name: given.text() }),
    },
    Method {
        name: "get_model_version",
        params: &[NAME, VERSION],
        does: |given| {
            ask(Question::GetModelVersion {
                name: given.text(),
                version: given.text(),
            })
        },
    },
    Method {
        name: "get_model_version_by_alias",
        params: &[NAME, ALIAS],
        does: |given| {
            ask(Question::GetModelVersionByAlias {
                name: given.text(),
                alias: given.text(),
            })
        },
    },
    Method {
        name: "get_latest_versions",
        params: &[NAME, param("stages", Takes::Stages)],
        does: |given| {
            ask(Question::GetLatestVersions {
                name: given.text(),
                stages: given.stages(),
            })
        },
    },
];

/// Methods that the real client has and the simulator has not.
pub const OTHER_METHODS: [&str; 12] = [
    "search_registered_models",
    "search_model_versions",
    "get_model_version_download_uri",
    "get_model_version_stages",
    "create_experiment",
    "create_run",
    "get_run",
    "log_metric",
    "log_param",
    "search_runs",
    "set_tag",
    "set_terminated",
];

/// `mlflow.pyfunc.load_model` and its like.
pub static LOAD_URI: Method = Method {
    name: "load_model",
    params: &[
        param("model_uri", Takes::ModelsUri),
        param("suppress_warnings", Takes::Ignored),
        param("dst_path", Takes::Ignored),
        param("model_config", Takes::Ignored),
    ],
    does: |given| ask(Question::ResolveUri { uri: given.text() }),
};

/// The lesson's `load_model`, which takes a file. Given a `models:/` URI it asks the registry.
pub static LOAD_FILE: Method = Method {
    name: "load_model",
    params: &[text("path")],
    does: |given| {
        let path = given.text();
        if crate::registry::uri::is_models_scheme(&path) {
            ask(Question::ResolveUri { uri: path })
        } else {
            Does::LoadFile { path }
        }
    },
};

/// The lesson's `get_model`.
pub static GET_MODEL: Method = Method {
    name: "get_model",
    params: &[text("stage")],
    does: |given| Does::GetModel {
        stage: given.text(),
    },
};

const fn ask(question: Question) -> Does {
    Does::Call(Call::Ask(question))
}
