//! What keeps the release in a browser for times without a network: `sw.js`, which names every file, and the script by
//! which a page asks for it. Only a release has them: what Trunk serves while somebody works on it changes all the time.

use std::hash::{DefaultHasher, Hasher as _};
use std::path::Path;

use eyre::{OptionExt, Result};
use regex::Regex;
use serde_json::json;
use xshell::Shell;

use crate::shell::{files, root};

/// How the paths of the real Python begin. It is kept once somebody has used it.
const PYTHON: &str = "python/";
/// How the names begin of what no open page needs.
const NOT_KEPT: [&str; 5] = ["sw", "icon-", "preview", "robots", ".trunk"];

/// Writes both into a release that Trunk has made, and their name into its page.
pub fn put(sh: &Shell, dist: &Path) -> Result<()> {
    let public = root().join("public");
    let script = sh.read_file(public.join("offline.js"))?;
    let called = format!("part-offline-{}.js", number([script.as_bytes()]));
    sh.write_file(dist.join(&called), &script)?;
    let page = dist.join("index.html");
    let (text, build) = with_script(&sh.read_file(&page)?, &called)?;
    sh.write_file(page, text)?;
    let worker = sh.read_file(public.join("sw.js"))?;
    let all = files(dist)?;
    let version = format!("{build}-{}", number(all.values().map(Vec::as_slice)));
    sh.write_file(
        dist.join("sw.js"),
        worker_of(&worker, &build, &version, all.keys()),
    )?;
    sh.copy_file(public.join("sw-off.js"), dist.join("sw-off.js"))?;
    Ok(())
}

fn number<'a>(all: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = DefaultHasher::new();
    all.into_iter().for_each(|bytes| hasher.write(bytes));
    format!("{:016x}", hasher.finish())
}

/// Returns the page with the script's name in it, and the number of its build.
fn with_script(page: &str, called: &str) -> Result<(String, String)> {
    let build = Regex::new(r#"data-build="?([\da-f]+)"?"#)?;
    let found = build.captures(page).ok_or_eyre("The page has no number.")?;
    let (old, number) = (&found[0], found[1].to_owned());
    let text = page.replace(old, &format!("{old} data-offline=\"./{called}\""));
    Ok((text, number))
}

/// Returns the service worker of a release with these files.
fn worker_of<'a>(
    worker: &str,
    build: &str,
    version: &str,
    paths: impl Iterator<Item = &'a String>,
) -> String {
    let (python, app): (Vec<&str>, Vec<&str>) = paths
        .map(String::as_str)
        .filter(|path| !NOT_KEPT.iter().any(|start| path.starts_with(start)))
        .partition(|path| path.starts_with(PYTHON));
    // The page is asked for as people do: many hosts send whoever asks for `index.html` elsewhere.
    let app = app.into_iter().map(|path| match path {
        "index.html" => "./",
        path => path,
    });
    worker
        .replace("BUILD-NUMBER", build)
        .replace("OFFLINE-VERSION", version)
        .replace(
            "[\"OFFLINE-FILES\"]",
            &json!(app.collect::<Vec<_>>()).to_string(),
        )
        .replace("[\"PYTHON-FILES\"]", &json!(python).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_script() {
        for page in [
            "<script data-build=0a1 id=boot>",
            r#"<script id="boot" data-build="0a1">"#,
        ] {
            let (text, build) = with_script(page, "part-offline-7.js").unwrap();
            assert_eq!(build, "0a1");
            assert!(
                text.contains(" data-offline=\"./part-offline-7.js\""),
                "{text}"
            );
        }
        assert!(with_script("<script id=boot>", "x").is_err());
    }

    #[test]
    fn the_worker_names_what_an_open_page_needs() {
        let paths = [
            "boot.js",
            "icon-192.png",
            "icon.svg",
            "index.html",
            "part-a-7.wasm",
            "part-offline-7.js",
            "preview.png",
            "python/worker-7.js",
            "sw.js",
        ];
        let template = r#"BUILD-NUMBER OFFLINE-VERSION ["OFFLINE-FILES"] ["PYTHON-FILES"]"#;
        let paths = paths.map(str::to_owned);
        assert_eq!(
            worker_of(template, "7", "7-9", paths.iter()),
            r#"7 7-9 ["boot.js","icon.svg","./","part-a-7.wasm","part-offline-7.js"] ["python/worker-7.js"]"#
        );
    }
}
