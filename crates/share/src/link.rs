//! A registry with its history as a short text that stands in an address: `ms1.…`, the JSON of the workspace (see
//! `storage/src/snapshot.rs`), packed as [`super::packed`] says.

use super::limits::LINK;
use super::packed::Form;
use registry::json;
use storage::WorkspaceSnapshot;

pub use super::packed::{MAX_ADDRESS, MAX_PACKED, NoLink, in_text};

const FORM: Form = Form {
    prefix: "ms",
    version: 1,
};

/// The text of a link; nothing where it holds more than a link may bring. It may still be too long for an address.
#[must_use]
pub fn print(snapshot: &WorkspaceSnapshot) -> Option<String> {
    FORM.pack(&json::print(snapshot))
}

/// Reads the text of a link.
///
/// # Errors
/// Why it is none.
pub fn parse(text: &str) -> Result<WorkspaceSnapshot, NoLink> {
    let value = json::parse(&FORM.unpack(text)?).map_err(NoLink::Broken)?;
    WorkspaceSnapshot::read(value, LINK.weight).map_err(NoLink::Broken)
}
