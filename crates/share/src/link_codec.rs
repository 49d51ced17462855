//! The codec of links: JSON, packed with deflate, as letters that an address may have, with a checksum.
//!
//! ```text
//! ms1.q1YqSCwu.k3fW9A
//! │   │        └ a checksum of all before it
//! │   └ JSON, packed with deflate, as base64url
//! └ what it is, and the version of its format
//! ```
//! The checksum finds a link that was cut off on its way; it is no protection against anybody.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

use super::limits::{LINK, TooMuch};
use lesson::letters::{checksum, ends_in_checksum, from_base64, to_base64};
use registry::json::JsonError;

/// The longest address that is given out: longer ones are cut off by some programs.
pub const MAX_ADDRESS: usize = 8_000;
/// The most that is unpacked, in bytes.
pub const MAX_PACKED: usize = 64 << 10;

/// The codec of one kind of link: its prefix, and the version of its format that is written.
pub(super) struct LinkCodec {
    pub(super) prefix: &'static str,
    pub(super) version: u64,
}

/// The level of compression; a higher one gains next to nothing.
const LEVEL: u8 = 9;

/// Why a text is not the text of a link.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoLink {
    /// It does not look like one at all.
    NotOne,
    /// A newer version of the app has written it.
    Newer {
        /// The version of its format.
        version: u64,
    },
    /// Something in it was changed or is missing: the checksum does not fit.
    Damaged,
    /// There is more in it than a link may bring.
    TooMuch(TooMuch),
    /// The checksum fits, and still it can't be read.
    Broken(JsonError),
}

impl LinkCodec {
    /// Returns JSON as the text of a link, or `None` if it is more than a link may hold. It may still be too long for an
    /// address.
    pub(super) fn encode(&self, json: &str) -> Option<String> {
        LINK.measure(json).ok()?;
        let packed = compress_to_vec(json.as_bytes(), LEVEL);
        if packed.len() > MAX_PACKED {
            return None;
        }
        let Self { prefix, version } = self;
        let text = format!("{prefix}{version}.{}", to_base64(&packed));
        Some(format!("{text}.{}", checksum(&text)))
    }

    /// Returns the JSON in the text of a link, measured.
    pub(super) fn decode(&self, text: &str) -> Result<String, NoLink> {
        let rest = text.strip_prefix(self.prefix).ok_or(NoLink::NotOne)?;
        let (version, rest) = rest.split_once('.').ok_or(NoLink::NotOne)?;
        match version.parse::<u64>() {
            // Only as it is printed: not "+1" or "01".
            Ok(known) if known == self.version && version.len() == 1 => {}
            Ok(version) if version > self.version => return Err(NoLink::Newer { version }),
            _ => return Err(NoLink::NotOne),
        }
        // Three bytes are four letters.
        if rest.len() > MAX_PACKED / 3 * 4 + 16 {
            return Err(NoLink::TooMuch(TooMuch::Long));
        }
        let (packed, sum) = rest.rsplit_once('.').ok_or(NoLink::Damaged)?;
        if !ends_in_checksum(text, sum) {
            return Err(NoLink::Damaged);
        }
        let packed = from_base64(packed).ok_or(NoLink::Damaged)?;
        // What would come to more than the limit is given up there, however much it would be.
        let unpacked = decompress_to_vec_with_limit(&packed, LINK.bytes).map_err(|error| {
            if error.status == TINFLStatus::HasMoreOutput {
                NoLink::TooMuch(TooMuch::Long)
            } else {
                NoLink::Damaged
            }
        })?;
        let json = String::from_utf8(unpacked).map_err(|_| NoLink::Damaged)?;
        LINK.measure(&json).map_err(NoLink::TooMuch)?;
        Ok(json)
    }
}

/// Returns the text of a link in pasted text: the address of a page, or the text alone.
pub fn in_text(text: &str) -> &str {
    let text = text.trim();
    text.rsplit('/').next().unwrap_or(text)
}
