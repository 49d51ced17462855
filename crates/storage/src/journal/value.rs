//! What stands in a segment and in a state.

use serde_json::Value;

use crate::format::Checksum;
use crate::storage_key::MAX_COUNT;
use crate::tabs::Ledger;
use registry::json::{self, FromJson, JsonError, Reader};
use registry::{Action, Record, Registry};

/// A place in the history, between two records.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Position {
    /// How many records there were before.
    pub(super) records: u64,
    /// The number of the last step that is done.
    pub(super) step: u64,
    /// How many steps can be redone.
    pub(super) undone: u64,
}

impl Position {
    /// Goes over a record, and says which is the lowest step that it needs.
    pub(super) fn pass(&mut self, record: &Record) -> u64 {
        self.records += 1;
        match record {
            Record::Step { action, .. } => {
                let before = self.step;
                self.step += 1;
                self.undone = 0;
                match action {
                    Action::Restore { restore } => before.min(*restore),
                    Action::Do(_) => before,
                }
            }
            Record::Travel { travel } => {
                match travel {
                    registry::history::Travel::Undo => {
                        self.step = self.step.saturating_sub(1);
                        self.undone += 1;
                    }
                    registry::history::Travel::Redo => {
                        self.step += 1;
                        self.undone = self.undone.saturating_sub(1);
                    }
                }
                self.step
            }
        }
    }
}

/// A segment as it is stored. `after` is the checksum of the segment before it, so that no other one fits in its place.
pub(crate) struct SegmentValue {
    pub(super) before: u64,
    pub(super) step: u64,
    pub(super) after: String,
    /// Which requests of other tabs are in the journal up to here.
    pub(super) ledger: Ledger,
    pub(super) records: Vec<Record>,
}

impl FromJson for SegmentValue {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        let mut from = Reader::new(value)?;
        let records = from.field("records")?;
        Ok(Self {
            before: from.field("before")?,
            step: from.field("step")?,
            after: from.field("after")?,
            ledger: ledger(&mut from)?,
            records,
        })
    }
}

impl SegmentValue {
    /// Returns whether this is the same segment with more records, or with as many.
    pub(crate) fn goes_on_from(&self, earlier: &Self) -> bool {
        (self.before, self.step, &self.after) == (earlier.before, earlier.step, &earlier.after)
            && self.records.starts_with(&earlier.records)
    }

    /// Returns whether the segment follows on what came before it.
    pub(super) fn follows(&self, position: Position, after: Checksum) -> bool {
        self.before == position.records
            && self.step == position.step
            && Checksum::parse(&self.after) == Some(after)
            && !self.records.is_empty()
    }
}

fn ledger(from: &mut Reader) -> Result<Ledger, JsonError> {
    Ledger::read(&from.list_or_empty("seen")?).ok_or(JsonError("seen"))
}

/// Returns the JSON of a segment, around the JSON of its records.
pub(super) fn segment_json(
    from: Position,
    after: Checksum,
    ledger: &Ledger,
    records: &str,
) -> String {
    format!(
        r#"{{"before":{},"step":{},"after":"{after}",{}"records":[{records}]}}"#,
        from.records,
        from.step,
        ledger.field()
    )
}

/// A state as it is stored: the registry at a place in the history.
pub(crate) struct StateValue<R> {
    /// The number of the segment that follows.
    next: u64,
    records: u64,
    step: u64,
    undone: u64,
    after: String,
    /// Which requests of other tabs are in the journal up to here.
    pub(super) ledger: Ledger,
    pub(super) registry: R,
}

impl<R: FromJson> FromJson for StateValue<R> {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        let mut from = Reader::new(value)?;
        Ok(Self {
            next: from.field("next")?,
            records: from.field("records")?,
            step: from.field("step")?,
            undone: from.field_or_default("undone")?,
            after: from.field("after")?,
            ledger: ledger(&mut from)?,
            registry: from.field("registry")?,
        })
    }
}

/// A registry that nobody wants to read now.
pub(super) struct Unread;

impl FromJson for Unread {
    fn from_json(_: Value) -> Result<Self, JsonError> {
        Ok(Self)
    }
}

impl<R> StateValue<R> {
    /// Returns where in the history it stands: the number of the segment that follows, and the checksum of the one before.
    pub(super) fn stands(&self) -> Option<(u64, Position, Checksum)> {
        let position = Position {
            records: self.records,
            step: self.step,
            undone: self.undone,
        };
        let sane = [self.next, self.records, self.step, self.undone]
            .iter()
            .all(|number| *number <= MAX_COUNT);
        sane.then_some((self.next, position, Checksum::parse(&self.after)?))
    }
}

/// Returns the JSON of a state.
pub(super) fn state_json(
    next: u64,
    at: Position,
    after: Checksum,
    ledger: &Ledger,
    registry: &Registry,
) -> String {
    format!(
        r#"{{"next":{next},"records":{},"step":{},"undone":{},"after":"{after}",{}"registry":{}}}"#,
        at.records,
        at.step,
        at.undone,
        ledger.field(),
        json::print(registry)
    )
}
