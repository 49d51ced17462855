//! What the tests are told by way of the environment; see `xtask/src/tools.rs`.

use std::env;
use std::path::PathBuf;

use crate::failure::{Failure, Outcome};

/// A browser and the driver that steers it.
#[derive(Debug, Clone)]
pub struct Programs {
    /// The browser's program.
    pub browser: PathBuf,
    /// The driver's program.
    pub driver: PathBuf,
}

/// What there is.
#[derive(Debug, Clone)]
pub struct Setting {
    /// The folder with the release.
    pub dist: Option<PathBuf>,
    /// Chromium.
    pub chromium: Option<Programs>,
    /// Firefox.
    pub firefox: Option<Programs>,
    /// The script of axe-core.
    pub axe: Option<PathBuf>,
    /// The script of Lighthouse.
    pub lighthouse: Option<PathBuf>,
    /// A Python that has MkDocs and Sphinx.
    pub hosts_python: Option<PathBuf>,
    /// The folder of reveal.js.
    pub reveal: Option<PathBuf>,
    /// The folder with the packages of the release.
    pub packages: Option<PathBuf>,
    /// The script of scorm-again.
    pub scorm: Option<PathBuf>,
    /// Whether what is missing is skipped.
    pub skips: bool,
}

impl Setting {
    /// Reads the environment.
    #[must_use]
    pub fn read() -> Self {
        Self {
            dist: path("E2E_DIST"),
            chromium: programs("E2E_CHROMIUM", "E2E_CHROMEDRIVER"),
            firefox: programs("E2E_FIREFOX", "E2E_GECKODRIVER"),
            axe: path("E2E_AXE"),
            lighthouse: path("E2E_LIGHTHOUSE"),
            hosts_python: path("E2E_HOSTS_PYTHON"),
            reveal: path("E2E_REVEAL"),
            packages: path("E2E_PACKAGES"),
            scorm: path("E2E_SCORM"),
            skips: path(SKIP).is_some(),
        }
    }

    /// Goes on without what is missing, where that was asked for.
    ///
    /// # Errors
    ///
    /// When it was not.
    pub fn skip(&self, missing: &str) -> Outcome {
        if !self.skips {
            return Err(Failure::new(format!(
                "{missing} `cargo xtask test --e2e` provides it; {SKIP}=1 goes on without it."
            )));
        }
        println!("Skipped: {missing}");
        Ok(())
    }
}

/// The variable that says that what is missing is to be skipped.
pub const SKIP: &str = "E2E_SKIP_BROWSERS";

fn programs(browser: &str, driver: &str) -> Option<Programs> {
    Some(Programs {
        browser: path(browser)?,
        driver: path(driver)?,
    })
}

fn path(variable: &str) -> Option<PathBuf> {
    let value = env::var_os(variable)?;
    (!value.is_empty()).then(|| PathBuf::from(value))
}
