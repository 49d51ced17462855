//! `cargo xtask test-mlflow`: exported histories, run on a real MLflow server, and Python statements, run in the real MLflow
//! and in the simulated one.

use std::fs;
use std::path::{Path, PathBuf};

use crate::args::Real;
use crate::failure::Failure;
use crate::{apt, paths, process, tools};

/// The version of MLflow that the simulator does as.
pub const MLFLOW: &str = "3.18.0";
/// The version of nbformat, which checks notebooks.
pub const NBFORMAT: &str = "5.10.4";

/// Provides MLflow, exports histories, runs them on a server and compares.
///
/// # Errors
///
/// When MLflow cannot be had, or the server has something else than the simulator.
pub fn test(real: &Real) -> Result<(), Failure> {
    if paths::on_path("curl").is_none() {
        apt::install(&["curl"])?;
    }
    let python = provide()?;
    let build = "build --quiet --package examples --bins";
    process::run(&mut process::cargo(build), "The build of the examples")?;
    let exporter = paths::target().join("debug/export_histories");
    let console = paths::target().join("debug/console");
    let folder = std::env::temp_dir().join(format!("model-stages-mlflow-{}", std::process::id()));
    create(&folder)?;
    let mut drive = process::program(&python);
    drive
        .arg(paths::root().join("xtask/src/mlflow/drive.py"))
        .arg(exporter)
        .args([real.seed.to_string(), real.histories.to_string()])
        .arg(&folder)
        .arg(if real.record {
            paths::root().join("tests/recordings/rest.jsonl")
        } else {
            fresh().join("rest.jsonl")
        })
        .envs([
            ("MLFLOW_DISABLE_TELEMETRY", "true"),
            ("DO_NOT_TRACK", "true"),
            ("MLFLOW_LOGGING_LEVEL", "ERROR"),
            ("PYTHONDONTWRITEBYTECODE", "1"),
            ("PYTHONWARNINGS", "ignore"),
        ]);
    println!(
        "MLflow {MLFLOW}: {} histories from seed {}.",
        real.histories, real.seed
    );
    let done = process::run(&mut drive, "The run on MLflow")
        .and_then(|()| statements(&python, &console, real, &folder));
    if done.is_ok() {
        // What went wrong can be looked at; what went well need not stay.
        let _ = fs::remove_dir_all(&folder);
    } else {
        println!("What was run is in {}.", folder.display());
    }
    done?;
    answers(real)
}

/// Where the answers stand that are asked for only to be compared.
fn fresh() -> PathBuf {
    paths::target().join("recordings")
}

/// Compares the server's answers, to other requests and filters with another seed, with those of the simulated server.
fn answers(real: &Real) -> Result<(), Failure> {
    let mut compare = process::cargo("test --quiet --package console --test rest recorded");
    if !real.record {
        compare.env("RECORDINGS", fresh());
    }
    process::run(&mut compare, "The comparison of the REST answers")
}

/// Runs Python statements in the real MLflow and in the simulated one, and compares; so are the names that MLflow has.
fn statements(python: &Path, console: &Path, real: &Real, folder: &Path) -> Result<(), Failure> {
    let mut names = process::program(python);
    names
        .arg(paths::root().join("python/make_names.py"))
        .arg("--check");
    process::run(&mut names, "The comparison of MLflow's names")?;
    let mut compare = process::program(python);
    compare
        .arg(paths::root().join("xtask/src/mlflow/python.py"))
        .arg(console)
        .args([real.seed.to_string(), real.statements.to_string()])
        .arg(folder)
        .env("PYTHONDONTWRITEBYTECODE", "1");
    process::run(&mut compare, "The comparison of Python statements")
}

/// The Python that has MLflow, if it is here.
#[must_use]
pub fn find() -> Option<PathBuf> {
    let home = home().ok()?;
    home.join("ready").is_file().then(|| interpreter(&home))
}

fn home() -> Result<PathBuf, Failure> {
    Ok(tools::folder()?.join(format!("mlflow-{MLFLOW}")))
}

fn interpreter(home: &Path) -> PathBuf {
    home.join("bin/python")
}

/// The Python that has MLflow, in a folder of its own.
fn provide() -> Result<PathBuf, Failure> {
    if let Some(found) = find() {
        return Ok(found);
    }
    println!("MLflow {MLFLOW} is not here: installing it from PyPI (some minutes, once).");
    let home = home()?;
    create(&home)?;
    if paths::on_path("python3").is_none() {
        apt::install(&["python3", "python3-venv"])?;
    }
    let mut venv = process::program("python3");
    process::run(
        venv.args(["-m", "venv", "--clear"]).arg(&home),
        "`python3 -m venv`",
    )?;
    let python = interpreter(&home);
    let install = |what: &[&str]| {
        let mut pip = process::program(&python);
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .args(what);
        process::run(&mut pip, "`pip install`")
    };
    let (exact, checker) = (format!("mlflow=={MLFLOW}"), format!("nbformat=={NBFORMAT}"));
    install(&[&exact, &checker]).or_else(|_| {
        // Some indexes have MLflow itself, but not yet all that it depends on. The newest that is whole brings nearly the
        // same packages, and MLflow's own has all of its code.
        println!(
            "Not all that it depends on is there: trying with what the release before it needs."
        );
        install(&[&format!("mlflow<={MLFLOW}"), &checker])?;
        install(&["--no-deps", "--force-reinstall", &exact])
    })?;
    fs::write(home.join("ready"), "").map_err(|error| {
        Failure::step(format!("{} cannot be written to: {error}.", home.display()))
    })?;
    Ok(python)
}

fn create(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| {
        Failure::step(format!(
            "The folder {} cannot be made: {error}.",
            folder.display()
        ))
    })
}
