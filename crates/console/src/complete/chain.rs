//! What stands before a point, as far as that is known.

use super::super::methods;
use super::super::paint::Lexeme;
use super::super::python::check::{gives, known};
use super::super::python::value::Value;
use super::super::python::value_type::ValueType;
use super::super::session::Console;
use super::super::span::Span;

/// What the pieces before a point come to, as far as that is known without carrying anything out.
pub(super) fn of_chain(
    console: &Console,
    text: &str,
    before: &[(Span, Lexeme)],
    links: usize,
) -> Option<ValueType> {
    // Nobody means anything by a longer one.
    let links = links.checked_sub(1)?;
    let (last, rest) = before.split_last()?;
    match last.0.of(text) {
        closing @ (")" | "]") => {
            let open = opening(text, before)?;
            let owner = before.get(..open)?;
            if closing == "]" {
                return match of_chain(console, text, owner, links)? {
                    ValueType::List(of, _) | ValueType::Dict(of) => Some(*of),
                    _ => None,
                };
            }
            let (name, _) = owner.split_last()?;
            match name.0.of(text) {
                "MlflowClient" => Some(ValueType::Client),
                name => methods::all().find(|method| method.name == name).map(gives),
            }
        }
        name if last.1 == Lexeme::Name => {
            if let Some((point, owner)) = rest.split_last()
                && point.0.of(text) == "."
            {
                return of_chain(console, text, owner, links)?.attribute(name);
            }
            let value = console.memory().get(name);
            value.map(Value::kind).or_else(|| known(name))
        }
        _ => None,
    }
}

/// The place of the bracket that the last piece closes.
fn opening(text: &str, before: &[(Span, Lexeme)]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, (span, lexeme)) in before.iter().enumerate().rev() {
        if *lexeme != Lexeme::Symbol {
            continue;
        }
        match span.of(text) {
            ")" | "]" | "}" => depth += 1,
            "(" | "[" | "{" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}
