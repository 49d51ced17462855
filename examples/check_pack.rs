//! Checks packs: `cargo run --no-default-features --example check_pack -- FILE…`
//!
//! Prints every problem with its place, and ends with exit code 1 if there is one.

use std::process::ExitCode;
use std::{env, fs};

use model_stages::lesson::pack::{self, check};
use model_stages::route::Route;
use model_stages::text::Language;
use model_stages::text::problem::problem;

fn main() -> ExitCode {
    let files: Vec<String> = env::args().skip(1).collect();
    if files.is_empty() {
        eprintln!("Say which files to check: check_pack FILE…");
        return ExitCode::FAILURE;
    }
    let mut all = 0;
    for file in &files {
        let problems = match problems(file) {
            Ok(problems) => problems,
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

fn problems(file: &str) -> std::io::Result<Vec<String>> {
    let text = fs::read_to_string(file)?;
    let is_page = |to: &str| !matches!(Route::parse(to), Route::NotFound(_));
    let problems = match pack::read(&text) {
        Ok(pack) => check::check(&pack, &is_page),
        Err(problems) => problems,
    };
    Ok(problems
        .iter()
        .map(|found| problem(Language::English, found))
        .collect())
}
