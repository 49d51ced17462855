//! What the end-to-end tests are told, by way of the environment.

use std::fmt;
use std::path::PathBuf;
use std::process::Command;

use crate::browsers::Browser;
use crate::failure::Failure;
use crate::{paths, tools};

/// What the end-to-end tests work with.
#[derive(Debug, Clone, Default)]
pub struct Setting {
    /// Chromium, if it can be had.
    pub chromium: Option<Browser>,
    /// Firefox, if it can be had.
    pub firefox: Option<Browser>,
    /// The script of axe-core, if it can be had.
    pub axe: Option<Script>,
}

impl Setting {
    /// Tells `command` what there is, and only that.
    pub fn apply(&self, command: &mut Command) {
        let browser = |browser: &Option<Browser>| {
            let program = browser.as_ref().map(|found| found.program.clone());
            (program, browser.as_ref().map(|found| found.driver.clone()))
        };
        let (chromium, chromedriver) = browser(&self.chromium);
        let (firefox, geckodriver) = browser(&self.firefox);
        for (key, value) in [
            ("E2E_DIST", Some(paths::dist())),
            ("E2E_CHROMIUM", chromium),
            ("E2E_CHROMEDRIVER", chromedriver),
            ("E2E_FIREFOX", firefox),
            ("E2E_GECKODRIVER", geckodriver),
            ("E2E_AXE", self.axe.clone().map(|script| script.0)),
        ] {
            match value {
                Some(value) => command.env(key, value),
                None => command.env_remove(key),
            };
        }
    }
}

/// The script of axe-core, installed if it is not here.
///
/// # Errors
///
/// When npm cannot install it.
pub fn axe() -> Result<Script, Failure> {
    let package = tools::provide_npm("axe-core", tools::AXE)?;
    Ok(Script(package.join("axe.min.js")))
}

/// A script's file.
#[derive(Debug, Clone)]
pub struct Script(pub PathBuf);

impl fmt::Display for Script {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.0.display())
    }
}
