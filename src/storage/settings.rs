//! The person's settings.

use serde::{Deserialize, Serialize};

use super::place::WorkspaceId;

/// Light, dark, or whatever the system says.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// The settings. What is missing in the saved ones has its default; what is unknown there is passed over.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The colours.
    pub theme: Theme,
    /// The workspace that was used last.
    pub workspace: WorkspaceId,
}
