//! MLflow's objects of the simulated registry, with the fields that MLflow 3.17.2 gives them.

use super::super::runs::{self, Run};
use super::value::{Class, Value};
use crate::registry::{ModelVersion, RegisteredModel, Sorted, TagKey, TagValue, Time};

/// The fields of a `ModelVersion`.
pub const VERSION_FIELDS: [&str; 19] = [
    "aliases",
    "creation_timestamp",
    "current_stage",
    "deployment_job_state",
    "description",
    "last_updated_timestamp",
    "metrics",
    "model_id",
    "name",
    "params",
    "run_id",
    "run_link",
    "source",
    "status",
    "status_message",
    "tags",
    "user_id",
    "version",
    "workspace",
];

/// The fields of a `RegisteredModel`.
pub const MODEL_FIELDS: [&str; 10] = [
    "aliases",
    "creation_timestamp",
    "deployment_job_id",
    "deployment_job_state",
    "description",
    "last_updated_timestamp",
    "latest_versions",
    "name",
    "tags",
    "workspace",
];

fn tags(tags: &Sorted<TagKey, TagValue>) -> Value {
    Value::texts(
        tags.iter()
            .map(|(key, value)| (key.as_str(), value.as_str())),
    )
}

const fn time(at: Time) -> u64 {
    at.0
}

/// A `ModelVersion`. On a database, MLflow fills in the aliases only where one version is asked for.
#[must_use]
pub fn version(model: &RegisteredModel, version: &ModelVersion, with_aliases: bool) -> Value {
    let number = version.number();
    let aliases = if with_aliases {
        let aliases = model.aliases_of(number);
        aliases.map(|alias| Value::text(alias.as_str())).collect()
    } else {
        Vec::new()
    };
    let updated = model.version_updated(number).unwrap_or_default();
    Value::object(
        Class::ModelVersion,
        vec![
            (
                "aliases",
                Value::list(aliases, false).unwrap_or(Value::None),
            ),
            ("creation_timestamp", Value::int(time(version.created()))),
            ("current_stage", Value::text(version.stage().as_str())),
            ("deployment_job_state", Value::None),
            (
                "description",
                Value::text_or_none(version.description().as_str()),
            ),
            ("last_updated_timestamp", Value::int(time(updated))),
            ("metrics", Value::None),
            ("model_id", Value::None),
            ("name", Value::text(model.name().as_str())),
            ("params", Value::None),
            ("run_id", Value::text(&runs::id_of(model.name(), number))),
            ("run_link", Value::None),
            ("source", Value::text(version.source().as_str())),
            ("status", Value::text("READY")),
            ("status_message", Value::None),
            ("tags", tags(version.tags())),
            ("user_id", Value::None),
            ("version", Value::int(number.get().into())),
            ("workspace", Value::text("default")),
        ],
    )
}

/// A `RegisteredModel`.
#[must_use]
pub fn model(model: &RegisteredModel) -> Value {
    let aliases = model
        .aliases()
        .iter()
        .map(|(alias, number)| (Value::text(alias.as_str()), Value::int(number.get().into())));
    let stages = crate::registry::Stage::ALL.into_iter();
    let mut newest: Vec<_> = stages.filter_map(|stage| model.newest_in(stage)).collect();
    newest.sort_unstable();
    let latest = newest
        .into_iter()
        .filter_map(|number| model.version(number));
    let latest = latest.map(|found| version(model, found, false)).collect();
    Value::object(
        Class::RegisteredModel,
        vec![
            (
                "aliases",
                Value::dict(aliases.collect()).unwrap_or(Value::None),
            ),
            ("creation_timestamp", Value::int(time(model.created()))),
            ("deployment_job_id", Value::None),
            ("deployment_job_state", Value::None),
            (
                "description",
                Value::text_or_none(model.description().as_str()),
            ),
            ("last_updated_timestamp", Value::int(time(model.updated()))),
            (
                "latest_versions",
                Value::list(latest, false).unwrap_or(Value::None),
            ),
            ("name", Value::text(model.name().as_str())),
            ("tags", tags(model.tags())),
            ("workspace", Value::text("default")),
        ],
    )
}

/// A `Run` that was made in the console.
#[must_use]
pub fn own_run(run: &Run, id: &str, at: Time, is_active: bool) -> Value {
    let class = if is_active {
        Class::ActiveRun
    } else {
        Class::Run
    };
    let name = if run.name.is_empty() { id } else { &run.name };
    let metrics = run.metrics.iter();
    let metrics = metrics.map(|(key, value)| (key.as_str(), value.clone()));
    a_run(class, id, name, at, metrics, "RUNNING")
}

/// The `Run` of a version.
#[must_use]
pub fn run_of(model: &RegisteredModel, version: &ModelVersion) -> Value {
    let id = runs::id_of(model.name(), version.number());
    let metrics = version.metrics().iter();
    let metrics = metrics.map(|(key, value)| (key.as_str(), value.to_string()));
    a_run(Class::Run, &id, &id, version.created(), metrics, "FINISHED")
}

fn a_run<'m>(
    class: Class,
    id: &str,
    name: &str,
    at: Time,
    metrics: impl Iterator<Item = (&'m str, String)>,
    status: &str,
) -> Value {
    let empty = || Value::dict(Vec::new()).unwrap_or(Value::None);
    let metrics = metrics.map(|(key, value)| (Value::text(key), Value::float(&value)));
    let data = Value::object(
        Class::RunData,
        vec![
            (
                "metrics",
                Value::dict(metrics.collect()).unwrap_or(Value::None),
            ),
            ("params", empty()),
            ("tags", Value::texts([("mlflow.runName", name)].into_iter())),
        ],
    );
    let info = Value::object(
        Class::RunInfo,
        vec![
            (
                "artifact_uri",
                Value::text(&format!("mlflow-artifacts:/0/{id}/artifacts")),
            ),
            ("end_time", Value::None),
            ("experiment_id", Value::text("0")),
            ("lifecycle_stage", Value::text("active")),
            ("run_id", Value::text(id)),
            ("run_name", Value::text(name)),
            ("start_time", Value::int(time(at))),
            ("status", Value::text(status)),
            ("user_id", Value::text("you")),
        ],
    );
    let inputs = Value::object(
        Class::RunInputs,
        vec![
            (
                "dataset_inputs",
                Value::list(Vec::new(), false).unwrap_or(Value::None),
            ),
            (
                "model_inputs",
                Value::list(Vec::new(), false).unwrap_or(Value::None),
            ),
        ],
    );
    Value::object(
        class,
        vec![
            ("data", data),
            ("info", info),
            ("inputs", inputs),
            ("outputs", Value::None),
        ],
    )
}
