//! Records that could not be stored yet.

use serde_json::Value;

use super::value::Position;
use registry::json::FromJson;
use registry::{Record, json};

/// Records that are not stored yet.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) json: String,
    pub(super) count: usize,
    /// The lowest step that one of them needs.
    pub(super) floor: u64,
    /// Where the last one leads to.
    pub(super) to: Position,
}

impl Batch {
    /// No records yet, after a place in the history.
    pub(super) const fn at(position: Position) -> Self {
        Self {
            json: String::new(),
            count: 0,
            floor: u64::MAX,
            to: position,
        }
    }

    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// Returns the records again.
    pub(super) fn records(&self) -> Vec<Record> {
        let read = json::parse(&format!("[{}]", self.json));
        let Ok(Value::Array(list)) = read else {
            return Vec::new();
        };
        // They were written here.
        list.into_iter()
            .filter_map(|record| Record::from_json(record).ok())
            .collect()
    }

    pub(super) fn push(&mut self, record: &Record) {
        if self.count > 0 {
            self.json.push(',');
        }
        self.json.push_str(&json::print(record));
        self.count += 1;
        self.floor = self.floor.min(self.to.pass(record));
    }
}
