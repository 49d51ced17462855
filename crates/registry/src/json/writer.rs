//! Writing JSON.

use std::fmt::{self, Write as _};

use super::ToJson;

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

    fn key(&mut self, key: &str) {
        self.string(key);
        self.0.push(':');
    }

    /// Writes a text.
    pub fn string(&mut self, text: &str) {
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

    /// Writes a number, a flag or `null`, as it prints.
    pub(super) fn literal(&mut self, value: &dyn fmt::Display) {
        self.part();
        // Writing to a string does not fail.
        let _ = write!(self.0, "{value}");
    }

    /// Writes an object with the fields that are written in between.
    pub fn object(&mut self, fields: &dyn Fn(&mut Self)) {
        self.part();
        self.0.push('{');
        fields(self);
        self.0.push('}');
    }

    /// Writes a list of what is written in between.
    pub(super) fn array(&mut self, parts: &dyn Fn(&mut Self)) {
        self.part();
        self.0.push('[');
        parts(self);
        self.0.push(']');
    }

    /// Writes a field with an object, as [`Writer::object`].
    pub fn fields(&mut self, key: &str, fields: &dyn Fn(&mut Self)) {
        self.key(key);
        self.object(fields);
    }

    /// Writes a field with a list of what is written in between.
    pub fn list(&mut self, key: &str, parts: &dyn Fn(&mut Self)) {
        self.key(key);
        self.array(parts);
    }

    /// Writes a field, unless it is to be left out.
    pub fn field(&mut self, key: &str, value: &dyn ToJson) {
        if !value.is_left_out() {
            self.field_or_null(key, value);
        }
    }

    /// Writes a field, also where it would be left out.
    pub fn field_or_null(&mut self, key: &str, value: &dyn ToJson) {
        self.key(key);
        value.write(self);
    }

    /// Writes a field, unless it has its default.
    pub fn field_unless_default<T: ToJson + Default + PartialEq>(&mut self, key: &str, value: &T) {
        if *value != T::default() {
            self.field(key, value);
        }
    }

    /// Writes a field with a text.
    pub fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        self.string(text);
    }

    /// Writes a field with a text, unless it is empty.
    pub fn text_if(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.text(key, text);
        }
    }
}
