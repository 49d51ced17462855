//! What the real MLflow says to a piece of code.

use super::era::Era;
use crate::registry::Command;

/// The forms in which a command can be written down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// `MlflowClient`.
    Python,
    /// `curl` to the REST server.
    Curl,
    /// The lesson's command line.
    Shell,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Python, Self::Curl, Self::Shell];
}

/// What the real MLflow says to a piece of code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Badge {
    /// It is accepted; since which release, where that is worth saying.
    Accepted {
        /// The release.
        since: Option<&'static str>,
    },
    /// It is accepted, but deprecated.
    Deprecated {
        /// Since which release.
        since: &'static str,
    },
    /// No MLflow has it.
    Nowhere,
}

/// Since when stages are deprecated.
pub const STAGES_DEPRECATED: &str = "2.9.0";
/// Since when there are aliases.
pub const ALIASES_SINCE: &str = "2.3.0";

/// What the real MLflow says to a command, written in this form in this era.
#[must_use]
pub const fn badge(command: &Command, era: Era, shape: Shape) -> Badge {
    if matches!(shape, Shape::Shell) {
        return Badge::Nowhere;
    }
    match (command, era) {
        (
            Command::TransitionModelVersionStage { .. } | Command::ReplaceRegistry { .. },
            Era::Stages,
        ) => Badge::Deprecated {
            since: STAGES_DEPRECATED,
        },
        (
            Command::SetRegisteredModelAlias { .. }
            | Command::DeleteRegisteredModelAlias { .. }
            | Command::TransitionModelVersionStage { .. }
            | Command::ReplaceRegistry { .. },
            _,
        ) => Badge::Accepted {
            since: Some(ALIASES_SINCE),
        },
        _ => Badge::Accepted { since: None },
    }
}
