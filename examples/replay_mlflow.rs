//! Replays recordings of the real MLflow: `cargo run --package examples --bin replay_mlflow -- FILE…`.
//!
//! Prints every difference, then `traces: N, steps: N, differences: N`. Exits with 1 where there is a difference and
//! with 2 where a file can't be read.
#![allow(
    clippy::indexing_slicing,
    reason = "indexing a serde_json value gives null for what is not there"
)]

use std::process::ExitCode;

use test_support::recording;

fn main() -> ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        eprintln!("usage: replay_mlflow FILE…");
        return ExitCode::from(2);
    }
    let mut report = recording::Report::default();
    for file in files {
        let read = std::fs::read_to_string(&file)
            .map_err(|error| error.to_string())
            .and_then(|text| report.add(&text));
        if let Err(error) = read {
            eprintln!("{file}: {error}");
            return ExitCode::from(2);
        }
    }
    for difference in &report.differences {
        println!("{difference}");
    }
    println!(
        "traces: {}, steps: {}, differences: {}",
        report.traces,
        report.steps,
        report.differences.len()
    );
    if report.differences.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(1)
    }
}
