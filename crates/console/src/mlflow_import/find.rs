//! Models and versions, wherever they stand; what stands on them is in `parts`.

mod parts;

use serde_json::{Map, Value};

use super::fields::Fields;
use super::node::{Node, values};
use super::outcome::{ImportError, Omission, OmissionReason, Remark};
use registry::id::WrittenVersion;
use registry::{Alias, ModelName, Stage, VersionNumber};

/// How often a text may stand in a text as JSON.
const MAX_TEXTS: usize = 3;

const MODELS: [&str; 3] = [
    "registered_models",
    "registered_models_databricks",
    "models",
];
const MODEL: [&str; 3] = ["registered_model", "registered_model_databricks", "model"];
const VERSIONS: [&str; 5] = [
    "versions",
    "model_versions",
    "model_versions_databricks",
    "model_version",
    "model_version_databricks",
];
const LATEST: [&str; 2] = ["latest_versions", "latest_version"];
const NAME: [&str; 3] = ["name", "model_name", "registered_model_name"];
const STAGE: [&str; 2] = ["current_stage", "stage"];

/// What only a version has.
const OF_VERSION: [&str; 4] = ["version", "current_stage", "run_id", "status"];
/// What a model or a version has, and nothing around it.
const OF_ITEM: [&str; 8] = [
    "version",
    "current_stage",
    "latest_versions",
    "latest_version",
    "aliases",
    "creation_timestamp",
    "last_updated_timestamp",
    "full_name",
];
/// What experiments and runs have, and neither models nor versions.
const OF_NONE: [&str; 3] = ["experiment_id", "lifecycle_stage", "run_uuid"];
/// What stands around models and is not of them.
const AROUND: [&str; 4] = ["next_page_token", "system", "info", "export_info"];

/// Something that was found of a model.
pub enum Finding {
    /// What is said of the model itself.
    Model(Map<String, Value>),
    /// A version, and whether it comes from a list of all versions.
    Version(VersionNumber, bool, Map<String, Value>),
    /// An alias.
    Alias(Alias, VersionNumber),
}

/// All that was found.
#[derive(Default)]
pub struct Findings {
    /// All of them with their places, in the order in which they stand: they are sorted once, at the end.
    pub findings: Vec<(ModelName, String, Finding)>,
    pub left_out: Vec<Omission>,
    /// Fields that no registry has: the kind of place, and the place.
    pub unknown: Vec<(String, String)>,
    pub remarks: Vec<Remark>,
    pub not_simulated: Vec<&'static str>,
    pub prompts: Vec<ModelName>,
    pub has_more_models: bool,
    pub has_more_versions: bool,
    texts: usize,
}

/// Whether something in it can have models inside.
fn can_have_more(value: &Node) -> bool {
    match value {
        Node::List(_) | Node::Object(_) => true,
        Node::Text(text) => text.trim_start().starts_with(['{', '[', '<']),
        Node::Bare(_) => false,
    }
}

/// The place of a field.
fn within(place: &str, field: &str) -> String {
    if place.is_empty() || place.ends_with(": ") {
        format!("{place}{field}")
    } else {
        format!("{place}.{field}")
    }
}

impl Findings {
    pub fn leave(&mut self, place: &str, why: OmissionReason) {
        let place = place.trim_end_matches(": ");
        let place = if place.is_empty() { "1" } else { place };
        self.left_out.push(Omission {
            place: place.to_owned(),
            why,
        });
    }

    pub fn remark(&mut self, remark: Remark) {
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    /// What is at the top of a text, or in a list or object that is no model and no version itself.
    pub fn page(&mut self, place: &str, page: &Node) -> Result<(), ImportError> {
        self.part(place, page, None)
    }

    /// The values that stand in a text as JSON, if they do: `then` gets them as a list.
    fn opened(
        &mut self,
        text: &str,
        then: impl FnOnce(&mut Self, &Node) -> Result<(), ImportError>,
    ) -> Option<Result<(), ImportError>> {
        let is_some = text.trim_start().starts_with(['{', '[', '<', '"']);
        if !is_some || self.texts >= MAX_TEXTS {
            return None;
        }
        let mut inside = values(text).ok()?;
        let whole = if inside.len() == 1 {
            inside.pop()?
        } else {
            Node::List(inside)
        };
        self.texts += 1;
        let done = then(self, &whole);
        self.texts -= 1;
        Some(done)
    }

    /// Something that is, or has inside, models and versions. `key` is the name under which a model stands.
    fn part(&mut self, place: &str, part: &Node, key: Option<&str>) -> Result<(), ImportError> {
        match part {
            Node::Bare(_) => self.leave(place, OmissionReason::NoModel),
            Node::Text(text) => {
                let opened = self.opened(text, |found, inside| found.part(place, inside, key));
                match opened {
                    Some(done) => done?,
                    None => self.leave(place, OmissionReason::NoModel),
                }
            }
            Node::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.part(&format!("{place}[{at}]"), item, None)?;
                }
            }
            Node::Object(object) => {
                let fields = Fields::new(object);
                let has_name = fields.has(&NAME) || fields.has(&["full_name"]);
                let has_lists = fields.has(&VERSIONS) || fields.has(&MODELS) || fields.has(&MODEL);
                let is_around = fields.has(&["registered_models", "registered_model"])
                    || (!has_name && key.is_none() && has_lists);
                if !is_around && (has_name || key.is_some() || fields.has(&OF_ITEM)) {
                    self.item(place, fields, key)?;
                } else {
                    self.around(place, fields)?;
                }
            }
        }
        Ok(())
    }

    /// What stands around models and versions: a page of a list, an answer with one of them, a file of an export tool.
    fn around(&mut self, place: &str, mut fields: Fields<'_>) -> Result<(), ImportError> {
        if let Some((_, code)) = fields.take(&["error_code"]) {
            let message = fields
                .take(&["message"])
                .map_or(code, |(_, message)| message);
            let message = message.as_written().unwrap_or_default();
            return Err(ImportError::Error(message.to_owned()));
        }
        let token = fields.take(&["next_page_token"]).map(|(_, token)| token);
        let has_more = token.is_some_and(|token| !token.is_nothing());
        let mut is_page = false;
        for name in MODELS.iter().chain(&MODEL) {
            if let Some((written, list)) = fields.take(&[name]) {
                is_page = true;
                // The last page of each kind is the one that counts.
                self.has_more_models = has_more;
                self.models(&within(place, written), list)?;
            }
        }
        for name in VERSIONS.iter().chain(&LATEST) {
            if let Some((written, list)) = fields.take(&[name]) {
                is_page = true;
                self.has_more_versions = has_more;
                self.versions(&within(place, written), list, None, true)?;
            }
        }
        if let Some((written, prompt)) = fields
            .take(&["prompt"])
            .or_else(|| fields.take(&["prompts"]))
            && !prompt.is_nothing()
        {
            is_page = true;
            self.leave(&within(place, written), OmissionReason::Prompt);
        }
        let rest: Vec<(&str, &str, &Node)> = fields.rest().collect();
        let has_parts = rest
            .iter()
            .any(|(name, _, value)| !AROUND.contains(name) && can_have_more(value));
        // A search that finds nothing answers with an empty object.
        if !is_page && !has_parts && rest.iter().any(|(.., value)| !value.is_nothing()) {
            self.leave(place, OmissionReason::NoModel);
            return Ok(());
        }
        for (name, written, value) in rest {
            if AROUND.contains(&name) || value.is_nothing() {
                continue;
            }
            let inside = within(place, written);
            if can_have_more(value) {
                self.part(&inside, value, None)?;
            } else {
                self.unknown_field(inside);
            }
        }
        for (written, counts) in fields.others {
            self.leave(
                &within(place, written),
                OmissionReason::Otherwise(counts.to_owned()),
            );
        }
        Ok(())
    }

    /// Models: a list, one of them, or an object whose keys are their names.
    fn models(&mut self, place: &str, list: &Node) -> Result<(), ImportError> {
        match list {
            Node::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    let place = format!("{place}[{at}]");
                    match item {
                        Node::Text(text)
                            if ModelName::parse(text).is_ok() && !can_have_more(item) =>
                        {
                            self.leave(&place, OmissionReason::OnlyName);
                        }
                        _ => self.part(&place, item, None)?,
                    }
                }
                Ok(())
            }
            Node::Object(object) => {
                let fields = Fields::new(object);
                let is_one = fields.has(&NAME) || fields.has(&OF_ITEM);
                let are_models = !is_one && object.iter().all(|(_, value)| can_have_more(value));
                if !are_models || MODELS.iter().chain(&MODEL).any(|name| fields.has(&[name])) {
                    return self.part(place, list, None);
                }
                for (key, item) in object {
                    self.part(&within(place, key), item, Some(key))?;
                }
                Ok(())
            }
            Node::Text(text) if !can_have_more(list) && ModelName::parse(text).is_ok() => {
                self.leave(place, OmissionReason::OnlyName);
                Ok(())
            }
            _ => self.part(place, list, None),
        }
    }

    /// Versions: a list, one of them, or an object whose keys are their stages or numbers. `are_all` says whether it is a list
    /// of all versions, and not of the newest of each stage.
    fn versions(
        &mut self,
        place: &str,
        list: &Node,
        model: Option<&ModelName>,
        are_all: bool,
    ) -> Result<(), ImportError> {
        match list {
            Node::Object(object) => {
                let fields = Fields::new(object);
                let is_one = fields.has(&NAME) || fields.has(&OF_ITEM);
                if is_one || !object.iter().all(|(_, value)| can_have_more(value)) {
                    return self.one_version(place, list, model, None, are_all);
                }
                for (key, item) in object {
                    let place = within(place, key);
                    match item {
                        Node::List(items) => {
                            for (at, item) in items.iter().enumerate() {
                                let place = format!("{place}[{at}]");
                                self.one_version(&place, item, model, Some(key), are_all)?;
                            }
                        }
                        _ => self.one_version(&place, item, model, Some(key), are_all)?,
                    }
                }
                Ok(())
            }
            Node::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.one_version(&format!("{place}[{at}]"), item, model, None, are_all)?;
                }
                Ok(())
            }
            Node::Text(text) => {
                let opened = self.opened(text, |found, inside| {
                    found.versions(place, inside, model, are_all)
                });
                opened.unwrap_or_else(|| {
                    if !text.is_empty() {
                        self.leave(place, OmissionReason::NoModel);
                    }
                    Ok(())
                })
            }
            Node::Bare(_) => {
                self.leave(place, OmissionReason::NoModel);
                Ok(())
            }
        }
    }

    /// One of a list of versions.
    fn one_version(
        &mut self,
        place: &str,
        item: &Node,
        model: Option<&ModelName>,
        key: Option<&str>,
        is_listed: bool,
    ) -> Result<(), ImportError> {
        match item {
            Node::Object(object) => {
                let fields = Fields::new(object);
                let mut around = MODEL.iter().chain(&MODELS).chain(&VERSIONS);
                if around.any(|name| fields.has(&[name])) {
                    return self.part(place, item, None);
                }
                self.version(place, fields, model, key, is_listed);
                Ok(())
            }
            Node::Text(_) => self.versions(place, item, model, is_listed),
            _ => self.part(place, item, None),
        }
    }

    /// A model or a version.
    fn item(
        &mut self,
        place: &str,
        fields: Fields<'_>,
        key: Option<&str>,
    ) -> Result<(), ImportError> {
        if fields.has(&OF_NONE) {
            self.leave(place, OmissionReason::NoModel);
            return Ok(());
        }
        if fields.has(&OF_VERSION) {
            self.version(place, fields, None, None, true);
            return Ok(());
        }
        self.model(place, fields, key)
    }

    /// The name of the model that these fields are of.
    fn name(
        &mut self,
        place: &str,
        fields: &mut Fields<'_>,
        model: Option<&ModelName>,
        key: Option<&str>,
    ) -> Option<ModelName> {
        let mut of_catalog = |field: &'static str| {
            let (written, value) = fields.take(&[field])?;
            if value.as_text().is_none() {
                self.leave(&within(place, written), OmissionReason::NoText);
            }
            value.as_text().filter(|text| !text.is_empty())
        };
        let full = of_catalog("full_name");
        let (catalog, schema) = (of_catalog("catalog_name"), of_catalog("schema_name"));
        let written = fields.take(&NAME);
        let short = written.and_then(|(_, name)| name.as_text());
        if let (Some((_, _)), None) = (written, short) {
            self.leave(place, OmissionReason::NoName);
            return None;
        }
        let is_end = |whole: &str, end: &str| {
            whole == end
                || whole
                    .strip_suffix(end)
                    .is_some_and(|start| start.ends_with('.'))
        };
        let joined = match (catalog, schema, short) {
            (Some(catalog), Some(schema), Some(short)) => {
                let start = format!("{catalog}.{schema}.");
                Some(if short.starts_with(&start) {
                    short.to_owned()
                } else {
                    start + short
                })
            }
            _ => None,
        };
        let named = joined.as_deref().or(short);
        if let (Some(full), Some(named)) = (full, named)
            && !is_end(full, named)
        {
            let field = written.map_or("name", |(field, _)| field);
            self.leave(
                &within(place, field),
                OmissionReason::Otherwise("full_name".to_owned()),
            );
        }
        let own = full.or(named);
        if let Some(model) = model {
            let is_same = own.is_none_or(|own| is_end(model.as_str(), own));
            if !is_same {
                self.leave(
                    place,
                    OmissionReason::OtherModel(own.unwrap_or_default().to_owned()),
                );
                return None;
            }
            return Some(model.clone());
        }
        let Some(own) = own.or(key) else {
            self.leave(place, OmissionReason::NoName);
            return None;
        };
        match ModelName::parse(own) {
            Ok(name) => Some(name),
            Err(kind) => {
                self.leave(place, OmissionReason::Rule(kind.into()));
                None
            }
        }
    }

    fn model(
        &mut self,
        place: &str,
        mut fields: Fields<'_>,
        key: Option<&str>,
    ) -> Result<(), ImportError> {
        let Some(name) = self.name(place, &mut fields, None, key) else {
            return Ok(());
        };
        let tags = self.tags(place, &mut fields);
        if is_prompt(&tags) {
            self.prompts.push(name);
            self.leave(place, OmissionReason::Prompt);
            return Ok(());
        }
        let mut saved = Map::new();
        saved.insert("name".to_owned(), Value::from(name.as_str()));
        self.common(place, &mut fields, tags, &mut saved);
        let finding = Finding::Model(saved);
        self.findings
            .push((name.clone(), place.to_owned(), finding));
        for (names, are_all) in [(&VERSIONS[..], true), (&LATEST[..], false)] {
            for field in names {
                if let Some((written, list)) = fields.take(&[field]) {
                    self.versions(&within(place, written), list, Some(&name), are_all)?;
                }
            }
        }
        if let Some((written, aliases)) = fields.take(&["aliases", "alias"]) {
            self.aliases(&within(place, written), &name, aliases, None);
        }
        self.rest(place, &fields);
        Ok(())
    }

    fn version(
        &mut self,
        place: &str,
        mut fields: Fields<'_>,
        model: Option<&ModelName>,
        key: Option<&str>,
        is_listed: bool,
    ) {
        // The key of an object may be the number of a version, or its stage.
        let key_number = key.and_then(|key| number(&Node::Text(key.to_owned())));
        let key_stage = key.filter(|key| Stage::parse(key).is_ok());
        let Some(name) = self.name(place, &mut fields, model, None) else {
            return;
        };
        let written = fields.take(&["version", "version_num"]);
        let found = match written {
            Some((_, written)) => number(written),
            None => key_number,
        };
        let Some(number) = found else {
            let written = written.and_then(|(_, written)| written.as_written());
            return self.leave(place, OmissionReason::Number(written.map(str::to_owned)));
        };
        if let Some((field, status)) = fields.take(&["status"]) {
            match status.as_text() {
                Some(status) if is_ready(status) => {}
                Some(status) => {
                    return self.leave(place, OmissionReason::NotReady(status.to_owned()));
                }
                None => self.leave(&within(place, field), OmissionReason::NoText),
            }
        }
        let written = match fields.take(&STAGE) {
            Some((_, Node::Text(stage))) if !stage.is_empty() => Some(stage.as_str()),
            Some((field, stage)) if !stage.is_nothing() => {
                return self.leave(&within(place, field), OmissionReason::NoText);
            }
            _ => key_stage,
        };
        if written.is_none() {
            self.remark(Remark::NoStage);
        }
        let stage = match Stage::parse(written.unwrap_or("None")) {
            Ok(stage) => stage,
            Err(kind) => {
                let written = written.unwrap_or_default();
                // MLflow's own mark of what was deleted.
                let is_gone = written.starts_with("Deleted");
                let why = if is_gone {
                    OmissionReason::NotReady(written.to_owned())
                } else {
                    OmissionReason::Rule(kind.into())
                };
                return self.leave(place, why);
            }
        };
        if key_stage.is_some_and(|key| Stage::parse(key) != Ok(stage)) {
            self.leave(place, OmissionReason::Otherwise("current_stage".to_owned()));
        }
        let tags = self.tags(place, &mut fields);
        if is_prompt(&tags) {
            return self.leave(place, OmissionReason::Prompt);
        }
        let source = self.free(place, &mut fields, &["source"]);
        let mut saved = Map::new();
        saved.insert("number".to_owned(), Value::from(number.get()));
        saved.insert("stage".to_owned(), Value::from(stage.as_str()));
        saved.insert(
            "has_been_live".to_owned(),
            Value::from(stage == Stage::Production),
        );
        saved.insert("source".to_owned(), Value::from(source));
        self.common(place, &mut fields, tags, &mut saved);
        let finding = Finding::Version(number, is_listed, saved);
        self.findings
            .push((name.clone(), place.to_owned(), finding));
        if let Some((written, aliases)) = fields.take(&["aliases", "alias"]) {
            self.aliases(&within(place, written), &name, aliases, Some(number));
        }
        self.rest(place, &fields);
    }
}

/// Whether MLflow has finished a version, by its status.
fn is_ready(status: &str) -> bool {
    let status = status.rsplit('.').next().unwrap_or(status);
    status.eq_ignore_ascii_case("READY") || status.is_empty()
}

/// Whether these are the tags of a prompt.
fn is_prompt(tags: &Map<String, Value>) -> bool {
    tags.get("mlflow.prompt.is_prompt")
        .and_then(Value::as_str)
        .is_some_and(|it| it.eq_ignore_ascii_case("true"))
}

/// The number of a version: a text to the server, a number to the client.
fn number(value: &Node) -> Option<VersionNumber> {
    let written = value.as_written()?;
    // What a table program has made of it.
    let written = match value {
        Node::Bare(number) => number.strip_suffix(".0").unwrap_or(number),
        _ => written,
    };
    WrittenVersion::parse(written).ok()?.number()
}
