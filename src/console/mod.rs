//! The console: what was typed, what came of it, and a field for what comes next.

pub mod board;
pub mod entry;
pub mod field;
pub mod lazy;
pub mod panel;
pub mod python;
pub mod script;
pub mod transcript;
