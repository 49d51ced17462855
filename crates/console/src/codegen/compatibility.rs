//! What the real MLflow says to a piece of code.

use super::api_style::ApiStyle;
use registry::{Command, RegisteredModel, Stage};

/// The formats in which a command can be written down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CodeFormat {
    /// `MlflowClient`.
    Python,
    /// `curl` to the REST server.
    Curl,
    /// The lesson's command line.
    Shell,
}

impl CodeFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Python, Self::Curl, Self::Shell];
}

/// What the real MLflow says to a piece of code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compatibility {
    /// It is accepted; since which release, where that is worth saying.
    Accepted { since: Option<&'static str> },
    /// It is accepted, but deprecated.
    Deprecated { since: &'static str },
    /// No MLflow has it.
    Nowhere,
}

/// Since when stages are deprecated.
pub const STAGES_DEPRECATED: &str = "2.9.0";
/// Since when there are aliases.
pub const ALIASES_SINCE: &str = "2.3.0";

/// What the real MLflow says to a command, written in this format and style.
pub fn compatibility(command: &Command, style: ApiStyle, format: CodeFormat) -> Compatibility {
    if format == CodeFormat::Shell {
        return Compatibility::Nowhere;
    }
    let (has_stages, has_aliases) = match command {
        Command::TransitionModelVersionStage { .. } => (true, true),
        Command::SetRegisteredModelAlias { .. } | Command::DeleteRegisteredModelAlias { .. } => {
            (false, true)
        }
        Command::ReplaceRegistry { with, .. } => {
            let mut versions = with.models().flat_map(RegisteredModel::versions);
            let has_stages = versions.any(|version| version.stage() != Stage::None);
            let has_aliases = with.models().any(|model| !model.aliases().is_empty());
            (has_stages, has_stages || has_aliases)
        }
        _ => (false, false),
    };
    match style {
        ApiStyle::Stages if has_stages => Compatibility::Deprecated {
            since: STAGES_DEPRECATED,
        },
        _ => Compatibility::Accepted {
            since: has_aliases.then_some(ALIASES_SINCE),
        },
    }
}
