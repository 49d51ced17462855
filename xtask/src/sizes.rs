//! The sizes of what is published, and what each kind of page fetches until it works.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

use eyre::{Result, ensure};
use rayon::prelude::*;

use crate::pages::{PAGES, Page};

/// What is fetched before the first paint is to weigh together at the most, in bytes, compressed with brotli.
const PAINT: usize = 30_000;
/// How the names of these files begin.
const PAINTED: [&str; 3] = ["index.html", "app-", "boot.js"];

/// How the paths of the real Python begin.
const PYTHON: &str = "python/";

/// Files that the first load does not fetch: how their paths begin, and why.
const LATER: [(&str, &str); 7] = [
    ("part-", "fetched when it is first needed"),
    ("sw", "for times without a network, once the page is quiet"),
    ("lesson.html", "only where scripts are switched off"),
    ("model-stages.js", "only for pages that embed this one"),
    ("icon-", "only for who installs the app"),
    ("preview", "only for a link that is shown elsewhere"),
    (PYTHON, "real Python: only when asked for"),
];

/// How large those files of Pyodide are that take half a minute to compress: as they are, and with brotli. They never change.
const KNOWN: [(&str, usize, usize); 3] = [
    ("pyodide.asm.js", 1_250_343, 207_137),
    ("pyodide.asm.wasm", 9_598_218, 2_744_678),
    ("python_stdlib.zip", 2_545_637, 2_487_533),
];

/// The size of one file.
pub struct Size {
    path: String,
    raw: usize,
    /// Its bytes as they are sent: with brotli, unless that is larger.
    sent: usize,
    /// Why it is not part of the first load.
    later: Option<&'static str>,
}

/// Measures files, the largest first.
pub fn of(files: &BTreeMap<String, Vec<u8>>) -> Vec<Size> {
    let mut sizes: Vec<Size> = files
        .par_iter()
        .map(|(path, bytes)| Size {
            path: path.clone(),
            raw: bytes.len(),
            sent: sent(path, bytes),
            later: LATER
                .iter()
                .find(|(start, _)| path.starts_with(start))
                .map(|(_, why)| *why),
        })
        .collect();
    sizes.sort_by(|a, b| b.sent.cmp(&a.sent).then_with(|| a.path.cmp(&b.path)));
    sizes
}

/// Returns how many bytes a host sends that compresses with brotli at its highest quality.
pub fn sent(path: &str, bytes: &[u8]) -> usize {
    let is_it = |(end, raw, _): &&(&str, usize, _)| path.ends_with(end) && *raw == bytes.len();
    if let Some((_, _, sent)) = KNOWN.iter().find(is_it) {
        return *sent;
    }
    let mut packed = Vec::new();
    {
        let mut writer = brotli::CompressorWriter::new(&mut packed, 64 * 1024, 11, 22);
        // Writing into memory does not fail.
        let _ = writer.write_all(bytes);
    }
    packed.len().min(bytes.len())
}

fn first_load(sizes: &[Size]) -> usize {
    sizes
        .iter()
        .filter(|size| size.later.is_none())
        .map(|size| size.sent)
        .sum()
}

fn first_paint(sizes: &[Size]) -> usize {
    let is_painted = |size: &&Size| PAINTED.iter().any(|start| size.path.starts_with(start));
    sizes.iter().filter(is_painted).map(|size| size.sent).sum()
}

/// What each of the pages fetches until it works.
fn pages(sizes: &[Size]) -> impl Iterator<Item = (&'static Page, usize)> {
    let first = first_load(sizes);
    PAGES.iter().map(move |page| {
        let parts = sizes.iter().filter(|size| page.fetches(&size.path));
        (page, first + parts.map(|size| size.sent).sum::<usize>())
    })
}

/// Errors if a page, or what is fetched before the first paint, is over its budget, or there is nothing to load.
pub fn check(sizes: &[Size]) -> Result<()> {
    ensure!(!sizes.is_empty(), "There are no files to measure.");
    let pages = pages(sizes).map(|(page, sent)| (page.name, sent, page.most));
    for (name, sent, budget) in pages.chain([("first paint", first_paint(sizes), PAINT)]) {
        let over = sent.saturating_sub(budget);
        let (over_text, budget) = (grouped(over), grouped(budget));
        ensure!(
            over == 0,
            "The {name} is {over_text} bytes over its budget of {budget}."
        );
    }
    Ok(())
}

/// Returns a line for every file, and the sums.
pub fn table(sizes: &[Size]) -> String {
    let width = sizes
        .iter()
        .map(|size| size.path.len())
        .max()
        .unwrap_or_default()
        .max("frame of an exercise".len());
    let mut out = format!("{:<width$}  {:>11}  {:>11}", "file", "raw", "brotli");
    let mut line = |name: &str, raw: &str, sent: usize, note: &str| {
        // Writing into a text does not fail.
        let _ = write!(
            out,
            "\n{name:<width$}  {raw:>11}  {:>11}{note}",
            grouped(sent)
        );
    };
    let (python, app): (Vec<&Size>, Vec<&Size>) =
        sizes.iter().partition(|size| size.path.starts_with(PYTHON));
    for size in app.iter().chain(&python) {
        let note = size
            .later
            .map(|why| format!("  later: {why}"))
            .unwrap_or_default();
        line(&size.path, &grouped(size.raw), size.sent, &note);
    }
    for (name, sizes) in [("total", &app), ("real Python", &python)] {
        if !sizes.is_empty() {
            let raw = sizes.iter().map(|size| size.raw).sum();
            line(
                name,
                &grouped(raw),
                sizes.iter().map(|size| size.sent).sum(),
                "",
            );
        }
    }
    let of = |aim: usize| format!("  of {}", grouped(aim));
    line("first paint", "", first_paint(sizes), &of(PAINT));
    line("program", "", first_load(sizes), "");
    for (page, sent) in pages(sizes) {
        line(page.name, "", sent, &of(page.aim));
    }
    out
}

/// Returns a number with a comma after each thousand.
fn grouped(number: usize) -> String {
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
    fn the_budget_is_of_all_that_a_page_fetches() {
        let start = PAGES[0].most;
        let later = Some("it is first needed then");
        let mut sizes = vec![
            size("app.wasm", 400_000, start - 80, None),
            size("part-of-af-1.wasm", 90, 80, later),
            size("part-of-def-1.wasm", 9_000, 8_000, later),
            size("part-parts-1.css", 90, 80, later),
            size("part-framed-1.css", 90, 70, later),
        ];
        assert!(check(&sizes).is_ok());
        let sums: Vec<usize> = pages(&sizes).map(|(_, sent)| sent).collect();
        let (step, question) = (start + 8_000, start + 8_080);
        let (in_frames, all) = ([step - 10, question - 10], [start; PAGES.len() - 7]);
        assert_eq!(sums[..5], [start, step, question, start, start]);
        assert_eq!(sums[5..], [&in_frames[..], &all].concat());
        sizes[1].sent += 1;
        let told = check(&sizes).unwrap_err().to_string();
        assert!(told.contains("start page is 1 bytes over"), "{told}");
        assert!(check(&[size("index.html", 1, PAINT + 1, None)]).is_err());
        assert!(check(&[]).is_err());
    }

    #[test]
    fn the_table_has_every_file_and_the_sums() {
        let table = table(&[
            size("app.wasm", 1_000, 400, None),
            size("guide.html", 90, 80, Some("it opens on a click")),
        ]);
        assert_eq!(table.lines().count(), 6 + PAGES.len());
        for part in [
            "app.wasm",
            "1,000",
            "later: it opens",
            "1,090",
            "480",
            "400  of 175,000",
        ] {
            assert!(table.contains(part), "{part}:\n{table}");
        }
    }

    #[test]
    fn files_are_measured_as_they_are_sent() {
        let files = [
            ("a.txt", "a".repeat(1_000)),
            ("img/b", "7x9".to_owned()),
            ("part-c", String::new()),
        ];
        let sizes = of(&files
            .map(|(path, text)| (path.to_owned(), text.into_bytes()))
            .into());
        let paths: Vec<&str> = sizes.iter().map(|size| size.path.as_str()).collect();
        assert_eq!(paths, ["a.txt", "img/b", "part-c"]);
        assert!((4..40).contains(&first_load(&sizes)));
        assert!(
            sizes
                .iter()
                .all(|size| size.later.is_some() == size.path.starts_with("part-"))
        );
    }
}
