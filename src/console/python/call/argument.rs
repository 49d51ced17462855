//! Arguments given to their parameters.

use super::super::run::{Halt, Run, wrong_type};
use super::super::tree::{Argument, Named};
use super::super::value::Value;
use super::problem;
use crate::console::methods::{Given, Method, Param, Takes};
use crate::console::nearest::nearest;
use crate::console::trouble::{Problem, Span, TroubleKind, Unsupported, Wanted};
use crate::registry::call::{VersionArgument, Written};
use crate::registry::uri;

impl Run<'_> {
    /// Gives each argument to its parameter, as Python does, and then makes of it what the call takes.
    pub(super) fn bind(
        &mut self,
        method: &'static Method,
        at: Span,
        arguments: &[Argument],
    ) -> Result<Vec<Given>, Halt> {
        let mut places: Vec<Option<(Span, Value)>> = Vec::new();
        places.resize_with(method.params.len(), || None);
        for (index, argument) in arguments.iter().enumerate() {
            let found = match &argument.name {
                None => index,
                Some(named) => parameter(method, named)?,
            };
            let value_at = argument.value.at;
            let value = self.value(&argument.value)?;
            let Some(place) = places.get_mut(found) else {
                return problem(
                    value_at,
                    TroubleKind::TooManyArguments {
                        method: method.name,
                        most: method.params.len(),
                    },
                );
            };
            if let (Some(_), Some(named)) = (&place, &argument.name) {
                return problem(
                    named.at,
                    TroubleKind::RepeatedArgument {
                        argument: named.name.clone(),
                    },
                );
            }
            *place = Some((value_at, value));
        }
        // First whether all are there, then whether they are of the right kind.
        for (param, place) in method.params.iter().zip(&places) {
            if place.is_none() && !param.takes.is_optional() {
                return problem(
                    at,
                    TroubleKind::MissingArgument {
                        method: method.name,
                        argument: param.name,
                    },
                );
            }
        }
        let mut given = Vec::new();
        for (param, place) in method.params.iter().zip(places) {
            let (place, value) = match place {
                Some((place, value)) => (place, Some(value)),
                None => (at, None),
            };
            given.extend(self.convert(*param, place, value)?);
        }
        Ok(given)
    }

    /// Makes of a value what the parameter takes; nothing where the call carries nothing of it.
    fn convert(
        &mut self,
        param: Param,
        at: Span,
        value: Option<Value>,
    ) -> Result<Option<Given>, Halt> {
        let wrong = |wanted| Err(wrong_type(at, param.name, wanted));
        let given = match (param.takes, value) {
            (Takes::Ignored, _) => return Ok(None),
            (Takes::Text | Takes::TextOrNone, Some(Value::Text(text))) => {
                Given::Text(text.to_string())
            }
            (Takes::ModelsUri, Some(Value::Text(text))) => {
                if !uri::is_models_scheme(&text) {
                    return Err(Problem::not_supported(at, Unsupported::Uri).into());
                }
                Given::Text(text.to_string())
            }
            (Takes::TextOrNone, None | Some(Value::None)) => Given::Text(String::new()),
            (Takes::Text | Takes::TextOrNone | Takes::ModelsUri, _) => return wrong(Wanted::Text),
            (Takes::Version, Some(Value::Text(text))) => Given::Text(text.to_string()),
            (Takes::Version, Some(Value::Int(digits))) => Given::Text(digits),
            (Takes::TagVersion, None | Some(Value::None)) => {
                Given::TagVersion(VersionArgument::Missing)
            }
            (Takes::TagVersion, Some(Value::Text(text))) => Given::TagVersion(if text.is_empty() {
                VersionArgument::Missing
            } else {
                VersionArgument::Given(text.to_string())
            }),
            (Takes::TagVersion, Some(Value::Int(digits))) => Given::TagVersion(if digits == "0" {
                VersionArgument::Zero
            } else {
                VersionArgument::Given(digits)
            }),
            (Takes::Version | Takes::TagVersion, _) => return wrong(Wanted::Version),
            (Takes::Printed, Some(value)) => Given::Text(self.printed(at, &value)?),
            (Takes::Printed, None) => return wrong(Wanted::Simple),
            (Takes::Flag, None) => Given::Flag(false),
            (Takes::Flag, Some(Value::Flag(flag))) => Given::Flag(flag),
            (Takes::Flag, _) => return wrong(Wanted::Flag),
            (Takes::Count, None | Some(Value::None)) => Given::Count(None),
            (Takes::Count, Some(value)) => {
                let count = value.as_int().and_then(|count| usize::try_from(count).ok());
                match count {
                    Some(count) => Given::Count(Some(count)),
                    None => return wrong(Wanted::Number),
                }
            }
            (Takes::Texts, None | Some(Value::None)) => Given::Texts(Vec::new()),
            // Python takes a text for the list of its letters, and MLflow complains about the first of them.
            (Takes::Texts, Some(Value::Text(text))) => {
                Given::Texts(text.chars().take(1).map(String::from).collect())
            }
            (Takes::Texts, Some(Value::List(list))) => {
                let texts = list.items.iter().map(|item| match item {
                    Value::Text(text) => Some(text.to_string()),
                    _ => None,
                });
                match texts.collect() {
                    Some(texts) => Given::Texts(texts),
                    None => return wrong(Wanted::Texts),
                }
            }
            (Takes::Texts, _) => return wrong(Wanted::Texts),
            (Takes::Tags, None | Some(Value::None)) => Given::Tags(Written::new()),
            (Takes::Tags, Some(Value::List(list))) if list.items.is_empty() => {
                Given::Tags(Written::new())
            }
            (Takes::Tags | Takes::Metrics, Some(Value::Dict(dict))) => {
                let mut tags = Written::new();
                for (key, value) in &dict.items {
                    let Value::Text(key) = key else {
                        return wrong(Wanted::Tags);
                    };
                    tags.push((key.to_string(), self.printed(at, value)?));
                }
                Given::Tags(tags)
            }
            (Takes::Tags | Takes::Metrics, _) => return wrong(Wanted::Tags),
            (Takes::Empty, value) => {
                return if value.is_none_or(|value| !value.is_true()) {
                    Ok(None)
                } else {
                    Err(Problem::not_supported(at, Unsupported::Argument).into())
                };
            }
        };
        Ok(Some(given))
    }
}

/// The place of a parameter among those of the method.
fn parameter(method: &'static Method, named: &Named) -> Result<usize, Problem> {
    let names = method.params.iter().map(|param| param.name);
    let found = names.clone().position(|name| name == named.name);
    found.ok_or_else(|| Problem {
        at: named.at,
        kind: TroubleKind::UnknownArgument {
            method: method.name,
            argument: named.name.clone(),
            nearest: nearest(&named.name, names),
        },
    })
}
