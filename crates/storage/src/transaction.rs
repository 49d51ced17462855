//! A change of several workspaces and of the small values beside them, all of it or nothing.

use super::settings::Theme;
use super::storage_key::WorkspaceId;
use crate::class_plans::ClassPlans;
use crate::console::ConsoleMemory;
use lesson::progress::Progress;
use registry::json::{JsonError, Reader, Writer};
use registry::json_fields;

/// The small values beside the workspaces. A field that is `None` leaves its value as it is.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Small {
    /// What the learner has done.
    pub progress: Option<Progress>,
    pub theme: Option<Theme>,
    /// What the console remembers.
    pub console: Option<ConsoleMemory>,
    /// The plans for classes.
    pub plans: Option<ClassPlans>,
}

impl Small {
    /// Returns these values, with those of `other` where there is none.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            progress: self.progress.or(other.progress),
            theme: self.theme.or(other.theme),
            console: self.console.or(other.console),
            plans: self.plans.or(other.plans),
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

json_fields!(Transaction {
    came as "workspaces",
    gone = or_default,
    small = by(small),
});

mod small {
    use super::{JsonError, Reader, Small, Writer};

    pub(super) fn write(small: &Small, out: &mut Writer) {
        out.field("progress", &small.progress);
        out.field("theme", &small.theme);
        out.field("console", &small.console);
        out.field("class", &small.plans);
    }

    pub(super) fn read(from: &mut Reader) -> Result<Small, JsonError> {
        Ok(Small {
            progress: from.field("progress")?,
            theme: from.field("theme")?,
            console: from.field("console")?,
            plans: from.field("class")?,
        })
    }
}
