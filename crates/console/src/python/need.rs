//! Where a real Python is needed.

use super::super::diagnostic::{DiagnosticKind, Problem, UnsupportedPython};
use super::super::span::Span;

/// Why a text needs a real Python.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Need {
    pub at: Span,
    /// What the small reader does not know.
    pub why: UnsupportedPython,
}

impl From<Need> for Problem {
    fn from(need: Need) -> Self {
        Self {
            at: need.at,
            kind: DiagnosticKind::NeedsPython(need.why),
        }
    }
}

pub(super) fn need<T>(at: Span, why: UnsupportedPython) -> Result<T, Need> {
    Err(Need { at, why })
}
