//! Everything that can be asked of a registry. Questions change nothing.

use super::Registry;
use super::id::{Alias, FreeText, ModelName, Time, VersionNumber, WrittenVersion};
use super::model::{ModelVersion, RegisteredModel};
use super::refusal::RefusalKind;
use super::stage::Stage;
use super::uri::ModelUri;

/// What answers an app that asks for a stage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// Nothing is in that stage: the app gets an error.
    Nothing,
    One(VersionNumber),
    /// Several are there. MLflow takes the highest number, whichever was moved last.
    Highest {
        /// The version that answers.
        answers: VersionNumber,
        /// How many are in the stage.
        of: usize,
    },
}

impl Answer {
    /// Returns the version that answers, if any.
    pub const fn version(self) -> Option<VersionNumber> {
        match self {
            Self::Nothing => None,
            Self::One(version)
            | Self::Highest {
                answers: version, ..
            } => Some(version),
        }
    }
}

impl RegisteredModel {
    /// Returns the lesson's `get_model(stage=…)`: what an app gets that asks this model for a stage.
    pub fn answer(&self, stage: Stage) -> Answer {
        match (self.newest_in(stage), self.in_stage(stage).len()) {
            (None, _) => Answer::Nothing,
            (Some(version), 1) => Answer::One(version),
            (Some(answers), of) => Answer::Highest { answers, of },
        }
    }
}

/// A version that a `models:/` URI resolved to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Resolved {
    pub name: ModelName,
    pub version: VersionNumber,
    /// The version as the URI wrote it (`02`), or its number.
    pub written: String,
    /// Where the files are.
    pub source: FreeText,
}

impl Registry {
    /// Returns a model by name.
    pub fn model(&self, name: &ModelName) -> Option<&RegisteredModel> {
        self.models.get(name).map(AsRef::as_ref)
    }

    /// Returns all models, in the order of their names.
    pub fn models(&self) -> impl DoubleEndedIterator<Item = &RegisteredModel> + ExactSizeIterator {
        self.models.values().map(AsRef::as_ref)
    }

    /// Returns whether there is no model at all.
    pub fn is_empty(&self) -> bool {
        self.models.is_empty()
    }

    /// MLflow's `get_latest_versions`: in each stage asked for, the version with the highest number, if there is one.
    /// No stage asked for means every stage. In ascending order of their numbers.
    ///
    /// # Errors
    /// [`RefusalKind::ModelNotFound`].
    pub fn get_latest_versions(
        &self,
        name: &ModelName,
        stages: &[Stage],
    ) -> Result<Vec<&ModelVersion>, RefusalKind> {
        let model = self.get_model(name)?;
        let mut numbers: Vec<VersionNumber> = Stage::ALL
            .into_iter()
            .filter(|stage| stages.is_empty() || stages.contains(stage))
            .filter_map(|stage| model.newest_in(stage))
            .collect();
        numbers.sort_unstable();
        Ok(numbers
            .into_iter()
            .filter_map(|number| model.version(number))
            .collect())
    }

    /// MLflow's `get_model_version`.
    ///
    /// # Errors
    /// [`RefusalKind::VersionNotFound`], also where the model itself is missing (as in MLflow 3.18.0).
    pub fn get_model_version(
        &self,
        name: &ModelName,
        version: &WrittenVersion,
    ) -> Result<&ModelVersion, RefusalKind> {
        self.model(name)
            .and_then(|model| model.version(version.number()?))
            .ok_or_else(|| RefusalKind::VersionNotFound {
                name: name.clone(),
                version: version.as_str().to_owned(),
            })
    }

    /// MLflow's `get_model_version_by_alias`; `latest` in any case means the highest number (MLflow 3.18.0).
    ///
    /// # Errors
    /// [`RefusalKind::ModelNotFound`], [`RefusalKind::AliasNotFound`] or [`RefusalKind::LatestNotFound`].
    pub fn get_model_version_by_alias(
        &self,
        name: &ModelName,
        alias: &Alias,
    ) -> Result<&ModelVersion, RefusalKind> {
        let model = self.get_model(name)?;
        if alias.is_latest() {
            return model
                .newest()
                .and_then(|number| model.version(number))
                .ok_or_else(|| RefusalKind::LatestNotFound { name: name.clone() });
        }
        model
            .aliases()
            .get(alias)
            .and_then(|number| model.version(*number))
            .ok_or_else(|| RefusalKind::AliasNotFound {
                alias: alias.clone(),
            })
    }

    /// Finds the version that a `models:/` URI means, as `mlflow.pyfunc.load_model` does.
    ///
    /// # Errors
    /// What MLflow 3.18.0 says, in its order: the URI's form, then name, stage or alias, then whether it is there.
    pub fn resolve(&self, uri: &str) -> Result<Resolved, RefusalKind> {
        let (name, written) = match ModelUri::parse(uri)? {
            ModelUri::Version { name, version } => (ModelName::parse(&name)?, version),
            ModelUri::Stage { name, stage } => {
                let name = ModelName::parse(&name)?;
                self.get_model(&name)?;
                let found = self.get_latest_versions(&name, &[Stage::parse(&stage)?])?;
                let Some(version) = found.last() else {
                    return Err(RefusalKind::NoVersions {
                        name,
                        stage: Some(stage),
                    });
                };
                let written = version.number().to_string();
                (name, written)
            }
            ModelUri::Latest { name } => {
                let name = ModelName::parse(&name)?;
                let Some(version) = self.get_model(&name)?.newest() else {
                    return Err(RefusalKind::NoVersions { name, stage: None });
                };
                (name, version.to_string())
            }
            ModelUri::Alias { name, alias } => {
                let name = ModelName::parse(&name)?;
                let alias = Alias::parse(&alias)?;
                let written = self.get_model_version_by_alias(&name, &alias)?.number();
                (name, written.to_string())
            }
        };
        let version = self.get_model_version(&name, &WrittenVersion::parse(&written)?)?;
        Ok(Resolved {
            version: version.number(),
            source: version.storage().clone(),
            name,
            written,
        })
    }

    /// Returns the newest moment that anything in the registry was changed at; the start of time where it is empty.
    pub fn last_change(&self) -> Time {
        self.models()
            .map(RegisteredModel::updated)
            .max()
            .unwrap_or_default()
    }
}
