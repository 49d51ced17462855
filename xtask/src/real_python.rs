//! The real Python: Pyodide from npm, the packages of `python/`, the registry for the worker, and the worker itself. All of it
//! stands in a folder of its own, and is fetched when it is first asked for.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::path::Path;

use eyre::{Result, bail};
use serde_json::{Value, json};
use xshell::{Shell, cmd};

use crate::shell::{root, target};
use crate::{module, shell, sizes, tools, wasm};

/// The folder of a release with all of it.
const FOLDER: &str = "python";
/// What stands in the page for where it is and how large; see `pattern_script` in `Trunk.toml`.
const MARK: &str = "REAL-PYTHON";
/// The package that is compiled for the worker.
const CORE: &str = "python-core";
/// Pyodide's package and version.
pub const PYODIDE: (&str, &str) = ("pyodide", "314.0.7");
/// What npm must find the package to be.
const INTEGRITY: &str = "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A==";
/// Its files that are needed, and what they are called here: not every host knows what an `.mjs` is.
const FILES: [(&str, &str); 4] = [
    ("pyodide.mjs", "pyodide.js"),
    ("pyodide.asm.mjs", "pyodide.asm.js"),
    ("pyodide.asm.wasm", "pyodide.asm.wasm"),
    ("python_stdlib.zip", "python_stdlib.zip"),
];
/// Says which Python it is; the packages that it lists are not here.
const LOCK: &str = "pyodide-lock.json";
/// What of `python/` is not for the worker.
const NOT_PACKED: [&str; 2] = ["make_names.py", "native.py"];
/// The licences of what is not ours.
const LICENCES: [&str; 2] = ["MPL-2.0.txt", "PSF-2.0.txt"];

/// Provides Pyodide, or says that the build has none. Errors if npm gives another package than the one that is meant.
pub fn provide(sh: &Shell) -> Result<()> {
    match tools::provide_npm(sh, PYODIDE) {
        Ok(package) => check(&package),
        Err(error) => {
            let why = shell::told(&error);
            println!("Real Python is left out, and the app says so. {why}");
            Ok(())
        }
    }
}

/// Holds that npm has checked the package against the checksum that stands here.
fn check(package: &Path) -> Result<()> {
    let listed = std::fs::read(package.with_file_name(".package-lock.json"))?;
    let listed: Value = serde_json::from_slice(&listed)?;
    let found = listed.pointer("/packages/node_modules~1pyodide/integrity");
    if found.and_then(Value::as_str) != Some(INTEGRITY) {
        let (folder, version) = (package.display(), PYODIDE.1);
        bail!(
            "{folder} is not Pyodide {version} as it is known here. Delete this folder and build again."
        );
    }
    Ok(())
}

/// Puts the real Python into Trunk's folder, and into the page where it is. Without Pyodide, the page says that there is none.
pub fn put(sh: &Shell, staging: &Path, page: &str, is_release: bool) -> Result<String> {
    let Some(package) = tools::find_npm(PYODIDE) else {
        return Ok(page.replace(MARK, "none"));
    };
    check(&package)?;
    let core = core(sh, is_release)?;
    let (mut raw, mut sent) = (0, 0);
    let mut worker = String::new();
    for (name, bytes) in files(&package, &core)? {
        let path = format!("{FOLDER}/{name}");
        sh.write_file(staging.join(&path), &bytes)?;
        if name.starts_with("LICENCES") {
            continue;
        }
        raw += bytes.len();
        // Compressing takes longer than all the rest; who serves a build for himself need not wait for that.
        sent += match is_release {
            true => sizes::sent(&path, &bytes),
            false => bytes.len() / 3,
        };
        if name.starts_with("worker-") {
            worker = path;
        }
    }
    Ok(page.replace(MARK, &format!("./{worker},{sent},{raw}")))
}

/// Builds the registry for the worker: its script and its WebAssembly.
fn core(sh: &Shell, is_release: bool) -> Result<[Vec<u8>; 2]> {
    let (triple, release) = (wasm::TARGET, is_release.then_some("--release"));
    cmd!(
        sh,
        "cargo build --quiet --package {CORE} --bin {CORE} --target {triple} {release...}"
    )
    .envs(
        wasm::find(sh)
            .map(|wasm| wasm.variables)
            .unwrap_or_default(),
    )
    .quiet()
    .run()?;
    let profile = if is_release { "release" } else { "debug" };
    let built = target()
        .join(triple)
        .join(profile)
        .join(format!("{CORE}.wasm"));
    let work = target().join(CORE);
    wasm::bind(sh, &built, &work, "core", &[])?;
    let wasm = sh.read_binary_file(work.join("core_bg.wasm"))?;
    let script = sh.read_binary_file(work.join("core.js"))?;
    Ok([script, module::without_notes(&wasm)?])
}

/// All files, by their names in the folder.
fn files(package: &Path, core: &[Vec<u8>; 2]) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut total = 0;
    let mut hasher = DefaultHasher::new();
    for (file, _) in FILES {
        hasher.write(&std::fs::read(package.join(file))?);
    }
    let version = PYODIDE.1.replace('.', "-");
    let home = format!("pyodide-{version}-{:016x}", hasher.finish());
    for (file, called) in FILES {
        let mut bytes = std::fs::read(package.join(file))?;
        if called.ends_with(".js") {
            let text = String::from_utf8_lossy(&bytes).replace("pyodide.asm.mjs", "pyodide.asm.js");
            let code = text.rsplit_once("\n//# sourceMappingURL=");
            bytes = code.map_or(text.as_str(), |(code, _)| code).into();
        } else {
            total += bytes.len();
        }
        files.insert(format!("{home}/{called}"), bytes);
    }
    let packages = packages(&root().join(FOLDER))?;
    let [script, module] = core;
    total += module.len() + packages.len();
    let lock: Value = serde_json::from_slice(&std::fs::read(package.join(LOCK))?)?;
    let lock = json!({ "info": lock.get("info"), "packages": {} }).to_string();
    let worker = std::fs::read_to_string(root().join("public/python-worker.js"))?;
    let worker = worker
        .replace("ALL-BYTES", &total.to_string())
        .replace("PYODIDE-FOLDER", &home)
        .replace("PYODIDE-LOCK", &lock);
    let mut hasher = DefaultHasher::new();
    for bytes in [script, module, packages.as_bytes(), worker.as_bytes()] {
        hasher.write(bytes);
    }
    let number = format!("{:016x}", hasher.finish());
    let worker = worker
        .replace("CORE-SCRIPT", &format!("core-{number}.js"))
        .replace("CORE-WASM", &format!("core-{number}_bg.wasm"))
        .replace("PACKAGES-FILE", &format!("packages-{number}.json"));
    files.insert(format!("core-{number}.js"), script.clone());
    files.insert(format!("core-{number}_bg.wasm"), module.clone());
    files.insert(format!("packages-{number}.json"), packages.into_bytes());
    files.insert(format!("worker-{number}.js"), worker.into_bytes());
    files.insert("LICENCES.txt".to_owned(), licences()?.into_bytes());
    Ok(files)
}

/// Returns the packages of `python/` as one object: paths, and what stands there.
fn packages(folder: &Path) -> Result<String> {
    let mut all = BTreeMap::new();
    for package in ["mlflow", "model_stages_runner"] {
        for (path, bytes) in shell::files(&folder.join(package))? {
            let name = path.rsplit('/').next().unwrap_or_default();
            if !NOT_PACKED.contains(&name) && !name.ends_with(".pyc") {
                all.insert(format!("{package}/{path}"), String::from_utf8(bytes)?);
            }
        }
    }
    Ok(json!(all).to_string())
}

fn licences() -> Result<String> {
    let version = PYODIDE.1;
    let mut text = format!(
        "Pyodide {version} (https://github.com/pyodide/pyodide, tag {version}, has its source) is under the MPL 2.0.\n\
         Two of its files were given other names, and the names of them in its scripts were changed with them.\n\
         CPython and its library, which are in it, are under the licence of the Python Software Foundation.\n"
    );
    for file in LICENCES {
        let licence = std::fs::read_to_string(root().join(FOLDER).join("licences").join(file))?;
        text.push_str(&format!("\n\n==== {file}\n\n{licence}"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packages_are_all_there_and_nothing_else() {
        let packages = packages(&root().join(FOLDER)).unwrap();
        let packages: BTreeMap<String, String> = serde_json::from_str(&packages).unwrap();
        for path in [
            "mlflow/__init__.py",
            "mlflow/_names.json",
            "mlflow/entities/model_registry/model_version.py",
            "model_stages_runner/run.py",
        ] {
            assert!(packages.contains_key(path), "{path}");
        }
        assert!(
            packages
                .keys()
                .all(|path| !path.contains("native") && !path.contains("core/"))
        );
    }

    #[test]
    fn the_worker_has_a_place_for_everything() {
        let worker = std::fs::read_to_string(root().join("public/python-worker.js")).unwrap();
        for mark in [
            "ALL-BYTES",
            "PYODIDE-FOLDER",
            "PYODIDE-LOCK",
            "CORE-SCRIPT",
            "CORE-WASM",
            "PACKAGES-FILE",
        ] {
            assert!(worker.contains(mark), "{mark}");
        }
        let settings = std::fs::read_to_string(root().join("Trunk.toml")).unwrap();
        assert!(settings.contains(MARK));
    }
}
