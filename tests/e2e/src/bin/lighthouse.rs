//! `cargo xtask lighthouse`: the release, scored by Lighthouse's mobile profile in Chromium.

use std::path::Path;
use std::process::{Command, ExitCode};

use e2e::browser::fresh_folder;
use e2e::server::Server;
use e2e::setting::Setting;
use e2e::{Failure, Outcome};
use serde_json::Value;

/// The pages that are scored. Those of one kind alone: their part of an address as the first argument.
const PAGES: [&str; 21] = [
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
    "#/settings",
    "#/embed/question/staging-for",
    "#/embed/questions/staging-for,tag-or-alias",
    "#/embed/step/one-live",
    "#/embed/exercise/first-promotion",
    "#/embed/exercise/new?objective=release&par=2&models=1&distractors=0&seed=7",
    "#/embed/scene",
    "#/embed/registry",
    "#/embed/diagram",
    "#/embed/console",
];
/// The pages of a class. A teacher opens them before the lesson: their speed is only told, but nothing may jump.
const OF_A_CLASS: [&str; 5] = [
    "#/class",
    "#/class/worksheet",
    "#/class/answers",
    "#/class/handout",
    "#/audience",
];
/// How much may move after the first paint, as Lighthouse counts it.
const SHIFT: f64 = 0.05;

/// From where on a score is shown as 100.
const FULL: f64 = 0.995;

/// How Chromium is started: without a window, without calls of its own.
const CHROMIUM_FLAGS: &str = "--headless=new --no-sandbox --disable-gpu --disable-quic \
--no-first-run --disable-background-networking --disable-component-update --disable-sync";

fn main() -> ExitCode {
    match score() {
        Ok(0) => ExitCode::SUCCESS,
        Ok(under) => {
            println!("{under} scores are under 100.");
            ExitCode::FAILURE
        }
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

/// Scores all pages; gives how many scores are under 100.
fn score() -> Outcome<usize> {
    let setting = Setting::read();
    let (Some(dist), Some(chromium), Some(lighthouse)) =
        (setting.dist, setting.chromium, setting.lighthouse)
    else {
        return Err(
            "E2E_DIST, E2E_CHROMIUM, E2E_CHROMEDRIVER or E2E_LIGHTHOUSE is not set.".into(),
        );
    };
    // Lighthouse takes what has arrived before a paint for something that the paint needed, and its own slow line is only
    // computed. Without any line everything is here before the first paint.
    let server = Server::start_as_over_a_line(&dist, "/")?;
    server.warm();
    let mut under = 0;
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let pages = PAGES.iter().map(|page| (page, true));
    let pages = pages.chain(OF_A_CLASS.iter().map(|page| (page, false)));
    for (page, is_fast) in pages.filter(|(page, _)| page.contains(&wanted)) {
        println!("Lighthouse looks at {page}: half a minute, or two.");
        let url = format!("{}{page}", server.url());
        under += show(
            &middle(|| report(&lighthouse, &chromium.browser, &url))?,
            is_fast,
        )?;
    }
    Ok(under)
}

/// Returns what Lighthouse says of a page. Where something else keeps the machine busy, a page is slower than it is: if the first
/// look finds it slow, the middle one of three counts.
fn middle(look: impl Fn() -> Outcome<Value>) -> Outcome<Value> {
    let speed = |report: &Value| {
        let speed = report.pointer("/categories/performance/score");
        speed.and_then(Value::as_f64).unwrap_or_default()
    };
    let first = look()?;
    if speed(&first) >= FULL {
        return Ok(first);
    }
    let mut looks = [first, look()?, look()?];
    looks.sort_by(|one, other| speed(one).total_cmp(&speed(other)));
    let [_, middle, _] = looks;
    Ok(middle)
}

/// Lets Lighthouse look at a page, in a browser with a fresh profile.
fn report(lighthouse: &Path, chromium: &Path, url: &str) -> Outcome<Value> {
    let folder = fresh_folder("lighthouse")?;
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("report.json");
    let profile = folder.join("profile");
    let status = Command::new("node")
        .arg(lighthouse)
        .args([url, "--quiet", "--output=json", "--output-path"])
        .arg(&file)
        .arg(format!(
            "--chrome-flags={CHROMIUM_FLAGS} --user-data-dir={}",
            profile.display()
        ))
        .env("CHROME_PATH", chromium)
        .status()?;
    let report = std::fs::read(&file);
    let _ = std::fs::remove_dir_all(&folder);
    match status.success() {
        true => Ok(serde_json::from_slice(&report?)?),
        false => Err(Failure::new(format!("Lighthouse ended with {status}."))),
    }
}

/// Prints the scores of a report, and what cost points; gives how many are under 100. Where the page need not be fast, how much
/// has moved counts instead of its speed.
fn show(report: &Value, is_fast: bool) -> Outcome<usize> {
    if let Some(message) = report.pointer("/runtimeError/message") {
        return Err(Failure::new(format!(
            "Lighthouse could not look: {message}"
        )));
    }
    let categories = report["categories"]
        .as_object()
        .ok_or("The report has no scores.")?;
    let mut under = 0;
    for (id, category) in categories {
        let score = category["score"].as_f64().unwrap_or_default();
        under += usize::from(match is_fast || id != "performance" {
            true => score < FULL,
            false => {
                let shift = report.pointer("/audits/cumulative-layout-shift/numericValue");
                shift
                    .and_then(Value::as_f64)
                    .is_none_or(|shift| shift >= SHIFT)
            }
        });
        let title = category["title"].as_str().unwrap_or_default();
        println!("  {title:<16} {:>3.0}", score * 100.0);
        for of in category["auditRefs"].as_array().into_iter().flatten() {
            let id = of["id"].as_str().unwrap_or_default();
            let Some(audit) = report.pointer(&format!("/audits/{id}")) else {
                continue;
            };
            let has_weight = of["weight"].as_f64().unwrap_or_default() > 0.0;
            if has_weight && audit["score"].as_f64().is_some_and(|score| score < 1.0) {
                let said = |field: &str| audit[field].as_str().unwrap_or_default();
                println!("      {} {}", said("title"), said("displayValue"));
            }
        }
    }
    Ok(under)
}
