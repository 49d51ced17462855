//! The styles: many small files for those who write them, two for the browser: what the first page needs, and the rest.
//!
//! Trunk runs this before every build (the hook in `Trunk.toml`) and puts both files into the page; `split.rs` takes the
//! second one out again, and lets the parts of the app bring it along.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::paths;

/// The command, not for people, that Trunk's hook runs.
pub const COMMAND: &str = "styles";

/// The files of `style/` that the first page needs, in the order in which they stand in its one file: a later rule wins
/// over an earlier one.
pub const FIRST: [&str; 4] = ["tokens.css", "base.css", "shell.css", "lesson.css"];

/// The files that come with the first part of the app that is fetched later, behind those of the first page.
pub const LATER: [&str; 13] = [
    "board.css",
    "model.css",
    "dialog.css",
    "history.css",
    "diagram.css",
    "version.css",
    "table.css",
    "traffic.css",
    "practice.css",
    "exercise.css",
    "console.css",
    "exercises.css",
    "share.css",
];

/// Puts the styles into `target/styles/app.css` and `target/styles/parts.css`, which is where `index.html` says they are.
///
/// # Errors
///
/// When a file cannot be read or written.
pub fn bundle() -> Result<(), Failure> {
    write(&folder().join("app.css"), &FIRST)?;
    write(&parts(), &LATER)
}

fn folder() -> PathBuf {
    paths::root().join("target").join("styles")
}

/// The file of the styles that the parts of the app bring along.
#[must_use]
pub fn parts() -> PathBuf {
    folder().join("parts.css")
}

fn write(file: &Path, files: &[&str]) -> Result<(), Failure> {
    let all = joined(&paths::root().join("style"), files)?;
    if std::fs::read_to_string(file).is_ok_and(|before| before == all) {
        return Ok(());
    }
    file.parent()
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(file, all))
        .map_err(|error| Failure::step(format!("{} cannot be written: {error}.", file.display())))
}

/// Some files of a folder one after the other.
fn joined(folder: &Path, files: &[&str]) -> Result<String, Failure> {
    let mut all = String::new();
    for name in files {
        let file = folder.join(name);
        let text = std::fs::read_to_string(&file).map_err(|error| {
            Failure::step(format!("{} cannot be read: {error}.", file.display()))
        })?;
        all.push_str(text.trim_end());
        all.push('\n');
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_is_in_the_list() {
        let mut there: Vec<String> = std::fs::read_dir(paths::root().join("style"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        there.sort();
        let mut listed = [&FIRST[..], &LATER].concat();
        listed.sort_unstable();
        assert_eq!(there, listed);
    }

    #[test]
    fn the_files_stand_in_order() {
        let all = joined(&paths::root().join("style"), &LATER).unwrap();
        let places: Vec<usize> = LATER
            .iter()
            .map(|name| {
                let text = std::fs::read_to_string(paths::root().join("style").join(name)).unwrap();
                all.find(text.trim_end()).unwrap()
            })
            .collect();
        assert!(places.is_sorted(), "{places:?}");
    }

    #[test]
    fn a_missing_file_is_a_line() {
        let failure = joined(Path::new("no-such-folder"), &FIRST).unwrap_err();
        assert!(failure.to_string().contains("tokens.css"), "{failure}");
    }
}
