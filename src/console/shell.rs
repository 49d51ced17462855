//! The lesson's command line: `mlflow models transition-version --model-name NAME --version N --stage STAGE`.

use std::slice::Iter;

use super::cursor::Cursor;
use super::nearest::nearest;
use super::trouble::{Form, Problem, Span, TroubleKind};
use super::words::{self, Word};
use super::{Does, Statement};
use crate::registry::call::Call;

/// The words that every command starts with.
const COMMAND: [&str; 3] = ["mlflow", "models", "transition-version"];

const NAME: &str = "--model-name";
const VERSION: &str = "--version";
const STAGE: &str = "--stage";
const ARCHIVE: &str = "--archive-existing-versions";

/// All options. The last one is a flag, the others have a value and are needed.
const OPTIONS: [&str; 4] = [NAME, VERSION, STAGE, ARCHIVE];

/// What a text is to be read as: its first word decides.
#[must_use]
pub fn form_of(text: &str) -> Form {
    let mut cursor = Cursor::new(text, 0);
    cursor.eat("\u{feff}");
    loop {
        cursor.take_while(char::is_whitespace);
        if cursor.eat("#") {
            cursor.skip_line();
        } else if !cursor.eat("$ ") {
            break;
        }
    }
    let is_word = |c: char| !c.is_whitespace();
    let first = cursor.take_while(is_word);
    cursor.take_while(|c| matches!(c, ' ' | '\t'));
    let second = cursor.take_while(is_word);
    let is_shell = if first == "mlflow" {
        // `mlflow = …` gives a value to a name.
        !second.starts_with('=')
    } else {
        // `mlfow models …` is no Python either: nowhere do two such words follow each other.
        first.chars().all(char::is_alphanumeric)
            && second.starts_with(|c: char| c.is_ascii_alphabetic())
            && nearest(second, ["models"]).is_some()
            && nearest(first, ["mlflow"]).is_some()
    };
    if is_shell { Form::Shell } else { Form::Python }
}

/// Reads a text of one or more commands.
///
/// # Errors
/// The first thing that is wrong.
pub fn read(text: &str) -> Result<Vec<Statement>, Problem> {
    let mut statements = Vec::new();
    for words in words::split(text)? {
        let Some((first, last)) = words.first().zip(words.last()) else {
            continue;
        };
        let at = first.at.to(last.at);
        let call = command(&words, at)?;
        statements.push(Statement {
            at,
            does: Does::Call(call),
        });
    }
    Ok(statements)
}

/// What was given for each option.
#[derive(Default)]
struct Given {
    name: Option<String>,
    version: Option<String>,
    stage: Option<String>,
    archive: bool,
}

fn command(words: &[Word], at: Span) -> Result<Call, Problem> {
    let mut words = words.iter();
    for expected in COMMAND {
        check_word(words.next(), expected, at)?;
    }
    let mut given = Given::default();
    while let Some(word) = words.next() {
        option(word, &mut words, &mut given)?;
    }
    let missing = |option| {
        move || Problem {
            at,
            kind: TroubleKind::MissingOption { option },
        }
    };
    Ok(Call::TransitionModelVersionStage {
        name: given.name.ok_or_else(missing(NAME))?,
        version: given.version.ok_or_else(missing(VERSION))?,
        stage: given.stage.ok_or_else(missing(STAGE))?,
        archive_existing_versions: given.archive,
    })
}

fn check_word(word: Option<&Word>, expected: &'static str, at: Span) -> Result<(), Problem> {
    match word {
        Some(word) if word.text == expected => Ok(()),
        Some(word) if is_option(word) => Err(no_such_option(word.at, &word.text)),
        Some(word) => Err(Problem {
            at: word.at,
            kind: TroubleKind::NoSuchCommand {
                command: word.text.clone(),
                nearest: nearest(&word.text, [expected]),
            },
        }),
        None => Err(Problem {
            at,
            kind: TroubleKind::MissingCommand { command: expected },
        }),
    }
}

/// Whether a word looks like an option. Word processors make one long dash of two short ones.
fn is_option(word: &Word) -> bool {
    word.text.starts_with(['-', '–', '—'])
}

fn no_such_option(at: Span, option: &str) -> Problem {
    Problem {
        at,
        kind: TroubleKind::NoSuchOption {
            option: option.to_owned(),
            nearest: nearest(option, OPTIONS),
        },
    }
}

/// Reads one option with its value.
fn option(word: &Word, rest: &mut Iter<'_, Word>, given: &mut Given) -> Result<(), Problem> {
    let problem = |kind| Problem { at: word.at, kind };
    if !is_option(word) {
        return Err(problem(TroubleKind::ExtraWord {
            word: word.text.clone(),
        }));
    }
    let (name, written) = match word.text.split_once('=') {
        Some((name, value)) => (name, Some(value.to_owned())),
        None => (word.text.as_str(), None),
    };
    let Some(option) = OPTIONS.into_iter().find(|option| *option == name) else {
        return Err(no_such_option(word.at, name));
    };
    let repeated = || {
        problem(TroubleKind::RepeatedArgument {
            argument: name.to_owned(),
        })
    };
    let place = match option {
        NAME => &mut given.name,
        VERSION => &mut given.version,
        STAGE => &mut given.stage,
        _ if written.is_some() => {
            return Err(problem(TroubleKind::UnexpectedValue { option }));
        }
        _ if given.archive => return Err(repeated()),
        _ => {
            given.archive = true;
            return Ok(());
        }
    };
    if place.is_some() {
        return Err(repeated());
    }
    // A value may start with one dash, as a negative number does; with two it is the next option.
    let mut next = || rest.next().filter(|next| !next.text.starts_with("--"));
    let value = written.or_else(|| next().map(|next| next.text.clone()));
    if value.is_none() {
        return Err(problem(TroubleKind::MissingValue { option }));
    }
    *place = value;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::tests::{check, fails};

    #[test]
    fn the_first_word_says_what_the_text_is() {
        let check = |text: &str, expected: Form| assert_eq!(form_of(text), expected, "{text:?}");
        check("mlflow models transition-version", Form::Shell);
        check("  $ mlflow x", Form::Shell);
        check("# a comment\n\n$ mlflow", Form::Shell);
        check("mlflow", Form::Shell);
        check("mlflow=3", Form::Python);
        check("mlflow = 3", Form::Python);
        check("mlflow.pyfunc.load_model('x')", Form::Python);
        check("import mlflow", Form::Python);
        check("mlfow models transition-version", Form::Shell);
        check("MLflow model transition-version", Form::Shell);
        check("mlfow = 3", Form::Python);
        check("", Form::Python);
        check("#", Form::Python);
        check("$ ", Form::Python);
    }

    #[test]
    fn commands_become_calls() {
        let call = |name: &str, version: &str, stage: &str, archive: bool| {
            format!(
                "TransitionModelVersionStage {{ name: {name:?}, version: {version:?}, stage: {stage:?}, \
                 archive_existing_versions: {archive} }}"
            )
        };
        let start = "mlflow models transition-version";
        let both = |rest: &str, expected: &str| check(&format!("{start} {rest}"), expected);
        let usual = call("fraud-detector", "3", "Production", false);
        both(
            "--model-name fraud-detector --version 3 --stage Production",
            &usual,
        );
        both(
            "--stage=Production --version=3 --model-name=fraud-detector",
            &usual,
        );
        both(
            "\\\n  --model-name 'fraud-detector' \\\n  --version \"3\" \\\n  --stage Production\n",
            &usual,
        );
        both(
            "--model-name='fraud-detector' --version 3 --stage \"Production\" # now",
            &usual,
        );
        both(
            "--model-name 'my model' --archive-existing-versions --version -1 --stage ''",
            &call("my model", "-1", "", true),
        );
        both(
            "--model-name a=b --version= --stage x=y",
            &call("a=b", "", "x=y", false),
        );
        let one = format!("{start} --model-name m --version 1 --stage s");
        let twice = format!("{0}; {0}", call("m", "1", "s", false));
        check(&format!("# two\n$ {one}\n\n$ {one}"), &twice);
        check(&format!("{one} && {one}"), &twice);
    }

    #[test]
    fn wrong_commands_are_named() {
        fails(
            "mlflow model transition-version",
            "model",
            "NoSuchCommand { command: \"model\", nearest: Some(\"models\") }",
        );
        fails(
            "mlflow model-registry",
            "model-registry",
            "NoSuchCommand { command: \"model-registry\", nearest: None }",
        );
        fails(
            "mlflow models transition-model-version",
            "transition-model-version",
            "NoSuchCommand { command: \"transition-model-version\", nearest: Some(\"transition-version\") }",
        );
        fails(
            "mlflow runs list",
            "runs",
            "NoSuchCommand { command: \"runs\", nearest: None }",
        );
        fails(
            "mlfow models",
            "mlfow",
            "NoSuchCommand { command: \"mlfow\", nearest: Some(\"mlflow\") }",
        );
        fails("mlflow", "mlflow", "MissingCommand { command: \"models\" }");
        fails(
            "mlflow models",
            "mlflow models",
            "MissingCommand { command: \"transition-version\" }",
        );
        fails(
            "mlflow --help",
            "--help",
            "NoSuchOption { option: \"--help\", nearest: None }",
        );
    }

    #[test]
    fn wrong_options_are_named() {
        let start = "mlflow models transition-version";
        let check = |rest: &str, place: &str, expected: &str| {
            fails(&format!("{start} {rest}"), place, expected);
        };
        check(
            "--model-name m --model-version 3",
            "--model-version",
            "NoSuchOption { option: \"--model-version\", nearest: Some(\"--version\") }",
        );
        check(
            "-v 3",
            "-v",
            "NoSuchOption { option: \"-v\", nearest: None }",
        );
        check(
            "--Stage=x",
            "--Stage=x",
            "NoSuchOption { option: \"--Stage\", nearest: Some(\"--stage\") }",
        );
        check(
            "—stage x",
            "—stage",
            "NoSuchOption { option: \"—stage\", nearest: Some(\"--stage\") }",
        );
        check(
            "--model-name",
            "--model-name",
            "MissingValue { option: \"--model-name\" }",
        );
        check(
            "--version --stage x",
            "--version",
            "MissingValue { option: \"--version\" }",
        );
        check(
            "--archive-existing-versions=yes",
            "--archive-existing-versions=yes",
            "UnexpectedValue { option: \"--archive-existing-versions\" }",
        );
        check(
            "--stage a --stage b",
            "--stage",
            "RepeatedArgument { argument: \"--stage\" }",
        );
        check(
            "--model-name my model",
            "model",
            "ExtraWord { word: \"model\" }",
        );
        let missing = |rest: &str, option: &str| {
            let text = format!("{start} {rest}");
            fails(
                &text,
                text.trim_end(),
                &format!("MissingOption {{ option: {option:?} }}"),
            );
        };
        missing("", "--model-name");
        missing("--version 3 --stage x", "--model-name");
        missing("--stage x --model-name m", "--version");
        missing("--version 3 --model-name m", "--stage");
    }
}
