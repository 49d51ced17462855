//! `cargo xtask serve`: the app on this machine, rebuilt when a source file is saved.

use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

use eyre::{ContextCompat, Result, bail};
use xshell::Shell;

use crate::{build, shell};

/// The port that is tried first when none is asked for.
const FIRST_PORT: u16 = 8080;

/// Builds the app and serves it until it is stopped.
pub fn serve(sh: &Shell, port: Option<u16>, release: bool) -> Result<()> {
    let trunk = build::trunk(sh, "serve")?;
    let port = choose(port)?;
    // A folder of its own, so that the release in dist/ stays what it is.
    let dist = sh.create_dir(shell::target().join("serve"))?;
    let trunk = trunk
        .args(["--port", &port.to_string(), "--dist"])
        .arg(dist);
    let trunk = trunk.args(release.then_some("--release"));
    println!("Building the app: about two minutes the first time, then seconds. Ctrl+C stops it.");
    become_server(trunk.into())
}

/// Runs Trunk in place of this process, so that whoever stops this one stops the server.
#[cfg(unix)]
fn become_server(mut trunk: Command) -> Result<()> {
    Err(std::os::unix::process::CommandExt::exec(&mut trunk).into())
}

#[cfg(not(unix))]
fn become_server(mut trunk: Command) -> Result<()> {
    eyre::ensure!(trunk.status()?.success(), "The server has failed.");
    Ok(())
}

fn choose(asked: Option<u16>) -> Result<u16> {
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    if let Some(port) = asked {
        if !is_free(&port) {
            let other = port.checked_add(1).unwrap_or(FIRST_PORT);
            bail!("Port {port} cannot be used. Another one: `cargo xtask serve --port {other}`.");
        }
        return Ok(port);
    }
    let free = (FIRST_PORT..FIRST_PORT + 100).find(is_free);
    free.wrap_err("No port is free: choose one with --port.")
}
