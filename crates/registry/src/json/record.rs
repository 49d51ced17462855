//! Records as JSON: a step is one object with its context and its command, or with the step that it puts back.

use serde_json::Value;

use super::{FromJson, JsonError, Read, Reader, ToJson, Writer, rules, rules_name};
use crate::command::Command;
use crate::context::{Actor, Context};
use crate::history::{Action, Record, Travel};

impl ToJson for Record {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| match self {
            Self::Travel { travel } => {
                let travel = match travel {
                    Travel::Undo => "undo",
                    Travel::Redo => "redo",
                };
                out.text("travel", travel);
            }
            Self::Step { context, action } => {
                context.write_fields(out);
                match action {
                    Action::Do(command) => command.write_fields(out),
                    Action::Restore { restore } => out.number("restore", restore),
                }
            }
        });
    }
}

impl FromJson for Record {
    fn from_json(value: Value) -> Read<Self> {
        let mut from = Reader::new(value)?;
        let record = match from.take("travel") {
            Some(travel) => Self::Travel {
                travel: match travel.as_str() {
                    Some("undo") => Travel::Undo,
                    Some("redo") => Travel::Redo,
                    _ => return Err(JsonError("travel")),
                },
            },
            None => Self::Step {
                context: Context::read(&mut from)?,
                action: match from.take("restore") {
                    Some(restore) => Action::Restore {
                        restore: restore.as_u64().ok_or(JsonError("restore"))?,
                    },
                    None => Action::Do(Command::read(&mut from)?),
                },
            },
        };
        from.finish()?;
        Ok(record)
    }
}

impl Context {
    fn write_fields(&self, out: &mut Writer) {
        out.number("at", &self.at.0);
        out.text("rules", rules_name(self.rules));
        if let Actor::Colleague(name) = &self.actor {
            out.text("actor", name.as_str());
        }
        out.text_if("comment", self.comment.as_str());
    }

    fn read(from: &mut Reader) -> Read<Self> {
        Ok(Self {
            at: from.time("at")?,
            rules: rules(&from.text("rules")?)?,
            actor: from
                .free_or_none("actor")?
                .map_or(Actor::You, Actor::Colleague),
            comment: from.free_or_empty("comment")?,
        })
    }
}
