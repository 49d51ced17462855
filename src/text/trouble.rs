//! What the console could not read, in words.
#![allow(missing_docs, reason = "the English value says what a field is")]

use super::{Language, fill};
use crate::console::TroubleKind;

texts!(
    /// Troubles of the console.
    TroubleText, EN_TROUBLE {
        no_such_command = "There is no such command: {name}.",
        no_such_option = "This command has no option {name}.",
        missing_option = "The option {name} is missing.",
        missing_value = "The option {name} needs a value.",
        unknown_name = "Nothing is known by the name {name}.",
        no_such_method = "MlflowClient has no method {name}.",
        unknown_argument = "This method has no argument {name}.",
        missing_argument = "The argument {name} is missing.",
        wrong_type = "The argument {name} is of another kind than it needs.",
        syntax = "This breaks off, or is not written as the language has it.",
        not_supported = "The console does not understand this; the real thing may.",
        too_long = "This is longer than the console reads.",
        other = "The console cannot read this.",
        nearest = "Did you mean {name}?",
    }
);

/// A trouble in words: what is wrong, and what was probably meant.
#[must_use]
pub fn trouble(text: Language, kind: &TroubleKind) -> String {
    let texts = text.troubles();
    let none = None::<&str>;
    let (template, name, nearest): (&str, &str, Option<&str>) = match kind {
        TroubleKind::NoSuchCommand {
            command, nearest, ..
        } => (texts.no_such_command, command, *nearest),
        TroubleKind::NoSuchOption {
            option, nearest, ..
        } => (texts.no_such_option, option, *nearest),
        TroubleKind::MissingOption { option } => (texts.missing_option, option, none),
        TroubleKind::MissingValue { option } => (texts.missing_value, option, none),
        TroubleKind::UnknownName { name, nearest } => {
            (texts.unknown_name, name, nearest.as_deref())
        }
        TroubleKind::NoSuchMethod { method, nearest } => (texts.no_such_method, method, *nearest),
        TroubleKind::UnknownArgument {
            argument, nearest, ..
        } => (texts.unknown_argument, argument, *nearest),
        TroubleKind::MissingArgument { argument, .. } => (texts.missing_argument, argument, none),
        TroubleKind::WrongType { argument, .. } => (texts.wrong_type, argument, none),
        TroubleKind::Syntax { .. } => (texts.syntax, "", none),
        TroubleKind::NotSupported { .. } => (texts.not_supported, "", none),
        TroubleKind::TooLong => (texts.too_long, "", none),
        _ => (texts.other, "", none),
    };
    let said = fill(template, &[("name", &name)]);
    match nearest {
        Some(nearest) => format!("{said} {}", fill(texts.nearest, &[("name", &nearest)])),
        None => said,
    }
}
