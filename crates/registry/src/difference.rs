//! The commands that lead from one registry to another.
//!
//! For what MLflow cannot do in one call: putting an earlier state back, or another registry in its place. The commands
//! are tried on a copy as they are found, so each one follows on those before it. Times are left aside, and so is
//! whether a version was ever live: no command says either.

use std::collections::BTreeSet;

use super::Registry;
use super::command::{Command, Metrics, Tags};
use super::context::Context;
use super::id::{Alias, FreeText, ModelName, Time, VersionNumber};
use super::model::{ModelVersion, RegisteredModel};
use super::rules::RuleSet;
use super::stage::Stage;
use super::uri::ModelUri;

/// How many numbers are used up by versions that are made and deleted at once, for the sake of the next number.
const MAX_FILLERS: u32 = 1_000;

/// The source of such a version. A server wants one.
const FILLER: &str = "s3://my-bucket/model";

/// How one registry comes to be as another one.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Difference {
    /// The commands, in their order, under MLflow's rules.
    pub commands: Vec<Command>,
    /// What no command leads to.
    pub lost: Vec<Lost>,
}

/// What no command leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lost {
    /// A model's versions from this number on: too many numbers before it were given out to versions that are gone.
    Numbers {
        name: ModelName,
        /// The first version that is missing.
        version: VersionNumber,
    },
    /// An alias that MLflow keeps for itself and lets nobody set.
    Alias { name: ModelName, alias: Alias },
}

impl Registry {
    /// Returns the commands that make of this registry the other one.
    pub fn difference(&self, to: &Self) -> Difference {
        let mut way = Way {
            now: self.clone(),
            found: Difference::default(),
        };
        let gone: Vec<ModelName> = self
            .models()
            .filter(|model| to.model(model.name()).is_none_or(|to| !leads_to(model, to)))
            .map(|model| model.name().clone())
            .collect();
        for name in gone {
            way.go(Command::DeleteRegisteredModel { name });
        }
        let mut left: Vec<&RegisteredModel> = to.models().collect();
        while !left.is_empty() {
            // What was copied from another model comes after it; where they are copied in a circle, anyone starts.
            let waits = |model: &&RegisteredModel| {
                model.versions().any(|version| {
                    copied_from(version).is_some_and(|(from, _)| {
                        from != *model.name() && left.iter().any(|other| *other.name() == from)
                    })
                })
            };
            let (mut later, mut ready): (Vec<_>, Vec<_>) = left.iter().copied().partition(waits);
            if ready.is_empty() && !later.is_empty() {
                ready.push(later.remove(0));
            }
            for model in ready {
                way.model(model, to);
            }
            left = later;
        }
        way.found
    }
}

/// Returns whether a model can become another one without being made anew: numbers are never taken back, and neither the source
/// of a version nor the name of a metric can be changed.
fn leads_to(model: &RegisteredModel, to: &RegisteredModel) -> bool {
    model.last_number() <= to.last_number()
        && to
            .versions()
            .filter(|version| Some(version.number()) <= model.last_number())
            .all(|version| {
                model.version(version.number()).is_some_and(|now| {
                    now.source() == version.source()
                        && now.storage() == version.storage()
                        && has_all(version.metrics(), now.metrics())
                })
            })
}

/// Returns whether all names of the second are among those of the first.
fn has_all(metrics: &Metrics, names: &Metrics) -> bool {
    names.keys().all(|name| metrics.contains_key(name))
}

/// Returns the version that a version is a copy of, by what its source says.
fn copied_from(version: &ModelVersion) -> Option<(ModelName, VersionNumber)> {
    // Only what was copied has its files elsewhere than its source says.
    version.storage.as_ref()?;
    match ModelUri::parse(version.source().as_str()) {
        Ok(ModelUri::Version { name, version }) => Some((
            ModelName::parse(&name).ok()?,
            VersionNumber::new(version.parse().ok()?)?,
        )),
        _ => None,
    }
}

/// The commands found so far, and where they lead.
struct Way {
    now: Registry,
    found: Difference,
}

impl Way {
    fn go(&mut self, command: Command) {
        let context = Context::new(Time::default(), RuleSet::Mlflow);
        if self.now.apply(&context, &command).is_ok() {
            self.found.commands.push(command);
        }
    }

    /// Leads one model to how it is in `to`.
    fn model(&mut self, model: &RegisteredModel, to: &Registry) {
        let name = model.name();
        if self.now.model(name).is_none() {
            self.go(Command::CreateRegisteredModel {
                name: name.clone(),
                description: model.description().clone(),
                tags: model.tags().clone(),
            });
        }
        self.describe(model);
        self.numbers(model, to);
        for version in model.versions() {
            self.version(name, version);
        }
        self.aliases(model);
    }

    fn describe(&mut self, model: &RegisteredModel) {
        let name = model.name();
        let Some(now) = self.now.model(name) else {
            return;
        };
        let (description, tags) = (now.description().clone(), now.tags().clone());
        if description != *model.description() {
            self.go(Command::UpdateRegisteredModel {
                name: name.clone(),
                description: model.description().clone(),
            });
        }
        for key in tags.keys().filter(|key| !model.tags().contains_key(*key)) {
            self.go(Command::DeleteRegisteredModelTag {
                name: name.clone(),
                key: key.clone(),
            });
        }
        for (key, value) in model.tags() {
            if tags.get(key) != Some(value) {
                self.go(Command::SetRegisteredModelTag {
                    name: name.clone(),
                    key: key.clone(),
                    value: value.clone(),
                });
            }
        }
    }

    /// Deletes the versions that are too many and makes those that are missing, each under its number.
    fn numbers(&mut self, model: &RegisteredModel, to: &Registry) {
        let name = model.name();
        let Some(now) = self.now.model(name) else {
            return;
        };
        let mut last = now.last_number();
        let there: BTreeSet<VersionNumber> = now.versions().map(ModelVersion::number).collect();
        for version in there {
            if model.version(version).is_none() {
                self.delete(name, version);
            }
        }
        let mut fillers = 0;
        while last < model.last_number() {
            let next = last.map_or(Some(VersionNumber::FIRST), VersionNumber::next);
            let Some(number) = next else { return };
            if let Some(version) = model.version(number) {
                self.create(name, version, to);
            } else if fillers < MAX_FILLERS {
                fillers += 1;
                self.go(Command::CreateModelVersion {
                    name: name.clone(),
                    source: FreeText::parse(FILLER).unwrap_or_default(),
                    description: FreeText::default(),
                    tags: Tags::new(),
                    metrics: Metrics::new(),
                });
                self.delete(name, number);
            } else {
                self.found.lost.push(Lost::Numbers {
                    name: name.clone(),
                    version: number,
                });
                return;
            }
            last = Some(number);
        }
    }

    fn delete(&mut self, name: &ModelName, version: VersionNumber) {
        self.go(Command::DeleteModelVersion {
            name: name.clone(),
            version,
        });
    }

    /// Makes a version: as a copy where it was one, and what it was copied from is there.
    fn create(&mut self, name: &ModelName, version: &ModelVersion, to: &Registry) {
        if let Some((from, number)) = copied_from(version) {
            let found = self
                .now
                .model(&from)
                .and_then(|model| model.version(number));
            let is_same = found.is_some_and(|found| {
                found.storage() == version.storage() && has_all(version.metrics(), found.metrics())
            });
            if is_same && to.model(&from).is_some() {
                return self.go(Command::CopyModelVersion {
                    name: from,
                    version: number,
                    dst_name: name.clone(),
                });
            }
        }
        self.go(Command::CreateModelVersion {
            name: name.clone(),
            source: version.source().clone(),
            description: version.description().clone(),
            tags: version.tags().clone(),
            metrics: version.metrics().clone(),
        });
    }

    /// Leads one version to how it is to be.
    fn version(&mut self, name: &ModelName, to: &ModelVersion) {
        let number = to.number();
        let now = self.now.model(name).and_then(|model| model.version(number));
        let Some(now) = now.cloned() else { return };
        if now.description() != to.description() {
            self.go(Command::UpdateModelVersion {
                name: name.clone(),
                version: number,
                description: to.description().clone(),
            });
        }
        for key in now
            .tags()
            .keys()
            .filter(|key| !to.tags().contains_key(*key))
        {
            self.go(Command::DeleteModelVersionTag {
                name: name.clone(),
                version: number,
                key: key.clone(),
            });
        }
        for (key, value) in to.tags() {
            if now.tags().get(key) != Some(value) {
                self.go(Command::SetModelVersionTag {
                    name: name.clone(),
                    version: number,
                    key: key.clone(),
                    value: value.clone(),
                });
            }
        }
        for (key, value) in to.metrics() {
            if now.metrics().get(key) != Some(value) {
                self.go(Command::LogMetric {
                    name: name.clone(),
                    version: number,
                    key: key.clone(),
                    value: *value,
                });
            }
        }
        if now.stage() != to.stage() {
            self.stage(name, number, to.stage());
        }
    }

    fn stage(&mut self, name: &ModelName, version: VersionNumber, stage: Stage) {
        self.go(Command::TransitionModelVersionStage {
            name: name.clone(),
            version,
            stage,
            archive_existing_versions: false,
        });
    }

    fn aliases(&mut self, model: &RegisteredModel) {
        let name = model.name();
        let Some(now) = self.now.model(name).map(|now| now.aliases().clone()) else {
            return;
        };
        for alias in now
            .keys()
            .filter(|alias| !model.aliases().contains_key(*alias))
        {
            self.go(Command::DeleteRegisteredModelAlias {
                name: name.clone(),
                alias: alias.clone(),
            });
        }
        for (alias, version) in model.aliases() {
            if now.get(alias) == Some(version) {
                continue;
            }
            if alias.check_not_reserved().is_err() {
                self.found.lost.push(Lost::Alias {
                    name: name.clone(),
                    alias: alias.clone(),
                });
                continue;
            }
            self.go(Command::SetRegisteredModelAlias {
                name: name.clone(),
                alias: alias.clone(),
                version: *version,
            });
        }
    }
}
