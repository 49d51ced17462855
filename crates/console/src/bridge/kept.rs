//! What MLflow keeps of a model or a version and the simulated registry does not: the run and the link that a version was
//! created with, an empty description, the order in which tags were set. It is remembered for as long as Python is.

use std::collections::BTreeMap;

use registry::call::{RawCall, VersionArgument, Written};
use registry::{ModelName, VersionNumber};

/// What is kept, by model, and by version.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Kept(BTreeMap<(String, Option<VersionNumber>), KeptFields>);

/// What is kept of one model or version.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KeptFields {
    /// Whether this Python has created it.
    pub created: Option<bool>,
    /// The run that it was created from.
    pub run_id: Option<String>,
    pub run_link: Option<String>,
    /// Whether it was given a description, an empty one too.
    pub is_described: bool,
    /// Whether it was made without a source.
    pub has_no_source: bool,
    /// Where its files are, if it was made from another version.
    pub storage: Option<String>,
    /// The keys of its tags, in the order in which they were set.
    pub tags: Vec<String>,
}

static NOTHING: KeptFields = KeptFields {
    created: None,
    run_id: None,
    run_link: None,
    is_described: false,
    has_no_source: false,
    storage: None,
    tags: Vec::new(),
};

impl KeptFields {
    fn set(&mut self, key: &str) {
        if !self.tags.iter().any(|it| it == key) {
            self.tags.push(key.to_owned());
        }
    }
}

impl Kept {
    /// What is kept of a model, or of a version.
    pub fn of(&self, name: &str, number: Option<VersionNumber>) -> &KeptFields {
        self.0.get(&(name.to_owned(), number)).unwrap_or(&NOTHING)
    }

    /// All that is kept.
    pub fn all(&self) -> impl Iterator<Item = (&(String, Option<VersionNumber>), &KeptFields)> {
        self.0.iter()
    }

    /// What was kept elsewhere.
    pub fn of_all(
        all: impl IntoIterator<Item = ((String, Option<VersionNumber>), KeptFields)>,
    ) -> Self {
        Self(all.into_iter().collect())
    }

    fn at(&mut self, name: &str, number: Option<VersionNumber>) -> &mut KeptFields {
        self.0.entry((name.to_owned(), number)).or_default()
    }

    /// The versions that were created from a run.
    pub fn made_from_run(&self, id: &str) -> impl Iterator<Item = (&str, VersionNumber)> {
        let found = self
            .0
            .iter()
            .filter(move |(_, of)| of.run_id.as_deref() == Some(id));
        found.filter_map(|((name, number), _)| Some((name.as_str(), (*number)?)))
    }

    /// Notes that a version was created.
    pub fn created(&mut self, name: &ModelName, number: VersionNumber, of: KeptFields) {
        self.0.insert((name.to_string(), Some(number)), of);
    }

    /// Notes that a description was given, if only an empty one, or taken away.
    pub fn described(&mut self, name: &str, number: Option<VersionNumber>, is_given: bool) {
        self.at(name, number).is_described = is_given;
    }

    /// Notes what a call came to that was carried out.
    pub fn note(&mut self, call: &RawCall) {
        let of = |version: &str| {
            let version = registry::id::WrittenVersion::parse(version).ok()?;
            version.number()
        };
        match call {
            RawCall::CreateRegisteredModel { name, tags, .. } => {
                self.forget(name);
                self.at(name, None).tags = keys(tags);
            }
            RawCall::DeleteRegisteredModel { name } => self.forget(name),
            RawCall::RenameRegisteredModel { name, new_name } => {
                let all = std::mem::take(&mut self.0);
                let renamed = all.into_iter().map(|((of, number), kept)| {
                    let of = if of == *name { new_name.clone() } else { of };
                    ((of, number), kept)
                });
                self.0 = renamed.collect();
            }
            RawCall::SetRegisteredModelTag { name, key, .. } => self.at(name, None).set(key),
            RawCall::DeleteRegisteredModelTag { name, key } => {
                self.at(name, None).tags.retain(|it| it != key);
            }
            RawCall::SetModelVersionTag {
                name,
                version: VersionArgument::Given(version),
                key,
                ..
            } => self.at(name, of(version)).set(key),
            RawCall::DeleteModelVersionTag {
                name,
                version: VersionArgument::Given(version),
                key,
            } => self.at(name, of(version)).tags.retain(|it| it != key),
            _ => {}
        }
    }

    fn forget(&mut self, name: &str) {
        self.0.retain(|(of, _), _| of != name);
    }
}

/// The keys of tags, in their order.
pub fn keys(tags: &Written) -> Vec<String> {
    tags.iter().map(|(key, _)| key.clone()).collect()
}
