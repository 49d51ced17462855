//! Commands as JSON: an object with the name of MLflow's method as `do`, and its parameters.

use serde_json::Value;

use super::{FromJson, JsonError, Read, Reader, ToJson, Writer};
use crate::command::Command;
use crate::methods::methods;

macro_rules! commands {
    ($(
        $(#[$doc:meta])*
        $variant:ident $method:literal
        { $($field:ident : $type:ident $(= $empty:ident)?),* $(,)? }
        $call:tt
        $read:tt
        $row:tt;
    )*) => {
        impl Command {
            /// Writes the fields.
            pub fn write_fields(&self, out: &mut Writer) {
                out.text("do", self.method());
                match self {
                    $(Self::$variant { $($field),* } => {
                        $(write_field!(out, $field $(, $empty)?);)*
                    })*
                    Self::ReplaceRegistry { with, why } => {
                        out.field("with", with);
                        out.field("why", why);
                    }
                }
            }

            /// Takes what makes a command out of the fields.
            pub(super) fn read(from: &mut Reader) -> Read<Self> {
                Ok(match from.field::<String>("do")?.as_str() {
                    $($method => Self::$variant {
                        $($field: read_field!(from, $field $(, $empty)?)?),*
                    },)*
                    "replace_registry" => Self::ReplaceRegistry {
                        with: from.field("with")?,
                        why: from.field("why")?,
                    },
                    _ => return Err(JsonError("do")),
                })
            }
        }
    };
}

macro_rules! write_field {
    ($out:ident, $field:ident) => {
        $out.field(stringify!($field), $field)
    };
    ($out:ident, $field:ident, or_empty) => {
        $out.field_unless_default(stringify!($field), $field)
    };
}

macro_rules! read_field {
    ($from:ident, $field:ident) => {
        $from.field(stringify!($field))
    };
    ($from:ident, $field:ident, or_empty) => {
        $from.field_or_default(stringify!($field))
    };
}

methods!(commands);

impl ToJson for Command {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| self.write_fields(out));
    }
}

impl FromJson for Command {
    fn from_json(value: Value) -> Read<Self> {
        let mut from = Reader::new(value)?;
        let command = Self::read(&mut from)?;
        from.finish()?;
        Ok(command)
    }
}
