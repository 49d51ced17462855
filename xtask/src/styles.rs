//! The styles: many small files for those who write them, one for the browser.
//!
//! Trunk runs this before every build (the hook in `Trunk.toml`) and puts the one file into the page.

use std::path::Path;

use crate::failure::Failure;
use crate::paths;

/// The command, not for people, that Trunk's hook runs.
pub const COMMAND: &str = "styles";

/// The files of `style/`, in the order in which they stand in the one file: a later rule wins over an earlier one.
pub const FILES: [&str; 17] = [
    "tokens.css",
    "base.css",
    "shell.css",
    "board.css",
    "model.css",
    "dialog.css",
    "history.css",
    "diagram.css",
    "version.css",
    "table.css",
    "lesson.css",
    "traffic.css",
    "practice.css",
    "exercise.css",
    "console.css",
    "exercises.css",
    "share.css",
];

/// Puts all styles into `target/styles/app.css`, which is where `index.html` says it is.
///
/// # Errors
///
/// When a file cannot be read or written.
pub fn bundle() -> Result<(), Failure> {
    let root = paths::root();
    let all = joined(&root.join("style"))?;
    let folder = root.join("target").join("styles");
    let file = folder.join("app.css");
    if std::fs::read_to_string(&file).is_ok_and(|before| before == all) {
        return Ok(());
    }
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(&file, all))
        .map_err(|error| Failure::step(format!("{} cannot be written: {error}.", file.display())))
}

/// The files of a folder one after the other.
fn joined(folder: &Path) -> Result<String, Failure> {
    let mut all = String::new();
    for name in FILES {
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
        let mut listed = FILES.to_vec();
        listed.sort_unstable();
        assert_eq!(there, listed);
    }

    #[test]
    fn the_files_stand_in_order() {
        let all = joined(&paths::root().join("style")).unwrap();
        let places: Vec<usize> = FILES
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
        let failure = joined(Path::new("no-such-folder")).unwrap_err();
        assert!(failure.to_string().contains("tokens.css"), "{failure}");
    }
}
