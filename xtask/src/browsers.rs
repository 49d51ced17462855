//! The browsers of the tests, and the drivers that steer them.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::{apt, paths, process, tools};

/// A browser with its driver.
#[derive(Debug, Clone)]
pub struct Browser {
    /// The browser's program.
    pub program: PathBuf,
    /// The driver's program.
    pub driver: PathBuf,
}

impl fmt::Display for Browser {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (program, driver) = (self.program.display(), self.driver.display());
        write!(out, "{program}, steered by {driver}")
    }
}

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

/// Chromium's program, if it is here.
#[must_use]
pub fn find_chromium() -> Option<PathBuf> {
    chosen("E2E_CHROMIUM").or_else(|| first(&CHROMIUM))
}

/// Chromium's driver, if it is here.
#[must_use]
pub fn find_chromedriver() -> Option<PathBuf> {
    chosen("E2E_CHROMEDRIVER").or_else(|| first(&["chromedriver"]))
}

/// Firefox's program, if it is here.
#[must_use]
pub fn find_firefox() -> Option<PathBuf> {
    chosen("E2E_FIREFOX").or_else(|| first(&FIREFOX))
}

/// Firefox's driver, if it is here.
#[must_use]
pub fn find_geckodriver() -> Option<PathBuf> {
    chosen("E2E_GECKODRIVER")
        .or_else(|| first(&["geckodriver"]))
        .or_else(|| tools::geckodriver().find())
}

/// Chromium and its driver, installed if they are not here.
///
/// # Errors
///
/// When they cannot be had, or do not fit together.
pub fn chromium() -> Result<Browser, Failure> {
    let way = "install Chromium and, of the same version, chromedriver";
    let program = provide(find_chromium, "chromium", way)?;
    let driver = provide(find_chromedriver, "chromium-driver", way)?;
    let (ours, theirs) = (major(&program), major(&driver));
    if ours.is_some() && theirs.is_some() && ours != theirs {
        return Err(Failure::step(format!(
            "Chromium {} and chromedriver {} do not fit together: {way}.",
            ours.unwrap_or_default(),
            theirs.unwrap_or_default()
        )));
    }
    Ok(Browser { program, driver })
}

/// Firefox and its driver, installed if they are not here.
///
/// # Errors
///
/// When they cannot be had.
pub fn firefox() -> Result<Browser, Failure> {
    let program = provide(find_firefox, "firefox-esr", "install Firefox")?;
    let driver = match find_geckodriver() {
        Some(driver) => driver,
        None => tools::geckodriver().provide()?,
    };
    Ok(Browser { program, driver })
}

fn provide(find: fn() -> Option<PathBuf>, package: &str, way: &str) -> Result<PathBuf, Failure> {
    if let Some(file) = find() {
        return Ok(file);
    }
    let installed = apt::install(&[package]);
    find().ok_or_else(|| match installed {
        Err(failure) => Failure::step(format!("It is not here: {way}. {failure}")),
        Ok(()) => Failure::step(format!("The package {package} did not bring it: {way}.")),
    })
}

/// The file a variable names, if it is one.
fn chosen(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .filter(|file| file.is_file())
}

/// The first of these programs that is here.
fn first(names: &[&str]) -> Option<PathBuf> {
    names.iter().find_map(|name| match Path::new(name) {
        path if path.is_absolute() => path.is_file().then(|| path.to_path_buf()),
        _ => paths::on_path(name),
    })
}

fn major(program: &Path) -> Option<String> {
    let version = process::version_of(program)?;
    version.split('.').next().map(str::to_owned)
}
