//! Why a test, or something that it needs, failed.

use std::fmt;

/// What comes of a step.
pub type Outcome<T = ()> = Result<T, Failure>;

/// A failure in words.
#[derive(Debug, Clone)]
pub struct Failure(String);

impl Failure {
    /// A failure with these words.
    #[must_use]
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl From<String> for Failure {
    fn from(words: String) -> Self {
        Self(words)
    }
}

impl From<&str> for Failure {
    fn from(words: &str) -> Self {
        Self(words.to_owned())
    }
}

/// Errors whose own words say enough.
macro_rules! from_errors {
    ($($error:ty),* $(,)?) => {
        $(impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self(error.to_string())
            }
        })*
    };
}

from_errors!(
    std::io::Error,
    serde_json::Error,
    thirtyfour::error::WebDriverError,
    tungstenite::Error,
);
