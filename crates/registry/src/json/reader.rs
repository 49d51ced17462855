//! Reading the fields of an object.

use serde_json::{Map, Value};

use super::{FromJson, JsonError, Read, THIS_FIELD, UNKNOWN_FIELD};

/// The fields of an object that is being read. What is taken is gone. They are in a list, for to take something out of a map takes
/// 5 KB of WebAssembly.
#[derive(Default)]
pub struct Reader(Vec<(String, Value)>);

impl Reader {
    /// Starts to read the fields of an object.
    ///
    /// # Errors
    /// If the value is no object.
    pub fn new(value: Value) -> Read<Self> {
        match value {
            Value::Object(map) => Ok(Self(map.into_iter().collect())),
            _ => Err(JsonError("an object")),
        }
    }

    /// Returns whether a field is there.
    pub fn has(&self, key: &str) -> bool {
        self.names().any(|name| name == key)
    }

    /// Takes a field as it is.
    pub fn take(&mut self, key: &str) -> Option<Value> {
        let at = self.names().position(|name| name == key)?;
        Some(self.0.remove(at).1)
    }

    /// Puts a field back that somebody else is to take.
    pub fn put_back(&mut self, key: &str, value: Value) {
        self.0.push((key.to_owned(), value));
    }

    /// Returns the names of the fields that are left.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Returns the object as it is left.
    pub fn rest(self) -> Value {
        let mut map = Map::new();
        for (name, value) in self.0 {
            map.insert(name, value);
        }
        Value::Object(map)
    }

    /// Takes a field. One that is missing is what [`FromJson::left_out`] says.
    ///
    /// # Errors
    /// If it is missing and may not be, or is not of the type.
    pub fn field<T: FromJson>(&mut self, key: &'static str) -> Read<T> {
        match self.take(key) {
            None => T::left_out().ok_or(JsonError(key)),
            Some(value) => T::from_json(value).map_err(|error| error.in_field(key)),
        }
    }

    /// Takes a field that has its default where it is missing.
    ///
    /// # Errors
    /// If it is not of the type.
    pub fn field_or_default<T: FromJson + Default>(&mut self, key: &'static str) -> Read<T> {
        if self.has(key) {
            self.field(key)
        } else {
            Ok(T::default())
        }
    }

    /// Takes a list of values of any kind; an empty one where it is missing.
    ///
    /// # Errors
    /// If it is no list.
    pub fn list_or_empty(&mut self, key: &'static str) -> Read<Vec<Value>> {
        match self.take(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) => Ok(list),
            Some(_) => Err(JsonError(key)),
        }
    }

    /// Refuses fields that nobody asked for.
    ///
    /// # Errors
    /// If there are any.
    pub fn finish(&self) -> Read<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(JsonError(UNKNOWN_FIELD))
        }
    }
}

impl JsonError {
    fn in_field(self, key: &'static str) -> Self {
        if self == THIS_FIELD { Self(key) } else { self }
    }
}
