//! The types of a command's fields as JSON.

use super::{Read, Reader, Writer, metric, parsed, stage};
use crate::command::{Metrics, Tags};
use crate::id::{
    Alias, FreeText, MetricName, MetricValue, ModelName, TagKey, TagValue, VersionNumber,
};
use crate::stage::Stage;

/// The type of a command's field.
pub(super) trait Field: Sized {
    /// Writes the field.
    fn write(&self, key: &'static str, out: &mut Writer);

    /// Takes the field.
    fn read(key: &'static str, from: &mut Reader) -> Read<Self>;
}

macro_rules! texts {
    ($($type:ident)*) => { $(
        impl Field for $type {
            fn write(&self, key: &'static str, out: &mut Writer) {
                out.text(key, self.as_str());
            }

            fn read(key: &'static str, from: &mut Reader) -> Read<Self> {
                parsed(key, Self::parse(&from.text(key)?))
            }
        }
    )* };
}

texts!(ModelName FreeText TagKey TagValue Alias MetricName);

impl Field for VersionNumber {
    fn write(&self, key: &'static str, out: &mut Writer) {
        out.number(key, self);
    }

    fn read(key: &'static str, from: &mut Reader) -> Read<Self> {
        from.version(key)
    }
}

impl Field for MetricValue {
    fn write(&self, key: &'static str, out: &mut Writer) {
        out.number(key, self);
    }

    fn read(key: &'static str, from: &mut Reader) -> Read<Self> {
        metric(key, &from.take(key).unwrap_or_default())
    }
}

impl Field for Stage {
    fn write(&self, key: &'static str, out: &mut Writer) {
        out.text(key, self.as_str());
    }

    fn read(key: &'static str, from: &mut Reader) -> Read<Self> {
        stage(&from.text(key)?)
    }
}

impl Field for bool {
    fn write(&self, key: &'static str, out: &mut Writer) {
        out.flag_if(key, *self);
    }

    fn read(key: &'static str, from: &mut Reader) -> Read<Self> {
        from.flag(key)
    }
}

impl Field for Tags {
    fn write(&self, _: &'static str, out: &mut Writer) {
        out.tags(self);
    }

    fn read(_: &'static str, from: &mut Reader) -> Read<Self> {
        from.tags()
    }
}

impl Field for Metrics {
    fn write(&self, _: &'static str, out: &mut Writer) {
        out.metrics(self);
    }

    fn read(_: &'static str, from: &mut Reader) -> Read<Self> {
        from.metrics()
    }
}
