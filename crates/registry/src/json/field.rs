//! The types of fields as JSON, and the one table of an object's fields for both ways.

use std::borrow::Borrow;
use std::sync::Arc;

use serde_json::Value;

use super::{FromJson, Read, THIS_FIELD, ToJson, Writer};
use crate::command::Replacement;
use crate::history::Travel;
use crate::id::{
    Alias, FreeText, MetricName, MetricValue, ModelName, TagKey, TagValue, Time, VersionNumber,
};
use crate::rules::RuleSet;
use crate::stage::Stage;
use crate::vec_map::VecMap;

/// Writes and reads a struct as an object, from one table of its fields in the order in which they are written:
///
/// ```text
/// json_fields!(Header {
///     name,                      a field; what its type leaves out is left out
///     workspace as "ws",         under another key
///     renames = or_default,      left out, and its default, where it is that
///     created = always,          always written; its default where it is missing
///     base = or_null,            null where its type would leave it out
///     memory = by(memory),       by the functions `write` and `read` of a module
/// });
/// ```
/// Fields that are not known are passed over. A function behind `checked by` looks at what was read; it returns what is
/// wrong.
#[macro_export]
macro_rules! json_fields {
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };

    (@write $out:ident $value:expr, $key:expr) => { $out.field($key, $value) };
    (@write $out:ident $value:expr, $key:expr, always) => { $out.field($key, $value) };
    (@write $out:ident $value:expr, $key:expr, or_null) => { $out.field_or_null($key, $value) };
    (@write $out:ident $value:expr, $key:expr, or_default) => {
        $out.field_unless_default($key, $value)
    };
    (@write $out:ident $value:expr, $key:expr, by $module:ident) => { $module::write($value, $out) };

    (@read $from:ident $key:expr) => { $from.field($key)? };
    (@read $from:ident $key:expr, or_null) => { $from.field($key)? };
    (@read $from:ident $key:expr, always) => { $from.field_or_default($key)? };
    (@read $from:ident $key:expr, or_default) => { $from.field_or_default($key)? };
    (@read $from:ident $key:expr, by $module:ident) => { $module::read($from)? };

    ($type:ident {
        $($field:ident $(as $key:literal)? $(= $mode:ident $(($module:ident))?)?),* $(,)?
    } $(checked by $check:path)?) => {
        impl $crate::json::ToJson for $type {
            fn write(&self, out: &mut $crate::json::Writer) {
                out.object(&|out| {
                    $($crate::json_fields!(
                        @write out &self.$field, $crate::json_fields!(@key $field $($key)?)
                        $(, $mode $($module)?)?
                    );)*
                });
            }
        }

        impl $crate::json::FromJson for $type {
            fn from_json(value: serde_json::Value) -> Result<Self, $crate::json::JsonError> {
                let from = &mut $crate::json::Reader::new(value)?;
                let read = Self {
                    $($field: $crate::json_fields!(
                        @read from $crate::json_fields!(@key $field $($key)?)
                        $(, $mode $($module)?)?
                    ),)*
                };
                $($check(&read)?;)?
                Ok(read)
            }
        }
    };

    // An enum: the field `$tag` says which variant it is. Fields that are not known are refused.
    (enum $type:ident by $tag:literal {
        $($name:literal $variant:ident {
            $($field:ident $(as $key:literal)? $(= $mode:ident $(($module:ident))?)?),* $(,)?
        })*
    }) => {
        impl $crate::json::ToJson for $type {
            fn write(&self, out: &mut $crate::json::Writer) {
                out.object(&|out| match self {
                    $(Self::$variant { $($field),* } => {
                        out.text($tag, $name);
                        $($crate::json_fields!(
                            @write out $field, $crate::json_fields!(@key $field $($key)?)
                            $(, $mode $($module)?)?
                        );)*
                    })*
                });
            }
        }

        impl $crate::json::FromJson for $type {
            fn from_json(value: serde_json::Value) -> Result<Self, $crate::json::JsonError> {
                let from = &mut $crate::json::Reader::new(value)?;
                let read = match from.field::<String>($tag)?.as_str() {
                    $($name => Self::$variant {
                        $($field: $crate::json_fields!(
                            @read from $crate::json_fields!(@key $field $($key)?)
                            $(, $mode $($module)?)?
                        ),)*
                    },)*
                    _ => return Err($crate::json::JsonError($tag)),
                };
                from.finish()?;
                Ok(read)
            }
        }
    };
}

/// Writes and reads what [`named_enum`](crate::named_enum) declares as its names.
#[macro_export]
macro_rules! json_names {
    ($($type:ident)*) => { $(
        impl $crate::json::ToJson for $type {
            fn write(&self, out: &mut $crate::json::Writer) {
                out.string(self.as_str());
            }
        }

        impl $crate::json::FromJson for $type {
            fn from_json(value: serde_json::Value) -> Result<Self, $crate::json::JsonError> {
                let read = value.as_str().and_then(Self::named);
                read.ok_or($crate::json::THIS_FIELD)
            }
        }
    )* };
}

/// Writes types as the texts that they print, and reads them with their `parse`, which returns an `Option`.
#[macro_export]
macro_rules! json_texts {
    ($($type:ident)*) => { $(
        impl $crate::json::ToJson for $type {
            fn write(&self, out: &mut $crate::json::Writer) {
                out.string(&self.to_string());
            }
        }

        impl $crate::json::FromJson for $type {
            fn from_json(value: serde_json::Value) -> Result<Self, $crate::json::JsonError> {
                let read = value.as_str().and_then(Self::parse);
                read.ok_or($crate::json::THIS_FIELD)
            }
        }
    )* };
}

macro_rules! texts {
    ($($type:ident)*) => { $(
        impl ToJson for $type {
            fn write(&self, out: &mut Writer) {
                out.string(self.as_str());
            }
        }

        impl FromJson for $type {
            fn from_json(value: Value) -> Read<Self> {
                let text = value.as_str().ok_or(THIS_FIELD)?;
                Self::parse(text).map_err(|_| THIS_FIELD)
            }
        }
    )* };
}

texts!(ModelName FreeText TagKey TagValue Alias MetricName);

/// Types that print as JSON has them, with how each is read.
macro_rules! literals {
    ($($type:ident $value:ident => $read:expr;)*) => { $(
        impl ToJson for $type {
            fn write(&self, out: &mut Writer) {
                out.literal(self);
            }
        }

        impl FromJson for $type {
            fn from_json($value: Value) -> Read<Self> {
                $read.ok_or(THIS_FIELD)
            }
        }
    )* };
}

literals! {
    u64 value => value.as_u64();
    u32 value => value.as_u64().and_then(|number| Self::try_from(number).ok());
    usize value => value.as_u64().and_then(|number| Self::try_from(number).ok());
    VersionNumber value => value
        .as_u64()
        .and_then(|number| Self::new(u32::try_from(number).ok()?));
    // From the digits that are written (serde_json's feature `arbitrary_precision`), not by way of a binary fraction.
    MetricValue value => match value {
        Value::Number(number) => Self::parse(number.as_str()).ok(),
        _ => None,
    };
}

impl ToJson for bool {
    fn write(&self, out: &mut Writer) {
        out.literal(self);
    }

    fn is_left_out(&self) -> bool {
        !self
    }
}

impl FromJson for bool {
    fn from_json(value: Value) -> Read<Self> {
        value.as_bool().ok_or(THIS_FIELD)
    }

    fn left_out() -> Option<Self> {
        Some(false)
    }
}

impl ToJson for String {
    fn write(&self, out: &mut Writer) {
        out.string(self);
    }
}

impl FromJson for String {
    fn from_json(value: Value) -> Read<Self> {
        match value {
            Value::String(text) => Ok(text),
            _ => Err(THIS_FIELD),
        }
    }
}

impl ToJson for Time {
    fn write(&self, out: &mut Writer) {
        self.0.write(out);
    }
}

impl FromJson for Time {
    fn from_json(value: Value) -> Read<Self> {
        u64::from_json(value).map(Self)
    }
}

// Saved data has the names as they are; only people may write them in another case.
crate::json_names!(Replacement RuleSet Stage Travel);

impl<T: ToJson> ToJson for Option<T> {
    fn write(&self, out: &mut Writer) {
        match self {
            Some(value) => value.write(out),
            None => out.literal(&"null"),
        }
    }

    fn is_left_out(&self) -> bool {
        self.is_none()
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(value: Value) -> Read<Self> {
        match value {
            Value::Null => Ok(None),
            value => T::from_json(value).map(Some),
        }
    }

    fn left_out() -> Option<Self> {
        Some(None)
    }
}

impl<T: ToJson> ToJson for Arc<T> {
    fn write(&self, out: &mut Writer) {
        self.as_ref().write(out);
    }
}

impl<T: FromJson> FromJson for Arc<T> {
    fn from_json(value: Value) -> Read<Self> {
        T::from_json(value).map(Self::new)
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn write(&self, out: &mut Writer) {
        out.array(&|out| self.iter().for_each(|part| part.write(out)));
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: Value) -> Read<Self> {
        match value {
            Value::Array(list) => list.into_iter().map(T::from_json).collect(),
            _ => Err(THIS_FIELD),
        }
    }
}

impl<K: Ord + Borrow<str>, V: ToJson> ToJson for VecMap<K, V> {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            for (key, value) in self {
                out.field(key.borrow(), value);
            }
        });
    }

    fn is_left_out(&self) -> bool {
        self.is_empty()
    }
}

impl<K: Ord + FromJson, V: FromJson> FromJson for VecMap<K, V> {
    fn from_json(value: Value) -> Read<Self> {
        let Value::Object(map) = value else {
            return Err(THIS_FIELD);
        };
        let mut read = Self::new();
        for (key, value) in map {
            read.insert(K::from_json(Value::String(key))?, V::from_json(value)?);
        }
        Ok(read)
    }

    fn left_out() -> Option<Self> {
        Some(Self::new())
    }
}
