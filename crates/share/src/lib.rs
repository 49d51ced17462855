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
//! | [`link_codec`] | JSON as a short text for an address, and back |
//! | [`link`] | a registry with its history as such a text |
//! | [`class_plan`] | a plan for a class as such a text |
//! | [`task`] | a whole exercise as such a text |
//! | [`course`] | what a learning platform is told, and the progress that it keeps |
//! | [`file`](mod@file) | everything, or a registry alone, as a JSON file |
//! | [`old`] | what an earlier version of the app has kept under other keys |
//! | [`plan`] | what taking a file in would change |
//! | [`table`] | a registry as a table for spreadsheets |
//! | [`route`], [`site`] | the app's addresses, read and printed in one place; why a file of the app is not on its site |
//! | [`qr`] | a link as a QR code |

pub mod class_plan;
pub mod course;
pub mod file;
pub mod limits;
pub mod link;
pub mod link_codec;
pub mod old;
pub mod plan;
pub mod qr;
pub mod route;
pub mod site;
pub mod table;
pub mod task;

pub use file::{Everything, FileError};
pub use limits::{Limits, TooMuch};
pub use link_codec::NoLink;
pub use old::Old;
pub use plan::Plan;
pub use qr::QrCode;
pub use task::NoTask;
