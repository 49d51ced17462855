//! A script for `MlflowClient`, read as far as a lesson needs it.
//!
//! [`tokens`] cuts the text, [`parse`] finds its statements, [`run`] works out what is known before anything is carried
//! out: names, texts, numbers. What is left are calls. There are no loops and no conditions, so nothing runs for long.

pub mod number;
pub mod parse;
pub mod run;
pub mod tokens;
pub mod value;

use super::Statement;
use super::trouble::Problem;

/// Reads a script.
///
/// # Errors
/// The first thing that is wrong: of form, or else of meaning.
pub fn read(text: &str) -> Result<Vec<Statement>, Problem> {
    run::run(parse::parse(text)?)
}
