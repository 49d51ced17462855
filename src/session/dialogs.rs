//! What a dialog is open for.

use el::RwSignal;
use registry::{ModelName, Refusal, Stage, VersionNumber};

/// The dialog that is open, and what was refused outside of any.
#[derive(Clone, Copy)]
pub struct Dialogs {
    pub open: RwSignal<Option<Dialog>>,
    /// A refusal outside of any dialog, such as of an undo.
    pub refused: RwSignal<Option<Refusal>>,
}

impl Default for Dialogs {
    fn default() -> Self {
        Self {
            open: RwSignal::new(None),
            refused: RwSignal::new(None),
        }
    }
}

/// Something that a dialog is open for.
#[derive(Clone, PartialEq, Debug)]
pub enum Dialog {
    /// Move a version to another stage.
    Move {
        /// The model.
        name: ModelName,
        /// The version.
        version: VersionNumber,
        /// Where to.
        to: Stage,
    },
    /// Register a model.
    CreateModel,
    /// Rename a model.
    RenameModel(ModelName),
    /// Change a model's description.
    DescribeModel(ModelName),
    /// Delete a model.
    DeleteModel(ModelName),
    /// Add a version to a model.
    AddVersion(ModelName),
    /// Change a version's description.
    DescribeVersion(ModelName, VersionNumber),
    /// Delete a version.
    DeleteVersion(ModelName, VersionNumber),
    /// Copy a version to a model.
    CopyVersion(ModelName, VersionNumber),
    /// Set an alias, perhaps to a certain version.
    SetAlias(ModelName, Option<VersionNumber>),
    /// Set a tag of a model, or of a version of it.
    AddTag(ModelName, Option<VersionNumber>),
    /// Set a metric of a version.
    AddMetric(ModelName, VersionNumber),
    /// Start with an empty registry.
    StartEmpty,
    /// Go back to the sample.
    ResetSample,
    /// Delete the workspace that is open.
    DeleteWorkspace,
    /// About data that goes out or comes in.
    Data(DataDialog),
    /// Export the history as code.
    Export,
    /// Take in the registry of a real server.
    MlflowImport,
}

/// A dialog about data that goes out or comes in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DataDialog {
    /// All registries: open, make, name, copy and delete them.
    Registries,
    /// Share the registry that is open, or save it as a file.
    Share,
    /// Delete everything that is kept.
    Erase,
}
