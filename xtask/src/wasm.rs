//! The WebAssembly target, in one of two ways.
//!
//! Usually rustup has the target's standard library, or adds it. Where it has no source for that, a Debian machine's own
//! compiler comes with the sources of the standard library, and Cargo builds it together with the app.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use eyre::{ContextCompat, Result, WrapErr, bail};
use xshell::{Shell, cmd};

use crate::shell::{ask, on_path, within};
use crate::tools::{self, apt_install, has_apt};

pub const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's compiler for web programs, with the sources of its standard library.
const PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];

/// Where these packages put what is needed.
const SYSTEM: &str = "/usr";
const SYSTEM_FILES: [&str; 3] = [
    "bin/rustc",
    "bin/cargo",
    "lib/rustlib/src/rust/library/std/Cargo.toml",
];

/// A way to compile for the target.
pub struct Wasm {
    /// Whether the toolchain in use has the target's standard library, so that clippy works for it as usual.
    pub installed: bool,
    /// What makes Cargo compile for the target this way.
    pub variables: Vec<(&'static str, OsString)>,
}

impl Wasm {
    /// Returns where it comes from, in a few words.
    pub fn place(&self) -> &'static str {
        match self.installed {
            true => "here, with the toolchain",
            false => "here, built with the app from Debian's sources",
        }
    }
}

/// Returns the way that is already there.
pub fn find(sh: &Shell) -> Option<Wasm> {
    if !is_source_build_asked() && has_std(sh) {
        return Some(Wasm {
            installed: true,
            variables: Vec::new(),
        });
    }
    has_sources().then(|| from_sources(sh).ok())?
}

/// Returns a way to compile for the target, set up if there is none.
pub fn provide(sh: &Shell) -> Result<Wasm> {
    let asked = is_source_build_asked();
    // Says that rustup had no source for the target, so that the next start need not wait for it.
    let note = tools::folder()?.join("rustup-has-no-wasm-target");
    if let Some(wasm) = find(sh)
        && (wasm.installed || asked || note.is_file())
    {
        return Ok(wasm);
    }
    if !asked {
        if add_with_rustup(sh) && has_std(sh) {
            return find(sh).wrap_err("rustup has added the WebAssembly target, and it is gone.");
        }
        println!(
            "rustup does not bring the WebAssembly target here: trying the compiler of Debian."
        );
        sh.write_file(note, "")?;
    }
    let way = format!(
        "The WebAssembly target is missing: `rustup target add {TARGET}` is the way to get it."
    );
    if !has_sources() {
        apt_install(sh, &PACKAGES).wrap_err_with(|| way.clone())?;
    }
    if !has_sources() {
        bail!("{way} The packages of Debian brought no sources of the standard library.");
    }
    from_sources(sh).wrap_err(way)
}

/// Returns whether `MODEL_STAGES_BUILD_STD=1` asks for the second way even where the first is there.
fn is_source_build_asked() -> bool {
    std::env::var_os("MODEL_STAGES_BUILD_STD").is_some_and(|value| value == "1")
}

/// Returns whether rustc has the target's standard library.
fn has_std(sh: &Shell) -> bool {
    let folder = ask(cmd!(sh, "rustc --print target-libdir --target {TARGET}"));
    folder
        .and_then(|folder| std::fs::read_dir(folder).ok())
        .is_some_and(|entries| {
            entries
                .flatten()
                .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
        })
}

fn add_with_rustup(sh: &Shell) -> bool {
    if on_path("rustup").is_none() {
        return false;
    }
    // Without a source, rustup may try for very long. Where there is another way, it gets a minute.
    let minutes = if has_apt(sh) { 1 } else { 10 };
    println!("Adding the WebAssembly target with rustup: some seconds, at most {minutes} min.");
    within(
        Duration::from_secs(60 * minutes),
        cmd!(sh, "rustup target add {TARGET}"),
    )
}

fn has_sources() -> bool {
    SYSTEM_FILES
        .iter()
        .all(|file| Path::new(SYSTEM).join(file).is_file())
}

fn from_sources(sh: &Shell) -> Result<Wasm> {
    let linker = linker(sh).wrap_err("There is no linker for it (rust-lld or wasm-ld).")?;
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

/// Returns the linker that comes with rustup's toolchain, or the system's.
fn linker(sh: &Shell) -> Option<PathBuf> {
    let sysroot = PathBuf::from(ask(cmd!(sh, "rustc --print sysroot"))?);
    let about = ask(cmd!(sh, "rustc -vV"))?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "))?;
    let own = sysroot.join("lib/rustlib").join(host).join("bin/rust-lld");
    Some(own)
        .filter(|file| file.is_file())
        .or_else(|| on_path("wasm-ld"))
}

/// Lets wasm-bindgen make the JavaScript of a module.
pub fn bind(sh: &Shell, module: &Path, work: &Path, name: &str, more: &[&str]) -> Result<()> {
    let plain = ["--target", "web", "--no-typescript", "--no-demangle"];
    let small = ["--remove-name-section", "--remove-producers-section"];
    cmd!(
        sh,
        "wasm-bindgen {plain...} {small...} {more...} --out-name {name} --out-dir {work} {module}"
    )
    .quiet()
    .run()?;
    Ok(())
}
