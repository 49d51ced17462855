//! What somebody wants done: the only thing that changes a registry.

use std::sync::Arc;

use super::Registry;
use super::id::{
    Alias, FreeText, MetricName, MetricValue, ModelName, TagKey, TagValue, Time, VersionNumber,
};
use super::rules::RuleSet;
use super::sorted::Sorted;
use super::stage::Stage;

/// Tags by key.
pub type Tags = Sorted<TagKey, TagValue>;
/// Metrics by name.
pub type Metrics = Sorted<MetricName, MetricValue>;

/// A change that is asked for. The names are those of MLflow's `MlflowClient` (3.18.0).
#[derive(Clone, PartialEq, Debug)]
#[expect(
    missing_docs,
    reason = "the fields are the parameters of MLflow's methods"
)]
pub enum Command {
    /// `create_registered_model`
    CreateRegisteredModel {
        name: ModelName,
        description: FreeText,
        tags: Tags,
    },
    /// `rename_registered_model`
    RenameRegisteredModel {
        name: ModelName,
        new_name: ModelName,
    },
    /// `update_registered_model`
    UpdateRegisteredModel {
        name: ModelName,
        description: FreeText,
    },
    /// `delete_registered_model`
    DeleteRegisteredModel { name: ModelName },
    /// `set_registered_model_tag`
    SetRegisteredModelTag {
        name: ModelName,
        key: TagKey,
        value: TagValue,
    },
    /// `delete_registered_model_tag`
    DeleteRegisteredModelTag { name: ModelName, key: TagKey },
    /// `set_registered_model_alias`
    SetRegisteredModelAlias {
        name: ModelName,
        alias: Alias,
        version: VersionNumber,
    },
    /// `delete_registered_model_alias`
    DeleteRegisteredModelAlias { name: ModelName, alias: Alias },
    /// `create_model_version`. Metrics belong to a run in MLflow; here they come with the version.
    CreateModelVersion {
        name: ModelName,
        source: FreeText,
        description: FreeText,
        tags: Tags,
        metrics: Metrics,
    },
    /// `copy_model_version`
    CopyModelVersion {
        name: ModelName,
        version: VersionNumber,
        dst_name: ModelName,
    },
    /// `update_model_version`
    UpdateModelVersion {
        name: ModelName,
        version: VersionNumber,
        description: FreeText,
    },
    /// `set_model_version_tag`
    SetModelVersionTag {
        name: ModelName,
        version: VersionNumber,
        key: TagKey,
        value: TagValue,
    },
    /// `delete_model_version_tag`
    DeleteModelVersionTag {
        name: ModelName,
        version: VersionNumber,
        key: TagKey,
    },
    /// `log_metric` of the version's run, which the simulator does not keep apart from the version.
    LogMetric {
        name: ModelName,
        version: VersionNumber,
        key: MetricName,
        value: MetricValue,
    },
    /// `delete_model_version`
    DeleteModelVersion {
        name: ModelName,
        version: VersionNumber,
    },
    /// `transition_model_version_stage`
    TransitionModelVersionStage {
        name: ModelName,
        version: VersionNumber,
        stage: Stage,
        archive_existing_versions: bool,
    },
    /// Not MLflow's: puts another registry in the place of this one ("start empty", "reset to sample", an import).
    ReplaceRegistry {
        with: Arc<Registry>,
        why: Replacement,
    },
}

/// Why a whole registry was replaced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Replacement {
    /// "Start empty".
    Emptied,
    /// "Reset to the sample".
    Sample,
    /// The models of a real registry, taken in.
    TakenIn,
}

impl Command {
    /// The model that the command is about; `None` where it is about the whole registry.
    #[must_use]
    pub const fn model(&self) -> Option<&ModelName> {
        match self {
            Self::CreateRegisteredModel { name, .. }
            | Self::RenameRegisteredModel { name, .. }
            | Self::UpdateRegisteredModel { name, .. }
            | Self::DeleteRegisteredModel { name }
            | Self::SetRegisteredModelTag { name, .. }
            | Self::DeleteRegisteredModelTag { name, .. }
            | Self::SetRegisteredModelAlias { name, .. }
            | Self::DeleteRegisteredModelAlias { name, .. }
            | Self::CreateModelVersion { name, .. }
            | Self::CopyModelVersion { name, .. }
            | Self::UpdateModelVersion { name, .. }
            | Self::SetModelVersionTag { name, .. }
            | Self::DeleteModelVersionTag { name, .. }
            | Self::LogMetric { name, .. }
            | Self::DeleteModelVersion { name, .. }
            | Self::TransitionModelVersionStage { name, .. } => Some(name),
            Self::ReplaceRegistry { .. } => None,
        }
    }

    /// Returns the version that the command is about; `None` where it is about a model, or makes one.
    #[must_use]
    pub const fn version(&self) -> Option<VersionNumber> {
        match self {
            Self::SetRegisteredModelAlias { version, .. }
            | Self::CopyModelVersion { version, .. }
            | Self::UpdateModelVersion { version, .. }
            | Self::SetModelVersionTag { version, .. }
            | Self::DeleteModelVersionTag { version, .. }
            | Self::LogMetric { version, .. }
            | Self::DeleteModelVersion { version, .. }
            | Self::TransitionModelVersionStage { version, .. } => Some(*version),
            Self::CreateRegisteredModel { .. }
            | Self::RenameRegisteredModel { .. }
            | Self::UpdateRegisteredModel { .. }
            | Self::DeleteRegisteredModel { .. }
            | Self::SetRegisteredModelTag { .. }
            | Self::DeleteRegisteredModelTag { .. }
            | Self::DeleteRegisteredModelAlias { .. }
            | Self::CreateModelVersion { .. }
            | Self::ReplaceRegistry { .. } => None,
        }
    }
}

/// What is not in the state but matters to an action: when, under which rules, by whom and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Context {
    /// When it is done.
    pub at: Time,
    /// The rule set in force.
    pub rules: RuleSet,
    /// Who does it.
    pub actor: Actor,
    /// Why, in the actor's words; may be empty.
    pub comment: FreeText,
}

impl Context {
    /// The learner acts, without a comment.
    #[must_use]
    pub fn new(at: Time, rules: RuleSet) -> Self {
        Self {
            at,
            rules,
            actor: Actor::You,
            comment: FreeText::default(),
        }
    }
}

/// Who acts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Actor {
    /// The person at the screen.
    #[default]
    You,
    /// Somebody in the story, by name.
    Colleague(FreeText),
}

impl Actor {
    /// Whether it is the person at the screen.
    #[must_use]
    pub const fn is_you(&self) -> bool {
        matches!(self, Self::You)
    }
}
