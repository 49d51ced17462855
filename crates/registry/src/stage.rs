//! The four stages that a model version can be in.

use super::invalid::Invalid;
use crate::named_enum;

named_enum! {
    /// A stage label. MLflow 3.18.0 knows exactly these four (`entities/model_registry/model_version_stages.py`).
    pub enum Stage {
        /// No stage yet: what every new version starts in.
        None = "None",
        /// Being tested, not used by anybody.
        Staging = "Staging",
        /// Live: what users get.
        Production = "Production",
        /// Kept for the record, not in use.
        Archived = "Archived",
    }
}

impl Stage {
    /// Reads a stage as MLflow does: upper and lower case are the same, surrounding blanks are not forgiven.
    ///
    /// # Errors
    /// [`Invalid::StageUnknown`] for every other text.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        // No letter outside ASCII becomes one of these words in lower case, so ASCII is enough (and much smaller).
        Self::ALL
            .into_iter()
            .find(|stage| stage.as_str().eq_ignore_ascii_case(text))
            .ok_or_else(|| Invalid::StageUnknown {
                stage: text.to_owned(),
            })
    }

    /// Returns whether `archive_existing_versions` can be asked for on a move into this stage (MLflow 3.18.0).
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Staging | Self::Production)
    }

    /// Returns the place of the stage in [`Stage::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// One value for each stage.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PerStage<T>(pub(crate) [T; 4]);

impl<T> PerStage<T> {
    /// Returns the value of a stage.
    pub const fn get(&self, stage: Stage) -> &T {
        let [none, staging, production, archived] = &self.0;
        match stage {
            Stage::None => none,
            Stage::Staging => staging,
            Stage::Production => production,
            Stage::Archived => archived,
        }
    }

    /// The value of a stage, to be changed.
    pub const fn get_mut(&mut self, stage: Stage) -> &mut T {
        let [none, staging, production, archived] = &mut self.0;
        match stage {
            Stage::None => none,
            Stage::Staging => staging,
            Stage::Production => production,
            Stage::Archived => archived,
        }
    }
}
