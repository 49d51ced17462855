//! The console's own words: `help`, `undo`, `show fraud-detector` and so on. Each stands on a line of its own.

use super::cursor::Cursor;
use super::diagnostic::{DiagnosticKind, Problem};
use super::nearest::nearest;
use super::own_word::Word;
use super::span::Span;
use super::topic::Topic;
use registry::RuleSet;

/// The names of the rule sets.
pub const RULES: [(&str, RuleSet); 2] = [("guided", RuleSet::Guided), ("mlflow", RuleSet::Mlflow)];

/// What a line of the console's own asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Own {
    /// `help`, `help transition_model_version_stage`
    Help(Option<Topic>),
    /// `undo`
    Undo,
    /// `redo`
    Redo,
    /// `history`
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
    /// `clear`
    Clear,
}

/// The word that a line starts with, if the line is the console's own: after a word comes the end, or a word that no
/// Python could have there.
#[must_use]
pub fn word(line: &str) -> Option<Word> {
    let line = line.trim();
    let (first, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
    let word = Word::find(first)?;
    let rest = rest.trim_start();
    // `history = 3`, `show, x = …`, `help (x)`: Python. What follows a word is a name or a number.
    let is_python = rest
        .starts_with(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '\'' | '"' | '-' | '#'))
        || ["in ", "is ", "if ", "and ", "or ", "not "]
            .iter()
            .any(|keyword| rest.starts_with(keyword));
    (!is_python).then_some(word)
}

/// Reads a line that starts with one of the words; with it comes the place of what follows the word, if something does.
///
/// # Errors
/// A word too many or too few, or one that means nothing here.
pub fn read(text: &str, line: Span) -> Result<(Own, Option<Span>), Problem> {
    let mut cursor = Cursor::new(text, 0).within(line);
    cursor.take_while(char::is_whitespace);
    let start = cursor.at();
    let first = cursor.take_while(|c| !c.is_whitespace());
    let at = cursor.since(start);
    let word = Word::find(first).unwrap_or(Word::Help);
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
            command: word.name(),
            word: rest.to_owned(),
            nearest: near.map(str::to_owned),
        },
    };
    let own = match (word, argument) {
        (Word::Help, "") => Own::Help(None),
        (Word::Help, name) => Own::Help(Some(
            Topic::find(name).ok_or_else(|| unknown(nearest(name, Topic::names())))?,
        )),
        (Word::Undo, "") => Own::Undo,
        (Word::Redo, "") => Own::Redo,
        (Word::History, "") => Own::History,
        (Word::Clear, "") => Own::Clear,
        (Word::Restore, "") => {
            return Err(Problem {
                at,
                kind: DiagnosticKind::MissingWord {
                    command: word.name(),
                },
            });
        }
        (Word::Restore, step) => Own::Restore(step.parse().map_err(|_| unknown(None))?),
        (Word::Show, "") => Own::Show(None),
        (Word::Show, name) => Own::Show(Some(name.to_owned())),
        (Word::Rules, "") => Own::Rules(None),
        (Word::Rules, name) => {
            let names = RULES.map(|(name, _)| name);
            let found = RULES.into_iter().find(|(known, _)| *known == name);
            let (_, rules) = found.ok_or_else(|| unknown(nearest(name, names)))?;
            Own::Rules(Some(rules))
        }
        (Word::Reset, "" | "sample") => Own::Reset { empty: false },
        (Word::Reset, "empty") => Own::Reset { empty: true },
        (Word::Reset, name) => return Err(unknown(nearest(name, ["empty", "sample"]))),
        (Word::Undo | Word::Redo | Word::History | Word::Clear, _) => {
            return Err(Problem {
                at: place,
                kind: DiagnosticKind::ExtraWord {
                    word: rest.to_owned(),
                },
            });
        }
    };
    Ok((own, Some(place).filter(|_| !rest.is_empty())))
}
