//! Writing JSON.

use std::fmt::{self, Write as _};

use super::ToJson;
use crate::command::{Metrics, Tags};
use crate::id::VersionNumber;

/// JSON that is being written, in the order in which its parts come.
#[derive(Debug, Default)]
pub struct Writer(String);

impl Writer {
    pub(super) fn done(self) -> String {
        self.0
    }

    /// A comma, unless nothing stands before what comes now. A text ends with its quote, so what stands before can't be
    /// mistaken.
    fn part(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with(['{', '[', ':']) {
            self.0.push(',');
        }
    }

    fn open(&mut self, bracket: char) {
        self.part();
        self.0.push(bracket);
    }

    fn close(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    fn key(&mut self, key: &str) {
        self.string(key);
        self.0.push(':');
    }

    fn string(&mut self, text: &str) {
        self.part();
        self.0.push('"');
        for c in text.chars() {
            let short = match c {
                '"' | '\\' => c,
                '\u{8}' => 'b',
                '\t' => 't',
                '\n' => 'n',
                '\u{c}' => 'f',
                '\r' => 'r',
                '\0'..' ' => {
                    // Writing to a string does not fail.
                    let _ = write!(self.0, "\\u{:04x}", u32::from(c));
                    continue;
                }
                _ => {
                    self.0.push(c);
                    continue;
                }
            };
            self.0.push('\\');
            self.0.push(short);
        }
        self.0.push('"');
    }

    /// An object with the fields that are written in between.
    pub fn object(&mut self, fields: &dyn Fn(&mut Self)) {
        self.open('{');
        fields(self);
        self.close('}');
    }

    /// As [`Writer::object`], as a field.
    pub fn fields(&mut self, key: &str, fields: &dyn Fn(&mut Self)) {
        self.key(key);
        self.object(fields);
    }

    /// A field with a list of what is written in between.
    pub fn list(&mut self, key: &str, parts: &dyn Fn(&mut Self)) {
        self.key(key);
        self.array(parts);
    }

    /// As [`Writer::list`], for a list that is no field.
    pub(super) fn array(&mut self, parts: &dyn Fn(&mut Self)) {
        self.open('[');
        parts(self);
        self.close(']');
    }

    /// A field with anything in it.
    pub fn field(&mut self, key: &str, value: &dyn ToJson) {
        self.key(key);
        value.write(self);
    }

    /// Writes a text.
    pub fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        self.string(text);
    }

    /// A text, left out where it is empty.
    pub fn text_if(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.text(key, text);
        }
    }

    /// A field with a list of texts.
    pub fn texts(&mut self, key: &str, texts: &[String]) {
        self.list(key, &|out| {
            for text in texts {
                out.string(text);
            }
        });
    }

    /// A number, as it prints.
    pub fn number(&mut self, key: &str, number: &dyn fmt::Display) {
        self.key(key);
        // Writing to a string does not fail.
        let _ = write!(self.0, "{number}");
    }

    /// A field with a list of numbers.
    pub fn numbers(&mut self, key: &str, numbers: &[VersionNumber]) {
        self.list(key, &|out| {
            for number in numbers {
                out.part();
                // Writing to a string does not fail.
                let _ = write!(out.0, "{number}");
            }
        });
    }

    /// Writes a number, or `null`.
    pub fn number_or_null(&mut self, key: &str, number: Option<u64>) {
        match number {
            Some(number) => self.number(key, &number),
            None => self.number(key, &"null"),
        }
    }

    /// A flag, left out where it is not set.
    pub fn flag_if(&mut self, key: &str, flag: bool) {
        if flag {
            self.number(key, &true);
        }
    }

    /// Tags, left out where there are none.
    pub(super) fn tags(&mut self, tags: &Tags) {
        if !tags.is_empty() {
            self.fields("tags", &|out| {
                for (key, value) in tags {
                    out.text(key.as_str(), value.as_str());
                }
            });
        }
    }

    /// Metrics, left out where there are none.
    pub(super) fn metrics(&mut self, metrics: &Metrics) {
        if !metrics.is_empty() {
            self.fields("metrics", &|out| {
                for (key, value) in metrics {
                    out.number(key.as_str(), value);
                }
            });
        }
    }
}
