//! Packages of the system, where `apt-get` is there and allowed.

use std::process::Command;
use std::sync::OnceLock;

use crate::failure::Failure;
use crate::{paths, process};

/// Whether this process may install packages of the system.
#[must_use]
pub fn can_install() -> bool {
    paths::on_path("apt-get").is_some() && prefix().is_some()
}

/// Installs packages of the system.
///
/// # Errors
///
/// When there is no `apt-get`, it is not allowed, or it fails.
pub fn install(packages: &[&str]) -> Result<(), Failure> {
    let list = packages.join(" ");
    if !can_install() {
        return Err(Failure::step(format!(
            "The system's packages cannot be installed from here ({list})."
        )));
    }
    println!("Installing {list} with apt-get: a minute or two, once.");
    update();
    let mut command = apt_get();
    command
        .args(["-qq", "install", "--yes", "--no-install-recommends"])
        .args(packages);
    process::run(&mut command, "apt-get install")
}

/// Brings the lists of packages up to date, once. Old lists may do, so a failure is no reason
/// to stop.
fn update() {
    static UPDATED: OnceLock<()> = OnceLock::new();
    UPDATED.get_or_init(|| {
        let _ = process::run(apt_get().args(["-qq", "update"]), "apt-get update");
    });
}

fn apt_get() -> Command {
    match prefix() {
        Some(Prefix::Sudo) => {
            let mut command = process::program("sudo");
            command.args(["-n", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
            command
        }
        _ => {
            let mut command = process::program("apt-get");
            command.env("DEBIAN_FRONTEND", "noninteractive");
            command
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Prefix {
    Root,
    Sudo,
}

/// How to act as root: by being root, or by a `sudo` that asks for no password.
fn prefix() -> Option<Prefix> {
    static PREFIX: OnceLock<Option<Prefix>> = OnceLock::new();
    *PREFIX.get_or_init(|| {
        if process::ask(process::program("id").arg("-u")).as_deref() == Some("0") {
            return Some(Prefix::Root);
        }
        process::ask(process::program("sudo").args(["-n", "true"])).map(|_| Prefix::Sudo)
    })
}
