//! The call that a place stands in, and what has been given to it.

use super::super::methods::{self, Method, Owner};
use super::super::paint::Lexeme;
use super::super::span::Span;

/// The call that a place stands in.
pub(super) struct Around {
    pub(super) method: Option<&'static Method>,
    /// The arguments with a name, with their values where those are plain texts.
    pub(super) named: Vec<(String, Option<String>)>,
    /// The values of those without a name that come before, where they are plain texts.
    pub(super) values: Vec<Option<String>>,
    /// The name of the argument that the place is in.
    pub(super) argument: Option<String>,
}

impl Around {
    /// The text that was given for an argument, by name or by place.
    pub(super) fn given(&self, name: &str, place: usize) -> Option<String> {
        let named = self.named.iter().find(|(known, _)| known == name);
        match named {
            Some((_, value)) => value.clone(),
            None => self.values.get(place).cloned().flatten(),
        }
    }
}

/// Finds the call that the end of the pieces stands in.
pub(super) fn call_around(text: &str, before: &[(Span, Lexeme)]) -> Option<Around> {
    // The bracket that is open, from the end.
    let mut depth = 0_usize;
    let mut open = None;
    for (at, (span, lexeme)) in before.iter().enumerate().rev() {
        if *lexeme != Lexeme::Symbol {
            continue;
        }
        match span.of(text) {
            ")" | "]" | "}" => depth += 1,
            "(" | "[" | "{" if depth > 0 => depth -= 1,
            // In a list that is an argument, the argument goes on.
            "[" => {}
            "(" => {
                open = Some(at);
                break;
            }
            "{" => return None,
            _ => {}
        }
    }
    let open = open?;
    let name = before.get(open.checked_sub(1)?)?;
    if name.1 != Lexeme::Name {
        return None;
    }
    let point = open.checked_sub(2).and_then(|at| before.get(at));
    let owner = point
        .filter(|(span, _)| span.of(text) == ".")
        .and_then(|_| open.checked_sub(3))
        .and_then(|at| before.get(at))
        .map(|(span, _)| span.of(text));
    let mut around = Around {
        method: find_method(owner, name.0.of(text)),
        named: Vec::new(),
        values: Vec::new(),
        argument: None,
    };
    let mut depth = 0_usize;
    let mut name: Option<String> = None;
    let mut value: Option<String> = None;
    let inside = before.get(open + 1..).unwrap_or_default();
    for (at, (span, lexeme)) in inside.iter().enumerate() {
        let here = span.of(text);
        match (lexeme, here) {
            (Lexeme::Symbol, "(" | "[" | "{") => depth += 1,
            (Lexeme::Symbol, ")" | "]" | "}") => depth = depth.saturating_sub(1),
            (Lexeme::Symbol, ",") if depth == 0 => {
                match name.take() {
                    Some(name) => around.named.push((name, value.take())),
                    None => around.values.push(value.take()),
                }
                value = None;
            }
            (Lexeme::Symbol, "=") if depth == 0 => {
                let before = at.checked_sub(1).and_then(|at| inside.get(at));
                name = before
                    .filter(|(_, lexeme)| *lexeme == Lexeme::Name)
                    .map(|(span, _)| span.of(text).to_owned());
            }
            (
                Lexeme::Text {
                    opening,
                    closed: true,
                },
                _,
            ) => {
                let end = here.len().saturating_sub(if *opening >= 3 { 3 } else { 1 });
                value = here.get(*opening..end).map(str::to_owned);
            }
            _ => {}
        }
    }
    around.argument = name;
    Some(around)
}

/// The method or function that a call means; `owner` is the name before its point.
fn find_method(owner: Option<&str>, name: &str) -> Option<&'static Method> {
    let fits = |method: &&'static Method| {
        method.name == name
            && match method.owner {
                Owner::Client => !matches!(owner, None | Some("mlflow" | "pyfunc")),
                Owner::Mlflow => owner == Some("mlflow"),
                Owner::Flavor => owner.is_some(),
                Owner::Lesson => owner.is_none(),
            }
    };
    methods::all().find(fits)
}
