//! Models and versions, wherever they stand: in pages, lists, objects, and texts with JSON inside. `item` reads one of them,
//! `parts` what stands on it.

mod item;
mod parts;

use serde_json::{Map, Value};

use super::fields::Fields;
use super::node::{Node, values};
use super::outcome::{ImportError, Omission, OmissionReason, Remark};
use registry::{Alias, ModelName, VersionNumber};

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
/// What stands around models and is not of them.
const AROUND: [&str; 4] = ["next_page_token", "system", "info", "export_info"];

/// Something that was found of a model.
pub enum Finding {
    /// What is said of the model itself.
    Model(Map<String, Value>),
    /// A version, and whether it comes from a list of all versions.
    Version(VersionNumber, bool, Map<String, Value>),
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
}
