//! The command line, read into a [`Task`].

use std::ffi::OsString;

use lexopt::{Arg, Parser, ValueExt};

use crate::failure::Failure;
use crate::{help, serve, split, styles};

/// What the command line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Print this help.
    Help(String),
    /// Build and serve.
    Serve {
        /// The port asked for.
        port: Option<u16>,
        /// Whether to build as for publication.
        release: bool,
    },
    /// Say the address of what is served on this port, once it is.
    Announce(u16),
    /// Put all styles into one file.
    Styles,
    /// Cut the WebAssembly into parts.
    Split,
    /// Build the release.
    Build {
        /// Whether to build it a second time, and compare.
        twice: bool,
    },
    /// Run tests.
    Test(Selection),
    /// Check the dependencies.
    Audit,
    /// Measure speed.
    Bench,
    /// Kill a browser again and again.
    TestKill,
    /// Score with Lighthouse.
    Lighthouse,
    /// Run exported histories on a real MLflow server.
    TestMlflow(Real),
    /// List the tools.
    Doctor,
}

/// What is run on a real MLflow server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Real {
    /// Where the histories come from.
    pub seed: u64,
    /// How many there are.
    pub histories: u32,
    /// How many Python statements are made, beside those written by hand.
    pub statements: u32,
    /// Whether the server's answers are recorded anew.
    pub record: bool,
}

impl Default for Real {
    fn default() -> Self {
        Self {
            seed: 1,
            histories: 30,
            statements: 240,
            record: false,
        }
    }
}

/// Which tests to run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only what needs no browser.
    pub native: bool,
    /// Only the end-to-end tests.
    pub e2e: bool,
    /// Only the end-to-end tests whose name has this in it.
    pub name: Option<String>,
}

impl Selection {
    /// Whether no choice was made, so that all tests run.
    #[must_use]
    pub fn is_all(&self) -> bool {
        !self.native && !self.e2e
    }
}

/// Reads a command line (without the program's own name).
///
/// # Errors
///
/// [`Failure::Usage`] with one line, when a command, flag or value is not known.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Task, Failure> {
    let mut parser = Parser::from_args(args);
    let command = match parser.next().map_err(unreadable)? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => {
            return Ok(Task::Help(help::overview()));
        }
        Some(Arg::Value(name)) => {
            let name = name.to_string_lossy();
            if name == "help" {
                return Ok(Task::Help(help::overview()));
            }
            if name == serve::ANNOUNCE {
                return port(&mut parser).map(Task::Announce);
            }
            if name == styles::COMMAND {
                return Ok(Task::Styles);
            }
            if name == split::COMMAND {
                return Ok(Task::Split);
            }
            help::find(&name).ok_or_else(|| unknown_command(&name))?
        }
        Some(flag) => return Err(unknown("cargo xtask", flag)),
    };
    match command.name {
        "serve" => serve_args(&mut parser, command),
        "build" => build_args(&mut parser, command),
        "test" => test_args(&mut parser, command),
        "test-mlflow" => real_args(&mut parser, command),
        _ => plain(&mut parser, command),
    }
}

fn port(parser: &mut Parser) -> Result<u16, Failure> {
    let value = parser.value().map_err(unreadable)?;
    match value.parse() {
        Ok(port) if port > 0 => Ok(port),
        _ => Err(Failure::Usage(
            "A port is a number from 1 to 65535.".to_owned(),
        )),
    }
}

fn serve_args(parser: &mut Parser, command: &help::Command) -> Result<Task, Failure> {
    let (mut asked, mut release) = (None, false);
    while let Some(arg) = parser.next().map_err(unreadable)? {
        match arg {
            Arg::Short('p') | Arg::Long("port") => asked = Some(port(parser)?),
            Arg::Long("release") => release = true,
            other => return other_arg(command, other),
        }
    }
    Ok(Task::Serve {
        port: asked,
        release,
    })
}

fn build_args(parser: &mut Parser, command: &help::Command) -> Result<Task, Failure> {
    let mut twice = false;
    while let Some(arg) = parser.next().map_err(unreadable)? {
        match arg {
            Arg::Long("twice") => twice = true,
            other => return other_arg(command, other),
        }
    }
    Ok(Task::Build { twice })
}

fn test_args(parser: &mut Parser, command: &help::Command) -> Result<Task, Failure> {
    let mut selection = Selection::default();
    let mut name_may_follow = false;
    while let Some(arg) = parser.next().map_err(unreadable)? {
        let is_e2e = matches!(arg, Arg::Long("e2e"));
        match arg {
            Arg::Long("native") => selection.native = true,
            Arg::Long("e2e") => {
                selection.e2e = true;
                if let Some(name) = parser.optional_value() {
                    selection.name = Some(name.string().map_err(unreadable)?);
                }
            }
            Arg::Value(name) if name_may_follow => {
                selection.name = Some(name.string().map_err(unreadable)?);
            }
            other => return other_arg(command, other),
        }
        name_may_follow = is_e2e && selection.name.is_none();
    }
    Ok(Task::Test(selection))
}

fn real_args(parser: &mut Parser, command: &help::Command) -> Result<Task, Failure> {
    let mut real = Real::default();
    while let Some(arg) = parser.next().map_err(unreadable)? {
        match arg {
            Arg::Long("seed") => real.seed = number(parser)?,
            Arg::Long("histories") => real.histories = number(parser)?,
            Arg::Long("statements") => real.statements = number(parser)?,
            Arg::Long("record") => real.record = true,
            other => return other_arg(command, other),
        }
    }
    Ok(Task::TestMlflow(real))
}

fn number<T: std::str::FromStr>(parser: &mut Parser) -> Result<T, Failure> {
    let value = parser
        .value()
        .map_err(unreadable)?
        .string()
        .map_err(unreadable)?;
    value
        .parse()
        .map_err(|_| Failure::Usage(format!("`{value}` is not a whole number.")))
}

fn plain(parser: &mut Parser, command: &help::Command) -> Result<Task, Failure> {
    if let Some(arg) = parser.next().map_err(unreadable)? {
        return other_arg(command, arg);
    }
    match command.name {
        "audit" => Ok(Task::Audit),
        "bench" => Ok(Task::Bench),
        "test-kill" => Ok(Task::TestKill),
        "lighthouse" => Ok(Task::Lighthouse),
        "doctor" => Ok(Task::Doctor),
        other => Err(unknown_command(other)),
    }
}

/// `--help` after a command is its help; anything else there is not known.
fn other_arg(command: &help::Command, arg: Arg<'_>) -> Result<Task, Failure> {
    match arg {
        Arg::Short('h') | Arg::Long("help") => Ok(Task::Help(command.usage.to_owned())),
        other => Err(unknown(&format!("cargo xtask {}", command.name), other)),
    }
}

fn unknown(context: &str, arg: Arg<'_>) -> Failure {
    let shown = match arg {
        Arg::Short(flag) => format!("-{flag}"),
        Arg::Long(flag) => format!("--{flag}"),
        Arg::Value(value) => value.to_string_lossy().into_owned(),
    };
    Failure::Usage(format!(
        "`{context}` does not know `{shown}`. `{context} --help` lists what it knows."
    ))
}

fn unknown_command(name: &str) -> Failure {
    let names: Vec<_> = help::COMMANDS.iter().map(|known| known.name).collect();
    Failure::Usage(format!(
        "There is no command `{name}`. There are: {}.",
        names.join(", ")
    ))
}

fn unreadable(error: lexopt::Error) -> Failure {
    Failure::Usage(format!(
        "The command line is not understood: {error}. `cargo xtask --help` lists what there is."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Task, Failure> {
        parse(line.split_whitespace().map(OsString::from))
    }

    fn selection(line: &str) -> Selection {
        match read(line) {
            Ok(Task::Test(selection)) => selection,
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn serve_takes_a_port_and_release() {
        let plain = Task::Serve {
            port: None,
            release: false,
        };
        let full = Task::Serve {
            port: Some(9000),
            release: true,
        };
        assert_eq!(read("serve"), Ok(plain));
        assert_eq!(read("serve --port 9000 --release"), Ok(full.clone()));
        assert_eq!(read("serve --release --port=9000"), Ok(full));
    }

    #[test]
    fn test_takes_a_selection() {
        assert!(selection("test").is_all());
        assert!(selection("test --native").native);
        assert!(selection("test --e2e").e2e);
        assert_eq!(selection("test --e2e drag").name.as_deref(), Some("drag"));
        assert_eq!(selection("test --e2e=drag").name.as_deref(), Some("drag"));
        let both = selection("test --e2e --native");
        assert!(both.e2e && both.native && both.name.is_none());
    }

    #[test]
    fn test_mlflow_takes_numbers() {
        let real = |seed, histories, record| {
            Ok(Task::TestMlflow(Real {
                seed,
                histories,
                statements: 240,
                record,
            }))
        };
        assert_eq!(read("test-mlflow"), real(1, 30, false));
        assert_eq!(
            read("test-mlflow --seed 7 --histories=3 --record"),
            real(7, 3, true)
        );
    }

    #[test]
    fn help_is_never_a_failure() {
        for line in ["", "--help", "-h", "help"] {
            assert_eq!(read(line), Ok(Task::Help(help::overview())));
        }
        for command in &help::COMMANDS {
            assert!(help::overview().contains(command.name));
            let line = format!("{} --help", command.name);
            assert_eq!(read(&line), Ok(Task::Help(command.usage.to_owned())));
        }
    }

    #[test]
    fn every_command_can_be_called() {
        for command in &help::COMMANDS {
            assert!(read(command.name).is_ok(), "{}", command.name);
        }
    }

    #[test]
    fn what_is_not_known_is_named_and_exits_with_2() {
        for (line, named) in [
            ("sreve", "`sreve`"),
            ("--sreve", "`--sreve`"),
            ("serve --prot 1", "`--prot`"),
            ("serve 80", "`80`"),
            ("serve --port eighty", "port"),
            ("serve --port 0", "port"),
            ("serve --port 70000", "port"),
            ("serve --port", "port"),
            ("build --release", "`--release`"),
            ("test drag", "`drag`"),
            ("test --e2e drag drop", "`drop`"),
            ("test --native drag", "`drag`"),
            ("test-mlflow --seed x", "`x`"),
            ("test-mlflow --histories -1", "`-1`"),
            ("test-mlflow 3", "`3`"),
        ] {
            let failure = read(line).unwrap_err();
            assert_eq!(failure.exit_code(), 2, "{line}");
            assert!(failure.to_string().contains(named), "{line}: {failure}");
            assert_eq!(failure.to_string().lines().count(), 1, "{line}");
        }
    }
}
