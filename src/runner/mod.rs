//! Code that can be run where it stands, and what came of it.

pub mod code_box;
pub mod copy_button;
pub mod lazy;
pub mod lines;
mod outcome;
pub mod result;
