//! The server as a browser meets it.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::*;
use crate::browser::fresh_folder;

/// A folder of its own for one test, with a page, a module and a secret beside it.
struct Site(PathBuf);

impl Site {
    fn new(name: &str) -> Self {
        let base = fresh_folder(name).unwrap();
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
    let mut stream = TcpStream::connect(server.port.address).unwrap();
    let request = format!("{request} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(server: &Server, path: &str) -> String {
    ask(server, &format!("GET {path}"))
}

fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").unwrap().1
}

#[test]
fn a_line_changes_nothing_but_the_time() {
    let site = Site::new("line");
    // More than goes at once.
    std::fs::write(site.0.join("dist/large.txt"), "letters".repeat(5_000)).unwrap();
    let line = Server::start_as_over_a_line(&site.0.join("dist"), "/").unwrap();
    let answer = get(&line, "/large.txt");
    assert!(answer.contains("content-length: 35000\r\n"), "{answer}");
    assert_eq!(body(&answer), "letters".repeat(5_000));
}

#[test]
fn serves_under_a_path() {
    let site = Site::new("path");
    let server = site.serve("/some/sub/path/");
    assert!(server.url().ends_with("/some/sub/path/"));
    let page = get(&server, "/some/sub/path/?a=b");
    for part in [
        "HTTP/1.1 200 OK\r\n",
        "content-type: text/html; charset=utf-8\r\n",
        "content-length: 900\r\n",
        "cache-control: no-cache\r\n",
        "x-content-type-options: nosniff\r\n",
    ] {
        assert!(page.contains(part), "{part} {page}");
    }
    let module = get(&server, "/some/sub/path/app_bg.wasm");
    assert!(
        module.contains("content-type: application/wasm\r\n"),
        "{module}"
    );
    assert!(get(&server, "/some/sub/path").contains("location: /some/sub/path/\r\n"));
    for path in [
        "/",
        "/index.html",
        "/some/sub/path/img/",
        "/some/sub/path/none",
    ] {
        assert!(get(&server, path).starts_with("HTTP/1.1 404"), "{path}");
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 7);
    assert_eq!(requests[0], "/some/sub/path/?a=b");
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
        "/%2E%2E%2Fsecret.txt",
        "/img/../../secret.txt",
        "//etc/passwd",
        "/a%00b",
        "/%ff",
        "/link.txt",
    ] {
        let answer = get(&server, path);
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
    }
}

#[test]
fn compresses_for_those_who_accept_it_and_follows_a_file_that_changes() {
    let site = Site::new("brotli");
    let server = site.serve("/");
    server.warm();
    let with_brotli = "HEAD / HTTP/1.1\r\nAccept-Encoding: gzip, br\r\nX:";
    let packed = ask(&server, with_brotli);
    assert!(packed.contains("content-encoding: br\r\n"), "{packed}");
    assert_eq!(body(&packed), "");
    assert!(!get(&server, "/").contains("content-encoding"));
    std::fs::write(site.0.join("dist/index.html"), "new").unwrap();
    assert_ne!(ask(&server, with_brotli), packed);
    assert_eq!(body(&get(&server, "/")), "new");
}

#[test]
fn files_can_only_be_read() {
    let site = Site::new("read");
    assert!(ask(&site.serve("/"), "POST /").starts_with("HTTP/1.1 405"));
}

#[test]
fn stops_when_dropped() {
    let site = Site::new("stop");
    let server = site.serve("/");
    let address = server.port.address;
    let mut open = TcpStream::connect(address).unwrap();
    open.write_all(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        .unwrap();
    open.read_exact(&mut [0; 16]).unwrap();
    drop(server);
    let _ = open.read_to_end(&mut Vec::new());
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn a_missing_folder_is_an_error() {
    let site = Site::new("missing");
    assert!(Server::start(&site.0.join("none"), "/").is_err());
    assert!(Server::start(&site.0.join("secret.txt"), "/").is_err());
}

#[test]
fn only_hashed_names_are_kept() {
    assert!(has_hash(Path::new("model-stages-0123456789abcdef_bg.wasm")));
    assert!(has_hash(Path::new("main-0123456789abcdef.css")));
    assert!(!has_hash(Path::new("index.html")));
    assert!(!has_hash(Path::new("boot.js")));
}
