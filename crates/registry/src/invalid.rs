//! Why a text is no name, number or stage. MLflow's words for it are those of `mlflow/store/model_registry` and
//! `mlflow/utils/validation.py`, 3.18.0.

use std::fmt;

use super::python;
use crate::named_variants;

named_variants! {
    /// Why a text is no name, number or stage.
    #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
    pub enum Invalid {
        /// A model's name is missing or blank.
        NameMissing = "name_missing",
        /// A model's name contains `/` or `:`.
        NameCharacters { name: String } = "name_characters",
        /// A name would mean another file if it were used as a path.
        NotUniquePath { of: Named, name: String } = "not_unique_path",
        VersionNotInteger { text: String } = "version_not_integer",
        /// There is no such stage.
        StageUnknown { stage: String } = "stage_unknown",
        AliasEmpty = "alias_empty",
        /// An alias has a character that aliases cannot have.
        AliasCharacters { alias: String } = "alias_characters",
        /// The alias `latest` is reserved.
        AliasLatest = "alias_latest",
        /// An alias that reads like a version (`v3`) is reserved.
        AliasLikeVersion { alias: String } = "alias_like_version",
        /// A tag's key has a character that keys cannot have.
        KeyCharacters { key: String } = "key_characters",
        /// A text is longer than it may be.
        TooLong { what: Limited, limit: usize } = "too_long",
        /// A metric's value is not a finite number.
        MetricNotANumber { text: String } = "metric_not_a_number",
    }
    /// Returns the name of the rule in packs (`content/README.md`). It never changes.
    pub fn id;
}

/// What a name is the name of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Named {
    Model,
    /// A tag or a metric.
    Key,
}

/// What has a greatest length.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Limited {
    /// A model's name (the simulator's own limit).
    ModelName,
    Alias,
    /// A tag's key, or a metric's name.
    TagKey,
    TagValue,
    /// A description, comment or source (the simulator's own limit).
    Text,
}

/// MLflow's own message, letter for letter, where MLflow has one; a short technical one where it has none.
impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NameMissing => f.write_str("Missing value for required parameter 'name'."),
            Self::NameCharacters { name } => write!(
                f,
                "Invalid model name '{name}'. Names cannot contain '/' or ':'."
            ),
            Self::NotUniquePath { of, name } => {
                let parameter = match of {
                    Named::Model => "name",
                    Named::Key => "key",
                };
                write!(
                    f,
                    "Invalid value {} for parameter '{parameter}' supplied: Names may be treated as files in certain \
                     cases, and must not resolve to other names when treated as such. This name would resolve to {}",
                    python::json_quote(name),
                    python::repr(&python::normpath(name))
                )
            }
            Self::VersionNotInteger { text } => {
                write!(f, "Parameter 'version' must be an integer, got '{text}'.")
            }
            Self::StageUnknown { stage } => write!(
                f,
                "Invalid Model Version stage: {stage}. Value must be one of None, Staging, Production, Archived."
            ),
            Self::AliasEmpty => f.write_str("Registered model alias name cannot be empty."),
            Self::AliasCharacters { alias } => write!(
                f,
                "Invalid alias name: '{alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-)."
            ),
            Self::AliasLatest => f.write_str("'latest' alias name (case insensitive) is reserved."),
            Self::AliasLikeVersion { alias } => {
                write!(f, "Version alias name '{alias}' is reserved.")
            }
            Self::KeyCharacters { key } => write!(
                f,
                "Invalid value {} for parameter 'key' supplied: Names may only contain alphanumerics, underscores (_), \
                 dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).",
                python::json_quote(key)
            ),
            Self::TooLong { what, limit } => {
                let what = match what {
                    Limited::ModelName => "name",
                    Limited::Alias => "Registered model alias name",
                    Limited::TagKey => "key",
                    Limited::TagValue => "value",
                    Limited::Text => "text",
                };
                write!(
                    f,
                    "'{what}' exceeds the maximum length of {limit} characters"
                )
            }
            Self::MetricNotANumber { text } => {
                write!(
                    f,
                    "Got invalid value {text} for metric: it is not a finite number"
                )
            }
        }
    }
}
