//! The person's settings.

use super::storage_key::WorkspaceId;
use registry::{json_fields, json_names, named_enum};

named_enum! {
    /// Light, dark, or whatever the system says.
    #[derive(Default)]
    pub enum Theme {
        /// As the system.
        #[default]
        System = "system",
        /// Light.
        Light = "light",
        /// Dark.
        Dark = "dark",
    }
}

json_names!(Theme);

/// The settings. What is missing in the saved ones has its default; what is unknown there is passed over.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Settings {
    pub theme: Theme,
    /// The workspace that was used last.
    pub workspace: WorkspaceId,
}

json_fields!(Settings {
    theme = always,
    workspace = always,
});
