//! What the tests are told by way of the environment; see `xtask/src/e2e.rs`.

use std::env;
use std::path::PathBuf;

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
        }
    }
}

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
