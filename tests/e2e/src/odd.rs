//! A host that serves the release in many folders, in each with something wrong: a wrong type, a policy of its own, a file
//! that is missing. What is wrong in a folder can change while a page of it is open.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::header::HeaderName;
use http::response::Builder;
use http::{Request, Response, header};
use hyper::body::Incoming;
use tokio::sync::Notify;

use crate::server::{self, Body, Port};

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
    /// The part that talks with other windows is never answered.
    SilentTabs,
    /// Whoever asks now is answered; who asked while it was [`Wrong::SilentParts`] still is not.
    SilentBefore,
    /// All files are given to anybody.
    Shared,
    /// All files are given to pages that are kept apart from all others.
    Isolated,
    /// One part is missing, which few pages need.
    NoQuiz,
    /// The parts are missing.
    NoParts,
    /// The parts and the app's script are missing, and the page is of another build.
    NewBuild,
    /// The page is given once, and then it is as with [`Wrong::NewBuild`].
    Stale,
    /// A whole other build is in the place of the first: each file that has a number is called by another one.
    NextBuild,
    /// In the place of the service worker stands the one that takes it away.
    Off,
    /// Connections end without an answer.
    Cut,
}

const EMBEDDER_POLICY: HeaderName = HeaderName::from_static("cross-origin-embedder-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The host.
#[derive(Debug)]
pub struct Odd {
    port: Port,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    dist: PathBuf,
    wrong: Mutex<HashMap<String, Wrong>>,
    changed: Notify,
}

impl Odd {
    /// Serves what is in `dist`.
    ///
    /// # Errors
    ///
    /// When no port is free.
    pub fn start(dist: &Path) -> io::Result<Self> {
        let shared = Arc::new(Shared {
            dist: dist.canonicalize()?,
            wrong: Mutex::default(),
            changed: Notify::new(),
        });
        let all = Arc::clone(&shared);
        let port = Port::open(async move |request| all.answer(&request).await)?;
        Ok(Self { port, shared })
    }

    /// The address of a folder, in which this is wrong from now on.
    #[must_use]
    pub fn url(&self, folder: &str, wrong: Wrong) -> String {
        self.shared.wrong().insert(folder.to_owned(), wrong);
        self.shared.changed.notify_waiters();
        format!("http://{}/{folder}/", self.port.address)
    }

    /// The address of a page of another host that has a folder in a frame: kept apart, if that is wanted.
    #[must_use]
    pub fn frame(&self, folder: &str, wrong: Wrong) -> String {
        let inside = self.url(folder, wrong);
        // A name of its own is another host to a browser.
        let port = self.port.address.port();
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

    /// Answers one request, or cuts it.
    async fn answer(&self, request: &Request<Incoming>) -> Option<Response<Body>> {
        let path = request.uri().path();
        if path == "/frame" {
            let page = format!(
                "<!doctype html><title>A frame</title><link rel=icon href=data:,>\
                 <iframe sandbox=allow-scripts width=900 height=600 src=\"{}\"></iframe>",
                request.uri().query().unwrap_or_default()
            );
            return Some(server::finish(answer(200, "text/html"), page));
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
            Wrong::SilentTabs => file.starts_with("part-split-tabs-"),
            _ => false,
        };
        if waits {
            let asked = wrong;
            loop {
                let changed = self.changed.notified();
                wrong = self.of(folder);
                if wrong != asked && wrong != Wrong::SilentBefore {
                    break;
                }
                changed.await;
            }
        }
        if file == "index.html" && wrong == Wrong::Stale {
            // From now on, it is another one.
            self.wrong().insert(folder.to_owned(), Wrong::NewBuild);
            wrong = Wrong::Nothing;
        }
        if wrong == Wrong::Cut {
            return None;
        }
        self.file(file, wrong)
    }

    /// The file as another build has it: the same, by another number.
    fn next(&self, file: &str) -> Option<Vec<u8>> {
        let page = fs::read_to_string(self.dist.join("index.html")).ok()?;
        let (_, after) = page.split_once("data-build=")?;
        let number = after.trim_start_matches('"').get(..16)?.to_owned();
        let other: String = number.chars().rev().collect();
        if file.contains(&number) {
            return None;
        }
        let bytes = fs::read(self.dist.join(file.replace(&other, &number))).ok()?;
        Some(match String::from_utf8(bytes) {
            Ok(text) => text.replace(&number, &other).into_bytes(),
            Err(binary) => binary.into_bytes(),
        })
    }

    fn file(&self, file: &str, wrong: Wrong) -> Option<Response<Body>> {
        let is_part = file.starts_with("part-");
        let is_script = file.starts_with("model-stages-") && file.ends_with(".js");
        let is_missing = match wrong {
            Wrong::NoScript => is_script,
            Wrong::NoQuiz => file.starts_with("part-split-quiz"),
            Wrong::NoParts => is_part,
            Wrong::NewBuild => is_part || is_script,
            _ => false,
        };
        let found = match wrong {
            Wrong::NextBuild => self.next(file),
            Wrong::Off if file == "sw.js" => fs::read(self.dist.join("sw-off.js")).ok(),
            _ => fs::read(self.dist.join(file)).ok().filter(|_| !is_missing),
        };
        let Some(mut bytes) = found else {
            return Some(server::finish(
                answer(404, "text/plain"),
                "There is no such file.",
            ));
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
        let mut more = Vec::new();
        match wrong {
            Wrong::BootIsText if file == "boot.js" => kind = "text/plain",
            Wrong::BootIsRefused if file == "boot.js" => {
                kind = "text/plain";
                more.push((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
            }
            Wrong::ScriptIsText if is_script => kind = "text/plain",
            Wrong::StylesAreText if end == "css" => kind = "text/plain",
            Wrong::NoWasm => more.push((header::CONTENT_SECURITY_POLICY, "script-src 'self'")),
            Wrong::NoRequests => more.push((header::CONTENT_SECURITY_POLICY, "connect-src 'none'")),
            Wrong::Shared => more.push((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")),
            Wrong::Isolated => more.extend([
                (EMBEDDER_POLICY, "require-corp"),
                (RESOURCE_POLICY, "cross-origin"),
            ]),
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
        let add = |answer: Builder, (name, value)| answer.header::<HeaderName, &str>(name, value);
        let answer = more.into_iter().fold(answer(200, kind), add);
        Some(server::finish(answer, bytes))
    }
}

/// An answer on a connection of its own.
fn answer(status: u16, kind: &str) -> Builder {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, kind)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::CONNECTION, "close")
}
