//! What a condition speaks of.

use super::evaluation::Thing;
use crate::condition::Condition;
use registry::uri::ModelUri;
use registry::{Alias, ModelName, Registry, Stage};

/// Returns the model that a condition speaks of.
pub fn model(condition: &Condition) -> Option<&ModelName> {
    match condition {
        Condition::InStage { model, .. }
        | Condition::StageHolds { model, .. }
        | Condition::Exists { model, .. }
        | Condition::AliasAt { model, .. }
        | Condition::Tagged { model, .. }
        | Condition::TaggedAny { model, .. }
        | Condition::Count { model, .. } => Some(model),
        Condition::Answers { .. }
        | Condition::AnswersAny { .. }
        | Condition::Loads { .. }
        | Condition::Accepted
        | Condition::Refused { .. } => None,
    }
}

/// Returns the model that a condition speaks of, also where it says so in an address.
pub fn concerned(condition: &Condition) -> Option<ModelName> {
    match condition {
        Condition::Answers { uri, .. } | Condition::AnswersAny { uri } => {
            let name = match ModelUri::parse(uri).ok()? {
                ModelUri::Version { name, .. }
                | ModelUri::Stage { name, .. }
                | ModelUri::Latest { name }
                | ModelUri::Alias { name, .. } => name,
            };
            ModelName::parse(&name).ok()
        }
        other => model(other).cloned(),
    }
}

/// Returns what a condition is about, as things stand.
pub(super) fn about(condition: &Condition, registry: &Registry) -> Vec<Thing> {
    let each = |name: &ModelName, stage: Stage| -> Vec<Thing> {
        registry.model(name).map_or_else(Vec::new, |model| {
            let there = model.in_stage(stage).iter();
            there
                .map(|number| Thing::Version(name.clone(), *number))
                .collect()
        })
    };
    let mut things = match condition {
        Condition::InStage { model, version, .. } => {
            vec![Thing::Version(model.clone(), *version)]
        }
        Condition::StageHolds {
            model,
            stage,
            versions,
        } => {
            let mut things = each(model, *stage);
            let wanted = versions.iter();
            things.extend(wanted.map(|number| Thing::Version(model.clone(), *number)));
            things
        }
        Condition::Count {
            model,
            stage: Some(stage),
            ..
        } => each(model, *stage),
        Condition::Count {
            model, stage: None, ..
        } => vec![Thing::Model(model.clone())],
        Condition::Answers { uri, .. } | Condition::AnswersAny { uri } => {
            let wanted = match condition {
                Condition::Answers { version, .. } => *version,
                _ => None,
            };
            let found = registry.resolve(uri).ok().map(|found| found.version);
            let mut things = Vec::new();
            if let Some(name) = concerned(condition) {
                let numbers = found.into_iter().chain(wanted);
                things.extend(numbers.map(|number| Thing::Version(name.clone(), number)));
                things.extend(asked_alias(uri).map(|alias| Thing::Alias(name, alias)));
            }
            things
        }
        Condition::AliasAt {
            model,
            alias,
            version,
        } => {
            let mut things = vec![Thing::Alias(model.clone(), alias.clone())];
            things.extend(version.map(|number| Thing::Version(model.clone(), number)));
            things
        }
        Condition::Exists { model, version, .. }
        | Condition::Tagged { model, version, .. }
        | Condition::TaggedAny { model, version, .. } => vec![version.map_or_else(
            || Thing::Model(model.clone()),
            |number| Thing::Version(model.clone(), number),
        )],
        Condition::Loads { .. } | Condition::Accepted | Condition::Refused { .. } => Vec::new(),
    };
    things.sort();
    things.dedup();
    things
}

/// Returns the alias that an address asks for.
fn asked_alias(uri: &str) -> Option<Alias> {
    match ModelUri::parse(uri).ok()? {
        ModelUri::Alias { alias, .. } => Alias::parse(&alias).ok(),
        _ => None,
    }
}
