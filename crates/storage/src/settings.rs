//! The person's settings.

use super::storage_key::WorkspaceId;
use registry::{json_fields, json_names};

/// Light, dark, or whatever the system says.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

json_names!(Theme {
    System = "system",
    Light = "light",
    Dark = "dark",
});

/// The settings. What is missing in the saved ones has its default; what is unknown there is passed over.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Settings {
    /// The colours.
    pub theme: Theme,
    /// The workspace that was used last.
    pub workspace: WorkspaceId,
}

json_fields!(Settings {
    theme = always,
    workspace = always,
});
