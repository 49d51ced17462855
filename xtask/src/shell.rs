//! Running other programs, and the folders that they work in.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use eyre::{Report, Result, WrapErr, bail};
use xshell::{Cmd, Shell};

/// Opens a shell in the workspace's folder.
pub fn open() -> Result<Shell> {
    let sh = Shell::new()?;
    sh.change_dir(root());
    Ok(sh)
}

/// Returns the folder with the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    // As it is now: a checkout may have moved since this program was built.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or(env!("CARGO_MANIFEST_DIR").into());
    let here = PathBuf::from(here);
    let root = here
        .ancestors()
        .find(|folder| folder.join("Trunk.toml").is_file());
    root.unwrap_or(&here).to_path_buf()
}

/// Returns the folder of what Cargo builds.
pub fn target() -> PathBuf {
    root().join(variable("CARGO_TARGET_DIR").unwrap_or("target".into()))
}

/// Returns what is set in the environment and not empty.
pub fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Returns the program `name` on the `PATH`.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
}

/// Returns all files below `folder` by their paths in it, with `/` between the names.
pub fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(inside) = folders.pop() {
        let entries = std::fs::read_dir(&inside).wrap_err_with(|| inside.display().to_string())?;
        for path in entries.map(|entry| entry.map(|entry| entry.path())) {
            let path = path?;
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let names = path.strip_prefix(folder)?.iter();
            let names: Vec<_> = names.map(|name| name.to_string_lossy()).collect();
            found.insert(names.join("/"), std::fs::read(&path)?);
        }
    }
    Ok(found)
}

/// Returns what went wrong, from what was wanted to its cause, each a sentence.
pub fn told(error: &Report) -> String {
    let sentences: Vec<String> = error.chain().map(ToString::to_string).collect();
    sentences.join(" ")
}

/// Returns what a program writes, if it is there and succeeds.
pub fn ask(command: Cmd<'_>) -> Option<String> {
    command.quiet().ignore_stderr().read().ok()
}

/// Returns the version that a program gives for `--version`: the first word that starts with a digit.
pub fn version_of(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    version_in(&String::from_utf8_lossy(&output.stdout))
}

fn version_in(text: &str) -> Option<String> {
    text.split_whitespace()
        .map(|word| word.trim_start_matches('v'))
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .map(str::to_owned)
}

/// Runs a first try, after which there is another one: Cargo's progress is shown, and complaints come only with the error.
pub fn try_first(command: Cmd<'_>) -> Result<()> {
    let name = command.to_string();
    let mut child = Command::from(command)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .wrap_err_with(|| name.clone())?;
    let mut complaints = Vec::new();
    if let Some(written) = child.stderr.take() {
        for line in BufReader::new(written).lines().map_while(Result::ok) {
            let word = line.split_whitespace().next();
            if matches!(word, Some("Compiling" | "Downloading" | "Building")) {
                eprintln!("{line}");
            } else {
                complaints.push(line);
            }
        }
    }
    if !child.wait()?.success() {
        bail!("`{name}` failed:\n{}", complaints.join("\n"));
    }
    Ok(())
}

/// Runs a program for at most `limit`, without what it writes. Returns whether it succeeded in that time.
pub fn within(limit: Duration, command: Cmd<'_>) -> bool {
    let command = Command::from(command.ignore_stdout().ignore_stderr())
        .stdin(Stdio::null())
        .spawn();
    let Ok(mut child) = command else { return false };
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if start.elapsed() < limit => {
                std::thread::sleep(Duration::from_millis(50));
            }
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_versions() {
        for (text, version) in [
            ("trunk 0.22.1", Some("0.22.1")),
            ("wasm-bindgen 0.2.130 (abc)", Some("0.2.130")),
            (
                "Chromium 156.0.8078.79 built on Debian",
                Some("156.0.8078.79"),
            ),
            ("v20.20.2", Some("20.20.2")),
            ("no version", None),
        ] {
            assert_eq!(version_in(text).as_deref(), version);
        }
    }
}
