//! The WebAssembly, cut into the part that every page needs and parts that are fetched when they are needed.
//!
//! Trunk runs this after every build (the hook in `Trunk.toml`). Trunk itself hands the whole WebAssembly to
//! wasm-bindgen; here it is cut first, at the functions marked with `wasm_split` (`src/app/parts.rs`), and the files that
//! Trunk has made are replaced. All files of one build carry the same number, so that a browser never mixes two builds.

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::{first_view, module, paths, process, real_python, short_names, stories, styles};

/// The command, not for people, that Trunk's hook runs.
pub const COMMAND: &str = "split";

/// How the files begin that make the first page.
pub const APP: &str = "model-stages";

/// The parts whose files `boot.js` may fetch while the app itself is still on its way: how the addresses begin that need one,
/// and the name at its split point. With a `/` at its end it stands for the pages below alone.
const EARLY: [(&str, &str); 5] = [
    ("registry", "registry"),
    ("practice", "practice"),
    ("progress", "practice"),
    ("exercises", "exercises"),
    ("exercises/", "story"),
];
/// The addresses below which `boot.js` shows a story while the app is on its way.
const STORIES: &str = "exercises/";
/// What stands in the page for the addresses of these files; see `pattern_script` in `Trunk.toml`.
const EARLY_MARK: &str = "EARLY-PARTS";

/// What `wasm-streams` gives to JavaScript. It comes with Leptos's way to servers, of which nothing is used here; but what is
/// given out is kept, with all that it needs, whether anybody asks for it or not.
const UNUSED: &[&str] = &[
    "IntoUnderlyingByteSource",
    "IntoUnderlyingSink",
    "IntoUnderlyingSource",
];

/// What the file is called that fetches the parts; both names stand for it until the number is known.
const LINK: &str = "./parts-BUILD.js";
/// What the file is called that the parts get at the rest of the app by.
const MAIN: &str = "./model-stages-BUILD.js";

/// What stands in the page for the number of the build, by which a page finds out that there is a newer one
/// (`src/site.rs`); see `pattern_script` in `Trunk.toml`.
const NUMBER_MARK: &str = "BUILD-NUMBER";

/// How a part is asked for, and how the script does that instead: what was not answered is asked for anew when somebody wants
/// that (`app/browser.rs`).
const ASK: (&str, &str) = ("fetch(new URL(", ", import.meta.url))");
const ASK_AGAIN: (&str, &str) = ("get(", ")");
const GET: &str = r#"
const again = "model-stages:again";
async function get(file) {
for (;;) {
const control = new AbortController();
const stop = () => control.abort();
addEventListener(again, stop);
try {
const answer = await fetch(new URL(file, import.meta.url), { signal: control.signal });
if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
return await answer.arrayBuffer();
} catch (error) {
if (!control.signal.aborted) throw error;
} finally {
removeEventListener(again, stop);
}
}
}
"#;
/// How a part is made ready: also where a host does not say that it is WebAssembly.
const INSTANTIATE: &str = r"
async function instantiate(fetched, imports) {
return WebAssembly.instantiate(await fetched, imports);
}
";

/// How the file begins that Trunk makes of the styles that only the parts need; see `styles.rs`.
const STYLES: &str = "parts-";
/// What the file of these styles is called in the script and in the page until its number is known.
const STYLES_MARK: &str = "PART-STYLES";
/// Where the script fetches a part, and where it waits for the styles beside it.
const CALL: &str = "await callee();";
const CALL_STYLED: &str = "await Promise.all([styles(), callee()]);";
/// Where the script begins to fetch all that a part needs, and the same a few files at a time: a slow machine can do
/// something else in between.
const ALL_AT_ONCE: &str = "const parallelStuff = deps.map(d => d());";
const A_FEW_AT_A_TIME: &str = "const parallelStuff = [];
for (const dependency of deps) {
const load = dependency();
load.catch(() => {});
parallelStuff.push(load);
if (parallelStuff.length % 8 === 0) await new Promise((next) => setTimeout(next));
}";
/// The styles are on the page before the first part is. Where they don't arrive, the page says the same as where a part
/// doesn't, and the next try fetches them again. They are no `<link>`: what such an element waits for can't be given up, and
/// Firefox fetches nothing else meanwhile.
const FETCH_STYLES: &str = r#"
let styled;
function styles() {
styled ??= get("./PART-STYLES").then((bytes) => {
const sheet = new CSSStyleSheet();
sheet.replaceSync(new TextDecoder().decode(bytes));
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}).catch((error) => {
styled = undefined;
throw error;
});
return styled;
}
"#;

/// What several parts share is cut into many files; those below this size, in bytes, go into one file together: a request
/// for each would take a slow machine longer than the bytes.
const SMALL: usize = 8_000;
/// What the script gets a piece of that file by.
const FETCH_PIECE: &str = r#"
let pieces;
async function piece(start, end) {
pieces ??= get("./PIECES");
try {
return (await pieces).slice(start, end);
} catch (error) {
pieces = undefined;
throw error;
}
}
"#;

/// Cuts the WebAssembly that Cargo has built and puts the pieces into Trunk's folder.
///
/// # Errors
///
/// When Trunk did not call this, or a file cannot be read, cut or written.
pub fn split() -> Result<(), Failure> {
    let from_trunk = |name: &str| {
        std::env::var_os(name)
            .ok_or_else(|| Failure::step(format!("Trunk calls this, and sets {name}.")))
    };
    let staging = PathBuf::from(from_trunk("TRUNK_STAGING_DIR")?);
    let profile = from_trunk("TRUNK_PROFILE")?;
    let built = paths::target()
        .join("wasm32-unknown-unknown")
        .join(&profile)
        .join(format!("{APP}.wasm"));
    let work = paths::target().join("split");
    let failed =
        |error: std::io::Error| Failure::step(format!("The WebAssembly cannot be cut: {error}."));
    let _ = std::fs::remove_dir_all(&work);
    std::fs::create_dir_all(&work).map_err(failed)?;
    let input = std::fs::read(&built).map_err(failed)?;
    let input = module::without_exports(&input, UNUSED);
    let (parts, early) = cut(&input, &work)?;
    bind(&work)?;
    shorten(&work).map_err(failed)?;
    let names = Names::of(&work, &parts).map_err(failed)?;
    names.write(&work, &staging, &early).map_err(failed)?;
    let page = staging.join("index.html");
    let text = std::fs::read_to_string(&page).map_err(failed)?;
    let text = styles_later(&text, &staging, &names)?;
    let text = text.replace(first_view::MARK, &first_view::html()?);
    let text = real_python::put(&staging, &text, profile == "release")?;
    std::fs::write(page, text).map_err(failed)
}

/// Takes the styles that only the parts need out of the page, and lets the script that fetches the parts fetch them.
fn styles_later(page: &str, staging: &Path, names: &Names) -> Result<String, Failure> {
    let none = || {
        Failure::step(
            "The page has no styles for the parts, or the script that fetches the parts is another one.",
        )
    };
    let (text, styles) = without_styles(page).ok_or_else(none)?;
    let failed = |error: std::io::Error| Failure::step(format!("The styles: {error}."));
    let later = format!("part-{styles}");
    std::fs::rename(staging.join(&styles), staging.join(&later)).map_err(failed)?;
    let link = staging.join(format!("parts-{}.js", names.number));
    let script = std::fs::read_to_string(&link).map_err(failed)?;
    if !script.contains(CALL) || !script.contains(ALL_AT_ONCE) {
        return Err(none());
    }
    let script = script
        .replace(CALL, CALL_STYLED)
        .replace(ALL_AT_ONCE, A_FEW_AT_A_TIME)
        + &FETCH_STYLES.replace(STYLES_MARK, &later);
    std::fs::write(link, script).map_err(failed)?;
    Ok(text.replace(STYLES_MARK, &later))
}

/// The page without the element that fetches the styles of the parts, and what their file is called.
fn without_styles(page: &str) -> Option<(String, String)> {
    let name_at = page.find(STYLES)?;
    let start = page.get(..name_at)?.rfind("<link")?;
    let end = name_at + page.get(name_at..)?.find('>')? + 1;
    let rest = page.get(name_at..end)?;
    let name = rest.get(..rest.find(".css")? + ".css".len())?;
    let without = format!("{}{}", page.get(..start)?, page.get(end..)?);
    Some((without, name.to_owned()))
}

/// For which addresses something may be fetched early, and which files.
type Early = [(&'static str, Vec<String>); EARLY.len()];

/// Cuts `input` into files in `work`; gives the names of the parts, and of those that may be fetched early.
fn cut(input: &[u8], work: &Path) -> Result<(Vec<String>, Early), Failure> {
    let main = work.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(input);
    options.output_dir = work;
    options.main_out_path = &main;
    options.link_name = LINK;
    options.main_module = MAIN;
    let done = wasm_split_cli_support::transform(options)
        .map_err(|error| Failure::step(format!("The WebAssembly cannot be cut: {error:#}.")))?;
    let mut parts: Vec<String> = done
        .split_modules
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .filter(|name| work.join(name).is_file())
        .collect();
    parts.sort();
    let early = EARLY.map(|(address, part)| {
        let stems = done.prefetch_map.get(part).into_iter().flatten();
        let mut files: Vec<String> = stems.map(|stem| format!("{stem}.wasm")).collect();
        files.sort();
        (address, files)
    });
    Ok((parts, early))
}

/// Lets wasm-bindgen make the JavaScript of the main part.
fn bind(work: &Path) -> Result<(), Failure> {
    let mut command = process::program("wasm-bindgen");
    command
        .args(["--target", "web", "--no-typescript", "--no-demangle"])
        .args(["--keep-lld-exports", "--remove-name-section"])
        .args(["--remove-producers-section", "--out-name", "bound"])
        .arg("--out-dir")
        .arg(work)
        .arg(work.join("main.wasm"));
    process::run(&mut command, "wasm-bindgen")
}

/// Gives short names to what wasm-bindgen's two files ask each other for.
fn shorten(work: &Path) -> std::io::Result<()> {
    let (module, script) = (work.join("bound_bg.wasm"), work.join("bound.js"));
    let wasm = std::fs::read(&module)?;
    let text = std::fs::read_to_string(&script)?;
    let (wasm, text) = short_names::shortened(&wasm, &text);
    std::fs::write(module, wasm)?;
    std::fs::write(script, text)
}

/// The files of one build, and what they are called in the end.
struct Names {
    number: String,
    /// As they are called in the working folder, and as they will be.
    files: Vec<(String, String)>,
}

impl Names {
    fn of(work: &Path, parts: &[String]) -> std::io::Result<Self> {
        let mut files = vec!["bound_bg.wasm".to_owned(), "bound.js".to_owned(), link()];
        files.extend_from_slice(parts);
        let mut hasher = DefaultHasher::new();
        for file in &files {
            hasher.write(&std::fs::read(work.join(file))?);
        }
        // The scripts name the styles of the parts, and have code of their own: with another one of them, a browser that has
        // kept the files of this number must not go on with them.
        hasher.write(&std::fs::read(styles::parts())?);
        hasher.write(stories::json().as_bytes());
        for code in [
            GET,
            INSTANTIATE,
            A_FEW_AT_A_TIME,
            CALL_STYLED,
            FETCH_STYLES,
            FETCH_PIECE,
        ] {
            hasher.write(code.as_bytes());
        }
        let number = format!("{:016x}", hasher.finish());
        let called = |file: &str| match file {
            "bound_bg.wasm" => format!("{APP}-{number}_bg.wasm"),
            "bound.js" => format!("{APP}-{number}.js"),
            file if file == link() => format!("parts-{number}.js"),
            part => format!("part-{}-{number}.wasm", part_name(part)),
        };
        let files = files.iter().map(|file| (file.clone(), called(file)));
        Ok(Self {
            files: files.collect(),
            number,
        })
    }

    /// A script with the files called as they will be. Where it says by which name the WebAssembly asks for the other
    /// script, that name stays: it stands in the WebAssembly, too.
    fn named(&self, script: &str) -> String {
        let mut text = script
            .replace(
                &format!("from \"{LINK}\""),
                &format!("from \"./parts-{}.js\"", self.number),
            )
            .replace(MAIN, &format!("./{APP}-{}.js", self.number))
            .replace(
                "WebAssembly.instantiateStreaming(src, imports)",
                "instantiate(src, imports)",
            );
        if text.contains("instantiate(src, imports)") {
            text = text.replace(ASK.0, ASK_AGAIN.0).replace(ASK.1, ASK_AGAIN.1);
            text.push_str(GET);
            text.push_str(INSTANTIATE);
        }
        for (file, called) in &self.files {
            if called.starts_with("part-") {
                text = text.replace(&format!("./{file}"), &format!("./{called}"));
            }
        }
        text
    }

    /// Puts the files into Trunk's folder, in the place of those that Trunk made.
    fn write(&self, work: &Path, staging: &Path, early: &Early) -> std::io::Result<()> {
        let mut replaced: Vec<(String, String)> = Vec::new();
        for entry in std::fs::read_dir(staging)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let new = match name.strip_prefix(APP).map(|_| name.rsplit('.').next()) {
                Some(Some("js")) => format!("{APP}-{}.js", self.number),
                Some(Some("wasm")) => format!("{APP}-{}_bg.wasm", self.number),
                _ => continue,
            };
            std::fs::remove_file(staging.join(&name))?;
            replaced.push((name, new));
        }
        let mut scripts = Vec::new();
        let mut pieces = Pieces::default();
        for (file, called) in &self.files {
            let bytes = std::fs::read(work.join(file))?;
            if called.ends_with(".js") {
                let script = self.named(&plain(&String::from_utf8_lossy(&bytes)));
                scripts.push((called, script));
                continue;
            }
            let bytes = module::without_notes(&bytes);
            if called.starts_with("part-") && bytes.len() < SMALL {
                pieces.add(called, &bytes);
            } else {
                std::fs::write(staging.join(called), bytes)?;
            }
        }
        let together = format!("part-pieces-{}.wasm", self.number);
        std::fs::write(staging.join(&together), &pieces.bytes)?;
        for (called, script) in scripts {
            std::fs::write(staging.join(called), pieces.taken(&script, &together))?;
        }
        let boot = staging.join("boot.js");
        std::fs::write(&boot, plain(&std::fs::read_to_string(&boot)?))?;
        let page = staging.join("index.html");
        let mut text = std::fs::read_to_string(&page)?;
        for (old, new) in replaced {
            text = text.replace(&old, &new);
        }
        let early = early.iter().map(|(address, files)| {
            let called = self.files.iter().filter(|(file, _)| files.contains(file));
            let called = called.map(|(_, called)| called);
            let called = called
                .filter(|called| !pieces.has(called))
                .chain([&together]);
            let called = called.map(|called| format!("./{called}"));
            let more = (*address == STORIES).then(|| format!("./{}", self.stories()));
            let called: Vec<String> = called
                .chain([format!("./{STYLES_MARK}")])
                .chain(more)
                .collect();
            format!("{address}={}", called.join(","))
        });
        let early: Vec<String> = early.collect();
        text = text.replace(EARLY_MARK, &early.join(";"));
        text = text.replace(NUMBER_MARK, &self.number);
        std::fs::write(staging.join(self.stories()), stories::json())?;
        std::fs::write(page, text)
    }

    /// What the file of the exercises' stories is called.
    fn stories(&self) -> String {
        format!("part-stories-{}.json", self.number)
    }
}

/// Small files, one behind the other.
#[derive(Default)]
struct Pieces {
    bytes: Vec<u8>,
    /// What each was called, and where it stands.
    places: Vec<(String, std::ops::Range<usize>)>,
}

impl Pieces {
    fn add(&mut self, name: &str, bytes: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        self.places.push((name.to_owned(), start..self.bytes.len()));
    }

    fn has(&self, name: &str) -> bool {
        self.places.iter().any(|(known, _)| known == name)
    }

    /// The script that fetches the parts, with the pieces taken out of the file that is called so.
    fn taken(&self, script: &str, file: &str) -> String {
        let mut text = script.to_owned();
        for (name, place) in &self.places {
            let alone = format!("{}\"./{name}\"{}", ASK_AGAIN.0, ASK_AGAIN.1);
            text = text.replace(&alone, &format!("piece({}, {})", place.start, place.end));
        }
        if text != script {
            text.push_str(&FETCH_PIECE.replace("PIECES", file));
        }
        text
    }
}

/// A script without its comments and indentation. In the scripts here, a comment has lines of its own.
fn plain(script: &str) -> String {
    let mut text = String::new();
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            text.push_str(line);
            text.push('\n');
        }
        in_comment &= !line.ends_with("*/");
    }
    text
}

fn link() -> String {
    LINK.trim_start_matches("./").to_owned()
}

/// The name of a part by the file that it was cut into: letters and underscores.
fn part_name(file: &str) -> String {
    let stem = file.trim_end_matches(".wasm");
    stem.chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .collect::<String>()
        .trim_matches('-')
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_plain() {
        let script = "/**\n * What it is.\n */\nfunction f() {\n    // why\n    return 1; // here\n}\n\n/* a */\nf();\n";
        assert_eq!(
            plain(script),
            "function f() {\nreturn 1; // here\n}\nf();\n"
        );
    }

    #[test]
    fn files_are_called_by_their_number() {
        let names = Names {
            number: "7".to_owned(),
            files: vec![("split_a.wasm".to_owned(), "part-split-a-7.wasm".to_owned())],
        };
        let bound = r#"import * as a from "./parts-BUILD.js"
const all = { "./parts-BUILD.js": a };"#;
        assert_eq!(
            names.named(bound),
            r#"import * as a from "./parts-7.js"
const all = { "./parts-BUILD.js": a };"#
        );
        let link = r#"import { initSync } from "./model-stages-BUILD.js";
fetch(new URL("./split_a.wasm", import.meta.url)), WebAssembly.instantiateStreaming(src, imports)"#;
        let named = names.named(link);
        assert!(named.starts_with(r#"import { initSync } from "./model-stages-7.js";"#));
        assert!(named.contains(r#"get("./part-split-a-7.wasm"), instantiate(src, imports)"#));
        assert!(named.ends_with(&format!("{GET}{INSTANTIATE}")));
    }

    #[test]
    fn small_files_go_together() {
        let mut pieces = Pieces::default();
        pieces.add("part-a.wasm", b"aaa");
        pieces.add("part-b.wasm", b"bb");
        assert_eq!(pieces.bytes, b"aaabb");
        assert!(pieces.has("part-b.wasm") && !pieces.has("part-c.wasm"));
        let script = r#"f(get("./part-b.wasm"), get("./part-c.wasm"));"#;
        let taken = pieces.taken(script, "part-pieces-7.wasm");
        assert!(taken.starts_with(r#"f(piece(3, 5), get("./part-c.wasm"));"#));
        assert!(taken.contains(r#"get("./part-pieces-7.wasm")"#));
        assert_eq!(pieces.taken("g();", "part-pieces-7.wasm"), "g();");
    }

    #[test]
    fn styles_of_the_parts_leave_the_page() {
        let check = |page: &str, expected: Option<(&str, &str)>| {
            let found = without_styles(page);
            let found = found.as_ref().map(|(a, b)| (a.as_str(), b.as_str()));
            assert_eq!(found, expected, "{page}");
        };
        let rest = "<link href=./app-1.css rel=stylesheet><script src=./boot.js></script>";
        check(rest, None);
        check(
            "<link href=./app-1.css rel=stylesheet><link href=./parts-2.css integrity=x rel=stylesheet><script src=./boot.js></script>",
            Some((rest, "parts-2.css")),
        );
        check(
            r#"<a><link rel="stylesheet" href="/x/parts-2.css" integrity="y"/><b>"#,
            Some(("<a><b>", "parts-2.css")),
        );
    }

    #[test]
    fn parts_have_plain_names() {
        assert_eq!(part_name("module_1_registry.wasm"), "module-1-registry");
    }
}
