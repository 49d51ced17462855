//! The tools folder, and how each tool gets there.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::{apt, lockfile, paths, process};

/// The version of Trunk that `Trunk.toml` is written for.
pub const TRUNK: &str = "0.22.1";
/// The version of geckodriver that is built where there is none.
pub const GECKODRIVER: &str = "0.37.1";
/// The version of cargo-deny that `deny.toml` is written for.
pub const CARGO_DENY: &str = "0.20.2";
/// The version of axe-core, which checks accessibility in the end-to-end tests.
pub const AXE: &str = "4.14.1";
/// The version of Lighthouse: the last that Node.js 18 runs.
pub const LIGHTHOUSE: &str = "12.8.2";

/// A tool that Cargo installs.
#[derive(Debug)]
pub struct CargoTool {
    /// The name of the program.
    pub name: &'static str,
    /// The name of its package.
    pub package: &'static str,
    /// The version it must have.
    pub version: String,
    /// How long two cores take to build it.
    pub takes: &'static str,
}

/// Trunk, which builds the page around the app.
#[must_use]
pub fn trunk() -> CargoTool {
    tool("trunk", "trunk", TRUNK, "about six minutes")
}

/// The wasm-bindgen program, of exactly the version in `Cargo.lock`.
///
/// # Errors
///
/// When `Cargo.lock` does not have it.
pub fn wasm_bindgen() -> Result<CargoTool, Failure> {
    let version = lockfile::version("wasm-bindgen")?;
    Ok(tool(
        "wasm-bindgen",
        "wasm-bindgen-cli",
        &version,
        "about two minutes",
    ))
}

/// The program that runs tests compiled to WebAssembly; it is part of `wasm-bindgen-cli`.
///
/// # Errors
///
/// When `Cargo.lock` does not have wasm-bindgen.
pub fn wasm_bindgen_test_runner() -> Result<CargoTool, Failure> {
    let version = lockfile::version("wasm-bindgen")?;
    let name = "wasm-bindgen-test-runner";
    Ok(tool(
        name,
        "wasm-bindgen-cli",
        &version,
        "about two minutes",
    ))
}

/// The driver of Firefox.
#[must_use]
pub fn geckodriver() -> CargoTool {
    tool(
        "geckodriver",
        "geckodriver",
        GECKODRIVER,
        "about two minutes",
    )
}

/// The auditor of dependencies.
#[must_use]
pub fn cargo_deny() -> CargoTool {
    tool("cargo-deny", "cargo-deny", CARGO_DENY, "about four minutes")
}

fn tool(
    name: &'static str,
    package: &'static str,
    version: &str,
    takes: &'static str,
) -> CargoTool {
    CargoTool {
        name,
        package,
        version: version.to_owned(),
        takes,
    }
}

impl CargoTool {
    /// The tool of the right version, if it is here.
    #[must_use]
    pub fn find(&self) -> Option<PathBuf> {
        let on_path = paths::on_path(self.name)
            .filter(|file| process::version_of(file).as_deref() == Some(&self.version));
        on_path.or_else(|| {
            Some(self.home().ok()?.join("bin").join(self.file())).filter(|file| file.is_file())
        })
    }

    /// The tool, built if it is not here.
    ///
    /// # Errors
    ///
    /// When it cannot be built.
    pub fn provide(&self) -> Result<PathBuf, Failure> {
        if let Some(file) = self.find() {
            return Ok(file);
        }
        let Self {
            name,
            version,
            takes,
            ..
        } = self;
        println!("{name} {version} is not here: building it with cargo install ({takes}, once).");
        // A package's own lock file is tried first; some were made for another compiler.
        self.install(&["--locked"])
            .or_else(|_| self.install(&[]))
            .map_err(|_| {
                Failure::step(format!(
                    "{name} {version} could not be built; see above. `cargo install {} --version {version}` is the way to get it.",
                    self.package
                ))
            })?;
        self.find().ok_or_else(|| {
            Failure::step(format!("{name} {version} is not where it was installed."))
        })
    }

    fn install(&self, flags: &[&str]) -> Result<(), Failure> {
        let (home, build) = (self.home()?, folder()?.join("build").join(self.name));
        create(&home)?;
        let mut command = process::program("cargo");
        command
            .current_dir(&home)
            .args(["install", self.package, "--version", &self.version])
            .args(["--bin", self.name, "--ignore-rust-version"])
            .args(flags)
            .arg("--root")
            .arg(&home)
            .env("CARGO_TARGET_DIR", &build)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        process::run(&mut command, "cargo install")?;
        // Only what was on the way to the program is here, so keeping it has no use.
        let _ = std::fs::remove_dir_all(build);
        Ok(())
    }

    fn home(&self) -> Result<PathBuf, Failure> {
        Ok(folder()?.join(format!("{}-{}", self.name, self.version)))
    }

    fn file(&self) -> String {
        format!("{}{}", self.name, std::env::consts::EXE_SUFFIX)
    }
}

/// The folder of an npm package in the tools folder, if it is here.
#[must_use]
pub fn find_npm(package: &str, version: &str) -> Option<PathBuf> {
    let home = folder().ok()?.join(format!("{package}-{version}"));
    let inside = home.join("node_modules").join(package);
    inside.join("package.json").is_file().then_some(inside)
}

/// The folder of an npm package, installed into the tools folder if it is not here.
///
/// # Errors
///
/// When there is no npm or it fails.
pub fn provide_npm(package: &str, version: &str) -> Result<PathBuf, Failure> {
    if let Some(inside) = find_npm(package, version) {
        return Ok(inside);
    }
    provide_node()?;
    println!("{package} {version} is not here: installing it with npm (under a minute, once).");
    let home = folder()?.join(format!("{package}-{version}"));
    create(&home)?;
    let mut command = process::program("npm");
    command
        .args([
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--loglevel=error",
        ])
        .arg("--prefix")
        .arg(&home)
        .arg(format!("{package}@{version}"));
    process::run(&mut command, "npm install")?;
    find_npm(package, version).ok_or_else(|| {
        Failure::step(format!(
            "{package} {version} is not where it was installed."
        ))
    })
}

fn provide_node() -> Result<(), Failure> {
    if paths::on_path("npm").is_some() {
        return Ok(());
    }
    apt::install(&["nodejs", "npm"]).map_err(|failure| {
        Failure::step(format!(
            "npm is missing: install Node.js, version 18.16 or newer. {failure}"
        ))
    })
}

/// The tools folder: `MODEL_STAGES_TOOLS`, or `model-stages` in the user's cache.
///
/// # Errors
///
/// When nothing says where the user's cache is.
pub fn folder() -> Result<PathBuf, Failure> {
    let from = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    choose_folder(
        from("MODEL_STAGES_TOOLS"),
        from("XDG_CACHE_HOME"),
        from("HOME").or_else(|| from("USERPROFILE")),
    )
    .map(|folder| paths::root().join(folder))
    .ok_or_else(|| {
        Failure::step("Set MODEL_STAGES_TOOLS to a folder for the tools: HOME is not set.")
    })
}

fn choose_folder<T: Into<PathBuf>>(
    tools: Option<T>,
    cache: Option<T>,
    home: Option<T>,
) -> Option<PathBuf> {
    tools
        .map(Into::into)
        .or_else(|| cache.map(|cache| cache.into().join("model-stages")))
        .or_else(|| home.map(|home| home.into().join(".cache").join("model-stages")))
}

fn create(folder: &PathBuf) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| {
        Failure::step(format!(
            "The folder {} cannot be made: {error}.",
            folder.display()
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn the_tools_folder_can_be_chosen() {
        let choose = |tools, cache, home| choose_folder::<&str>(tools, cache, home);
        assert_eq!(
            choose(Some("t"), Some("c"), Some("h")).as_deref(),
            Some(Path::new("t"))
        );
        assert_eq!(
            choose(None, Some("c"), Some("h")),
            Some(Path::new("c").join("model-stages"))
        );
        assert_eq!(
            choose(None, None, Some("h")),
            Some(Path::new("h").join(".cache/model-stages"))
        );
        assert_eq!(choose(None, None, None), None);
    }
}
