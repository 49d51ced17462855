//! The lesson's command line: `mlflow models transition-version --model-name NAME --version N --stage STAGE`.
//!
//! MLflow has no such command. Under the guided rules it does what the lesson says; under MLflow's rules the answer is
//! that of the real program.

use std::slice::Iter;

use super::command_group::Group;
use super::diagnostic::{DiagnosticKind, Problem};
use super::nearest::nearest;
use super::shell_words::ShellWord;
use super::span::Span;
use registry::RuleSet;
use registry::call::RawCall;

/// The option with the model's name.
pub const NAME: &str = "--model-name";
/// The option with the version.
pub const VERSION: &str = "--version";
/// The option with the stage.
pub const STAGE: &str = "--stage";
/// What stands for the value of each where none is given.
pub const NAME_VALUE: &str = "NAME";
/// As [`NAME_VALUE`], for the version.
pub const VERSION_VALUE: &str = "NUMBER";
/// As [`NAME_VALUE`], for the stage.
pub const STAGE_VALUE: &str = "STAGE";
/// The flag that archives what is in the stage.
pub const ARCHIVE: &str = "--archive-existing-versions";

/// An option of the lesson's command.
#[derive(Clone, Copy, Debug)]
pub struct CommandOption {
    pub name: &'static str,
    /// What its value is called; nothing where it is a flag.
    pub value: Option<&'static str>,
}

/// The options of the lesson's command. Those with a value are needed.
pub const OPTIONS: [CommandOption; 4] = [
    CommandOption {
        name: NAME,
        value: Some(NAME_VALUE),
    },
    CommandOption {
        name: VERSION,
        value: Some(VERSION_VALUE),
    },
    CommandOption {
        name: STAGE,
        value: Some(STAGE_VALUE),
    },
    CommandOption {
        name: ARCHIVE,
        value: None,
    },
];

/// The commands of `mlflow` (3.18.0).
pub const TOP: [&str; 23] = [
    "agent",
    "ai-commands",
    "artifacts",
    "assistant",
    "autolog",
    "crypto",
    "datasets",
    "db",
    "demo",
    "deployments",
    "doctor",
    "experiments",
    "gc",
    "mcp",
    "migrate-filestore",
    "models",
    "run",
    "runs",
    "sagemaker",
    "scorers",
    "server",
    "skills",
    "traces",
];

/// Another name of `mlflow server`, which its help does not list.
const UI: &str = "ui";

/// The commands of `mlflow models` (3.18.0).
pub const MODELS: [&str; 6] = [
    "build-docker",
    "generate-dockerfile",
    "predict",
    "prepare-env",
    "serve",
    "update-pip-requirements",
];

/// What `mlflow --version` prints.
pub const PROGRAM: &str = "mlflow, version 3.18.0";

/// The lesson's command.
pub const TRANSITION: &str = "transition-version";

/// What a command line asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ShellCommand {
    /// The lesson's command.
    Call(RawCall),
    /// `--help`
    Help(Group),
    /// `mlflow --version`
    Version,
    /// A real command that loads a model from the registry.
    Loads {
        command: &'static str,
        uri: String,
        at: Span,
    },
}

/// What is wrong with a command line, and what the lesson's command was given where there is none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShellError {
    pub problem: Problem,
    /// What was given, where there are the real ways to be told.
    pub meant: Option<Box<TransitionOptions>>,
}

impl From<Problem> for ShellError {
    fn from(problem: Problem) -> Self {
        Self {
            problem,
            meant: None,
        }
    }
}

/// Reads the words of one command.
///
/// # Errors
/// The first thing that is wrong, as the real program finds it: the command before its options.
pub fn read(words: &[ShellWord], at: Span, rules: RuleSet) -> Result<ShellCommand, ShellError> {
    let mut words = words.iter();
    let guided = rules == RuleSet::Guided;
    let first = words.next();
    if first.is_none_or(|word| word.text != "mlflow") {
        let word = first.map_or("", |word| word.text.as_str());
        let near = nearest(word, ["mlflow"]);
        return Err(no_such(Group::Shell, first, at, near).into());
    }
    let group = match words.next() {
        None => return Err(missing(Group::Mlflow, at).into()),
        Some(word) if word.text == "--help" => return Ok(ShellCommand::Help(Group::Mlflow)),
        Some(word) if word.text == "--version" => return Ok(ShellCommand::Version),
        Some(word) if is_option(word) => {
            return Err(no_option(Group::Mlflow, word, &word.text).into());
        }
        Some(word) if word.text == "models" => word,
        Some(word) => return Err(command(Group::Mlflow, word, &TOP, "models").into()),
    };
    match words.next() {
        None => Err(missing(Group::Models, at.to(group.at)).into()),
        Some(word) if word.text == "--help" => Ok(ShellCommand::Help(Group::Models)),
        Some(word) if is_option(word) => Err(no_option(Group::Models, word, &word.text).into()),
        Some(word) if word.text == TRANSITION => {
            let mut given = TransitionOptions::default();
            let read = options(words, word.at, &mut given);
            if guided {
                return read.map_err(ShellError::from);
            }
            // What is wrong with its options does not matter: there is no such command.
            Err(ShellError {
                problem: no_such(Group::Models, Some(word), at, None),
                meant: Some(Box::new(given)),
            })
        }
        Some(word) => {
            if let Some(command) = MODELS.into_iter().find(|it| *it == word.text)
                && let Some((uri, at)) = model_uri(words)
            {
                return Ok(ShellCommand::Loads { command, uri, at });
            }
            let own = if guided { TRANSITION } else { "" };
            Err(command(Group::Models, word, &MODELS, own).into())
        }
    }
}

const fn missing(group: Group, at: Span) -> Problem {
    Problem {
        at,
        kind: DiagnosticKind::MissingCommand { group },
    }
}

fn no_such(
    group: Group,
    word: Option<&ShellWord>,
    at: Span,
    near: Option<&'static str>,
) -> Problem {
    Problem {
        at: word.map_or(at, |word| word.at),
        kind: DiagnosticKind::NoSuchCommand {
            group,
            command: word.map_or_else(String::new, |word| word.text.clone()),
            nearest: near,
        },
    }
}

/// The address of a registered model that a command is given, and where it stands.
fn model_uri(mut words: Iter<'_, ShellWord>) -> Option<(String, Span)> {
    while let Some(word) = words.next() {
        let given = match word.text.split_once('=') {
            Some(("-m" | "--model-uri", given)) => Some(given.to_owned()),
            _ if matches!(word.text.as_str(), "-m" | "--model-uri") => {
                let next = words.next()?;
                return is_models(&next.text).then(|| (next.text.clone(), next.at));
            }
            _ => None,
        };
        if let Some(given) = given {
            return is_models(&given).then_some((given, word.at));
        }
    }
    None
}

fn is_models(uri: &str) -> bool {
    registry::uri::is_models_scheme(uri)
}

/// A word that is none of the commands that are carried out here: one of the real program's, or none at all.
fn command(
    group: Group,
    word: &ShellWord,
    real: &'static [&'static str],
    own: &'static str,
) -> Problem {
    let hidden = [UI].iter().filter(|_| group == Group::Mlflow);
    if let Some(command) = real.iter().chain(hidden).find(|it| **it == word.text) {
        return Problem {
            at: word.at,
            kind: DiagnosticKind::RealCommand { command },
        };
    }
    let known = std::iter::once(own).chain(real.iter().copied());
    no_such(group, Some(word), word.at, nearest(&word.text, known))
}

/// Whether a word looks like an option. Word processors make one long dash of two short ones.
fn is_option(word: &ShellWord) -> bool {
    word.text.starts_with(['-', '–', '—'])
}

fn no_option(group: Group, word: &ShellWord, option: &str) -> Problem {
    let known = if group == Group::Transition {
        OPTIONS.as_slice()
    } else {
        &[]
    };
    Problem {
        at: word.at,
        kind: DiagnosticKind::NoSuchOption {
            group,
            option: option.to_owned(),
            nearest: nearest(option, known.iter().map(|option| option.name)),
        },
    }
}

/// What was given for each option.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TransitionOptions {
    pub name: Option<String>,
    pub version: Option<String>,
    pub stage: Option<String>,
    /// Whether what is in the stage is to be archived.
    pub archive: bool,
}

/// Where the value of a parameter of MLflow's method was given.
pub fn value_of(words: &[ShellWord], parameter: &str) -> Option<Span> {
    let option = match parameter {
        "name" => NAME,
        "version" => VERSION,
        "stage" => STAGE,
        _ => return None,
    };
    let is_option = |word: &ShellWord| {
        let behind = word.text.strip_prefix(option);
        behind.is_some_and(|behind| behind.is_empty() || behind.starts_with('='))
    };
    let at = words.iter().position(is_option)?;
    let word = words.get(at)?;
    let value = if word.text == option {
        words.get(at + 1)?
    } else {
        word
    };
    Some(value.at)
}

/// Reads the options of the command that stands at a place.
fn options(
    mut words: Iter<'_, ShellWord>,
    at: Span,
    given: &mut TransitionOptions,
) -> Result<ShellCommand, Problem> {
    while let Some(word) = words.next() {
        if word.text == "--help" {
            return Ok(ShellCommand::Help(Group::Transition));
        }
        option(word, &mut words, given)?;
    }
    let missing = |option| {
        move || Problem {
            at,
            kind: DiagnosticKind::MissingOption { option },
        }
    };
    Ok(ShellCommand::Call(RawCall::TransitionModelVersionStage {
        name: given.name.clone().ok_or_else(missing(NAME))?,
        version: given.version.clone().ok_or_else(missing(VERSION))?,
        stage: given.stage.clone().ok_or_else(missing(STAGE))?,
        archive_existing_versions: given.archive,
    }))
}

/// Reads one option with its value.
fn option(
    word: &ShellWord,
    rest: &mut Iter<'_, ShellWord>,
    given: &mut TransitionOptions,
) -> Result<(), Problem> {
    let problem = |kind| Problem { at: word.at, kind };
    if !is_option(word) {
        return Err(problem(DiagnosticKind::ExtraWord {
            word: word.text.clone(),
        }));
    }
    let (name, written) = match word.text.split_once('=') {
        Some((name, value)) => (name, Some(value.to_owned())),
        None => (word.text.as_str(), None),
    };
    let Some(option) = OPTIONS.into_iter().find(|option| option.name == name) else {
        return Err(no_option(Group::Transition, word, name));
    };
    let option = option.name;
    let repeated = || {
        problem(DiagnosticKind::RepeatedArgument {
            argument: name.to_owned(),
        })
    };
    let place = match option {
        NAME => &mut given.name,
        VERSION => &mut given.version,
        STAGE => &mut given.stage,
        _ if written.is_some() => {
            return Err(problem(DiagnosticKind::UnexpectedValue { option }));
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
        return Err(problem(DiagnosticKind::MissingValue { option }));
    }
    *place = value;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell_words;

    /// Holds what a command line comes to under a set of rules: its call, or the place and kind of what is wrong.
    fn check(rules: RuleSet, text: &str, expected: &str) {
        let words = shell_words::split(text).unwrap().remove(0);
        let at = Span {
            start: 0,
            end: text.len(),
        };
        let found = match read(&words, at, rules) {
            Ok(ShellCommand::Call(RawCall::TransitionModelVersionStage {
                name,
                version,
                stage,
                archive_existing_versions,
            })) => format!("{name} {version} {stage} {archive_existing_versions}"),
            Ok(other) => format!("{other:?}"),
            Err(wrong) => format!(
                "{}: {}{}",
                wrong.problem.at.of(text),
                wrong.problem.kind.id(),
                if wrong.meant.is_some() {
                    ", has ways"
                } else {
                    ""
                }
            ),
        };
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn options_come_in_any_order() {
        let check = |rest: &str, expected: &str| {
            check(
                RuleSet::Guided,
                &format!("mlflow models transition-version {rest}"),
                expected,
            );
        };
        check("--model-name m --version 3 --stage s", "m 3 s false");
        check("--stage=s --version=3 --model-name=m", "m 3 s false");
        check(
            "--model-name 'my model' --archive-existing-versions --version -1 --stage ''",
            "my model -1  true",
        );
        check("--model-name a=b --version= --stage x=y", "a=b  x=y false");
        check(
            "--model-name m --model-version 3",
            "--model-version: no_such_option",
        );
        check("--model-name", "--model-name: missing_value");
        check(
            "--archive-existing-versions --archive-existing-versions",
            "--archive-existing-versions: repeated_argument",
        );
    }

    #[test]
    fn the_rules_decide_whether_there_is_such_a_command() {
        let whole = "mlflow models transition-version --model-name m --version 1 --stage s";
        check(RuleSet::Guided, whole, "m 1 s false");
        check(
            RuleSet::Mlflow,
            whole,
            "transition-version: no_such_command, has ways",
        );
        check(
            RuleSet::Mlflow,
            "mlflow models transition-version --version 3 --bogus",
            "transition-version: no_such_command, has ways",
        );
        for rules in RuleSet::ALL {
            check(rules, "mlflow models serve", "serve: real_command");
            check(rules, "mlflow models serv", "serv: no_such_command");
            check(rules, "mlflow --version", "Version");
            check(rules, "mlflow --help", "Help(Mlflow)");
            check(rules, "mlflow models --help", "Help(Models)");
            check(rules, "mlflow", "mlflow: missing_command");
            check(rules, "mlfow models", "mlfow: no_such_command");
        }
    }
}
