//! The programs that make pages of the kinds that authors write: MkDocs Material, Sphinx with the H5P resizer, reveal.js. The
//! end-to-end tests build such pages with a frame of the app in them.

use std::path::PathBuf;

use eyre::{Result, WrapErr};
use xshell::{Shell, cmd};

use crate::shell::{on_path, try_first};
use crate::tools::{self, Variable};

/// The packages, each with its version; what they depend on is as it is then.
const PACKAGES: [&str; 5] = [
    "mkdocs==1.6.1",
    "mkdocs-material==9.8.2",
    "Sphinx==8.1.3",
    "myst-parser==4.0.1",
    "sphinx-iframes==1.2.1",
];
/// The version of reveal.js.
pub const REVEAL: (&str, &str) = ("reveal.js", "6.0.2");

/// Returns the Python that has the packages, if it is here.
pub fn find() -> Option<PathBuf> {
    let home = home().ok()?;
    home.join("ready")
        .is_file()
        .then(|| home.join("bin/python"))
}

/// A folder for these versions and no others.
fn home() -> Result<PathBuf> {
    let versions = PACKAGES.map(|package| package.rsplit('=').next().unwrap_or_default());
    Ok(tools::folder()?.join(format!("hosts-{}", versions.join("-"))))
}

/// Provides the programs.
pub fn provide(sh: &Shell) -> Result<Vec<Variable>> {
    let reveal = tools::provide_npm(sh, REVEAL)?;
    let python = match find() {
        Some(python) => python,
        None => install(sh)
            .wrap_err("MkDocs and Sphinx are not here, and could not be installed from PyPI.")?,
    };
    Ok(vec![("E2E_HOSTS_PYTHON", python), ("E2E_REVEAL", reveal)])
}

fn install(sh: &Shell) -> Result<PathBuf> {
    println!("MkDocs and Sphinx are not here: installing them from PyPI (about a minute, once).");
    let home = sh.create_dir(home()?)?;
    if on_path("python3").is_none() {
        tools::apt_install(sh, &["python3", "python3-venv"])?;
    }
    cmd!(sh, "python3 -m venv --clear {home}").run()?;
    let python = home.join("bin/python");
    let quiet = ["--quiet", "--disable-pip-version-check"];
    try_first(cmd!(sh, "{python} -m pip install {quiet...} {PACKAGES...}"))?;
    sh.write_file(home.join("ready"), "")?;
    Ok(python)
}
