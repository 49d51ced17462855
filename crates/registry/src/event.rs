//! What happened: each event carries before and after, can be folded into a registry, and has an inverse.

use std::sync::Arc;

use super::Registry;
use super::id::{
    Alias, FreeText, MetricName, MetricValue, ModelName, TagKey, TagValue, Time, VersionNumber,
};
use super::model::{ModelVersion, RegisteredModel, Rename, Stamp};
use super::stage::Stage;

/// A value before and after.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change<T> {
    pub before: T,
    pub after: T,
}

impl<T> Change<T> {
    pub(super) const fn new(before: T, after: T) -> Self {
        Self { before, after }
    }
}

/// A field of an event, in the event that takes it back: a change the other way, everything else as it is.
trait Inverse {
    fn inverse(&self) -> Self;
}

impl<T: Clone> Inverse for Change<T> {
    fn inverse(&self) -> Self {
        Self::new(self.after.clone(), self.before.clone())
    }
}

macro_rules! same_inverse {
    ($($type:ty),*) => { $(
        impl Inverse for $type {
            fn inverse(&self) -> Self {
                self.clone()
            }
        }
    )* };
}

same_inverse!(
    Arc<RegisteredModel>,
    Arc<ModelVersion>,
    ModelName,
    Alias,
    TagKey,
    MetricName,
    VersionNumber
);

/// Declares the events, each with the event that takes it back.
macro_rules! events {
    ($($(#[$doc:meta])* $name:ident => $inverse:ident { $($field:ident: $type:ty),* $(,)? })*) => {
        /// One thing that happened to a registry. Only [`Registry::decide`] makes events; folding those from the start
        /// gives the state.
        #[derive(Clone, PartialEq, Debug)]
        pub enum Event {
            $($(#[$doc])* $name { $($field: $type),* },)*
        }

        impl Event {
            /// Returns the event that takes this one back.
            pub fn inverse(&self) -> Self {
                match self {
                    $(Self::$name { $($field),* } => Self::$inverse {
                        $($field: $field.inverse()),*
                    },)*
                }
            }
        }
    };
}

events! {
    /// A model came to be, or came back.
    ModelCreated => ModelDeleted { model: Arc<RegisteredModel> }
    /// A model went, with all its versions, tags and aliases.
    ModelDeleted => ModelCreated { model: Arc<RegisteredModel> }
    /// A model got another name; this moves the time of all its versions.
    ModelRenamed => ModelRenamed {
        name: Change<ModelName>,
        renamed: Change<Rename>,
    }
    /// A model's `last_updated_timestamp` moved.
    ModelTouched => ModelTouched {
        name: ModelName,
        updated: Change<Time>,
    }
    /// A model's description changed.
    ModelDescribed => ModelDescribed {
        name: ModelName,
        description: Change<FreeText>,
    }
    /// A model's tag was set, changed or deleted.
    ModelTagged => ModelTagged {
        name: ModelName,
        key: TagKey,
        value: Change<Option<TagValue>>,
    }
    /// An alias was set, moved or deleted.
    AliasPointed => AliasPointed {
        name: ModelName,
        alias: Alias,
        version: Change<Option<VersionNumber>>,
    }
    /// A model gave out a new version number.
    NumberGiven => NumberGiven {
        name: ModelName,
        last: Change<Option<VersionNumber>>,
    }
    /// A version came to be, or came back.
    VersionCreated => VersionDeleted {
        name: ModelName,
        version: Arc<ModelVersion>,
    }
    /// A version went. Its number is not given out again.
    VersionDeleted => VersionCreated {
        name: ModelName,
        version: Arc<ModelVersion>,
    }
    /// A version moved to another stage (or, under MLflow's rules, to the one it was in).
    StageChanged => StageChanged {
        name: ModelName,
        version: VersionNumber,
        stage: Change<Stage>,
        has_been_live: Change<bool>,
    }
    /// A version's `last_updated_timestamp` moved.
    VersionTouched => VersionTouched {
        name: ModelName,
        version: VersionNumber,
        written: Change<Stamp>,
    }
    /// A version's description changed.
    VersionDescribed => VersionDescribed {
        name: ModelName,
        version: VersionNumber,
        description: Change<FreeText>,
    }
    /// A version's tag was set, changed or deleted.
    VersionTagged => VersionTagged {
        name: ModelName,
        version: VersionNumber,
        key: TagKey,
        value: Change<Option<TagValue>>,
    }
    /// A version's metric was set, changed or deleted.
    MetricLogged => MetricLogged {
        name: ModelName,
        version: VersionNumber,
        key: MetricName,
        value: Change<Option<MetricValue>>,
    }
    /// The whole registry was replaced.
    Replaced => Replaced { registry: Change<Arc<Registry>> }
}

impl Registry {
    /// Carries an event into the state. An event that does not fit the state (which no history makes) changes nothing.
    pub(super) fn fold(&mut self, event: &Event) {
        match event {
            Event::ModelCreated { model } => {
                self.models.insert(model.name.clone(), model.clone());
            }
            Event::ModelDeleted { model } => {
                self.models.remove(&model.name);
            }
            Event::ModelRenamed { name, renamed } => {
                if let Some(mut model) = self.models.remove(&name.before) {
                    let changed = Arc::make_mut(&mut model);
                    changed.name = name.after.clone();
                    changed.renamed = renamed.after;
                    self.models.insert(name.after.clone(), model);
                }
            }
            Event::ModelTouched { name, updated } => {
                self.change(name, |model| model.updated = updated.after);
            }
            Event::ModelDescribed { name, description } => {
                self.change(name, |model| model.description = description.after.clone());
            }
            Event::ModelTagged { name, key, value } => {
                self.change(name, |model| put(&mut model.tags, key, value.after.clone()));
            }
            Event::AliasPointed {
                name,
                alias,
                version,
            } => {
                self.change(name, |model| model.point(alias, version.after));
            }
            Event::NumberGiven { name, last } => {
                self.change(name, |model| model.last_number = last.after);
            }
            Event::VersionCreated { name, version } => {
                self.change(name, |model| model.insert(version.clone()));
            }
            Event::VersionDeleted { name, version } => {
                self.change(name, |model| model.remove(version.number));
            }
            Event::StageChanged {
                name,
                version,
                stage,
                has_been_live,
            } => {
                self.change_version(name, *version, |version| {
                    version.stage = stage.after;
                    version.has_been_live = has_been_live.after;
                });
            }
            Event::VersionTouched {
                name,
                version,
                written,
            } => {
                self.change_version(name, *version, |version| version.written = written.after);
            }
            Event::VersionDescribed {
                name,
                version,
                description,
            } => {
                self.change_version(name, *version, |version| {
                    version.description = description.after.clone();
                });
            }
            Event::VersionTagged {
                name,
                version,
                key,
                value,
            } => {
                self.change_version(name, *version, |version| {
                    put(&mut version.tags, key, value.after.clone());
                });
            }
            Event::MetricLogged {
                name,
                version,
                key,
                value,
            } => {
                self.change_version(name, *version, |version| {
                    put(&mut version.metrics, key, value.after);
                });
            }
            Event::Replaced { registry } => {
                self.models = registry.after.models.clone();
            }
        }
    }

    fn change(&mut self, name: &ModelName, change: impl FnOnce(&mut RegisteredModel)) {
        if let Some(model) = self.models.get_mut(name) {
            change(Arc::make_mut(model));
        }
    }

    fn change_version(
        &mut self,
        name: &ModelName,
        number: VersionNumber,
        change: impl FnOnce(&mut ModelVersion),
    ) {
        self.change(name, |model| model.change(number, change));
    }
}

fn put<K: Ord + Clone, V>(map: &mut super::vec_map::VecMap<K, V>, key: &K, value: Option<V>) {
    match value {
        Some(value) => {
            map.insert(key.clone(), value);
        }
        None => {
            map.remove(key);
        }
    }
}
