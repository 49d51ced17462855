//! What is known of a value before anything is carried out.

use super::super::methods::{self, Method};
use crate::registry::call::Written;

/// A value.
#[derive(Clone, Debug)]
pub enum Value {
    /// A text.
    Text(String),
    /// A whole number as Python prints it.
    Int(String),
    /// A decimal number as Python prints it.
    Float(String),
    /// `True` or `False`.
    Flag(bool),
    /// `None`.
    None,
    /// A list or tuple; lists in it there are none.
    List(Vec<Value>),
    /// A dictionary of texts with simple values, which stand as `str()` gives them.
    Dict(Written),
    /// What a call gives back, or a piece of it.
    Result,
    /// An `MlflowClient`.
    Client,
    /// Something that can be called.
    Function(Function),
    /// A module of MLflow.
    Module(Module),
    /// Something that exists elsewhere: another library, or a part of MLflow that the simulator has not.
    Foreign,
}

/// Something that can be called.
#[derive(Clone, Copy, Debug)]
pub enum Function {
    /// The class `MlflowClient`.
    NewClient,
    /// A method of the client, or a function that does something to the registry.
    Method(&'static Method),
    /// `print`
    Print,
    /// `str`
    Str,
    /// `int`
    Int,
    /// A function that changes nothing here, such as `mlflow.set_tracking_uri`.
    Passed,
}

/// A module of MLflow.
#[derive(Clone, Copy, Debug)]
pub enum Module {
    /// `mlflow`
    Mlflow,
    /// `mlflow.tracking` and `mlflow.client`, which have the client.
    Tracking,
    /// `mlflow.pyfunc`, `mlflow.sklearn` and so on, which load models.
    Flavor,
}

/// The modules of MLflow that can load models.
const FLAVORS: [&str; 21] = [
    "catboost",
    "diviner",
    "h2o",
    "keras",
    "langchain",
    "lightgbm",
    "llama_index",
    "onnx",
    "openai",
    "paddle",
    "pmdarima",
    "prophet",
    "pyfunc",
    "pytorch",
    "sentence_transformers",
    "sklearn",
    "spacy",
    "spark",
    "statsmodels",
    "tensorflow",
    "transformers",
];

/// What `mlflow` has and the simulator has not.
const ELSEWHERE: [&str; 20] = [
    "active_run",
    "artifacts",
    "autolog",
    "end_run",
    "entities",
    "evaluate",
    "exceptions",
    "log_artifact",
    "log_metric",
    "log_metrics",
    "log_param",
    "log_params",
    "models",
    "register_model",
    "search_model_versions",
    "search_registered_models",
    "set_experiment",
    "start_run",
    "store",
    "utils",
];

/// Python's own functions that the console does not understand.
const BUILTINS: [&str; 20] = [
    "bool",
    "dict",
    "enumerate",
    "float",
    "getattr",
    "input",
    "isinstance",
    "len",
    "list",
    "max",
    "min",
    "open",
    "range",
    "repr",
    "set",
    "sorted",
    "sum",
    "tuple",
    "type",
    "zip",
];

/// The names of the client's class and of the functions that somebody may mean.
pub const KNOWN: [&str; 8] = [
    "client",
    "get_model",
    "int",
    "load_model",
    "mlflow",
    "MlflowClient",
    "print",
    "str",
];

/// What a name means that was never given a value. Imports and the making of the client may be left out.
#[must_use]
pub fn known(name: &str) -> Option<Value> {
    Some(match name {
        "client" => Value::Client,
        "mlflow" => Value::Module(Module::Mlflow),
        "MlflowClient" => Value::Function(Function::NewClient),
        "load_model" => Value::Function(Function::Method(&methods::LOAD_FILE)),
        "get_model" => Value::Function(Function::Method(&methods::GET_MODEL)),
        "print" => Value::Function(Function::Print),
        "str" => Value::Function(Function::Str),
        "int" => Value::Function(Function::Int),
        _ if BUILTINS.contains(&name) => Value::Foreign,
        _ => return None,
    })
}

impl Module {
    /// What the module has under a name.
    #[must_use]
    pub fn member(self, name: &str) -> Option<Value> {
        Some(match (self, name) {
            (Self::Mlflow | Self::Tracking, "MlflowClient") => Value::Function(Function::NewClient),
            (Self::Mlflow, "tracking" | "client") | (Self::Tracking, "client") => {
                Value::Module(Self::Tracking)
            }
            (Self::Mlflow, "set_tracking_uri" | "set_registry_uri")
            | (Self::Tracking, "set_tracking_uri") => Value::Function(Function::Passed),
            (Self::Mlflow, "__version__") => Value::Result,
            (Self::Mlflow, _) if FLAVORS.contains(&name) => Value::Module(Self::Flavor),
            (Self::Mlflow, _) if ELSEWHERE.contains(&name) => Value::Foreign,
            (Self::Flavor, "load_model") => Value::Function(Function::Method(&methods::LOAD_URI)),
            (Self::Flavor, "log_model" | "save_model" | "autolog") => Value::Foreign,
            _ => return None,
        })
    }

    /// The names that somebody may have meant in this module.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        match self {
            Self::Mlflow => {
                let mut names = vec!["MlflowClient", "tracking", "client", "set_tracking_uri"];
                names.extend(FLAVORS);
                names.extend(ELSEWHERE);
                names
            }
            Self::Tracking => vec!["MlflowClient"],
            Self::Flavor => vec!["load_model"],
        }
    }
}

impl Value {
    /// How much room the value takes, roughly.
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Self::Text(text) | Self::Int(text) | Self::Float(text) => text.len(),
            Self::Dict(items) => items
                .iter()
                .map(|(key, value)| 16 + key.len() + value.len())
                .sum(),
            Self::List(values) => values.iter().map(|value| 16 + value.size()).sum(),
            _ => 0,
        }
    }

    /// The value as `str()` gives it, where it is simple.
    #[must_use]
    pub fn printed(self) -> Option<String> {
        Some(match self {
            Self::Text(text) | Self::Int(text) | Self::Float(text) => text,
            Self::Flag(true) => "True".to_owned(),
            Self::Flag(false) => "False".to_owned(),
            Self::None => "None".to_owned(),
            _ => return None,
        })
    }
}
