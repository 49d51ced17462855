//! The methods of texts and dictionaries.

use super::super::super::trouble::{Problem, Span, TroubleKind, Unsupported, Wanted};
use super::super::run::{Halt, Run, wrong_type};
use super::super::show;
use super::super::tree::Argument;
use super::super::value::Value;
use super::Arguments;
use crate::registry::python;

impl Run<'_> {
    /// Calls a method of a text or of a dictionary.
    pub(in super::super) fn bound(
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
