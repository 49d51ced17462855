//! The person's settings.

use serde_json::Value;

use super::storage_key::WorkspaceId;
use registry::json::{FromJson, JsonError, Reader, ToJson, Writer};

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

impl Theme {
    /// Returns its name in saved data.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Returns the theme of that name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        [Self::System, Self::Light, Self::Dark]
            .into_iter()
            .find(|theme| theme.name() == name)
    }
}

/// The settings. What is missing in the saved ones has its default; what is unknown there is passed over.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Settings {
    /// The colours.
    pub theme: Theme,
    /// The workspace that was used last.
    pub workspace: WorkspaceId,
}

impl ToJson for Settings {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            out.text("theme", self.theme.name());
            out.text("workspace", self.workspace.as_str());
        });
    }
}

impl FromJson for Settings {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        let mut from = Reader::new(value)?;
        let theme = match from.text_or_none("theme")? {
            None => Theme::System,
            Some(name) => Theme::parse(&name).ok_or(JsonError("theme"))?,
        };
        let workspace = match from.text_or_none("workspace")? {
            None => WorkspaceId::own(),
            Some(id) => WorkspaceId::parse(&id).ok_or(JsonError("workspace"))?,
        };
        Ok(Self { theme, workspace })
    }
}
