//! A small server of files for this machine: what the release is tested on.
//!
//! It answers on the loopback address only, under any path, compresses as a good static host
//! does, and stops when it is dropped.

mod connection;
mod files;

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use files::Files;

/// A running server. Dropping it stops it.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

/// What all connections of a server share.
#[derive(Debug)]
struct Shared {
    files: Files,
    prefix: String,
    pace: Option<Pace>,
    stopping: AtomicBool,
    open: Mutex<HashMap<SocketAddr, TcpStream>>,
    requests: Mutex<Vec<String>>,
}

/// How fast answers are sent.
#[derive(Debug, Clone, Copy)]
struct Pace {
    /// How many bytes go at once.
    bytes: usize,
    /// How long it takes to send them.
    time: Duration,
}

/// Ten megabits in a second, a few packets at a time.
const TEN_MEGABITS: Pace = Pace {
    bytes: 10_000,
    time: Duration::from_millis(8),
};

impl Server {
    /// Serves the files of `folder` under the path `prefix` (such as `/` or `/some/sub/path/`),
    /// on a free port.
    ///
    /// # Errors
    ///
    /// When the folder is not there or no port is free.
    pub fn start(folder: &Path, prefix: &str) -> io::Result<Self> {
        Self::start_at(folder, prefix, None)
    }

    /// As [`Server::start`], but sends each answer as over a line of ten megabits in a second: what is large arrives after
    /// what is small.
    ///
    /// # Errors
    ///
    /// As [`Server::start`].
    pub fn start_as_over_a_line(folder: &Path, prefix: &str) -> io::Result<Self> {
        Self::start_at(folder, prefix, Some(TEN_MEGABITS))
    }

    fn start_at(folder: &Path, prefix: &str, pace: Option<Pace>) -> io::Result<Self> {
        let files = Files::new(folder)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            files,
            prefix: normal(prefix),
            pace,
            stopping: AtomicBool::new(false),
            open: Mutex::default(),
            requests: Mutex::default(),
        });
        let thread = {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || accept(&listener, &shared))
        };
        Ok(Self {
            address,
            shared,
            thread: Some(thread),
        })
    }

    /// The address of the page, with the `/` at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.shared.prefix)
    }

    /// Compresses all files now rather than at their first request.
    pub fn warm(&self) {
        self.shared.files.warm();
    }

    /// The paths of all requests so far, as they were asked for.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        lock(&self.shared.requests).clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for connections.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        for (_, stream) in lock(&self.shared.open).drain() {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.stopping.load(Ordering::SeqCst) {
            return;
        }
        let Ok(stream) = stream else { continue };
        let (Ok(peer), Ok(copy)) = (stream.peer_addr(), stream.try_clone()) else {
            continue;
        };
        lock(&shared.open).insert(peer, copy);
        let shared = Arc::clone(shared);
        std::thread::spawn(move || {
            // A connection that breaks is the browser's to open again.
            let _ = connection::answer(&stream, &shared);
            let _ = stream.shutdown(Shutdown::Both);
            lock(&shared.open).remove(&peer);
        });
    }
}

/// A path that begins and ends with `/`.
fn normal(prefix: &str) -> String {
    match prefix.trim_matches('/') {
        "" => "/".to_owned(),
        inner => format!("/{inner}/"),
    }
}

/// The value in a lock; what a panicking thread left there is still whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
