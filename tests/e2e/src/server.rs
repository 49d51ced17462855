//! A small server for this machine: what the release is tested on. It answers on the loopback address only, under any path,
//! compresses as a good static host does, and stops when it is dropped.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use http::response::Builder;
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::{Channel, Either, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use mime_guess::Mime;
use tokio::sync::oneshot;

/// From how many bytes on a file is sent as it is: compressing it takes long, and it is tried without a line in between.
const LARGE: usize = 2_000_000;
/// How many bytes go at once over a line of ten megabits in a second, and how long they take.
const PACE: (usize, Duration) = (10_000, Duration::from_millis(8));

/// What is sent: at once, or piece by piece.
pub type Body = Either<Full<Bytes>, Channel<Bytes>>;

/// A port on which something answers until this is dropped.
#[derive(Debug)]
pub struct Port {
    /// Where it is.
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Port {
    /// Answers on a free port; where `answer` gives nothing, the connection ends.
    ///
    /// # Errors
    ///
    /// When no port is free.
    pub fn open<A>(answer: A) -> io::Result<Self>
    where
        A: AsyncFn(Request<Incoming>) -> Option<Response<Body>> + Send + 'static,
    {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            let tasks = tokio::task::LocalSet::new();
            tasks.block_on(&runtime, async {
                tokio::select! {
                    _ = accept(listener, answer) => {}
                    _ = stopped => {}
                }
            });
        });
        Ok(Self {
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        let _ = self.stop.take().map(|stop| stop.send(()));
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

async fn accept<A>(listener: TcpListener, answer: A) -> io::Result<()>
where
    A: AsyncFn(Request<Incoming>) -> Option<Response<Body>> + 'static,
{
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let answer = Rc::new(answer);
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let _ = stream.set_nodelay(true);
        let answer = Rc::clone(&answer);
        tokio::task::spawn_local(async move {
            let service = service_fn(|request| {
                let answer = Rc::clone(&answer);
                async move { answer(request).await.ok_or("It is cut.") }
            });
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            // A connection that breaks is the browser's to open again.
            let _ = connection.await;
        });
    }
}

/// A server of files. Dropping it stops it.
#[derive(Debug)]
pub struct Server {
    port: Port,
    files: Arc<Files>,
}

#[derive(Debug)]
struct Files {
    folder: PathBuf,
    prefix: String,
    is_paced: bool,
    /// What was compressed, by its path: as it is, and as it is sent.
    packed: Mutex<HashMap<PathBuf, (Vec<u8>, Bytes)>>,
    requests: Mutex<Vec<String>>,
}

impl Server {
    /// Serves the files of `folder` under `prefix`, which begins and ends with `/`, on a free port.
    ///
    /// # Errors
    ///
    /// When the folder is not there or no port is free.
    pub fn start(folder: &Path, prefix: &str) -> io::Result<Self> {
        Self::start_at(folder, prefix, false)
    }

    /// As [`Server::start`], but sends each answer as over a line of ten megabits in a second: what is large arrives after
    /// what is small.
    ///
    /// # Errors
    ///
    /// As [`Server::start`].
    pub fn start_as_over_a_line(folder: &Path, prefix: &str) -> io::Result<Self> {
        Self::start_at(folder, prefix, true)
    }

    fn start_at(folder: &Path, prefix: &str, is_paced: bool) -> io::Result<Self> {
        let folder = folder.canonicalize()?;
        std::fs::read_dir(&folder)?;
        let files = Arc::new(Files {
            folder,
            prefix: prefix.to_owned(),
            is_paced,
            packed: Mutex::default(),
            requests: Mutex::default(),
        });
        let shared = Arc::clone(&files);
        let port = Port::open(async move |request| Some(shared.answer(&request)))?;
        Ok(Self { port, files })
    }

    /// The address of the page, with the `/` at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{}", self.port.address, self.files.prefix)
    }

    /// Compresses all files now rather than at their first request, as many at once as there are processors.
    pub fn warm(&self) {
        let files = Mutex::new(self.files.compressible());
        let next = || lock(&files).pop();
        let work = || {
            while let Some((path, raw)) = next() {
                self.files.pack(&path, raw);
            }
        };
        std::thread::scope(|scope| {
            let threads = std::thread::available_parallelism().map_or(1, usize::from);
            (0..threads).for_each(|_| drop(scope.spawn(work)));
        });
    }

    /// The paths of all requests so far, as they were asked for.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        lock(&self.files.requests).clone()
    }
}

impl Files {
    fn answer(&self, request: &Request<Incoming>) -> Response<Body> {
        lock(&self.requests).push(request.uri().to_string());
        let path = request.uri().path();
        if ![Method::GET, Method::HEAD].contains(request.method()) {
            let not_allowed =
                text(StatusCode::METHOD_NOT_ALLOWED).header(header::ALLOW, "GET, HEAD");
            return finish(not_allowed, "Files can only be read here.\n");
        }
        if format!("{path}/") == self.prefix {
            let moved = text(StatusCode::MOVED_PERMANENTLY);
            return finish(
                moved.header(header::LOCATION, &self.prefix),
                "It is a folder.\n",
            );
        }
        let accepted = request.headers().get(header::ACCEPT_ENCODING);
        let accepted = accepted
            .and_then(|codings| codings.to_str().ok())
            .unwrap_or_default();
        let has_brotli = accepted.split(',').any(|coding| coding.trim() == "br");
        let known = request.headers().get(header::IF_NONE_MATCH);
        let known = known.and_then(|tag| tag.to_str().ok());
        let inside = path.strip_prefix(&self.prefix);
        inside
            .and_then(|inside| self.file(inside, has_brotli, known))
            .unwrap_or_else(|| finish(text(StatusCode::NOT_FOUND), "There is no such file here.\n"))
    }

    /// The file at the path of a request, never one outside the folder; without its content where that is known already.
    fn file(&self, path: &str, has_brotli: bool, known: Option<&str>) -> Option<Response<Body>> {
        let path = percent_encoding::percent_decode_str(path)
            .decode_utf8()
            .ok()?;
        let path = Path::new(path.as_ref());
        if !path
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
            || path.to_str()?.contains('\0')
        {
            return None;
        }
        let mut file = self.folder.join(path).canonicalize().ok()?;
        if file.is_dir() {
            file = file.join("index.html").canonicalize().ok()?;
        }
        if !file.starts_with(&self.folder) {
            return None;
        }
        let raw = std::fs::read(&file).ok()?;
        let kind = mime(&file);
        let is_for_ever = has_hash(&file) || file.parent().is_some_and(has_hash);
        let cache = if is_for_ever {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        let tag = tag(&raw);
        let mut answer = builder(&content_type(&kind), cache).header(header::ETAG, &tag);
        for (name, value) in headers_beside(&file) {
            answer = answer.header(name, value);
        }
        if known == Some(tag.as_str()) {
            return Some(finish(answer.status(StatusCode::NOT_MODIFIED), ""));
        }
        if !is_compressible(&kind) {
            return Some(self.paced(answer, raw.into()));
        }
        answer = answer.header(header::VARY, "Accept-Encoding");
        if !has_brotli || raw.len() >= LARGE {
            return Some(self.paced(answer, raw.into()));
        }
        answer = answer.header(header::CONTENT_ENCODING, "br");
        Some(self.paced(answer, self.pack(&file, raw)))
    }

    /// The files that are sent compressed, the largest last.
    fn compressible(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            for path in entries.map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if is_compressible(&mime(&path))
                    && let Ok(raw) = std::fs::read(&path)
                    && raw.len() < LARGE
                {
                    files.push((path, raw));
                }
            }
        }
        files.sort_by_key(|(_, raw)| raw.len());
        files
    }

    fn pack(&self, file: &Path, raw: Vec<u8>) -> Bytes {
        if let Some((known, packed)) = lock(&self.packed).get(file)
            && *known == raw
        {
            return packed.clone();
        }
        let mut packed = Vec::new();
        {
            let mut writer = brotli::CompressorWriter::new(&mut packed, 64 * 1024, 11, 22);
            // Writing into memory does not fail.
            let _ = writer.write_all(&raw);
        }
        let packed = Bytes::from(packed);
        lock(&self.packed).insert(file.to_path_buf(), (raw, packed.clone()));
        packed
    }

    fn paced(&self, answer: Builder, mut bytes: Bytes) -> Response<Body> {
        if !self.is_paced {
            return finish(answer, bytes);
        }
        let length = bytes.len();
        let (mut sender, channel) = Channel::new(1);
        tokio::task::spawn_local(async move {
            let (piece, time) = PACE;
            while !bytes.is_empty() {
                let next = bytes.split_to(piece.min(bytes.len()));
                if sender.send_data(next).await.is_err() {
                    return;
                }
                tokio::time::sleep(time).await;
            }
        });
        with_body(answer, length, Either::Right(channel))
    }
}

/// An answer with a body that is there as a whole.
pub fn finish(answer: Builder, body: impl Into<Bytes>) -> Response<Body> {
    let body = body.into();
    with_body(answer, body.len(), Either::Left(Full::new(body)))
}

fn with_body(answer: Builder, length: usize, body: Body) -> Response<Body> {
    // All headers here are good ones.
    answer
        .header(header::CONTENT_LENGTH, length)
        .body(body)
        .unwrap_or_else(|_| Response::new(Either::Left(Full::default())))
}

fn builder(kind: &str, cache: &str) -> Builder {
    Response::builder()
        .header(header::CONTENT_TYPE, kind)
        .header(header::CACHE_CONTROL, cache)
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
}

fn text(status: StatusCode) -> Builder {
    builder("text/plain; charset=utf-8", "no-store").status(status)
}

/// What tells one content from another.
fn tag(content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish())
}

/// The headers that a file is sent with beside the usual ones: `page.html.headers` has those of `page.html`, one a line.
fn headers_beside(file: &Path) -> Vec<(String, String)> {
    let mut name = file.as_os_str().to_owned();
    name.push(".headers");
    let lines = std::fs::read_to_string(name).unwrap_or_default();
    let pairs = lines.lines().filter_map(|line| line.split_once(": "));
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn mime(file: &Path) -> Mime {
    mime_guess::from_path(file).first_or_octet_stream()
}

fn content_type(kind: &Mime) -> String {
    match kind.type_() == mime_guess::mime::TEXT {
        true => format!("{kind}; charset=utf-8"),
        false => kind.to_string(),
    }
}

fn is_compressible(kind: &Mime) -> bool {
    let compressible = ["javascript", "json", "wasm", "xml"];
    let ends = [Some(kind.subtype()), kind.suffix()];
    kind.type_() == mime_guess::mime::TEXT
        || ends
            .iter()
            .flatten()
            .any(|end| compressible.contains(&end.as_str()))
}

/// Whether the name has the hash of the content in it, as Trunk writes it: up to sixteen hexadecimal digits. Such a file
/// never changes.
fn has_hash(file: &Path) -> bool {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let is_hash =
        |part: &str| part.len() >= 12 && part.chars().all(|digit| digit.is_ascii_hexdigit());
    stem.split(['-', '_', '.']).any(is_hash)
}

/// The value in a lock; what a panicking thread left there is still whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
