//! Conditions: what holds after a run. `content/README.md` says how they are written.

use super::run::{Failure, Played};
use crate::registry::{Alias, ModelName, Registry, Stage, TagKey, TagValue, VersionNumber};

/// Something that holds after a run, or does not.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the fields are those of the format")]
pub enum Condition {
    /// The version is in the stage.
    InStage {
        model: ModelName,
        version: VersionNumber,
        stage: Stage,
    },
    /// Exactly these versions are in the stage, in ascending order.
    StageHolds {
        model: ModelName,
        stage: Stage,
        versions: Vec<VersionNumber>,
    },
    /// The URI leads to the version; to an error where there is none.
    Answers {
        uri: String,
        version: Option<VersionNumber>,
    },
    /// The version, or without one the model, is there, or is not.
    Exists {
        model: ModelName,
        version: Option<VersionNumber>,
        there: bool,
    },
    /// The alias points to the version; it is not set where there is none.
    AliasAt {
        model: ModelName,
        alias: Alias,
        version: Option<VersionNumber>,
    },
    /// The tag of the version, or without one of the model, has this value; it is not set where there is none.
    Tagged {
        model: ModelName,
        version: Option<VersionNumber>,
        key: TagKey,
        value: Option<TagValue>,
    },
    /// What was loaded last is this version; nothing was got where there is none.
    Loads { version: Option<VersionNumber> },
    /// The run went to its end.
    Accepted,
    /// The run ended in this refusal or error.
    Refused { by: String },
}

impl Condition {
    /// Whether it holds.
    #[must_use]
    pub fn holds(&self, played: &Played) -> bool {
        let registry = played.registry();
        match self {
            Self::InStage {
                model,
                version,
                stage,
            } => registry
                .model(model)
                .and_then(|model| model.version(*version))
                .is_some_and(|version| version.stage() == *stage),
            Self::StageHolds {
                model,
                stage,
                versions,
            } => registry
                .model(model)
                .is_some_and(|model| model.in_stage(*stage).iter().eq(versions)),
            Self::Answers { uri, version } => {
                registry.resolve(uri).ok().map(|found| found.version) == *version
            }
            Self::Exists {
                model,
                version,
                there,
            } => exists(registry, model, *version) == *there,
            Self::AliasAt {
                model,
                alias,
                version,
            } => registry
                .model(model)
                .is_some_and(|model| model.aliases().get(alias).copied() == *version),
            Self::Tagged {
                model,
                version,
                key,
                value,
            } => registry.model(model).is_some_and(|model| match version {
                None => model.tags().get(key) == value.as_ref(),
                Some(version) => model
                    .version(*version)
                    .is_some_and(|version| version.tags().get(key) == value.as_ref()),
            }),
            Self::Loads { version } => played
                .loaded
                .as_ref()
                .is_some_and(|loaded| loaded.version == *version),
            Self::Accepted => played.failure.is_none(),
            Self::Refused { by } => played.failure.as_ref().map(Failure::id) == Some(by.as_str()),
        }
    }
}

fn exists(registry: &Registry, model: &ModelName, version: Option<VersionNumber>) -> bool {
    registry
        .model(model)
        .is_some_and(|model| version.is_none_or(|version| model.version(version).is_some()))
}
