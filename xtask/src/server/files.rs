//! The files of a folder: found by the path of a request, typed, compressed.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::lock;
use crate::compress;

/// From how many bytes on a file is sent as it is.
const LARGE: usize = 2_000_000;

/// The files of one folder.
#[derive(Debug)]
pub(super) struct Files {
    folder: PathBuf,
    packed: Mutex<HashMap<PathBuf, Arc<Packed>>>,
}

/// A file that was compressed, and the bytes it had then.
#[derive(Debug)]
struct Packed {
    raw: Vec<u8>,
    brotli: Vec<u8>,
}

/// A file as it is sent.
#[derive(Debug)]
pub(super) struct File {
    pub(super) bytes: Vec<u8>,
    kind: Kind,
    brotli: bool,
    for_ever: bool,
}

impl File {
    /// The headers that say what it is.
    pub(super) fn headers(&self) -> String {
        let Kind { mime, text } = self.kind;
        let cache = match self.for_ever {
            true => "public, max-age=31536000, immutable",
            false => "no-cache",
        };
        let vary = if text {
            "Vary: Accept-Encoding\r\n"
        } else {
            ""
        };
        let encoding = if self.brotli {
            "Content-Encoding: br\r\n"
        } else {
            ""
        };
        format!("Content-Type: {mime}\r\nCache-Control: {cache}\r\n{vary}{encoding}")
    }
}

impl Files {
    /// The files of `folder`, which must be there.
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        let folder = folder.canonicalize()?;
        if !folder.is_dir() {
            return Err(io::Error::new(
                io::ErrorKind::NotADirectory,
                "it is no folder",
            ));
        }
        Ok(Self {
            folder,
            packed: Mutex::default(),
        })
    }

    /// The file at the path of a request, never one outside the folder.
    pub(super) fn find(&self, path: &str, brotli: bool) -> Option<File> {
        let inside = relative(path)?;
        let mut file = self.folder.join(inside).canonicalize().ok()?;
        if file.is_dir() {
            file = file.join("index.html").canonicalize().ok()?;
        }
        if !file.starts_with(&self.folder) {
            return None;
        }
        let raw = std::fs::read(&file).ok()?;
        let kind = kind(&file);
        // What is very large takes long to compress, and is tried without a line in between.
        let brotli = brotli && kind.text && raw.len() < LARGE;
        Some(File {
            for_ever: has_hash(&file) || file.parent().is_some_and(has_hash),
            bytes: match brotli {
                true => self.pack(&file, raw).brotli.clone(),
                false => raw,
            },
            kind,
            brotli,
        })
    }

    /// Compresses every file that is sent compressed.
    pub(super) fn warm(&self) {
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            for path in entries.map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if kind(&path).text
                    && let Ok(raw) = std::fs::read(&path)
                    && raw.len() < LARGE
                {
                    self.pack(&path, raw);
                }
            }
        }
    }

    fn pack(&self, file: &Path, raw: Vec<u8>) -> Arc<Packed> {
        let mut all = lock(&self.packed);
        if let Some(known) = all.get(file)
            && known.raw == raw
        {
            return Arc::clone(known);
        }
        let brotli = compress::brotli(&raw);
        let packed = Arc::new(Packed { raw, brotli });
        all.insert(file.to_path_buf(), Arc::clone(&packed));
        packed
    }
}

/// The path of a request as a relative path of plain names.
fn relative(path: &str) -> Option<PathBuf> {
    let path = decoded(path)?;
    let mut inside = PathBuf::new();
    for name in path.split('/').filter(|name| !name.is_empty()) {
        if matches!(name, "." | "..") || name.contains(['\\', ':', '\0']) {
            return None;
        }
        inside.push(name);
    }
    Some(inside)
}

/// The path with its `%41`s as the characters they stand for.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let code = digit(rest.next())? * 16 + digit(rest.next())?;
        bytes.push(u8::try_from(code).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// What a file is, and whether compressing it is worth it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kind {
    mime: &'static str,
    text: bool,
}

fn kind(file: &Path) -> Kind {
    let end = file
        .extension()
        .map(|end| end.to_string_lossy().to_lowercase());
    let (mime, text) = match end.as_deref().unwrap_or_default() {
        "html" => ("text/html; charset=utf-8", true),
        "css" => ("text/css; charset=utf-8", true),
        "js" | "mjs" => ("text/javascript; charset=utf-8", true),
        "wasm" => ("application/wasm", true),
        "json" | "map" => ("application/json", true),
        "webmanifest" => ("application/manifest+json", true),
        "svg" => ("image/svg+xml", true),
        "xml" => ("application/xml", true),
        "txt" | "md" => ("text/plain; charset=utf-8", true),
        "ico" => ("image/x-icon", false),
        "png" => ("image/png", false),
        "jpg" | "jpeg" => ("image/jpeg", false),
        "webp" => ("image/webp", false),
        "avif" => ("image/avif", false),
        "gif" => ("image/gif", false),
        "woff2" => ("font/woff2", false),
        _ => ("application/octet-stream", false),
    };
    Kind { mime, text }
}

/// Whether the name has the hash of the content in it, as Trunk writes it: up to sixteen
/// hexadecimal digits. Such a file never changes.
fn has_hash(file: &Path) -> bool {
    file.file_stem().is_some_and(|stem| {
        stem.to_string_lossy()
            .split(['-', '_', '.'])
            .any(|part| part.len() >= 12 && part.chars().all(|digit| digit.is_ascii_hexdigit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_leave_the_folder() {
        for path in [
            "..",
            "../Cargo.toml",
            "a/../../b",
            "%2e%2e/b",
            "%2E%2E%2Fb",
            "..%2fb",
            "a\\..\\b",
            "C:/b",
            "a%00b",
            "%",
            "%4",
            "%zz",
            "%ff",
            "./a",
        ] {
            assert_eq!(relative(path), None, "{path}");
        }
    }

    #[test]
    fn a_plain_path_is_itself() {
        for (path, inside) in [
            ("", ""),
            ("/", ""),
            ("a/b.js", "a/b.js"),
            ("//a///b", "a/b"),
            ("a%20b", "a b"),
            ("%C3%A9", "é"),
            ("a..b", "a..b"),
        ] {
            assert_eq!(relative(path).as_deref(), Some(Path::new(inside)), "{path}");
        }
    }

    #[test]
    fn types_are_exact() {
        assert_eq!(kind(Path::new("a_bg.wasm")).mime, "application/wasm");
        assert_eq!(kind(Path::new("A.HTML")).mime, "text/html; charset=utf-8");
        assert!(!kind(Path::new("a.png")).text);
        assert_eq!(kind(Path::new("LICENSE")).mime, "application/octet-stream");
    }

    #[test]
    fn only_hashed_names_are_kept() {
        assert!(has_hash(Path::new("model-stages-0123456789abcdef_bg.wasm")));
        assert!(has_hash(Path::new("main-0123456789abcdef.css")));
        assert!(!has_hash(Path::new("index.html")));
        assert!(!has_hash(Path::new("boot.js")));
    }
}
