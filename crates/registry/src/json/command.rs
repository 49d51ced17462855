//! Commands as JSON: an object with the name of MLflow's method as `do`, and its parameters.

use serde_json::Value;

use super::field::Field;
use super::{FromJson, JsonError, Read, Reader, ToJson, Writer};
use crate::Registry;
use crate::command::{Command, Replacement};
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
                        out.field("with", with.as_ref());
                        out.text("why", why_name(*why));
                    }
                }
            }

            /// Takes what makes a command out of the fields.
            pub(super) fn read(from: &mut Reader) -> Read<Self> {
                let method = from.text("do")?;
                Ok(match method.as_str() {
                    $($method => Self::$variant {
                        $($field: read_field!(from, $field $(, $empty)?)?),*
                    },)*
                    "replace_registry" => {
                        let with = from.take("with").ok_or(JsonError("with"))?;
                        Self::ReplaceRegistry {
                            with: Registry::from_json(with)?.into(),
                            why: why(&from.text("why")?)?,
                        }
                    }
                    _ => return Err(JsonError("do")),
                })
            }
        }
    };
}

macro_rules! write_field {
    ($out:ident, $field:ident) => {
        $field.write(stringify!($field), $out)
    };
    ($out:ident, $field:ident, or_empty) => {
        $out.text_if(stringify!($field), $field.as_str())
    };
}

macro_rules! read_field {
    ($from:ident, $field:ident) => {
        Field::read(stringify!($field), $from)
    };
    ($from:ident, $field:ident, or_empty) => {
        $from.free_or_empty(stringify!($field))
    };
}

methods!(commands);

const fn why_name(why: Replacement) -> &'static str {
    match why {
        Replacement::Emptied => "emptied",
        Replacement::Sample => "sample",
        Replacement::TakenIn => "taken-in",
    }
}

fn why(name: &str) -> Read<Replacement> {
    let all = [
        Replacement::Emptied,
        Replacement::Sample,
        Replacement::TakenIn,
    ];
    all.into_iter()
        .find(|why| why_name(*why) == name)
        .ok_or(JsonError("why"))
}

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
