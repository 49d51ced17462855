//! A model or a version: which it is, whose it is, and its own fields.

use serde_json::{Map, Value};

use super::super::fields::Fields;
use super::super::node::Node;
use super::super::outcome::{ImportError, OmissionReason, Remark};
use super::{Finding, Findings, LATEST, NAME, OF_VERSION, VERSIONS, within};
use registry::id::WrittenVersion;
use registry::{ModelName, Stage, VersionNumber};

const STAGE: [&str; 2] = ["current_stage", "stage"];
/// What experiments and runs have, and neither models nor versions.
const OF_NONE: [&str; 3] = ["experiment_id", "lifecycle_stage", "run_uuid"];

impl Findings {
    /// A model or a version.
    pub(super) fn item(
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

    pub(super) fn version(
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
pub(super) fn number(value: &Node) -> Option<VersionNumber> {
    let written = value.as_written()?;
    // What a table program has made of it.
    let written = match value {
        Node::Bare(number) => number.strip_suffix(".0").unwrap_or(number),
        _ => written,
    };
    WrittenVersion::parse(written).ok()?.number()
}
