//! Python's own functions.

use super::super::methods::Topic;
use super::super::order::ordered;
use super::super::reply::Output;
use super::super::trouble::{Problem, Raised, Span, TroubleKind, Unsupported, Wanted};
use super::run::{Halt, Run, raised, wrong_type};
use super::show::{self, Layout};
use super::tree::Argument;
use super::value::{Builtin, Function, Value};
use crate::registry::python;

mod method;

/// The arguments of a call, worked out.
struct Arguments<'a> {
    /// Those without a name, each with its place.
    plain: Vec<(Span, Value)>,
    /// Those with one: the name, where it stands, the value and where that stands.
    named: Vec<(&'a str, Span, Span, Value)>,
}

impl Arguments<'_> {
    /// Takes a named argument out.
    fn take(&mut self, name: &str) -> Option<(Span, Value)> {
        let at = self.named.iter().position(|(there, ..)| *there == name)?;
        let (_, _, at, value) = self.named.remove(at);
        Some((at, value))
    }

    /// Refuses what is left of the named arguments, and more plain ones than there may be.
    fn check(&self, function: &'static str, most: usize) -> Result<(), Problem> {
        if let Some((name, at, ..)) = self.named.first() {
            return Err(Problem {
                at: *at,
                kind: TroubleKind::UnknownArgument {
                    method: function,
                    argument: (*name).to_owned(),
                    nearest: None,
                },
            });
        }
        match self.plain.get(most) {
            Some((at, _)) => Err(Problem {
                at: *at,
                kind: TroubleKind::TooManyArguments {
                    method: function,
                    most,
                },
            }),
            None => Ok(()),
        }
    }

    /// The first argument, which must be there.
    fn first(&self, function: &'static str, at: Span) -> Result<(Span, Value), Problem> {
        self.plain.first().cloned().ok_or(Problem {
            at,
            kind: TroubleKind::MissingArgument {
                method: function,
                argument: "object",
            },
        })
    }
}

impl Run<'_> {
    fn arguments<'a>(&mut self, arguments: &'a [Argument]) -> Result<Arguments<'a>, Halt> {
        let mut found = Arguments {
            plain: Vec::new(),
            named: Vec::new(),
        };
        for argument in arguments {
            let at = argument.value.at;
            let value = self.value(&argument.value)?;
            match &argument.name {
                Some(named) => found.named.push((&named.name, named.at, at, value)),
                None => found.plain.push((at, value)),
            }
        }
        Ok(found)
    }

    /// Calls a function of Python's own.
    pub(super) fn builtin(
        &mut self,
        builtin: Builtin,
        name_at: Span,
        at: Span,
        arguments: &[Argument],
    ) -> Result<Value, Halt> {
        let name = builtin.name();
        let mut given = self.arguments(arguments)?;
        match builtin {
            Builtin::Print => return self.print_all(given),
            Builtin::Pprint => return self.pprint(name_at, given),
            Builtin::Dict if given.plain.is_empty() => {
                let items = given.named.into_iter();
                let items = items.map(|(name, _, _, value)| (Value::text(name), value));
                return self.dict(at, items.collect());
            }
            Builtin::Max | Builtin::Min | Builtin::Sorted => {
                return self.ordered(builtin, name_at, given);
            }
            Builtin::Range => {
                given.check(name, 2)?;
                return self.range(name_at, &given);
            }
            Builtin::Enumerate => {
                if let Some(start) = given.take("start") {
                    given.plain.push(start);
                }
                given.check(name, 2)?;
            }
            Builtin::Help if given.plain.is_empty() => {
                self.outputs.push(Output::Help(None));
                return Ok(Value::None);
            }
            Builtin::Str | Builtin::List | Builtin::Tuple if given.plain.is_empty() => {
                given.check(name, 1)?;
                return Ok(match builtin {
                    Builtin::Str => Value::text(""),
                    _ => self.list(at, Vec::new(), builtin == Builtin::Tuple)?,
                });
            }
            _ => {}
        }
        let (place, value) = given.first(name, name_at)?;
        given.check(name, if builtin == Builtin::Enumerate { 2 } else { 1 })?;
        Ok(match builtin {
            Builtin::Str => {
                let text = self.printed(place, &value)?;
                Value::text(&text)
            }
            Builtin::Repr => {
                let text = self.repr(place, &value)?;
                Value::text(&text)
            }
            Builtin::Bool => Value::Flag(value.is_true()),
            Builtin::Int => {
                let digits = match &value {
                    Value::Int(digits) => Some(digits.clone()),
                    Value::Flag(flag) => Some(u8::from(*flag).to_string()),
                    Value::Text(text) => python::int_text(text),
                    Value::Float(text) => text.split('.').next().and_then(python::int_text),
                    _ => None,
                };
                let wrong = || wrong_type(place, "int", Wanted::Number);
                Value::Int(digits.ok_or_else(wrong)?)
            }
            Builtin::Float => {
                let number = match &value {
                    Value::Text(text) => crate::registry::MetricValue::parse(text).ok(),
                    other => other.number(),
                };
                let wrong = || wrong_type(place, "float", Wanted::Number);
                Value::float(&number.ok_or_else(wrong)?.to_string())
            }
            Builtin::Len => {
                let length = match &value {
                    Value::Text(text) => Some(text.chars().count()),
                    Value::List(list) => Some(list.items.len()),
                    Value::Dict(dict) => Some(dict.items.len()),
                    _ => None,
                };
                match length {
                    Some(length) => Value::int(length as u64),
                    None => {
                        let of = value.type_name();
                        return raised(place, Raised::NoLength { of });
                    }
                }
            }
            Builtin::List | Builtin::Tuple | Builtin::Reversed => {
                let mut items = self.items_of(place, &value)?;
                if builtin == Builtin::Reversed {
                    items.reverse();
                }
                self.list(at, items, builtin == Builtin::Tuple)?
            }
            Builtin::Dict => self.as_dict(at, place, &value)?,
            Builtin::Enumerate => {
                let first = given.plain.get(1).and_then(|(_, start)| start.as_int());
                let items = self.items_of(place, &value)?;
                let mut pairs = Vec::with_capacity(items.len());
                for (number, item) in (first.unwrap_or(0)..).zip(items) {
                    let number = Value::Int(number.to_string());
                    pairs.push(self.list(at, vec![number, item], true)?);
                }
                self.list(at, pairs, false)?
            }
            Builtin::Type => Value::text(&format!("<class '{}'>", value.type_name())),
            Builtin::Help => {
                let topic = match value {
                    Value::Function(Function::Method(method)) => Some(Topic::Method(method.name)),
                    _ => None,
                };
                self.outputs.push(Output::Help(topic));
                Value::None
            }
            _ => Value::None,
        })
    }

    /// `dict(…)` of an object, of a dictionary or of pairs.
    fn as_dict(&mut self, at: Span, place: Span, value: &Value) -> Result<Value, Halt> {
        if let Value::Dict(_) = value {
            return Ok(value.clone());
        }
        let mut pairs = Vec::new();
        for item in self.items_of(place, value)? {
            let pair = match &item {
                Value::List(list) => list.items.as_slice(),
                _ => &[],
            };
            let [key, value] = pair else {
                return Err(wrong_type(place, "dict", Wanted::Tags));
            };
            pairs.push((key.clone(), value.clone()));
        }
        self.dict(at, pairs)
    }

    fn print_all(&mut self, mut given: Arguments<'_>) -> Result<Value, Halt> {
        let text = |found: Option<(Span, Value)>, usual: &str, name| match found {
            None | Some((_, Value::None)) => Ok(usual.to_owned()),
            Some((_, Value::Text(text))) => Ok(text.to_string()),
            Some((at, _)) => Err(wrong_type(at, name, Wanted::Text)),
        };
        let between = text(given.take("sep"), " ", "sep")?;
        let end = text(given.take("end"), "\n", "end")?;
        given.take("flush");
        given.check("print", usize::MAX)?;
        let mut line = String::new();
        for (index, (at, value)) in given.plain.iter().enumerate() {
            if index > 0 {
                self.make(*at, between.len())?;
                line.push_str(&between);
            }
            let text = self.printed(*at, value)?;
            line.push_str(&text);
        }
        line.push_str(&end);
        self.print(&line);
        Ok(Value::None)
    }

    fn pprint(&mut self, name_at: Span, mut given: Arguments<'_>) -> Result<Value, Halt> {
        let mut number = |name, usual| match given.take(name) {
            None => Ok(usual),
            Some((at, value)) => value
                .as_int()
                .and_then(|number| usize::try_from(number).ok())
                .filter(|number| (1..=1_000).contains(number))
                .ok_or_else(|| wrong_type(at, name, Wanted::Number)),
        };
        let layout = Layout::new(number("width", 80)?, number("indent", 1)?);
        given.check("pprint", 1)?;
        let (at, value) = given.first("pprint", name_at)?;
        let room = self.room();
        let mut text = self.made(at, show::pretty(&value, room, layout))?;
        text.push('\n');
        self.print(&text);
        Ok(Value::None)
    }

    /// `max`, `min` and `sorted`.
    fn ordered(
        &mut self,
        builtin: Builtin,
        name_at: Span,
        mut given: Arguments<'_>,
    ) -> Result<Value, Halt> {
        let name = builtin.name();
        let key = given.take("key");
        let reverse = given
            .take("reverse")
            .is_some_and(|(_, value)| value.is_true());
        let usual = given.take("default");
        given.check(name, usize::MAX)?;
        let (at, first) = given.first(name, name_at)?;
        let items = if given.plain.len() > 1 && builtin != Builtin::Sorted {
            given.plain.into_iter().map(|(_, value)| value).collect()
        } else {
            self.items_of(at, &first)?
        };
        let mut keyed = Vec::with_capacity(items.len());
        for item in items {
            let by = match &key {
                None | Some((_, Value::None)) => item.clone(),
                Some((at, Value::Lambda(lambda))) => self.apply(*at, lambda, vec![item.clone()])?,
                Some((_, Value::Function(Function::Builtin(Builtin::Int)))) => match &item {
                    Value::Text(text) => python::int_text(text).map_or(Value::None, Value::Int),
                    other => other.clone(),
                },
                Some((at, _)) => {
                    return Err(Problem::not_supported(*at, Unsupported::Argument).into());
                }
            };
            keyed.push((by, item));
        }
        // A list sorts by what it compares as; that everything compares is found out first.
        for pair in keyed.windows(2) {
            if let [(left, _), (right, _)] = pair
                && left.compare(right).is_none()
            {
                return raised(
                    at,
                    Raised::Operands {
                        operator: "<",
                        left: right.type_name(),
                        right: left.type_name(),
                    },
                );
            }
        }
        let steps = keyed.len().saturating_mul(4);
        self.steps(at, steps)?;
        let order = |left: &(Value, Value), right: &(Value, Value)| {
            left.0
                .compare(&right.0)
                .unwrap_or(std::cmp::Ordering::Equal)
        };
        if builtin == Builtin::Sorted {
            let keyed = ordered(&keyed, &|left, right| {
                if reverse {
                    order(right, left)
                } else {
                    order(left, right)
                }
            });
            let items = keyed.into_iter().map(|(_, item)| item).collect();
            return self.list(at, items, false);
        }
        // Of equals both take the first.
        let mut best: Option<(Value, Value)> = None;
        for next in keyed {
            let better = best.as_ref().is_none_or(|best| {
                let order = order(&next, best);
                if builtin == Builtin::Max {
                    order.is_gt()
                } else {
                    order.is_lt()
                }
            });
            if better {
                best = Some(next);
            }
        }
        match (best, usual) {
            (Some((_, item)), _) => Ok(item),
            (None, Some((_, usual))) => Ok(usual),
            (None, None) => raised(at, Raised::Empty { function: name }),
        }
    }

    fn range(&mut self, name_at: Span, given: &Arguments<'_>) -> Result<Value, Halt> {
        let (at, first) = given.first("range", name_at)?;
        let number = |at: Span, value: &Value| {
            value
                .as_int()
                .ok_or_else(|| wrong_type(at, "range", Wanted::Number))
        };
        let (from, to) = match given.plain.get(1) {
            Some((second_at, second)) => (number(at, &first)?, number(*second_at, second)?),
            None => (0, number(at, &first)?),
        };
        let count = usize::try_from(to.saturating_sub(from)).unwrap_or(0);
        self.steps(at, count)?;
        let numbers = (from..to).map(|number| Value::Int(number.to_string()));
        self.list(at, numbers.collect(), false)
    }
}
