//! The server as a browser meets it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;

use super::*;

/// A folder of its own for one test, with a page, a module and a secret beside it.
struct Site(PathBuf);

impl Site {
    fn new(name: &str) -> Self {
        let base = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
        std::fs::create_dir_all(base.join("dist/img")).unwrap();
        std::fs::write(base.join("secret.txt"), "secret").unwrap();
        std::fs::write(base.join("dist/index.html"), "<p>".repeat(300)).unwrap();
        std::fs::write(base.join("dist/app_bg.wasm"), b"\0asm").unwrap();
        Self(base)
    }

    fn serve(&self, prefix: &str) -> Server {
        Server::start(&self.0.join("dist"), prefix).unwrap()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn ask(server: &Server, request: &str) -> String {
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(server: &Server, path: &str) -> String {
    ask(
        server,
        &format!("GET {path} HTTP/1.1\r\nConnection: close\r\n\r\n"),
    )
}

#[test]
fn a_line_changes_nothing_but_the_time() {
    let site = Site::new("line");
    // More than goes at once.
    std::fs::write(site.0.join("dist/large.txt"), "letters".repeat(5_000)).unwrap();
    let line = Server::start_as_over_a_line(&site.0.join("dist"), "/").unwrap();
    let answer = get(&line, "/large.txt");
    assert_eq!(answer, get(&site.serve("/"), "/large.txt"));
    assert!(answer.ends_with(&"letters".repeat(5_000)));
}

#[test]
fn serves_under_a_path() {
    let site = Site::new("path");
    let server = site.serve("some/sub/path");
    assert!(server.url().ends_with("/some/sub/path/"));
    let page = get(&server, "/some/sub/path/?a=b");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    assert!(page.contains("Content-Type: text/html; charset=utf-8\r\n"));
    assert!(page.contains("Content-Length: 900\r\n"));
    assert!(get(&server, "/some/sub/path/app_bg.wasm").contains("application/wasm"));
    assert!(get(&server, "/some/sub/path").contains("Location: /some/sub/path/\r\n"));
    for path in [
        "/",
        "/index.html",
        "/some/sub/path/img/",
        "/some/sub/path/none",
    ] {
        assert!(get(&server, path).starts_with("HTTP/1.1 404"), "{path}");
    }
    assert_eq!(server.requests().len(), 7);
}

#[test]
fn serves_nothing_outside_its_folder() {
    let site = Site::new("outside");
    let server = site.serve("/");
    #[cfg(unix)]
    std::os::unix::fs::symlink(site.0.join("secret.txt"), site.0.join("dist/link.txt")).unwrap();
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/img/../../secret.txt",
        "/link.txt",
    ] {
        let answer = get(&server, path);
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
    }
}

#[test]
fn compresses_for_those_who_accept_it() {
    let site = Site::new("brotli");
    let server = site.serve("/");
    server.warm();
    let packed = ask(
        &server,
        "GET / HTTP/1.1\r\nAccept-Encoding: gzip, br\r\nConnection: close\r\n\r\n",
    );
    assert!(packed.contains("Content-Encoding: br\r\n"));
    assert!(packed.len() < 400, "{}", packed.len());
    assert!(!get(&server, "/").contains("Content-Encoding"));
}

#[test]
fn follows_a_file_that_changes() {
    let site = Site::new("change");
    let server = site.serve("/");
    let before = ask(&server, "HEAD / HTTP/1.0\r\nAccept-Encoding: br\r\n\r\n");
    std::fs::write(site.0.join("dist/index.html"), "new").unwrap();
    let after = ask(&server, "HEAD / HTTP/1.0\r\nAccept-Encoding: br\r\n\r\n");
    assert_ne!(before, after);
    assert!(get(&server, "/").ends_with("\r\n\r\nnew"));
}

#[test]
fn answers_several_requests_and_only_reads() {
    let site = Site::new("several");
    let server = site.serve("/");
    let answers = ask(
        &server,
        "GET / HTTP/1.1\r\n\r\nHEAD / HTTP/1.1\r\n\r\nPOST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc",
    );
    assert_eq!(answers.matches("200 OK").count(), 2);
    assert_eq!(answers.matches("405 Method Not Allowed").count(), 1);
    assert_eq!(answers.matches("<p>").count(), 300);
    assert!(ask(&server, "nonsense\r\n\r\n").starts_with("HTTP/1.1 405"));
}

#[test]
fn stops_when_dropped() {
    let site = Site::new("stop");
    let server = site.serve("/");
    let address = server.address;
    let mut open = TcpStream::connect(address).unwrap();
    open.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    let mut first = [0; 16];
    open.read_exact(&mut first).unwrap();
    drop(server);
    let mut rest = Vec::new();
    let _ = open.read_to_end(&mut rest);
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn a_missing_folder_is_an_error() {
    let site = Site::new("missing");
    assert!(Server::start(&site.0.join("none"), "/").is_err());
    assert!(Server::start(&site.0.join("secret.txt"), "/").is_err());
}
