//! A registered model and its versions, with the indexes that keep every question and every change cheap.
//!
//! The fields are private to the registry: only [`super::event`] changes them, and it keeps the indexes true.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::command::{Metrics, Tags};
use super::id::{Alias, FreeText, ModelName, Time, VersionNumber};
use super::stage::{PerStage, Stage};
use super::vec_map::VecMap;

/// A registered model.
#[derive(Clone, PartialEq, Debug)]
pub struct RegisteredModel {
    pub(super) name: ModelName,
    pub(super) created: Time,
    pub(super) updated: Time,
    pub(super) description: FreeText,
    pub(super) tags: Tags,
    pub(super) aliases: VecMap<Alias, VersionNumber>,
    pub(super) versions: BTreeMap<VersionNumber, Arc<ModelVersion>>,
    /// The highest number ever given out, also to versions deleted since.
    pub(super) last_number: Option<VersionNumber>,
    /// The last rename, which moves the time of every version at once (MLflow 3.18.0).
    pub(super) renamed: Rename,
    by_stage: PerStage<BTreeSet<VersionNumber>>,
    /// The aliases by what they point to.
    pointing: VecMap<(VersionNumber, Alias), ()>,
}

/// How often a model was renamed, and when last: instead of writing the time into every version, versions remember
/// how many renames they had seen when they were last written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rename {
    pub(super) count: u32,
    pub(super) at: Time,
}

/// When a version was last written, and how many renames of its model came before.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Stamp {
    pub(super) at: Time,
    pub(super) renames: u32,
}

/// A version of a registered model.
#[derive(Clone, PartialEq, Debug)]
pub struct ModelVersion {
    pub(super) number: VersionNumber,
    pub(super) stage: Stage,
    /// Whether it has ever been in Production: the guided rules let only such a version be rolled back to.
    pub(super) has_been_live: bool,
    pub(super) created: Time,
    pub(super) written: Stamp,
    pub(super) source: FreeText,
    /// Where the files are, if elsewhere than `source` says: a copied version's source is a `models:/` URI.
    pub(super) storage: Option<FreeText>,
    pub(super) description: FreeText,
    pub(super) tags: Tags,
    pub(super) metrics: Metrics,
}

impl ModelVersion {
    /// Returns the number, unique in its model for ever.
    pub const fn number(&self) -> VersionNumber {
        self.number
    }
    /// Returns the stage that it is in.
    pub const fn stage(&self) -> Stage {
        self.stage
    }
    /// Returns whether it has ever been in Production.
    pub const fn has_been_live(&self) -> bool {
        self.has_been_live
    }
    /// Returns when it was created.
    pub const fn created(&self) -> Time {
        self.created
    }
    /// Returns where it says it comes from: a path, or the `models:/` URI of the version it was copied from.
    pub const fn source(&self) -> &FreeText {
        &self.source
    }
    /// Returns where its files are.
    pub fn storage(&self) -> &FreeText {
        self.storage.as_ref().unwrap_or(&self.source)
    }
    /// Returns what somebody wrote about it; may be empty.
    pub const fn description(&self) -> &FreeText {
        &self.description
    }
    /// Returns its tags.
    pub const fn tags(&self) -> &Tags {
        &self.tags
    }
    /// Returns its metrics.
    pub const fn metrics(&self) -> &Metrics {
        &self.metrics
    }
}

impl RegisteredModel {
    /// Returns a model without versions.
    pub(super) fn new(name: ModelName, at: Time, description: FreeText, tags: Tags) -> Self {
        Self {
            name,
            created: at,
            updated: at,
            description,
            tags,
            aliases: VecMap::new(),
            versions: BTreeMap::new(),
            last_number: None,
            renamed: Rename::default(),
            by_stage: PerStage::default(),
            pointing: VecMap::new(),
        }
    }

    /// Returns its name.
    pub const fn name(&self) -> &ModelName {
        &self.name
    }
    /// Returns when it was created.
    pub const fn created(&self) -> Time {
        self.created
    }
    /// MLflow's `last_updated_timestamp`.
    pub const fn updated(&self) -> Time {
        self.updated
    }
    /// Returns what somebody wrote about it; may be empty.
    pub const fn description(&self) -> &FreeText {
        &self.description
    }
    /// Returns its tags.
    pub const fn tags(&self) -> &Tags {
        &self.tags
    }
    /// Returns its aliases with the versions that they point to.
    pub const fn aliases(&self) -> &VecMap<Alias, VersionNumber> {
        &self.aliases
    }
    /// Returns how many versions there are.
    pub fn version_count(&self) -> usize {
        self.versions.len()
    }
    /// Returns the version of that number.
    pub fn version(&self, number: VersionNumber) -> Option<&ModelVersion> {
        self.versions.get(&number).map(AsRef::as_ref)
    }
    /// Returns all versions, oldest first.
    pub fn versions(&self) -> impl DoubleEndedIterator<Item = &ModelVersion> + ExactSizeIterator {
        self.versions.values().map(AsRef::as_ref)
    }
    /// Returns the numbers of the versions in a stage, in ascending order.
    pub const fn in_stage(&self, stage: Stage) -> &BTreeSet<VersionNumber> {
        self.by_stage.get(stage)
    }
    /// Returns the highest number in a stage: what MLflow answers for `models:/name/Stage`.
    pub fn newest_in(&self, stage: Stage) -> Option<VersionNumber> {
        self.in_stage(stage).last().copied()
    }
    /// Returns the highest number of all.
    pub fn newest(&self) -> Option<VersionNumber> {
        self.versions.keys().next_back().copied()
    }
    /// Returns the highest number ever given out, also to a version deleted since.
    pub const fn last_number(&self) -> Option<VersionNumber> {
        self.last_number
    }
    /// Returns the aliases that point to a version, in alphabetical order.
    pub fn aliases_of(&self, number: VersionNumber) -> impl Iterator<Item = &Alias> {
        let first = self.pointing.lower_bound(|(to, _)| *to < number);
        let these = self.pointing.keys().skip(first);
        these
            .take_while(move |(to, _)| *to == number)
            .map(|(_, alias)| alias)
    }
    /// MLflow's `last_updated_timestamp` of a version; `None` where there is no such version.
    pub fn version_updated(&self, number: VersionNumber) -> Option<Time> {
        let written = self.versions.get(&number)?.written;
        Some(if written.renames == self.renamed.count {
            written.at
        } else {
            self.renamed.at
        })
    }

    /// Returns the stamp of a version that is written now.
    pub(super) const fn stamp(&self, at: Time) -> Stamp {
        Stamp {
            at,
            renames: self.renamed.count,
        }
    }

    pub(super) fn insert(&mut self, version: Arc<ModelVersion>) {
        self.by_stage.get_mut(version.stage).insert(version.number);
        self.versions.insert(version.number, version);
    }

    pub(super) fn remove(&mut self, number: VersionNumber) {
        if let Some(version) = self.versions.remove(&number) {
            self.by_stage.get_mut(version.stage).remove(&number);
        }
    }

    pub(super) fn change(&mut self, number: VersionNumber, change: impl FnOnce(&mut ModelVersion)) {
        if let Some(version) = self.versions.get_mut(&number) {
            let version = Arc::make_mut(version);
            let before = version.stage;
            change(version);
            let after = version.stage;
            if before != after {
                self.by_stage.get_mut(before).remove(&number);
                self.by_stage.get_mut(after).insert(number);
            }
        }
    }

    pub(super) fn point(&mut self, alias: &Alias, to: Option<VersionNumber>) {
        let before = match to {
            Some(number) => self.aliases.insert(alias.clone(), number),
            None => self.aliases.remove(alias),
        };
        if let Some(before) = before {
            self.pointing.remove(&(before, alias.clone()));
        }
        if let Some(number) = to {
            self.pointing.insert((number, alias.clone()), ());
        }
    }
}

/// A model as it is saved: without indexes.
pub(super) struct SavedModel {
    pub(super) name: ModelName,
    pub(super) created: Time,
    pub(super) updated: Time,
    pub(super) description: FreeText,
    pub(super) tags: Tags,
    pub(super) aliases: VecMap<Alias, VersionNumber>,
    pub(super) versions: Vec<Arc<ModelVersion>>,
    pub(super) last_number: Option<VersionNumber>,
    pub(super) renamed: Rename,
}

impl SavedModel {
    /// Rebuilds the indexes, and refuses what no history can have made.
    pub(super) fn build(self) -> Result<RegisteredModel, &'static str> {
        let mut model = RegisteredModel::new(self.name, self.created, self.description, self.tags);
        model.updated = self.updated;
        model.last_number = self.last_number;
        model.renamed = self.renamed;
        for version in self.versions {
            if Some(version.number) > model.last_number {
                return Err("a version has a number that was never given out");
            }
            if model.versions.contains_key(&version.number) {
                return Err("two versions have the same number");
            }
            if version.written.renames > model.renamed.count {
                return Err("a version has seen more renames than its model");
            }
            if version.stage == Stage::Production && !version.has_been_live {
                return Err("a version is live but has never been live");
            }
            model.insert(version);
        }
        for (alias, number) in &self.aliases {
            if !model.versions.contains_key(number) {
                return Err("an alias points to a version that is not there");
            }
            model.point(alias, Some(*number));
        }
        Ok(model)
    }
}
