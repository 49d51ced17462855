//! A workspace as one value: its name, its rules, and its registry with the history. Copies, the trash, links and files
//! carry it.
//!
//! ```json
//! {"name":"Team a","rules":"guided","created":1700000000000,"history":{"steps":[…]}}
//! ```

use serde_json::Value;

use registry::json::{FromJson, JsonError, Reader, ToJson, Writer};
use registry::{FreeText, Log, RuleSet, Time};

/// The largest weight that the history of a snapshot may have; see [`Log::read`].
pub const MOST: usize = 5_000_000;

/// A workspace with its registry and its history.
#[derive(Clone, PartialEq, Debug)]
pub struct WorkspaceSnapshot {
    /// Its name; empty for the learner's own.
    pub name: FreeText,
    pub rules: RuleSet,
    pub created: Time,
    pub log: Log,
}

impl WorkspaceSnapshot {
    /// Writes the fields into an object that is open already.
    pub fn write_fields(&self, out: &mut Writer) {
        out.field_unless_default("name", &self.name);
        out.field("rules", &self.rules);
        out.field("created", &self.created);
        out.field("history", &self.log);
    }

    /// Reads a snapshot whose history weighs no more than `most`.
    pub fn read(value: Value, most: usize) -> Result<Self, JsonError> {
        let mut from = Reader::new(value)?;
        let history = from.take("history").ok_or(JsonError("history"))?;
        Ok(Self {
            name: from.field_or_default("name")?,
            rules: from.field("rules")?,
            created: from.field_or_default("created")?,
            log: Log::read(history, most)?,
        })
    }
}

impl ToJson for WorkspaceSnapshot {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| self.write_fields(out));
    }
}

impl FromJson for WorkspaceSnapshot {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        Self::read(value, MOST)
    }
}
