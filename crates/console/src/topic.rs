//! What there is help for.

use super::builtins::Builtin;
use super::methods::all;
use super::rest::endpoints::{ROOT, of_path, paths};

/// Something that there is help for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Topic {
    /// A method or function, by its name.
    Method(&'static str),
    /// A builtin of the console.
    Builtin(Builtin),
    /// The lesson's command line.
    Shell,
    /// Requests to the REST server.
    Curl,
    /// A path of the server.
    Path(&'static str),
}

impl Topic {
    /// The topic of a name: as it is called, with or without what stands before it.
    pub fn find(name: &str) -> Option<Self> {
        if name == "curl" || name == "REST" {
            return Some(Self::Curl);
        }
        // A path may have its verb and its server before it, and a query behind it.
        let path = name.rsplit(' ').next().unwrap_or_default();
        let path = path.split_once(ROOT).map_or(path, |(_, path)| path);
        let path = path.split('?').next().unwrap_or_default();
        if let Some(endpoint) = of_path(path).next() {
            return Some(Self::Path(endpoint.path));
        }
        let last = name.trim_end_matches("()").rsplit(['.', ' ']).next()?;
        let method = || all().find(|method| method.name == last);
        Builtin::named(name)
            .map(Self::Builtin)
            .or_else(|| {
                matches!(last, "mlflow" | "transition-version" | "shell").then_some(Self::Shell)
            })
            .or_else(|| method().map(|method| Self::Method(method.name)))
    }

    /// Every topic's name.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let words = Builtin::ALL.into_iter().map(Builtin::as_str);
        words
            .chain(["transition-version", "curl"])
            .chain(all().map(|method| method.name))
            .chain(paths())
    }
}
