//! A script for `MlflowClient`, carried out as far as a registry needs it.
//!
//! | module | what it is for |
//! |---|---|
//! | [`tokens`], [`number`] | the text cut into tokens |
//! | [`tree`], [`parse`], [`keywords`] | its statements and values; how they are read; the words of the language |
//! | [`value`], [`object`], [`show`] | values; MLflow's objects; how Python prints them |
//! | [`mod@run`], [`call`], [`builtin`] | statements carried out; calls of MLflow; Python's own functions |
//!
//! There are loops, but neither functions nor recursion, and steps and letters are counted: nothing runs for long.

pub mod builtin;
pub mod call;
pub mod keywords;
pub mod number;
pub mod object;
pub mod parse;
pub mod run;
pub mod show;
pub mod tokens;
pub mod tree;
pub mod value;

pub use run::{Halt, Memory, run};
pub use tree::Line;

use super::trouble::{Problem, Span};

/// Reads the statements at a place of a text.
///
/// # Errors
/// The first place where it is no Python.
pub fn read(text: &str, place: Span) -> Result<Vec<Line>, Problem> {
    parse::parse(text, place).map_err(|problem| *problem)
}
