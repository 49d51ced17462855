//! What stands on a model or a version: description and times, aliases, tags; and what is not known of it.

use serde_json::{Map, Value};

use super::super::fields::Fields;
use super::super::node::Node;
use super::super::time::moment;
use super::super::{OmissionReason, Remark};
use super::item::number;
use super::{Finding, Findings, can_have_more, within};
use registry::{Alias, FreeText, ModelName, TagKey, TagValue, VersionNumber};

const DESCRIPTION: [&str; 2] = ["description", "comment"];
const CREATED: [&str; 5] = [
    "creation_timestamp",
    "creation_time",
    "created_at",
    "create_time",
    "created",
];
const UPDATED: [&str; 7] = [
    "last_updated_timestamp",
    "last_updated_time",
    "last_update_time",
    "last_updated",
    "updated_at",
    "update_time",
    "updated",
];

/// What belongs to runs.
const OF_RUNS: [&str; 3] = ["run_id", "metrics", "params"];

/// What real registries have and the simulator has not.
const NOT_SIMULATED: [&str; 31] = [
    "browse_only",
    "created_by",
    "deployment_job_id",
    "deployment_job_state",
    "download_uri",
    "email_subscription_status",
    "experiment_name",
    "feature_list",
    "id",
    "metastore_id",
    "model_id",
    "model_version_dependencies",
    "open_requests",
    "owner",
    "permission_level",
    "permissions",
    "run_artifact_uri",
    "run_link",
    "run_tracking_server_id",
    "run_workspace_id",
    "securable_kind",
    "securable_type",
    "signature",
    "status_message",
    "storage_location",
    "storage_mode",
    "tracking_server_id",
    "updated_by",
    "user_id",
    "workspace",
    "workspace_id",
];

impl Findings {
    /// What models and versions both have.
    pub(super) fn common(
        &mut self,
        place: &str,
        fields: &mut Fields<'_>,
        tags: Map<String, Value>,
        saved: &mut Map<String, Value>,
    ) {
        let description = self.free(place, fields, &DESCRIPTION);
        saved.insert("description".to_owned(), Value::from(description));
        saved.insert("tags".to_owned(), Value::Object(tags));
        for (name, names) in [("created", &CREATED[..]), ("updated", &UPDATED[..])] {
            match self.time(place, fields, names) {
                Some(at) => {
                    saved.insert(name.to_owned(), Value::from(at));
                }
                None => self.remark(Remark::NoTimes),
            }
        }
    }

    fn time(&mut self, place: &str, fields: &mut Fields<'_>, names: &[&str]) -> Option<u64> {
        let (field, value) = fields.take(names)?;
        let written = value.as_written();
        let Some(found) = written.and_then(moment) else {
            let why = OmissionReason::NoTime(written.map(str::to_owned));
            self.leave(&within(place, field), why);
            return None;
        };
        if let Some(unit) = found.unit {
            self.remark(Remark::Counted(unit));
        }
        if found.has_no_zone {
            self.remark(Remark::NoZone);
        }
        Some(found.at)
    }

    /// The aliases of a model, or of one of its versions: a list, or an object.
    pub(super) fn aliases(
        &mut self,
        place: &str,
        name: &ModelName,
        aliases: &Node,
        of: Option<VersionNumber>,
    ) {
        match aliases {
            Node::List(aliases) => {
                for (at, alias) in aliases.iter().enumerate() {
                    let place = format!("{place}[{at}]");
                    match alias {
                        Node::Text(text) => self.alias(&place, name, Some(text), of),
                        Node::Object(object) => {
                            let mut fields = Fields::new(object);
                            let text = fields.text(&["alias", "alias_name", "name"]);
                            let to = match fields.take(&["version", "version_num"]) {
                                Some((_, to)) => number(to),
                                None => of,
                            };
                            if of.is_some() && to.is_some() && to != of {
                                let field = within(&place, "version");
                                self.leave(&field, OmissionReason::Otherwise("version".to_owned()));
                                continue;
                            }
                            self.alias(&place, name, text, to);
                            let _ = fields.take(&["catalog_name"]);
                            let _ = fields.take(&["schema_name"]);
                            let _ = fields.take(&["model_name"]);
                            self.rest(&place, &fields);
                        }
                        _ => self.leave(&place, OmissionReason::NoModel),
                    }
                }
            }
            Node::Object(aliases) => {
                for (alias, to) in aliases {
                    let place = within(place, alias);
                    let to = number(to);
                    if of.is_some() && to != of {
                        self.leave(&place, OmissionReason::Otherwise("version".to_owned()));
                    } else {
                        self.alias(&place, name, Some(alias), to);
                    }
                }
            }
            Node::Text(text) if can_have_more(aliases) => {
                let opened = self.opened(text, |found, inside| {
                    found.aliases(place, name, inside, of);
                    Ok(())
                });
                if opened.is_none() {
                    self.leave(place, OmissionReason::NoModel);
                }
            }
            Node::Text(text) if of.is_some() && !text.is_empty() => {
                self.alias(place, name, Some(text), of);
            }
            _ if aliases.is_nothing() => {}
            _ => self.leave(place, OmissionReason::NoModel),
        }
    }

    fn alias(
        &mut self,
        place: &str,
        name: &ModelName,
        alias: Option<&str>,
        to: Option<VersionNumber>,
    ) {
        let Some((alias, to)) = alias.zip(to) else {
            return self.leave(place, OmissionReason::NoModel);
        };
        let alias = Alias::parse(alias).and_then(|alias| {
            alias.check_not_reserved()?;
            Ok(alias)
        });
        match alias {
            Ok(alias) => {
                let finding = Finding::Alias(alias, to);
                self.findings
                    .push((name.clone(), place.to_owned(), finding));
            }
            Err(kind) => self.leave(place, OmissionReason::Rule(kind.into())),
        }
    }

    /// Tags: a list of objects, as the server has them, or one object, as the client has them.
    pub(super) fn tags(&mut self, place: &str, fields: &mut Fields<'_>) -> Map<String, Value> {
        let mut found = Map::new();
        if let Some((written, tags)) = fields.take(&["tags"]) {
            self.all_tags(&within(place, written), tags, &mut found);
        }
        found
    }

    fn all_tags(&mut self, place: &str, tags: &Node, found: &mut Map<String, Value>) {
        match tags {
            Node::List(tags) => {
                for (at, tag) in tags.iter().enumerate() {
                    let place = format!("{place}[{at}]");
                    match tag {
                        Node::Object(object) => {
                            let mut fields = Fields::new(object);
                            let key = fields.text(&["key"]);
                            let value = fields.rest().find(|(name, ..)| *name == "value");
                            let value = value.map(|(.., value)| value);
                            let _ = fields.take(&["value"]);
                            match key {
                                Some(key) => self.tag(&place, key, value, found),
                                None => self.leave(&place, OmissionReason::NoModel),
                            }
                            self.rest(&place, &fields);
                        }
                        Node::List(pair) => match pair.as_slice() {
                            [Node::Text(key), value] => self.tag(&place, key, Some(value), found),
                            _ => self.leave(&place, OmissionReason::NoModel),
                        },
                        _ => self.leave(&place, OmissionReason::NoModel),
                    }
                }
            }
            Node::Object(tags) => {
                for (key, value) in tags {
                    self.tag(&within(place, key), key, Some(value), found);
                }
            }
            Node::Text(text) if !text.is_empty() => {
                let opened = self.opened(text, |all, inside| {
                    all.all_tags(place, inside, found);
                    Ok(())
                });
                if opened.is_none() {
                    self.leave(place, OmissionReason::NoModel);
                }
            }
            _ if tags.is_nothing() => {}
            _ => self.leave(place, OmissionReason::NoModel),
        }
    }

    fn tag(
        &mut self,
        place: &str,
        key: &str,
        value: Option<&Node>,
        found: &mut Map<String, Value>,
    ) {
        if !matches!(value, Some(Node::Text(_))) {
            self.remark(Remark::TagValues);
        }
        let value = match value {
            None => "",
            Some(value) => match value.as_written() {
                Some(written) => written,
                None => return self.leave(place, OmissionReason::NoText),
            },
        };
        if let Err(kind) = TagKey::parse(key).and_then(|_| TagValue::parse(value)) {
            return self.leave(place, OmissionReason::Rule(kind.into()));
        }
        match found.get(key) {
            None => {
                found.insert(key.to_owned(), Value::from(value));
            }
            Some(Value::String(there)) if there == value => {}
            Some(_) => self.leave(place, OmissionReason::Again),
        }
    }

    /// A free text; empty where it is missing or too long.
    pub(super) fn free(&mut self, place: &str, fields: &mut Fields<'_>, names: &[&str]) -> String {
        let Some((field, value)) = fields.take(names) else {
            return String::new();
        };
        let why = match value.as_text().map(FreeText::parse) {
            Some(Ok(text)) => return text.into(),
            Some(Err(kind)) => OmissionReason::Rule(kind.into()),
            None => OmissionReason::NoText,
        };
        self.leave(&within(place, field), why);
        String::new()
    }

    /// Tells what nobody has asked for.
    pub(super) fn rest(&mut self, place: &str, fields: &Fields<'_>) {
        for (written, counts) in &fields.others {
            let why = OmissionReason::Otherwise((*counts).to_owned());
            self.leave(&within(place, written), why);
        }
        if fields.has_underscored {
            self.remark(Remark::Underscored);
        }
        for (name, written, value) in fields.rest() {
            if value.is_nothing() {
                continue;
            }
            if OF_RUNS.contains(&name) {
                self.remark(Remark::Runs);
            } else if let Ok(at) = NOT_SIMULATED.binary_search(&name) {
                let is_usual = matches!(value, Node::Text(text) if text == "default")
                    || matches!(value, Node::Bare(word) if word.eq_ignore_ascii_case("false"));
                if let Some(known) = NOT_SIMULATED.get(at)
                    && !is_usual
                    && !self.not_simulated.contains(known)
                {
                    self.not_simulated.push(known);
                }
            } else {
                self.unknown_field(within(place, written));
            }
        }
    }

    pub(super) fn unknown_field(&mut self, place: String) {
        let kind = place
            .chars()
            .filter(|letter| !letter.is_ascii_digit())
            .collect();
        self.unknown.push((kind, place));
    }
}
