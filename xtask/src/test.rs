//! `cargo xtask test`: every test, then a summary.

use std::time::{Duration, Instant};

use clap::Args;
use eyre::{Result, WrapErr, bail, eyre};
use xshell::{Cmd, Shell, cmd};

use crate::shell::{self, on_path, root, told};
use crate::tools::{self, Variable};
use crate::{build, hosts, package, programs, wasm};

/// Which tests run; without a choice, all of them.
#[derive(Debug, PartialEq, Eq, Args)]
pub struct Selection {
    /// Only what needs no browser: formatting, lints, native tests.
    #[arg(long)]
    pub native: bool,
    /// Only the release, its size and the end-to-end tests; with NAME, only those whose name has it, such as `undo` or
    /// `exercises::`.
    #[arg(long, value_name = "NAME")]
    pub e2e: Option<Option<String>>,
    /// Skip what needs a browser, or another program for the tests in browsers, that cannot be had here; without this, it is a failure.
    #[arg(long)]
    pub skip_browsers: bool,
}

/// Runs the tests of a selection and prints how each step ended.
pub fn test(sh: &Shell, selection: &Selection) -> Result<()> {
    let mut report = Report::default();
    let all = !selection.native && selection.e2e.is_none();
    if all || selection.native {
        native(sh, &mut report);
    }
    if all {
        app(sh, &mut report);
    }
    if all || selection.e2e.is_some() {
        let name = selection.e2e.clone().flatten();
        end_to_end(sh, &mut report, name, all, selection.skip_browsers);
    }
    report.finish()
}

/// What needs no browser.
fn native(sh: &Shell, report: &mut Report) {
    let warnings = ["--", "-D", "warnings"];
    report.run("format", cmd!(sh, "cargo fmt --all --check"));
    report.run(
        "clippy: the core",
        cmd!(sh, "cargo clippy-core --quiet {warnings...}"),
    );
    report.run(
        "clippy: xtask, e2e and the registry for Python",
        cmd!(sh, "cargo clippy --quiet --package xtask --package e2e --package python-core --all-targets {warnings...}"),
    );
    if on_path("python3").is_none() {
        // Where there is none, the tests that need it say so, and fail in CI.
        let _ = tools::apt_install(sh, &["python3"]);
    }
    report.step("native tests", || {
        cmd!(sh, "cargo test-core --quiet").run().wrap_err_with(|| {
            // `.cargo/config.toml` gives one, unless somebody has asked for another.
            let seed = std::env::var("PROPTEST_RNG_SEED").unwrap_or_default();
            format!("Generated cases were those of PROPTEST_RNG_SEED={seed}.")
        })
    });
    report.run(
        "tests of xtask and of the registry for Python",
        cmd!(
            sh,
            "cargo test --quiet --package xtask --package python-core"
        ),
    );
}

/// The app as the browser gets it.
fn app(sh: &Shell, report: &mut Report) {
    let mut target = None;
    report.step("WebAssembly target", || {
        let wasm = wasm::provide(sh)?;
        println!("It is {}.", wasm.place());
        target = wasm.installed.then_some(["--target", wasm::TARGET]);
        Ok(())
    });
    // Debian's toolchain has no clippy; the app compiles for this machine as well.
    let target = target.into_iter().flatten();
    report.run(
        "clippy: the app",
        cmd!(
            sh,
            "cargo clippy --quiet --package el --package model-stages {target...} -- -D warnings"
        ),
    );
}

/// The end-to-end tests, on the release, in both browsers. Only with `all` it is built once more, and a browser killed again
/// and again: that takes minutes.
fn end_to_end(sh: &Shell, report: &mut Report, name: Option<String>, all: bool, skip: bool) {
    let built = report.step("release build", || build::release(sh));
    if built {
        report.step("sizes", build::check_sizes);
    }
    let mut variables = Vec::new();
    let mut provide = |name, provide: fn(&Shell) -> Result<Vec<Variable>>| {
        report.step_or_skip(name, skip, || {
            variables.extend(provide(sh).wrap_err("`--skip-browsers` goes on without it.")?);
            Ok(())
        })
    };
    let has_chromium = provide("Chromium", tools::chromium);
    provide("Firefox", tools::firefox);
    provide("axe-core", tools::axe);
    provide("MkDocs, Sphinx, reveal.js", hosts::provide);
    provide("scorm-again", tools::platform);
    if !built {
        return;
    }
    report.step("packages", || {
        variables.extend(package::write(sh)?);
        Ok(())
    });
    report.step("end-to-end tests", || {
        cmd!(sh, "cargo test --package e2e --no-fail-fast {name...}")
            .env("E2E_DIST", root().join("dist"))
            .envs(variables.clone())
            .envs(skip.then_some(("E2E_SKIP_BROWSERS", "1")))
            .run()
            .map_err(Into::into)
    });
    if !all {
        return;
    }
    // The one waits for its browsers, and the other builds on one processor.
    let again = std::thread::spawn(|| build::again(&shell::open()?));
    if has_chromium {
        report.step("killed browsers", || programs::run(sh, "kill", variables));
    }
    report.step("the same bytes again", || {
        again
            .join()
            .map_err(|_| eyre!("The second build panicked."))?
    });
}

/// How a step ended.
enum Ended {
    Done,
    Skipped(String),
    Failed(String),
}

struct Step {
    name: String,
    took: Duration,
    ended: Ended,
}

/// The steps so far.
#[derive(Default)]
struct Report(Vec<Step>);

impl Report {
    /// Announces and does a step. Returns whether it was done.
    fn step(&mut self, name: &str, act: impl FnOnce() -> Result<()>) -> bool {
        self.step_or_skip(name, false, act)
    }

    /// As [`Report::step`]; what cannot be done is no failure, if `skip` says so.
    fn step_or_skip(&mut self, name: &str, skip: bool, act: impl FnOnce() -> Result<()>) -> bool {
        println!("\n== {name} ==");
        let start = Instant::now();
        let ended = match act() {
            Ok(()) => Ended::Done,
            Err(error) if skip => Ended::Skipped(told(&error)),
            Err(error) => Ended::Failed(told(&error)),
        };
        if let Ended::Skipped(why) | Ended::Failed(why) = &ended {
            println!("{why}");
        }
        let is_done = matches!(ended, Ended::Done);
        self.0.push(Step {
            name: name.to_owned(),
            took: start.elapsed(),
            ended,
        });
        is_done
    }

    fn run(&mut self, name: &str, command: Cmd<'_>) {
        self.step(name, || Ok(command.run()?));
    }

    /// Prints every step with its seconds and how it ended. Errors if one failed.
    fn finish(&self) -> Result<()> {
        println!("\n{}", self.table());
        let failed = |step: &&Step| matches!(step.ended, Ended::Failed(_));
        match self.0.iter().filter(failed).count() {
            0 => Ok(()),
            1 => bail!("One step failed."),
            failed => bail!("{failed} steps failed."),
        }
    }

    fn table(&self) -> String {
        let width = self
            .0
            .iter()
            .map(|step| step.name.len())
            .max()
            .unwrap_or_default();
        let mut table = String::from("== Summary ==");
        for Step { name, took, ended } in &self.0 {
            let ended = match ended {
                Ended::Done => "ok".to_owned(),
                Ended::Skipped(why) => format!("skipped  {why}"),
                Ended::Failed(why) => format!("FAILED  {why}"),
            };
            let line = format!("\n{name:<width$}  {:>7.1} s  {ended}", took.as_secs_f64());
            table.push_str(&line);
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_failed_and_names_every_step() {
        let mut report = Report::default();
        assert!(report.step("one", || Ok(())));
        assert!(report.finish().is_ok());
        assert!(!report.step_or_skip("two", true, || bail!("There is none.")));
        assert!(!report.step("three", || bail!("It broke.")));
        assert_eq!(report.finish().unwrap_err().to_string(), "One step failed.");
        let table = report.table();
        assert_eq!(table.lines().count(), 4);
        for part in ["one", "ok", "skipped  There is none.", "FAILED  It broke."] {
            assert!(table.contains(part), "{table}");
        }
    }
}
