//! A host that serves the release in many folders, in each with something wrong: a wrong type, a policy of its own, a file
//! that is missing. What is wrong in a folder can change while a page of it is open.

use std::collections::HashMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// What is wrong in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wrong {
    /// Nothing.
    #[default]
    Nothing,
    /// `boot.js` has the type of a text.
    BootIsText,
    /// And browsers are told to believe that.
    BootIsRefused,
    /// The app's script has the type of a text.
    ScriptIsText,
    /// The styles have the type of a text.
    StylesAreText,
    /// A policy that allows no WebAssembly.
    NoWasm,
    /// A policy that allows no requests.
    NoRequests,
    /// The app's script is missing.
    NoScript,
    /// In the place of the WebAssembly stands a page.
    PageForWasm,
    /// Nobody answers whoever wants the WebAssembly, until that changes.
    Silent,
    /// Nobody answers whoever wants a part, until that changes.
    SilentParts,
    /// Whoever asks now is answered; who asked while it was [`Wrong::SilentParts`] still is not.
    SilentBefore,
    /// All files are given to anybody.
    Shared,
    /// The parts are missing.
    NoParts,
    /// The parts and the app's script are missing, and the page is of another build.
    NewBuild,
    /// The page is given once, and then it is as with [`Wrong::NewBuild`].
    Stale,
    /// Connections end without an answer.
    Cut,
}

/// The host.
#[derive(Debug)]
pub struct Odd {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    dist: PathBuf,
    wrong: Mutex<HashMap<String, Wrong>>,
    changed: Condvar,
}

impl Odd {
    /// Serves what is in `dist`.
    ///
    /// # Errors
    ///
    /// When no port is free.
    pub fn start(dist: &Path) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            dist: dist.canonicalize()?,
            wrong: Mutex::default(),
            changed: Condvar::new(),
        });
        let all = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&all);
                std::thread::spawn(move || shared.answer(&stream));
            }
        });
        Ok(Self { address, shared })
    }

    /// The address of a folder, in which this is wrong from now on.
    #[must_use]
    pub fn url(&self, folder: &str, wrong: Wrong) -> String {
        self.shared.wrong().insert(folder.to_owned(), wrong);
        self.shared.changed.notify_all();
        format!("http://{}/{folder}/", self.address)
    }

    /// The address of a page of another host that has a folder in a frame: kept apart, if that is wanted.
    #[must_use]
    pub fn frame(&self, folder: &str, wrong: Wrong) -> String {
        let inside = self.url(folder, wrong);
        // A name of its own is another host to a browser.
        let port = self.address.port();
        format!("http://localhost:{port}/frame?{inside}")
    }
}

impl Shared {
    fn wrong(&self) -> MutexGuard<'_, HashMap<String, Wrong>> {
        self.wrong.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of(&self, folder: &str) -> Wrong {
        self.wrong().get(folder).copied().unwrap_or_default()
    }

    /// Answers one request.
    fn answer(&self, stream: &TcpStream) -> Option<()> {
        let mut lines = BufReader::new(stream).lines();
        let target = lines.next()?.ok()?.split(' ').nth(1)?.to_owned();
        while !lines.next()?.ok()?.is_empty() {}
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        if path == "/frame" {
            let page = format!(
                "<!doctype html><title>A frame</title><link rel=icon href=data:,>\
                 <iframe sandbox=allow-scripts width=900 height=600 src=\"{query}\"></iframe>"
            );
            return send(stream, "200 OK", "Content-Type: text/html", page.as_bytes());
        }
        let path = path.trim_start_matches('/');
        // The app has one folder in its own.
        let (folder, file) = match path.find("/python/") {
            Some(at) => path
                .split_at_checked(at)
                .map(|(folder, file)| (folder, &file[1..]))?,
            None => path.rsplit_once('/')?,
        };
        let file = if file.is_empty() { "index.html" } else { file };
        let mut wrong = self.of(folder);
        let is_wasm = file.ends_with("_bg.wasm");
        let waits = match wrong {
            Wrong::Silent => is_wasm,
            Wrong::SilentParts => file.starts_with("part-"),
            _ => false,
        };
        if waits {
            let all = self.wrong();
            let silent = |all: &mut HashMap<String, Wrong>| matches!(all.get(folder), Some(now) if *now == wrong || *now == Wrong::SilentBefore);
            let ended = self.changed.wait_while(all, silent);
            drop(ended.unwrap_or_else(PoisonError::into_inner));
            wrong = self.of(folder);
        }
        if file == "index.html" && wrong == Wrong::Stale {
            // From now on, it is another one.
            self.wrong().insert(folder.to_owned(), Wrong::NewBuild);
            wrong = Wrong::Nothing;
        }
        if wrong == Wrong::Cut {
            return None;
        }
        self.give(stream, file, wrong)
    }

    fn give(&self, stream: &TcpStream, file: &str, wrong: Wrong) -> Option<()> {
        let is_part = file.starts_with("part-");
        let is_script = file.starts_with("model-stages-") && file.ends_with(".js");
        let is_missing = match wrong {
            Wrong::NoScript => is_script,
            Wrong::NoParts => is_part,
            Wrong::NewBuild => is_part || is_script,
            _ => false,
        };
        let found = fs::read(self.dist.join(file)).ok().filter(|_| !is_missing);
        let Some(mut bytes) = found else {
            let kind = "Content-Type: text/plain";
            return send(stream, "404 Not Found", kind, b"There is no such file.");
        };
        let end = file.rsplit('.').next().unwrap_or_default();
        let mut kind = match end {
            "html" => "text/html; charset=utf-8",
            "js" => "text/javascript",
            "css" => "text/css",
            "wasm" => "application/wasm",
            "svg" => "image/svg+xml",
            "json" => "application/json",
            _ => "text/plain",
        };
        let mut more = "";
        match wrong {
            Wrong::BootIsText if file == "boot.js" => kind = "text/plain",
            Wrong::BootIsRefused if file == "boot.js" => {
                kind = "text/plain";
                more = "X-Content-Type-Options: nosniff\r\n";
            }
            Wrong::ScriptIsText if is_script => kind = "text/plain",
            Wrong::StylesAreText if end == "css" => kind = "text/plain",
            Wrong::NoWasm => more = "Content-Security-Policy: script-src 'self'\r\n",
            Wrong::NoRequests => more = "Content-Security-Policy: connect-src 'none'\r\n",
            Wrong::Shared => more = "Access-Control-Allow-Origin: *\r\n",
            Wrong::PageForWasm if end == "wasm" => {
                kind = "text/html";
                bytes = b"<h1>Nothing here</h1>".to_vec();
            }
            Wrong::NewBuild if file == "index.html" => {
                let page = String::from_utf8(bytes).ok()?;
                let (before, after) = page.split_once("data-build=")?;
                // Behind the quotes, if there are any.
                let quote = if after.starts_with('"') { "\"" } else { "" };
                let after = after.trim_start_matches('"');
                bytes = format!("{before}data-build={quote}0{after}").into_bytes();
            }
            _ => {}
        }
        let headers = format!("{more}Content-Type: {kind}");
        send(stream, "200 OK", &headers, &bytes)
    }
}

fn send(mut stream: &TcpStream, status: &str, headers: &str, bytes: &[u8]) -> Option<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\n{headers}\r\nContent-Length: {}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(bytes).ok()
}
