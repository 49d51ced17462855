//! Running other programs.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::paths;

/// How a program with a time limit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It succeeded.
    Well,
    /// It failed, or is not there.
    Badly,
    /// It was stopped when its time was over.
    Late,
}

/// A program, started in the workspace's folder with nothing to read and without what Cargo
/// told this program about itself.
#[must_use]
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(paths::root()).stdin(Stdio::null());
    for (key, _) in std::env::vars_os() {
        let key_text = key.to_string_lossy();
        let of_cargo_run = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"]
            .iter()
            .any(|prefix| key_text.starts_with(prefix));
        if of_cargo_run || key_text == "CARGO" {
            command.env_remove(key);
        }
    }
    command
}

/// Cargo, with the arguments of `line`, split at spaces.
#[must_use]
pub fn cargo(line: &str) -> Command {
    let mut command = program("cargo");
    command.args(line.split_whitespace());
    command
}

/// Runs a program and lets its output through.
///
/// # Errors
///
/// When it is not there or does not succeed; the line names it as `what`.
pub fn run(command: &mut Command, what: &str) -> Result<(), Failure> {
    let status = command
        .status()
        .map_err(|error| not_started(what, &error))?;
    check(status, what)
}

/// Runs a program and returns what it wrote to its standard output.
///
/// # Errors
///
/// When it is not there or does not succeed.
pub fn output(command: &mut Command, what: &str) -> Result<String, Failure> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| not_started(what, &error))?;
    check(output.status, what)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a program wrote to its standard output, if it is there and succeeds. Its complaints
/// are not shown.
#[must_use]
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a program for at most `limit`, then stops it.
#[must_use]
pub fn run_within(command: &mut Command, limit: Duration) -> Ended {
    let Ok(mut child) = command.spawn() else {
        return Ended::Badly;
    };
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ended::Well,
            Ok(Some(_)) | Err(_) => return Ended::Badly,
            Ok(None) if start.elapsed() >= limit => {
                let _ = child.kill();
                let _ = child.wait();
                return Ended::Late;
            }
            Ok(None) => std::thread::sleep(Duration::from_millis(50)),
        }
    }
}

/// The version a program gives for `--version`: its first word that starts with a digit.
#[must_use]
pub fn version_of(file: &Path) -> Option<String> {
    version_in(&ask(program(file).arg("--version"))?)
}

fn version_in(text: &str) -> Option<String> {
    text.split_whitespace()
        .map(|word| word.trim_start_matches('v'))
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .map(str::to_owned)
}

fn check(status: ExitStatus, what: &str) -> Result<(), Failure> {
    match status.code() {
        Some(0) => Ok(()),
        Some(code) => Err(Failure::step(format!(
            "{what} ended with exit code {code}."
        ))),
        None => Err(Failure::step(format!("{what} was stopped by a signal."))),
    }
}

fn not_started(what: &str, error: &std::io::Error) -> Failure {
    Failure::step(match error.kind() {
        ErrorKind::NotFound => format!("{what} could not start: its program is not installed."),
        _ => format!("{what} could not start: {error}."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_versions() {
        for (text, version) in [
            ("trunk 0.22.1", Some("0.22.1")),
            ("wasm-bindgen 0.2.130 (abc)", Some("0.2.130")),
            (
                "Chromium 156.0.8078.79 built on Debian",
                Some("156.0.8078.79"),
            ),
            ("v20.20.2", Some("20.20.2")),
            ("no version", None),
        ] {
            assert_eq!(version_in(text).as_deref(), version);
        }
    }

    #[test]
    fn a_missing_program_is_a_line() {
        let failure = run(&mut program("no-such-program-anywhere"), "The thing").unwrap_err();
        assert!(failure.to_string().contains("not installed"), "{failure}");
        assert_eq!(
            run_within(&mut program("no-such-program-anywhere"), Duration::ZERO),
            Ended::Badly
        );
    }

    #[test]
    fn a_failing_program_is_a_line() {
        let failure = run(cargo("no-such-command").stderr(Stdio::null()), "Cargo").unwrap_err();
        assert!(failure.to_string().contains("exit code 101"), "{failure}");
    }
}
