//! `cargo xtask doctor`: which tools are here.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::{browsers, mlflow, paths, real_python, tools, wasm};

/// Prints each tool and where it was found.
///
/// # Errors
///
/// When the tools folder cannot be named, or `Cargo.lock` cannot be read.
pub fn doctor() -> Result<(), Failure> {
    let target = wasm::find().map_or("missing", |wasm| wasm.place());
    let wasm_bindgen = tools::wasm_bindgen()?;
    println!("tools folder            {}", tools::folder()?.display());
    println!("WebAssembly target      {target}");
    line(
        &format!("wasm-bindgen {}", wasm_bindgen.version),
        wasm_bindgen.find(),
    );
    line(&format!("trunk {}", tools::TRUNK), tools::trunk().find());
    line("chromium", browsers::find_chromium());
    line("chromedriver", browsers::find_chromedriver());
    line("firefox", browsers::find_firefox());
    line("geckodriver", browsers::find_geckodriver());
    line("python3", paths::on_path("python3"));
    line("npm", paths::on_path("npm"));
    line(
        &format!("axe-core {}", tools::AXE),
        tools::find_npm("axe-core", tools::AXE),
    );
    line(
        &format!("pyodide {}", real_python::PYODIDE),
        tools::find_npm("pyodide", real_python::PYODIDE),
    );
    line(
        &format!("lighthouse {}", tools::LIGHTHOUSE),
        tools::find_npm("lighthouse", tools::LIGHTHOUSE),
    );
    line(
        &format!("cargo-deny {}", tools::CARGO_DENY),
        tools::cargo_deny().find(),
    );
    line(&format!("mlflow {}", mlflow::MLFLOW), mlflow::find());
    Ok(())
}

fn line(name: &str, found: Option<PathBuf>) {
    let place = found.map_or_else(
        || "missing; the command that needs it provides it".to_owned(),
        |file| file.display().to_string(),
    );
    println!("{name:<22}  {place}");
}
