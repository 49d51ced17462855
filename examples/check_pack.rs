//! Checks packs: `cargo run --package examples --bin check_pack -- FILE…`
//!
//! Prints every problem with its place, and ends with exit code 1 if there is one.
//!
//! With `--link ID FILE` it prints the link to an exercise of a pack: what is to stand behind the address of the app. Whoever
//! opens it needs nothing of the pack.

use std::process::ExitCode;
use std::{env, fs, io};

use lesson::exercise::alone;
use lesson::pack::{self, Id, Pack, Problem, check};
use share::packed::MAX_ADDRESS;
use share::route::Route;
use share::task;
use text::Language;
use text::problem::problem;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["--link", id, file] => print_link(id, file),
        all if all.iter().any(|it| ["--help", "-h"].contains(it)) => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        [] | ["--link", ..] => {
            eprintln!("{USAGE}");
            ExitCode::FAILURE
        }
        files => match files.iter().find(|file| file.starts_with('-')) {
            Some(option) => {
                eprintln!("There is no option `{option}`.\n\n{USAGE}");
                ExitCode::FAILURE
            }
            None => print_problems(files),
        },
    }
}

const USAGE: &str =
    "check_pack FILE…              checks packs and prints every problem with its place
check_pack --link ID FILE     prints the link to an exercise of a pack
check_pack --help             prints this

A file whose name begins with `-` is given as ./-NAME.";

fn print_problems(files: &[&str]) -> ExitCode {
    let mut all = 0;
    for file in files {
        let problems = match read(file) {
            Ok(Ok(pack)) => words(&check::check(&pack, &Route::is_page)),
            Ok(Err(problems)) => words(&problems),
            Err(error) => vec![format!("it cannot be read: {error}")],
        };
        for problem in &problems {
            println!("{file}: {problem}");
        }
        all += problems.len();
    }
    println!("files: {}, problems: {all}", files.len());
    if all == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Prints the link to an exercise. It is read back first, as the app reads it.
fn print_link(id: &str, file: &str) -> ExitCode {
    match link(id, file) {
        Ok(link) => {
            println!("{link}");
            ExitCode::SUCCESS
        }
        Err(problems) => {
            for problem in problems {
                eprintln!("{file}: {problem}");
            }
            ExitCode::FAILURE
        }
    }
}

fn link(id: &str, file: &str) -> Result<String, Vec<String>> {
    let pack = read(file)
        .map_err(|error| vec![format!("it cannot be read: {error}")])?
        .map_err(|problems| words(&problems))?;
    let exercise = Id::parse(id)
        .and_then(|id| pack.exercise(&id))
        .ok_or_else(|| vec![format!("there is no exercise `{id}`")])?;
    alone::read(&pack::alone(&pack, exercise), &Route::is_page)
        .map_err(|problems| words(&problems))?;
    let too_long = || vec![format!("it does not fit into {MAX_ADDRESS} letters")];
    let text = task::print(&pack, exercise).ok_or_else(too_long)?;
    let link = Route::Shared(text).to_string();
    if link.len() < MAX_ADDRESS {
        Ok(link)
    } else {
        Err(too_long())
    }
}

fn read(file: &str) -> io::Result<Result<Pack, Vec<Problem>>> {
    Ok(pack::read(&fs::read_to_string(file)?))
}

fn words(problems: &[Problem]) -> Vec<String> {
    let words = |found| problem(Language::English, found);
    problems.iter().map(words).collect()
}
