//! The WebAssembly target, in one of two ways.
//!
//! Usually rustup has the target's standard library, or adds it. Where it has no source for
//! that, a Debian machine's own compiler comes with the sources of the standard library, and
//! Cargo builds it together with the app.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::failure::Failure;
use crate::process::{self, Ended};
use crate::{apt, paths, tools};

/// The name of the target.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Set to `1`, it asks for the second way even where the first is there.
pub const BUILD_STD: &str = "MODEL_STAGES_BUILD_STD";

/// Debian's compiler for web programs, with the sources of its standard library.
const PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];
/// Where these packages put the toolchain.
const SYSTEM: &str = "/usr";

/// A way to compile for the target.
#[derive(Debug, Clone)]
pub struct Wasm {
    /// Whether the toolchain in use has the target's standard library, so that clippy and
    /// `cargo test` work for it as usual.
    pub installed: bool,
    variables: Vec<(&'static str, OsString)>,
}

impl Wasm {
    /// Where it comes from, in a few words.
    #[must_use]
    pub fn place(&self) -> &'static str {
        match self.installed {
            true => "here, with the toolchain",
            false => "here, built with the app from Debian's sources",
        }
    }

    /// Makes `command` compile for the target this way.
    pub fn apply(&self, command: &mut Command) {
        command.envs(self.variables.iter().map(|(key, value)| (key, value)));
    }
}

/// The way that is already there, if any.
#[must_use]
pub fn find() -> Option<Wasm> {
    if !build_std_asked() && has_std() {
        return Some(Wasm {
            installed: true,
            variables: Vec::new(),
        });
    }
    has_sources().then(build_std)?.ok()
}

/// A way to compile for the target, set up if there is none.
///
/// # Errors
///
/// When neither way can be had; the line says how to get the first.
pub fn provide() -> Result<Wasm, Failure> {
    let asked = build_std_asked();
    if let Some(wasm) = find()
        && (wasm.installed || asked || rustup_has_failed())
    {
        return Ok(wasm);
    }
    if !asked && add_with_rustup() {
        println!("rustup has added the WebAssembly target.");
        return find().ok_or_else(|| missing("rustup added it, but rustc does not find it."));
    }
    if !has_sources() {
        apt::install(&PACKAGES).map_err(|failure| missing(&failure.to_string()))?;
    }
    if !has_sources() {
        return Err(missing(
            "The packages brought no sources of the standard library.",
        ));
    }
    println!(
        "The standard library for WebAssembly is built together with the app, from Debian's sources."
    );
    note_that_rustup_failed();
    build_std()
}

/// A file in the tools folder that says: rustup had no source for the target, so the next start
/// need not wait for it.
fn note() -> Option<PathBuf> {
    Some(tools::folder().ok()?.join("rustup-has-no-wasm-target"))
}

fn rustup_has_failed() -> bool {
    note().is_some_and(|file| file.is_file())
}

fn note_that_rustup_failed() {
    if let Some(file) = note()
        && !build_std_asked()
    {
        // Without the note, the next start only takes longer.
        let _ = file.parent().map(std::fs::create_dir_all);
        let _ = std::fs::write(file, "");
    }
}

fn build_std_asked() -> bool {
    std::env::var_os(BUILD_STD).is_some_and(|value| value == "1")
}

/// Whether rustc has the target's standard library.
fn has_std() -> bool {
    process::ask(process::program("rustc").args(["--print", "target-libdir", "--target", TARGET]))
        .and_then(|folder| std::fs::read_dir(folder).ok())
        .is_some_and(|entries| {
            entries.flatten().any(|entry| {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                name.starts_with("libstd-") && name.ends_with(".rlib")
            })
        })
}

fn add_with_rustup() -> bool {
    if paths::on_path("rustup").is_none() {
        return false;
    }
    // Without a source, rustup may try for very long. Where there is another way, it gets a minute.
    let minutes = if apt::can_install() { 1 } else { 10 };
    println!("Adding the WebAssembly target with rustup: some seconds, at most {minutes} min.");
    let mut command = process::program("rustup");
    command.args(["target", "add", TARGET]);
    let ended = process::run_within(&mut command, Duration::from_secs(60 * minutes));
    if ended == Ended::Late {
        println!("rustup did not get it in time.");
    }
    ended == Ended::Well
}

fn has_sources() -> bool {
    let system = Path::new(SYSTEM);
    system.join("bin/rustc").is_file()
        && system.join("bin/cargo").is_file()
        && system
            .join("lib/rustlib/src/rust/library/std/Cargo.toml")
            .is_file()
}

fn build_std() -> Result<Wasm, Failure> {
    let linker =
        linker().ok_or_else(|| missing("There is no linker for it (rust-lld or wasm-ld)."))?;
    Ok(Wasm {
        installed: false,
        variables: vec![
            ("RUSTUP_TOOLCHAIN", SYSTEM.into()),
            ("RUSTC_BOOTSTRAP", "1".into()),
            ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort".into()),
            ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker.into()),
        ],
    })
}

/// The linker that comes with rustup's toolchain, or the system's.
fn linker() -> Option<PathBuf> {
    let sysroot = process::ask(process::program("rustc").args(["--print", "sysroot"]))?;
    let about = process::ask(process::program("rustc").arg("-vV"))?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "))?;
    let own = Path::new(&sysroot)
        .join("lib/rustlib")
        .join(host)
        .join("bin/rust-lld");
    Some(own)
        .filter(|file| file.is_file())
        .or_else(|| paths::on_path("wasm-ld"))
}

fn missing(why: &str) -> Failure {
    Failure::step(format!(
        "The WebAssembly target is missing: `rustup target add {TARGET}` is the way to get it. {why}"
    ))
}
