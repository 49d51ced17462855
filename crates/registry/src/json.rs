//! How commands, records and registries are written as JSON and read again.
//!
//! By hand, and not with serde's derive: derived code is made anew for every type and every reader, and tagged enums are
//! read through buffers. Measured in the release, the derived readers and writers of these types were 206 KB of
//! WebAssembly, a fifth of the app; these are a few KB. Reading goes over [`Value`], whose code is there only once, by
//! a reader of our own (`parser`); writing goes straight into the text.
//!
//! A reader refuses what is missing, of another type or out of bounds, and fields that a command or a record does not
//! have. In a model or a version, fields that are not known are passed over. Of a field that is there twice, the last
//! one counts. What a reader takes, a writer writes again with the same meaning; nothing that is read can panic.

use std::fmt;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

mod command;
mod extent;
mod field;
mod log;
mod model;
mod parser;
mod reader;
mod record;
mod writer;

pub use extent::Extent;
pub use parser::value;
pub use reader::Reader;
pub use writer::Writer;

use super::Registry;
use super::command::Command;
use super::history::Record;

/// Why a JSON value is not what it should be: what is missing or wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct JsonError(pub &'static str);

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "missing or wrong: {}", self.0)
    }
}

impl std::error::Error for JsonError {}

/// What a [`JsonError`] says of a field that nobody asked for.
pub const UNKNOWN_FIELD: &str = "a field that is not known";

type Read<T> = Result<T, JsonError>;

/// Says that a value is not what it should be, without a name: the one who reads it as a field gives the field's name.
pub const THIS_FIELD: JsonError = JsonError("");

/// A type that is written as JSON.
pub trait ToJson {
    /// Writes the value.
    fn write(&self, out: &mut Writer);

    /// Returns whether a field with this value is left out.
    fn is_left_out(&self) -> bool {
        false
    }
}

/// A type that is read from JSON.
pub trait FromJson: Sized {
    /// Reads a value.
    fn from_json(value: Value) -> Result<Self, JsonError>;

    /// Returns the value of a field that is missing; `None` where it must be there.
    fn left_out() -> Option<Self> {
        None
    }
}

/// Returns a value as JSON, without blanks. The same value always gives the same text.
pub fn print(value: &dyn ToJson) -> String {
    let mut out = Writer::default();
    value.write(&mut out);
    out.done()
}

/// Reads JSON.
pub fn read<T: FromJson>(text: &str) -> Result<T, JsonError> {
    T::from_json(parse(text)?)
}

/// Reads JSON, whatever it says.
pub fn parse(text: &str) -> Read<Value> {
    value(text).map_err(|_| JsonError("JSON"))
}

/// Gives a type serde's traits by way of [`Value`], for those who read and write with serde. The app does not, so it does
/// not pay for them.
macro_rules! by_value {
    ($($name:ty)*) => {
        $(
            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let value = parse(&print(self)).map_err(S::Error::custom)?;
                    value.serialize(serializer)
                }
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let value = Value::deserialize(deserializer)?;
                    Self::from_json(value).map_err(D::Error::custom)
                }
            }
        )*
    };
}

by_value!(Command Record Registry);
