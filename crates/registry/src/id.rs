//! Names and numbers, parsed once: whoever holds one of these types holds a valid value.
//!
//! The rules are those of MLflow 3.18.0's `mlflow/utils/validation.py`; the order in which MLflow applies them to a
//! whole call is in [`super::call`].

use std::fmt;
use std::sync::Arc;

use super::invalid::{Invalid, Limited, Named};
use super::python;

pub use super::decimal::MetricValue;

/// A moment, in milliseconds since 1970-01-01T00:00Z. The core never asks for the time: whoever acts brings it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Time(pub u64);

/// The number of a model version: 1, 2, 3, … counted up within its model and never given out twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct VersionNumber(u32);

impl VersionNumber {
    /// The number that the first version of a model gets.
    pub const FIRST: Self = Self(1);

    /// Returns a number from 1 up; nothing for 0.
    pub const fn new(number: u32) -> Option<Self> {
        if number == 0 {
            None
        } else {
            Some(Self(number))
        }
    }

    /// Returns the plain number.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// Returns the number after this one; nothing once 4,294,967,295 is reached.
    pub const fn next(self) -> Option<Self> {
        match self.0.checked_add(1) {
            Some(number) => Some(Self(number)),
            None => None,
        }
    }
}

impl fmt::Display for VersionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Makes a text type whose only way in is its `parse`.
macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Returns the text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0.as_ref().to_owned()
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

text_type!(
    /// The name of a registered model: not blank, without `/` and `:`, not `.` and not starting with `..`; case matters.
    ModelName
);
text_type!(
    /// An alias such as `champion`: 1 to 255 letters, digits, `_` and `-`; case matters.
    /// Reserved words (`latest`, `v3`) are well-formed aliases that cannot be *set*: see [`Alias::check_not_reserved`].
    Alias
);
text_type!(
    /// The key of a tag: letters, digits, `_ - . : /` and spaces, in the shape of a plain path, up to 250 characters.
    TagKey
);
text_type!(
    /// The value of a tag: any text, also an empty one, up to 100,000 characters.
    TagValue
);
text_type!(
    /// A free text kept as it is, possibly empty: description, comment, source.
    /// The limit ([`MAX_TEXT_CHARS`]) is the simulator's own; it keeps one text from filling the browser's storage.
    FreeText
);
text_type!(
    /// The name of a metric, such as `recall`: as a tag key, and not empty.
    MetricName
);

/// MLflow's limit for names of aliases (`MAX_REGISTERED_MODEL_ALIAS_LENGTH`), in characters.
pub const MAX_ALIAS_CHARS: usize = 255;
/// MLflow's limit for tag keys (`MAX_MODEL_REGISTRY_TAG_KEY_LENGTH`), in characters.
pub const MAX_TAG_KEY_CHARS: usize = 250;
/// MLflow's limit for tag values (`MAX_MODEL_REGISTRY_TAG_VALUE_LENGTH`), in characters.
pub const MAX_TAG_VALUE_CHARS: usize = 100_000;
/// The simulator's own limit for model names, in characters: MLflow's column is `String(256)`, SQLite does not hold it.
pub const MAX_NAME_CHARS: usize = 1_000;
/// The simulator's own limit for descriptions, comments and sources, in characters.
pub const MAX_TEXT_CHARS: usize = 10_000;

fn within(what: Limited, limit: usize, text: &str) -> Result<(), Invalid> {
    if text.chars().count() > limit {
        return Err(Invalid::TooLong { what, limit });
    }
    Ok(())
}

impl ModelName {
    /// Checks a name as MLflow's `_validate_model_name` does, in its order.
    ///
    /// # Errors
    /// The first rule that the text breaks.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if python::is_blank(text) {
            return Err(Invalid::NameMissing);
        }
        if text.contains(['/', ':']) {
            return Err(Invalid::NameCharacters {
                name: text.to_owned(),
            });
        }
        if python::is_path_not_unique(text) {
            return Err(Invalid::NotUniquePath {
                of: Named::Model,
                name: text.to_owned(),
            });
        }
        within(Limited::ModelName, MAX_NAME_CHARS, text)?;
        Ok(Self(text.into()))
    }
}

impl Alias {
    /// Checks an alias as MLflow's `_validate_alias_name` does, in its order.
    ///
    /// # Errors
    /// The first rule that the text breaks.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        if text.is_empty() {
            return Err(Invalid::AliasEmpty);
        }
        if !text.chars().all(|c| python::is_word(c) || c == '-') {
            return Err(Invalid::AliasCharacters {
                alias: text.to_owned(),
            });
        }
        within(Limited::Alias, MAX_ALIAS_CHARS, text)?;
        Ok(Self(text.into()))
    }

    /// Returns whether the alias means "the highest version" when it is read (`latest` in any case).
    pub fn is_latest(&self) -> bool {
        self.0.eq_ignore_ascii_case("latest")
    }

    /// Refuses the aliases that MLflow keeps for itself: `latest`, and `v` or `V` with a number.
    ///
    /// # Errors
    /// [`Invalid::AliasLatest`] or [`Invalid::AliasLikeVersion`].
    pub fn check_not_reserved(&self) -> Result<(), Invalid> {
        if self.is_latest() {
            return Err(Invalid::AliasLatest);
        }
        let number = self.0.strip_prefix(['v', 'V']);
        if number.is_some_and(|rest| !rest.is_empty() && rest.chars().all(char::is_numeric)) {
            return Err(Invalid::AliasLikeVersion {
                alias: self.to_string(),
            });
        }
        Ok(())
    }
}

/// MLflow's `_validate_tag_name`: the characters, then the shape.
fn check_key(text: &str) -> Result<(), Invalid> {
    let allowed = |c: char| python::is_word(c) || matches!(c, '/' | '.' | '-' | ' ' | ':');
    if !text.chars().all(allowed) {
        return Err(Invalid::KeyCharacters {
            key: text.to_owned(),
        });
    }
    if python::is_path_not_unique(text) {
        return Err(Invalid::NotUniquePath {
            of: Named::Key,
            name: text.to_owned(),
        });
    }
    Ok(())
}

impl TagKey {
    /// Checks a key as MLflow does when a tag is set.
    ///
    /// # Errors
    /// The first rule that the text breaks.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        check_key(text)?;
        within(Limited::TagKey, MAX_TAG_KEY_CHARS, text)?;
        Ok(Self(text.into()))
    }
}

impl TagValue {
    /// Checks the length.
    ///
    /// # Errors
    /// [`Invalid::TooLong`] over [`MAX_TAG_VALUE_CHARS`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        within(Limited::TagValue, MAX_TAG_VALUE_CHARS, text)?;
        Ok(Self(text.into()))
    }
}

impl FreeText {
    /// Checks the length.
    ///
    /// # Errors
    /// [`Invalid::TooLong`] over [`MAX_TEXT_CHARS`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        within(Limited::Text, MAX_TEXT_CHARS, text)?;
        Ok(Self(text.into()))
    }

    /// Returns whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Default for FreeText {
    fn default() -> Self {
        Self(Arc::from(""))
    }
}

impl MetricName {
    /// Checks a metric's name as MLflow checks the names of metrics, which are those of tags.
    ///
    /// # Errors
    /// The first rule that the text breaks.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        check_key(text)?;
        within(Limited::TagKey, MAX_TAG_KEY_CHARS, text)?;
        Ok(Self(text.into()))
    }
}

/// A version as somebody wrote it, before it is known to exist: MLflow applies Python's `int()` to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrittenVersion {
    digits: String,
}

impl WrittenVersion {
    /// Reads a version as MLflow's `_validate_model_version` does.
    ///
    /// # Errors
    /// [`Invalid::VersionNotInteger`] where Python's `int()` fails.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        python::int_text(text)
            .map(|digits| Self { digits })
            .ok_or_else(|| Invalid::VersionNotInteger {
                text: text.to_owned(),
            })
    }

    /// Returns the number, where it can be that of a version at all.
    pub fn number(&self) -> Option<VersionNumber> {
        self.digits.parse().ok().and_then(VersionNumber::new)
    }

    /// Returns the integer as Python prints it.
    pub fn as_str(&self) -> &str {
        &self.digits
    }
}

impl From<VersionNumber> for WrittenVersion {
    fn from(number: VersionNumber) -> Self {
        Self {
            digits: number.to_string(),
        }
    }
}
