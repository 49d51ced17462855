//! Reading a condition.

use super::Expected;
use super::fields::{Fields, each_read};
use super::values::{as_version, model, stage, tag_key, tag_values, version, versions};
use crate::condition::Condition;
use registry::{Alias, TagValue, VersionNumber};

/// Reads conditions.
pub(super) fn conditions(from: &mut Fields, key: &str) -> Vec<Condition> {
    each_read(from, key, condition)
}

pub(super) fn condition(from: &mut Fields) -> Option<Condition> {
    let is = from.text("is");
    Some(match is.as_str() {
        "stage" => Condition::InStage {
            model: model(from),
            version: version(from)?,
            stage: stage(from)?,
        },
        "in_stage" => {
            let model = model(from);
            let stage = stage(from)?;
            let mut versions = versions(from)?;
            versions.sort_unstable();
            Condition::StageHolds {
                model,
                stage,
                versions,
            }
        }
        "answers" => Condition::Answers {
            uri: from.text("uri"),
            version: version_or_null(from)?,
        },
        "exists" | "gone" => Condition::Exists {
            model: model(from),
            version: version_if(from),
            there: is == "exists",
        },
        "alias" => Condition::AliasAt {
            model: model(from),
            alias: from.parsed("alias", Expected::Alias, |value| {
                Alias::parse(value.as_str()?).ok()
            })?,
            version: version_or_null(from)?,
        },
        "tag" => Condition::Tagged {
            model: model(from),
            version: version_if(from),
            key: tag_key(from)?,
            value: from.parsed("value", Expected::TagValueOrNull, |value| {
                if value.is_null() {
                    Some(None)
                } else {
                    TagValue::parse(value.as_str()?).ok().map(Some)
                }
            })?,
        },
        "tag_any" => Condition::TaggedAny {
            model: model(from),
            version: version_if(from),
            key: tag_key(from)?,
            values: tag_values(from)?,
        },
        "count" => Condition::Count {
            model: model(from),
            stage: if from.has("stage") {
                Some(stage(from)?)
            } else {
                None
            },
            count: from.parsed("count", Expected::Number, |value| {
                usize::try_from(value.as_u64()?).ok()
            })?,
        },
        "answers_any" => Condition::AnswersAny {
            uri: from.text("uri"),
        },
        "loads" => Condition::Loads {
            version: version_or_null(from)?,
        },
        "accepted" => Condition::Accepted,
        "refused" => Condition::Refused {
            by: from.text("by"),
        },
        _ => {
            from.of_no_kind("is", &is, Expected::Condition);
            return None;
        }
    })
}

/// Returns a version, or null.
fn version_or_null(from: &mut Fields) -> Option<Option<VersionNumber>> {
    from.parsed("version", Expected::VersionOrNull, |value| {
        if value.is_null() {
            Some(None)
        } else {
            as_version(value).map(Some)
        }
    })
}

/// Returns a version, if there is one.
fn version_if(from: &mut Fields) -> Option<VersionNumber> {
    if from.has("version") {
        version(from)
    } else {
        None
    }
}
