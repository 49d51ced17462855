//! The real Python: Pyodide from npm, the packages of `python/`, the registry for the worker, and the worker itself. All of it
//! stands in a folder of its own, and is fetched when it is first asked for.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::failure::Failure;
use crate::{compress, module, paths, process, tools, wasm};

/// The folder of a release with all of it.
pub const FOLDER: &str = "python";
/// What stands in the page for where it is and how large; see `pattern_script` in `Trunk.toml`.
const MARK: &str = "REAL-PYTHON";
/// The package that is compiled for the worker.
const CORE: &str = "python-core";
/// The version of Pyodide.
pub const PYODIDE: &str = "314.0.7";
/// What npm must find the package to be.
const INTEGRITY: &str = "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A==";
/// Its files that are needed, and what they are called here: not every host knows what an `.mjs` is.
const FILES: [(&str, &str); 4] = [
    ("pyodide.mjs", "pyodide.js"),
    ("pyodide.asm.mjs", "pyodide.asm.js"),
    ("pyodide.asm.wasm", "pyodide.asm.wasm"),
    ("python_stdlib.zip", "python_stdlib.zip"),
];
/// How large those are that take half a minute to compress: as they are, and with brotli. They never change.
const SENT: [(&str, usize, usize); 3] = [
    ("pyodide.asm.js", 1_250_343, 207_137),
    ("pyodide.asm.wasm", 9_598_218, 2_744_678),
    ("python_stdlib.zip", 2_545_637, 2_487_533),
];
/// Says which Python it is; the packages that it lists are not here.
const LOCK: &str = "pyodide-lock.json";
/// What of `python/` is not for the worker.
const NOT_PACKED: [&str; 2] = ["make_names.py", "native.py"];
/// The licences of what is not ours.
const LICENCES: [&str; 2] = ["MPL-2.0.txt", "PSF-2.0.txt"];

/// Provides Pyodide, or says that the build has none.
///
/// # Errors
///
/// When npm gives another package than the one that is meant.
pub fn provide() -> Result<(), Failure> {
    match tools::provide_npm("pyodide", PYODIDE) {
        Ok(package) => check(&package),
        Err(failure) => {
            println!("Real Python is left out, and the app says so. {failure}");
            Ok(())
        }
    }
}

/// Holds that npm has checked the package against the checksum that stands here.
fn check(package: &Path) -> Result<(), Failure> {
    let listed = package.with_file_name(".package-lock.json");
    let listed = std::fs::read_to_string(listed).unwrap_or_default();
    let listed: Value = serde_json::from_str(&listed).unwrap_or_default();
    let found = listed.pointer("/packages/node_modules~1pyodide/integrity");
    if found.and_then(Value::as_str) == Some(INTEGRITY) {
        return Ok(());
    }
    Err(Failure::step(format!(
        "{} is not Pyodide {PYODIDE} as it is known here. Delete this folder and build again.",
        package.display()
    )))
}

/// Puts the real Python into Trunk's folder, and into the page where it is. Without Pyodide, the page says that there is none.
///
/// # Errors
///
/// When something cannot be built, read or written.
pub fn put(staging: &Path, page: &str, is_release: bool) -> Result<String, Failure> {
    let Some(package) = tools::find_npm("pyodide", PYODIDE) else {
        return Ok(page.replace(MARK, "none"));
    };
    check(&package)?;
    let failed = |error: std::io::Error| {
        Failure::step(format!("Real Python cannot be put together: {error}."))
    };
    let core = core(is_release)?;
    let files = files(&package, &core).map_err(failed)?;
    let folder = staging.join(FOLDER);
    let (mut raw, mut sent) = (0, 0);
    let mut worker = String::new();
    for (name, bytes) in &files {
        let path = folder.join(name);
        path.parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .map_err(failed)?;
        std::fs::write(path, bytes).map_err(failed)?;
        if name.starts_with("LICENCES") {
            continue;
        }
        if name.starts_with("worker-") {
            worker.clone_from(name);
        }
        raw += bytes.len();
        // Compressing takes longer than all the rest; who serves a build for himself need not wait for that.
        sent += match is_release {
            true => self::sent(&format!("{FOLDER}/{name}"), bytes),
            false => bytes.len() / 3,
        };
    }
    Ok(page.replace(MARK, &format!("./{FOLDER}/{worker},{sent},{raw}")))
}

/// The registry for the worker: its script and its WebAssembly.
fn core(is_release: bool) -> Result<[Vec<u8>; 2], Failure> {
    let mut build = process::program("cargo");
    build
        .args(["build", "--quiet", "--package", CORE, "--bin", CORE])
        .args(["--target", wasm::TARGET]);
    if is_release {
        build.arg("--release");
    }
    if let Some(wasm) = wasm::find() {
        wasm.apply(&mut build);
    }
    process::run(&mut build, "The registry for Python")?;
    let profile = if is_release { "release" } else { "debug" };
    let built = paths::target().join(wasm::TARGET).join(profile);
    let work = paths::target().join("python-core");
    let mut bind = process::program("wasm-bindgen");
    bind.args(["--target", "web", "--no-typescript", "--no-demangle"])
        .args(["--remove-name-section", "--remove-producers-section"])
        .args(["--out-name", "core", "--out-dir"])
        .arg(&work)
        .arg(built.join(format!("{CORE}.wasm")));
    process::run(&mut bind, "wasm-bindgen")?;
    let read = |name: &str| {
        std::fs::read(work.join(name))
            .map_err(|error| Failure::step(format!("{name} cannot be read: {error}.")))
    };
    Ok([
        read("core.js")?,
        module::without_notes(&read("core_bg.wasm")?),
    ])
}

/// All files, by their names in the folder.
fn files(package: &Path, core: &[Vec<u8>; 2]) -> std::io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut total = 0;
    let home = {
        let mut hasher = DefaultHasher::new();
        for (file, _) in FILES {
            hasher.write(&std::fs::read(package.join(file))?);
        }
        format!(
            "pyodide-{}-{:016x}",
            PYODIDE.replace('.', "-"),
            hasher.finish()
        )
    };
    for (file, called) in FILES {
        let mut bytes = std::fs::read(package.join(file))?;
        if called.ends_with(".js") {
            let text = String::from_utf8_lossy(&bytes).replace("pyodide.asm.mjs", "pyodide.asm.js");
            let mapped = text.rfind("\n//# sourceMappingURL=");
            bytes = text
                .get(..mapped.unwrap_or(text.len()))
                .unwrap_or_default()
                .into();
        } else {
            total += bytes.len();
        }
        files.insert(format!("{home}/{called}"), bytes);
    }
    let packages = packages(&paths::root().join(FOLDER))?;
    let [script, module] = core;
    total += module.len() + packages.len();
    let lock = std::fs::read_to_string(package.join(LOCK))?;
    let lock: Value = serde_json::from_str(&lock).unwrap_or_default();
    let lock = json!({ "info": lock.get("info"), "packages": {} }).to_string();
    let worker = std::fs::read_to_string(paths::root().join("public/python-worker.js"))?;
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

/// The packages of `python/` as one object: paths, and what stands there.
fn packages(folder: &Path) -> std::io::Result<String> {
    let mut all = Map::new();
    let mut folders: Vec<PathBuf> = vec![folder.join("mlflow"), folder.join("model_stages_runner")];
    while let Some(inside) = folders.pop() {
        for entry in std::fs::read_dir(inside)? {
            let path = entry?.path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                if name != "__pycache__" {
                    folders.push(path);
                }
            } else if !NOT_PACKED.contains(&name.as_str()) && !name.ends_with(".pyc") {
                let inside = path.strip_prefix(folder).unwrap_or(&path);
                let inside: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
                all.insert(inside.join("/"), std::fs::read_to_string(&path)?.into());
            }
        }
    }
    // In one order, whatever the disk has.
    let all: BTreeMap<String, Value> = all.into_iter().collect();
    Ok(json!(all).to_string())
}

fn licences() -> std::io::Result<String> {
    let mut text = format!(
        "Pyodide {PYODIDE} (https://github.com/pyodide/pyodide, tag {PYODIDE}, has its source) is under the MPL 2.0.\n\
         Two of its files were given other names, and the names of them in its scripts were changed with them.\n\
         CPython and its library, which are in it, are under the licence of the Python Software Foundation.\n"
    );
    for file in LICENCES {
        let licence = paths::root().join(FOLDER).join("licences").join(file);
        text.push_str(&format!("\n\n==== {file}\n\n"));
        text.push_str(&std::fs::read_to_string(licence)?);
    }
    Ok(text)
}

/// How many bytes of one of these files are sent.
#[must_use]
pub fn sent(path: &str, bytes: &[u8]) -> usize {
    let known = SENT
        .iter()
        .find(|(name, raw, _)| path.ends_with(name) && *raw == bytes.len());
    known.map_or_else(
        || compress::brotli(bytes).len().min(bytes.len()),
        |(_, _, sent)| *sent,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packages_are_all_there_and_nothing_else() {
        let packages = packages(&paths::root().join(FOLDER)).unwrap();
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
        let worker =
            std::fs::read_to_string(paths::root().join("public/python-worker.js")).unwrap();
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
        let settings = std::fs::read_to_string(paths::root().join("Trunk.toml")).unwrap();
        assert!(settings.contains(MARK));
    }
}
