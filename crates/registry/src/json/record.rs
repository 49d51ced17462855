//! Records as JSON: a step is one object with its context and its command, or with the step that it puts back.

use serde_json::Value;

use super::{FromJson, Read, Reader, ToJson, Writer};
use crate::command::Command;
use crate::context::{Actor, Context};
use crate::history::{Action, Record};

impl ToJson for Record {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| match self {
            Self::Travel { travel } => out.field("travel", travel),
            Self::Step { context, action } => {
                context.write_fields(out);
                match action {
                    Action::Do(command) => command.write_fields(out),
                    Action::Restore { restore } => out.field("restore", restore),
                }
            }
        });
    }
}

impl FromJson for Record {
    fn from_json(value: Value) -> Read<Self> {
        let mut from = Reader::new(value)?;
        let record = if from.has("travel") {
            Self::Travel {
                travel: from.field("travel")?,
            }
        } else {
            Self::Step {
                context: Context::read(&mut from)?,
                action: if from.has("restore") {
                    Action::Restore {
                        restore: from.field("restore")?,
                    }
                } else {
                    Action::Do(Command::read(&mut from)?)
                },
            }
        };
        from.finish()?;
        Ok(record)
    }
}

impl Context {
    fn write_fields(&self, out: &mut Writer) {
        out.field("at", &self.at);
        out.field("rules", &self.rules);
        if let Actor::Colleague(name) = &self.actor {
            out.field("actor", name);
        }
        out.field_unless_default("comment", &self.comment);
    }

    fn read(from: &mut Reader) -> Read<Self> {
        let actor: Option<_> = from.field("actor")?;
        Ok(Self {
            at: from.field("at")?,
            rules: from.field("rules")?,
            actor: actor.map_or(Actor::You, Actor::Colleague),
            comment: from.field_or_default("comment")?,
        })
    }
}
