//! The values that a script works with. They are made once and never changed, so that copies are cheap.

use std::cmp::Ordering;
use std::sync::Arc;

use super::super::methods::{self, Method};
use super::tree::Lambda;
use crate::registry::MetricValue;

/// How deep lists and dictionaries may stand in each other.
pub const DEEPEST: u8 = 32;

/// A value.
#[derive(Clone, Debug)]
pub enum Value {
    /// `None`.
    None,
    /// `True` or `False`.
    Flag(bool),
    /// A whole number as Python prints it.
    Int(String),
    /// A decimal number as Python prints it.
    Float(String),
    /// A text.
    Text(Arc<str>),
    /// A list or a tuple.
    List(Arc<List>),
    /// A dictionary.
    Dict(Arc<Dict>),
    /// One of MLflow's objects.
    Object(Arc<Object>),
    /// An `MlflowClient`.
    Client,
    /// Something that can be called.
    Function(Function),
    /// A `lambda`.
    Lambda(Arc<Lambda>),
    /// A method of a text or a dictionary, bound to it.
    Bound(Box<Value>, &'static str),
    /// A module of MLflow.
    Module(Module),
    /// Something that exists elsewhere: another library, or a part of MLflow that the simulator has not.
    Foreign,
}

/// A list or a tuple.
#[derive(Debug)]
pub struct List {
    /// What is in it.
    pub items: Vec<Value>,
    /// Whether it is a tuple.
    pub is_tuple: bool,
    /// How many lists and dictionaries stand in each other, at most.
    pub depth: u8,
}

/// A dictionary, in the order in which its keys came.
#[derive(Debug)]
pub struct Dict {
    /// Its keys, with their values.
    pub items: Vec<(Value, Value)>,
    /// How many lists and dictionaries stand in each other, at most.
    pub depth: u8,
}

/// One of MLflow's objects: its fields in the order of their names, as MLflow gives them.
#[derive(Debug)]
pub struct Object {
    /// What it is.
    pub class: Class,
    /// Its fields.
    pub fields: Vec<(&'static str, Value)>,
}

impl Object {
    /// A field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        let found = self.fields.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value)
    }
}

/// What an object is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "they are named as MLflow names them")]
pub enum Class {
    ModelVersion,
    RegisteredModel,
    Run,
    ActiveRun,
    RunInfo,
    RunData,
    RunInputs,
    PyFuncModel,
}

impl Class {
    /// The name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ModelVersion => "ModelVersion",
            Self::RegisteredModel => "RegisteredModel",
            Self::Run => "Run",
            Self::ActiveRun => "ActiveRun",
            Self::RunInfo => "RunInfo",
            Self::RunData => "RunData",
            Self::RunInputs => "RunInputs",
            Self::PyFuncModel => "PyFuncModel",
        }
    }
}

/// Something that can be called.
#[derive(Clone, Copy, Debug)]
pub enum Function {
    /// The class `MlflowClient`.
    NewClient,
    /// A method of the client, or a function that does something to the registry.
    Method(&'static Method),
    /// One of Python's own.
    Builtin(Builtin),
    /// A function that changes nothing here, such as `mlflow.set_tracking_uri`.
    Passed,
}

/// A function of Python's own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "they are named as in Python")]
pub enum Builtin {
    Bool,
    Dict,
    Enumerate,
    Float,
    Help,
    Int,
    Len,
    List,
    Max,
    Min,
    Pprint,
    Print,
    Range,
    Repr,
    Reversed,
    Sorted,
    Str,
    Tuple,
    Type,
}

/// Python's own functions.
pub const BUILTINS: [(&str, Builtin); 19] = [
    ("bool", Builtin::Bool),
    ("dict", Builtin::Dict),
    ("enumerate", Builtin::Enumerate),
    ("float", Builtin::Float),
    ("help", Builtin::Help),
    ("int", Builtin::Int),
    ("len", Builtin::Len),
    ("list", Builtin::List),
    ("max", Builtin::Max),
    ("min", Builtin::Min),
    ("pprint", Builtin::Pprint),
    ("print", Builtin::Print),
    ("range", Builtin::Range),
    ("repr", Builtin::Repr),
    ("reversed", Builtin::Reversed),
    ("sorted", Builtin::Sorted),
    ("str", Builtin::Str),
    ("tuple", Builtin::Tuple),
    ("type", Builtin::Type),
];

impl Builtin {
    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = BUILTINS.into_iter().find(|(_, known)| *known == self);
        found.map_or("", |(name, _)| name)
    }
}

/// A module of MLflow, or one that tutorials use beside it.
#[derive(Clone, Copy, Debug)]
pub enum Module {
    /// `mlflow`
    Mlflow,
    /// `mlflow.tracking` and `mlflow.client`, which have the client.
    Tracking,
    /// `mlflow.pyfunc`, `mlflow.sklearn` and so on, which load models.
    Flavor,
    /// `pprint`
    Pprint,
}

/// The modules of MLflow that can load models.
const FLAVORS: [&str; 22] = [
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
    "xgboost",
];

/// What `mlflow` has and the simulator has not.
const ELSEWHERE: [&str; 12] = [
    "artifacts",
    "entities",
    "evaluate",
    "exceptions",
    "get_tracking_uri",
    "log_artifact",
    "log_figure",
    "models",
    "search_experiments",
    "search_runs",
    "store",
    "utils",
];

/// What `mlflow` has that makes no difference here.
const PASSED: [&str; 9] = [
    "autolog",
    "log_params",
    "set_experiment",
    "set_registry_uri",
    "set_tag",
    "set_tags",
    "set_tracking_uri",
    "enable_system_metrics_logging",
    "create_experiment",
];

/// Python's own functions that the console does not understand.
const NOT_HERE: [&str; 14] = [
    "abs",
    "any",
    "all",
    "getattr",
    "hasattr",
    "input",
    "isinstance",
    "map",
    "filter",
    "open",
    "round",
    "set",
    "sum",
    "zip",
];

/// The names of the client's class and of the functions that somebody may mean.
pub const KNOWN: [&str; 5] = [
    "client",
    "get_model",
    "load_model",
    "mlflow",
    "MlflowClient",
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
        "__name__" => Value::text("__main__"),
        _ => match BUILTINS.into_iter().find(|(known, _)| *known == name) {
            Some((_, builtin)) => Value::Function(Function::Builtin(builtin)),
            None if NOT_HERE.contains(&name) => Value::Foreign,
            None => return None,
        },
    })
}

/// The names of the functions that are known.
pub fn known_names() -> impl Iterator<Item = &'static str> {
    KNOWN
        .into_iter()
        .chain(BUILTINS.into_iter().map(|(name, _)| name))
}

impl Module {
    /// What the module has under a name.
    #[must_use]
    pub fn member(self, name: &str) -> Option<Value> {
        let function = || methods::FUNCTIONS.iter().find(|method| method.name == name);
        Some(match (self, name) {
            (Self::Mlflow | Self::Tracking, "MlflowClient") => Value::Function(Function::NewClient),
            (Self::Mlflow, "tracking" | "client") | (Self::Tracking, "client") => {
                Value::Module(Self::Tracking)
            }
            (Self::Tracking, "set_tracking_uri") => Value::Function(Function::Passed),
            (Self::Mlflow, "__version__") => Value::text("3.18.0"),
            (Self::Mlflow, _) if PASSED.contains(&name) => Value::Function(Function::Passed),
            (Self::Mlflow, _) if FLAVORS.contains(&name) => Value::Module(Self::Flavor),
            (Self::Mlflow, _) if ELSEWHERE.contains(&name) => Value::Foreign,
            (Self::Mlflow, _) => Value::Function(Function::Method(function()?)),
            (Self::Flavor, "load_model") => Value::Function(Function::Method(&methods::LOAD_URI)),
            (Self::Flavor, "autolog") => Value::Function(Function::Passed),
            (Self::Flavor, "log_model" | "save_model") => Value::Foreign,
            (Self::Pprint, "pprint" | "pp") => Value::Function(Function::Builtin(Builtin::Pprint)),
            _ => return None,
        })
    }

    /// The names that somebody may have meant in this module.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        match self {
            Self::Mlflow => {
                let mut names = vec!["MlflowClient"];
                names.extend(methods::FUNCTIONS.iter().map(|method| method.name));
                names.extend(["tracking", "client"]);
                names.extend(PASSED);
                names.extend(FLAVORS);
                names
            }
            Self::Tracking => vec!["MlflowClient"],
            Self::Flavor => vec!["load_model"],
            Self::Pprint => vec!["pprint"],
        }
    }
}

/// The methods of texts that are understood.
pub const TEXT_METHODS: [&str; 12] = [
    "capitalize",
    "endswith",
    "format",
    "isdigit",
    "join",
    "lower",
    "replace",
    "split",
    "startswith",
    "strip",
    "title",
    "upper",
];

/// The methods of dictionaries that are understood.
pub const DICT_METHODS: [&str; 4] = ["get", "items", "keys", "values"];

impl Value {
    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// A text, or `None` where it is empty.
    #[must_use]
    pub fn text_or_none(text: &str) -> Self {
        if text.is_empty() {
            Self::None
        } else {
            Self::text(text)
        }
    }

    /// A whole number.
    #[must_use]
    pub fn int(number: u64) -> Self {
        Self::Int(number.to_string())
    }

    /// A decimal number, as a `float` is printed.
    #[must_use]
    pub fn float(number: &str) -> Self {
        Self::Float(if number.contains(['.', 'e']) {
            number.to_owned()
        } else {
            format!("{number}.0")
        })
    }

    /// A list or a tuple; nothing where it is too deep.
    #[must_use]
    pub fn list(items: Vec<Self>, is_tuple: bool) -> Option<Self> {
        let depth = items.iter().map(Self::depth).max().unwrap_or(0) + 1;
        (depth <= DEEPEST).then(|| {
            Self::List(Arc::new(List {
                items,
                is_tuple,
                depth,
            }))
        })
    }

    /// A dictionary; nothing where it is too deep.
    #[must_use]
    pub fn dict(items: Vec<(Self, Self)>) -> Option<Self> {
        let deep = |(key, value): &(Self, Self)| key.depth().max(value.depth());
        let depth = items.iter().map(deep).max().unwrap_or(0) + 1;
        (depth <= DEEPEST).then(|| Self::Dict(Arc::new(Dict { items, depth })))
    }

    /// A dictionary of texts.
    #[must_use]
    pub fn texts<'t>(items: impl Iterator<Item = (&'t str, &'t str)>) -> Self {
        let items = items.map(|(key, value)| (Self::text(key), Self::text(value)));
        let items = items.collect();
        Self::Dict(Arc::new(Dict { items, depth: 1 }))
    }

    /// An object.
    #[must_use]
    pub fn object(class: Class, fields: Vec<(&'static str, Self)>) -> Self {
        Self::Object(Arc::new(Object { class, fields }))
    }

    fn depth(&self) -> u8 {
        match self {
            Self::List(list) => list.depth,
            Self::Dict(dict) => dict.depth,
            // An object has lists and dictionaries in it, and they have none in theirs but objects.
            Self::Object(_) => 6,
            Self::Bound(of, _) => of.depth() + 1,
            _ => 0,
        }
    }

    /// How much room the value takes when it is copied, roughly.
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Self::Int(text) | Self::Float(text) => text.len(),
            _ => 8,
        }
    }

    /// The name of its type, as Python's messages have it.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::None => "NoneType",
            Self::Flag(_) => "bool",
            Self::Int(_) => "int",
            Self::Float(_) => "float",
            Self::Text(_) => "str",
            Self::List(list) if list.is_tuple => "tuple",
            Self::List(_) => "list",
            Self::Dict(_) => "dict",
            Self::Object(object) => object.class.name(),
            Self::Client => "MlflowClient",
            Self::Function(Function::NewClient) => "type",
            Self::Function(Function::Builtin(_)) | Self::Bound(..) => "builtin_function_or_method",
            Self::Function(_) | Self::Lambda(_) => "function",
            Self::Module(_) => "module",
            Self::Foreign => "object",
        }
    }

    /// Whether Python takes it for true.
    #[must_use]
    pub fn is_true(&self) -> bool {
        match self {
            Self::None => false,
            Self::Flag(flag) => *flag,
            Self::Int(digits) => digits != "0",
            Self::Float(digits) => !matches!(digits.as_str(), "0.0" | "-0.0"),
            Self::Text(text) => !text.is_empty(),
            Self::List(list) => !list.items.is_empty(),
            Self::Dict(dict) => !dict.items.is_empty(),
            _ => true,
        }
    }

    /// The value as a whole number, if it is one of a reasonable size.
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(digits) => digits.parse().ok(),
            Self::Flag(flag) => Some(i64::from(*flag)),
            _ => None,
        }
    }

    /// The value as a number with up to 18 digits.
    #[must_use]
    pub fn number(&self) -> Option<MetricValue> {
        match self {
            Self::Int(digits) | Self::Float(digits) => MetricValue::parse(digits).ok(),
            Self::Flag(flag) => MetricValue::parse(if *flag { "1" } else { "0" }).ok(),
            _ => None,
        }
    }

    /// How two simple values compare; nothing where Python cannot say.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(left), Self::Text(right)) => Some(left.cmp(right)),
            // Numbers with more digits than are kept exactly are compared as they are written.
            (Self::Int(left), Self::Int(right)) if left == right => Some(Ordering::Equal),
            _ => Some(self.number()?.cmp(&other.number()?)),
        }
    }

    /// Whether two simple values are equal; of lists and objects, whether they are the same.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None) => true,
            (Self::List(left), Self::List(right)) => Arc::ptr_eq(left, right),
            (Self::Dict(left), Self::Dict(right)) => Arc::ptr_eq(left, right),
            (Self::Object(left), Self::Object(right)) => Arc::ptr_eq(left, right),
            _ => self.compare(other) == Some(Ordering::Equal),
        }
    }
}
