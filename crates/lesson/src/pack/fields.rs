//! Reading the fields of a pack's objects, with the place of everything that is wrong.
//!
//! Reading goes on after a problem, so that an author sees all of them at once; what could not be read has a stand-in then,
//! and the pack is not used.

use std::cell::RefCell;

use serde_json::Value;

use super::{Expected, Id, Problem, Wrong};
use registry::json::Reader;

/// The problems found so far.
#[derive(Default)]
pub(super) struct Problems(RefCell<Vec<Problem>>);

impl Problems {
    pub(super) fn into_vec(self) -> Vec<Problem> {
        self.0.into_inner()
    }

    pub(super) fn add(&self, place: &str, wrong: Wrong) {
        self.0.borrow_mut().push(Problem {
            place: place.to_owned(),
            wrong,
        });
    }
}

/// The fields of an object that is being read. What is taken is gone; what is left at the end is a problem.
pub(super) struct Fields<'p> {
    pub(super) problems: &'p Problems,
    from: Reader,
    place: String,
    /// Something else stands in the place of the object: that is said, and not that each field is missing.
    is_none: bool,
    /// What the object is could not be read: then nobody knows which fields belong to it.
    is_of_no_kind: bool,
}

impl<'p> Fields<'p> {
    pub(super) fn new(value: Value, place: &str, problems: &'p Problems) -> Self {
        let is_none = !value.is_object();
        if is_none {
            problems.add(place, Wrong::expected(Expected::Object, &value));
        }
        Self {
            problems,
            from: Reader::new(value).unwrap_or_default(),
            place: place.to_owned(),
            is_none,
            is_of_no_kind: false,
        }
    }

    /// Returns the place of a field.
    pub(super) fn at(&self, key: &str) -> String {
        if self.place.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.place)
        }
    }

    pub(super) fn wrong(&self, key: &str, wrong: Wrong) {
        if !self.is_none {
            self.problems.add(&self.at(key), wrong);
        }
    }

    /// The field that says what the object is names nothing that is known. What else the object has is not spoken of.
    pub(super) fn of_no_kind(&mut self, key: &str, name: &str, what: Expected) {
        self.is_of_no_kind = true;
        // Of one that is missing or empty, who has read it has said so.
        if !name.trim().is_empty() {
            let found = Value::String(name.to_owned());
            self.wrong(key, Wrong::expected(what, &found));
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.from.has(key)
    }

    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        self.from.take(key)
    }

    /// Puts a field back that somebody else is to take.
    pub(super) fn put_back(&mut self, key: &str, value: Option<Value>) {
        if let Some(value) = value {
            self.from.put_back(key, value);
        }
    }

    /// Returns a text that must be there and say something.
    pub(super) fn text(&mut self, key: &str) -> String {
        match self.text_or_none(key) {
            Some(text) => text,
            None => {
                self.wrong(key, Wrong::Missing);
                String::new()
            }
        }
    }

    /// Returns a text that must say something if it is there.
    pub(super) fn text_or_none(&mut self, key: &str) -> Option<String> {
        match self.take(key)? {
            Value::String(text) => {
                if text.trim().is_empty() {
                    self.wrong(key, Wrong::Empty);
                }
                Some(text)
            }
            other => {
                self.wrong(key, Wrong::expected(Expected::Text, &other));
                Some(String::new())
            }
        }
    }

    pub(super) fn id(&mut self, key: &str) -> Id {
        let text = self.text(key);
        self.as_id(key, &text)
    }

    pub(super) fn id_or_none(&mut self, key: &str) -> Option<Id> {
        let text = self.text_or_none(key)?;
        Some(self.as_id(key, &text))
    }

    fn as_id(&self, key: &str, text: &str) -> Id {
        Id::parse(text).unwrap_or_else(|| {
            if !text.trim().is_empty() {
                let found = Value::String(text.to_owned());
                self.wrong(key, Wrong::expected(Expected::Id, &found));
            }
            Id::missing()
        })
    }

    pub(super) fn flag(&mut self, key: &str) -> bool {
        match self.take(key) {
            None => false,
            Some(Value::Bool(flag)) => flag,
            Some(other) => {
                self.wrong(key, Wrong::expected(Expected::Flag, &other));
                false
            }
        }
    }

    /// Returns a value that `parse` understands; `what` says what belongs there.
    pub(super) fn parsed<T>(
        &mut self,
        key: &str,
        what: Expected,
        parse: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        let Some(value) = self.take(key) else {
            self.wrong(key, Wrong::Missing);
            return None;
        };
        let read = parse(&value);
        if read.is_none() {
            self.wrong(key, Wrong::expected(what, &value));
        }
        read
    }

    /// Returns the items of a list, which may be missing, each with its place.
    pub(super) fn list(&mut self, key: &str) -> Vec<(String, Value)> {
        let place = self.at(key);
        match self.take(key) {
            None => Vec::new(),
            Some(Value::Array(list)) => list
                .into_iter()
                .enumerate()
                .map(|(at, item)| (format!("{place}[{at}]"), item))
                .collect(),
            Some(other) => {
                self.problems
                    .add(&place, Wrong::expected(Expected::List, &other));
                Vec::new()
            }
        }
    }

    /// Returns the objects of a list.
    pub(super) fn objects(&mut self, key: &str) -> Vec<Self> {
        let problems = self.problems;
        self.list(key)
            .into_iter()
            .map(|(place, item)| Self::new(item, &place, problems))
            .collect()
    }

    /// Returns the texts of a list.
    pub(super) fn texts(&mut self, key: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for (place, item) in self.list(key) {
            match item {
                Value::String(text) if text.trim().is_empty() => {
                    self.problems.add(&place, Wrong::Empty)
                }
                Value::String(text) => texts.push(text),
                other => self
                    .problems
                    .add(&place, Wrong::expected(Expected::Text, &other)),
            }
        }
        texts
    }

    /// Returns the place of the object itself.
    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// Returns an object that may be missing.
    pub(super) fn object_or_none(&mut self, key: &str) -> Option<Self> {
        let (place, problems) = (self.at(key), self.problems);
        self.take(key)
            .map(|value| Self::new(value, &place, problems))
    }

    /// Returns the object as it is left.
    pub(super) fn rest(self) -> Value {
        self.from.rest()
    }

    /// Everything that is left is a field that does not belong here.
    pub(super) fn end(self) {
        if self.is_of_no_kind {
            return;
        }
        for key in self.from.names() {
            self.problems.add(&self.at(key), Wrong::Unknown);
        }
    }

    /// As [`Fields::end`], unless reading has stopped at a problem: then what is left was only not come to.
    pub(super) fn end_of<T>(self, read: &Option<T>) {
        if read.is_some() {
            self.end();
        }
    }
}

/// Reads the objects of a list, each with its function.
pub(super) fn each<T>(from: &mut Fields, key: &str, read: fn(&mut Fields) -> T) -> Vec<T> {
    from.objects(key)
        .into_iter()
        .map(|mut fields| {
            let item = read(&mut fields);
            fields.end();
            item
        })
        .collect()
}

/// Reads the objects of a list, and keeps those that could be read.
pub(super) fn each_read<T>(
    from: &mut Fields,
    key: &str,
    read: fn(&mut Fields) -> Option<T>,
) -> Vec<T> {
    from.objects(key)
        .into_iter()
        .filter_map(|mut fields| {
            let item = read(&mut fields);
            fields.end_of(&item);
            item
        })
        .collect()
}

/// Reads an object that may be missing.
pub(super) fn one<T>(from: &mut Fields, key: &str, read: fn(&mut Fields) -> T) -> Option<T> {
    let mut fields = from.object_or_none(key)?;
    let item = read(&mut fields);
    fields.end();
    Some(item)
}
