//! A registry with its history as JSON: where it starts, the steps that were done and those that were taken back.
//!
//! ```json
//! {"base":[…],"folded":12,"steps":[{"at":…,"rules":"guided","do":"create_registered_model",…},…],"undone":1}
//! ```
//! What is 0 or empty is left out, but for the steps. Reading one carries the steps out again.

use serde_json::Value;

use super::{JsonError, Reader, ToJson, Writer};
use crate::history::{Log, Record};
use crate::{Event, Registry};

/// What comes of a history that somebody else may have made is weighed: a few letters can ask for very much.
const TOO_MUCH: JsonError = JsonError("a history that comes to less");

/// As many steps as a journal can have.
const MOST_FOLDED: u64 = 1 << 52;

impl ToJson for Log {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            if let Ok(base) = self.as_of(self.folded())
                && !base.is_empty()
            {
                out.field("base", &base);
            }
            out.field_unless_default("folded", &self.folded());
            out.list("steps", &|out| {
                for entry in self.done().iter().chain(self.undone()) {
                    let record = Record::Step {
                        context: entry.context.clone(),
                        action: entry.action.clone(),
                    };
                    record.write(out);
                }
            });
            out.field_unless_default("undone", &self.undone().len());
        });
    }
}

impl Log {
    /// Reads a history that comes to no more than `most`: each event counts one, and each version of a model that comes or
    /// goes as a whole.
    ///
    /// # Errors
    /// If something is missing or wrong, does not follow on what came before, or comes to more.
    pub fn read(value: Value, most: usize) -> Result<Self, JsonError> {
        let mut from = Reader::new(value)?;
        let base: Registry = from.field_or_default("base")?;
        let folded = from.field_or_default("folded")?;
        if folded > MOST_FOLDED {
            return Err(JsonError("folded"));
        }
        let steps: Vec<Record> = from.field("steps")?;
        let undone: u64 = from.field_or_default("undone")?;
        from.finish()?;
        let mut weight = versions(&base);
        let mut log = Self::new(base, folded);
        for record in steps {
            if matches!(record, Record::Travel { .. }) {
                return Err(JsonError("steps"));
            }
            log.replay(&record).map_err(|_| JsonError("steps"))?;
            let events = log.done().last().map_or(&[][..], |entry| &entry.events);
            weight += events.iter().map(weigh).sum::<usize>();
            if weight > most {
                return Err(TOO_MUCH);
            }
        }
        for _ in 0..undone {
            log.undo().map_err(|_| JsonError("undone"))?;
        }
        Ok(log)
    }
}

fn versions(registry: &Registry) -> usize {
    registry
        .models()
        .map(|model| 1 + model.version_count())
        .sum()
}

fn weigh(event: &Event) -> usize {
    match event {
        Event::ModelCreated { model } | Event::ModelDeleted { model } => 1 + model.version_count(),
        Event::Replaced { registry } => 1 + versions(&registry.before) + versions(&registry.after),
        _ => 1,
    }
}
