//! `cargo xtask lighthouse`: the release, scored by Lighthouse's mobile profile.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::server::Server;
use crate::{browsers, build, paths, process, tools};

/// The pages that are scored.
pub const PAGES: [&str; 11] = [
    "#/",
    "#/learn/one-live",
    "#/registry",
    "#/registry/fraud-detector",
    "#/practice",
    "#/practice/staging-for",
    "#/exercises",
    "#/exercises/first-promotion",
    "#/exercises/new?objective=release&par=2&models=1&distractors=0&seed=7",
    "#/check",
    "#/progress",
];

/// How Chromium is started: without a window, without calls of its own.
const CHROMIUM_FLAGS: &str = "--headless=new --no-sandbox --disable-gpu --disable-quic \
--no-first-run --disable-background-networking --disable-component-update --disable-sync";

/// Reads a report: first the scores, then what cost points.
const READER: &str = r#"
const report = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
if (report.runtimeError) console.log("error\t" + report.runtimeError.message);
for (const category of Object.values(report.categories)) {
  console.log(["score", category.title, Math.round(category.score * 100)].join("\t"));
  for (const { id, weight } of category.auditRefs) {
    const audit = report.audits[id];
    if (weight > 0 && audit.score !== null && audit.score < 1) {
      const value = audit.displayValue ? ` (${audit.displayValue})` : "";
      console.log(["cost", category.title, `${audit.title}${value}`].join("\t"));
    }
  }
}
"#;

/// Builds the release and scores its pages.
///
/// # Errors
///
/// When a tool cannot be had, or a score is under 100.
pub fn lighthouse() -> Result<(), Failure> {
    let chromium = match browsers::find_chromium() {
        Some(program) => program,
        None => browsers::chromium()?.program,
    };
    let lighthouse = tools::provide_npm("lighthouse", tools::LIGHTHOUSE)?.join("cli/index.js");
    build::release()?;
    // Lighthouse takes what has arrived before a paint for something that the paint needed, and its own slow line is only
    // computed. Without any line everything is here before the first paint.
    let server = Server::start_as_over_a_line(&paths::dist(), "/")
        .map_err(|error| Failure::step(format!("The release cannot be served: {error}.")))?;
    server.warm();

    let mut under = 0;
    for (at, page) in PAGES.iter().enumerate() {
        println!("Lighthouse looks at {page}: about half a minute.");
        let url = format!("{}{page}", server.url());
        let report = paths::target().join(format!("lighthouse-{at}.json"));
        measure(&lighthouse, &chromium, &url, &report)?;
        under += show(&report)?;
    }
    match under {
        0 => Ok(()),
        _ => Err(Failure::step(format!("{under} scores are under 100."))),
    }
}

fn measure(lighthouse: &Path, chromium: &Path, url: &str, report: &Path) -> Result<(), Failure> {
    let profile = Profile::new()?;
    let mut command = process::program("node");
    command
        .arg(lighthouse)
        .args([url, "--quiet", "--output=json", "--output-path"])
        .arg(report)
        .arg(format!(
            "--chrome-flags={CHROMIUM_FLAGS} --user-data-dir={}",
            profile.0.display()
        ))
        .env("CHROME_PATH", chromium);
    process::run(&mut command, "Lighthouse")
}

/// Prints the scores of a report; returns how many are under 100.
fn show(report: &Path) -> Result<usize, Failure> {
    let mut command = process::program("node");
    command.args(["--eval", READER]).arg(report);
    let lines = process::output(&mut command, "The reader of Lighthouse's report")?;
    let mut under = 0;
    for line in lines.lines() {
        let mut parts = line.split('\t');
        match (parts.next(), parts.next(), parts.next()) {
            (Some("score"), Some(title), Some(score)) => {
                under += usize::from(score != "100");
                println!("  {title:<16} {score:>3}");
            }
            (Some("cost"), Some(_), Some(what)) => println!("      {what}"),
            _ => return Err(Failure::step(format!("Lighthouse could not look: {line}"))),
        }
    }
    Ok(under)
}

/// A fresh folder for Chromium's profile, removed at the end.
struct Profile(PathBuf);

impl Profile {
    fn new() -> Result<Self, Failure> {
        let name = format!("model-stages-lighthouse-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).map_err(|error| {
            Failure::step(format!("{} cannot be made: {error}.", folder.display()))
        })?;
        Ok(Self(folder))
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
