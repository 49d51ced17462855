//! Why a command was not carried out: a value with its kind, MLflow's own words where MLflow refuses too, and ways out.
//!
//! What a person reads about a refusal (what, why, what to do) is written in [`text`].

use std::fmt;

use super::command::Command;
use super::id::{Alias, ModelName, VersionNumber};
use super::invalid::Invalid;
use super::rules::TeamRule;
use super::stage::Stage;
use crate::{named_enum, named_variants};

/// A command that was refused. Nothing has changed.
#[derive(Clone, PartialEq, Debug)]
pub struct Refusal {
    /// What rule refused, and about what.
    pub kind: RefusalKind,
    /// What would be accepted instead, best first; empty where there is nothing.
    pub remedies: Vec<Remedy>,
}

/// Something that can be done instead of what was refused.
#[derive(Clone, PartialEq, Debug)]
pub struct Remedy {
    /// What it comes to, for the words on its button.
    pub kind: RemedyKind,
    /// The commands, to be given in this order. Each is accepted if the ones before it were.
    pub commands: Vec<Command>,
}

/// What a way out comes to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RemedyKind {
    /// Archive the live version, then do what was asked: two moves.
    ArchiveLiveThenPromote,
    /// The same in one move, with `archive_existing_versions=True`.
    PromoteAndArchiveExisting,
    /// Move the version to Staging to be tested.
    TestFirst,
    /// Pull the live version back to Staging.
    PullBack,
    /// Retire the live version to Archived.
    Retire,
    /// Retire every live version of the model to Archived.
    RetireAll,
    /// Archive the other versions that are in the stage already.
    ArchiveOthers,
    /// The same move, without `archive_existing_versions`.
    WithoutArchiving,
}

named_variants! {
    /// The rules that can refuse. Those of MLflow 3.18.0 come first; [`RefusalKind::Team`] are the lesson's own.
    #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
    pub enum RefusalKind {
        /// A value that no name, number or stage can have.
        Invalid(Invalid) = "invalid",
        /// A model of that name exists already.
        ModelExists {
            name: ModelName,
            /// Whether a rename ran into it (MLflow's text goes on with raw SQL then).
            on_rename: bool,
        } = "model_exists",
        /// There is no model of that name.
        ModelNotFound { name: ModelName } = "model_not_found",
        /// A model is to be renamed to a blank name.
        NewNameBlank = "new_name_blank",
        /// There is no such version in that model.
        VersionNotFound {
            name: ModelName,
            /// The number as MLflow prints it.
            version: String,
        } = "version_not_found",
        /// A version's tag is to be set or deleted without saying of which version.
        VersionOrStageMissing = "version_or_stage_missing",
        /// A stage is missing or blank.
        StageBlank = "stage_blank",
        /// `archive_existing_versions` was asked for on a move into None or Archived.
        StageNotActive { stage: String } = "stage_not_active",
        /// There is no such alias in that model.
        AliasNotFound { alias: Alias } = "alias_not_found",
        /// `@latest` was asked of a model without versions.
        LatestNotFound { name: ModelName } = "latest_not_found",
        /// A `models:/` URI is not well-formed.
        UriImproper { uri: String } = "uri_improper",
        /// A `models:/` URI names a logged model, which the simulator does not have.
        UriLoggedModel { uri: String } = "uri_logged_model",
        /// A `models:/` URI asks for the newest version, and there is none.
        NoVersions {
            name: ModelName,
            /// The stage as typed; `None` for any stage.
            stage: Option<String>,
        } = "no_versions",
        /// A version can only be copied from a `models:/` URI.
        CopySourceScheme { uri: String } = "copy_source_scheme",
        /// The version to be copied cannot be had.
        CopySource { uri: String, because: Box<RefusalKind> } = "copy_source",
        /// The model has given out all version numbers.
        NumbersUsedUp { name: ModelName } = "numbers_used_up",
        NothingToUndo = "nothing_to_undo",
        /// The last action was somebody else's: it can be restored away, not undone by accident.
        NotYoursToUndo = "not_yours_to_undo",
        NothingToRedo = "nothing_to_redo",
        /// The history has no such step.
        NoSuchStep = "no_such_step",
        /// An earlier moment is on screen: the past is not changed.
        LookingBack = "looking_back",
        /// Nothing can be changed in this window: its data is a newer app's, or another window writes.
        ReadOnly = "read_only",
        /// A rule of the team, which MLflow itself does not have.
        Team(TeamRefusal) = "team",
        /// The registry would do it, but it is no part of the exercise that is being done.
        ExerciseLimit(ExerciseLimit) = "not_here",
    }
    fn own_id;
}

/// Why something that the registry would do is no part of an exercise.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ExerciseLimit {
    /// The method is not among those that may be used.
    Method { methods: Vec<&'static str> },
    /// The alias is not one of those that the exercise is about.
    Alias { aliases: Vec<String> },
    /// The tag is not one of those that the exercise is about.
    Tag { keys: Vec<String> },
    /// A version may only be copied into these models.
    Target { models: Vec<String> },
    /// There were new versions enough.
    Versions {
        /// How many a model may get.
        at_most: u32,
    },
    /// An exercise is solved step by step: no earlier moment is restored.
    Restore,
    /// An exercise keeps its rules.
    Rules,
}

/// A refusal by the guided rule set.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TeamRefusal {
    pub rule: TeamRule,
    pub name: ModelName,
    /// The version; `None` where the whole model is meant.
    pub version: Option<VersionNumber>,
    /// The stage that the version is in and the one that was asked for, where a move was refused.
    pub asked: Option<(Stage, Stage)>,
    /// The live versions that stand in the way, in ascending order.
    pub live: Vec<VersionNumber>,
}

named_enum! {
    /// MLflow's error codes, as far as a registry gives them (`protos/databricks.proto`).
    pub enum ErrorCode {
        /// The request itself is wrong. HTTP 400.
        InvalidParameterValue = "INVALID_PARAMETER_VALUE",
        /// What it speaks of is not there. HTTP 404.
        ResourceDoesNotExist = "RESOURCE_DOES_NOT_EXIST",
        /// What it would make is there already. HTTP 400.
        ResourceAlreadyExists = "RESOURCE_ALREADY_EXISTS",
        /// What MLflow raises without a code of its own. HTTP 500.
        InternalError = "INTERNAL_ERROR",
        /// Not MLflow's: refused by a rule of the team, or by the simulator.
        TeamRule = "TEAM_RULE",
    }
}

impl Refusal {
    /// Returns a refusal without a way out.
    pub const fn plain(kind: RefusalKind) -> Self {
        Self {
            kind,
            remedies: Vec::new(),
        }
    }
}

impl From<Invalid> for RefusalKind {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

impl From<Invalid> for Refusal {
    fn from(invalid: Invalid) -> Self {
        Self::plain(RefusalKind::Invalid(invalid))
    }
}

impl From<RefusalKind> for Refusal {
    fn from(kind: RefusalKind) -> Self {
        Self::plain(kind)
    }
}

impl RefusalKind {
    /// Returns the name of the rule in packs (`content/README.md`). It never changes.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Invalid(invalid) => invalid.id(),
            Self::Team(team) => team.rule.as_str(),
            _ => self.own_id(),
        }
    }

    /// Returns the code that MLflow 3.18.0 gives.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Invalid(_) | Self::VersionOrStageMissing | Self::AliasNotFound { .. } => {
                ErrorCode::InvalidParameterValue
            }
            Self::ModelExists { .. } => ErrorCode::ResourceAlreadyExists,
            Self::ModelNotFound { .. }
            | Self::VersionNotFound { .. }
            | Self::LatestNotFound { .. } => ErrorCode::ResourceDoesNotExist,
            Self::NewNameBlank
            | Self::StageBlank
            | Self::StageNotActive { .. }
            | Self::UriImproper { .. }
            | Self::UriLoggedModel { .. }
            | Self::NoVersions { .. }
            | Self::CopySourceScheme { .. }
            | Self::CopySource { .. }
            | Self::NumbersUsedUp { .. } => ErrorCode::InternalError,
            Self::NothingToUndo
            | Self::NotYoursToUndo
            | Self::NothingToRedo
            | Self::NoSuchStep
            | Self::LookingBack
            | Self::ReadOnly
            | Self::Team(_)
            | Self::ExerciseLimit(_) => ErrorCode::TeamRule,
        }
    }
}

/// MLflow's own message, letter for letter, where MLflow has one; a short technical one where it has none.
impl fmt::Display for RefusalKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(invalid) => invalid.fmt(f),
            Self::ModelExists { name, on_rename } => {
                write!(f, "Registered Model (name={name}) already exists.")?;
                if *on_rename {
                    f.write_str(" Error: UNIQUE constraint failed: registered_models.name")?;
                }
                Ok(())
            }
            Self::ModelNotFound { name } => {
                write!(f, "Registered Model with name={name} not found")
            }
            Self::NewNameBlank => f.write_str("The name must not be an empty string."),
            Self::VersionNotFound { name, version } => {
                write!(
                    f,
                    "Model Version (name={name}, version={version}) not found"
                )
            }
            Self::VersionOrStageMissing => f.write_str("version or stage must be set"),
            Self::StageBlank => f.write_str("The stage must not be an empty string."),
            Self::StageNotActive { stage } => write!(
                f,
                "Model version transition cannot archive existing model versions because '{stage}' is not an Active \
                 stage. Valid stages are ['Staging', 'Production']"
            ),
            Self::AliasNotFound { alias } => {
                write!(f, "Registered model alias {alias} not found.")
            }
            Self::LatestNotFound { name } => {
                write!(f, "Latest version not found for model {name}.")
            }
            Self::UriImproper { uri } => write!(
                f,
                "Not a proper models:/ URI: {uri}. Models URIs must be of the form 'models:/name/suffix' or \
                 'models:/name@alias' where suffix is a version, stage, or the string 'latest' and where alias is a \
                 registered model alias. Only one of suffix or alias can be defined at a time."
            ),
            Self::UriLoggedModel { uri } => write!(
                f,
                "{uri} is the ID of a logged model in MLflow 3, which this simulator does not have"
            ),
            Self::NoVersions { name, stage: None } => {
                write!(f, "No versions of model with name '{name}' found")
            }
            Self::NoVersions {
                name,
                stage: Some(stage),
            } => write!(
                f,
                "No versions of model with name '{name}' and stage '{stage}' found"
            ),
            Self::CopySourceScheme { uri } => write!(
                f,
                "Unsupported source model URI: '{uri}'. The `copy_model_version` API only copies models stored in the \
                 'models:/' scheme."
            ),
            Self::CopySource { uri, because } => write!(
                f,
                "Failed to fetch model version from source model URI: '{uri}'. Error: {because}"
            ),
            Self::NumbersUsedUp { name } => {
                write!(
                    f,
                    "Model Version creation error (name={name}). Giving up after 3 attempts."
                )
            }
            Self::NothingToUndo => f.write_str("nothing to undo"),
            Self::NotYoursToUndo => f.write_str("the last action is not yours to undo"),
            Self::NothingToRedo => f.write_str("nothing to redo"),
            Self::NoSuchStep => f.write_str("the history has no such step"),
            Self::LookingBack => f.write_str("an earlier moment is on screen"),
            Self::ReadOnly => f.write_str("nothing can be changed here"),
            Self::Team(TeamRefusal { rule, name, .. }) => {
                write!(f, "refused by the team rule {rule:?} (model {name})")
            }
            Self::ExerciseLimit(_) => f.write_str("not part of this exercise"),
        }
    }
}
