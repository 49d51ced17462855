//! `cargo xtask build`: the release, made by Trunk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::sizes::Sizes;
use crate::{paths, process, real_python, tools, wasm};

/// Builds the release into `dist/`, prints its sizes and checks the budget.
///
/// # Errors
///
/// When it cannot be built or is too big.
pub fn build() -> Result<(), Failure> {
    release()?;
    check_sizes()
}

/// Builds the release twice, the second time with nothing left of the app's own first one, and compares every byte.
///
/// # Errors
///
/// When it cannot be built, or the two differ.
pub fn twice() -> Result<(), Failure> {
    release()?;
    again()?;
    check_sizes()
}

/// Builds the release that is there a second time, with nothing left of the app's own first one, and compares every byte.
///
/// # Errors
///
/// When it cannot be built, or the two differ.
pub fn again() -> Result<(), Failure> {
    let first = files(&paths::dist())?;
    let mut clean = process::program("cargo");
    clean
        .args(["clean", "--release", "--package", "model-stages"])
        .args(["--package", "python-core"])
        .args(["--target", "wasm32-unknown-unknown"]);
    process::run(&mut clean, "Removing the first build")?;
    release()?;
    let second = files(&paths::dist())?;
    let names: BTreeSet<&String> = first.keys().chain(second.keys()).collect();
    let differ: Vec<&str> = names
        .into_iter()
        .filter(|name| first.get(*name) != second.get(*name))
        .map(String::as_str)
        .collect();
    if !differ.is_empty() {
        return Err(Failure::step(format!(
            "The two builds differ: {}.",
            differ.join(", ")
        )));
    }
    println!(
        "Both builds have the same {} files, byte for byte.",
        first.len()
    );
    Ok(())
}

/// The files of a folder, with what is in them.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let failed = |error| Failure::step(format!("{} cannot be read: {error}.", folder.display()));
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            let inside = files(&entry.path())?.into_iter();
            found.extend(inside.map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
            continue;
        }
        found.insert(name, std::fs::read(entry.path()).map_err(failed)?);
    }
    Ok(found)
}

/// Prints the sizes of the release in `dist/` and checks the budget.
///
/// # Errors
///
/// When it cannot be read or is too big.
pub fn check_sizes() -> Result<(), Failure> {
    let sizes = Sizes::of(&paths::dist())?;
    println!("\n{sizes}");
    sizes.check()
}

/// Builds the release into `dist/`.
///
/// # Errors
///
/// When a tool cannot be had or the build fails.
pub fn release() -> Result<(), Failure> {
    let mut command = trunk("build")?;
    command.arg("--release").arg("--dist").arg(paths::dist());
    process::run(&mut command, "The release build")?;
    // Trunk leaves this empty file behind.
    let _ = std::fs::remove_file(paths::dist().join(".trunk-lock"));
    Ok(())
}

/// Trunk with the subcommand `name`, and with all it needs to build without downloads of its
/// own: the WebAssembly target, and the wasm-bindgen that `Cargo.lock` asks for.
///
/// # Errors
///
/// When one of these cannot be had.
pub fn trunk(name: &str) -> Result<Command, Failure> {
    let wasm = wasm::provide()?;
    let wasm_bindgen = tools::wasm_bindgen()?.provide()?;
    let trunk = tools::trunk().provide()?;
    real_python::provide()?;

    // Trunk finds there wasm-bindgen, and this program, which its hook calls to bundle the styles.
    let own = std::env::current_exe()
        .map_err(|error| Failure::step(format!("This program cannot find itself: {error}.")))?;
    let before = [own.parent(), wasm_bindgen.parent()]
        .map(|folder| folder.map(std::path::Path::to_path_buf))
        .into_iter()
        .flatten();
    let after = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(before.chain(std::env::split_paths(&after)))
        .map_err(|error| Failure::step(format!("The PATH cannot be extended: {error}.")))?;

    let mut command = process::program(trunk);
    command
        .arg(name)
        .env("PATH", path)
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Trunk says what failed; its own stack is of no use to the reader.
        .env("RUST_LIB_BACKTRACE", "0");
    wasm.apply(&mut command);
    Ok(command)
}
