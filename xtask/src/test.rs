//! `cargo xtask test`: every test, then a summary.

use std::path::Path;

use crate::args::Selection;
use crate::browsers::{self, Browser};
use crate::e2e::{self, Setting};
use crate::failure::Failure;
use crate::report::{Outcome, Report};
use crate::wasm::{self, Wasm};
use crate::{apt, bench, build, paths, process, tools};

/// Runs the tests of a selection and prints how each step ended.
///
/// # Errors
///
/// When a step failed.
pub fn test(selection: &Selection) -> Result<(), Failure> {
    let mut report = Report::default();
    let all = selection.is_all();
    if all || selection.native {
        native(&mut report);
    }
    if all {
        web(&mut report);
    }
    if all || selection.e2e {
        end_to_end(&mut report, selection.name.as_deref(), all);
    }
    report.finish()
}

/// What needs no browser.
fn native(report: &mut Report) {
    cargo(report, "format", "fmt --all --check");
    cargo(
        report,
        "clippy: the core",
        "clippy-core --quiet -- -D warnings",
    );
    cargo(
        report,
        "clippy: the folder of packs, xtask, e2e and the registry for Python",
        "clippy --quiet --package xtask --package e2e --package python-core --all-targets -- -D warnings",
    );
    report.step("native tests", || {
        if paths::on_path("python3").is_none() {
            // Where there is none, the tests that need it say so, and fail in CI.
            let _ = apt::install(&["python3"]);
        }
        let line = "test-core --quiet";
        let run = process::run(&mut process::cargo(line), &format!("`cargo {line}`"));
        run.inspect_err(|_| {
            // `.cargo/config.toml` gives one, unless somebody has asked for another.
            if let Ok(seed) = std::env::var("PROPTEST_RNG_SEED") {
                println!("Generated cases were those of PROPTEST_RNG_SEED={seed}.");
            }
        })
        .map(|()| Outcome::Done)
    });
    cargo(
        report,
        "tests of the folder of packs, of xtask and of the registry for Python",
        "test --quiet --package xtask --package python-core",
    );
}

/// The app as the browser gets it.
fn web(report: &mut Report) {
    let mut target = None;
    report.step("WebAssembly target", || {
        let wasm = wasm::provide()?;
        println!("It is {}.", wasm.place());
        target = Some(wasm);
        Ok(Outcome::Done)
    });
    let Some(wasm) = target else { return };
    let clippy = "clippy --quiet --package el --package model-stages";
    // Debian's toolchain has no clippy; the app compiles for this machine as well.
    let clippy = match wasm.installed {
        true => format!("{clippy} --target {} -- -D warnings", wasm::TARGET),
        false => format!("{clippy} -- -D warnings"),
    };
    cargo(report, "clippy: the app", &clippy);
    if has_browser_tests(&paths::root().join("tests")) {
        report.step("tests in WebAssembly", || in_webassembly(&wasm));
    }
}

/// The end-to-end tests, on the release, in both browsers. Only with `all` it is built once more, and a browser killed again
/// and again: that takes minutes.
fn end_to_end(report: &mut Report, name: Option<&str>, all: bool) {
    let built = report.step("release build", || build::release().map(|()| Outcome::Done));
    if built {
        report.step("sizes", || build::check_sizes().map(|()| Outcome::Done));
    }
    if built && all {
        report.step("the same bytes again", || {
            build::again().map(|()| Outcome::Done)
        });
    }
    let mut setting = Setting::default();
    report.step("Chromium", || {
        provide(browsers::chromium, &mut setting.chromium)
    });
    report.step("Firefox", || {
        provide(browsers::firefox, &mut setting.firefox)
    });
    report.step("axe-core", || provide(e2e::axe, &mut setting.axe));
    if !built {
        return report.skip("end-to-end tests", "there is no release to test");
    }
    if setting.chromium.is_none() && setting.firefox.is_none() {
        return report.skip("end-to-end tests", "there is no browser");
    }
    report.step("end-to-end tests", || {
        let mut command = process::cargo("test --package e2e");
        command.args(name);
        setting.apply(&mut command);
        process::run(&mut command, "`cargo test --package e2e`").map(|()| Outcome::Done)
    });
    if let (Some(chromium), true) = (setting.chromium, all) {
        report.step("killed browsers", || {
            bench::kill_with(chromium).map(|()| Outcome::Done)
        });
    }
}

/// Puts what is provided into `place`. What cannot be had is skipped, but not where CI runs.
fn provide<T: std::fmt::Display>(
    get: impl FnOnce() -> Result<T, Failure>,
    place: &mut Option<T>,
) -> Result<Outcome, Failure> {
    match get() {
        Ok(found) => {
            println!("It is here: {found}");
            *place = Some(found);
            Ok(Outcome::Done)
        }
        Err(failure) if is_ci() => Err(failure),
        Err(failure) => Ok(Outcome::Skipped(failure.to_string())),
    }
}

fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| value == "true" || value == "1")
}

fn cargo(report: &mut Report, name: &str, line: &str) {
    report.step(name, || {
        process::run(&mut process::cargo(line), &format!("`cargo {line}`")).map(|()| Outcome::Done)
    });
}

/// Whether a test is written for wasm-bindgen's runner.
fn has_browser_tests(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return false;
    };
    entries.flatten().any(|entry| {
        entry.path().extension().is_some_and(|end| end == "rs")
            && std::fs::read_to_string(entry.path())
                .is_ok_and(|text| text.contains("wasm_bindgen_test"))
    })
}

/// Runs the tests that are compiled to WebAssembly, in Chromium.
fn in_webassembly(wasm: &Wasm) -> Result<Outcome, Failure> {
    let mut chromium: Option<Browser> = None;
    let outcome = provide(browsers::chromium, &mut chromium)?;
    let Some(chromium) = chromium else {
        return Ok(outcome);
    };
    let runner = tools::wasm_bindgen_test_runner()?.provide()?;
    let mut command = process::cargo("test --package model-stages --tests");
    command
        .args(["--target", wasm::TARGET])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", &chromium.driver);
    wasm.apply(&mut command);
    process::run(&mut command, "The run of the tests").map(|()| Outcome::Done)
}
