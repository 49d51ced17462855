//! What a tab can ask of the one that writes.

use serde_json::Value;

use crate::attempt::Attempt;
use crate::class_plans::PlanChange;
use crate::console::ConsoleMemory;
use crate::format::Checksum;
use crate::settings::Theme;
use crate::storage_key::WorkspaceId;
use lesson::id::Id;
use lesson::progress::Progress;
use registry::history::Travel;
use registry::json::{self, FromJson, JsonError, Reader, ToJson, Writer};
use registry::{Action, Entry, Log, Record, Refusal, RuleSet};

/// Something that is asked of the writer.
#[derive(Clone, PartialEq, Debug)]
pub enum Request {
    /// A step in a registry, or a movement along its history.
    Step {
        /// Whose registry.
        workspace: WorkspaceId,
        record: Record,
        /// The step that is taken back, done again or gone back to, where there is one.
        of: Option<Stamp>,
    },
    /// Other colours.
    Theme(Theme),
    /// Remember the workspace that is in use.
    Current(WorkspaceId),
    /// Another rule set for a workspace.
    Rules(WorkspaceId, RuleSet),
    /// Merge this with what was learned.
    Learned(Progress),
    /// A change of what the console remembers.
    Console(ConsoleChange),
    /// How far an exercise has come.
    Attempt(Id, Attempt),
    /// A change of the plans for classes.
    Plans(PlanChange),
}

/// A change of what the console remembers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ConsoleChange {
    Open(bool),
    /// Another address of the server.
    Base(String),
    Typed(String),
}

impl ConsoleChange {
    /// Makes the change.
    pub fn make(&self, memory: &mut ConsoleMemory) {
        match self {
            Self::Open(open) => memory.open = *open,
            Self::Base(base) => memory.base.clone_from(base),
            Self::Typed(text) => memory.remember(text),
        }
    }
}

/// What a step is known by in every tab: a checksum of what it does and when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stamp(Checksum);

impl Stamp {
    /// Returns the stamp of a step.
    pub fn of(entry: &Entry) -> Self {
        let record = Record::Step {
            context: entry.context.clone(),
            action: entry.action.clone(),
        };
        Self(Checksum::of(0, "step", &json::print(&record)))
    }
}

impl ToJson for Stamp {
    fn write(&self, out: &mut Writer) {
        out.string(&self.0.to_string());
    }
}

impl FromJson for Stamp {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        let checksum = value.as_str().and_then(Checksum::parse);
        checksum.map(Self).ok_or(json::THIS_FIELD)
    }
}

/// Why a step was not taken.
#[derive(Clone, PartialEq, Debug)]
pub enum Objection {
    /// The registry refuses it.
    Refused(Refusal),
    /// The step that it means is not where it was: another tab was faster.
    Moved,
}

impl Request {
    /// Returns the request for what was just done here: `log` is the log after it.
    pub fn for_step(workspace: &WorkspaceId, record: &Record, log: &Log) -> Self {
        let of = match record {
            Record::Travel {
                travel: Travel::Undo,
            } => log.undone().first(),
            Record::Travel {
                travel: Travel::Redo,
            } => log.done().last(),
            Record::Step {
                action: Action::Restore { restore },
                ..
            } => step(log, *restore),
            Record::Step { .. } => None,
        };
        Self::Step {
            workspace: workspace.clone(),
            record: record.clone(),
            of: of.map(Stamp::of),
        }
    }
}

fn step(log: &Log, number: u64) -> Option<&Entry> {
    let index = number.checked_sub(log.folded())?.checked_sub(1)?;
    log.done().get(usize::try_from(index).ok()?)
}

/// Does on a log what is asked for, if it still means the same there.
///
/// # Errors
/// If not; nothing has changed then.
pub fn carry_out(log: &mut Log, record: &Record, of: Option<Stamp>) -> Result<Record, Objection> {
    let means = |entry: Option<&Entry>| match (entry.map(Stamp::of), of) {
        (found, Some(of)) if found != Some(of) => Err(Objection::Moved),
        _ => Ok(()),
    };
    let done = match record {
        Record::Travel {
            travel: Travel::Undo,
        } => {
            means(log.done().last())?;
            log.undo()
        }
        Record::Travel {
            travel: Travel::Redo,
        } => {
            means(log.undone().first())?;
            log.redo()
        }
        Record::Step {
            context,
            action: Action::Restore { restore },
        } => {
            means(step(log, *restore))?;
            log.restore(context, *restore)
        }
        Record::Step {
            context,
            action: Action::Do(command),
        } => log.act(context, command),
    };
    done.map_err(Objection::Refused)
}

impl ToJson for Request {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| match self {
            Self::Step {
                workspace,
                record,
                of,
            } => {
                out.field("step", record);
                out.field("ws", workspace);
                out.field("of", of);
            }
            Self::Theme(theme) => out.field("theme", theme),
            Self::Current(workspace) => out.field("current", workspace),
            Self::Rules(workspace, rules) => {
                out.field("rules", rules);
                out.field("ws", workspace);
            }
            Self::Learned(progress) => out.field("learned", progress),
            Self::Attempt(id, attempt) => {
                out.field("exercise", id);
                out.field("attempt", attempt);
            }
            Self::Plans(PlanChange::Keep(plan)) => out.field("plan", plan),
            Self::Plans(PlanChange::Forget(id)) => out.field("no_plan", id),
            Self::Console(ConsoleChange::Open(open)) => {
                out.text("console", if *open { "open" } else { "shut" });
            }
            Self::Console(ConsoleChange::Base(base)) => out.field("base", base),
            Self::Console(ConsoleChange::Typed(text)) => out.field("typed", text),
        });
    }
}

impl FromJson for Request {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        let from = &mut Reader::new(value)?;
        let request = if let Some(record) = from.field("step")? {
            Self::Step {
                record,
                workspace: from.field("ws")?,
                of: from.field("of")?,
            }
        } else if let Some(theme) = from.field("theme")? {
            Self::Theme(theme)
        } else if let Some(id) = from.field("current")? {
            Self::Current(id)
        } else if let Some(rules) = from.field("rules")? {
            Self::Rules(from.field("ws")?, rules)
        } else if let Some(progress) = from.field("learned")? {
            Self::Learned(progress)
        } else if let Some(attempt) = from.field("attempt")? {
            Self::Attempt(from.field("exercise")?, attempt)
        } else if let Some(plan) = from.field("plan")? {
            Self::Plans(PlanChange::Keep(plan))
        } else if let Some(id) = from.field("no_plan")? {
            Self::Plans(PlanChange::Forget(id))
        } else if let Some(base) = from.field("base")? {
            Self::Console(ConsoleChange::Base(base))
        } else if let Some(text) = from.field("typed")? {
            Self::Console(ConsoleChange::Typed(text))
        } else {
            Self::Console(ConsoleChange::Open(
                match from.field::<String>("console")?.as_str() {
                    "open" => true,
                    "shut" => false,
                    _ => return Err(JsonError("console")),
                },
            ))
        };
        from.finish()?;
        Ok(request)
    }
}
