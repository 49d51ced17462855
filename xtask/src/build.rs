//! `cargo xtask build`: the release, made by Trunk.

use std::path::Path;

use eyre::{Result, bail};
use xshell::{Cmd, Shell, cmd};

use crate::shell::{files, root, target};
use crate::{offline, real_python, sizes, tools, wasm};

/// Builds the release into `dist/`, prints its sizes and checks the budget.
pub fn build(sh: &Shell, twice: bool) -> Result<()> {
    release(sh)?;
    if twice {
        again(sh)?;
    }
    check_sizes()
}

/// Prints the sizes of the release in `dist/` and checks the budget.
pub fn check_sizes() -> Result<()> {
    let sizes = sizes::of(&files(&root().join("dist"))?);
    println!("\n{}", sizes::table(&sizes));
    sizes::check(&sizes)
}

/// Builds the release into `dist/`.
pub fn release(sh: &Shell) -> Result<()> {
    release_into(sh, &root().join("dist"))
}

fn release_into(sh: &Shell, dist: &Path) -> Result<()> {
    trunk(sh, "build")?
        .args(["--release", "--dist"])
        .arg(dist)
        .run()?;
    // Trunk leaves this empty file behind.
    sh.remove_path(dist.join(".trunk-lock"))?;
    offline::put(sh, dist)
}

/// Builds the release that is there a second time, beside it and with nothing left of the app's own first one, and compares
/// every byte.
pub fn again(sh: &Shell) -> Result<()> {
    let first = files(&root().join("dist"))?;
    let beside = target().join("again");
    let machine = wasm::TARGET;
    cmd!(
        sh,
        "cargo clean --release --package model-stages --package python-core --target {machine}"
    )
    .run()?;
    release_into(sh, &beside)?;
    let second = files(&beside)?;
    sh.remove_path(&beside)?;
    let names = first.keys().chain(second.keys());
    let mut differ: Vec<&str> = names
        .filter(|name| first.get(*name) != second.get(*name))
        .map(String::as_str)
        .collect();
    differ.dedup();
    if !differ.is_empty() {
        bail!("The two builds differ: {}.", differ.join(", "));
    }
    println!(
        "Both builds have the same {} files, byte for byte.",
        first.len()
    );
    Ok(())
}

/// Returns Trunk with the subcommand `name`, and with all it needs to build without downloads of its own: the WebAssembly
/// target, and the wasm-bindgen that `Cargo.lock` asks for.
pub fn trunk<'a>(sh: &'a Shell, name: &str) -> Result<Cmd<'a>> {
    let wasm = wasm::provide(sh)?;
    let wasm_bindgen = tools::wasm_bindgen(sh)?.provide(sh)?;
    let trunk = tools::trunk().provide(sh)?;
    real_python::provide(sh)?;
    // Trunk finds there wasm-bindgen, and this program, which its hooks call.
    let own = std::env::current_exe()?;
    let before = [&own, &wasm_bindgen].map(|file| file.parent().unwrap_or(file).to_path_buf());
    let after = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(before.into_iter().chain(std::env::split_paths(&after)))?;
    let trunk = cmd!(sh, "{trunk} {name}")
        .env("PATH", path)
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Trunk says what failed; its own stack is of no use to the reader.
        .env("RUST_LIB_BACKTRACE", "0")
        // Where another toolchain builds the app, this one is not its Cargo.
        .env_remove("CARGO");
    Ok(trunk.envs(wasm.variables))
}
