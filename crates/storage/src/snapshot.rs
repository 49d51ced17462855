//! A workspace as one value: its name, its rules, and its registry with the history. Copies, the trash, links and files
//! carry it.
//!
//! ```json
//! {"name":"Team a","rules":"guided","created":1700000000000,"history":{"steps":[…]}}
//! ```

use serde_json::Value;

use registry::json::{self, FromJson, JsonError, Reader, ToJson, Writer};
use registry::{FreeText, Log, RuleSet, Time};

/// The largest weight that the history of a snapshot may have; see [`Log::read`].
pub const MOST: usize = 5_000_000;

/// A workspace with its registry and its history.
#[derive(Clone, PartialEq, Debug)]
pub struct WorkspaceSnapshot {
    /// Its name; empty for the learner's own.
    pub name: FreeText,
    /// The rule set in force.
    pub rules: RuleSet,
    /// When it was created.
    pub created: Time,
    /// The registry with its history.
    pub log: Log,
}

impl WorkspaceSnapshot {
    /// Writes the fields into an object that is open already.
    pub fn write_fields(&self, out: &mut Writer) {
        out.text_if("name", self.name.as_str());
        out.text("rules", json::rules_name(self.rules));
        out.number("created", &self.created.0);
        out.field("history", &self.log);
    }

    /// Reads a snapshot whose history weighs no more than `most`.
    ///
    /// # Errors
    /// Which field is missing or wrong.
    pub fn read(value: Value, most: usize) -> Result<Self, JsonError> {
        let mut from = Reader::new(value)?;
        let history = from.take("history").ok_or(JsonError("history"))?;
        Ok(Self {
            name: from.free_or_empty("name")?,
            rules: json::rules(&from.text("rules")?)?,
            created: Time(from.number_or_zero("created")?),
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
