//! What a program of the end-to-end package does in Chromium alone: `cargo xtask bench` and `cargo xtask test-kill`.

use crate::browsers::Browser;
use crate::e2e::Setting;
use crate::failure::Failure;
use crate::{browsers, build, process};

/// Builds the release and measures it.
///
/// # Errors
///
/// When a tool cannot be had, or the benchmark fails.
pub fn bench() -> Result<(), Failure> {
    in_chromium("bench", "The benchmark")
}

/// Builds the release, and kills a browser again and again that has said that all is saved.
///
/// # Errors
///
/// When a tool cannot be had, or something was lost.
pub fn kill() -> Result<(), Failure> {
    in_chromium("kill", "The test with killed browsers")
}

/// What [`kill`] does, on the release that is there already.
///
/// # Errors
///
/// When something was lost.
pub fn kill_with(chromium: Browser) -> Result<(), Failure> {
    run("kill", "The test with killed browsers", chromium)
}

fn in_chromium(program: &str, what: &str) -> Result<(), Failure> {
    let chromium = browsers::chromium()?;
    build::release()?;
    run(program, what, chromium)
}

fn run(program: &str, what: &str, chromium: Browser) -> Result<(), Failure> {
    let setting = Setting {
        chromium: Some(chromium),
        ..Setting::default()
    };
    let mut command = process::cargo(&format!("run --quiet --package e2e --bin {program}"));
    setting.apply(&mut command);
    process::run(&mut command, what)
}
