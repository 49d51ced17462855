//! Reading a condition.

use super::Expected;
use super::fields::{Fields, Problems, each_read};
use super::values::{as_version, model, stage, tag_key, tag_values, version, versions};
use crate::condition::Condition;
use registry::{Alias, TagValue, VersionNumber};

/// Reads conditions.
pub(super) fn conditions(from: &mut Fields, key: &str, problems: &mut Problems) -> Vec<Condition> {
    each_read(from, key, problems, condition)
}

pub(super) fn condition(from: &mut Fields, problems: &mut Problems) -> Option<Condition> {
    let is = from.text("is", problems);
    Some(match is.as_str() {
        "stage" => Condition::InStage {
            model: model(from, problems),
            version: version(from, problems)?,
            stage: stage(from, problems)?,
        },
        "in_stage" => {
            let model = model(from, problems);
            let stage = stage(from, problems)?;
            let mut versions = versions(from, problems)?;
            versions.sort_unstable();
            Condition::StageHolds {
                model,
                stage,
                versions,
            }
        }
        "answers" => Condition::Answers {
            uri: from.text("uri", problems),
            version: version_or_null(from, problems)?,
        },
        "exists" | "gone" => Condition::Exists {
            model: model(from, problems),
            version: version_if(from, problems),
            there: is == "exists",
        },
        "alias" => Condition::AliasAt {
            model: model(from, problems),
            alias: from.parsed("alias", Expected::Alias, problems, |value| {
                Alias::parse(value.as_str()?).ok()
            })?,
            version: version_or_null(from, problems)?,
        },
        "tag" => Condition::Tagged {
            model: model(from, problems),
            version: version_if(from, problems),
            key: tag_key(from, problems)?,
            value: from.parsed("value", Expected::TagValueOrNull, problems, |value| {
                if value.is_null() {
                    Some(None)
                } else {
                    TagValue::parse(value.as_str()?).ok().map(Some)
                }
            })?,
        },
        "tag_any" => Condition::TaggedAny {
            model: model(from, problems),
            version: version_if(from, problems),
            key: tag_key(from, problems)?,
            values: tag_values(from, problems)?,
        },
        "count" => Condition::Count {
            model: model(from, problems),
            stage: if from.has("stage") {
                Some(stage(from, problems)?)
            } else {
                None
            },
            count: from.parsed("count", Expected::Number, problems, |value| {
                usize::try_from(value.as_u64()?).ok()
            })?,
        },
        "answers_any" => Condition::AnswersAny {
            uri: from.text("uri", problems),
        },
        "loads" => Condition::Loads {
            version: version_or_null(from, problems)?,
        },
        "accepted" => Condition::Accepted,
        "refused" => Condition::Refused {
            by: from.text("by", problems),
        },
        _ => {
            from.of_no_kind("is", &is, Expected::Condition, problems);
            return None;
        }
    })
}

/// Returns a version, or null.
fn version_or_null(from: &mut Fields, problems: &mut Problems) -> Option<Option<VersionNumber>> {
    from.parsed("version", Expected::VersionOrNull, problems, |value| {
        if value.is_null() {
            Some(None)
        } else {
            as_version(value).map(Some)
        }
    })
}

/// Returns a version, if there is one.
fn version_if(from: &mut Fields, problems: &mut Problems) -> Option<VersionNumber> {
    if from.has("version") {
        version(from, problems)
    } else {
        None
    }
}
