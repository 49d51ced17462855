//! What several parts of a pack have: rules, models, versions, stages, tags, what an app loads, sources, commands.

use serde_json::{Map, Value};

use super::fields::{Fields, Problems};
use super::{Act, Expected, Id, Loads, Wrong};
use registry::json::{self, FromJson};
use registry::{Alias, Command, ModelName, RuleSet, Stage, TagKey, TagValue, VersionNumber};

/// In a pack, a version's source may be left out.
fn with_defaults(mut value: Value) -> Value {
    if let Value::Object(map) = &mut value
        && map.get("do").and_then(Value::as_str) == Some("create_model_version")
        && !map.contains_key("source")
    {
        map.insert("source".to_owned(), Value::String(String::new()));
    }
    value
}

/// Returns the rules, if they are said.
pub(super) fn rules(from: &mut Fields) -> Option<RuleSet> {
    if !from.has("rules") {
        return None;
    }
    from.parsed("rules", Expected::Rules, |value| {
        RuleSet::named(value.as_str()?)
    })
}

/// Returns the rules, which must be said.
pub(super) fn rules_needed(from: &mut Fields) -> RuleSet {
    rules(from).unwrap_or_else(|| {
        from.wrong("rules", Wrong::Missing);
        RuleSet::Guided
    })
}

#[expect(
    clippy::expect_used,
    reason = "the name is written here; a test reads a pack without a model"
)]
pub(super) fn model(from: &mut Fields) -> ModelName {
    let named = |name: &str| ModelName::parse(name).ok();
    from.parsed("model", Expected::Model, |value| named(value.as_str()?))
        .or_else(|| named("missing"))
        .expect("a good name")
}

pub(super) fn as_version(value: &Value) -> Option<VersionNumber> {
    VersionNumber::new(u32::try_from(value.as_u64()?).ok()?)
}

pub(super) fn as_stage(value: &Value) -> Option<Stage> {
    let name = value.as_str()?;
    Stage::ALL.into_iter().find(|stage| stage.as_str() == name)
}

/// Reads a command; what is wrong with it is told of its field.
pub(super) fn command(value: Value, place: &str, problems: &Problems) -> Option<Command> {
    let value = with_defaults(value);
    let mut error = match Command::from_json(value.clone()) {
        Ok(command) => return Some(command),
        Err(error) => error,
    };
    if error.0 == "name" {
        // The name is read first; but which method it is matters more.
        let mut named = value.as_object().cloned().unwrap_or_default();
        named.insert("name".to_owned(), Value::String("m".to_owned()));
        error = Command::from_json(Value::Object(named))
            .err()
            .filter(|other| other.0 == "do")
            .unwrap_or(error);
    }
    let Value::Object(map) = value else {
        problems.add(place, Wrong::expected(Expected::Command, &value));
        return None;
    };
    let method = map.get("do").and_then(Value::as_str).unwrap_or_default();
    match (belongs(method, error.0), map.get(error.0)) {
        (Some(_), None) => problems.add(&format!("{place}.{}", error.0), Wrong::Missing),
        (Some(what), Some(found)) => {
            problems.add(
                &format!("{place}.{}", error.0),
                Wrong::expected(what, found),
            );
        }
        (None, _) if error.0 == json::UNKNOWN_FIELD => {
            for key in map.keys().filter(|key| is_unknown(&map, key)) {
                problems.add(&format!("{place}.{key}"), Wrong::Unknown);
            }
        }
        (None, _) => problems.add(place, Wrong::Expected(Expected::Command)),
    }
    None
}

/// Returns what belongs into a field of a command; nothing for what is no field.
fn belongs(method: &str, field: &str) -> Option<Expected> {
    let is_metric = method == "log_metric";
    Some(match field {
        "do" => Expected::Do,
        "name" | "new_name" | "dst_name" => Expected::Model,
        "version" => Expected::Version,
        "stage" => Expected::Stage,
        "alias" => Expected::Alias,
        "key" if is_metric => Expected::MetricName,
        "value" if is_metric => Expected::MetricValue,
        "key" => Expected::TagKey,
        "value" => Expected::TagValue,
        "tags" => Expected::Tags,
        "metrics" => Expected::Metrics,
        "source" | "description" => Expected::Text,
        "archive_existing_versions" => Expected::Flag,
        _ => return None,
    })
}

/// Returns whether a field is none of the command's, which is right but for such fields.
fn is_unknown(map: &Map<String, Value>, key: &str) -> bool {
    let is_right_with = |keep: &dyn Fn(&str) -> bool| {
        // To collect a map would take 2 KB more, for it sorts first.
        let mut kept = Map::new();
        for (key, value) in map.iter().filter(|(key, _)| keep(key)) {
            kept.insert(key.clone(), value.clone());
        }
        Command::from_json(Value::Object(kept))
    };
    let is_needed = |key: &str| {
        let without = is_right_with(&|other| other != key);
        without.is_err_and(|error| error.0 == key)
    };
    !is_needed(key) && is_right_with(&|other| other == key || is_needed(other)).is_err()
}

/// Returns what is done: a text of the console, or a command.
pub(super) fn acts(from: &mut Fields, key: &str) -> Vec<Act> {
    let acts = from.list(key).into_iter();
    acts.filter_map(|(place, value)| match value {
        Value::String(text) => Some(Act::Say(text)),
        other => command(other, &place, from.problems).map(Act::Do),
    })
    .collect()
}

pub(super) fn version(from: &mut Fields) -> Option<VersionNumber> {
    from.parsed("version", Expected::Version, as_version)
}

pub(super) fn stage(from: &mut Fields) -> Option<Stage> {
    from.parsed("stage", Expected::Stage, as_stage)
}

/// Versions, as a list of their numbers.
pub(super) fn versions(from: &mut Fields) -> Option<Vec<VersionNumber>> {
    from.parsed("versions", Expected::Versions, |value| {
        value.as_array()?.iter().map(as_version).collect()
    })
}

/// Returns the key of a tag.
pub(super) fn tag_key(from: &mut Fields) -> Option<TagKey> {
    from.parsed("key", Expected::TagKey, |value| {
        TagKey::parse(value.as_str()?).ok()
    })
}

/// Returns the values that a tag may have, at least one.
pub(super) fn tag_values(from: &mut Fields) -> Option<Vec<TagValue>> {
    from.parsed("values", Expected::TagValues, |value| {
        let values = value.as_array()?.iter();
        let values: Option<Vec<_>> = values
            .map(|value| TagValue::parse(value.as_str()?).ok())
            .collect();
        values.filter(|values| !values.is_empty())
    })
}

/// Returns what an app loads, if it is said.
pub(super) fn loads(from: &mut Fields) -> Option<Loads> {
    if !from.has("loads") {
        return None;
    }
    from.parsed("loads", Expected::Loads, as_loads)
}

fn as_loads(value: &Value) -> Option<Loads> {
    if let Some(number) = as_version(value) {
        return Some(Loads::Version(number));
    }
    let text = value.as_str()?;
    if let Some(alias) = text.strip_prefix('@') {
        return Alias::parse(alias).ok().map(Loads::Alias);
    }
    Some(as_stage(value).map_or_else(|| Loads::File(text.to_owned()), Loads::Stage))
}

/// Returns the sources that something names.
pub(super) fn source_ids(from: &mut Fields) -> Vec<Id> {
    let ids = from.list("sources").into_iter();
    ids.filter_map(|(place, value)| {
        let id = value.as_str().and_then(Id::parse);
        if id.is_none() {
            from.problems
                .add(&place, Wrong::expected(Expected::Source, &value));
        }
        id
    })
    .collect()
}
