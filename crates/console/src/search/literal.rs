//! A list of values in brackets, as Python's `ast.literal_eval` reads it.

use registry::python;

/// What a list is.
#[derive(PartialEq, Debug)]
pub(super) enum Literal {
    Texts(Vec<String>),
    /// Nothing at all.
    Empty,
    /// Something that is no text is in it: the whole as Python prints it.
    Mixed(String),
    /// It is no Python.
    IllFormed,
    /// It is Python, but more than values.
    Worked,
}

enum Value {
    Text(String),
    /// As Python prints it.
    Other(String),
    Name,
}

/// Reads a list with its brackets.
pub(super) fn read(text: &str) -> Literal {
    let Some(inside) = text.strip_prefix('(').and_then(|it| it.strip_suffix(')')) else {
        return Literal::IllFormed;
    };
    let Some((values, rest, _)) = values(inside) else {
        return Literal::IllFormed;
    };
    if !rest.is_empty() {
        return Literal::IllFormed;
    }
    if values.is_empty() {
        return Literal::Empty;
    }
    if values.iter().any(|value| matches!(value, Value::Name)) {
        return Literal::Worked;
    }
    let mut texts = Vec::new();
    let mut shown = Vec::new();
    for value in values {
        match value {
            Value::Text(text) => {
                shown.push(python::repr(&text));
                texts.push(text);
            }
            Value::Other(other) => shown.push(other),
            Value::Name => {}
        }
    }
    if texts.len() == shown.len() {
        return Literal::Texts(texts);
    }
    let comma = if shown.len() == 1 { "," } else { "" };
    Literal::Mixed(format!("({}{comma})", shown.join(", ")))
}

/// The values up to a bracket or the end, what follows them, and whether there was a comma.
fn values(text: &str) -> Option<(Vec<Value>, &str, bool)> {
    let mut rest = text.trim_start();
    let mut values = Vec::new();
    let mut has_comma = false;
    while !rest.is_empty() && !rest.starts_with(')') {
        let (value, after) = value(rest)?;
        values.push(value);
        rest = after.trim_start();
        match rest.strip_prefix(',') {
            Some(after) => {
                has_comma = true;
                rest = after.trim_start();
            }
            None if rest.is_empty() || rest.starts_with(')') => {}
            None => return None,
        }
    }
    Some((values, rest, has_comma))
}

/// Values in brackets that stand in the list: one alone is itself.
fn bracketed(text: &str) -> Option<(Value, &str)> {
    let (mut values, rest, has_comma) = values(text)?;
    let rest = rest.strip_prefix(')')?;
    if values.iter().any(|value| matches!(value, Value::Name)) {
        return Some((Value::Name, rest));
    }
    if values.len() == 1 && !has_comma {
        return Some((values.pop()?, rest));
    }
    let shown: Vec<String> = values
        .into_iter()
        .map(|value| match value {
            Value::Text(text) => python::repr(&text),
            Value::Other(other) => other,
            Value::Name => String::new(),
        })
        .collect();
    let comma = if shown.len() == 1 { "," } else { "" };
    Some((Value::Other(format!("({}{comma})", shown.join(", "))), rest))
}

/// The value at the start, and what follows it.
fn value(text: &str) -> Option<(Value, &str)> {
    if let Some(inside) = text.strip_prefix('(') {
        return bracketed(inside);
    }
    if text.starts_with(['\'', '"']) {
        let (mut found, mut rest) = quoted(text)?;
        // Texts that follow each other are one.
        while rest.trim_start().starts_with(['\'', '"']) {
            let (more, after) = quoted(rest.trim_start())?;
            found.push_str(&more);
            rest = after;
        }
        return Some((Value::Text(found), rest));
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+');
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    let digits = word.trim_start_matches(['-', '+']);
    let other = match word {
        "" => return None,
        "None" | "True" | "False" => word.to_owned(),
        _ if digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') => {
            let is_whole = digits.bytes().all(|c| c.is_ascii_digit());
            if is_whole && digits.len() > 1 && digits.starts_with('0') {
                return None;
            }
            let number: f64 = word.parse().ok()?;
            if is_whole {
                word.trim_start_matches('+').to_owned()
            } else {
                float(number)
            }
        }
        // `a-b` is what Python would work out, and a literal may not.
        _ => return Some((Value::Name, rest)),
    };
    Some((Value::Other(other), rest))
}

/// The text in quotes at the start, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut chars = text.char_indices();
    let (_, quote) = chars.next()?;
    let mut found = String::new();
    while let Some((at, c)) = chars.next() {
        match c {
            _ if c == quote => {
                return Some((found, text.get(at + quote.len_utf8()..)?));
            }
            '\n' => return None,
            '\\' => match chars.next()?.1 {
                '\n' => {}
                'n' => found.push('\n'),
                't' => found.push('\t'),
                'r' => found.push('\r'),
                c @ ('\\' | '\'' | '"') => found.push(c),
                c => {
                    found.push('\\');
                    found.push(c);
                }
            },
            _ => found.push(c),
        }
    }
    None
}

/// A number as Python prints it.
pub(super) fn float(number: f64) -> String {
    let size = number.abs();
    if size != 0.0 && !(1e-4..1e16).contains(&size) {
        let shown = format!("{number:e}");
        return match shown.split_once('e') {
            Some((digits, power)) => {
                let (sign, power) = match power.strip_prefix('-') {
                    Some(power) => ('-', power),
                    None => ('+', power),
                };
                format!("{digits}e{sign}{power:0>2}")
            }
            None => shown,
        };
    }
    let shown = number.to_string();
    if shown.contains('.') || !number.is_finite() {
        shown
    } else {
        format!("{shown}.0")
    }
}
