//! A line that starts with a builtin, read: `help`, `undo`, `show fraud-detector` and so on.

use super::builtins::Builtin;
use super::cursor::Cursor;
use super::diagnostic::{DiagnosticKind, Problem};
use super::nearest::nearest;
use super::span::Span;
use super::topic::Topic;
use registry::RuleSet;

/// The names of the rule sets.
pub const RULES: [(&str, RuleSet); 2] = [("guided", RuleSet::Guided), ("mlflow", RuleSet::Mlflow)];

/// A builtin with its arguments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BuiltinCall {
    /// `help`, `help transition_model_version_stage`
    Help(Option<Topic>),
    Undo,
    Redo,
    History,
    /// `restore 12`
    Restore(u64),
    /// `show`, `show fraud-detector`
    Show(Option<String>),
    /// `rules`, `rules mlflow`
    Rules(Option<RuleSet>),
    /// `reset`: the sample; `reset empty`: nothing.
    Reset {
        /// Whether nothing is to be left.
        empty: bool,
    },
    Clear,
}

/// The builtin that a line starts with: after it comes the end, or a word that no Python could have there.
pub fn builtin(line: &str) -> Option<Builtin> {
    let line = line.trim();
    let (first, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
    let builtin = Builtin::named(first)?;
    let rest = rest.trim_start();
    // `history = 3`, `show, x = …`, `help (x)`: Python. What follows a word is a name or a number.
    let is_python = rest
        .starts_with(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '\'' | '"' | '-' | '#'))
        || ["in ", "is ", "if ", "and ", "or ", "not "]
            .iter()
            .any(|keyword| rest.starts_with(keyword));
    (!is_python).then_some(builtin)
}

/// Reads a line that starts with a builtin; with it comes the place of what follows the builtin, if something does.
///
/// # Errors
/// A word too many or too few, or one that means nothing here.
pub fn read(text: &str, line: Span) -> Result<(BuiltinCall, Option<Span>), Problem> {
    let mut cursor = Cursor::new(text, 0).within(line);
    cursor.take_while(char::is_whitespace);
    let start = cursor.at();
    let first = cursor.take_while(|c| !c.is_whitespace());
    let at = cursor.since(start);
    let builtin = Builtin::named(first).unwrap_or(Builtin::Help);
    cursor.take_while(char::is_whitespace);
    let start = cursor.at();
    let rest = cursor.rest();
    // A comment is none of it.
    let rest = rest.split_once(" #").map_or(rest, |(rest, _)| rest);
    let rest = if rest.starts_with('#') {
        ""
    } else {
        rest.trim_end()
    };
    let place = Span {
        start,
        end: start + rest.len(),
    };
    // A name with blanks in it may stand in quotes, as everywhere.
    let quoted = |quote: char| rest.strip_prefix(quote)?.strip_suffix(quote);
    let argument = quoted('"').or_else(|| quoted('\'')).unwrap_or(rest);
    let unknown = |near: Option<&str>| Problem {
        at: place,
        kind: DiagnosticKind::UnknownWord {
            command: builtin.as_str(),
            word: rest.to_owned(),
            nearest: near.map(str::to_owned),
        },
    };
    let call = match (builtin, argument) {
        (Builtin::Help, "") => BuiltinCall::Help(None),
        (Builtin::Help, name) => BuiltinCall::Help(Some(
            Topic::find(name).ok_or_else(|| unknown(nearest(name, Topic::names())))?,
        )),
        (Builtin::Undo, "") => BuiltinCall::Undo,
        (Builtin::Redo, "") => BuiltinCall::Redo,
        (Builtin::History, "") => BuiltinCall::History,
        (Builtin::Clear, "") => BuiltinCall::Clear,
        (Builtin::Restore, "") => {
            return Err(Problem {
                at,
                kind: DiagnosticKind::MissingWord {
                    command: builtin.as_str(),
                },
            });
        }
        (Builtin::Restore, step) => BuiltinCall::Restore(step.parse().map_err(|_| unknown(None))?),
        (Builtin::Show, "") => BuiltinCall::Show(None),
        (Builtin::Show, name) => BuiltinCall::Show(Some(name.to_owned())),
        (Builtin::Rules, "") => BuiltinCall::Rules(None),
        (Builtin::Rules, name) => {
            let names = RULES.map(|(name, _)| name);
            let found = RULES.into_iter().find(|(known, _)| *known == name);
            let (_, rules) = found.ok_or_else(|| unknown(nearest(name, names)))?;
            BuiltinCall::Rules(Some(rules))
        }
        (Builtin::Reset, "" | "sample") => BuiltinCall::Reset { empty: false },
        (Builtin::Reset, "empty") => BuiltinCall::Reset { empty: true },
        (Builtin::Reset, name) => return Err(unknown(nearest(name, ["empty", "sample"]))),
        (Builtin::Undo | Builtin::Redo | Builtin::History | Builtin::Clear, _) => {
            return Err(Problem {
                at: place,
                kind: DiagnosticKind::ExtraWord {
                    word: rest.to_owned(),
                },
            });
        }
    };
    Ok((call, Some(place).filter(|_| !rest.is_empty())))
}
