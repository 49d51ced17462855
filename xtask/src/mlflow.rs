//! `cargo xtask test-mlflow`: exported histories, run on a real MLflow server, and Python statements, run in the real MLflow
//! and in the simulated one.

use std::path::{Path, PathBuf};

use clap::Args;
use eyre::Result;
use xshell::{Shell, cmd};

use crate::shell::{on_path, root, target, try_first};
use crate::tools;

/// The version of MLflow that the simulator does as.
pub const MLFLOW: &str = "3.18.0";
/// The version of nbformat, which checks notebooks.
const NBFORMAT: &str = "5.10.4";

/// What is run on a real MLflow server.
#[derive(Debug, PartialEq, Eq, Args)]
pub struct Comparison {
    /// Where the histories come from; the same seed makes the same.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many histories.
    #[arg(long, value_name = "N", default_value_t = 30)]
    histories: u32,
    /// How many Python statements, beside those written by hand.
    #[arg(long, value_name = "N", default_value_t = 240)]
    statements: u32,
    /// Record the server's answers anew, in tests/recordings/rest.jsonl.
    #[arg(long)]
    record: bool,
}

/// Provides MLflow, exports histories, runs them on a server and compares.
pub fn test(sh: &Shell, comparison: &Comparison) -> Result<()> {
    if on_path("curl").is_none() {
        tools::apt_install(sh, &["curl"])?;
    }
    let python = provide(sh)?;
    cmd!(sh, "cargo build --quiet --package examples --bins").run()?;
    let folder = std::env::temp_dir().join(format!("model-stages-mlflow-{}", std::process::id()));
    sh.create_dir(&folder)?;
    on_server(sh, &python, comparison, &folder)
        .and_then(|()| statements(sh, &python, comparison, &folder))
        .inspect_err(|_| println!("What was run is in {}.", folder.display()))?;
    // What went wrong can be looked at; what went well need not stay.
    sh.remove_path(&folder)?;
    // The server's answers, to other requests and filters with another seed, and those of the simulated server.
    let answers = cmd!(
        sh,
        "cargo test --quiet --package console --test rest recorded"
    );
    let answers = match comparison.record {
        true => answers,
        false => answers.env("RECORDINGS", fresh()),
    };
    Ok(answers.run()?)
}

/// Returns where the answers stand that are asked for only to be compared.
fn fresh() -> PathBuf {
    target().join("recordings")
}

fn on_server(sh: &Shell, python: &Path, comparison: &Comparison, folder: &Path) -> Result<()> {
    let Comparison {
        seed,
        histories,
        record,
        ..
    } = comparison;
    let (seed, histories) = (seed.to_string(), histories.to_string());
    println!("MLflow {MLFLOW}: {histories} histories from seed {seed}.");
    let exporter = target().join("debug/export_histories");
    let recordings = if *record {
        root().join("tests/recordings")
    } else {
        fresh()
    };
    let answers = recordings.join("rest.jsonl");
    let drive = cmd!(
        sh,
        "{python} xtask/src/mlflow/drive.py {exporter} {seed} {histories} {folder} {answers}"
    );
    let drive = drive.envs([
        ("MLFLOW_DISABLE_TELEMETRY", "true"),
        ("DO_NOT_TRACK", "true"),
        ("MLFLOW_LOGGING_LEVEL", "ERROR"),
        ("PYTHONDONTWRITEBYTECODE", "1"),
        ("PYTHONWARNINGS", "ignore"),
    ]);
    Ok(drive.run()?)
}

/// Runs Python statements in the real MLflow and in the simulated one, and compares; so are the names that MLflow has.
fn statements(sh: &Shell, python: &Path, comparison: &Comparison, folder: &Path) -> Result<()> {
    cmd!(sh, "{python} python/make_names.py --check").run()?;
    let console = target().join("debug/console");
    let (seed, made) = (
        comparison.seed.to_string(),
        comparison.statements.to_string(),
    );
    let compare = cmd!(
        sh,
        "{python} xtask/src/mlflow/python.py {console} {seed} {made} {folder}"
    );
    Ok(compare.env("PYTHONDONTWRITEBYTECODE", "1").run()?)
}

/// Returns the Python that has MLflow, if it is here.
pub fn find() -> Option<PathBuf> {
    let home = home().ok()?;
    home.join("ready")
        .is_file()
        .then(|| home.join("bin/python"))
}

fn home() -> Result<PathBuf> {
    Ok(tools::folder()?.join(format!("mlflow-{MLFLOW}")))
}

/// Returns the Python that has MLflow, in a folder of its own.
fn provide(sh: &Shell) -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    println!("MLflow {MLFLOW} is not here: installing it from PyPI (some minutes, once).");
    let home = sh.create_dir(home()?)?;
    if on_path("python3").is_none() {
        tools::apt_install(sh, &["python3", "python3-venv"])?;
    }
    cmd!(sh, "python3 -m venv --clear {home}").run()?;
    let python = home.join("bin/python");
    let pip = || {
        cmd!(
            sh,
            "{python} -m pip install --quiet --disable-pip-version-check"
        )
    };
    let (exact, checker) = (format!("mlflow=={MLFLOW}"), format!("nbformat=={NBFORMAT}"));
    if try_first(pip().args([&exact, &checker])).is_err() {
        // Some indexes have MLflow itself, but not yet all that it depends on. The newest that is whole brings nearly the
        // same packages, and MLflow's own has all of its code.
        println!(
            "Not all that it depends on is there: trying with what the release before it needs."
        );
        pip().args([&format!("mlflow<={MLFLOW}"), &checker]).run()?;
        pip()
            .args(["--no-deps", "--force-reinstall", &exact])
            .run()?;
    }
    sh.write_file(home.join("ready"), "")?;
    Ok(python)
}
