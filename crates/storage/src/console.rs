//! What the console remembers: the lines that were typed, whether it is open, and the server that its code is for.

use serde_json::Value;

use registry::json::{FromJson, JsonError, Reader, ToJson, Writer};

/// How many lines are remembered.
const MOST: usize = 100;
/// How many bytes they have together.
const MOST_BYTES: usize = 16_384;

/// What the console remembers. What is missing in the saved value has its default.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ConsoleMemory {
    pub open: bool,
    /// The address of the server in the code that is shown; empty for the usual one.
    pub base: String,
    /// What was typed, oldest first, each text once.
    lines: Vec<String>,
}

impl ConsoleMemory {
    /// Returns what was typed, oldest first.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Remembers a text as the newest. The oldest make room; a text that is longer than all room is not remembered.
    pub fn remember(&mut self, text: &str) {
        let text = text.trim();
        if text.is_empty() || text.len() > MOST_BYTES {
            return;
        }
        self.lines.retain(|known| known != text);
        self.lines.push(text.to_owned());
        let mut bytes = 0;
        let fitting = self.lines.iter().rev().take(MOST).take_while(|line| {
            bytes += line.len();
            bytes <= MOST_BYTES
        });
        let keep = fitting.count();
        self.lines.drain(..self.lines.len().saturating_sub(keep));
    }

    /// Forgets what was typed.
    pub fn forget(&mut self) {
        self.lines.clear();
    }
}

impl ToJson for ConsoleMemory {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            out.field("open", &self.open);
            out.field("base", &self.base);
            out.field("lines", &self.lines);
        });
    }
}

impl FromJson for ConsoleMemory {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        let mut from = Reader::new(value)?;
        let mut memory = Self {
            open: from.field("open")?,
            base: from.field_or_default("base")?,
            lines: Vec::new(),
        };
        let lines: Vec<String> = from.field_or_default("lines")?;
        lines.iter().for_each(|line| memory.remember(line));
        Ok(memory)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry::json;

    fn check(typed: &[&str], expected: &[&str]) {
        let mut memory = ConsoleMemory::default();
        for text in typed {
            memory.remember(text);
        }
        assert_eq!(memory.lines(), expected);
        let value = json::parse(&json::print(&memory)).unwrap();
        assert_eq!(ConsoleMemory::from_json(value).unwrap(), memory);
    }

    #[test]
    fn each_text_is_remembered_once_as_the_newest() {
        check(&[], &[]);
        check(&["a", " b\n", "", "  ", "a"], &["b", "a"]);
    }

    #[test]
    fn the_oldest_make_room() {
        let many: Vec<String> = (0..MOST + 5).map(|at| format!("line {at}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        check(&many, &many[5..]);
        let long = "x".repeat(MOST_BYTES - 1);
        check(&["a", &long, "b"], &[&long, "b"]);
        check(&["a", &long, "bc"], &["bc"]);
        check(&["a", &"x".repeat(MOST_BYTES + 1)], &["a"]);
    }

    #[test]
    fn what_is_missing_has_its_default() {
        let value = json::parse("{}").unwrap();
        assert_eq!(
            ConsoleMemory::from_json(value).unwrap(),
            ConsoleMemory::default()
        );
        let wrong = json::parse(r#"{"lines":[1]}"#).unwrap();
        assert!(ConsoleMemory::from_json(wrong).is_err());
    }
}
