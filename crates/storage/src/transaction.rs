//! A change of several workspaces and of the small values beside them, all of it or nothing.

use serde_json::Value;

use super::settings::Theme;
use super::storage_key::WorkspaceId;
use crate::console::ConsoleMemory;
use lesson::progress::Progress;
use registry::json::{FromJson, JsonError, Reader, ToJson, Writer};

/// The small values beside the workspaces. A field that is `None` leaves its value as it is.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Small {
    /// What the learner has done.
    pub progress: Option<Progress>,
    /// The colours.
    pub theme: Option<Theme>,
    /// What the console remembers.
    pub console: Option<ConsoleMemory>,
}

impl Small {
    /// Returns these values, with those of `other` where there is none.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            progress: self.progress.or(other.progress),
            theme: self.theme.or(other.theme),
            console: self.console.or(other.console),
        }
    }
}

/// The log entry of a transaction. Once it is stored the transaction has happened, whatever the values under their own keys
/// say; they are brought up to it one by one, and then the entry is removed.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Transaction {
    /// Workspaces that are there, though their headers may still call them deleted.
    pub(crate) came: Vec<WorkspaceId>,
    /// Workspaces that are gone, though something of them may still be stored.
    pub(crate) gone: Vec<WorkspaceId>,
    /// What the small values are now.
    pub(crate) small: Small,
}

impl ToJson for Transaction {
    fn write(&self, out: &mut Writer) {
        let texts = |ids: &[WorkspaceId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        out.object(&|out| {
            out.texts("workspaces", &texts(&self.came));
            if !self.gone.is_empty() {
                out.texts("gone", &texts(&self.gone));
            }
            if let Some(progress) = &self.small.progress {
                out.field("progress", progress);
            }
            if let Some(theme) = self.small.theme {
                out.text("theme", theme.name());
            }
            if let Some(console) = &self.small.console {
                out.field("console", console);
            }
        });
    }
}

impl FromJson for Transaction {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        let mut from = Reader::new(value)?;
        let read = |ids: Vec<Value>, name: &'static str| {
            let read = |id: Value| id.as_str().and_then(WorkspaceId::parse);
            let ids: Option<Vec<WorkspaceId>> = ids.into_iter().map(read).collect();
            ids.ok_or(JsonError(name))
        };
        let came = read(from.list("workspaces")?, "workspaces")?;
        let gone = read(from.list_or_empty("gone")?, "gone")?;
        let small = Small {
            progress: from.take("progress").map(Progress::from_json).transpose()?,
            theme: match from.text_or_none("theme")? {
                None => None,
                Some(name) => Some(Theme::parse(&name).ok_or(JsonError("theme"))?),
            },
            console: from
                .take("console")
                .map(ConsoleMemory::from_json)
                .transpose()?,
        };
        Ok(Self { came, gone, small })
    }
}
