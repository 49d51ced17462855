//! One connection: requests in, answers out.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::files::File;
use super::{Pace, Shared, lock};

/// The most bytes that a request may have.
const LONGEST_REQUEST: u64 = 32 * 1024;
/// How long a connection may be silent.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request, as far as it matters here.
#[derive(Debug, Default, PartialEq, Eq)]
struct Request {
    method: String,
    target: String,
    brotli: bool,
    close: bool,
}

/// Answers the requests of a connection until it ends.
pub(super) fn answer(stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader)? {
        lock(&shared.requests).push(request.target.clone());
        let response = respond(&request, shared);
        write(stream, &request, &response, shared.pace)?;
        if request.close {
            break;
        }
    }
    Ok(())
}

/// The next request; `None` at the end of the connection.
fn read(reader: &mut impl BufRead) -> io::Result<Option<Request>> {
    let mut reader = reader.take(LONGEST_REQUEST);
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace();
    let mut request = Request::default();
    if let (Some(method), Some(target)) = (words.next(), words.next()) {
        method.clone_into(&mut request.method);
        target.clone_into(&mut request.target);
    }
    request.close = words.next() != Some("HTTP/1.1");
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            // The request is cut off or too long.
            return Err(io::ErrorKind::InvalidData.into());
        }
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "accept-encoding" => request.brotli = accepts_brotli(value),
            "connection" => request.close |= value.trim().eq_ignore_ascii_case("close"),
            // Nothing is served that takes a body, so what follows is not a request.
            "content-length" => request.close |= value.trim() != "0",
            "transfer-encoding" => request.close = true,
            _ => {}
        }
    }
    Ok(Some(request))
}

fn accepts_brotli(value: &str) -> bool {
    value.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("br") && !parts.any(|part| matches!(part, "q=0" | "q=0.0"))
    })
}

/// An answer: its status, and a file or some headers.
enum Response {
    Found(File),
    Moved(String),
    Missing,
    NotAllowed,
}

fn respond(request: &Request, shared: &Shared) -> Response {
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return Response::NotAllowed;
    }
    let path = request.target.split(['?', '#']).next().unwrap_or_default();
    match path.strip_prefix(&shared.prefix) {
        Some(inside) => shared
            .files
            .find(inside, request.brotli)
            .map_or(Response::Missing, Response::Found),
        None if format!("{path}/") == shared.prefix => Response::Moved(shared.prefix.clone()),
        None => Response::Missing,
    }
}

fn write(
    mut stream: &TcpStream,
    request: &Request,
    response: &Response,
    pace: Option<Pace>,
) -> io::Result<()> {
    let (status, extra, body): (_, _, &[u8]) = match response {
        Response::Found(file) => ("200 OK", file.headers(), &file.bytes),
        Response::Moved(place) => (
            "301 Moved Permanently",
            format!("Location: {place}\r\n"),
            b"It is a folder.\n",
        ),
        Response::Missing => (
            "404 Not Found",
            String::new(),
            b"There is no such file here.\n",
        ),
        Response::NotAllowed => (
            "405 Method Not Allowed",
            "Allow: GET, HEAD\r\n".to_owned(),
            b"Files can only be read here.\n",
        ),
    };
    let kind = match response {
        Response::Found(_) => "",
        _ => "Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n",
    };
    let connection = if request.close { "close" } else { "keep-alive" };
    let mut message = format!(
        "HTTP/1.1 {status}\r\n{kind}{extra}Content-Length: {}\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: {connection}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    if request.method != "HEAD" {
        message.extend_from_slice(body);
    }
    match pace {
        None => stream.write_all(&message)?,
        Some(pace) => {
            for part in message.chunks(pace.bytes) {
                stream.write_all(part)?;
                if part.len() == pace.bytes {
                    std::thread::sleep(pace.time);
                }
            }
        }
    }
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_matters_of_a_request() {
        let text = "GET /a?b HTTP/1.1\r\nHost: here\r\nAccept-Encoding: gzip, br;q=1\r\n\r\nGET";
        let request = read(&mut text.as_bytes()).unwrap().unwrap();
        assert_eq!(request.method, "GET");
        assert_eq!(request.target, "/a?b");
        assert!(request.brotli && !request.close);
        assert!(read(&mut "".as_bytes()).unwrap().is_none());
    }

    #[test]
    fn a_broken_or_endless_request_ends_the_connection() {
        assert!(read(&mut "GET / HTTP/1.1\r\nHost: here\r\n".as_bytes()).is_err());
        let endless = format!("GET / HTTP/1.1\r\nA: {}\r\n\r\n", "a".repeat(40_000));
        assert!(read(&mut endless.as_bytes()).is_err());
        assert!(
            read(&mut "nonsense\r\n\r\n".as_bytes())
                .unwrap()
                .unwrap()
                .close
        );
    }

    #[test]
    fn brotli_only_where_it_is_accepted() {
        assert!(accepts_brotli("gzip, deflate, br, zstd"));
        assert!(!accepts_brotli("gzip"));
        assert!(!accepts_brotli("br;q=0"));
        assert!(!accepts_brotli(""));
    }
}
