//! A registry with its history as a short text that stands in an address: `ms1.…`, the JSON of the workspace (see
//! `storage/src/snapshot.rs`), packed as [`super::link_codec`] says.

use super::limits::LINK;
use super::link_codec::LinkCodec;
use registry::json;
use storage::WorkspaceSnapshot;

pub use super::link_codec::{MAX_ADDRESS, MAX_PACKED, NoLink, in_text};

const CODEC: LinkCodec = LinkCodec {
    prefix: "ms",
    version: 1,
};

/// Returns the text of a link, or `None` if it holds more than a link may bring. It may still be too long for an address.
pub fn print(snapshot: &WorkspaceSnapshot) -> Option<String> {
    CODEC.encode(&json::print(snapshot))
}

/// Reads the text of a link.
pub fn parse(text: &str) -> Result<WorkspaceSnapshot, NoLink> {
    let value = json::parse(&CODEC.decode(text)?).map_err(NoLink::Broken)?;
    WorkspaceSnapshot::read(value, LINK.weight).map_err(NoLink::Broken)
}
