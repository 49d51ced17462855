//! How Python writes a value: `str()`, `repr()`, and the fields of MLflow's objects, which `pprint` lays out.

use super::super::order::ordered;
use super::value::{Object, Value};
use super::value_type::SequenceType;
use super::value_type::ValueType;
use registry::python;

/// How wide a line of `pprint` may be.
const WIDTH: usize = 80;
/// How long a text may become. What is longer is cut, and whoever asks for it sees that it is longer.
pub const LONGEST: usize = 1_000_000;

/// The value as `str()` gives it.
pub fn printed(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        _ => repr(value),
    }
}

/// The value as `repr()` gives it.
pub fn repr(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out, false);
    out
}

/// A decimal number as Python prints it.
pub fn float(number: f64) -> String {
    let text = format!("{number:e}");
    let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
    let power: i32 = power.parse().unwrap_or_default();
    if (-4..16).contains(&power) {
        let text = number.to_string();
        let is_whole = !text.contains('.');
        return text + if is_whole { ".0" } else { "" };
    }
    let sign = if power < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", power.abs())
}

/// What stands around the items of a list or a tuple.
const fn brackets(sequence: SequenceType, length: usize) -> (&'static str, &'static str) {
    match (sequence, length) {
        (SequenceType::List, _) => ("[", "]"),
        (SequenceType::Tuple, 1) => ("(", ",)"),
        (SequenceType::Tuple, _) => ("(", ")"),
    }
}

/// Writes what `repr()` gives; `pprint` has the keys of a dictionary in order.
fn write(value: &Value, out: &mut String, sorted: bool) {
    if out.len() > LONGEST {
        return;
    }
    match value {
        Value::None => out.push_str("None"),
        Value::Flag(flag) => out.push_str(if *flag { "True" } else { "False" }),
        Value::Int(digits) => out.push_str(digits),
        Value::Float(number) => out.push_str(&float(*number)),
        Value::Text(text) => out.push_str(&python::repr(text)),
        Value::List(items, sequence) => {
            let (open, close) = brackets(*sequence, items.len());
            out.push_str(open);
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                write(item, out, sorted);
            }
            out.push_str(close);
        }
        Value::Dict(items) => {
            out.push('{');
            for (at, (key, value)) in in_order(items, sorted).iter().enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                out.push_str(&python::repr(key));
                out.push_str(": ");
                write(value, out, sorted);
            }
            out.push('}');
        }
        Value::Object(object) => write_object(object, out),
        // Their addresses are Python's own: the check keeps them from being printed.
        _ => {}
    }
}

type Item = (std::sync::Arc<str>, Value);

fn in_order(items: &[Item], sorted: bool) -> Vec<Item> {
    if sorted {
        ordered(items, &|one, other| one.0.cmp(&other.0))
    } else {
        items.to_vec()
    }
}

/// An object as MLflow prints it: `<ModelVersion: aliases=[], …>`.
fn write_object(object: &Object, out: &mut String) {
    if object.kind == ValueType::PyFuncModel {
        out.push_str(
            "mlflow.pyfunc.loaded_model:\n  artifact_path: model\n  flavor: not known here\n",
        );
        for (name, value) in &object.fields {
            out.push_str(&format!("  {name}: {}\n", printed(value)));
        }
        return;
    }
    out.push_str(&format!("<{:?}: ", object.kind));
    for (at, (name, value)) in object.fields.iter().enumerate() {
        out.push_str(if at == 0 { "" } else { ", " });
        out.push_str(name);
        out.push('=');
        pretty(value, out, 0, 0, true);
    }
    out.push('>');
}

/// Python's `PrettyPrinter._format`.
fn pretty(value: &Value, out: &mut String, indent: usize, allowance: usize, is_outermost: bool) {
    let mut line = String::new();
    write(value, &mut line, true);
    let width = WIDTH.saturating_sub(indent + allowance);
    if line.chars().count() <= width || out.len() > LONGEST {
        return out.push_str(&line);
    }
    let inner = indent + 1;
    let next = format!(",\n{}", " ".repeat(inner));
    match value {
        Value::List(items, sequence) => {
            let (open, close) = brackets(*sequence, items.len());
            out.push_str(open);
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { &next });
                let is_last = at + 1 == items.len();
                let allowance = if is_last { allowance + close.len() } else { 1 };
                pretty(item, out, inner, allowance, false);
            }
            out.push_str(close);
        }
        Value::Dict(items) => {
            out.push('{');
            for (at, (key, value)) in in_order(items, true).iter().enumerate() {
                out.push_str(if at == 0 { "" } else { &next });
                let key = python::repr(key);
                out.push_str(&key);
                out.push_str(": ");
                let is_last = at + 1 == items.len();
                let allowance = if is_last { allowance + 1 } else { 1 };
                let indent = inner + key.chars().count() + 2;
                pretty(value, out, indent, allowance, false);
            }
            out.push('}');
        }
        Value::Text(text) if !text.is_empty() => {
            let by = usize::from(is_outermost);
            let chunks = chunks(text, indent + by, allowance + by);
            let has_brackets = is_outermost && chunks.len() > 1;
            let next = format!("\n{}", " ".repeat(indent + by));
            out.push_str(if has_brackets { "(" } else { "" });
            out.push_str(&chunks.join(&next));
            out.push_str(if has_brackets { ")" } else { "" });
        }
        _ => out.push_str(&line),
    }
}

/// A long text in pieces of a line each, cut between its words.
fn chunks(text: &str, indent: usize, allowance: usize) -> Vec<String> {
    let width = WIDTH.saturating_sub(indent);
    let last_width = width.saturating_sub(allowance);
    let fits = |text: &str, width: usize| python::repr(text).chars().count() <= width;
    let mut chunks: Vec<String> = Vec::new();
    let lines = python::lines(text);
    for (at, line) in lines.iter().enumerate() {
        let is_last_line = at + 1 == lines.len();
        if fits(line, if is_last_line { last_width } else { width }) {
            chunks.push(python::repr(line));
            continue;
        }
        let words = python::words(line);
        let mut current = String::new();
        for (at, word) in words.iter().enumerate() {
            let is_last = is_last_line && at + 1 == words.len();
            let candidate = format!("{current}{word}");
            if fits(&candidate, if is_last { last_width } else { width }) {
                current = candidate;
            } else {
                if !current.is_empty() {
                    chunks.push(python::repr(&current));
                }
                (*word).clone_into(&mut current);
            }
        }
        if !current.is_empty() {
            chunks.push(python::repr(&current));
        }
    }
    chunks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_in_python() {
        let check = |number: f64, expected: &str| assert_eq!(float(number), expected);
        check(1.5, "1.5");
        check(-0.0, "-0.0");
        check(100_000.0, "100000.0");
        check(0.0001, "0.0001");
        check(0.000_01, "1e-05");
        check(1e15, "1000000000000000.0");
        check(1e16, "1e+16");
        check(1.25e101, "1.25e+101");
        check(0.1 + 0.2, "0.30000000000000004");
    }
}
