//! Progress as a file that a learner takes along: it says what it is, and of which version.
//!
//! ```json
//! {"format":"model-stages-progress","version":4,"progress":{"steps":{"hook":1}}}
//! ```
//!
//! Version 1 was the progress alone; version 2 had no exercises, version 3 no made ones.

use serde_json::Value;

use super::{Progress, from_version_1};
use registry::json::{self, Extent, FromJson, JsonError, Reader, ToJson, Writer};

/// What the file says it is.
const FORMAT: &str = "model-stages-progress";

/// The version that is written. It counts up when progress itself is written otherwise.
const VERSION: u64 = 4;

/// The greatest length of a file, in bytes.
pub const MAX_BYTES: u32 = 2_000_000;
/// How deep objects and lists may stand in each other. Progress goes to a third of it.
const MAX_DEPTH: usize = 16;
/// How many values there may be: several times of what progress can hold.
const MAX_VALUES: usize = 200_000;

/// Why a text is no progress file that can be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FileError {
    /// There is more in it than in any such file.
    TooLarge,
    NotJson(JsonError),
    /// It is JSON, but something else than progress.
    Foreign,
    /// A newer version of the app has written it.
    Newer,
    /// It is progress, but something in it can't be.
    Content(JsonError),
}

/// Returns the file's text.
pub fn to_file(progress: &Progress) -> String {
    json::print(&File(progress))
}

/// Returns the progress in a file. It is measured before it is parsed.
pub fn from_file(text: &str) -> Result<Progress, FileError> {
    if text.len() > MAX_BYTES as usize {
        return Err(FileError::TooLarge);
    }
    let extent = Extent::of(text);
    if extent.items > MAX_VALUES {
        return Err(FileError::TooLarge);
    }
    if extent.depth > MAX_DEPTH {
        return Err(FileError::Foreign);
    }
    let value = json::parse(text).map_err(FileError::NotJson)?;
    let mut from = Reader::new(value.clone()).map_err(|_| FileError::Foreign)?;
    let is_ours = from
        .field::<String>("format")
        .is_ok_and(|format| format == FORMAT);
    let progress = if is_ours {
        match from.field_or_default("version") {
            // Since version 2 nothing has changed but that there are exercises, and made ones.
            Ok(2 | 3 | VERSION) => from.take("progress").unwrap_or_default(),
            Ok(version) if version > VERSION => return Err(FileError::Newer),
            _ => return Err(FileError::Foreign),
        }
    } else {
        let has = |key: &str| value.get(key).is_some_and(Value::is_object);
        if !["place", "steps", "questions"].into_iter().any(has) {
            return Err(FileError::Foreign);
        }
        from_version_1(value)
    };
    Progress::from_json(progress).map_err(FileError::Content)
}

struct File<'a>(&'a Progress);

impl ToJson for File<'_> {
    fn write(&self, out: &mut Writer) {
        out.object(&|out| {
            out.text("format", FORMAT);
            out.field("version", &VERSION);
            out.field("progress", self.0);
        });
    }
}
