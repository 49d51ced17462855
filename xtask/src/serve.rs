//! `cargo xtask serve`: the app on this machine, rebuilt when a source file is saved.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::Duration;

use crate::failure::Failure;
use crate::{build, paths, process};

/// The port that is tried first when none is asked for.
const FIRST_PORT: u16 = 8080;

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
    std::thread::spawn(move || announce(port));
    process::run(&mut command, "The server")
}

/// Says the address as soon as something answers there.
fn announce(port: u16) {
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        std::thread::sleep(Duration::from_millis(200));
    }
    println!("\nModel Stages is at http://127.0.0.1:{port}/ (Ctrl+C stops it).\n");
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
