//! The values that a script works with. They are made once and never changed, so that copies are cheap.

use std::sync::Arc;

use serde_json::Value as Json;

use super::value_type::SequenceType;
use super::value_type::{Module, ValueType};

/// A value.
#[derive(Clone, Debug)]
pub enum Value {
    None,
    Flag(bool),
    /// A whole number as Python prints it.
    Int(String),
    Float(f64),
    Text(Arc<str>),
    List(Arc<Vec<Self>>, SequenceType),
    /// A dictionary of texts, in the order in which its keys came.
    Dict(Arc<Vec<(Arc<str>, Self)>>),
    /// A model, a version or what was loaded.
    Object(Arc<Object>),
    Run(Arc<str>),
    RunInfo(Arc<str>),
    /// What the lesson's own functions give.
    Lesson,
    Client,
    NewClient,
    Module(Module),
}

/// One of MLflow's objects: its fields in the order of their names, as MLflow prints them.
#[derive(Debug)]
pub struct Object {
    pub kind: ValueType,
    pub fields: Vec<(&'static str, Value)>,
}

impl Value {
    /// A text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// A list.
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Arc::new(items), SequenceType::List)
    }

    /// A text, a number or nothing, as the bridge tells it.
    pub fn plain(told: &Json) -> Self {
        match told {
            Json::String(text) => Self::text(text),
            Json::Number(number) => Self::Int(number.to_string()),
            _ => Self::None,
        }
    }

    /// A model or a version, as the bridge tells it. What it does not tell has always the same value.
    pub fn object(kind: ValueType, told: &Json) -> Self {
        let pairs = |name: &str| {
            let pairs = told
                .get(name)
                .and_then(Json::as_array)
                .into_iter()
                .flatten();
            let pairs = pairs.filter_map(|pair| {
                let key = pair.get(0)?.as_str()?;
                Some((key.into(), Self::plain(pair.get(1)?)))
            });
            Self::Dict(Arc::new(pairs.collect()))
        };
        let all = |name: &str, make: &dyn Fn(&Json) -> Self| {
            let items = told
                .get(name)
                .and_then(Json::as_array)
                .into_iter()
                .flatten();
            Self::list(items.map(make).collect())
        };
        let fields = kind.fields().iter().map(|(name, _)| {
            let value = match (&kind, *name) {
                (_, "tags") | (ValueType::RegisteredModel, "aliases") => pairs(name),
                (_, "aliases") => all(name, &Self::plain),
                (_, "latest_versions") => all(name, &|version| {
                    Self::object(ValueType::ModelVersion, version)
                }),
                (_, "status") => Self::text("READY"),
                (_, "workspace") => Self::text("default"),
                _ => told.get(name).map_or(Self::None, Self::plain),
            };
            (*name, value)
        });
        let fields = fields.collect();
        Self::Object(Arc::new(Object { kind, fields }))
    }

    /// What an app has loaded.
    pub fn loaded(run_id: Self) -> Self {
        Self::Object(Arc::new(Object {
            kind: ValueType::PyFuncModel,
            fields: vec![("run_id", run_id)],
        }))
    }

    /// What there is under a name.
    pub fn attribute(&self, name: &str) -> Option<Self> {
        match self {
            Self::Object(object) => {
                let mut fields = object.fields.iter();
                let (_, value) = fields.find(|(known, _)| *known == name)?;
                Some(value.clone())
            }
            Self::Run(id) => Some(Self::RunInfo(id.clone())),
            Self::RunInfo(id) => Some(Self::Text(id.clone())),
            Self::Module(module) => match ValueType::Module(*module).attribute(name)? {
                ValueType::NewClient => Some(Self::NewClient),
                ValueType::Module(module) => Some(Self::Module(module)),
                _ => Some(Self::text("3.18.0")),
            },
            _ => None,
        }
    }

    /// Its kind.
    pub fn kind(&self) -> ValueType {
        let common = |kinds: &mut dyn Iterator<Item = ValueType>| {
            let joined = kinds.map(Some).reduce(|one, other| one?.or(other?));
            Box::new(joined.flatten().unwrap_or(ValueType::Mixed))
        };
        match self {
            Self::None => ValueType::None,
            Self::Flag(_) => ValueType::Flag,
            Self::Int(_) => ValueType::Int,
            Self::Float(_) => ValueType::Float,
            Self::Text(text) if text.starts_with("models:/") => ValueType::Uri,
            Self::Text(_) => ValueType::Text,
            Self::List(items, sequence) => {
                ValueType::List(common(&mut items.iter().map(Self::kind)), *sequence)
            }
            Self::Dict(items) => {
                ValueType::Dict(common(&mut items.iter().map(|(_, value)| value.kind())))
            }
            Self::Object(object) => object.kind.clone(),
            Self::Run(_) => ValueType::Run,
            Self::RunInfo(_) => ValueType::RunInfo,
            Self::Lesson => ValueType::Lesson,
            Self::Client => ValueType::Client,
            Self::NewClient => ValueType::NewClient,
            Self::Module(module) => ValueType::Module(*module),
        }
    }

    /// Whether Python takes it for true.
    pub fn is_true(&self) -> bool {
        match self {
            Self::None => false,
            Self::Flag(flag) => *flag,
            Self::Int(digits) => digits != "0",
            Self::Float(number) => *number != 0.0,
            Self::Text(text) => !text.is_empty(),
            Self::List(items, _) => !items.is_empty(),
            Self::Dict(items) => !items.is_empty(),
            _ => true,
        }
    }
}
