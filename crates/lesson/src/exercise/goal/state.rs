//! Conditions of the state: how one stands in a registry, and why.

use super::about::{about, model};
use super::evaluation::{Evaluation, Reason, Status};
use crate::condition::{self, Condition};
use registry::uri::ModelUri;
use registry::{ModelName, Registry, Stage, VersionNumber};

/// Returns how a condition stands in a registry.
pub(super) fn state(condition: &Condition, registry: &Registry) -> Evaluation {
    let about = about(condition, registry);
    if condition.holds_in(registry) {
        return Evaluation {
            status: Status::Met,
            reason: Reason::Holds,
            about,
            for_good: false,
        };
    }
    let reason = why_not(condition, registry);
    let (status, for_good) = match &reason {
        Reason::ModelGone { .. } | Reason::VersionGone { .. } => (Status::Overdone, true),
        // Where a stage is to be empty, there is only something left to do.
        Reason::StageHolds { lacks, .. } if lacks.is_empty() && wants_some(condition) => {
            (Status::Overdone, false)
        }
        Reason::Counted {
            versions, wanted, ..
        } if versions.len() > *wanted && wants_some(condition) => (Status::Overdone, false),
        _ => (Status::NotYet, false),
    };
    Evaluation {
        status,
        reason,
        about,
        for_good,
    }
}

/// Returns whether a condition on the versions in a stage wants some there.
fn wants_some(condition: &Condition) -> bool {
    match condition {
        Condition::StageHolds { versions, .. } => !versions.is_empty(),
        Condition::Count { count, .. } => *count > 0,
        _ => true,
    }
}

/// Returns why a condition does not hold.
fn why_not(condition: &Condition, registry: &Registry) -> Reason {
    if let Some(name) = model(condition)
        && registry.model(name).is_none()
    {
        return Reason::ModelGone {
            model: name.clone(),
        };
    }
    match condition {
        Condition::InStage { model, version, .. } => registry
            .model(model)
            .and_then(|model| model.version(*version))
            .map_or_else(
                || missing(registry, model, *version),
                |found| Reason::VersionIn {
                    version: *version,
                    stage: found.stage(),
                },
            ),
        Condition::StageHolds {
            model,
            stage,
            versions,
        } => {
            let there = in_stage(registry, model, *stage);
            Reason::StageHolds {
                stage: *stage,
                lacks: without(versions, &there),
                also: without(&there, versions),
            }
        }
        Condition::Count {
            model,
            stage,
            count,
        } => Reason::Counted {
            stage: *stage,
            versions: match stage {
                Some(stage) => in_stage(registry, model, *stage),
                None => registry.model(model).map_or_else(Vec::new, |model| {
                    model.versions().map(|version| version.number()).collect()
                }),
            },
            wanted: *count,
        },
        Condition::Answers { uri, .. } | Condition::AnswersAny { uri } => {
            match registry.resolve(uri) {
                Err(_) => Reason::NothingAnswers,
                Ok(found) => Reason::Answers {
                    version: found.version,
                    among: asked_stage(uri)
                        .map(|stage| in_stage(registry, &found.name, stage))
                        .filter(|among| among.len() > 1)
                        .unwrap_or_default(),
                },
            }
        }
        Condition::Exists {
            model,
            version,
            there,
        } => match version {
            Some(version) if *there => missing(registry, model, *version),
            _ => Reason::StillThere { version: *version },
        },
        Condition::AliasAt { model, alias, .. } => Reason::AliasAt {
            version: registry
                .model(model)
                .and_then(|model| model.aliases().get(alias).copied()),
        },
        Condition::Tagged {
            model,
            version,
            key,
            ..
        }
        | Condition::TaggedAny {
            model,
            version,
            key,
            ..
        } => match (condition::tag(registry, model, *version, key), version) {
            (None, Some(version)) => missing(registry, model, *version),
            (found, _) => Reason::TagIs {
                value: found.flatten().cloned(),
            },
        },
        Condition::Loads { .. } | Condition::Accepted | Condition::Refused { .. } => Reason::Secret,
    }
}

/// Returns why a version is not there.
fn missing(registry: &Registry, name: &ModelName, version: VersionNumber) -> Reason {
    let last = registry.model(name).and_then(|model| model.last_number());
    if Some(version) > last {
        Reason::NoVersionYet { version }
    } else {
        Reason::VersionGone { version }
    }
}

fn in_stage(registry: &Registry, name: &ModelName, stage: Stage) -> Vec<VersionNumber> {
    let model = registry.model(name);
    let versions = model.into_iter().flat_map(|model| model.in_stage(stage));
    versions.copied().collect()
}

/// Returns the numbers of a list that are not in the other one.
fn without(list: &[VersionNumber], other: &[VersionNumber]) -> Vec<VersionNumber> {
    let new = list.iter().filter(|number| !other.contains(number));
    new.copied().collect()
}

/// Returns the stage that an address asks for.
fn asked_stage(uri: &str) -> Option<Stage> {
    match ModelUri::parse(uri).ok()? {
        ModelUri::Stage { stage, .. } => Stage::parse(&stage).ok(),
        _ => None,
    }
}
