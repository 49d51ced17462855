//! What stands in a value: places, slices and attributes.

use super::super::super::tree::Named;
use super::super::super::value::{self, Class, Function, Value};
use super::super::{Halt, Run, raised, unknown, wrong_type};
use crate::console::methods;
use crate::console::nearest::nearest;
use crate::console::trouble::{Owner, Problem, Raised, Span, TroubleKind, Unsupported, Wanted};

impl Run<'_> {
    pub(super) fn index(
        &mut self,
        at: Span,
        index_at: Span,
        of: &Value,
        by: &Value,
    ) -> Result<Value, Halt> {
        let type_name = of.type_name();
        let items = match of {
            Value::Dict(dict) => {
                self.steps(at, dict.items.len() / 8)?;
                let found = dict.items.iter().find(|(key, _)| key.is_same(by));
                return match found {
                    Some((_, value)) => Ok(value.clone()),
                    None => {
                        let key = self.repr(index_at, by)?;
                        raised(index_at, Raised::Key { key })
                    }
                };
            }
            Value::List(list) => list.items.len(),
            Value::Text(text) => text.chars().count(),
            Value::Foreign => return Ok(Value::Foreign),
            _ => return raised(at, Raised::NotSubscriptable { of: type_name }),
        };
        let of_name = if type_name == "str" {
            "string"
        } else {
            type_name
        };
        let Some(number) = by.as_int() else {
            return raised(
                index_at,
                Raised::IndexKind {
                    of: of_name,
                    by: by.type_name(),
                },
            );
        };
        let found = place(number, items).and_then(|place| match of {
            Value::List(list) => list.items.get(place).cloned(),
            Value::Text(text) => {
                let letter = text.chars().nth(place)?;
                Some(Value::text(letter.encode_utf8(&mut [0; 4])))
            }
            _ => None,
        });
        match found {
            Some(value) => Ok(value),
            None => raised(index_at, Raised::Index { of: of_name }),
        }
    }

    pub(super) fn slice(
        &mut self,
        at: Span,
        of: &Value,
        from: Option<(Span, Value)>,
        to: Option<(Span, Value)>,
    ) -> Result<Value, Halt> {
        let length = match of {
            Value::List(list) => list.items.len(),
            Value::Text(text) => text.chars().count(),
            _ => {
                let of = of.type_name();
                return raised(at, Raised::NotSubscriptable { of });
            }
        };
        let bound = |bound: Option<(Span, Value)>, usual: usize| match bound {
            None | Some((_, Value::None)) => Ok(usual),
            Some((at, value)) => match value.as_int() {
                Some(number) if number < 0 => Ok(place(number, length).unwrap_or(0)),
                Some(number) => Ok(usize::try_from(number).unwrap_or(length).min(length)),
                None => Err(wrong_type(at, "slice", Wanted::Number)),
            },
        };
        let (from, to) = (bound(from, 0)?, bound(to, length)?);
        let to = to.max(from);
        match of {
            Value::List(list) => {
                let items = list.items.get(from..to).unwrap_or_default().to_vec();
                self.list(at, items, list.is_tuple)
            }
            Value::Text(text) => {
                self.make(at, text.len())?;
                let letters: String = text.chars().skip(from).take(to - from).collect();
                Ok(Value::text(&letters))
            }
            _ => Ok(Value::None),
        }
    }

    pub(in super::super::super) fn attribute(
        &mut self,
        of: &Value,
        name: &Named,
    ) -> Result<Value, Halt> {
        let known: &[&'static str] = match of {
            Value::Foreign => return Ok(Value::Foreign),
            Value::Module(module) => {
                return module.member(&name.name).ok_or_else(|| {
                    unknown(
                        name.at,
                        Owner::Module,
                        &name.name,
                        nearest(&name.name, module.names()),
                    )
                    .into()
                });
            }
            Value::Client => return client_method(name).map_err(Halt::from),
            Value::Object(object) => {
                if let Some(value) = object.get(&name.name) {
                    return Ok(value.clone());
                }
                if object.class == Class::PyFuncModel {
                    return Err(Problem::not_supported(name.at, Unsupported::Function).into());
                }
                let fields = object.fields.iter().map(|(name, _)| *name);
                let near = nearest(&name.name, fields);
                return no_attribute(of, name, near);
            }
            Value::Text(_) => &value::TEXT_METHODS,
            Value::Dict(_) => &value::DICT_METHODS,
            // What else there is has methods in Python, but none that are understood here.
            Value::List(_) | Value::Bound(..) | Value::Function(_) | Value::Lambda(_) => {
                return Err(Problem::not_supported(name.at, Unsupported::Function).into());
            }
            Value::None | Value::Flag(_) | Value::Int(_) | Value::Float(_) => &[],
        };
        match known.iter().find(|known| **known == name.name) {
            Some(method) => Ok(Value::Bound(Box::new(of.clone()), method)),
            None => no_attribute(of, name, nearest(&name.name, known.iter().copied())),
        }
    }
}

/// The place in a list of so many, counted from the end where the number is negative.
fn place(number: i64, length: usize) -> Option<usize> {
    match usize::try_from(number) {
        Ok(place) => Some(place),
        Err(_) => length.checked_sub(usize::try_from(number.unsigned_abs()).ok()?),
    }
}

/// The method of the client that a name means.
fn client_method(name: &Named) -> Result<Value, Problem> {
    let known = methods::METHODS.iter();
    if let Some(method) = known.clone().find(|method| method.name == name.name) {
        return Ok(Value::Function(Function::Method(method)));
    }
    if methods::OTHER_METHODS.contains(&name.name.as_str()) {
        return Err(Problem::not_supported(name.at, Unsupported::Function));
    }
    Err(Problem {
        at: name.at,
        kind: TroubleKind::NoSuchMethod {
            method: name.name.clone(),
            nearest: nearest(&name.name, known.map(|method| method.name)),
        },
    })
}

fn no_attribute<T>(of: &Value, name: &Named, nearest: Option<&'static str>) -> Result<T, Halt> {
    raised(
        name.at,
        Raised::Attribute {
            of: of.type_name(),
            name: name.name.clone(),
            nearest,
        },
    )
}
