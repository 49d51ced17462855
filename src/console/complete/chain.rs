//! What stands before a point, as far as that is known.

use super::super::paint::Lexeme;
use super::super::python::value::{self, Function, Value};
use super::super::session::Console;
use super::super::trouble::Span;

/// What a point stands behind.
pub(super) enum Owned {
    /// A value.
    Value(Value),
    /// A version, not known which.
    Version,
    /// A model, not known which.
    Model,
    /// Versions.
    Versions,
    /// Models.
    Models,
}

/// What the pieces before a point come to, as far as that is known without carrying anything out.
pub(super) fn of_chain(
    console: &Console,
    text: &str,
    before: &[(Span, Lexeme)],
    links: usize,
) -> Option<Owned> {
    // Nobody means anything by a longer one.
    let links = links.checked_sub(1)?;
    let (last, rest) = before.split_last()?;
    match last.0.of(text) {
        closing @ (")" | "]") => {
            let open = opening(text, before)?;
            let owner = before.get(..open)?;
            if closing == "]" {
                return Some(match of_chain(console, text, owner, links)? {
                    Owned::Versions => Owned::Version,
                    Owned::Models => Owned::Model,
                    Owned::Value(Value::List(list)) => Owned::Value(list.items.first()?.clone()),
                    Owned::Value(Value::Dict(dict)) => {
                        Owned::Value(dict.items.first().map(|(_, value)| value.clone())?)
                    }
                    _ => return None,
                });
            }
            let (name, _) = owner.split_last()?;
            Some(match name.0.of(text) {
                "MlflowClient" => Owned::Value(Value::Client),
                "get_model_version"
                | "get_model_version_by_alias"
                | "create_model_version"
                | "copy_model_version"
                | "update_model_version"
                | "transition_model_version_stage"
                | "register_model" => Owned::Version,
                "get_registered_model" | "create_registered_model" | "update_registered_model" => {
                    Owned::Model
                }
                "get_latest_versions" | "search_model_versions" => Owned::Versions,
                "search_registered_models" => Owned::Models,
                _ => return None,
            })
        }
        name if last.1 == Lexeme::Name => {
            if let Some((point, owner)) = rest.split_last()
                && point.0.of(text) == "."
            {
                return Some(match of_chain(console, text, owner, links)? {
                    Owned::Value(Value::Object(object)) => Owned::Value(object.get(name)?.clone()),
                    Owned::Value(Value::Module(module)) => Owned::Value(module.member(name)?),
                    Owned::Model if name == "latest_versions" => Owned::Versions,
                    _ => return None,
                });
            }
            let value = console
                .memory()
                .get(name)
                .cloned()
                .or_else(|| value::known(name))?;
            Some(match value {
                Value::Function(Function::NewClient) => return None,
                value => Owned::Value(value),
            })
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
