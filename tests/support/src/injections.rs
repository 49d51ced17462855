//! Texts that try to be more than texts: markup, scripts, addresses, formulas, what turns around or cannot be seen, what
//! looks alike, and what is very long. One to a line of the file, as JSON.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

/// All of them.
pub fn injections() -> Vec<String> {
    let lines = include_str!("../../data/injections.jsonl").lines();
    let all: Vec<String> = lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(all.len() > 50, "{}", all.len());
    all
}
