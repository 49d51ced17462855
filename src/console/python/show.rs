//! How Python writes a value: `str()`, `repr()`, `pprint` and what stands behind a colon in an f-string.

use std::cmp::Ordering;

use super::super::order;
use super::value::{Class, Dict, Function, Object, Value};
use crate::registry::python;

/// A text that grows up to a limit.
#[derive(Debug)]
pub struct Page {
    text: String,
    limit: usize,
}

impl Page {
    /// An empty text.
    #[must_use]
    pub const fn new(limit: usize) -> Self {
        Self {
            text: String::new(),
            limit,
        }
    }

    fn is_full(&self) -> bool {
        self.text.len() > self.limit
    }

    fn push(&mut self, text: &str) {
        if !self.is_full() {
            self.text.push_str(text);
        }
    }

    /// The text; nothing where it would have grown over the limit.
    #[must_use]
    pub fn finish(self) -> Option<String> {
        (!self.is_full()).then_some(self.text)
    }
}

/// The value as `str()` gives it; nothing where it is longer than the limit.
#[must_use]
pub fn printed(value: &Value, limit: usize) -> Option<String> {
    match value {
        Value::Text(text) => (text.len() <= limit).then(|| text.to_string()),
        _ => repr(value, limit),
    }
}

/// The value as `repr()` gives it; nothing where it is longer than the limit.
#[must_use]
pub fn repr(value: &Value, limit: usize) -> Option<String> {
    let mut page = Page::new(limit);
    write_repr(value, &mut page, false);
    page.finish()
}

fn write_repr(value: &Value, page: &mut Page, sorted: bool) {
    if page.is_full() {
        return;
    }
    match value {
        Value::None => page.push("None"),
        Value::Flag(true) => page.push("True"),
        Value::Flag(false) => page.push("False"),
        Value::Int(digits) | Value::Float(digits) => page.push(digits),
        Value::Text(text) => page.push(&python::repr(text)),
        Value::List(list) => {
            page.push(if list.is_tuple { "(" } else { "[" });
            for (at, item) in list.items.iter().enumerate() {
                if page.is_full() {
                    return;
                }
                page.push(if at == 0 { "" } else { ", " });
                write_repr(item, page, sorted);
            }
            page.push(match (list.is_tuple, list.items.len()) {
                (false, _) => "]",
                (true, 1) => ",)",
                (true, _) => ")",
            });
        }
        Value::Dict(dict) => {
            page.push("{");
            for (at, (key, value)) in items(dict, sorted).into_iter().enumerate() {
                if page.is_full() {
                    return;
                }
                page.push(if at == 0 { "" } else { ", " });
                write_repr(key, page, sorted);
                page.push(": ");
                write_repr(value, page, sorted);
            }
            page.push("}");
        }
        Value::Object(object) => write_object(object, page),
        Value::Client => page.push("<mlflow.tracking.client.MlflowClient object>"),
        Value::Function(Function::NewClient) => {
            page.push("<class 'mlflow.tracking.client.MlflowClient'>");
        }
        Value::Function(Function::Builtin(builtin)) => {
            page.push("<built-in function ");
            page.push(builtin.name());
            page.push(">");
        }
        Value::Function(Function::Method(method)) => {
            page.push("<function ");
            page.push(method.name);
            page.push(">");
        }
        Value::Function(Function::Passed) => page.push("<function>"),
        Value::Lambda(_) => page.push("<function <lambda>>"),
        Value::Bound(of, name) => {
            page.push("<built-in method ");
            page.push(name);
            page.push(" of ");
            page.push(of.type_name());
            page.push(" object>");
        }
        Value::Module(_) => page.push("<module 'mlflow'>"),
        Value::Foreign => page.push("<object>"),
    }
}

/// An object as MLflow prints it: `<ModelVersion: aliases=[], …>`. Its fields are printed by `pprint`.
fn write_object(object: &Object, page: &mut Page) {
    page.push("<");
    page.push(object.class.name());
    if object.class == Class::PyFuncModel {
        // The real one prints what is in its files. What is of interest here is which version it is.
        for name in ["name", "version", "source"] {
            if let Some(value) = object.get(name) {
                page.push(" ");
                page.push(name);
                page.push("=");
                write_repr(value, page, false);
            }
        }
        return page.push(">");
    }
    page.push(": ");
    for (at, (name, value)) in object.fields.iter().enumerate() {
        page.push(if at == 0 { "" } else { ", " });
        page.push(name);
        page.push("=");
        match value {
            Value::Object(object) => write_object(object, page),
            value => write_pretty(value, page, Layout::new(80, 1), 0, 0, true),
        }
    }
    page.push(">");
}

/// How `pprint` lays out.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// The greatest width of a line, where it can be kept.
    pub width: usize,
    /// By how much what is inside stands further right.
    pub indent: usize,
}

impl Layout {
    /// A layout.
    #[must_use]
    pub const fn new(width: usize, indent: usize) -> Self {
        Self { width, indent }
    }
}

/// The value as `pprint` prints it; nothing where it is longer than the limit.
#[must_use]
pub fn pretty(value: &Value, limit: usize, layout: Layout) -> Option<String> {
    let mut page = Page::new(limit);
    write_pretty(value, &mut page, layout, 0, 0, true);
    page.finish()
}

/// The items of a dictionary; `pprint` has them in the order of their keys.
fn items(dict: &Dict, sorted: bool) -> Vec<&(Value, Value)> {
    let mut items: Vec<_> = dict.items.iter().collect();
    if sorted {
        items = order::ordered(&items, &|left, right| {
            left.0.compare(&right.0).unwrap_or(Ordering::Equal)
        });
    }
    items
}

/// Python's `PrettyPrinter._format` (3.11), which MLflow's objects are printed with.
fn write_pretty(
    value: &Value,
    page: &mut Page,
    layout: Layout,
    indent: usize,
    allowance: usize,
    is_outermost: bool,
) {
    let mut one_line = Page::new(page.limit);
    write_repr(value, &mut one_line, true);
    let Some(rep) = one_line.finish() else {
        // Longer than the page anyway.
        page.push("…");
        page.limit = 0;
        return;
    };
    let width = layout.width.saturating_sub(indent + allowance);
    if rep.chars().count() <= width {
        page.push(&rep);
        return;
    }
    let inner = indent + layout.indent;
    let step = " ".repeat(layout.indent.saturating_sub(1));
    let line = format!(",\n{}", " ".repeat(inner));
    match value {
        Value::List(list) => {
            let end = match (list.is_tuple, list.items.len()) {
                (false, _) => "]",
                (true, 1) => ",)",
                (true, _) => ")",
            };
            page.push(if list.is_tuple { "(" } else { "[" });
            page.push(&step);
            for (at, item) in list.items.iter().enumerate() {
                page.push(if at == 0 { "" } else { &line });
                let is_last = at + 1 == list.items.len();
                let allowance = if is_last { allowance + end.len() } else { 1 };
                write_pretty(item, page, layout, inner, allowance, false);
            }
            page.push(end);
        }
        Value::Dict(dict) => {
            page.push("{");
            page.push(&step);
            for (at, (key, value)) in items(dict, true).into_iter().enumerate() {
                page.push(if at == 0 { "" } else { &line });
                let is_last = at + 1 == dict.items.len();
                let key = repr(key, page.limit).unwrap_or_default();
                page.push(&key);
                page.push(": ");
                let allowance = if is_last { allowance + 1 } else { 1 };
                let indent = inner + key.chars().count() + 2;
                write_pretty(value, page, layout, indent, allowance, false);
            }
            page.push("}");
        }
        Value::Text(text) if !text.is_empty() => {
            write_long_text(text, page, layout, (indent, allowance), is_outermost);
        }
        _ => page.push(&rep),
    }
}

/// A long text in pieces of a line each, cut between its words.
fn write_long_text(
    text: &str,
    page: &mut Page,
    layout: Layout,
    (mut indent, mut allowance): (usize, usize),
    is_outermost: bool,
) {
    if is_outermost {
        indent += 1;
        allowance += 1;
    }
    let width = layout.width.saturating_sub(indent);
    let long = |text: &str| python::repr(text).chars().count();
    let mut chunks: Vec<String> = Vec::new();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for (at, line) in lines.iter().enumerate() {
        let is_last_line = at + 1 == lines.len();
        let last_width = width.saturating_sub(if is_last_line { allowance } else { 0 });
        if long(line) <= last_width {
            chunks.push(python::repr(line));
            continue;
        }
        let words = words(line);
        let mut current = String::new();
        for (at, word) in words.iter().enumerate() {
            let is_last = is_last_line && at + 1 == words.len();
            let width = if is_last { last_width } else { width };
            let candidate = format!("{current}{word}");
            if long(&candidate) > width {
                if !current.is_empty() {
                    chunks.push(python::repr(&current));
                }
                (*word).clone_into(&mut current);
            } else {
                current = candidate;
            }
        }
        if !current.is_empty() {
            chunks.push(python::repr(&current));
        }
    }
    let has_brackets = is_outermost && chunks.len() > 1;
    page.push(if has_brackets { "(" } else { "" });
    for (at, chunk) in chunks.iter().enumerate() {
        if at > 0 {
            page.push("\n");
            page.push(&" ".repeat(indent));
        }
        page.push(chunk);
    }
    page.push(if has_brackets { ")" } else { "" });
}

/// The words of a line, each with the blanks behind it.
fn words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut was_blank = false;
    for (at, c) in line.char_indices() {
        let is_blank = c.is_whitespace();
        if was_blank && !is_blank {
            words.extend(line.get(start..at));
            start = at;
        }
        was_blank = is_blank;
    }
    words.extend(line.get(start..));
    words
}

/// A value as a format such as `>8`, `05` or `.2f` has it; nothing where the format is not understood.
#[must_use]
pub fn formatted(value: &Value, text: String, format: &str) -> Option<String> {
    let mut letters = format.chars().peekable();
    let is_align = |c: char| matches!(c, '<' | '>' | '^');
    let mut fill = ' ';
    let mut align = None;
    let mut ahead = letters.clone();
    if let (Some(first), Some(second)) = (ahead.next(), ahead.next())
        && is_align(second)
    {
        fill = first;
        align = Some(second);
        letters = ahead;
    } else if let Some(first) = letters.next_if(|c| is_align(*c)) {
        align = Some(first);
    }
    let is_number = matches!(value, Value::Int(_) | Value::Float(_));
    if align.is_none() && letters.next_if_eq(&'0').is_some() {
        fill = '0';
        align = Some('>');
    }
    let digits = |letters: &mut std::iter::Peekable<std::str::Chars<'_>>| {
        let mut number = String::new();
        while let Some(digit) = letters.next_if(char::is_ascii_digit) {
            number.push(digit);
        }
        number
    };
    let width = digits(&mut letters);
    let width: usize = if width.is_empty() {
        0
    } else {
        width.parse().ok()?
    };
    let places = if letters.next_if_eq(&'.').is_some() {
        Some(digits(&mut letters).parse::<usize>().ok()?)
    } else {
        None
    };
    let kind = letters.next();
    if letters.next().is_some() || width > 1_000 {
        return None;
    }
    let text = match (kind, places) {
        (None, None) => text,
        (Some('d'), None) if matches!(value, Value::Int(_)) => text,
        (None | Some('s'), Some(most)) if !is_number => text.chars().take(most).collect(),
        (Some('s'), None) if !is_number => text,
        (Some('f'), places) if is_number => rounded(&text, places.unwrap_or(6))?,
        _ => return None,
    };
    let missing = width.saturating_sub(text.chars().count());
    let before = match align.unwrap_or(if is_number { '>' } else { '<' }) {
        '<' => 0,
        '>' => missing,
        _ => missing / 2,
    };
    let pad = |count: usize| fill.to_string().repeat(count);
    Some(pad(before) + &text + &pad(missing - before))
}

/// A number with so many digits behind the point.
fn rounded(text: &str, places: usize) -> Option<String> {
    if places > 18 {
        return None;
    }
    let (sign, digits) = text
        .strip_prefix('-')
        .map_or(("", text), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part = if part == "0" { "" } else { part };
    let mut kept: Vec<u8> = format!("0{whole}{part:0<places$}").into_bytes();
    let length = 1 + whole.len() + places;
    let up = kept.get(length).is_some_and(|digit| *digit >= b'5');
    kept.truncate(length);
    if up {
        for digit in kept.iter_mut().rev() {
            if *digit == b'9' {
                *digit = b'0';
            } else {
                *digit += 1;
                break;
            }
        }
    }
    let digits = String::from_utf8(kept).ok()?;
    let (whole, part) = digits.split_at_checked(digits.len() - places)?;
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if places == 0 { "" } else { "." };
    Some(format!("{sign}{whole}{point}{part}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(items: &[&str]) -> Value {
        Value::list(items.iter().map(|item| Value::text(item)).collect(), false).unwrap()
    }

    #[test]
    fn pprint_lays_out_as_python_does() {
        let check = |value: &Value, layout: Layout, expected: &str| {
            assert_eq!(pretty(value, 10_000, layout).unwrap(), expected);
        };
        let usual = Layout::new(80, 1);
        check(&list(&["a", "b"]), usual, "['a', 'b']");
        check(&list(&["a", "b"]), Layout::new(5, 1), "['a',\n 'b']");
        check(&list(&["a", "b"]), Layout::new(5, 4), "[   'a',\n    'b']");
        let dict = Value::texts([("b", "x"), ("a", "yy")].into_iter());
        check(&dict, usual, "{'a': 'yy', 'b': 'x'}");
        check(&dict, Layout::new(10, 1), "{'a': 'yy',\n 'b': 'x'}");
        check(&dict, Layout::new(10, 4), "{   'a': 'yy',\n    'b': 'x'}");
        let tuple = Value::list(vec![Value::text("aaaa")], true).unwrap();
        check(&tuple, Layout::new(4, 1), "('aaaa',)");
        let long = Value::text("one two three four");
        check(
            &long,
            Layout::new(12, 1),
            "('one two '\n 'three '\n 'four')",
        );
        let inside = Value::texts([("k", "one two three four")].into_iter());
        check(
            &inside,
            Layout::new(16, 1),
            "{'k': 'one two '\n      'three '\n      'four'}",
        );
    }

    #[test]
    fn values_are_formatted() {
        let check = |value: Value, format: &str, expected: Option<&str>| {
            let text = printed(&value, 100).unwrap();
            assert_eq!(
                formatted(&value, text, format).as_deref(),
                expected,
                "{format}"
            );
        };
        let int = || Value::int(7);
        let float = || Value::Float("0.9371".to_owned());
        check(int(), "", Some("7"));
        check(int(), "3", Some("  7"));
        check(int(), "<3", Some("7  "));
        check(int(), "03", Some("007"));
        check(int(), "03d", Some("007"));
        check(int(), ".1f", Some("7.0"));
        check(float(), ".2f", Some("0.94"));
        check(float(), "8.3f", Some("   0.937"));
        check(float(), ".0f", Some("1"));
        check(Value::Float("-9.995".to_owned()), ".2f", Some("-10.00"));
        check(Value::text("ab"), "5", Some("ab   "));
        check(Value::text("ab"), ">5s", Some("   ab"));
        check(Value::text("ab"), "*^5", Some("*ab**"));
        check(Value::text("ab"), ".1", Some("a"));
        check(Value::text("ab"), "d", None);
        check(int(), "x", None);
        check(int(), "99999", None);
    }
}
