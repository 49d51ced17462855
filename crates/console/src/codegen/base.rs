//! The address of an MLflow server, as somebody wrote it.

use std::fmt;

/// Where the server is: `http://localhost:5000`, or with a path in front of its own. It ends without a slash, and has no
/// letter in it that a shell or Python would take for something else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Base(String);

/// Why a text is no address of a server.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoBase {
    /// It starts neither with `http://` nor with `https://`.
    Scheme,
    /// There is no host in it, or one that no host can have for its name.
    Host,
    /// The port is no number from 1 to 65535.
    Port,
    /// It has a name or password in it: they do not belong into code that is copied.
    Secret,
    /// The path has a letter in it that an address cannot have, or a `?` or `#`.
    Path,
}

/// The greatest length of an address, in bytes.
const MAX_BYTES: usize = 2_000;

impl Base {
    /// Reads an address.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(text: &str) -> Result<Self, NoBase> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://").ok_or(NoBase::Scheme)?;
        let scheme = scheme.to_ascii_lowercase();
        if !matches!(scheme.as_str(), "http" | "https") {
            return Err(NoBase::Scheme);
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, path) = rest.split_at_checked(end).ok_or(NoBase::Host)?;
        if host.contains('@') {
            return Err(NoBase::Secret);
        }
        check_host(host)?;
        let is_path =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.' | '_' | '~');
        if !path.chars().all(is_path) || text.len() > MAX_BYTES {
            return Err(NoBase::Path);
        }
        let host = host.to_ascii_lowercase();
        Ok(Self(format!(
            "{scheme}://{host}{}",
            path.trim_end_matches('/')
        )))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check_host(host: &str) -> Result<(), NoBase> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let (name, port) = rest.split_once(']').ok_or(NoBase::Host)?;
            let is_hex = |c: char| c.is_ascii_hexdigit() || matches!(c, ':' | '.');
            if name.is_empty() || !name.chars().all(is_hex) {
                return Err(NoBase::Host);
            }
            match port {
                "" => return Ok(()),
                port => ("", port.strip_prefix(':').ok_or(NoBase::Port)?),
            }
        }
        None => match host.split_once(':') {
            Some((name, port)) => (name, port),
            None => (host, "80"),
        },
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    if !host.starts_with('[') && (name.is_empty() || !name.chars().all(is_name)) {
        return Err(NoBase::Host);
    }
    let is_digits = port.bytes().all(|byte| byte.is_ascii_digit());
    match port.parse::<u16>() {
        Ok(number) if number > 0 && is_digits => Ok(()),
        _ => Err(NoBase::Port),
    }
}

impl Default for Base {
    fn default() -> Self {
        Self("http://localhost:5000".to_owned())
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        let check = |text: &str, expected: Result<&str, NoBase>| {
            let read = Base::parse(text);
            assert_eq!(
                read.as_ref().map(Base::as_str),
                expected.as_ref().copied(),
                "{text:?}"
            );
        };
        check("http://localhost:5000", Ok("http://localhost:5000"));
        check(
            " HTTPS://MLflow.Example.org/ ",
            Ok("https://mlflow.example.org"),
        );
        check("https://host/team/mlflow//", Ok("https://host/team/mlflow"));
        check("http://127.0.0.1:5000/", Ok("http://127.0.0.1:5000"));
        check("http://[::1]:5000", Ok("http://[::1]:5000"));
        check("http://[::1]", Ok("http://[::1]"));
        check("", Err(NoBase::Scheme));
        check("localhost:5000", Err(NoBase::Scheme));
        check("ftp://host", Err(NoBase::Scheme));
        check("http://", Err(NoBase::Host));
        check("http://:5000", Err(NoBase::Host));
        check("http://a b", Err(NoBase::Host));
        check("http://$HOME", Err(NoBase::Host));
        check("http://ho'st", Err(NoBase::Host));
        check("http://[::1", Err(NoBase::Host));
        check("http://[]", Err(NoBase::Host));
        check("http://[::1]x", Err(NoBase::Port));
        check("http://host:", Err(NoBase::Port));
        check("http://host:0", Err(NoBase::Port));
        check("http://host:+1", Err(NoBase::Port));
        check("http://host:65536", Err(NoBase::Port));
        check("http://me:word@host", Err(NoBase::Secret));
        check("http://host/a b", Err(NoBase::Path));
        check("http://host/?x", Err(NoBase::Path));
        check("http://host#x", Err(NoBase::Path));
        check("http://host/é", Err(NoBase::Path));
        check(
            &format!("http://host/{}", "a".repeat(2_000)),
            Err(NoBase::Path),
        );
    }

    #[test]
    fn the_usual_address_is_one() {
        assert_eq!(Base::parse(Base::default().as_str()), Ok(Base::default()));
    }
}
