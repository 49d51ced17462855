//! The sizes of what is published, and the budget of the first load.

use std::fmt;
use std::path::Path;

use crate::failure::Failure;
use crate::{compress, real_python};

/// What all files of the first load are to weigh together at the most, in bytes, compressed with
/// brotli.
pub const BUDGET: usize = 155_000;

/// Files that the first load does not fetch: how their names begin, and why.
pub const LATER: [(&str, &str); 2] = [
    ("part-", "fetched when it is first needed"),
    (PYTHON, PYTHON_WHY),
];

/// How the paths of the real Python begin.
const PYTHON: &str = "python/";
const PYTHON_WHY: &str = "real Python: only when asked for";

/// The size of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    /// Its path in the folder.
    pub path: String,
    /// Its bytes as they are.
    pub raw: usize,
    /// Its bytes as they are sent.
    pub sent: usize,
    /// Why it is not part of the first load, if it is not.
    pub later: Option<&'static str>,
}

/// The sizes of all files of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sizes(Vec<Size>);

impl Sizes {
    /// Measures all files of `folder`.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub fn of(folder: &Path) -> Result<Self, Failure> {
        let mut sizes = Vec::new();
        measure(folder, "", &mut sizes).map_err(|error| {
            Failure::step(format!(
                "The files of {} cannot be read: {error}.",
                folder.display()
            ))
        })?;
        sizes.sort_by(|a, b| b.sent.cmp(&a.sent).then_with(|| a.path.cmp(&b.path)));
        Ok(Self(sizes))
    }

    /// What the first load fetches, in bytes.
    #[must_use]
    pub fn first_load(&self) -> usize {
        self.0
            .iter()
            .filter(|size| size.later.is_none())
            .map(|size| size.sent)
            .sum()
    }

    /// Checks the budget.
    ///
    /// # Errors
    ///
    /// When the first load is over its budget, or there is nothing to load.
    pub fn check(&self) -> Result<(), Failure> {
        let sum = self.first_load();
        if self.0.is_empty() {
            return Err(Failure::step("There are no files to measure."));
        }
        if sum > BUDGET {
            return Err(Failure::step(format!(
                "The first load is {} bytes over its budget of {}.",
                grouped(sum - BUDGET),
                grouped(BUDGET)
            )));
        }
        Ok(())
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.0.iter().map(|size| size.path.chars().count()).max();
        let width = width.unwrap_or_default().max("first load".len());
        writeln!(out, "{:<width$}  {:>11}  {:>11}", "file", "raw", "brotli")?;
        let is_python = |size: &&Size| size.path.starts_with(PYTHON);
        let (python, app): (Vec<&Size>, Vec<&Size>) = self.0.iter().partition(is_python);
        for size in app.iter().chain(&python) {
            let note = size
                .later
                .map(|why| format!("  later: {why}"))
                .unwrap_or_default();
            let (raw, sent) = (grouped(size.raw), grouped(size.sent));
            writeln!(out, "{:<width$}  {raw:>11}  {sent:>11}{note}", size.path)?;
        }
        for (name, sizes) in [("total", &app), ("real Python", &python)] {
            if sizes.is_empty() {
                continue;
            }
            let raw = grouped(sizes.iter().map(|size| size.raw).sum());
            let sent = grouped(sizes.iter().map(|size| size.sent).sum());
            writeln!(out, "{name:<width$}  {raw:>11}  {sent:>11}")?;
        }
        write!(
            out,
            "{:<width$}  {:>11}  {:>11}  of {} allowed",
            "first load",
            "",
            grouped(self.first_load()),
            grouped(BUDGET)
        )
    }
}

fn measure(folder: &Path, inside: &str, sizes: &mut Vec<Size>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{inside}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            measure(&entry.path(), &format!("{path}/"), sizes)?;
            continue;
        }
        let bytes = std::fs::read(entry.path())?;
        let later = LATER
            .iter()
            .find(|(start, _)| path.starts_with(start))
            .map(|(_, why)| *why);
        sizes.push(Size {
            raw: bytes.len(),
            // What is compressed already is sent as it is.
            sent: match path.starts_with(PYTHON) {
                true => real_python::sent(&path, &bytes),
                false => compress::brotli(&bytes).len().min(bytes.len()),
            },
            path,
            later,
        });
    }
    Ok(())
}

/// A number with a comma after each thousand.
#[must_use]
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(path: &str, raw: usize, sent: usize, later: Option<&'static str>) -> Size {
        Size {
            path: path.to_owned(),
            raw,
            sent,
            later,
        }
    }

    #[test]
    fn groups_thousands() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(150_000), "150,000");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn the_budget_is_of_the_first_load() {
        let fits = Sizes(vec![
            size("app.wasm", 400_000, BUDGET, None),
            size("guide.html", 90, 80, Some("it opens on a click")),
        ]);
        assert_eq!(fits.first_load(), BUDGET);
        assert!(fits.check().is_ok());
        let over = Sizes(vec![size("app.wasm", 400_000, BUDGET + 1, None)]);
        assert!(
            over.check()
                .unwrap_err()
                .to_string()
                .contains("1 bytes over")
        );
        assert!(Sizes(Vec::new()).check().is_err());
    }

    #[test]
    fn the_table_has_every_file_and_the_sums() {
        let sizes = Sizes(vec![
            size("app.wasm", 1_000, 400, None),
            size("guide.html", 90, 80, Some("it opens on a click")),
        ]);
        let table = sizes.to_string();
        assert_eq!(table.lines().count(), 5);
        for part in [
            "app.wasm",
            "1,000",
            "later: it opens",
            "1,090",
            "480",
            "400  of 155,000 allowed",
        ] {
            assert!(table.contains(part), "{part}:\n{table}");
        }
    }

    #[test]
    fn measures_a_folder_with_folders() {
        let folder = std::env::temp_dir().join(format!("xtask-sizes-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("img")).unwrap();
        std::fs::write(folder.join("a.txt"), "a".repeat(1_000)).unwrap();
        std::fs::write(folder.join("img/b"), [7, 1, 9]).unwrap();
        let sizes = Sizes::of(&folder).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(sizes.0.len(), 2);
        assert!(sizes.first_load() < 40);
        assert_eq!(sizes.0.iter().map(|size| size.raw).sum::<usize>(), 1_003);
        assert!(
            sizes
                .0
                .iter()
                .any(|size| size.path == "img/b" && size.sent == 3)
        );
        assert!(Sizes::of(&folder).is_err());
    }
}
