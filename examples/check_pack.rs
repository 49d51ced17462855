//! Checks packs: `cargo run --package examples --bin check_pack -- PACK…`
//!
//! A pack is a file, or a folder with a file for each of its items. Prints every problem with its file and its place in it,
//! and ends with exit code 1 if there is one.
//!
//! With `--link ID PACK` it prints the link to an exercise of a pack: what is to stand behind the address of the app. Whoever
//! opens it needs nothing of the pack.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use lesson::exercise::standalone;
use lesson::pack::{self, Id, Pack, Problem, check};
use pack_folder::Folder;
use share::link_codec::MAX_ADDRESS;
use share::route::Route;
use share::task;
use text::Language;
use text::problem::problem;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["--link", id, path] => print_link(id, path),
        all if all.iter().any(|it| ["--help", "-h"].contains(it)) => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        [] | ["--link", ..] => {
            eprintln!("{USAGE}");
            ExitCode::FAILURE
        }
        paths => match paths.iter().find(|path| path.starts_with('-')) {
            Some(option) => {
                eprintln!("There is no option `{option}`.\n\n{USAGE}");
                ExitCode::FAILURE
            }
            None => print_problems(paths),
        },
    }
}

const USAGE: &str =
    "check_pack PACK…              checks packs and prints every problem with its place
check_pack --link ID PACK     prints the link to an exercise of a pack
check_pack --help             prints this

A pack is a file, or a folder such as content/en. One whose name begins with `-` is given as ./-NAME.";

fn print_problems(paths: &[&str]) -> ExitCode {
    let mut all = 0;
    for path in paths {
        let problems = match read(path) {
            Ok((pack, origin)) => origin.told(&check::check(&pack, &Route::is_page)),
            Err(problems) => problems,
        };
        for problem in &problems {
            println!("{problem}");
        }
        all += problems.len();
    }
    println!("packs: {}, problems: {all}", paths.len());
    if all == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Prints the link to an exercise. It is read back first, as the app reads it.
fn print_link(id: &str, path: &str) -> ExitCode {
    match link(id, path) {
        Ok(link) => {
            println!("{link}");
            ExitCode::SUCCESS
        }
        Err(problems) => {
            for problem in problems {
                eprintln!("{problem}");
            }
            ExitCode::FAILURE
        }
    }
}

fn link(id: &str, path: &str) -> Result<String, Vec<String>> {
    let (pack, origin) = read(path)?;
    let says = |what: &str| vec![format!("{path}: {what}")];
    let exercise = Id::parse(id)
        .and_then(|id| pack.exercise(&id))
        .ok_or_else(|| says(&format!("there is no exercise `{id}`")))?;
    standalone::read(&pack::standalone(&pack, exercise), &Route::is_page)
        .map_err(|problems| origin.told(&problems))?;
    let too_long = || says(&format!("it does not fit into {MAX_ADDRESS} letters"));
    let text = task::print(&pack, exercise).ok_or_else(too_long)?;
    let link = Route::Shared(text).to_string();
    if link.len() < MAX_ADDRESS {
        Ok(link)
    } else {
        Err(too_long())
    }
}

/// Reads a pack from a file or a folder.
fn read(path: &str) -> Result<(Pack, Origin<'_>), Vec<String>> {
    let folder = match Path::new(path).is_dir() {
        true => Some(pack_folder::read(Path::new(path))?),
        false => None,
    };
    let text = match &folder {
        Some(folder) => folder.pack.to_string(),
        None => fs::read_to_string(path)
            .map_err(|error| vec![format!("{path}: it cannot be read: {error}")])?,
    };
    let origin = Origin { path, folder };
    match pack::read(&text) {
        Ok(pack) => Ok((pack, origin)),
        Err(problems) => Err(origin.told(&problems)),
    }
}

/// What a pack was read from.
struct Origin<'a> {
    path: &'a str,
    folder: Option<Folder>,
}

impl Origin<'_> {
    /// Problems as an author reads them, each with its file and its place in it.
    fn told(&self, problems: &[Problem]) -> Vec<String> {
        let told = |found: &Problem| {
            let Some(folder) = &self.folder else {
                return format!("{}: {}", self.path, problem(Language::English, found));
            };
            let (file, place) = folder.locate(&found.place);
            let inside = Problem {
                place: place.to_owned(),
                wrong: found.wrong.clone(),
            };
            let file = Path::new(self.path).join(file);
            format!(
                "{}: {}",
                file.display(),
                problem(Language::English, &inside)
            )
        };
        problems.iter().map(told).collect()
    }
}
