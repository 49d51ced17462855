//! Calls of the REST server.

pub mod endpoints;

use super::Statement;
use super::trouble::Problem;

/// Whether a text is to be read as calls of the server.
#[must_use]
pub fn is_rest(_text: &str) -> bool {
    false
}

/// Reads calls of the server.
///
/// # Errors
/// The first thing that is wrong.
pub fn read(_text: &str) -> Result<Vec<Statement>, Problem> {
    Ok(Vec::new())
}
