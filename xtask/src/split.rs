//! The WebAssembly, cut into the part that every page needs and parts that are fetched when they are needed.
//!
//! Trunk runs this after every build (the hook in `Trunk.toml`). Trunk itself hands the whole WebAssembly to
//! wasm-bindgen; here it is cut first, at the functions marked with `wasm_split` (the `lazy.rs` of each feature), and the files that
//! Trunk has made are replaced. All files of one build carry the same number, so that a browser never mixes two builds.

use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

use eyre::{OptionExt, Result, eyre};
use regex::Regex;
use xshell::Shell;

use crate::cut::{File, LINK, MAIN, Parts, cut};
use crate::optimise::optimise;
use crate::pages::Styles;
use crate::shell::{target, variable};
use crate::{first_view, module, pieces, real_python, styles, wasm};

/// How the files begin that make the first page.
const APP: &str = "model-stages";

/// The parts whose files `boot.js` may fetch while the app itself is still on its way: how the addresses begin that need one,
/// and the names at their split points. The start page has no address of its own, `start` stands for it. With a `/` at its end it stands for the pages below alone.
const EARLY: [(&str, &[&str]); 18] = [
    ("start", &["start"]),
    ("learn", &["store", "lesson"]),
    ("learn/", &["store", "lesson"]),
    ("registry", &["store", "registry"]),
    ("practice", &["store", "practice"]),
    ("practice/", &["store", "question"]),
    ("progress", &["store", "practice"]),
    ("exercises", &["store", "exercises"]),
    ("exercises/", &["store", "story"]),
    ("class", &["store", CLASS]),
    ("audience", &[CLASS]),
    ("embed", &["embed"]),
    ("embed-step/", &["lesson"]),
    ("embed-question/", &["question"]),
    ("embed-exercise/", &["story", "exercise"]),
    ("embed-new/", &["new_exercise"]),
    ("embed-registry", &["embed_registry"]),
    ("embed-diagram", &["embed_registry", "diagram"]),
];
/// The pages that show one item of the pack: how their addresses begin, how the names of the items' files do, and the part that
/// shows it.
const ONE: [([&str; 2], &str, &str); 3] = [
    (["learn/", "embed-step/"], "step", "lesson"),
    (["practice/", "embed-question/"], "question", "question"),
    (["exercises/", "embed-exercise/"], "exercise", "exercise"),
];
/// The part that has styles of its own.
const CLASS: &str = "class";
/// What stands in the page for the addresses of these files; see `pattern_script` in `Trunk.toml`.
const EARLY_MARK: &str = "EARLY-PARTS";

/// What `wasm-streams` gives to JavaScript. It comes with Leptos's way to servers, of which nothing is used here; but what is
/// given out is kept, with all that it needs, whether anybody asks for it or not.
const UNUSED: &[&str] = &[
    "IntoUnderlyingByteSource",
    "IntoUnderlyingSink",
    "IntoUnderlyingSource",
];

/// What stands in the page for the number of the build, by which a page finds out that there is a newer one
/// (`src/site.rs`); see `pattern_script` in `Trunk.toml`.
const NUMBER_MARK: &str = "BUILD-NUMBER";

/// The script that fetches the parts.
const MORE: &str = include_str!("parts.js");
/// Up to where the script that `wasm_split_cli_support` makes is kept: it finds what the parts share with the app.
const KEPT: &str = "function wrapAsyncCb(";

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
    sh.write_file(script, text)?;

    let mut files = parts.joined(sh, &work)?;
    let mut app = module::without_notes(&wasm)?;
    if profile == "release" {
        let parts = files.iter_mut().map(|file| &mut file.bytes);
        optimise(
            sh,
            &mut std::iter::once(&mut app).chain(parts).collect::<Vec<_>>(),
        )?;
    }
    let pieces = pieces::all()?;
    let names = Names::of(sh, &work, &app, &files, &pieces)?;
    let page = replace_trunks(sh, &staging, &names)?;
    let (page, later) = without_styles(&page, "parts")?;
    let (page, framed) = without_styles(&page, "framed")?;
    let styles = [later, framed];
    sh.write_file(
        staging.join(format!("{APP}-{}_bg.wasm", names.number)),
        &app,
    )?;
    let page = names.write(sh, (&work, &staging), &page, &parts, &files, &styles)?;
    let boot = staging.join("boot.js");
    sh.write_file(&boot, plain(&sh.read_file(&boot)?))?;
    for (name, json) in pieces {
        sh.write_file(staging.join(names.piece(&name)), json)?;
    }
    let page = page.replace(NUMBER_MARK, &names.number);
    sh.write_file(
        staging.join(first_view::LESSON),
        first_view::lesson_page(&page)?,
    )?;
    let page = first_view::put(&page)?;
    let page = real_python::put(sh, &staging, &page, profile == "release")?;
    Ok(sh.write_file(staging.join("index.html"), page)?)
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

/// Returns the page without the element that fetches the styles in a file of that name, and what the file is called.
fn without_styles(page: &str, name: &str) -> Result<(String, String)> {
    let link = Regex::new(&format!(r"<link[^>]*\b({name}-[^.>]*\.css)[^>]*>"))?;
    let found = link
        .captures(page)
        .ok_or_else(|| eyre!("The page has no styles `{name}`."))?;
    Ok((link.replace(page, "").into_owned(), found[1].to_owned()))
}

/// What the files of one build are called in the end.
struct Names {
    number: String,
}

impl Names {
    fn of(
        sh: &Shell,
        work: &Path,
        app: &[u8],
        files: &[File],
        pieces: &[(String, String)],
    ) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        hasher.write(app);
        for file in ["bound.js", LINK] {
            hasher.write(&sh.read_binary_file(work.join(file))?);
        }
        for file in files {
            hasher.write(file.name.as_bytes());
            hasher.write(&file.bytes);
        }
        // The scripts name the styles of the parts, and have code of their own: with another one of them, a browser that has
        // kept the files of this number must not go on with them.
        for styles in [styles::later(), styles::framed(), styles::class()] {
            hasher.write(&sh.read_binary_file(styles)?);
        }
        for (name, json) in pieces {
            hasher.write(name.as_bytes());
            hasher.write(json.as_bytes());
        }
        hasher.write(MORE.as_bytes());
        let number = format!("{:016x}", hasher.finish());
        Ok(Self { number })
    }

    /// What a file of the release is called.
    fn called(&self, file: &File) -> String {
        format!("{}-{}.wasm", file.name, self.number)
    }

    /// A script with the other two called as they will be. Where it says by which name the WebAssembly asks for the other
    /// script, that name stays: it stands in the WebAssembly, too.
    fn named(&self, script: &str) -> String {
        let parts = format!("from \"./parts-{}.js\"", self.number);
        script
            .replace(&format!("from \"{LINK}\""), &parts)
            .replace(MAIN, &format!("./{APP}-{}.js", self.number))
    }

    /// Puts the files into Trunk's folder, and returns the page with those that may be fetched early.
    fn write(
        &self,
        sh: &Shell,
        (work, staging): (&Path, &Path),
        page: &str,
        parts: &Parts,
        files: &[File],
        styles: &[String; 2],
    ) -> Result<String> {
        for file in styles {
            std::fs::rename(staging.join(file), staging.join(format!("part-{file}")))?;
        }
        sh.copy_file(styles::class(), staging.join(self.class_styles()))?;
        for file in files {
            sh.write_file(staging.join(self.called(file)), &file.bytes)?;
        }
        let script = |name: &str| -> Result<String> {
            Ok(self.named(&plain(&sh.read_file(work.join(name))?)))
        };
        sh.write_file(
            staging.join(format!("{APP}-{}.js", self.number)),
            script("bound.js")?,
        )?;
        let fetching = self.fetching(&script(LINK)?, parts, files, styles)?;
        sh.write_file(staging.join(format!("parts-{}.js", self.number)), fetching)?;
        let early = EARLY.map(|(address, fetched)| {
            let wanted = |file: &&File| fetched.iter().any(|part| parts.fetch(part, file));
            let wanted = files.iter().filter(wanted);
            let mut called: BTreeSet<String> = wanted.map(|file| self.called(file)).collect();
            called.extend(fetched.contains(&CLASS).then(|| self.class_styles()));
            let one = ONE.iter().find(|(below, ..)| below.contains(&address));
            // `boot.js` puts the id for the star.
            called.extend(one.map(|(_, kind, _)| self.piece(&format!("{kind}-*"))));
            let [later, framed] = styles;
            let needed = match fetched.iter().map(|part| Styles::of(part)).max() {
                Some(Styles::Framed) if address.starts_with("embed-") => Some(framed),
                Some(Styles::Framed | Styles::Parts) => Some(later),
                Some(Styles::None) | None => None,
            };
            called.extend(needed.map(|file| format!("part-{file}")));
            let called: Vec<String> = called.into_iter().collect();
            format!("{address}=./{}", called.join(",./"))
        });
        Ok(page.replace(EARLY_MARK, &early.join(";")))
    }

    /// The script that fetches the parts: the beginning of the one that was made, ours, and which files each part needs.
    fn fetching(
        &self,
        made: &str,
        parts: &Parts,
        files: &[File],
        [later, framed]: &[String; 2],
    ) -> Result<String> {
        let (kept, _) = made
            .split_once(KEPT)
            .ok_or_eyre("The script that fetches the parts has changed.")?;
        let names: Vec<&str> = files
            .iter()
            .map(|file| file.name.trim_start_matches("part-"))
            .collect();
        let mut text = kept.to_owned();
        let more = plain(MORE)
            .replace("PART-STYLES", later)
            .replace("FRAMED-STYLES", framed)
            .replace("CLASS-STYLES", &self.class_styles());
        text.push_str(&more.replace("PIECE-NUMBER", &self.number));
        text.push_str(&format!(
            "const files = \"{}\".split(\" \").map((name) => ready(`./part-${{name}}-{}.wasm`));\n",
            names.join(" "),
            self.number
        ));
        for part in parts.needs.keys() {
            let at = files.iter().enumerate();
            let at = at.filter(|(_, file)| parts.fetch(part, file));
            let mut needed: Vec<String> = at.map(|(at, _)| format!("files[{at}]")).collect();
            needed.extend(match Styles::of(part) {
                Styles::None => None,
                Styles::Framed => Some("framedStyles".to_owned()),
                Styles::Parts => Some("styles".to_owned()),
            });
            needed.extend((part == CLASS).then(|| "classStyles".to_owned()));
            let is_one = ONE.iter().any(|(.., shows)| part == shows);
            needed.extend(is_one.then(|| "early".to_owned()));
            let needed = needed.join(", ");
            text.push_str(&format!(
                "export const __wasm_split_load_{part} = part([{needed}]);\n"
            ));
        }
        Ok(text)
    }

    /// What the file of the styles for a class is called.
    fn class_styles(&self) -> String {
        format!("part-{CLASS}-{}.css", self.number)
    }

    /// What the file of a piece of the pack is called.
    fn piece(&self, name: &str) -> String {
        format!("part-{name}-{}.json", self.number)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cut::parts;

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
        };
        let bound = r#"import * as a from "./parts-BUILD.js"
const all = { "./parts-BUILD.js": a };"#;
        assert_eq!(
            names.named(bound),
            r#"import * as a from "./parts-7.js"
const all = { "./parts-BUILD.js": a };"#
        );
        let link = r#"import { initSync } from "./model-stages-BUILD.js""#;
        let named = r#"import { initSync } from "./model-stages-7.js""#;
        assert_eq!(names.named(link), named);
    }

    #[test]
    fn the_script_that_fetches_the_parts_has_the_files_of_each() {
        let names = Names {
            number: "7".to_owned(),
        };
        let file = |name: &str, pieces: &[&str]| File {
            name: name.to_owned(),
            pieces: pieces.iter().map(|piece| (*piece).to_owned()).collect(),
            bytes: Vec::new(),
        };
        let files = [file("part-of-a", &["x", "y"]), file("part-split-b", &["z"])];
        let parts = parts(&[
            ("console", "z"),
            ("question", "x"),
            ("start", "y"),
            ("class", "x"),
        ]);
        let styles = ["styles-7.css", "framed-7.css"].map(str::to_owned);
        let write = |made| names.fetching(made, &parts, &files, &styles);
        let script = write("let shared;\nfunction wrapAsyncCb(a) {}").unwrap();
        assert!(script.starts_with("let shared;\n"));
        for line in [
            "sheet(\"./part-styles-7.css\", atEnd)",
            "sheet(\"./part-framed-7.css\", atStart)",
            "const files = \"of-a split-b\".split(\" \").map((name) => ready(`./part-${name}-7.wasm`));",
            "export const __wasm_split_load_console = part([files[1], styles]);",
            "export const __wasm_split_load_question = part([files[0], framedStyles, early]);",
            "export const __wasm_split_load_start = part([files[0]]);",
            "get(`./part-${name}-7.json`)",
            "export const __wasm_split_load_class = part([files[0], styles, classStyles]);",
            "sheet(\"./part-class-7.css\", atEnd, styles)",
        ] {
            assert!(script.contains(line), "{line}:\n{script}");
        }
        assert!(write("").is_err());
    }

    #[test]
    fn styles_of_the_parts_leave_the_page() {
        let rest = "<link href=./app-1.css rel=stylesheet><script src=./boot.js></script>";
        assert!(without_styles(rest, "parts").is_err());
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
            assert_eq!(without_styles(page, "parts").unwrap(), expected, "{page}");
        }
    }
}
