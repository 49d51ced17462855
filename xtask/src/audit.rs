//! `cargo xtask audit`: the dependencies, checked by cargo-deny.

use std::process::Stdio;
use std::time::Duration;

use crate::failure::Failure;
use crate::process::{self, Ended};
use crate::tools;

/// Checks licences, bans and sources, and then known advisories.
///
/// # Errors
///
/// When a check does not hold. A database of advisories that cannot be reached is said, and is
/// no failure.
pub fn audit() -> Result<(), Failure> {
    let deny = tools::cargo_deny().provide()?;
    println!("Licences, bans and sources:");
    let mut command = process::program(&deny);
    command.args(["check", "licenses", "bans", "sources"]);
    process::run(&mut command, "The check of licences, bans and sources")?;

    println!("Advisories: fetching their database, at most two minutes.");
    let mut fetch = process::program(&deny);
    fetch
        .args(["fetch", "db"])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if process::run_within(&mut fetch, Duration::from_secs(120)) != Ended::Well {
        println!("Their database cannot be reached from here, so advisories are not checked.");
        return Ok(());
    }
    let mut command = process::program(&deny);
    command.args(["check", "--disable-fetch", "advisories"]);
    process::run(&mut command, "The check of advisories")
}
