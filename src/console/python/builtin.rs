//! Python's own functions, and the methods of texts and dictionaries.

use super::super::methods::Topic;
use super::super::order::ordered;
use super::super::reply::Output;
use super::super::trouble::{Problem, Raised, Span, TroubleKind, Unsupported, Wanted};
use super::run::{Halt, Run, raised, wrong_type};
use super::show::{self, Layout};
use super::tree::Argument;
use super::value::{Builtin, Function, Value};
use crate::registry::python;

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

    /// Calls a method of a text or of a dictionary.
    pub(super) fn bound(
        &mut self,
        of: &Value,
        name: &'static str,
        at: Span,
        arguments: &[Argument],
    ) -> Result<Value, Halt> {
        let given = self.arguments(arguments)?;
        match of {
            Value::Dict(dict) => {
                given.check(name, if name == "get" { 2 } else { 0 })?;
                let items = dict.items.iter();
                let found = match name {
                    "keys" => items.map(|(key, _)| key.clone()).collect(),
                    "values" => items.map(|(_, value)| value.clone()).collect(),
                    "items" => {
                        let mut pairs = Vec::with_capacity(dict.items.len());
                        for (key, value) in items {
                            pairs.push(self.list(at, vec![key.clone(), value.clone()], true)?);
                        }
                        pairs
                    }
                    _ => {
                        let (_, wanted) = given.first(name, at)?;
                        let mut items = items;
                        let found = items.find(|(key, _)| key.is_same(&wanted));
                        let usual = given.plain.get(1).map(|(_, usual)| usual);
                        let found = found.map(|(_, value)| value).or(usual);
                        return Ok(found.cloned().unwrap_or(Value::None));
                    }
                };
                self.list(at, found, false)
            }
            Value::Text(text) => self.text_method(text, name, at, given),
            _ => Ok(Value::None),
        }
    }

    fn text_method(
        &mut self,
        text: &str,
        name: &'static str,
        at: Span,
        given: Arguments<'_>,
    ) -> Result<Value, Halt> {
        if name == "format" {
            return self.fill(text, at, &given);
        }
        let most = match name {
            "replace" => 2,
            "join" | "split" | "startswith" | "endswith" | "strip" => 1,
            _ => 0,
        };
        given.check(name, most)?;
        self.make(at, text.len())?;
        let argument = |place: usize| match given.plain.get(place) {
            Some((_, Value::Text(text))) => Ok(Some(text.as_ref())),
            Some((at, _)) => Err(wrong_type(*at, name, Wanted::Text)),
            None => Ok(None),
        };
        if name == "join" {
            let (place, list) = given.first(name, at)?;
            let mut joined = String::new();
            for (index, item) in self.items_of(place, &list)?.iter().enumerate() {
                let Value::Text(item) = item else {
                    return Err(wrong_type(place, name, Wanted::Texts));
                };
                let between = if index == 0 { "" } else { text };
                self.make(at, between.len() + item.len())?;
                joined.push_str(between);
                joined.push_str(item);
            }
            return Ok(Value::text(&joined));
        }
        let (first, second) = (argument(0)?, argument(1)?);
        let missing = || Problem {
            at,
            kind: TroubleKind::MissingArgument {
                method: name,
                argument: "text",
            },
        };
        let made = match name {
            // The tables of all other letters are heavy, and names of models seldom have them.
            "upper" | "lower" | "title" | "capitalize" if !text.is_ascii() => {
                return Err(Problem::not_supported(at, Unsupported::Function).into());
            }
            "upper" => text.to_ascii_uppercase(),
            "lower" => text.to_ascii_lowercase(),
            "strip" => match first {
                Some(letters) => text.trim_matches(|c| letters.contains(c)).to_owned(),
                None => python::strip(text).to_owned(),
            },
            "capitalize" | "title" => {
                let mut upper = true;
                let letters = text.chars().flat_map(|c| {
                    let c = if upper {
                        c.to_ascii_uppercase()
                    } else {
                        c.to_ascii_lowercase()
                    };
                    upper = name == "title" && !c.is_alphabetic();
                    std::iter::once(c)
                });
                letters.collect()
            }
            "replace" => {
                let (old, new) = (first.ok_or_else(missing)?, second.ok_or_else(missing)?);
                let found = text.matches(old).count();
                self.make(at, found.saturating_mul(new.len()))?;
                text.replace(old, new)
            }
            "isdigit" => return Ok(Value::Flag(python::is_digits(text))),
            "startswith" => {
                return Ok(Value::Flag(text.starts_with(first.ok_or_else(missing)?)));
            }
            "endswith" => return Ok(Value::Flag(text.ends_with(first.ok_or_else(missing)?))),
            _ => {
                let parts: Vec<Value> = match first {
                    Some("") => {
                        return Err(wrong_type(at, name, Wanted::Text));
                    }
                    Some(by) => text.split(by).map(Value::text).collect(),
                    None => text.split_whitespace().map(Value::text).collect(),
                };
                return self.list(at, parts, false);
            }
        };
        Ok(Value::text(&made))
    }

    /// `"… {} {0} {name}".format(…)`
    fn fill(&mut self, text: &str, at: Span, given: &Arguments<'_>) -> Result<Value, Halt> {
        let not_supported = || Problem::not_supported(at, Unsupported::Format);
        let mut made = String::new();
        let mut rest = text;
        let mut next = 0_usize;
        while let Some(found) = rest.find(['{', '}']) {
            let (before, after) = rest.split_at_checked(found).ok_or_else(not_supported)?;
            self.make(at, before.len() + 1)?;
            made.push_str(before);
            if let Some(after) = after.strip_prefix("{{") {
                made.push('{');
                rest = after;
                continue;
            }
            if let Some(after) = after.strip_prefix("}}") {
                made.push('}');
                rest = after;
                continue;
            }
            let inside = after
                .strip_prefix('{')
                .and_then(|after| after.split_once('}'));
            let (field, after) = inside.ok_or_else(not_supported)?;
            let (field, format) = field.split_once(':').unwrap_or((field, ""));
            let value = if field.is_empty() {
                next += 1;
                given.plain.get(next - 1).map(|(_, value)| value)
            } else if let Ok(place) = field.parse::<usize>() {
                given.plain.get(place).map(|(_, value)| value)
            } else {
                let named = given.named.iter().find(|(name, ..)| *name == field);
                named.map(|(.., value)| value)
            };
            let value = value.ok_or_else(not_supported)?;
            let mut printed = self.printed(at, value)?;
            if !format.is_empty() {
                printed = show::formatted(value, printed, format).ok_or_else(not_supported)?;
            }
            made.push_str(&printed);
            rest = after;
        }
        self.make(at, rest.len())?;
        made.push_str(rest);
        Ok(Value::text(&made))
    }
}
