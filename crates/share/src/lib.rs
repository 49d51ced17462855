//! What leaves this browser and what comes in: registries in links, everything as a file, tables for spreadsheets.
//!
//! ```text
//! WorkspaceSnapshot, exercise ─▶ JSON ─▶ packed ─▶ letters with a checksum ─▶ `#/share/ms1.….……`, `mx1.….……`
//!                            (deflate)  (base64url, CRC-32)
//! ```
//! Whatever comes in may be made by anybody: its length, depth and number of values are measured before it is parsed, and
//! its history is weighed while it is carried out. Nothing here replaces anything: what was read is a value.
//!
//! | module | what it says |
//! |---|---|
//! | [`limits`] | how much may come in, and how it is measured |
//! | [`packed`] | JSON as a short text for an address, and back |
//! | [`link`] | a registry with its history as such a text |
//! | [`task`] | a whole exercise as such a text |
//! | [`file`](mod@file) | everything, or a registry alone, as a JSON file |
//! | [`old`] | what an earlier version of the app has kept under other keys |
//! | [`plan`] | what taking a file in would change |
//! | [`table`] | a registry as a table for spreadsheets |
//! | [`route`], [`site`] | the app's addresses, read and printed in one place; why a file of the app is not on its site |
//! | [`square`] | a link as a picture for a camera |

pub mod file;
pub mod limits;
pub mod link;
pub mod old;
pub mod packed;
pub mod plan;
pub mod route;
pub mod site;
pub mod square;
pub mod table;
pub mod task;

pub use file::{Everything, FileError};
pub use limits::{Limits, TooMuch};
pub use old::Old;
pub use packed::NoLink;
pub use plan::Plan;
pub use square::Square;
pub use task::NoTask;
