//! A call as somebody wrote it, and MLflow's own order of checks on it (3.18.0).
//!
//! What the buttons do is valid by its types. What is typed, pasted or recorded is text, and MLflow checks its pieces in
//! an order that mixes syntax with look-ups: `MlflowClient` first looks the model up, the layer below (which REST uses)
//! does not. This module is that order, and nothing else: it ends in a [`Command`] or a [`Query`].

use super::Registry;
use super::command::{Command, Metrics, Tags};
use super::id::{
    Alias, FreeText, MetricName, MetricValue, ModelName, TagKey, TagValue, VersionNumber,
    WrittenVersion,
};
use super::methods::methods;
use super::python;
use super::refusal::RefusalKind;
use super::stage::Stage;
use super::uri;

/// Through which door the call comes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ApiLayer {
    /// `mlflow.MlflowClient`: it looks the registered model up before it does anything else.
    Client,
    /// The layer below, whose order of checks the REST server has.
    Store,
}

/// Keys with their values, as written and in the order in which they were.
pub type Written = Vec<(String, String)>;

/// A question as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Question {
    GetRegisteredModel {
        name: String,
    },
    GetModelVersionByAlias {
        name: String,
        alias: String,
    },
    GetModelVersion {
        name: String,
        version: String,
    },
    GetLatestVersions {
        name: String,
        stages: Vec<String>,
    },
    /// What `mlflow.pyfunc.load_model` would load.
    ResolveUri {
        uri: String,
    },
}

/// The `version` of a tag call, which Python first asks whether it is "falsy": `0` is, `"0"` is not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum VersionArgument {
    /// Nothing, or an empty text.
    Missing,
    /// The number 0.
    Zero,
    /// Anything else, as Python prints it.
    Given(String),
}

/// A call that passed MLflow's checks of form.
#[derive(Clone, PartialEq, Debug)]
pub enum Request {
    /// It asks for a change.
    Command(Command),
    /// It asks a question.
    Query(Query),
}

/// A question to a registry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Query {
    /// `get_registered_model`
    Model { name: ModelName },
    /// `get_model_version`
    Version {
        name: ModelName,
        version: VersionNumber,
    },
    /// `get_model_version_by_alias`
    ByAlias { name: ModelName, alias: Alias },
    /// `get_latest_versions`
    Latest { name: ModelName, stages: Vec<Stage> },
    /// What `mlflow.pyfunc.load_model` would load.
    Uri { uri: String },
}

macro_rules! calls {
    ($(
        $(#[$doc:meta])*
        $variant:ident $method:literal
        $fields:tt
        ($($written:ident : $type:ident),* $(,)?)
        { |$door:ident| $read:expr }
        $row:tt;
    )*) => {
        /// A call with its arguments as written. Numbers are written as Python prints them.
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub enum RawCall {
            $(
                $(#[$doc])*
                $variant { $($written: $type),* },
            )*
            Ask(Question),
        }

        impl RawCall {
            /// Checks the call in MLflow's order against the registry as it is.
            ///
            /// # Errors
            /// The first thing that MLflow 3.18.0 complains about before it comes to changing anything.
            pub fn read(&self, registry: &Registry, layer: ApiLayer) -> Result<Request, RefusalKind> {
                Ok(Request::Command(match self {
                    $(Self::$variant { $($written),* } => {
                        let $door = Door { registry, layer };
                        $read
                    })*
                    Self::Ask(question) => {
                        let door = Door { registry, layer };
                        return door.read_question(question).map(Request::Query);
                    }
                }))
            }
        }
    };
}

methods!(calls);

/// Tags, each checked before the next: MLflow takes them in the order in which they were written.
fn read_tags(written: &[(String, String)]) -> Result<Tags, RefusalKind> {
    let mut tags = Tags::new();
    for (key, value) in written {
        tags.insert(TagKey::parse(key)?, TagValue::parse(value)?);
    }
    Ok(tags)
}

fn read_metrics(written: &[(String, String)]) -> Result<Metrics, RefusalKind> {
    let mut metrics = Metrics::new();
    for (key, value) in written {
        metrics.insert(MetricName::parse(key)?, MetricValue::parse(value)?);
    }
    Ok(metrics)
}

/// A registry behind one of its doors.
struct Door<'a> {
    registry: &'a Registry,
    layer: ApiLayer,
}

impl Door<'_> {
    /// Does what `MlflowClient` does first in most calls (`_raise_if_prompt`): gets the model, which checks its name.
    fn look_up(&self, name: &str) -> Result<(), RefusalKind> {
        if self.layer == ApiLayer::Client {
            self.registry.get_model(&ModelName::parse(name)?)?;
        }
        Ok(())
    }

    fn existing(&self, name: &ModelName, version: &str) -> Result<VersionNumber, RefusalKind> {
        let written = WrittenVersion::parse(version)?;
        Ok(self.registry.get_model_version(name, &written)?.number())
    }

    fn read_transition(
        &self,
        name: &str,
        version: &str,
        stage: &str,
        archive_existing_versions: bool,
    ) -> Result<Command, RefusalKind> {
        self.look_up(name)?;
        if python::is_blank(stage) {
            return Err(RefusalKind::StageBlank);
        }
        let to = Stage::parse(stage)?;
        if archive_existing_versions && !to.is_active() {
            return Err(RefusalKind::StageNotActive {
                stage: stage.to_owned(),
            });
        }
        let name = ModelName::parse(name)?;
        Ok(Command::TransitionModelVersionStage {
            version: self.existing(&name, version)?,
            name,
            stage: to,
            archive_existing_versions,
        })
    }

    fn read_version_tag<'v>(
        &self,
        name: &str,
        version: &'v VersionArgument,
        key: &str,
    ) -> Result<(ModelName, &'v str, TagKey), RefusalKind> {
        let version = match (version, self.layer) {
            (VersionArgument::Given(version), _) => version.as_str(),
            (VersionArgument::Missing | VersionArgument::Zero, ApiLayer::Client) => {
                return Err(RefusalKind::VersionOrStageMissing);
            }
            (VersionArgument::Missing, ApiLayer::Store) => "",
            (VersionArgument::Zero, ApiLayer::Store) => "0",
        };
        self.look_up(name)?;
        let name = ModelName::parse(name)?;
        WrittenVersion::parse(version)?;
        Ok((name, version, TagKey::parse(key)?))
    }

    fn read_copy(&self, uri: &str, dst_name: &str) -> Result<Command, RefusalKind> {
        if !uri::is_models_scheme(uri) {
            return Err(RefusalKind::CopySourceScheme {
                uri: uri.to_owned(),
            });
        }
        let source = self
            .registry
            .resolve(uri)
            .map_err(|because| RefusalKind::CopySource {
                uri: uri.to_owned(),
                because: Box::new(because),
            })?;
        Ok(Command::CopyModelVersion {
            name: source.name,
            version: source.version,
            dst_name: ModelName::parse(dst_name)?,
        })
    }

    fn read_question(&self, question: &Question) -> Result<Query, RefusalKind> {
        Ok(match question {
            Question::GetModelVersion { name, version } => {
                let name = ModelName::parse(name)?;
                Query::Version {
                    version: self.existing(&name, version)?,
                    name,
                }
            }
            Question::GetModelVersionByAlias { name, alias } => Query::ByAlias {
                name: ModelName::parse(name)?,
                alias: Alias::parse(alias)?,
            },
            Question::GetLatestVersions { name, stages } => {
                let name = ModelName::parse(name)?;
                self.registry.get_model(&name)?;
                Query::Latest {
                    name,
                    stages: stages
                        .iter()
                        .map(|stage| Stage::parse(stage))
                        .collect::<Result<_, _>>()?,
                }
            }
            Question::ResolveUri { uri } => {
                if let (ApiLayer::Client, uri::ModelUri::Version { name, .. }) =
                    (self.layer, uri::ModelUri::parse(uri)?)
                {
                    self.look_up(&name)?;
                }
                Query::Uri { uri: uri.clone() }
            }
            Question::GetRegisteredModel { name } => Query::Model {
                name: ModelName::parse(name)?,
            },
        })
    }
}
