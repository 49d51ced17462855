//! What programs of the end-to-end package do with the release in Chromium alone.

use eyre::Result;
use xshell::{Shell, cmd};

use crate::tools::{self, Variable};
use crate::{build, shell};

/// Builds the release and measures its speed.
pub fn bench(sh: &Shell) -> Result<()> {
    in_chromium(sh, "bench", None)
}

/// Builds the release, and kills a browser again and again that has said that all is saved.
pub fn kill(sh: &Shell) -> Result<()> {
    in_chromium(sh, "kill", None)
}

/// Builds the release and scores its pages.
pub fn lighthouse(sh: &Shell) -> Result<()> {
    let script = tools::provide_npm(sh, tools::LIGHTHOUSE)?.join("cli/index.js");
    in_chromium(sh, "lighthouse", Some(("E2E_LIGHTHOUSE", script)))
}

fn in_chromium(sh: &Shell, program: &str, more: Option<Variable>) -> Result<()> {
    let mut variables = tools::chromium(sh)?;
    variables.extend(more);
    build::release(sh)?;
    run(sh, program, variables)
}

/// Runs a program of the end-to-end package on the release that is there.
pub fn run(sh: &Shell, program: &str, variables: Vec<Variable>) -> Result<()> {
    let run = cmd!(sh, "cargo run --quiet --package e2e --bin {program}");
    Ok(run
        .env("E2E_DIST", shell::root().join("dist"))
        .envs(variables)
        .run()?)
}
