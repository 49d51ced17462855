//! The WebAssembly, cut into the part that every page needs and parts that are fetched when they are needed.
//!
//! Trunk runs this after every build (the hook in `Trunk.toml`). Trunk itself hands the whole WebAssembly to
//! wasm-bindgen; here it is cut first, at the functions marked with `wasm_split` (the `lazy.rs` of each feature), and the files that
//! Trunk has made are replaced. All files of one build carry the same number, so that a browser never mixes two builds.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hasher;
use std::ops::Range;
use std::path::{Path, PathBuf};

use eyre::{OptionExt, Result, ensure};
use regex::Regex;
use xshell::Shell;

use crate::pages::{GROUP, PARTS, STYLED};
use crate::shell::{target, variable};
use crate::{first_view, module, real_python, stories, styles, wasm};

/// How the files begin that make the first page.
const APP: &str = "model-stages";

/// The parts whose files `boot.js` may fetch while the app itself is still on its way: how the addresses begin that need one,
/// and the names at their split points. The start page has no address of its own, `start` stands for it. With a `/` at its end it stands for the pages below alone.
const EARLY: [(&str, &[&str]); 11] = [
    ("start", &["start"]),
    ("learn", &["store", "lesson"]),
    ("registry", &["store", "refusals", "registry"]),
    ("practice", &["store", "practice"]),
    ("practice/", &["store", "practice"]),
    ("progress", &["store", "practice"]),
    ("embed", &["embed"]),
    ("embed-step", &["lesson", "play"]),
    ("embed-registry", &["embed_registry"]),
    ("exercises", &["store", "refusals", "exercises"]),
    ("exercises/", &["store", "story"]),
];
/// The addresses below which `boot.js` shows something while the app is on its way, the name of its file, and what makes that.
type Told = (&'static str, &'static str, fn() -> String);
/// The addresses below which `boot.js` shows what is to be read while the app is on its way, and its file.
const TOLD: [Told; 2] = [
    ("exercises/", "stories", stories::json),
    ("practice/", "questions", stories::questions),
];
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

/// What stands behind the script that fetches the parts.
const MORE: &str = include_str!("parts.js");
/// What that script does by itself, and what it does in the place of that with [`MORE`].
const BETTER: [(&str, &str); 6] = [
    (
        "function wrapAsyncCb(callee) {",
        "function wrapAsyncCb(callee, styled = styles) {",
    ),
    ("fetch(new URL(", "get("),
    (", import.meta.url))", ")"),
    (
        "WebAssembly.instantiateStreaming(src, imports)",
        "instantiate(src, imports)",
    ),
    (
        "await callee();",
        "await Promise.all([styled(), callee()]);",
    ),
    (
        "const parallelStuff = deps.map(d => d());",
        "const parallelStuff = await aFewAtATime(deps);",
    ),
];

/// Files below this size, in bytes, go together with others: a request for each would take a slow machine longer than the
/// bytes.
const SMALL: usize = 8_000;

/// Cuts the WebAssembly that Cargo has built and puts the pieces into Trunk's folder.
pub fn split(sh: &Shell) -> Result<()> {
    let from_trunk = |name: &str| variable(name).ok_or_eyre("Trunk calls this, from its hook.");
    let staging = PathBuf::from(from_trunk("TRUNK_STAGING_DIR")?);
    let profile = from_trunk("TRUNK_PROFILE")?;
    let built = target()
        .join(wasm::TARGET)
        .join(&profile)
        .join(format!("{APP}.wasm"));
    let work = target().join("split");
    sh.remove_path(&work)?;
    sh.create_dir(&work)?;
    let input = module::without_exports(&sh.read_binary_file(built)?, UNUSED)?;
    let parts = cut(&input, &work)?;
    wasm::bind(
        sh,
        &work.join("main.wasm"),
        &work,
        "bound",
        &["--keep-lld-exports"],
    )?;
    let (module, script) = (work.join("bound_bg.wasm"), work.join("bound.js"));
    let (wasm, text) =
        module::with_short_names(&sh.read_binary_file(&module)?, &sh.read_file(&script)?)?;
    sh.write_file(module, wasm)?;
    sh.write_file(script, text)?;

    let names = Names::of(sh, &work, &parts.files)?;
    let page = replace_trunks(sh, &staging, &names)?;
    let (page, styles) = without_styles(&page)?;
    let page = names.write(sh, &work, &staging, &page, &parts, &styles)?;
    let boot = staging.join("boot.js");
    sh.write_file(&boot, plain(&sh.read_file(&boot)?))?;
    for (_, name, json) in TOLD {
        sh.write_file(staging.join(names.told(name)), json())?;
    }
    let page = page.replace(NUMBER_MARK, &names.number);
    let page = first_view::put(&page)?;
    let page = real_python::put(sh, &staging, &page, profile == "release")?;
    Ok(sh.write_file(staging.join("index.html"), page)?)
}

/// The files that the WebAssembly was cut into.
struct Parts {
    files: Vec<String>,
    /// The files that each split point needs, by its name.
    needs: HashMap<String, Vec<String>>,
}

impl Parts {
    /// Returns whether a part needs a file.
    fn need(&self, part: &str, file: &str) -> bool {
        let stem = file.trim_end_matches(".wasm");
        let needs = self.needs.get(part);
        needs.is_some_and(|stems| stems.iter().any(|known| known == stem))
    }

    /// Returns which of [`PARTS`] need a file, as their letters.
    fn group(&self, file: &str) -> String {
        let letters = ('a'..='z').zip(PARTS);
        let needed = letters.filter(|(_, part)| self.need(part, file));
        needed.map(|(letter, _)| letter).collect()
    }
}

/// Puts the files of small groups into the smallest larger one that all who need them fetch anyway.
fn without_small(groups: &mut BTreeMap<String, Vec<(String, Vec<u8>)>>) {
    let size =
        |files: &[(String, Vec<u8>)]| files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>();
    let is_small = |group: &&String| groups.get(*group).is_some_and(|files| size(files) < SMALL);
    let small: Vec<String> = groups.keys().filter(is_small).cloned().collect();
    for group in small {
        let holds =
            |other: &&String| **other != group && group.chars().all(|part| other.contains(part));
        let larger = groups
            .keys()
            .filter(holds)
            .min_by_key(|other| other.len())
            .cloned();
        let into = larger.filter(|_| !group.is_empty());
        if let Some(into) = into
            && let Some(files) = groups.remove(&group)
        {
            groups.entry(into).or_default().extend(files);
        }
    }
}

/// Cuts `input` into files in `work`.
fn cut(input: &[u8], work: &Path) -> Result<Parts> {
    let main = work.join("main.wasm");
    let mut options = wasm_split_cli_support::Options::new(input);
    options.output_dir = work;
    options.main_out_path = &main;
    options.link_name = LINK;
    options.main_module = MAIN;
    let done = wasm_split_cli_support::transform(options)?;
    let mut files: Vec<String> = done
        .split_modules
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .filter(|name| work.join(name).is_file())
        .collect();
    files.sort();
    Ok(Parts {
        files,
        needs: done.prefetch_map,
    })
}

/// Removes the app's files that Trunk has made, and returns the page with the names of those that take their places.
fn replace_trunks(sh: &Shell, staging: &Path, names: &Names) -> Result<String> {
    let mut page = sh.read_file(staging.join("index.html"))?;
    for file in sh.read_dir(staging)? {
        let old = file.file_name().unwrap_or_default().to_string_lossy();
        let new = match file.extension().and_then(|end| end.to_str()) {
            Some("js") => format!("{APP}-{}.js", names.number),
            Some("wasm") => format!("{APP}-{}_bg.wasm", names.number),
            _ => continue,
        };
        // Behind the name Trunk writes a hash; the web component has none.
        if old.starts_with(&format!("{APP}-")) {
            page = page.replace(&*old, &new);
            sh.remove_path(&file)?;
        }
    }
    Ok(page)
}

/// Returns the page without the element that fetches the styles of the parts, and what their file is called.
fn without_styles(page: &str) -> Result<(String, String)> {
    let link = Regex::new(r"<link[^>]*\b(parts-[^.>]*\.css)[^>]*>")?;
    let found = link
        .captures(page)
        .ok_or_eyre("The page has no styles for the parts.")?;
    Ok((link.replace(page, "").into_owned(), found[1].to_owned()))
}

/// The files of one build, and what they are called in the end.
struct Names {
    number: String,
    /// As they are called in the working folder, and as they will be.
    files: Vec<(String, String)>,
}

impl Names {
    fn of(sh: &Shell, work: &Path, parts: &[String]) -> Result<Self> {
        let link = LINK.trim_start_matches("./");
        let mut files = vec![
            "bound_bg.wasm".to_owned(),
            "bound.js".to_owned(),
            link.to_owned(),
        ];
        files.extend_from_slice(parts);
        let mut hasher = DefaultHasher::new();
        for file in &files {
            hasher.write(&sh.read_binary_file(work.join(file))?);
        }
        // The scripts name the styles of the parts, and have code of their own: with another one of them, a browser that has
        // kept the files of this number must not go on with them.
        hasher.write(&sh.read_binary_file(styles::later())?);
        for (_, _, json) in TOLD {
            hasher.write(json().as_bytes());
        }
        hasher.write(format!("{MORE}{BETTER:?}").as_bytes());
        let number = format!("{:016x}", hasher.finish());
        let called = |file: &str| match file {
            "bound_bg.wasm" => format!("{APP}-{number}_bg.wasm"),
            "bound.js" => format!("{APP}-{number}.js"),
            file if file == link => format!("parts-{number}.js"),
            part => format!("part-{}-{number}.wasm", part_name(part)),
        };
        let files = files
            .iter()
            .map(|file| (file.clone(), called(file)))
            .collect();
        Ok(Self { files, number })
    }

    /// A script with the files called as they will be. Where it says by which name the WebAssembly asks for the other
    /// script, that name stays: it stands in the WebAssembly, too.
    fn named(&self, script: &str) -> String {
        let parts = format!("from \"./parts-{}.js\"", self.number);
        let mut text = script
            .replace(&format!("from \"{LINK}\""), &parts)
            .replace(MAIN, &format!("./{APP}-{}.js", self.number));
        for (file, called) in &self.files {
            if called.starts_with("part-") {
                text = text.replace(&format!("./{file}"), &format!("./{called}"));
            }
        }
        text
    }

    /// Puts the files into Trunk's folder, and returns the page with those that may be fetched early.
    fn write(
        &self,
        sh: &Shell,
        work: &Path,
        staging: &Path,
        page: &str,
        parts: &Parts,
        styles: &str,
    ) -> Result<String> {
        let later = format!("part-{styles}");
        std::fs::rename(staging.join(styles), staging.join(&later))?;
        let mut pieces = Pieces::default();
        let mut groups: BTreeMap<String, Vec<(String, Vec<u8>)>> = BTreeMap::new();
        let mut scripts = Vec::new();
        for (file, called) in &self.files {
            let bytes = sh.read_binary_file(work.join(file))?;
            if called.ends_with(".js") {
                scripts.push((called, self.named(&plain(std::str::from_utf8(&bytes)?))));
                continue;
            }
            let bytes = module::without_notes(&bytes)?;
            let group = parts.group(file);
            if called.starts_with("part-") && (!group.is_empty() || bytes.len() < SMALL) {
                let files = groups.entry(group).or_default();
                files.push((called.clone(), bytes));
            } else {
                sh.write_file(staging.join(called), bytes)?;
            }
        }
        without_small(&mut groups);
        for (group, files) in &groups {
            for (called, bytes) in files {
                pieces.add(called, &self.together(group), bytes);
            }
        }
        for (together, bytes) in &pieces.files {
            sh.write_file(staging.join(together), bytes)?;
        }
        for (called, mut script) in scripts {
            if called.starts_with("parts-") {
                script = with_more(&pieces.taken(&script), &later)?;
            }
            sh.write_file(staging.join(called), script)?;
        }
        let early = EARLY.map(|(address, fetched)| {
            let wanted =
                |(file, _): &&(String, String)| fetched.iter().any(|part| parts.need(part, file));
            let files = self.files.iter().filter(wanted);
            let mut called: BTreeSet<&str> =
                files.map(|(_, called)| pieces.file_of(called)).collect();
            let told = TOLD.iter().find(|(below, ..)| *below == address);
            let told = told.map(|(_, name, _)| self.told(name));
            called.extend((fetched != [STYLED]).then_some(later.as_str()));
            called.extend(told.as_deref());
            let called: Vec<&str> = called.into_iter().collect();
            format!("{address}=./{}", called.join(",./"))
        });
        Ok(page.replace(EARLY_MARK, &early.join(";")))
    }

    /// What the file is called that the files of a group are put into.
    fn together(&self, group: &str) -> String {
        match group {
            "" => format!("part-pieces-{}.wasm", self.number),
            letters => format!("{GROUP}{letters}-{}.wasm", self.number),
        }
    }

    /// What a file is called of what is read while the app is on its way.
    fn told(&self, name: &str) -> String {
        format!("part-{name}-{}.json", self.number)
    }
}

/// The script that fetches the parts, with what is better in it, and the file of the styles.
fn with_more(script: &str, styles: &str) -> Result<String> {
    let mut text = script.to_owned();
    for (old, new) in BETTER {
        ensure!(
            text.contains(old),
            "The script that fetches the parts has no `{old}`."
        );
        text = text.replace(old, new);
    }
    let load = format!("__wasm_split_load_{STYLED} = ");
    text = text.replace(
        &format!("{load}wrapAsyncCb("),
        &format!("{load}styledAlready("),
    );
    Ok(text + &plain(MORE).replace("PART-STYLES", styles))
}

/// Files, one behind the other in larger ones.
#[derive(Default)]
struct Pieces {
    files: BTreeMap<String, Vec<u8>>,
    /// What each was called, which file it is in now, and where it stands there.
    places: Vec<(String, String, Range<usize>)>,
}

impl Pieces {
    fn add(&mut self, name: &str, together: &str, bytes: &[u8]) {
        let all = self.files.entry(together.to_owned()).or_default();
        let start = all.len();
        all.extend_from_slice(bytes);
        let place = start..all.len();
        self.places
            .push((name.to_owned(), together.to_owned(), place));
    }

    /// What the file is called that a file is in now.
    fn file_of<'a>(&'a self, name: &'a str) -> &'a str {
        let found = self.places.iter().find(|(known, _, _)| known == name);
        found.map_or(name, |(_, together, _)| together)
    }

    /// The script that fetches the parts, with the pieces taken out of their files.
    fn taken(&self, script: &str) -> String {
        let mut text = script.to_owned();
        for (name, together, place) in &self.places {
            let alone = format!("fetch(new URL(\"./{name}\", import.meta.url))");
            let (start, end) = (place.start, place.end);
            text = text.replace(&alone, &format!("piece(\"./{together}\", {start}, {end})"));
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

/// The name of a part by the file that it was cut into: letters, digits and dashes.
fn part_name(file: &str) -> String {
    let stem = file.trim_end_matches(".wasm");
    let name = stem.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
    name.trim_matches('-').to_owned()
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
        let link = r#"import { initSync } from "./model-stages-BUILD.js"; fetch("./split_a.wasm")"#;
        assert_eq!(
            names.named(link),
            r#"import { initSync } from "./model-stages-7.js"; fetch("./part-split-a-7.wasm")"#
        );
    }

    #[test]
    fn small_files_go_together() {
        let mut pieces = Pieces::default();
        pieces.add("part-a.wasm", "all.wasm", b"aaa");
        pieces.add("part-b.wasm", "all.wasm", b"bb");
        pieces.add("part-d.wasm", "other.wasm", b"d");
        assert_eq!(pieces.files.get("all.wasm").unwrap(), b"aaabb");
        assert_eq!(pieces.file_of("part-b.wasm"), "all.wasm");
        assert_eq!(pieces.file_of("part-c.wasm"), "part-c.wasm");
        let fetch = |name| format!(r#"fetch(new URL("./{name}", import.meta.url))"#);
        let script = format!("f({}, {})", fetch("part-b.wasm"), fetch("part-c.wasm"));
        let taken = format!(r#"f(piece("./all.wasm", 3, 5), {})"#, fetch("part-c.wasm"));
        assert_eq!(pieces.taken(&script), taken);
    }

    #[test]
    fn the_script_that_fetches_the_parts_has_what_it_needs() {
        let script: String = BETTER.iter().map(|(old, _)| *old).collect();
        let more = with_more(&script, "styles-7.css").unwrap();
        let better: String = BETTER.iter().map(|(_, new)| *new).collect();
        assert!(more.starts_with(&better));
        assert!(more.contains("./styles-7.css"));
        assert!(with_more("", "").is_err());
        let start = format!("{script}const __wasm_split_load_start = wrapAsyncCb(a);");
        let more = with_more(&start, "").unwrap();
        assert!(more.contains("__wasm_split_load_start = styledAlready(a);"));
    }

    #[test]
    fn each_file_is_grouped_by_the_pages_that_need_it() {
        let needs = [("start", "a"), ("play", "a"), ("console", "b")];
        let needs = needs.map(|(part, stem)| (part.to_owned(), vec![stem.to_owned()]));
        let parts = Parts {
            files: Vec::new(),
            needs: needs.into(),
        };
        assert_eq!(parts.group("a.wasm"), "ae");
        assert_eq!(parts.group("b.wasm"), "");
    }

    #[test]
    fn small_groups_go_into_larger_ones() {
        let file = |name: &str, size: usize| vec![(name.to_owned(), vec![0; size])];
        let mut groups = BTreeMap::from([
            (String::new(), file("x", 1)),
            ("a".to_owned(), file("y", 2)),
            ("abc".to_owned(), file("z", SMALL)),
            ("d".to_owned(), file("w", 3)),
        ]);
        without_small(&mut groups);
        let names: Vec<&str> = groups.keys().map(String::as_str).collect();
        assert_eq!(names, ["", "abc", "d"]);
        assert_eq!(groups["abc"].len(), 2);
    }

    #[test]
    fn styles_of_the_parts_leave_the_page() {
        let rest = "<link href=./app-1.css rel=stylesheet><script src=./boot.js></script>";
        assert!(without_styles(rest).is_err());
        for (page, left) in [
            (
                "<link href=./app-1.css rel=stylesheet><link href=./parts-2.css integrity=x rel=stylesheet><script src=./boot.js></script>",
                rest,
            ),
            (
                r#"<a><link rel="stylesheet" href="/x/parts-2.css" integrity="y"/><b>"#,
                "<a><b>",
            ),
        ] {
            let expected = (left.to_owned(), "parts-2.css".to_owned());
            assert_eq!(without_styles(page).unwrap(), expected, "{page}");
        }
    }

    #[test]
    fn parts_have_plain_names() {
        assert_eq!(part_name("module_1_registry.wasm"), "module-1-registry");
    }
}
