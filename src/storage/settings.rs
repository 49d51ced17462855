//! The person's settings.

use serde::Serialize;
use serde_json::Value;

use super::place::WorkspaceId;
use crate::registry::json::{FromJson, JsonError, Reader};

/// Light, dark, or whatever the system says.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize)]
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
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Settings {
    /// The colours.
    pub theme: Theme,
    /// The workspace that was used last.
    pub workspace: WorkspaceId,
}

impl FromJson for Settings {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        let mut from = Reader::new(value)?;
        let theme = match from.text_or_empty("theme")?.as_str() {
            "" | "system" => Theme::System,
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => return Err(JsonError("theme")),
        };
        let workspace = match from.text_or_empty("workspace")?.as_str() {
            "" => WorkspaceId::own(),
            id => WorkspaceId::parse(id).ok_or(JsonError("workspace"))?,
        };
        Ok(Self { theme, workspace })
    }
}
