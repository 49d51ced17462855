//! Replays recordings of the real MLflow through the registry and reports every difference.
//!
//! A recording is JSON Lines, one trace a line: `{"layer": "client"|"store", "steps": [{"call", "args", "ok",
//! "error_code", "error_message", "result", "state", "dt"}]}`. Times are a logical clock: the index of the step.

use registry::call::{ApiLayer, Query, Question, RawCall, Request, VersionArgument, Written};
use registry::{
    Command, Context, ModelVersion, RefusalKind, RegisteredModel, Registry, RuleSet, Tags, Time,
};
use serde_json::{Map, Value, json};

/// What a replay came to.
#[derive(Default)]
pub struct Report {
    /// Traces read.
    pub traces: usize,
    /// Steps replayed.
    pub steps: usize,
    /// What differed, a line each.
    pub differences: Vec<String>,
}

impl Report {
    /// Replays every trace of a file's text.
    ///
    /// # Errors
    /// What is wrong with the text, with its line.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        for (at, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let trace: Value =
                serde_json::from_str(line).map_err(|error| format!("line {}: {error}", at + 1))?;
            self.replay(&trace)
                .map_err(|error| format!("line {}: {error}", at + 1))?;
        }
        Ok(())
    }

    fn replay(&mut self, trace: &Value) -> Result<(), String> {
        let layer = match trace["layer"].as_str() {
            Some("client") => ApiLayer::Client,
            Some("store") => ApiLayer::Store,
            other => return Err(format!("no such layer: {other:?}")),
        };
        let steps = trace["steps"].as_array().ok_or("a trace has no steps")?;
        let mut registry = Registry::default();
        for (index, step) in steps.iter().enumerate() {
            let call = step["call"].as_str().unwrap_or_default();
            let mut got = run(&mut registry, layer, index as u64, call, &step["args"])?;
            let mut expected = json!({
                "ok": step["ok"], "error_code": step["error_code"], "error_message": step["error_message"],
                "result": step.get("result").cloned().unwrap_or(Value::Null), "state": step["state"], "dt": step["dt"],
            });
            soften(call, &mut expected);
            soften(call, &mut got);
            for key in ["ok", "error_code", "error_message", "result", "state", "dt"] {
                if expected[key] != got[key] {
                    self.differences.push(format!(
                        "trace {} (seed {}), step {index}, {call} {}: {key}: expected {}, got {}",
                        self.traces, trace["seed"], step["args"], expected[key], got[key]
                    ));
                }
            }
            self.steps += 1;
        }
        self.traces += 1;
        Ok(())
    }
}

/// What the recordings leave open: a rename's "already exists" ends in raw SQL, and the order of
/// `get_latest_versions` is not promised.
fn soften(call: &str, outcome: &mut Value) {
    if call == "rename_registered_model"
        && let Some(message) = outcome["error_message"].as_str()
        && let Some((start, _sql)) = message.split_once(" already exists. Error: ")
    {
        outcome["error_message"] = json!(start);
    }
    if call == "get_latest_versions"
        && let Some(versions) = outcome["result"].as_array_mut()
    {
        versions.sort_by_key(ToString::to_string);
    }
}

fn run(
    registry: &mut Registry,
    layer: ApiLayer,
    now: u64,
    name: &str,
    args: &Value,
) -> Result<Value, String> {
    let call = read_call(name, args)?;
    let outcome = call
        .read(registry, layer)
        .and_then(|request| perform(registry, now, &request));
    let (ok, code, message, result) = match outcome {
        Ok(result) => (true, Value::Null, Value::Null, result),
        Err(kind) => (
            false,
            json!(kind.code().as_str()),
            json!(kind.to_string()),
            Value::Null,
        ),
    };
    Ok(json!({
        "ok": ok, "error_code": code, "error_message": message, "result": result,
        "state": state(registry), "dt": moved(registry, now),
    }))
}

fn perform(registry: &mut Registry, now: u64, request: &Request) -> Result<Value, RefusalKind> {
    match request {
        Request::Command(command) => {
            let context = Context::new(Time(now), RuleSet::Mlflow);
            registry
                .apply(&context, command)
                .map_err(|refusal| refusal.kind)?;
            Ok(answer_to(registry, command))
        }
        Request::Query(query) => ask(registry, query),
    }
}

/// The version that MLflow gives back for those commands that give one.
fn answer_to(registry: &Registry, command: &Command) -> Value {
    let (name, number) = match command {
        Command::TransitionModelVersionStage { name, version, .. }
        | Command::UpdateModelVersion { name, version, .. } => (name, Some(*version)),
        Command::CreateModelVersion { name, .. }
        | Command::CopyModelVersion { dst_name: name, .. } => {
            (name, registry.model(name).and_then(RegisteredModel::newest))
        }
        _ => return Value::Null,
    };
    let found = registry.model(name).and_then(|model| {
        let version = model.version(number?)?;
        Some(show(model, version))
    });
    found.unwrap_or(Value::Null)
}

fn ask(registry: &Registry, query: &Query) -> Result<Value, RefusalKind> {
    let model_of = |name| {
        registry
            .model(name)
            .ok_or_else(|| RefusalKind::ModelNotFound {
                name: Clone::clone(name),
            })
    };
    Ok(match query {
        Query::Model { name } => {
            model_of(name)?;
            Value::Null
        }
        Query::Version { name, version } => {
            let found = registry.get_model_version(name, &(*version).into())?;
            show(model_of(name)?, found)
        }
        Query::ByAlias { name, alias } => {
            let found = registry.get_model_version_by_alias(name, alias)?;
            show(model_of(name)?, found)
        }
        Query::Latest { name, stages } => registry
            .get_latest_versions(name, stages)?
            .into_iter()
            .map(|version| {
                json!({"version": version.number().to_string(), "stage": version.stage().as_str()})
            })
            .collect(),
        Query::Uri { uri } => {
            let found = registry.resolve(uri)?;
            json!({"name": found.name.as_str(), "version": found.written, "source": found.source.as_str()})
        }
    })
}

fn show(model: &RegisteredModel, version: &ModelVersion) -> Value {
    let mut aliases: Vec<&str> = model
        .aliases_of(version.number())
        .map(|alias| alias.as_str())
        .collect();
    aliases.sort_unstable();
    json!({
        "name": model.name().as_str(), "version": version.number().to_string(),
        "stage": version.stage().as_str(), "aliases": aliases,
    })
}

fn state(registry: &Registry) -> Value {
    let models = registry.models().map(|model| {
        let versions: Map<String, Value> = model
            .versions()
            .map(|version| {
                let number = version.number();
                let updated = model.version_updated(number).map(|time| time.0);
                let shown = json!({
                    "stage": version.stage().as_str(), "tags": tags(version.tags()),
                    "source": version.source().as_str(), "updated": updated,
                });
                (number.to_string(), shown)
            })
            .collect();
        let aliases: Map<String, Value> = model
            .aliases()
            .iter()
            .map(|(alias, number)| (alias.to_string(), json!(number.to_string())))
            .collect();
        let shown = json!({
            "tags": tags(model.tags()), "aliases": aliases, "updated": model.updated().0, "versions": versions,
        });
        (model.name().to_string(), shown)
    });
    Value::Object(models.collect())
}

fn tags(tags: &Tags) -> Value {
    let tags = tags.iter();
    Value::Object(
        tags.map(|(key, value)| (key.to_string(), json!(value.as_str())))
            .collect(),
    )
}

fn moved(registry: &Registry, now: u64) -> Value {
    let mut moved = Vec::new();
    for model in registry.models() {
        if model.updated() == Time(now) {
            moved.push(model.name().to_string());
        }
        for version in model.versions() {
            if model.version_updated(version.number()) == Some(Time(now)) {
                moved.push(format!("{}/{}", model.name(), version.number()));
            }
        }
    }
    moved.sort();
    json!(moved)
}

fn read_call(call: &str, args: &Value) -> Result<RawCall, String> {
    let text = |key: &str| match &args[key] {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(format!("{call}: argument {key} is {other}")),
    };
    let tagged = || {
        Ok::<_, String>(match &args["version"] {
            Value::Null => VersionArgument::Missing,
            Value::String(text) if text.is_empty() => VersionArgument::Missing,
            Value::Number(number) if number.as_f64() == Some(0.0) => VersionArgument::Zero,
            _ => VersionArgument::Given(text("version")?),
        })
    };
    let text_or_none = |key: &str| args[key].as_str().unwrap_or_default().to_owned();
    let written = |key: &str| -> Written {
        let items = args[key].as_object().into_iter().flatten();
        items
            .map(|(key, value)| {
                let value = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                (key.clone(), value)
            })
            .collect()
    };
    let name = || text("name");
    Ok(match call {
        "create_registered_model" => RawCall::CreateRegisteredModel {
            name: name()?,
            tags: written("tags"),
            description: text_or_none("description"),
        },
        "rename_registered_model" => RawCall::RenameRegisteredModel {
            name: name()?,
            new_name: text("new_name")?,
        },
        "update_registered_model" => RawCall::UpdateRegisteredModel {
            name: name()?,
            description: text("description")?,
        },
        "delete_registered_model" => RawCall::DeleteRegisteredModel { name: name()? },
        "set_registered_model_tag" => RawCall::SetRegisteredModelTag {
            name: name()?,
            key: text("key")?,
            value: text("value")?,
        },
        "delete_registered_model_tag" => RawCall::DeleteRegisteredModelTag {
            name: name()?,
            key: text("key")?,
        },
        "set_registered_model_alias" => RawCall::SetRegisteredModelAlias {
            name: name()?,
            alias: text("alias")?,
            version: text("version")?,
        },
        "delete_registered_model_alias" => RawCall::DeleteRegisteredModelAlias {
            name: name()?,
            alias: text("alias")?,
        },
        "create_model_version" => RawCall::CreateModelVersion {
            name: name()?,
            source: text("source")?,
            tags: written("tags"),
            description: text_or_none("description"),
            metrics: Written::new(),
        },
        "copy_model_version" => RawCall::CopyModelVersion {
            src_model_uri: text("src_model_uri")?,
            dst_name: text("dst_name")?,
        },
        "update_model_version" => RawCall::UpdateModelVersion {
            name: name()?,
            version: text("version")?,
            description: text("description")?,
        },
        "delete_model_version" => RawCall::DeleteModelVersion {
            name: name()?,
            version: text("version")?,
        },
        "transition_model_version_stage" => RawCall::TransitionModelVersionStage {
            name: name()?,
            version: text("version")?,
            stage: text("stage")?,
            archive_existing_versions: args["archive_existing_versions"] == json!(true),
        },
        "set_model_version_tag" => RawCall::SetModelVersionTag {
            name: name()?,
            version: tagged()?,
            key: text("key")?,
            value: text("value")?,
        },
        "delete_model_version_tag" => RawCall::DeleteModelVersionTag {
            name: name()?,
            version: tagged()?,
            key: text("key")?,
        },
        "get_registered_model" => RawCall::Ask(Question::GetRegisteredModel { name: name()? }),
        "get_model_version_by_alias" => RawCall::Ask(Question::GetModelVersionByAlias {
            name: name()?,
            alias: text("alias")?,
        }),
        "get_model_version" => RawCall::Ask(Question::GetModelVersion {
            name: name()?,
            version: text("version")?,
        }),
        "get_latest_versions" => RawCall::Ask(Question::GetLatestVersions {
            name: name()?,
            stages: args["stages"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|stage| stage.as_str().map(str::to_owned))
                .collect(),
        }),
        "resolve_uri" => RawCall::Ask(Question::ResolveUri { uri: text("uri")? }),
        other => return Err(format!("no such call: {other}")),
    })
}
