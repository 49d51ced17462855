//! Models and versions as JSON, with the fields that MLflow's client gives them.

use serde_json::{Value, json};

use super::kept::Kept;
use crate::runs;
use registry::{ModelVersion, RegisteredModel, Stage, Tags, VersionNumber};

/// Tags in the order in which they were set, as pairs.
fn tags(tags: &Tags, order: &[String]) -> Value {
    let place = |key: &str| order.iter().position(|it| it == key).unwrap_or(0);
    let mut pairs: Vec<_> = tags
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .collect();
    pairs.sort_by_key(|(key, _)| place(key));
    pairs
        .into_iter()
        .map(|(key, value)| json!([key, value]))
        .collect()
}

/// A description; an empty one is none, unless it was given.
fn description(text: &str, is_given: bool) -> Value {
    if text.is_empty() && !is_given {
        Value::Null
    } else {
        json!(text)
    }
}

/// A version. On a database, MLflow fills in the aliases only where one version is asked for.
pub fn version(
    model: &RegisteredModel,
    version: &ModelVersion,
    kept: &Kept,
    with_aliases: bool,
) -> Value {
    let number = version.number();
    let aliases: Vec<&str> = if with_aliases {
        let aliases = model.aliases_of(number);
        aliases.map(registry::Alias::as_str).collect()
    } else {
        Vec::new()
    };
    let kept = kept.of(model.name().as_str(), Some(number));
    // Every version has a run of its own here, unless this Python has created it and said otherwise.
    let run_id = match kept.created {
        Some(true) => kept.run_id.clone(),
        _ => Some(runs::id_of(model.name(), number)),
    };
    let source = (!kept.has_no_source).then(|| version.source().as_str());
    json!({
        "name": model.name().as_str(),
        "version": number.get(),
        "creation_timestamp": version.created().0,
        "last_updated_timestamp": model.version_updated(number).unwrap_or(version.created()).0,
        "description": description(version.description().as_str(), kept.is_described),
        "current_stage": version.stage().as_str(),
        "source": source,
        "run_id": run_id,
        "run_link": kept.run_link,
        "tags": tags(version.tags(), &kept.tags),
        "aliases": aliases,
    })
}

/// The newest version in each stage, in MLflow's order: a stage stands where its first version does.
pub fn latest(model: &RegisteredModel) -> Vec<VersionNumber> {
    let first = |stage: &Stage| model.in_stage(*stage).first().copied();
    let mut stages = Stage::ALL;
    stages.sort_by_key(first);
    stages
        .into_iter()
        .filter_map(|stage| model.newest_in(stage))
        .collect()
}

/// A model. A search has its newest versions by the names of their stages.
pub fn model(model: &RegisteredModel, kept: &Kept, is_found: bool) -> Value {
    let mine = kept.of(model.name().as_str(), None);
    let mut newest = latest(model);
    if is_found {
        newest.sort_by_key(|number| model.version(*number).map(|it| it.stage().as_str()));
    }
    let newest = newest.into_iter();
    let newest = newest.filter_map(|number| model.version(number));
    let latest: Vec<Value> = newest
        .map(|found| version(model, found, kept, false))
        .collect();
    let aliases: Vec<Value> = model
        .aliases()
        .iter()
        .map(|(alias, number)| json!([alias.as_str(), number.get()]))
        .collect();
    json!({
        "name": model.name().as_str(),
        "creation_timestamp": model.created().0,
        "last_updated_timestamp": model.updated().0,
        "description": description(model.description().as_str(), mine.is_described),
        "latest_versions": latest,
        "tags": tags(model.tags(), &mine.tags),
        "aliases": aliases,
    })
}
