//! Registries, models and versions as JSON.

use serde_json::Value;

use super::{FromJson, JsonError, Read, Reader, ToJson, Writer, parsed, small, stage, version};
use crate::Registry;
use crate::id::Alias;
use crate::model::{ModelVersion, RegisteredModel, Rename, SavedModel, Stamp};

impl ToJson for Registry {
    fn write(&self, out: &mut Writer) {
        out.array(&|out| self.models().for_each(|model| model.write(out)));
    }
}

impl FromJson for Registry {
    fn from_json(value: Value) -> Read<Self> {
        let Value::Array(models) = value else {
            return Err(JsonError("a list of models"));
        };
        let mut read = Vec::with_capacity(models.len());
        for model in models {
            read.push(RegisteredModel::read(model)?.into());
        }
        Self::try_from(read).map_err(JsonError)
    }
}

impl RegisteredModel {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            out.text("name", self.name.as_str());
            out.number("created", &self.created.0);
            out.number("updated", &self.updated.0);
            out.text_if("description", self.description.as_str());
            out.tags(&self.tags);
            if !self.aliases.is_empty() {
                out.fields("aliases", &|out| {
                    for (alias, version) in &self.aliases {
                        out.number(alias.as_str(), version);
                    }
                });
            }
            out.list("versions", &|out| {
                self.versions().for_each(|version| version.write(out));
            });
            let last = self.last_number.map(|number| number.get().into());
            out.number_or_null("last_number", last);
            if self.renamed != Rename::default() {
                out.fields("renamed", &|out| {
                    out.number("count", &self.renamed.count);
                    out.number("at", &self.renamed.at.0);
                });
            }
        });
    }

    fn read(value: Value) -> Read<Self> {
        let mut from = Reader::new(value)?;
        let mut versions = Vec::new();
        for version in from.list_or_empty("versions")? {
            versions.push(ModelVersion::read(version)?.into());
        }
        let mut aliases = Vec::new();
        for (alias, number) in from.object("aliases")? {
            let number = number.as_u64().ok_or(JsonError("aliases"))?;
            let alias = parsed("aliases", Alias::parse(&alias))?;
            aliases.push((alias, version("aliases", number)?));
        }
        let last = from.number_or_none("last_number")?;
        SavedModel {
            name: from.name("name")?,
            created: from.time("created")?,
            updated: from.time("updated")?,
            description: from.free_or_empty("description")?,
            tags: from.tags()?,
            aliases,
            versions,
            last_number: last.map(|last| version("last_number", last)).transpose()?,
            renamed: match from.take("renamed") {
                None => Rename::default(),
                Some(value) => {
                    let mut from = Reader::new(value)?;
                    Rename {
                        count: small("count", from.number("count")?)?,
                        at: from.time("at")?,
                    }
                }
            },
        }
        .build()
        .map_err(JsonError)
    }
}

impl ModelVersion {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            out.number("number", &self.number);
            out.text("stage", self.stage.as_str());
            out.flag_if("has_been_live", self.has_been_live);
            out.number("created", &self.created.0);
            out.fields("written", &|out| {
                out.number("at", &self.written.at.0);
                if self.written.renames > 0 {
                    out.number("renames", &self.written.renames);
                }
            });
            out.text("source", self.source.as_str());
            if let Some(storage) = &self.storage {
                out.text("storage", storage.as_str());
            }
            out.text_if("description", self.description.as_str());
            out.tags(&self.tags);
            out.metrics(&self.metrics);
        });
    }

    fn read(value: Value) -> Read<Self> {
        let mut from = Reader::new(value)?;
        let mut written = Reader::new(from.take("written").unwrap_or_default())?;
        Ok(Self {
            number: from.version("number")?,
            stage: stage(&from.text("stage")?)?,
            has_been_live: from.flag("has_been_live")?,
            created: from.time("created")?,
            written: Stamp {
                at: written.time("at")?,
                renames: small("renames", written.number_or_zero("renames")?)?,
            },
            source: from.free("source")?,
            storage: from.free_or_none("storage")?,
            description: from.free_or_empty("description")?,
            tags: from.tags()?,
            metrics: from.metrics()?,
        })
    }
}
