//! How commands, records and registries are written as JSON.
//!
//! By hand over [`Value`], and not with serde's derive: derived code is made anew for every type and every reader, and
//! tagged enums are read through buffers. Measured in the release, the derived readers and writers of these types were
//! 206 KB of WebAssembly, a fifth of the app; these are a few KB. The text is the same.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::command::{Actor, Command, Context, Metrics, Replacement, Tags};
use super::history::{Action, Record, Travel};
use super::id::{
    Alias, FreeText, MetricName, MetricValue, ModelName, TagKey, TagValue, Time, VersionNumber,
};
use super::model::{ModelVersion, RegisteredModel, Rename, SavedModel, Stamp};
use super::refusal::RefusalKind;
use super::rules::RuleSet;
use super::stage::Stage;
use super::Registry;

/// Why a JSON value is not what it should be: what is missing or wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct JsonError(pub &'static str);

impl std::fmt::Display for JsonError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "missing or wrong: {}", self.0)
    }
}

type Read<T> = Result<T, JsonError>;

/// What can be read from a JSON value.
pub trait FromJson: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// What is missing or wrong.
    fn from_json(value: Value) -> Result<Self, JsonError>;
}

impl FromJson for Registry {
    fn from_json(value: Value) -> Read<Self> {
        Self::from_json(value)
    }
}

impl FromJson for Record {
    fn from_json(value: Value) -> Read<Self> {
        Self::from_json(value)
    }
}

/// The fields of an object that is being written.
pub(crate) struct Writer(Map<String, Value>);

impl Writer {
    pub(crate) fn new() -> Self {
        Self(Map::new())
    }
    pub(crate) fn value(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.to_owned(), value.into());
        self
    }
    pub(crate) fn text(self, key: &str, text: &str) -> Self {
        self.value(key, Value::String(text.to_owned()))
    }
    pub(crate) fn text_if(self, key: &str, text: &str) -> Self {
        if text.is_empty() { self } else { self.text(key, text) }
    }
    pub(crate) fn flag_if(self, key: &str, flag: bool) -> Self {
        if flag { self.value(key, true) } else { self }
    }
    pub(crate) fn map_if(self, key: &str, map: Map<String, Value>) -> Self {
        if map.is_empty() { self } else { self.value(key, Value::Object(map)) }
    }
    pub(crate) fn done(self) -> Value {
        Value::Object(self.0)
    }
}

/// The fields of an object that is being read.
pub(crate) struct Reader(Map<String, Value>);

impl Reader {
    pub(crate) fn new(value: Value) -> Read<Self> {
        match value {
            Value::Object(map) => Ok(Self(map)),
            _ => Err(JsonError("an object")),
        }
    }
    pub(crate) fn take(&mut self, key: &'static str) -> Option<Value> {
        self.0.remove(key)
    }
    pub(crate) fn text(&mut self, key: &'static str) -> Read<String> {
        match self.take(key) {
            Some(Value::String(text)) => Ok(text),
            _ => Err(JsonError(key)),
        }
    }
    /// A text that is empty where it is missing.
    pub(crate) fn text_or_empty(&mut self, key: &'static str) -> Read<String> {
        match self.take(key) {
            None => Ok(String::new()),
            Some(Value::String(text)) => Ok(text),
            Some(_) => Err(JsonError(key)),
        }
    }
    pub(crate) fn number(&mut self, key: &'static str) -> Read<u64> {
        self.take(key).and_then(|value| value.as_u64()).ok_or(JsonError(key))
    }
    pub(crate) fn number_or_none(&mut self, key: &'static str) -> Read<Option<u64>> {
        match self.take(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value.as_u64().map(Some).ok_or(JsonError(key)),
        }
    }
    pub(crate) fn flag(&mut self, key: &'static str) -> Read<bool> {
        match self.take(key) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(_) => Err(JsonError(key)),
        }
    }
    pub(crate) fn object(&mut self, key: &'static str) -> Read<Map<String, Value>> {
        match self.take(key) {
            None => Ok(Map::new()),
            Some(Value::Object(map)) => Ok(map),
            Some(_) => Err(JsonError(key)),
        }
    }
    pub(crate) fn list(&mut self, key: &'static str) -> Read<Vec<Value>> {
        match self.take(key) {
            Some(Value::Array(list)) => Ok(list),
            _ => Err(JsonError(key)),
        }
    }
    /// Refuses fields that nobody asked for.
    fn finish(&self) -> Read<()> {
        if self.0.is_empty() { Ok(()) } else { Err(JsonError("a field that is not known")) }
    }
    fn name(&mut self) -> Read<ModelName> {
        parsed("name", ModelName::parse(&self.text("name")?))
    }
    fn version(&mut self) -> Read<VersionNumber> {
        version("version", self.number("version")?)
    }
    pub(crate) fn free(&mut self, key: &'static str) -> Read<FreeText> {
        parsed(key, FreeText::parse(&self.text_or_empty(key)?))
    }
    pub(crate) fn time(&mut self, key: &'static str) -> Read<Time> {
        self.number(key).map(Time)
    }
    fn key(&mut self) -> Read<TagKey> {
        parsed("key", TagKey::parse(&self.text("key")?))
    }
    fn alias(&mut self) -> Read<Alias> {
        parsed("alias", Alias::parse(&self.text("alias")?))
    }
    fn tags(&mut self) -> Read<Tags> {
        let mut tags = Tags::default();
        for (key, value) in self.object("tags")? {
            let value = value.as_str().ok_or(JsonError("tags"))?;
            let key = parsed("tags", TagKey::parse(&key))?;
            tags.insert(key, parsed("tags", TagValue::parse(value))?);
        }
        Ok(tags)
    }
    fn metrics(&mut self) -> Read<Metrics> {
        let mut metrics = Metrics::default();
        for (key, value) in self.object("metrics")? {
            metrics.insert(parsed("metrics", MetricName::parse(&key))?, metric("metrics", &value)?);
        }
        Ok(metrics)
    }
}

fn parsed<T>(what: &'static str, result: Result<T, RefusalKind>) -> Read<T> {
    result.map_err(|_| JsonError(what))
}

fn version(what: &'static str, number: u64) -> Read<VersionNumber> {
    u32::try_from(number)
        .ok()
        .and_then(VersionNumber::new)
        .ok_or(JsonError(what))
}

fn metric(what: &'static str, value: &Value) -> Read<MetricValue> {
    match value {
        Value::Number(number) => parsed(what, MetricValue::parse(number.as_str())),
        _ => Err(JsonError(what)),
    }
}

fn write_tags(tags: &Tags) -> Map<String, Value> {
    let mut map = Map::new();
    for (key, value) in tags {
        map.insert(key.to_string(), value.as_str().into());
    }
    map
}

fn write_metrics(metrics: &Metrics) -> Map<String, Value> {
    let mut map = Map::new();
    for (key, value) in metrics {
        map.insert(key.to_string(), write_metric(*value));
    }
    map
}

/// A number with just the digits that it has: serde_json keeps them as they are (feature `arbitrary_precision`).
fn write_metric(value: MetricValue) -> Value {
    serde_json::from_str(&value.to_string()).unwrap_or_default()
}

pub(crate) const fn rules_name(rules: RuleSet) -> &'static str {
    match rules {
        RuleSet::Guided => "guided",
        RuleSet::Mlflow => "mlflow",
    }
}

pub(crate) fn rules_named(name: &str) -> Option<RuleSet> {
    RuleSet::ALL.into_iter().find(|rules| rules_name(*rules) == name)
}

impl Command {
    /// The name in JSON, which is that of MLflow's method.
    const fn tag(&self) -> &'static str {
        match self {
            Self::CreateRegisteredModel { .. } => "create_registered_model",
            Self::RenameRegisteredModel { .. } => "rename_registered_model",
            Self::UpdateRegisteredModel { .. } => "update_registered_model",
            Self::DeleteRegisteredModel { .. } => "delete_registered_model",
            Self::SetRegisteredModelTag { .. } => "set_registered_model_tag",
            Self::DeleteRegisteredModelTag { .. } => "delete_registered_model_tag",
            Self::SetRegisteredModelAlias { .. } => "set_registered_model_alias",
            Self::DeleteRegisteredModelAlias { .. } => "delete_registered_model_alias",
            Self::CreateModelVersion { .. } => "create_model_version",
            Self::CopyModelVersion { .. } => "copy_model_version",
            Self::UpdateModelVersion { .. } => "update_model_version",
            Self::SetModelVersionTag { .. } => "set_model_version_tag",
            Self::DeleteModelVersionTag { .. } => "delete_model_version_tag",
            Self::LogMetric { .. } => "log_metric",
            Self::DeleteModelVersion { .. } => "delete_model_version",
            Self::TransitionModelVersionStage { .. } => "transition_model_version_stage",
            Self::ReplaceRegistry { .. } => "replace_registry",
        }
    }

    fn write(&self, out: Writer) -> Writer {
        let out = out.text("do", self.tag());
        let out = match self.model() {
            Some(name) => out.text("name", name.as_str()),
            None => out,
        };
        match self {
            Self::CreateRegisteredModel { description, tags, .. } => out
                .text_if("description", description.as_str())
                .map_if("tags", write_tags(tags)),
            Self::RenameRegisteredModel { new_name, .. } => out.text("new_name", new_name.as_str()),
            Self::UpdateRegisteredModel { description, .. } => {
                out.text("description", description.as_str())
            }
            Self::DeleteRegisteredModel { .. } => out,
            Self::SetRegisteredModelTag { key, value, .. } => {
                out.text("key", key.as_str()).text("value", value.as_str())
            }
            Self::DeleteRegisteredModelTag { key, .. } => out.text("key", key.as_str()),
            Self::SetRegisteredModelAlias { alias, version, .. } => {
                out.text("alias", alias.as_str()).value("version", version.get())
            }
            Self::DeleteRegisteredModelAlias { alias, .. } => out.text("alias", alias.as_str()),
            Self::CreateModelVersion { source, description, tags, metrics, .. } => out
                .text("source", source.as_str())
                .text_if("description", description.as_str())
                .map_if("tags", write_tags(tags))
                .map_if("metrics", write_metrics(metrics)),
            Self::CopyModelVersion { version, dst_name, .. } => out
                .value("version", version.get())
                .text("dst_name", dst_name.as_str()),
            Self::UpdateModelVersion { version, description, .. } => out
                .value("version", version.get())
                .text("description", description.as_str()),
            Self::SetModelVersionTag { version, key, value, .. } => out
                .value("version", version.get())
                .text("key", key.as_str())
                .text("value", value.as_str()),
            Self::DeleteModelVersionTag { version, key, .. } => {
                out.value("version", version.get()).text("key", key.as_str())
            }
            Self::LogMetric { version, key, value, .. } => out
                .value("version", version.get())
                .text("key", key.as_str())
                .value("value", write_metric(*value)),
            Self::DeleteModelVersion { version, .. } => out.value("version", version.get()),
            Self::TransitionModelVersionStage { version, stage, archive_existing_versions, .. } => {
                out.value("version", version.get())
                    .text("stage", stage.as_str())
                    .flag_if("archive_existing_versions", *archive_existing_versions)
            }
            Self::ReplaceRegistry { with, why } => out.value("with", with.to_json()).text(
                "why",
                match why {
                    Replacement::Emptied => "emptied",
                    Replacement::Sample => "sample",
                },
            ),
        }
    }

    fn read(from: &mut Reader) -> Read<Self> {
        let tag = from.text("do")?;
        if tag == "replace_registry" {
            let with = Registry::from_json(from.take("with").ok_or(JsonError("with"))?)?;
            let why = match from.text("why")?.as_str() {
                "emptied" => Replacement::Emptied,
                "sample" => Replacement::Sample,
                _ => return Err(JsonError("why")),
            };
            return Ok(Self::ReplaceRegistry { with: with.into(), why });
        }
        let name = from.name()?;
        Ok(match tag.as_str() {
            "create_registered_model" => Self::CreateRegisteredModel {
                name,
                description: from.free("description")?,
                tags: from.tags()?,
            },
            "rename_registered_model" => Self::RenameRegisteredModel {
                name,
                new_name: parsed("new_name", ModelName::parse(&from.text("new_name")?))?,
            },
            "update_registered_model" => Self::UpdateRegisteredModel {
                name,
                description: parsed("description", FreeText::parse(&from.text("description")?))?,
            },
            "delete_registered_model" => Self::DeleteRegisteredModel { name },
            "set_registered_model_tag" => Self::SetRegisteredModelTag {
                name,
                key: from.key()?,
                value: parsed("value", TagValue::parse(&from.text("value")?))?,
            },
            "delete_registered_model_tag" => Self::DeleteRegisteredModelTag { name, key: from.key()? },
            "set_registered_model_alias" => Self::SetRegisteredModelAlias {
                name,
                alias: from.alias()?,
                version: from.version()?,
            },
            "delete_registered_model_alias" => {
                Self::DeleteRegisteredModelAlias { name, alias: from.alias()? }
            }
            "create_model_version" => Self::CreateModelVersion {
                name,
                source: parsed("source", FreeText::parse(&from.text("source")?))?,
                description: from.free("description")?,
                tags: from.tags()?,
                metrics: from.metrics()?,
            },
            "copy_model_version" => Self::CopyModelVersion {
                name,
                version: from.version()?,
                dst_name: parsed("dst_name", ModelName::parse(&from.text("dst_name")?))?,
            },
            "update_model_version" => Self::UpdateModelVersion {
                name,
                version: from.version()?,
                description: parsed("description", FreeText::parse(&from.text("description")?))?,
            },
            "set_model_version_tag" => Self::SetModelVersionTag {
                name,
                version: from.version()?,
                key: from.key()?,
                value: parsed("value", TagValue::parse(&from.text("value")?))?,
            },
            "delete_model_version_tag" => Self::DeleteModelVersionTag {
                name,
                version: from.version()?,
                key: from.key()?,
            },
            "log_metric" => Self::LogMetric {
                name,
                version: from.version()?,
                key: parsed("key", MetricName::parse(&from.text("key")?))?,
                value: metric("value", &from.take("value").unwrap_or_default())?,
            },
            "delete_model_version" => Self::DeleteModelVersion { name, version: from.version()? },
            "transition_model_version_stage" => Self::TransitionModelVersionStage {
                name,
                version: from.version()?,
                stage: read_stage(&from.text("stage")?)?,
                archive_existing_versions: from.flag("archive_existing_versions")?,
            },
            _ => return Err(JsonError("do")),
        })
    }

    /// The command as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        self.write(Writer::new()).done()
    }

    /// Reads a command.
    ///
    /// # Errors
    /// What is missing, wrong, or not known.
    pub fn from_json(value: Value) -> Read<Self> {
        let mut from = Reader::new(value)?;
        let command = Self::read(&mut from)?;
        from.finish()?;
        Ok(command)
    }
}

/// Saved data has the names as they are; only people may write them in another case.
fn read_stage(name: &str) -> Read<Stage> {
    Stage::ALL
        .into_iter()
        .find(|stage| stage.as_str() == name)
        .ok_or(JsonError("stage"))
}

impl Record {
    /// The record as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match self {
            Self::Travel { travel } => {
                let travel = match travel {
                    Travel::Undo => "undo",
                    Travel::Redo => "redo",
                };
                Writer::new().text("travel", travel).done()
            }
            Self::Step { context, action } => {
                let out = Writer::new()
                    .value("at", context.at.0)
                    .text("rules", rules_name(context.rules))
                    .text_if("comment", context.comment.as_str());
                let out = match &context.actor {
                    Actor::You => out,
                    Actor::Colleague(name) => out.text("actor", name.as_str()),
                };
                match action {
                    Action::Do(command) => command.write(out).done(),
                    Action::Restore { restore } => out.value("restore", *restore).done(),
                }
            }
        }
    }

    /// Reads a record.
    ///
    /// # Errors
    /// What is missing, wrong, or not known.
    pub fn from_json(value: Value) -> Read<Self> {
        let mut from = Reader::new(value)?;
        let record = match from.take("travel") {
            Some(Value::String(travel)) if travel == "undo" => Self::Travel { travel: Travel::Undo },
            Some(Value::String(travel)) if travel == "redo" => Self::Travel { travel: Travel::Redo },
            Some(_) => return Err(JsonError("travel")),
            None => {
                let context = Context {
                    at: from.time("at")?,
                    rules: rules_named(&from.text("rules")?).ok_or(JsonError("rules"))?,
                    comment: from.free("comment")?,
                    actor: match from.take("actor") {
                        None => Actor::You,
                        Some(Value::String(name)) => {
                            Actor::Colleague(parsed("actor", FreeText::parse(&name))?)
                        }
                        Some(_) => return Err(JsonError("actor")),
                    },
                };
                let action = match from.number_or_none("restore")? {
                    Some(restore) => Action::Restore { restore },
                    None => Action::Do(Command::read(&mut from)?),
                };
                Self::Step { context, action }
            }
        };
        from.finish()?;
        Ok(record)
    }
}

impl Registry {
    /// The registry as JSON: a list of models.
    #[must_use]
    pub fn to_json(&self) -> Value {
        self.models().map(RegisteredModel::to_json).collect()
    }

    /// Reads a registry.
    ///
    /// # Errors
    /// What is missing or wrong, or what no history can have made.
    pub fn from_json(value: Value) -> Read<Self> {
        let Value::Array(models) = value else {
            return Err(JsonError("a list of models"));
        };
        let mut read = Vec::with_capacity(models.len());
        for model in models {
            read.push(RegisteredModel::from_json(model)?.into());
        }
        Self::try_from(read).map_err(JsonError)
    }
}

impl RegisteredModel {
    fn to_json(&self) -> Value {
        let mut aliases = Map::new();
        for (alias, version) in self.aliases() {
            aliases.insert(alias.to_string(), version.get().into());
        }
        let renamed = Writer::new()
            .value("count", self.renamed.count)
            .value("at", self.renamed.at.0);
        let out = Writer::new()
            .text("name", self.name.as_str())
            .value("created", self.created.0)
            .value("updated", self.updated.0)
            .text_if("description", self.description.as_str())
            .map_if("tags", write_tags(&self.tags))
            .map_if("aliases", aliases)
            .value("versions", self.versions().map(ModelVersion::to_json).collect::<Value>())
            .value("last_number", self.last_number.map(VersionNumber::get));
        if self.renamed == Rename::default() {
            out.done()
        } else {
            out.value("renamed", renamed.done()).done()
        }
    }

    fn from_json(value: Value) -> Read<Self> {
        let mut from = Reader::new(value)?;
        let mut versions = Vec::new();
        for version in from.list("versions")? {
            versions.push(ModelVersion::from_json(version)?.into());
        }
        let mut aliases = Vec::new();
        for (alias, number) in from.object("aliases")? {
            let number = number.as_u64().ok_or(JsonError("aliases"))?;
            aliases.push((parsed("aliases", Alias::parse(&alias))?, version("aliases", number)?));
        }
        let last = from.number_or_none("last_number")?;
        SavedModel {
            name: from.name()?,
            created: from.time("created")?,
            updated: from.time("updated")?,
            description: from.free("description")?,
            tags: from.tags()?,
            aliases,
            versions,
            last_number: last.map(|last| version("last_number", last)).transpose()?,
            renamed: match from.take("renamed") {
                None => Rename::default(),
                Some(value) => {
                    let mut from = Reader::new(value)?;
                    Rename {
                        count: small("count", from.number("count")?)?,
                        at: from.time("at")?,
                    }
                }
            },
        }
        .build()
        .map_err(JsonError)
    }
}

fn small(what: &'static str, number: u64) -> Read<u32> {
    u32::try_from(number).map_err(|_| JsonError(what))
}

impl ModelVersion {
    fn to_json(&self) -> Value {
        let written = Writer::new().value("at", self.written.at.0);
        let written = match self.written.renames {
            0 => written,
            renames => written.value("renames", renames),
        };
        let out = Writer::new()
            .value("number", self.number.get())
            .text("stage", self.stage.as_str())
            .flag_if("has_been_live", self.has_been_live)
            .value("created", self.created.0)
            .value("written", written.done())
            .text("source", self.source.as_str())
            .text_if("description", self.description.as_str())
            .map_if("tags", write_tags(&self.tags))
            .map_if("metrics", write_metrics(&self.metrics));
        match &self.storage {
            Some(storage) => out.text("storage", storage.as_str()).done(),
            None => out.done(),
        }
    }

    fn from_json(value: Value) -> Read<Self> {
        let mut from = Reader::new(value)?;
        let mut written = Reader::new(from.take("written").unwrap_or_default())?;
        Ok(Self {
            number: version("number", from.number("number")?)?,
            stage: read_stage(&from.text("stage")?)?,
            has_been_live: from.flag("has_been_live")?,
            created: from.time("created")?,
            written: Stamp {
                at: written.time("at")?,
                renames: small("renames", written.number_or_none("renames")?.unwrap_or_default())?,
            },
            source: parsed("source", FreeText::parse(&from.text("source")?))?,
            storage: match from.take("storage") {
                None => None,
                Some(Value::String(storage)) => Some(parsed("storage", FreeText::parse(&storage))?),
                Some(_) => return Err(JsonError("storage")),
            },
            description: from.free("description")?,
            tags: from.tags()?,
            metrics: from.metrics()?,
        })
    }
}

/// Gives a type serde's traits by way of [`Value`], for those who read and write with serde.
macro_rules! by_value {
    ($($name:ty)*) => {
        $(
            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    self.to_json().serialize(serializer)
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let value = Value::deserialize(deserializer)?;
                    Self::from_json(value).map_err(D::Error::custom)
                }
            }
        )*
    };
}

by_value!(Command Record Registry);
