//! The shape of the code, held by reading it: who uses whom, and what stands nowhere.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

#[path = "common/source.rs"]
mod source;

use source::Source;

const PAGE: &str = include_str!("../index.html");

/// The modules right under the crate.
const MODULES: [&str; 9] = [
    "registry", "console", "text", "lesson", "route", "share", "site", "storage", "app",
];

/// What nobody but the pages and the browser's store may name.
const BROWSER: [&str; 6] = [
    "leptos",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "gloo_storage",
    "console_error_panic_hook",
];

/// The module that a file belongs to; `lib` and `main` for the two at the top.
fn module(source: &Source) -> &str {
    let first = source.path.split('/').next().unwrap();
    first.trim_end_matches(".rs")
}

fn may_use(source: &Source) -> &'static [&'static str] {
    match module(source) {
        "registry" => &["registry"],
        "text" if source.path == "text/notice.rs" => &["text", "registry", "storage"],
        "text" if source.path == "text/console.rs" || source.path.starts_with("text/console/") => {
            &["text", "console", "registry"]
        }
        "text" if source.path == "text/help.rs" => &["text", "console"],
        "text" if source.path == "text/trouble.rs" => &["text", "console"],
        // What speaks of exercises.
        "text"
            if ["text/goal.rs", "text/exercise.rs"].contains(&source.path.as_str())
                || source.path.starts_with("text/exercise/") =>
        {
            &["text", "registry", "lesson"]
        }
        "text" if source.path == "text/problem.rs" => &["text", "lesson"],
        "text" if source.path == "text/request.rs" => &["text", "console"],
        "text" if source.path == "text/share.rs" => &["text", "share", "storage"],
        "text" if source.path == "text/task_share.rs" => &["text", "lesson", "share"],
        "text" if source.path == "text/lens.rs" => &["text", "console", "registry"],
        "text" => &["text", "registry"],
        "console" => &["console", "registry"],
        "lesson" => &["lesson", "registry", "console"],
        "site" => &["site"],
        "route" => &["route", "registry", "console", "lesson"],
        "share" => &["share", "registry", "lesson", "storage"],
        "storage" => &["storage", "registry", "lesson"],
        "app" => &MODULES,
        "lib" | "main" => &[],
        other => panic!("src/{other} is new: say here what it may use"),
    }
}

/// The words of code, each with what follows it.
fn words(code: &str) -> impl Iterator<Item = (&str, &str)> {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    code.split(move |letter| !is_word(letter))
        .filter(|word| !word.is_empty())
        .map(move |word| {
            let end = word.as_ptr() as usize - code.as_ptr() as usize + word.len();
            (word, &code[end..])
        })
}

/// The modules that a file names by way of `crate::`.
fn used(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (_, after) in words(code).filter(|(word, _)| *word == "crate") {
        let Some(path) = after.strip_prefix("::") else {
            continue;
        };
        let Some(group) = path.strip_prefix('{') else {
            names.extend(words(path).next().map(|(word, _)| word.to_owned()));
            continue;
        };
        let mut depth = 0;
        let mut starts = true;
        for (at, letter) in group.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => starts = true,
                _ if starts && letter.is_alphabetic() => {
                    starts = false;
                    names.extend(words(&group[at..]).next().map(|(word, _)| word.to_owned()));
                }
                _ => {}
            }
        }
    }
    names
}

#[test]
fn the_reader_sees_code_and_texts() {
    let text = "// crate::app\nfn f<'a>(x: &'a str) { let c = ['\"', '\\'', 'é']; g(\"a \\\" b\", r#\"c\"d\"#, x); }\n\
                use crate::{text::{fill, app}, storage};\n#[cfg(test)]\nmod tests { use crate::app; }\n";
    let read = source::read("text/x.rs".to_owned(), text);
    assert_eq!(read.texts, ["a \\\" b", "c\"d"]);
    assert_eq!(used(&read.code), ["text", "storage"]);
    assert!(read.code.contains("g(\"\", \"\", x)"), "{}", read.code);
}

#[test]
fn every_module_uses_only_what_stands_below_it() {
    for source in source::all() {
        let allowed = may_use(&source);
        for name in used(&source.code) {
            assert!(
                allowed.contains(&name.as_str()) || !MODULES.contains(&name.as_str()),
                "src/{} uses crate::{name}",
                source.path
            );
        }
    }
}

#[test]
fn nobody_climbs_out_of_a_module_by_way_of_super() {
    for source in source::all() {
        // How many `super` lead from the file to the crate itself.
        let parts = source.path.split('/').count();
        let to_crate = if source.path.ends_with("/mod.rs") {
            parts - 1
        } else {
            parts
        };
        let climb = "super::".repeat(to_crate);
        assert!(
            !source.code.contains(&climb),
            "src/{} reaches the crate with {climb}",
            source.path
        );
    }
}

#[test]
fn only_the_pages_and_the_browsers_store_know_a_browser() {
    for source in source::all() {
        for (word, _) in words(&source.code).filter(|(word, _)| BROWSER.contains(word)) {
            let allowed = module(&source) == "app"
                || (source.path == "storage/browser.rs" && word != "leptos");
            assert!(allowed, "src/{} names {word}", source.path);
        }
    }
}

#[test]
fn the_core_reads_no_clock() {
    for source in source::all() {
        if ["registry", "text", "route", "storage"].contains(&module(&source)) {
            for name in [
                "std::time",
                "SystemTime",
                "Instant",
                "Date::now",
                "performance",
            ] {
                assert!(
                    !source.code.contains(name),
                    "src/{} has {name}: whoever acts brings the time",
                    source.path
                );
            }
        }
    }
}

#[test]
fn no_text_becomes_markup_or_code() {
    for source in source::all() {
        for name in [
            "inner_html",
            "outer_html",
            "insert_adjacent_html",
            "create_contextual_fragment",
            "write_with",
            "eval(",
            "Function::new",
        ] {
            assert!(
                !source.code.contains(name),
                "src/{} has {name}",
                source.path
            );
        }
    }
}

/// Whether a text reads like a sentence: a word with a capital letter, and another one after it.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &&str| word.chars().all(char::is_alphabetic);
    let pairs = text.split_whitespace().zip(text.split_whitespace().skip(1));
    pairs
        .map(|(first, second)| (first, second.trim_end_matches(['.', ',', ':', '?', '!'])))
        .any(|(first, second)| {
            is_word(&first)
                && is_word(&second)
                && second.chars().count() > 1
                && first.starts_with(char::is_uppercase)
        })
}

#[test]
fn no_sentence_stands_in_a_component() {
    for (text, expected) in [
        ("Move it.", true),
        ("v2: The end", true),
        ("A model", true),
        ("M 4 4 L 8 8 Z M 2 2", false),
        ("the browser makes elements", false),
        ("Escape", false),
    ] {
        assert_eq!(is_sentence(text), expected, "{text}");
    }
    for source in source::all() {
        if module(&source) == "app" {
            for text in &source.texts {
                assert!(
                    !is_sentence(text),
                    "src/{} says “{text}”: sentences belong into src/text",
                    source.path
                );
            }
        }
    }
}

/// The names of the calls in a chain that begins with a call, such as `.child(…).text(…)`.
fn chain(mut code: &str) -> Vec<&str> {
    let mut names = Vec::new();
    while let Some((name, rest)) = code
        .trim_start()
        .strip_prefix('.')
        .and_then(|call| call.split_once('('))
    {
        names.push(name);
        let mut depth = 1;
        let end = rest.find(|letter| {
            depth += match letter {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            depth == 0
        });
        code = end.map_or("", |end| &rest[end + 1..]);
    }
    names
}

/// Whether an element gets a text that follows signals, and something beside it: that would be gone with the next text.
fn loses_content(code: &str) -> bool {
    let puts = ["child", "children", "dynamic", "text", "text_with"];
    let mut calls = puts
        .iter()
        .flat_map(|name| code.match_indices(&format!(".{name}(")).collect::<Vec<_>>());
    calls.any(|(at, _)| {
        let inside: Vec<&str> = chain(&code[at..])
            .into_iter()
            .filter(|name| puts.contains(name))
            .collect();
        inside.len() > 1 && inside.contains(&"text_with")
    })
}

#[test]
fn a_text_that_follows_signals_is_alone_in_its_element() {
    for (code, expected) in [
        ("p().class(a).text_with(move || b(c)).id(d)", false),
        ("p().child(span().text_with(a)).text(b)", false),
        ("p().text_with(a)\n    .flag(b)\n    .dynamic(c)", true),
        ("p().children(a(b)).class(c).text_with(d)", true),
    ] {
        assert_eq!(loses_content(code), expected, "{code}");
    }
    for source in source::all() {
        assert!(
            module(&source) != "app" || !loses_content(&source.code),
            "src/{}: `text_with` is the whole content of an element",
            source.path
        );
    }
}

#[test]
fn the_page_has_the_strict_policy() {
    let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
                  connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; \
                  require-trusted-types-for 'script'; trusted-types python-worker";
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    assert_eq!(PAGE.matches(&meta).count(), 1);
    assert_eq!(PAGE.matches("http-equiv").count(), 1);
}

#[test]
fn the_page_has_nothing_that_the_policy_blocks() {
    for blocked in [
        " style=",
        "<style",
        "<script",
        "javascript:",
        " onclick=",
        " onload=",
        "http://",
        "https://",
    ] {
        assert!(!PAGE.contains(blocked), "index.html has {blocked}");
    }
}
