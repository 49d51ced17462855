//! Registries, models and versions as JSON.

use serde_json::Value;

use super::{FromJson, JsonError, Read, Reader, ToJson, Writer};
use crate::model::{ModelVersion, RegisteredModel, Rename, SavedModel, Stamp};
use crate::{Registry, json_fields};

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
        let models = models.into_iter().map(|model| read(model).map(Into::into));
        Self::try_from(models.collect::<Read<Vec<_>>>()?).map_err(JsonError)
    }
}

impl RegisteredModel {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            out.field("name", &self.name);
            out.field("created", &self.created);
            out.field("updated", &self.updated);
            out.field_unless_default("description", &self.description);
            out.field("tags", &self.tags);
            out.field("aliases", &self.aliases);
            out.list("versions", &|out| {
                self.versions().for_each(|version| version.write(out));
            });
            out.field_or_null("last_number", &self.last_number);
            out.field_unless_default("renamed", &self.renamed);
        });
    }
}

fn read(model: Value) -> Read<RegisteredModel> {
    let mut from = Reader::new(model)?;
    SavedModel {
        name: from.field("name")?,
        created: from.field("created")?,
        updated: from.field("updated")?,
        description: from.field_or_default("description")?,
        tags: from.field("tags")?,
        aliases: from.field("aliases")?,
        versions: from.field_or_default("versions")?,
        last_number: from.field("last_number")?,
        renamed: from.field_or_default("renamed")?,
    }
    .build()
    .map_err(JsonError)
}

json_fields!(Rename { count, at });

json_fields!(Stamp {
    at,
    renames = or_default,
});

json_fields!(ModelVersion {
    number,
    stage,
    has_been_live,
    created,
    written,
    source,
    storage,
    description = or_default,
    tags,
    metrics,
});
