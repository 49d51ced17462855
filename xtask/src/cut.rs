//! The WebAssembly, cut at the functions marked with `wasm_split`, and its pieces, put together into the files that pages fetch.

use std::collections::BTreeMap;
use std::path::Path;

use eyre::Result;
use xshell::Shell;

use crate::joined::{filled, joined};
use crate::module;
use crate::pages::{self, GROUP, Group};

/// What the file is called that fetches the parts; both names stand for it until the number is known.
pub const LINK: &str = "./parts-BUILD.js";
/// What the file is called that the parts get at the rest of the app by.
pub const MAIN: &str = "./model-stages-BUILD.js";

/// A piece of the WebAssembly: its name, and what it is.
type Piece = (String, Vec<u8>);

/// How many files the pieces make that pages share: more would make a slow machine wait, fewer would have more in them that a page
/// does not need.
const FILES: usize = 32;
/// What one more file costs a page, in bytes of WebAssembly.
const FILE: i64 = 700;
/// Files below this size, in bytes, go together with others: a request for each would take a slow machine longer than the
/// bytes.
const SMALL: usize = 8_000;

/// The pieces that the WebAssembly was cut into.
pub struct Parts {
    pub pieces: Vec<String>,
    /// The pieces that each split point needs, by its name.
    pub needs: BTreeMap<String, Vec<String>>,
}

/// A file of the release: the pieces that are fetched together, as one module.
pub struct File {
    /// What it is called before its number.
    pub name: String,
    pub pieces: Vec<String>,
    pub bytes: Vec<u8>,
}

impl Parts {
    /// Returns whether a part needs a piece.
    fn need(&self, part: &str, piece: &str) -> bool {
        let needs = self.needs.get(part);
        needs.is_some_and(|known| known.iter().any(|known| known == piece))
    }

    /// Returns which of [`PARTS`] need a piece.
    fn group(&self, piece: &str) -> Group {
        Group::of(|part| self.need(part, piece))
    }

    /// Returns the pieces, put together into as few files as the pages allow.
    pub fn joined(&self, sh: &Shell, work: &Path) -> Result<Vec<File>> {
        let mut files = Vec::new();
        let mut small = Vec::new();
        let mut groups: BTreeMap<Group, Vec<Piece>> = BTreeMap::new();
        for name in &self.pieces {
            let bytes = sh.read_binary_file(work.join(format!("{name}.wasm")))?;
            let bytes = module::without_notes(&bytes)?;
            let group = self.group(name);
            if group != Group::NONE {
                groups.entry(group).or_default().push((name.clone(), bytes));
            } else if bytes.len() >= SMALL {
                let file = format!("part-{}", part_name(name));
                files.push(File::of(file, vec![(name.clone(), bytes)])?);
            } else {
                small.push((name.clone(), bytes));
            }
        }
        let mut sizes = BTreeMap::new();
        for (group, pieces) in &groups {
            let size = pieces.iter().map(|(_, bytes)| filled(bytes));
            sizes.insert(*group, size.sum::<Result<usize>>()?);
        }
        let needs = pages::PAGES
            .iter()
            .map(|page| (page.group(), page.weight()));
        for (letters, groups_of_file) in few_files(&sizes, &needs.collect::<Vec<_>>(), FILES) {
            let pieces = groups_of_file.iter().filter_map(|of| groups.remove(of));
            let pieces = pieces.flatten().collect();
            files.push(File::of(format!("{GROUP}{}", letters.letters()), pieces)?);
        }
        if !small.is_empty() {
            files.push(File::of("part-pieces".to_owned(), small)?);
        }
        Ok(files)
    }

    /// Returns whether a part needs a file.
    pub fn fetch(&self, part: &str, file: &File) -> bool {
        file.pieces.iter().any(|piece| self.need(part, piece))
    }
}

impl File {
    fn of(name: String, pieces: Vec<Piece>) -> Result<Self> {
        let modules: Vec<&[u8]> = pieces.iter().map(|(_, bytes)| bytes.as_slice()).collect();
        let bytes = joined(&modules)?;
        let pieces = pieces.into_iter().map(|(piece, _)| piece).collect();
        Ok(Self {
            name,
            pieces,
            bytes,
        })
    }
}

/// Puts groups together, two at a time, as long as there are more than `most`, or that costs the pages nothing. Those two go together
/// that cost the pages least: what a page then fetches and does not need counts, and so does each file. Returns which groups are in
/// each file, by all that need it.
fn few_files(
    sizes: &BTreeMap<Group, usize>,
    pages: &[(Group, usize)],
    most: usize,
) -> Vec<(Group, Vec<Group>)> {
    let mut files: Vec<(Group, usize, Vec<Group>)> = sizes
        .iter()
        .map(|(group, size)| (*group, *size, vec![*group]))
        .collect();
    let cost = |one: &(Group, usize, _), other: &(Group, usize, _)| {
        let costs = pages.iter().map(|(page, weight)| {
            let cost = match (page.meets(one.0), page.meets(other.0)) {
                (true, true) => -FILE,
                (true, false) => signed(other.1),
                (false, true) => signed(one.1),
                (false, false) => 0,
            };
            cost * signed(*weight)
        });
        costs.sum::<i64>()
    };
    loop {
        let pairs = files.iter().enumerate().flat_map(|(at, one)| {
            let rest = files.iter().enumerate().take(at);
            rest.map(move |(to, other)| (cost(one, other), to, at))
        });
        let Some((cost, to, at)) = pairs.min() else {
            break;
        };
        if cost > 0 && files.len() <= most {
            break;
        }
        let (group, size, groups) = files.remove(at);
        if let Some(file) = files.get_mut(to) {
            *file = (
                file.0.with(group),
                file.1 + size,
                [std::mem::take(&mut file.2), groups].concat(),
            );
        }
    }
    let files = files.into_iter();
    files.map(|(group, _, groups)| (group, groups)).collect()
}

fn signed(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

/// Cuts `input` into files in `work`.
pub fn cut(input: &[u8], work: &Path) -> Result<Parts> {
    let main = work.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(input);
    options.output_dir = work;
    options.main_out_path = &main;
    options.link_name = LINK;
    options.main_module = MAIN;
    let done = wasm_split_cli_support::transform(options)?;
    let mut pieces: Vec<String> = done
        .split_modules
        .iter()
        .filter(|path| path.is_file())
        .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    pieces.sort();
    Ok(Parts {
        pieces,
        needs: done.prefetch_map.into_iter().collect(),
    })
}

/// The name of a part by the file that it was cut into: letters, digits and dashes.
fn part_name(file: &str) -> String {
    let stem = file.trim_end_matches(".wasm");
    let name = stem.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
    name.trim_matches('-').to_owned()
}

/// Parts, each with the one piece that it needs.
#[cfg(test)]
pub fn parts(needs: &[(&str, &str)]) -> Parts {
    let needs = needs
        .iter()
        .map(|(part, piece)| ((*part).to_owned(), vec![(*piece).to_owned()]));
    Parts {
        pieces: Vec::new(),
        needs: needs.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_piece_is_grouped_by_the_parts_that_need_it() {
        let parts = parts(&[("start", "a"), ("claims", "a"), ("console", "b")]);
        assert_eq!(parts.group("a").letters(), "ae");
        assert_eq!(parts.group("b"), Group::NONE);
    }

    /// Returns which groups go together, as their letters.
    fn together(sizes: &[(&str, usize)], pages: &[(&str, usize)], most: usize) -> Vec<String> {
        let sizes = sizes.iter().map(|(of, size)| (Group::named(of), *size));
        let pages = pages.iter().map(|(of, weight)| (Group::named(of), *weight));
        let files = few_files(&sizes.collect(), &pages.collect::<Vec<_>>(), most);
        let mut files: Vec<String> = files
            .into_iter()
            .map(|(letters, of)| format!("{}: {}", letters.letters(), of.len()))
            .collect();
        files.sort();
        files
    }

    #[test]
    fn what_the_same_pages_fetch_is_one_file() {
        let sizes = [
            ("a", 9_000),
            ("ab", 9_000),
            ("b", 9_000),
            ("c", 9_000),
            ("bc", 9_000),
        ];
        // Page `b` fetches `c` anyway.
        let files = together(&sizes, &[("a", 1), ("bc", 1)], 9);
        assert_eq!(files, ["a: 1", "ab: 1", "bc: 3"]);
    }

    #[test]
    fn what_is_small_goes_where_it_costs_least() {
        let sizes = [
            ("a", 90_000),
            ("abc", 80_000),
            ("ab", 100),
            ("c", 5_000),
            ("d", 1_000),
        ];
        let pages = [("a", 3), ("b", 1), ("c", 1), ("d", 1)];
        assert_eq!(
            together(&sizes, &pages, 9),
            ["a: 1", "abc: 2", "c: 1", "d: 1"]
        );
        assert_eq!(together(&sizes, &pages, 3), ["a: 1", "abc: 2", "cd: 2"]);
    }

    #[test]
    fn parts_have_plain_names() {
        assert_eq!(part_name("module_1_registry.wasm"), "module-1-registry");
    }
}
