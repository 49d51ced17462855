//! `cargo xtask serve`: the app on this machine, rebuilt when a source file is saved.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Command;
use std::time::Duration;

use crate::failure::Failure;
use crate::{build, paths, process};

/// The port that is tried first when none is asked for.
const FIRST_PORT: u16 = 8080;
/// The command, not for people, that says the address.
pub const ANNOUNCE: &str = "announce";

/// Builds the app and serves it until it is stopped.
///
/// # Errors
///
/// When a tool cannot be had, or the port is in use.
pub fn serve(port: Option<u16>, release: bool) -> Result<(), Failure> {
    let mut command = build::trunk("serve")?;
    let port = choose(port)?;
    // A folder of its own, so that the release in dist/ stays what it is.
    let dist = paths::target().join("serve");
    std::fs::create_dir_all(&dist)
        .map_err(|error| Failure::step(format!("{} cannot be made: {error}.", dist.display())))?;
    command
        .args(["--port", &port.to_string(), "--dist"])
        .arg(&dist);
    if release {
        command.arg("--release");
    }
    println!("Building the app: about two minutes the first time, then seconds.");
    announce_later(port)?;
    become_server(command)
}

/// Says the address as soon as something answers there, or gives up when the server is gone.
pub fn announce(port: u16) {
    let server = parent();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        std::thread::sleep(Duration::from_millis(200));
        if parent() != server {
            return;
        }
    }
    println!("\nModel Stages is at http://127.0.0.1:{port}/ (Ctrl+C stops it).\n");
}

/// Lets a process of its own say the address, for this one becomes the server.
fn announce_later(port: u16) -> Result<(), Failure> {
    std::env::current_exe()
        .and_then(|own| {
            let mut command = process::program(own);
            command.args([ANNOUNCE, &port.to_string()]).spawn()
        })
        .map(|_| ())
        .map_err(|error| Failure::step(format!("The address cannot be announced: {error}.")))
}

/// Runs Trunk in place of this process, so that whoever stops this one stops the server.
#[cfg(unix)]
fn become_server(mut command: Command) -> Result<(), Failure> {
    let error = std::os::unix::process::CommandExt::exec(&mut command);
    Err(Failure::step(format!("Trunk could not start: {error}.")))
}

#[cfg(not(unix))]
fn become_server(mut command: Command) -> Result<(), Failure> {
    process::run(&mut command, "The server")
}

#[cfg(unix)]
fn parent() -> u32 {
    std::os::unix::process::parent_id()
}

#[cfg(not(unix))]
fn parent() -> u32 {
    0
}

fn choose(asked: Option<u16>) -> Result<u16, Failure> {
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    match asked {
        Some(port) if is_free(&port) => Ok(port),
        Some(port) => Err(Failure::step(format!(
            "Port {port} cannot be used. Another one: `cargo xtask serve --port {}`.",
            port.checked_add(1).unwrap_or(FIRST_PORT)
        ))),
        None => (FIRST_PORT..FIRST_PORT + 100)
            .find(is_free)
            .ok_or_else(|| Failure::step("No port is free: choose one with --port.")),
    }
}
