//! The registry that what was found comes to.

use serde_json::{Map, Value, json};

use super::find::{Finding, Findings};
use super::outcome::{ImportError, ImportedRegistry, Omission, OmissionReason, Remark};
use registry::json::FromJson;
use registry::{Alias, ModelName, Registry, VersionNumber};

/// A version: its number, whether it comes from a list of all versions, where it stands, what is said of it.
struct Version {
    number: VersionNumber,
    is_listed: bool,
    place: String,
    fields: Map<String, Value>,
}

/// A model that is being put together.
#[derive(Default)]
struct Model {
    /// What is said of the model itself, and where.
    own: Option<(String, Map<String, Value>)>,
    versions: Vec<Version>,
    aliases: Vec<(Alias, VersionNumber, String)>,
}

impl Findings {
    /// Puts the models together.
    pub fn finish(mut self) -> Result<ImportedRegistry, ImportError> {
        self.prompts.sort();
        let mut findings = std::mem::take(&mut self.findings);
        findings.retain(|(name, place, finding)| {
            let is_prompt = self.prompts.binary_search(name).is_ok();
            if is_prompt && matches!(finding, Finding::Version(..)) {
                self.left_out.push(Omission {
                    place: shown(place),
                    why: OmissionReason::Prompt,
                });
            }
            !is_prompt
        });
        findings.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        let mut saved = Vec::new();
        let mut findings = findings.into_iter().peekable();
        while let Some((name, place, first)) = findings.next() {
            let mut model = Model::default();
            self.take(&mut model, place, first);
            while let Some((_, place, finding)) = findings.next_if(|(other, ..)| *other == name) {
                self.take(&mut model, place, finding);
            }
            self.settle(&mut model);
            if model.versions.iter().any(|version| !version.is_listed) {
                self.remark(Remark::OnlyLatest);
            }
            saved.push(self.saved(&name, model));
        }
        if self.has_more_models || self.has_more_versions {
            self.remark(Remark::MorePages);
        }
        if !self.not_simulated.is_empty() {
            self.not_simulated.sort_unstable();
            let fields = std::mem::take(&mut self.not_simulated);
            self.remark(Remark::NotSimulated(fields));
        }
        self.remarks.sort();
        self.tell_unknown();
        // What was put together here is what the reader takes; were it not, nothing would come in.
        let registry = Registry::from_json(Value::Array(saved)).unwrap_or_default();
        match (registry.is_empty(), self.left_out.is_empty()) {
            (true, true) => Err(ImportError::Nothing),
            (true, false) => Err(ImportError::AllLeftOut(self.left_out)),
            (false, _) => Ok(ImportedRegistry {
                registry,
                left_out: self.left_out,
                remarks: self.remarks,
            }),
        }
    }

    /// Tells of fields that no registry has: of each kind of place the first, and how many more there are.
    fn tell_unknown(&mut self) {
        let mut unknown = std::mem::take(&mut self.unknown);
        unknown.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut unknown = unknown.into_iter().peekable();
        while let Some((kind, place)) = unknown.next() {
            let mut more = 0;
            while unknown.next_if(|(other, _)| *other == kind).is_some() {
                more += 1;
            }
            self.left_out.push(Omission {
                place,
                why: OmissionReason::Field(more),
            });
        }
    }

    fn take(&mut self, model: &mut Model, place: String, finding: Finding) {
        match finding {
            Finding::Model(fields) => match &model.own {
                None => model.own = Some((place, fields)),
                Some((_, there)) if *there == fields => {}
                Some((first, _)) => {
                    let why = OmissionReason::Otherwise(shown(first));
                    self.leave(&place, why);
                }
            },
            Finding::Version(number, is_listed, fields) => model.versions.push(Version {
                number,
                is_listed,
                place,
                fields,
            }),
            Finding::Alias(alias, to) => model.aliases.push((alias, to, place)),
        }
    }

    /// Of several versions with one number, the first in a list of all versions counts; another that says otherwise is told.
    fn settle(&mut self, model: &mut Model) {
        model
            .versions
            .sort_by_key(|version| (version.number, !version.is_listed));
        model.versions.dedup_by(|next, kept| {
            if next.number != kept.number {
                return false;
            }
            if next.fields != kept.fields {
                self.leave(&next.place, OmissionReason::Otherwise(shown(&kept.place)));
            }
            true
        });
    }

    /// A model as it is saved.
    fn saved(&mut self, name: &ModelName, model: Model) -> Value {
        let mut versions: Vec<Map<String, Value>> = Vec::with_capacity(model.versions.len());
        let mut numbers = Vec::with_capacity(model.versions.len());
        for version in model.versions {
            numbers.push(version.number);
            versions.push(version.fields);
        }
        let time = |name: &'static str| move |of: &Map<String, Value>| of.get(name)?.as_u64();
        let first = versions.iter().filter_map(time("created")).min();
        let last = versions.iter().filter_map(time("updated")).max();
        let mut fields = model.own.map(|(_, fields)| fields).unwrap_or_default();
        let (created, updated) = times(&mut fields);
        let created = created.or(first).or(updated).unwrap_or_default();
        let updated = updated.or(last).unwrap_or(created);
        fields.insert("created".to_owned(), Value::from(created));
        fields.insert("updated".to_owned(), Value::from(updated));
        fields.insert("name".to_owned(), Value::from(name.as_str()));
        for version in &mut versions {
            let (created, updated) = times(version);
            let created = created.or(updated).unwrap_or_default();
            version.insert("created".to_owned(), Value::from(created));
            let written = json!({"at": updated.unwrap_or(created)});
            version.insert("written".to_owned(), written);
        }
        let mut places: Vec<(Alias, VersionNumber, String)> = Vec::new();
        let mut aliases = model.aliases;
        aliases.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        for (alias, to, place) in aliases {
            if numbers.binary_search(&to).is_err() {
                self.leave(&place, OmissionReason::NoVersion(to));
                continue;
            }
            match places.last() {
                Some((there, kept, _)) if *there == alias && *kept == to => {}
                Some((there, _, first)) if *there == alias => {
                    let why = OmissionReason::Otherwise(shown(first));
                    self.leave(&place, why);
                }
                _ => places.push((alias, to, place)),
            }
        }
        let aliases: Map<String, Value> = places
            .into_iter()
            .map(|(alias, to, _)| (alias.as_str().to_owned(), Value::from(to.get())))
            .collect();
        let last = numbers.last().map(|number| number.get());
        let versions = versions.into_iter().map(Value::Object).collect();
        fields.insert("aliases".to_owned(), Value::Object(aliases));
        fields.insert("versions".to_owned(), Value::Array(versions));
        fields.insert("last_number".to_owned(), Value::from(last));
        Value::Object(fields)
    }
}

/// Takes out when something was made, and when it was changed.
fn times(fields: &mut Map<String, Value>) -> (Option<u64>, Option<u64>) {
    let mut time = |name: &str| fields.remove(name).and_then(|time| time.as_u64());
    (time("created"), time("updated"))
}

/// A place as it is told.
fn shown(place: &str) -> String {
    let place = place.trim_end_matches(": ");
    if place.is_empty() { "1" } else { place }.to_owned()
}
