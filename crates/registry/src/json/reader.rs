//! Reading the fields of an object.

use serde_json::{Map, Value};

use super::{JsonError, Read, UNKNOWN_FIELD, metric, parsed, version};
use crate::command::{Metrics, Tags};
use crate::id::{FreeText, MetricName, ModelName, TagKey, TagValue, Time, VersionNumber};

/// The fields of an object that is being read. What is taken is gone.
pub struct Reader(Map<String, Value>);

impl Reader {
    /// Starts to read the fields of an object.
    ///
    /// # Errors
    /// If the value is no object.
    pub fn new(value: Value) -> Read<Self> {
        match value {
            Value::Object(map) => Ok(Self(map)),
            _ => Err(JsonError("an object")),
        }
    }

    /// Takes a field, if it is there.
    pub fn take(&mut self, key: &str) -> Option<Value> {
        self.0.remove(key)
    }

    /// Takes a text.
    ///
    /// # Errors
    /// If it is not there, or is no text.
    pub fn text(&mut self, key: &'static str) -> Read<String> {
        match self.take(key) {
            Some(Value::String(text)) => Ok(text),
            _ => Err(JsonError(key)),
        }
    }

    /// A text; nothing where it is missing or null.
    pub fn text_or_none(&mut self, key: &'static str) -> Read<Option<String>> {
        match self.take(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(JsonError(key)),
        }
    }

    /// Takes a whole number that is not negative.
    ///
    /// # Errors
    /// If it is not there, or is no such number.
    pub fn number(&mut self, key: &'static str) -> Read<u64> {
        self.number_or_none(key)?.ok_or(JsonError(key))
    }

    /// A number; nothing where it is missing or null.
    pub fn number_or_none(&mut self, key: &'static str) -> Read<Option<u64>> {
        match self.take(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value.as_u64().map(Some).ok_or(JsonError(key)),
        }
    }

    /// A number that is 0 where it is missing.
    pub fn number_or_zero(&mut self, key: &'static str) -> Read<u64> {
        if self.0.contains_key(key) {
            self.number(key)
        } else {
            Ok(0)
        }
    }

    /// A flag that is not set where it is missing.
    pub fn flag(&mut self, key: &'static str) -> Read<bool> {
        match self.take(key) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(_) => Err(JsonError(key)),
        }
    }

    /// An object that is empty where it is missing.
    pub(super) fn object(&mut self, key: &'static str) -> Read<Map<String, Value>> {
        match self.take(key) {
            None => Ok(Map::new()),
            Some(Value::Object(map)) => Ok(map),
            Some(_) => Err(JsonError(key)),
        }
    }

    /// Takes a list.
    ///
    /// # Errors
    /// If it is not there, or is no list.
    pub fn list(&mut self, key: &'static str) -> Read<Vec<Value>> {
        match self.take(key) {
            Some(Value::Array(list)) => Ok(list),
            _ => Err(JsonError(key)),
        }
    }

    /// A list that is empty where it is missing.
    pub fn list_or_empty(&mut self, key: &'static str) -> Read<Vec<Value>> {
        if self.0.contains_key(key) {
            self.list(key)
        } else {
            Ok(Vec::new())
        }
    }

    /// Refuses fields that nobody asked for.
    pub fn finish(&self) -> Read<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(JsonError(UNKNOWN_FIELD))
        }
    }

    /// Takes a free text.
    ///
    /// # Errors
    /// If it is not there, is no text, or is too long.
    pub fn free(&mut self, key: &'static str) -> Read<FreeText> {
        parsed(key, FreeText::parse(&self.text(key)?))
    }

    /// A free text; nothing where it is missing or null.
    pub(super) fn free_or_none(&mut self, key: &'static str) -> Read<Option<FreeText>> {
        match self.text_or_none(key)? {
            Some(text) => parsed(key, FreeText::parse(&text)).map(Some),
            None => Ok(None),
        }
    }

    /// A free text that is empty where it is missing.
    pub fn free_or_empty(&mut self, key: &'static str) -> Read<FreeText> {
        if self.0.contains_key(key) {
            self.free(key)
        } else {
            Ok(FreeText::default())
        }
    }

    /// Takes a time in milliseconds since 1970.
    ///
    /// # Errors
    /// If it is not there, or is no time.
    pub fn time(&mut self, key: &'static str) -> Read<Time> {
        self.number(key).map(Time)
    }

    pub(super) fn name(&mut self, key: &'static str) -> Read<ModelName> {
        parsed(key, ModelName::parse(&self.text(key)?))
    }

    pub(super) fn version(&mut self, key: &'static str) -> Read<VersionNumber> {
        version(key, self.number(key)?)
    }

    pub(super) fn tags(&mut self) -> Read<Tags> {
        let mut tags = Tags::default();
        for (key, value) in self.object("tags")? {
            let value = value.as_str().ok_or(JsonError("tags"))?;
            let key = parsed("tags", TagKey::parse(&key))?;
            tags.insert(key, parsed("tags", TagValue::parse(value))?);
        }
        Ok(tags)
    }

    pub(super) fn metrics(&mut self) -> Read<Metrics> {
        let mut metrics = Metrics::default();
        for (key, value) in self.object("metrics")? {
            let key = parsed("metrics", MetricName::parse(&key))?;
            metrics.insert(key, metric("metrics", &value)?);
        }
        Ok(metrics)
    }
}
