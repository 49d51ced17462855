//! `cargo xtask build`: the release, made by Trunk.

use std::process::Command;

use crate::failure::Failure;
use crate::sizes::Sizes;
use crate::{paths, process, tools, wasm};

/// Builds the release into `dist/`, prints its sizes and checks the budget.
///
/// # Errors
///
/// When it cannot be built or is too big.
pub fn build() -> Result<(), Failure> {
    release()?;
    check_sizes()
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
