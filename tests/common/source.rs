//! Rust source as a test sees it: code without comments and texts, and the texts by themselves.

use std::path::{Path, PathBuf};

/// One source file.
#[derive(Debug)]
pub struct Source {
    /// Its path under `src/`, with `/`.
    pub path: String,
    /// Its code up to its unit tests. Comments are gone, texts are empty.
    pub code: String,
    /// The texts of that code.
    pub texts: Vec<String>,
}

/// All files under `src/`, sorted by path.
pub fn all() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    files
        .iter()
        .map(|file| {
            let inside = file.strip_prefix(&root).unwrap();
            let parts: Vec<_> = inside.iter().map(|part| part.to_str().unwrap()).collect();
            read(parts.join("/"), &std::fs::read_to_string(file).unwrap())
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
}

/// Takes a source apart.
pub fn read(path: String, text: &str) -> Source {
    // Unit tests stand at the end of a file.
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let (mut code, mut texts) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("/*") {
            rest = rest.split_once("*/").map_or("", |(_, tail)| tail);
        } else if let Some(hashes) = raw_start(rest).filter(|_| !code.ends_with(is_word)) {
            let close = format!("\"{}", "#".repeat(hashes));
            let inside = &rest[hashes + 2..];
            let (body, tail) = inside.split_once(&close).unwrap();
            texts.push(body.to_owned());
            code.push_str("\"\"");
            rest = tail;
        } else if first == '"' {
            let end = closing(after);
            texts.push(after[..end].to_owned());
            code.push_str("\"\"");
            rest = &after[end + 1..];
        } else if let Some(length) = char_literal(rest) {
            code.push_str("' '");
            rest = &rest[length..];
        } else {
            code.push(first);
            rest = after;
        }
    }
    Source { path, code, texts }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The number of `#` where a raw text starts.
fn raw_start(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('r')?;
    let hashes = after.chars().take_while(|letter| *letter == '#').count();
    after[hashes..].starts_with('"').then_some(hashes)
}

/// Where the text ends whose opening `"` is gone.
fn closing(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    panic!("a text has no end")
}

/// The length of a character such as `'a'` or `'\''`; nothing for a lifetime.
fn char_literal(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    if let Some(escaped) = inside.strip_prefix('\\') {
        return Some(2 + 1 + escaped[1..].find('\'')? + 1);
    }
    let letter = inside.chars().next()?;
    inside[letter.len_utf8()..]
        .starts_with('\'')
        .then_some(letter.len_utf8() + 2)
}
