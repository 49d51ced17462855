//! `cargo xtask bench`: the benchmark of the end-to-end package, in Chromium.

use crate::e2e::Setting;
use crate::failure::Failure;
use crate::{browsers, build, process};

/// Builds the release and measures it.
///
/// # Errors
///
/// When a tool cannot be had, or the benchmark fails.
pub fn bench() -> Result<(), Failure> {
    let setting = Setting {
        chromium: Some(browsers::chromium()?),
        ..Setting::default()
    };
    build::release()?;
    let mut command = process::cargo("run --quiet --package e2e --bin bench");
    setting.apply(&mut command);
    process::run(&mut command, "The benchmark")
}
