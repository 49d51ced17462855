//! A registry as plain data, into which events are folded by a second hand.

use std::collections::BTreeMap;

use registry::{
    Event, ModelName, ModelVersion, RegisteredModel, Registry, Stage, Tags, VersionNumber,
};

/// A registry as plain data, without indexes and times.
pub type Plain = BTreeMap<String, PlainModel>;

#[derive(Clone, PartialEq, Debug, Default)]
pub struct PlainModel {
    created: u64,
    updated: u64,
    description: String,
    tags: BTreeMap<String, String>,
    aliases: BTreeMap<String, u32>,
    versions: BTreeMap<u32, PlainVersion>,
    last: Option<u32>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct PlainVersion {
    stage: Stage,
    has_been_live: bool,
    created: u64,
    source: String,
    storage: String,
    description: String,
    tags: BTreeMap<String, String>,
    metrics: BTreeMap<String, String>,
}

pub fn plain_tags(tags: &Tags) -> BTreeMap<String, String> {
    tags.iter()
        .map(|(key, value)| (key.to_string(), value.to_string()))
        .collect()
}

pub fn plain_version(version: &ModelVersion) -> PlainVersion {
    PlainVersion {
        stage: version.stage(),
        has_been_live: version.has_been_live(),
        created: version.created().0,
        source: version.source().to_string(),
        storage: version.storage().to_string(),
        description: version.description().to_string(),
        tags: plain_tags(version.tags()),
        metrics: version
            .metrics()
            .iter()
            .map(|(key, value)| (key.to_string(), value.to_string()))
            .collect(),
    }
}

pub fn plain_model(model: &RegisteredModel) -> PlainModel {
    PlainModel {
        created: model.created().0,
        updated: model.updated().0,
        description: model.description().to_string(),
        tags: plain_tags(model.tags()),
        aliases: model
            .aliases()
            .iter()
            .map(|(alias, to)| (alias.to_string(), to.get()))
            .collect(),
        versions: model
            .versions()
            .map(|version| (version.number().get(), plain_version(version)))
            .collect(),
        last: model.last_number().map(VersionNumber::get),
    }
}

pub fn plain(registry: &Registry) -> Plain {
    registry
        .models()
        .map(|model| (model.name().to_string(), plain_model(model)))
        .collect()
}

pub fn put<T>(map: &mut BTreeMap<String, T>, key: &str, value: Option<T>) {
    match value {
        Some(value) => map.insert(key.to_owned(), value),
        None => map.remove(key),
    };
}

/// Carries an event into plain data. What the event says was before must be what is there.
pub fn fold(models: &mut Plain, event: &Event) {
    fn at<'a>(models: &'a mut Plain, name: &ModelName) -> &'a mut PlainModel {
        models.get_mut(name.as_str()).unwrap()
    }
    fn version_at<'a>(
        models: &'a mut Plain,
        name: &ModelName,
        version: VersionNumber,
    ) -> &'a mut PlainVersion {
        at(models, name).versions.get_mut(&version.get()).unwrap()
    }
    fn change<T: PartialEq + std::fmt::Debug>(place: &mut T, before: T, after: T) {
        assert_eq!(*place, before);
        *place = after;
    }
    match event {
        Event::ModelCreated { model } => {
            let before = models.insert(model.name().to_string(), plain_model(model));
            assert_eq!(before, None);
        }
        Event::ModelDeleted { model } => {
            assert_eq!(
                models.remove(model.name().as_str()),
                Some(plain_model(model))
            );
        }
        Event::ModelRenamed { name, .. } => {
            let model = models.remove(name.before.as_str()).unwrap();
            assert_eq!(models.insert(name.after.to_string(), model), None);
        }
        Event::ModelTouched { name, updated } => {
            change(
                &mut at(models, name).updated,
                updated.before.0,
                updated.after.0,
            );
        }
        Event::ModelDescribed { name, description } => change(
            &mut at(models, name).description,
            description.before.to_string(),
            description.after.to_string(),
        ),
        Event::ModelTagged { name, key, value } => {
            let tags = &mut at(models, name).tags;
            assert_eq!(
                tags.get(key.as_str()).cloned(),
                value.before.clone().map(String::from)
            );
            put(tags, key.as_str(), value.after.clone().map(String::from));
        }
        Event::AliasPointed {
            name,
            alias,
            version,
        } => {
            let aliases = &mut at(models, name).aliases;
            assert_eq!(
                aliases.get(alias.as_str()).copied(),
                version.before.map(VersionNumber::get)
            );
            put(
                aliases,
                alias.as_str(),
                version.after.map(VersionNumber::get),
            );
        }
        Event::NumberGiven { name, last } => change(
            &mut at(models, name).last,
            last.before.map(VersionNumber::get),
            last.after.map(VersionNumber::get),
        ),
        Event::VersionCreated { name, version } => {
            let versions = &mut at(models, name).versions;
            assert_eq!(
                versions.insert(version.number().get(), plain_version(version)),
                None
            );
        }
        Event::VersionDeleted { name, version } => {
            let before = at(models, name).versions.remove(&version.number().get());
            assert_eq!(before, Some(plain_version(version)));
        }
        Event::StageChanged {
            name,
            version,
            stage,
            has_been_live,
        } => {
            let version = version_at(models, name, *version);
            change(&mut version.stage, stage.before, stage.after);
            change(
                &mut version.has_been_live,
                has_been_live.before,
                has_been_live.after,
            );
        }
        Event::VersionTouched { name, version, .. } => {
            // Its time is the registry's own business; it must be there.
            version_at(models, name, *version);
        }
        Event::VersionDescribed {
            name,
            version,
            description,
        } => change(
            &mut version_at(models, name, *version).description,
            description.before.to_string(),
            description.after.to_string(),
        ),
        Event::VersionTagged {
            name,
            version,
            key,
            value,
        } => {
            let tags = &mut version_at(models, name, *version).tags;
            assert_eq!(
                tags.get(key.as_str()).cloned(),
                value.before.clone().map(String::from)
            );
            put(tags, key.as_str(), value.after.clone().map(String::from));
        }
        Event::MetricLogged {
            name,
            version,
            key,
            value,
        } => {
            let metrics = &mut version_at(models, name, *version).metrics;
            assert_eq!(
                metrics.get(key.as_str()).cloned(),
                value.before.map(|value| value.to_string())
            );
            put(
                metrics,
                key.as_str(),
                value.after.map(|value| value.to_string()),
            );
        }
        Event::Replaced { registry } => {
            assert_eq!(*models, plain(&registry.before));
            *models = plain(&registry.after);
        }
    }
}
