//! The styles: many small files for those who write them, four for the browser: what the first page needs, the rest, what a frame
//! needs of that, and what only the pages for a class need.
//!
//! Trunk runs this before every build (the hook in `Trunk.toml`) and puts the first three into the page; `split.rs` takes the
//! second and the third out again, and lets the parts of the app bring them along, and the fourth.

use std::path::PathBuf;

use eyre::Result;
use xshell::Shell;

use crate::shell::root;

/// The files of `style/` that the first page needs, in the order in which they stand in its one file: a later rule wins
/// over an earlier one.
const FIRST: &[&str] = &[
    "ui/tokens.css",
    "ui/base.css",
    "shell.css",
    "start.css",
    "registry/board.css",
    "ui/dialog.css",
    "registry/scene.css",
    "embed.css",
];

/// The files that come with the parts of the app other than the start page, behind those of the first page.
const LATER: &[&str] = &[
    "lesson.css",
    "registry/model.css",
    "registry/live_version.css",
    "registry/history.css",
    "registry/diagram.css",
    "registry/version_panel.css",
    "registry/table.css",
    "practice.css",
    "embed_question.css",
    "exercises/page.css",
    "console.css",
    "code.css",
    "exercises/list.css",
    "data.css",
    "embed_dialog.css",
    "print.css",
];

/// Those of [`LATER`] that a step or a question needs in a page of others, in the same order.
const FRAMED: &[&str] = &[
    "lesson.css",
    "registry/live_version.css",
    "practice.css",
    "embed_question.css",
    "code.css",
    "print.css",
];

/// The files that come with the pages for a class, behind all others. What is for paper wins there, too.
const CLASS: &[&str] = &["class.css", "print.css"];

/// Puts the styles into the files that `index.html` names.
pub fn bundle(sh: &Shell) -> Result<()> {
    write(sh, "target/styles/app.css".into(), FIRST)?;
    write(sh, later(), LATER)?;
    write(sh, framed(), FRAMED)?;
    write(sh, class(), CLASS)
}

/// Returns the file of the styles that the parts of the app bring along.
pub fn later() -> PathBuf {
    root().join("target/styles/parts.css")
}

/// Returns the file of the styles that a step or a question brings along in a page of others.
pub fn framed() -> PathBuf {
    root().join("target/styles/framed.css")
}

/// Returns the file of the styles for a class.
pub fn class() -> PathBuf {
    root().join("target/styles/class.css")
}

fn write(sh: &Shell, file: PathBuf, names: &[&str]) -> Result<()> {
    let mut all = String::new();
    for name in names {
        all.push_str(sh.read_file(format!("style/{name}"))?.trim_end());
        all.push('\n');
    }
    // A file that has not changed is not written, for Trunk looks at its time.
    if sh.read_file(&file).is_ok_and(|before| before == all) {
        return Ok(());
    }
    Ok(sh.write_file(file, all)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_is_in_the_list() {
        fn collect(folder: &str, there: &mut Vec<String>) {
            for entry in std::fs::read_dir(root().join("style").join(folder)).unwrap() {
                let name = format!("{folder}{}", entry.unwrap().file_name().to_str().unwrap());
                if name.ends_with(".css") {
                    there.push(name);
                } else {
                    collect(&format!("{name}/"), there);
                }
            }
        }
        let mut there = Vec::new();
        collect("", &mut there);
        there.sort();
        let mut listed = [FIRST, LATER, CLASS].concat();
        listed.sort_unstable();
        listed.dedup();
        assert_eq!(there, listed);
    }

    #[test]
    fn a_frame_has_its_styles_in_the_order_of_all() {
        let all = LATER.iter().filter(|file| FRAMED.contains(file));
        assert!(all.eq(FRAMED));
    }
}
