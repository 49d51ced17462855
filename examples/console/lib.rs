//! The console in a terminal: what `console` does, for its program and its tests.

pub mod python;
pub mod script;
