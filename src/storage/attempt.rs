//! An exercise that is under way: what was done in it, as the text of a receipt, and what was helped with.
//!
//! The text is read by the pages of the exercises alone, so that nothing else has to carry the reading of it.

use serde_json::Value;

use crate::registry::json::{FromJson, JsonError, Reader, ToJson, Writer};

/// An exercise that is under way.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Attempt {
    /// What was done, as a receipt; empty where that is nothing.
    pub way: String,
    /// How many hints were taken.
    pub hints: u32,
    /// Whether the solution was looked at.
    pub shown: bool,
}

impl ToJson for Attempt {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            out.text("way", &self.way);
            out.number("hints", &self.hints);
            out.flag_if("shown", self.shown);
        });
    }
}

impl FromJson for Attempt {
    fn from_json(value: Value) -> Result<Self, JsonError> {
        let mut from = Reader::new(value)?;
        Ok(Self {
            way: from.text_or_none("way")?.unwrap_or_default(),
            hints: u32::try_from(from.number_or_zero("hints")?).map_err(|_| JsonError("hints"))?,
            shown: from.flag("shown")?,
        })
    }
}
