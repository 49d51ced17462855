//! The WebAssembly of a release, made smaller by Binaryen.
//!
//! This comes last: Binaryen drops the compiler's notes about calls, by which the program is cut. What was made smaller once
//! is kept beside what Cargo builds, under the number of what it was made from.

use std::path::{Path, PathBuf};
use std::process::Command;

use eyre::{Result, WrapErr, ensure};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use xshell::Shell;

use crate::shell::target;
use crate::tools;

/// The package of Binaryen for Node.js.
pub const BINARYEN: (&str, &str) = ("binaryen", "132.0.0");

/// What tells it what to do.
const SCRIPT: &str = include_str!("optimise.mjs");

/// Makes these modules smaller. They do what they did before.
pub fn optimise(sh: &Shell, modules: &mut [&mut Vec<u8>]) -> Result<()> {
    let home = tools::provide_npm(sh, BINARYEN)?;
    let kept = sh.create_dir(target().join("optimised"))?;
    let files: Vec<PathBuf> = modules
        .iter()
        .map(|module| kept.join(number(module)))
        .collect();
    for old in sh.read_dir(&kept)? {
        if !files.contains(&old) {
            sh.remove_path(old)?;
        }
    }
    let mut missing: Vec<(&Vec<u8>, &PathBuf)> = modules
        .iter()
        .map(|module| &**module)
        .zip(&files)
        .filter(|(_, file)| !file.exists())
        .collect();
    missing.sort_by_key(|(module, _)| module.len());
    // The largest one is a third of all: one process for it, and for every third one of the rest.
    let groups = (0..3).map(|first| missing.iter().rev().skip(first).step_by(3));
    let groups: Vec<Vec<_>> = groups.map(Iterator::collect).collect();
    groups.par_iter().try_for_each(|group| run(&home, group))?;
    for (module, file) in modules.iter_mut().zip(&files) {
        **module = sh.read_binary_file(file)?;
    }
    Ok(())
}

/// Makes these modules smaller, in one process.
fn run(home: &Path, group: &[&(&Vec<u8>, &PathBuf)]) -> Result<()> {
    let mut command = Command::new("node");
    command
        .args(["--input-type=module", "--eval", SCRIPT])
        .arg(home);
    let mut pairs = Vec::new();
    for (module, file) in group {
        let (before, after) = (file.with_extension("before"), file.with_extension("after"));
        std::fs::write(&before, module)?;
        command.arg(&before).arg(&after);
        pairs.push((before, after, file));
    }
    if pairs.is_empty() {
        return Ok(());
    }
    let ended = command.status().wrap_err("Node.js does not start.")?;
    ensure!(ended.success(), "Binaryen ended with {ended}.");
    // Only whole files have the name that counts.
    for (before, after, file) in pairs {
        std::fs::rename(after, file)?;
        std::fs::remove_file(before)?;
    }
    Ok(())
}

/// Returns the number of what a module is made from: its bytes, and what is done to them.
fn number(module: &[u8]) -> String {
    let mut hasher = Sha256::new();
    for part in [BINARYEN.1.as_bytes(), SCRIPT.as_bytes(), module] {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    let digest = hasher.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
