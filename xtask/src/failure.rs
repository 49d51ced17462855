//! What went wrong, in one line that says what to do about it.

use std::fmt;

/// Why a command stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The command line was not understood.
    Usage(String),
    /// A step could not be done, or what it checked does not hold.
    Step(String),
}

impl Failure {
    /// A failed step, told in `line`.
    pub fn step(line: impl Into<String>) -> Self {
        Self::Step(line.into())
    }

    /// The exit code of the process: 2 for a command line that was not understood, else 1.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Step(_) => 1,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(line) | Self::Step(line) => out.write_str(line),
        }
    }
}

impl std::error::Error for Failure {}
