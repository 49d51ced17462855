//! What somebody types or pastes, read as calls to the registry. Nothing is carried out here.
//!
//! ```text
//! text ─▶ read ─▶ Ok(Script): statements, each with its place and what it does
//!                 Err(Trouble): what is wrong first, and where
//! ```
//!
//! | module | what it is for |
//! |---|---|
//! | [`trouble`] | what can be wrong, as values |
//! | [`cursor`], [`nearest`] | moving through a text; what was probably meant |
//! | [`words`], [`shell`] | a command line, `mlflow models transition-version …` |
//! | [`python`] | a script for `MlflowClient` |
//! | [`methods`] | the methods of `MlflowClient` and their parameters |
//!
//! A text is read as a whole before anything is done with it: a trouble in its last line keeps the first from being
//! carried out, as a syntax error does in Python.

pub mod cursor;
pub mod export;
pub mod methods;
pub mod nearest;
pub mod print;
pub mod python;
pub mod rest;
pub mod shell;
pub mod trouble;
pub mod words;

pub use trouble::{Expected, Form, Span, Trouble, TroubleKind, Unsupported, Wanted};

use crate::registry::call::Call;

/// The greatest length of a text, in bytes.
pub const MAX_BYTES: usize = 100_000;

/// What a statement does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Does {
    /// Nothing that the registry would notice: an import, an assignment, a `print` of what is known.
    Nothing,
    /// A call to the registry.
    Call(Call),
    /// The lesson's `load_model('model_v3.pkl')`: a file, whatever it is.
    LoadFile {
        /// The file.
        path: String,
    },
    /// The lesson's `get_model(stage='production')`.
    GetModel {
        /// The stage as written.
        stage: String,
    },
}

/// One statement. A statement with several calls comes as several, each with the place of its call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// Where it stands.
    pub at: Span,
    /// What it does.
    pub does: Does,
}

/// A text that was understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Script {
    /// What it was read as.
    pub form: Form,
    /// Its statements, in the order in which they are carried out.
    pub statements: Vec<Statement>,
}

/// Reads a text. Any text gives a script or a trouble.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn read(text: &str) -> Result<Script, Trouble> {
    let form = shell::form_of(text);
    let read = if text.len() > MAX_BYTES {
        Err(trouble::Problem {
            at: Span::default(),
            kind: TroubleKind::TooLong,
        })
    } else {
        match form {
            Form::Shell => shell::read(text),
            Form::Python => python::read(text),
        }
    };
    match read {
        Ok(statements) => Ok(Script { form, statements }),
        Err(problem) => Err(Trouble {
            form,
            at: problem.at,
            kind: problem.kind,
        }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    /// Holds what a text does, statement by statement; what does nothing is left out.
    pub(super) fn check(text: &str, expected: &str) {
        let shown = match read(text) {
            Ok(script) => {
                let done = script
                    .statements
                    .iter()
                    .filter_map(|statement| match &statement.does {
                        Does::Nothing => None,
                        Does::Call(Call::Ask(question)) => Some(format!("{question:?}")),
                        Does::Call(call) => Some(format!("{call:?}")),
                        other => Some(format!("{other:?}")),
                    });
                done.collect::<Vec<_>>().join("; ")
            }
            Err(trouble) => format!("{:?} at {:?}", trouble.kind, trouble.at.of(text)),
        };
        assert_eq!(shown, expected, "{text:?}");
    }

    /// Holds what is wrong with a text, and the piece of it that is marked.
    pub(super) fn fails(text: &str, place: &str, expected: &str) {
        check(text, &format!("{expected} at {place:?}"));
    }

    #[test]
    fn a_long_text_is_refused() {
        let check = |text: &str, form: Form| {
            let trouble = read(text).unwrap_err();
            assert_eq!((trouble.form, trouble.kind), (form, TroubleKind::TooLong));
        };
        check(&" ".repeat(MAX_BYTES + 1), Form::Python);
        check(&format!("mlflow {}", "x ".repeat(MAX_BYTES)), Form::Shell);
        assert!(read(&" ".repeat(MAX_BYTES)).is_ok());
    }

    #[test]
    fn statements_have_their_places() {
        let check = |text: &str, expected: &[&str]| {
            let script = read(text).unwrap();
            let places: Vec<&str> = script
                .statements
                .iter()
                .map(|line| line.at.of(text))
                .collect();
            assert_eq!(places, expected, "{text:?}");
        };
        check("", &[]);
        check(
            "import mlflow\n\nx = 'a' ; m = get_model(\n  x) # y",
            &["import mlflow", "x = 'a'", "m = get_model(\n  x)"],
        );
        check(
            "print(get_model('a'), get_model('b'))",
            &["get_model('a')", "get_model('b')"],
        );
        let line = "mlflow models transition-version --model-name m --version 1 --stage s";
        check(&format!("$ {line} # x\n{line}"), &[line, line]);
    }

    /// The time it takes grows with the text and no faster: otherwise this test would take minutes.
    #[test]
    fn a_long_text_is_read_in_no_time() {
        for piece in [
            "x ",
            "a=1;",
            "+1",
            "é",
            "'a'",
            "f'{x}'",
            "x(",
            "print(1)\n",
            "\\",
            "$ ",
        ] {
            let body = piece.repeat(MAX_BYTES / piece.len() - 1);
            is_total(&body);
            is_total(&format!("x={body}"));
            is_total(
                &format!("mlflow {body}")
                    .chars()
                    .take(MAX_BYTES / 2)
                    .collect::<String>(),
            );
        }
        let names: String = (0..10_000).map(|at| format!("n{at}=1\n")).collect();
        is_total(&names);
    }

    /// What holds of every text: it is read without a panic, and what is marked lies in it.
    fn is_total(text: &str) {
        let is_place = |at: Span| at.start <= at.end && text.get(at.start..at.end).is_some();
        match read(text) {
            Ok(script) => {
                for statement in script.statements {
                    assert!(is_place(statement.at), "{text:?}");
                }
            }
            Err(trouble) => {
                assert!(is_place(trouble.at), "{text:?} {trouble:?}");
                assert!(!trouble.kind.id().is_empty());
            }
        }
    }

    const TOKENS: &[&str] = &[
        "mlflow",
        "models",
        "transition-version",
        "--model-name",
        "--version",
        "--stage",
        "=",
        "--archive-existing-versions",
        "$",
        "$ ",
        "\\\n",
        "\\",
        "'",
        "\"",
        "'''",
        "\"\"\"",
        "#",
        "\n",
        "\r\n",
        ";",
        "&&",
        "|",
        " ",
        "  ",
        "\t",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        ".",
        "+",
        "-",
        "*",
        "**",
        "==",
        "import",
        "from",
        "as",
        "print",
        "client",
        "MlflowClient()",
        "get_model",
        "load_model",
        "x",
        "y",
        "x = ",
        ".get_model_version(",
        "name=",
        "version=",
        ".set_model_version_tag(",
        "stage=",
        "'m'",
        "\"models:/m/1\"",
        "f'{x}'",
        "f\"{",
        "}\"",
        "r'",
        "b'",
        "\\x4",
        "\\u00e9",
        "0",
        "2",
        "1_0",
        "1.5",
        "True",
        "None",
        "é",
        "“",
    ];

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::with_cases(1_000)
        })]

        #[test]
        fn any_text_is_read(text in any::<String>()) {
            is_total(&text);
            is_total(&format!("mlflow models transition-version {text}"));
        }

        #[test]
        fn any_tokens_are_read(tokens in prop::collection::vec(select(TOKENS), 0..40)) {
            let text = tokens.concat();
            is_total(&text);
            is_total(&format!("mlflow models transition-version {text}"));
            is_total(&format!("x = 'a'\nprint(client.get_registered_model({text}"));
        }

        #[test]
        fn any_cut_of_a_good_script_is_read(at in 0_usize..400) {
            let script = "import mlflow\nfrom mlflow.tracking import (MlflowClient as C,)\n\
                          client = C('x')\nname = 'é'\n\
                          uri = f\"models:/{name}/{str(3)}\" '''a\nb'''\n\
                          client.transition_model_version_stage(name=name, version=3, \\\n\
                          stage=\"Production\", archive_existing_versions=True)  # now\n\
                          print(mlflow.pyfunc.load_model(uri).x[0])\n";
            prop_assert!(read(script).is_ok());
            let at = script.char_indices().map(|(at, _)| at).nth(at).unwrap_or(script.len());
            is_total(&script[..at]);
            is_total(&script[at..]);
        }
    }
}
