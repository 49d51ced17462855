//! A real registry, read from what its server answers to `registered-models/search` and `model-versions/search`, or from
//! a dump of the client's objects. Several pages, and both kinds, may stand one after the other.
//!
//! What the simulator cannot have is left out and told, each with its place. The rest is a registry like any other: it is
//! put together as one that was saved, and read by the same reader.

use serde_json::{Map, Value, json};

use crate::registry::json::{Extent, FromJson};
use crate::registry::{
    Alias, FreeText, ModelName, RefusalKind, Registry, Stage, TagKey, TagValue, VersionNumber,
};

/// The greatest length of a text, in bytes.
pub const MAX_BYTES: usize = 1 << 20;
/// How deep objects and lists may stand in each other.
pub const MAX_DEPTH: usize = 24;

/// A registry that was read.
#[derive(Clone, PartialEq, Debug)]
pub struct Foreign {
    /// The registry.
    pub registry: Registry,
    /// What was left out.
    pub left_out: Vec<LeftOut>,
    /// What should be known of the whole.
    pub remarks: Vec<Remark>,
}

/// Something that was left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LeftOut {
    /// Where it stands: `registered_models[2].tags[0]`, with the number of the page in front where there are several.
    pub place: String,
    /// Why.
    pub why: Why,
}

/// Why something was left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// It is no model and no version.
    NoModel,
    /// It breaks a rule of MLflow's.
    Rule(RefusalKind),
    /// The number of a version is none.
    Number,
    /// MLflow has not finished it, or has deleted it: its status or stage.
    NotReady(String),
    /// It is a prompt, which MLflow keeps among the models.
    Prompt,
    /// The alias points to a version that is not in the text.
    NoVersion(VersionNumber),
}

/// Something to be known of the whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remark {
    /// The server has more pages than the text.
    MorePages,
    /// Of some models, only the newest version of each stage is in the text.
    OnlyLatest,
    /// Versions come from runs, whose metrics are not in the text.
    Runs,
}

/// Why a text is no registry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoRegistry {
    /// It is too long.
    TooLong,
    /// It has too much in each other.
    TooDeep,
    /// It is no JSON from this byte on.
    Json(usize),
    /// There are no models in it.
    Nothing,
    /// It is the error that the server has answered with.
    Error(String),
}

/// Reads a text. Any text gives a registry or a reason.
///
/// # Errors
/// Why it is none.
pub fn read(text: &str) -> Result<Foreign, NoRegistry> {
    if text.len() > MAX_BYTES {
        return Err(NoRegistry::TooLong);
    }
    let whole = text;
    let text = whole.trim_start_matches('\u{feff}');
    if Extent::of(text).depth > MAX_DEPTH {
        return Err(NoRegistry::TooDeep);
    }
    let mut pages = Vec::new();
    for page in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        pages.push(page.map_err(|error| {
            let start = whole.len() - text.len();
            NoRegistry::Json(start + super::json::place(text, &error))
        })?);
    }
    let mut found = Found::default();
    let has_several = pages.len() > 1;
    for (at, page) in pages.iter().enumerate() {
        let place = if has_several {
            format!("{}: ", at + 1)
        } else {
            String::new()
        };
        found.page(&place, page)?;
    }
    found.finish()
}

/// A piece of a model.
enum Piece {
    /// What is said of the model itself, as it is saved.
    Model(Map<String, Value>),
    /// A version as it is saved, and whether it comes from a list of versions.
    Version(VersionNumber, bool, Map<String, Value>),
    /// An alias, and where it stands.
    Alias(Alias, VersionNumber, String),
}

#[derive(Default)]
struct Found {
    /// All pieces, in the order in which they stand: they are sorted once, at the end.
    pieces: Vec<(ModelName, Piece)>,
    left_out: Vec<LeftOut>,
    prompts: Vec<ModelName>,
    has_more_models: bool,
    has_more_versions: bool,
    has_runs: bool,
}

impl Found {
    fn leave(&mut self, place: &str, why: Why) {
        self.left_out.push(LeftOut {
            place: place.to_owned(),
            why,
        });
    }

    fn page(&mut self, place: &str, page: &Value) -> Result<(), NoRegistry> {
        match page {
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.item(&format!("{place}[{at}]"), item);
                }
            }
            Value::Object(fields) => {
                if let Some(code) = fields.get("error_code") {
                    let message = fields.get("message").unwrap_or(code);
                    let message = message.as_str().unwrap_or_default();
                    return Err(NoRegistry::Error(message.to_owned()));
                }
                let mut is_page = false;
                let has_more = fields
                    .get("next_page_token")
                    .is_some_and(|token| token.as_str().is_some_and(|token| !token.is_empty()));
                for list in ["registered_models", "model_versions"] {
                    if let Some(Value::Array(items)) = fields.get(list) {
                        is_page = true;
                        for (at, item) in items.iter().enumerate() {
                            self.item(&format!("{place}{list}[{at}]"), item);
                        }
                        // The last page of each kind is the one that counts.
                        match list {
                            "registered_models" => self.has_more_models = has_more,
                            _ => self.has_more_versions = has_more,
                        }
                    }
                }
                for one in ["registered_model", "model_version"] {
                    if let Some(item) = fields.get(one) {
                        is_page = true;
                        self.item(&format!("{place}{one}"), item);
                    }
                }
                // A search that finds nothing answers with an empty object.
                if !is_page && !fields.is_empty() {
                    self.item(place.trim_end(), page);
                }
            }
            _ => self.leave(place.trim_end(), Why::NoModel),
        }
        Ok(())
    }

    /// A model or a version.
    fn item(&mut self, place: &str, item: &Value) {
        let Some(fields) = fields_of(item) else {
            return self.leave(place, Why::NoModel);
        };
        let name = match fields
            .get("name")
            .and_then(Value::as_str)
            .map(ModelName::parse)
        {
            Some(Ok(name)) => name,
            Some(Err(kind)) => return self.leave(place, Why::Rule(kind)),
            None => return self.leave(place, Why::NoModel),
        };
        if fields.contains_key("version") {
            self.version(place, &name, &fields, true);
        } else {
            self.model(place, &name, &fields);
        }
    }

    fn model(&mut self, place: &str, name: &ModelName, fields: &Map<String, Value>) {
        let tags = self.tags(place, fields);
        if tags
            .get("mlflow.prompt.is_prompt")
            .is_some_and(|it| it == "true")
        {
            self.prompts.push(name.clone());
            return self.leave(place, Why::Prompt);
        }
        let description = self.free(place, fields, "description").unwrap_or_default();
        let saved = json!({
            "name": name.as_str(), "created": time(fields, "creation_timestamp"),
            "updated": time(fields, "last_updated_timestamp"), "description": description, "tags": tags,
        });
        if let Value::Object(saved) = saved {
            self.put(name, Piece::Model(saved));
        }
        if let Some(Value::Array(latest)) = fields.get("latest_versions") {
            for (at, version) in latest.iter().enumerate() {
                let place = format!("{place}.latest_versions[{at}]");
                match fields_of(version) {
                    Some(fields) => self.version(&place, name, &fields, false),
                    None => self.leave(&place, Why::NoModel),
                }
            }
        }
        match fields.get("aliases") {
            Some(Value::Array(aliases)) => {
                for (at, alias) in aliases.iter().enumerate() {
                    let place = format!("{place}.aliases[{at}]");
                    let text = alias.get("alias").and_then(Value::as_str);
                    self.alias(&place, name, text, alias.get("version"));
                }
            }
            Some(Value::Object(aliases)) => {
                for (alias, version) in aliases {
                    let place = format!("{place}.aliases.{alias}");
                    self.alias(&place, name, Some(alias), Some(version));
                }
            }
            _ => {}
        }
    }

    fn version(
        &mut self,
        place: &str,
        name: &ModelName,
        fields: &Map<String, Value>,
        is_listed: bool,
    ) {
        let Some(number) = fields.get("version").and_then(number) else {
            return self.leave(place, Why::Number);
        };
        if let Some(status) = fields.get("status").and_then(Value::as_str)
            && !status.eq_ignore_ascii_case("READY")
        {
            return self.leave(place, Why::NotReady(status.to_owned()));
        }
        let written = fields
            .get("current_stage")
            .and_then(Value::as_str)
            .unwrap_or("None");
        let stage = match Stage::parse(written) {
            Ok(stage) => stage,
            // MLflow's own mark of what was deleted.
            Err(_) if written.starts_with("Deleted") => {
                return self.leave(place, Why::NotReady(written.to_owned()));
            }
            Err(kind) => return self.leave(place, Why::Rule(kind)),
        };
        self.has_runs |= fields
            .get("run_id")
            .and_then(Value::as_str)
            .is_some_and(|run| !run.is_empty());
        let source = self.free(place, fields, "source").unwrap_or_default();
        let description = self.free(place, fields, "description").unwrap_or_default();
        let tags = self.tags(place, fields);
        let saved = json!({
            "number": number.get(), "stage": stage.as_str(), "has_been_live": stage == Stage::Production,
            "created": time(fields, "creation_timestamp"),
            "written": {"at": time(fields, "last_updated_timestamp")},
            "source": source, "description": description, "tags": tags,
        });
        let Value::Object(saved) = saved else { return };
        self.put(name, Piece::Version(number, is_listed, saved));
        if let Some(Value::Array(aliases)) = fields.get("aliases") {
            for (at, alias) in aliases.iter().enumerate() {
                let place = format!("{place}.aliases[{at}]");
                self.alias(&place, name, alias.as_str(), fields.get("version"));
            }
        }
    }

    fn put(&mut self, name: &ModelName, piece: Piece) {
        self.pieces.push((name.clone(), piece));
    }

    fn alias(&mut self, place: &str, name: &ModelName, alias: Option<&str>, to: Option<&Value>) {
        let Some((alias, to)) = alias.zip(to.and_then(number)) else {
            return self.leave(place, Why::NoModel);
        };
        let alias = Alias::parse(alias).and_then(|alias| {
            alias.check_not_reserved()?;
            Ok(alias)
        });
        match alias {
            Ok(alias) => self.put(name, Piece::Alias(alias, to, place.to_owned())),
            Err(kind) => self.leave(place, Why::Rule(kind)),
        }
    }

    /// Tags: a list of objects, as the server has them, or one object, as the client has them.
    fn tags(&mut self, place: &str, fields: &Map<String, Value>) -> Map<String, Value> {
        let mut found = Map::new();
        match fields.get("tags") {
            Some(Value::Array(tags)) => {
                for (at, tag) in tags.iter().enumerate() {
                    let place = format!("{place}.tags[{at}]");
                    let text = |name: &str| tag.get(name).and_then(Value::as_str);
                    match text("key") {
                        Some(key) => {
                            self.tag(&place, key, text("value").unwrap_or_default(), &mut found);
                        }
                        None => self.leave(&place, Why::NoModel),
                    }
                }
            }
            Some(Value::Object(tags)) => {
                for (key, value) in tags {
                    let place = format!("{place}.tags.{key}");
                    self.tag(&place, key, value.as_str().unwrap_or_default(), &mut found);
                }
            }
            _ => {}
        }
        found
    }

    fn tag(&mut self, place: &str, key: &str, value: &str, found: &mut Map<String, Value>) {
        match TagKey::parse(key).and_then(|_| TagValue::parse(value)) {
            Ok(_) => {
                found.insert(key.to_owned(), Value::from(value));
            }
            Err(kind) => self.leave(place, Why::Rule(kind)),
        }
    }

    /// A free text; nothing where it is missing or too long.
    fn free(&mut self, place: &str, fields: &Map<String, Value>, key: &str) -> Option<String> {
        let text = fields.get(key).and_then(Value::as_str)?;
        match FreeText::parse(text) {
            Ok(text) => Some(text.into()),
            Err(kind) => {
                self.leave(&format!("{place}.{key}"), Why::Rule(kind));
                None
            }
        }
    }

    /// Puts the models together.
    fn finish(mut self) -> Result<Foreign, NoRegistry> {
        self.prompts.sort();
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.retain(|(name, _)| self.prompts.binary_search(name).is_err());
        pieces.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut saved = Vec::new();
        let mut is_partly_known = false;
        let mut pieces = pieces.into_iter().peekable();
        while let Some((name, first)) = pieces.next() {
            let mut model = Model::default();
            model.take(first);
            while let Some((_, piece)) = pieces.next_if(|(other, _)| *other == name) {
                model.take(piece);
            }
            model.settle();
            is_partly_known |= model.versions.iter().any(|(_, is_listed, _)| !is_listed);
            saved.push(self.saved(&name, model));
        }
        let mut remarks = Vec::new();
        if self.has_more_models || self.has_more_versions {
            remarks.push(Remark::MorePages);
        }
        if is_partly_known {
            remarks.push(Remark::OnlyLatest);
        }
        if self.has_runs {
            remarks.push(Remark::Runs);
        }
        // What was put together here is what the reader takes; were it not, nothing would come in.
        let registry = Registry::from_json(Value::Array(saved)).map_err(|_| NoRegistry::Nothing)?;
        if registry.is_empty() {
            return Err(NoRegistry::Nothing);
        }
        Ok(Foreign {
            registry,
            left_out: self.left_out,
            remarks,
        })
    }

    /// A model as it is saved.
    fn saved(&mut self, name: &ModelName, model: Model) -> Value {
        let mut fields = model.fields;
        if fields.is_empty() {
            // Only its versions are known.
            let number = |value: Option<&Value>| value.and_then(Value::as_u64).unwrap_or_default();
            let versions = || model.versions.iter().map(|(.., version)| version);
            let created = versions().map(|it| number(it.get("created"))).min();
            let written =
                versions().map(|it| number(it.get("written").and_then(|it| it.get("at"))));
            let updated = written.max();
            fields.insert("name".to_owned(), Value::from(name.as_str()));
            fields.insert(
                "created".to_owned(),
                Value::from(created.unwrap_or_default()),
            );
            fields.insert(
                "updated".to_owned(),
                Value::from(updated.unwrap_or_default()),
            );
        }
        let mut aliases = Map::new();
        for (alias, to, place) in model.aliases {
            if model
                .versions
                .binary_search_by_key(&to, |(number, ..)| *number)
                .is_ok()
            {
                aliases
                    .entry(alias.as_str())
                    .or_insert_with(|| Value::from(to.get()));
            } else {
                self.leave(&place, Why::NoVersion(to));
            }
        }
        let last = model.versions.last().map(|(number, ..)| number.get());
        let versions = model.versions.into_iter();
        let versions = versions
            .map(|(.., version)| Value::Object(version))
            .collect();
        fields.insert("aliases".to_owned(), Value::Object(aliases));
        fields.insert("versions".to_owned(), Value::Array(versions));
        fields.insert("last_number".to_owned(), Value::from(last));
        Value::Object(fields)
    }
}

/// A model that is being put together.
#[derive(Default)]
struct Model {
    fields: Map<String, Value>,
    versions: Vec<(VersionNumber, bool, Map<String, Value>)>,
    aliases: Vec<(Alias, VersionNumber, String)>,
}

impl Model {
    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Model(fields) => self.fields = fields,
            Piece::Version(number, is_listed, version) => {
                self.versions.push((number, is_listed, version));
            }
            Piece::Alias(alias, to, place) => self.aliases.push((alias, to, place)),
        }
    }

    /// Of several versions with one number, the last in a list of versions counts: a model's own list has no aliases.
    fn settle(&mut self) {
        self.versions
            .sort_by_key(|(number, is_listed, _)| (*number, !is_listed));
        self.versions.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same && next.1 == kept.1 {
                std::mem::swap(next, kept);
            }
            is_same
        });
    }
}

/// The fields of an object. Those of the client's objects start with `_` where somebody has dumped what is inside.
fn fields_of(value: &Value) -> Option<Map<String, Value>> {
    let fields = value.as_object()?;
    let plain =
        |(key, value): (&String, &Value)| (key.trim_start_matches('_').to_owned(), value.clone());
    Some(fields.iter().map(plain).collect())
}

/// The number of a version: a text to the server, a number to the client.
fn number(value: &Value) -> Option<VersionNumber> {
    let number = match value {
        Value::String(text) => text.parse().ok()?,
        Value::Number(number) => u32::try_from(number.as_u64()?).ok()?,
        _ => return None,
    };
    VersionNumber::new(number)
}

/// A moment; the start of time where it is missing.
fn time(fields: &Map<String, Value>, key: &str) -> u64 {
    match fields.get(key) {
        Some(Value::Number(number)) => number.as_u64().unwrap_or_default(),
        Some(Value::String(text)) => text.parse().unwrap_or_default(),
        _ => 0,
    }
}
