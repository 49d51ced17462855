//! Conditions: what holds after a run. `content/README.md` says how they are written.

use super::run::{Failure, Played};
use registry::{
    Alias, ModelName, Registry, Stage, TagKey, TagValue, VersionNumber, named_variants,
};

named_variants! {
    /// Something that holds after a run, or does not.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub enum Condition {
        /// The version is in the stage.
        InStage { model: ModelName, version: VersionNumber, stage: Stage } = "stage",
        /// Exactly these versions are in the stage, in ascending order.
        StageHolds { model: ModelName, stage: Stage, versions: Vec<VersionNumber> } = "in_stage",
        /// The URI leads to the version; to an error where there is none.
        Answers { uri: String, version: Option<VersionNumber> } = "answers",
        /// The version, or without one the model, is there, or is not.
        Exists { model: ModelName, version: Option<VersionNumber>, there: bool } = "exists",
        /// The alias points to the version; it is not set where there is none.
        AliasAt { model: ModelName, alias: Alias, version: Option<VersionNumber> } = "alias",
        /// The tag of the version, or without one of the model, has this value; it is not set where there is none.
        Tagged {
            model: ModelName,
            version: Option<VersionNumber>,
            key: TagKey,
            value: Option<TagValue>,
        } = "tag",
        /// The tag of the version, or without one of the model, has one of these values.
        TaggedAny {
            model: ModelName,
            version: Option<VersionNumber>,
            key: TagKey,
            values: Vec<TagValue>,
        } = "tag_any",
        /// So many versions are in the stage; without a stage, so many are there at all.
        Count { model: ModelName, stage: Option<Stage>, count: usize } = "count",
        /// The URI leads to some version.
        AnswersAny { uri: String } = "answers_any",
        /// What was loaded last is this version; nothing was got where there is none.
        Loads { version: Option<VersionNumber> } = "loads",
        /// The run went to its end.
        Accepted = "accepted",
        /// The run ended in this refusal or error.
        Refused { by: String } = "refused",
    }
    /// Returns its name in packs; `exists` also where what is there no more is called `gone`.
    pub fn is;
}

impl Condition {
    /// Returns whether it holds after a run.
    pub fn holds(&self, played: &Played) -> bool {
        match self {
            Self::Loads { version } => played
                .loaded
                .as_ref()
                .is_some_and(|loaded| loaded.version == *version),
            Self::Accepted => played.failure.is_none(),
            Self::Refused { by } => played.failure.as_ref().map(Failure::id) == Some(by.as_str()),
            _ => self.holds_in(played.registry()),
        }
    }

    /// Returns whether it speaks of a registry alone, and not of how a run went.
    pub const fn is_of_registry(&self) -> bool {
        !matches!(
            self,
            Self::Loads { .. } | Self::Accepted | Self::Refused { .. }
        )
    }

    /// Returns whether it holds in a registry. What speaks of a run holds in none.
    pub fn holds_in(&self, registry: &Registry) -> bool {
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
            Self::AnswersAny { uri } => registry.resolve(uri).is_ok(),
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
            } => tag(registry, model, *version, key).is_some_and(|found| found == value.as_ref()),
            Self::TaggedAny {
                model,
                version,
                key,
                values,
            } => tag(registry, model, *version, key)
                .flatten()
                .is_some_and(|found| values.contains(found)),
            Self::Count {
                model,
                stage,
                count,
            } => registry.model(model).is_some_and(|model| {
                stage.map_or_else(
                    || model.version_count(),
                    |stage| model.in_stage(stage).len(),
                ) == *count
            }),
            Self::Loads { .. } | Self::Accepted | Self::Refused { .. } => false,
        }
    }
}

/// Returns the tag of a version, or without one of the model, or `None` if what it would be of is not there.
pub(super) fn tag<'r>(
    registry: &'r Registry,
    model: &ModelName,
    version: Option<VersionNumber>,
    key: &TagKey,
) -> Option<Option<&'r TagValue>> {
    let model = registry.model(model)?;
    Some(match version {
        None => model.tags().get(key),
        Some(version) => model.version(version)?.tags().get(key),
    })
}

fn exists(registry: &Registry, model: &ModelName, version: Option<VersionNumber>) -> bool {
    registry
        .model(model)
        .is_some_and(|model| version.is_none_or(|version| model.version(version).is_some()))
}
