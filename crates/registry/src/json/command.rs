//! Commands as JSON: an object with the name of MLflow's method as `do`, and its parameters.

use serde_json::Value;

use super::{FromJson, JsonError, Read, Reader, ToJson, Writer, metric, parsed, stage};
use crate::Registry;
use crate::command::{Command, Replacement};
use crate::id::MetricName;

impl Command {
    /// The name in JSON, which is that of MLflow's method.
    pub const fn tag(&self) -> &'static str {
        match self {
            Self::CreateRegisteredModel { .. } => "create_registered_model",
            Self::RenameRegisteredModel { .. } => "rename_registered_model",
            Self::UpdateRegisteredModel { .. } => "update_registered_model",
            Self::DeleteRegisteredModel { .. } => "delete_registered_model",
            Self::SetRegisteredModelTag { .. } => "set_registered_model_tag",
            Self::DeleteRegisteredModelTag { .. } => "delete_registered_model_tag",
            Self::SetRegisteredModelAlias { .. } => "set_registered_model_alias",
            Self::DeleteRegisteredModelAlias { .. } => "delete_registered_model_alias",
            Self::CreateModelVersion { .. } => "create_model_version",
            Self::CopyModelVersion { .. } => "copy_model_version",
            Self::UpdateModelVersion { .. } => "update_model_version",
            Self::SetModelVersionTag { .. } => "set_model_version_tag",
            Self::DeleteModelVersionTag { .. } => "delete_model_version_tag",
            Self::LogMetric { .. } => "log_metric",
            Self::DeleteModelVersion { .. } => "delete_model_version",
            Self::TransitionModelVersionStage { .. } => "transition_model_version_stage",
            Self::ReplaceRegistry { .. } => "replace_registry",
        }
    }

    /// Writes the fields.
    pub fn write_fields(&self, out: &mut Writer) {
        out.text("do", self.tag());
        if let Some(name) = self.model() {
            out.text("name", name.as_str());
        }
        match self {
            Self::DeleteRegisteredModel { .. } => {}
            Self::CreateRegisteredModel {
                description, tags, ..
            } => {
                out.text_if("description", description.as_str());
                out.tags(tags);
            }
            Self::RenameRegisteredModel { new_name, .. } => out.text("new_name", new_name.as_str()),
            Self::UpdateRegisteredModel { description, .. } => {
                out.text("description", description.as_str())
            }
            Self::SetRegisteredModelTag { key, value, .. } => {
                out.text("key", key.as_str());
                out.text("value", value.as_str());
            }
            Self::DeleteRegisteredModelTag { key, .. } => out.text("key", key.as_str()),
            Self::SetRegisteredModelAlias { alias, version, .. } => {
                out.text("alias", alias.as_str());
                out.number("version", version);
            }
            Self::DeleteRegisteredModelAlias { alias, .. } => out.text("alias", alias.as_str()),
            Self::CreateModelVersion {
                source,
                description,
                tags,
                metrics,
                ..
            } => {
                out.text("source", source.as_str());
                out.text_if("description", description.as_str());
                out.tags(tags);
                out.metrics(metrics);
            }
            Self::CopyModelVersion {
                version, dst_name, ..
            } => {
                out.number("version", version);
                out.text("dst_name", dst_name.as_str());
            }
            Self::UpdateModelVersion {
                version,
                description,
                ..
            } => {
                out.number("version", version);
                out.text("description", description.as_str());
            }
            Self::SetModelVersionTag {
                version,
                key,
                value,
                ..
            } => {
                out.number("version", version);
                out.text("key", key.as_str());
                out.text("value", value.as_str());
            }
            Self::DeleteModelVersionTag { version, key, .. } => {
                out.number("version", version);
                out.text("key", key.as_str());
            }
            Self::LogMetric {
                version,
                key,
                value,
                ..
            } => {
                out.number("version", version);
                out.text("key", key.as_str());
                out.number("value", value);
            }
            Self::DeleteModelVersion { version, .. } => out.number("version", version),
            Self::TransitionModelVersionStage {
                version,
                stage,
                archive_existing_versions,
                ..
            } => {
                out.number("version", version);
                out.text("stage", stage.as_str());
                out.flag_if("archive_existing_versions", *archive_existing_versions);
            }
            Self::ReplaceRegistry { with, why } => {
                out.field("with", with.as_ref());
                let why = match why {
                    Replacement::Emptied => "emptied",
                    Replacement::Sample => "sample",
                    Replacement::TakenIn => "taken-in",
                };
                out.text("why", why);
            }
        }
    }

    /// Takes what makes a command out of the fields.
    pub(super) fn read(from: &mut Reader) -> Read<Self> {
        let tag = from.text("do")?;
        if tag == "replace_registry" {
            let with = from.take("with").ok_or(JsonError("with"))?;
            return Ok(Self::ReplaceRegistry {
                with: Registry::from_json(with)?.into(),
                why: match from.text("why")?.as_str() {
                    "emptied" => Replacement::Emptied,
                    "sample" => Replacement::Sample,
                    "taken-in" => Replacement::TakenIn,
                    _ => return Err(JsonError("why")),
                },
            });
        }
        let name = from.name("name")?;
        Ok(match tag.as_str() {
            "create_registered_model" => Self::CreateRegisteredModel {
                name,
                description: from.free_or_empty("description")?,
                tags: from.tags()?,
            },
            "rename_registered_model" => Self::RenameRegisteredModel {
                name,
                new_name: from.name("new_name")?,
            },
            "update_registered_model" => Self::UpdateRegisteredModel {
                name,
                description: from.free("description")?,
            },
            "delete_registered_model" => Self::DeleteRegisteredModel { name },
            "set_registered_model_tag" => Self::SetRegisteredModelTag {
                name,
                key: from.key()?,
                value: from.value()?,
            },
            "delete_registered_model_tag" => Self::DeleteRegisteredModelTag {
                name,
                key: from.key()?,
            },
            "set_registered_model_alias" => Self::SetRegisteredModelAlias {
                name,
                alias: from.alias()?,
                version: from.version("version")?,
            },
            "delete_registered_model_alias" => Self::DeleteRegisteredModelAlias {
                name,
                alias: from.alias()?,
            },
            "create_model_version" => Self::CreateModelVersion {
                name,
                source: from.free("source")?,
                description: from.free_or_empty("description")?,
                tags: from.tags()?,
                metrics: from.metrics()?,
            },
            "copy_model_version" => Self::CopyModelVersion {
                name,
                version: from.version("version")?,
                dst_name: from.name("dst_name")?,
            },
            "update_model_version" => Self::UpdateModelVersion {
                name,
                version: from.version("version")?,
                description: from.free("description")?,
            },
            "set_model_version_tag" => Self::SetModelVersionTag {
                name,
                version: from.version("version")?,
                key: from.key()?,
                value: from.value()?,
            },
            "delete_model_version_tag" => Self::DeleteModelVersionTag {
                name,
                version: from.version("version")?,
                key: from.key()?,
            },
            "log_metric" => Self::LogMetric {
                name,
                version: from.version("version")?,
                key: parsed("key", MetricName::parse(&from.text("key")?))?,
                value: metric("value", &from.take("value").unwrap_or_default())?,
            },
            "delete_model_version" => Self::DeleteModelVersion {
                name,
                version: from.version("version")?,
            },
            "transition_model_version_stage" => Self::TransitionModelVersionStage {
                name,
                version: from.version("version")?,
                stage: stage(&from.text("stage")?)?,
                archive_existing_versions: from.flag("archive_existing_versions")?,
            },
            _ => return Err(JsonError("do")),
        })
    }
}

impl ToJson for Command {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| self.write_fields(out));
    }
}

impl FromJson for Command {
    fn from_json(value: Value) -> Read<Self> {
        let mut from = Reader::new(value)?;
        let command = Self::read(&mut from)?;
        from.finish()?;
        Ok(command)
    }
}
