//! The app as one file that opens without a server: styles and scripts stand in the page, everything else packed beside
//! them, and the policy names the scripts and the styles by their hashes.

use std::collections::BTreeMap;
use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use eyre::{OptionExt, Result, ensure};
use flate2::{Compression, GzBuilder};
use regex::{Captures, Regex};
use sha2::{Digest as _, Sha256};

/// All files of a release, by their paths in it.
pub type Files = BTreeMap<String, Vec<u8>>;

/// How the files of the real Python begin: one file has it not, for it is larger than all the rest.
const PYTHON: &str = "python/";

/// What takes the host's place, and what a platform is told.
const UNPACK: &str = include_str!("../../../public/one-file.js");
const SCORM: &str = include_str!("../../../public/scorm.js");

/// What the script that fetches the parts does by itself, and what it does where they stand in the page.
const INSIDE: [(&str, &str); 1] = [(
    "fetch(new URL(file, import.meta.url), { signal: control.signal })",
    "document.getElementById(\"boot\").site.get(file)",
)];

/// Where the file is to be opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// From a disk, a stick or a mail.
    Disk,
    /// In a learning platform.
    Platform,
}

/// Returns the page.
pub fn page(dist: &Files, host: Host) -> Result<String> {
    let page = text(dist, "index.html")?;
    let boot = Regex::new(r#"<script[^>]*\bid="?boot\b[^>]*></script>"#)?;
    let element = boot.find(page).ok_or_eyre("The page has no boot script.")?;
    let parts = dist
        .keys()
        .find(|name| name.starts_with("parts-") && name.ends_with(".js"));
    let parts = parts.ok_or_eyre("There is no script that fetches the parts.")?;
    let mut scripts = UNPACK.replace("PARTS-SCRIPT", parts);
    if host == Host::Platform {
        scripts.push_str(SCORM);
    }
    scripts.push_str(text(dist, "boot.js")?);
    let (styles, sheet) = styles(dist, page)?;
    for (inside, end) in [(&scripts, "</script"), (&sheet, "</style")] {
        ensure!(
            !inside.contains(end) && !inside.contains("<!--"),
            "A script or a style has `{end}` in it."
        );
    }
    let icon = format!(
        "data:image/svg+xml;base64,{}",
        BASE64.encode(bytes(dist, "icon.svg")?)
    );
    let start = started(element.as_str(), host, &scripts)?;
    let page = page.replace(element.as_str(), "");
    let page = page.replace(&styles, &format!("<style>{sheet}</style>"));
    let page = without_links(&page, &icon)?;
    let page = with_policy(&page, &policy(&scripts, &sheet))?;
    let (before, after) = page.split_once("</body>").unwrap_or((&page, ""));
    let packed = packed(dist, parts)?;
    Ok(format!("{before}{packed}{start}{after}"))
}

fn bytes<'a>(dist: &'a Files, name: &str) -> Result<&'a [u8]> {
    let found = dist.get(name).map(Vec::as_slice);
    found.ok_or_eyre(format!("dist/ has no {name}: build it first."))
}

fn text<'a>(dist: &'a Files, name: &str) -> Result<&'a str> {
    Ok(std::str::from_utf8(bytes(dist, name)?)?)
}

/// Returns the element that brings the styles, and what they are.
fn styles(dist: &Files, page: &str) -> Result<(String, String)> {
    let link = Regex::new(r#"<link[^>]*\b(app-[^.>]*\.css)[^>]*>"#)?;
    let found = link.captures(page).ok_or_eyre("The page has no styles.")?;
    Ok((found[0].to_owned(), text(dist, &found[1])?.to_owned()))
}

/// Returns the boot script's element with the scripts in it. It fetches nothing early, and has no real Python.
fn started(element: &str, host: Host, scripts: &str) -> Result<String> {
    let gone = Regex::new(r#" (defer|src|data-(parts|python|offline))(=("[^"]*"|[^ >]*))?"#)?;
    let head = gone.replace_all(element, "");
    let head = head.trim_end_matches("></script>");
    let platform = match host {
        Host::Disk => "",
        Host::Platform => " data-platform=scorm12",
    };
    Ok(format!("{head}{platform}>{scripts}</script>"))
}

/// Returns the page without what names files beside it; the icon is in it.
fn without_links(page: &str, icon: &str) -> Result<String> {
    let link = Regex::new(r#"<link[^>]*\brel="?(icon|manifest|apple-touch-icon)\b[^>]*>"#)?;
    let page = link.replace_all(page, |found: &Captures<'_>| match &found[1] {
        "icon" => format!("<link rel=icon href=\"{icon}\">"),
        _ => String::new(),
    });
    let others = Regex::new(r#"<meta[^>]*og:image[^>]*>| Without it, <a[^>]*>[^<]*</a>\."#)?;
    Ok(others.replace_all(&page, "").into_owned())
}

/// Returns the policy: these scripts and styles alone, nothing from anywhere else.
fn policy(scripts: &str, styles: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64.encode(Sha256::digest(text)));
    let (scripts, styles) = (hash(scripts), hash(styles));
    format!(
        "default-src 'none'; script-src {scripts} blob: 'wasm-unsafe-eval'; style-src {styles}; img-src data:; \
         base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

fn with_policy(page: &str, policy: &str) -> Result<String> {
    let meta = Regex::new(r#"<meta[^>]*\bContent-Security-Policy\b[^>]*>"#)?;
    ensure!(meta.is_match(page), "The page has no policy.");
    let ours = format!("<meta http-equiv=Content-Security-Policy content=\"{policy}\">");
    Ok(meta.replace(page, ours.as_str()).into_owned())
}

/// Returns the files that the app asks for, each in an element that no browser runs.
fn packed(dist: &Files, parts: &str) -> Result<String> {
    let mut elements = String::new();
    for (name, bytes) in dist {
        let is_asked = ["part", "model-stages-"]
            .iter()
            .any(|start| name.starts_with(start));
        if name.starts_with(PYTHON) || !is_asked || name.starts_with("part-offline") {
            continue;
        }
        let inside;
        let bytes = match name == parts {
            true => {
                inside = parts_inside(std::str::from_utf8(bytes)?)?;
                inside.as_bytes()
            }
            false => bytes,
        };
        let mut gzip = GzBuilder::new().write(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let letters = BASE64.encode(gzip.finish()?);
        elements.push_str(&format!(
            "<script type=text/plain id=\"file-{name}\">{letters}</script>\n"
        ));
    }
    Ok(elements)
}

/// Returns the script that fetches the parts as it is in the one file. There no script has an address that another one could
/// name before it is there, so it finds the app's script by the page.
fn parts_inside(script: &str) -> Result<String> {
    let import = Regex::new(r#"import \{ initSync \} from "[^"]*";"#)?;
    ensure!(
        import.is_match(script),
        "The script that fetches the parts takes something else from the app."
    );
    let found = "const initSync = (...given) => document.getElementById(\"boot\").site.app.initSync(...given);";
    let mut text = import.replace(script, found).into_owned();
    for (old, new) in INSIDE {
        ensure!(
            text.contains(old),
            "The script that fetches the parts has no `{old}`."
        );
        text = text.replace(old, new);
    }
    Ok(text)
}
