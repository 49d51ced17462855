//! Python cut into tokens. What is more than the few that are known is a need of a real Python.

use super::super::cursor::{Cursor, is_line_end};
use super::super::diagnostic::UnsupportedPython;
use super::super::span::Span;
use super::need::{Need, need};
use registry::python;

/// More digits than any number of MLflow's has.
const MOST_DIGITS: usize = 300;

/// A token and its place.
#[derive(Clone, Debug)]
pub struct Token {
    pub at: Span,
    /// The number of its line in the whole text.
    pub number: usize,
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Clone, PartialEq, Debug)]
pub enum TokenKind {
    /// The start of a line of code, with its column.
    Line(usize),
    /// The end of the text.
    End,
    /// A name or a word of the language.
    Name,
    /// A whole number, as Python prints it.
    Int(String),
    Float(f64),
    Text(Vec<RawStringPart>),
    /// A bracket, a comma and the like.
    Symbol(char),
}

/// A part of a string in quotes, its braces not yet read.
#[derive(Clone, PartialEq, Debug)]
pub enum RawStringPart {
    Letters(String),
    /// What stands in the braces of an f-string, and whether `!r` stands behind it.
    Slot(Span, bool),
}

/// Cuts a piece of a text into tokens, up to the first place with something else, which comes back beside them.
pub fn cut(text: &str, place: Span) -> (Vec<Token>, Option<Need>) {
    let mut tokens = Vec::new();
    let wrong = cut_into(&mut tokens, text, place).err();
    (tokens, wrong)
}

fn cut_into(tokens: &mut Vec<Token>, text: &str, place: Span) -> Result<(), Need> {
    let mut cursor = Cursor::new(text, 0).within(place);
    let before = text.get(..place.start).unwrap_or_default();
    let mut number = 1 + before.matches('\n').count();
    let mut open = 0_usize;
    let mut starts_line = true;
    if place.start == 0 {
        cursor.eat("\u{feff}");
    }
    loop {
        let blank = cursor.take_while(|c| c == ' ').len();
        let start = cursor.at();
        let Some(c) = cursor.peek() else { break };
        if c == '#' {
            let comment = cursor.here();
            cursor.skip_line();
            if cursor.since(start).of(text).contains('\0') {
                return need(comment, UnsupportedPython::Value);
            }
            continue;
        }
        if is_line_end(c) {
            cursor.eat_line_end();
            number += 1;
            starts_line = open == 0;
            continue;
        }
        let mut push = |at, kind| tokens.push(Token { at, number, kind });
        if starts_line {
            starts_line = false;
            let here = Span { start, end: start };
            push(here, TokenKind::Line(blank));
        }
        let kind = token(&mut cursor, c)?;
        match kind {
            TokenKind::Symbol('(' | '[' | '{') => open += 1,
            TokenKind::Symbol(')' | ']' | '}') => open = open.saturating_sub(1),
            _ => {}
        }
        push(cursor.since(start), kind);
    }
    tokens.push(Token {
        at: cursor.here(),
        number,
        kind: TokenKind::End,
    });
    Ok(())
}

fn token(cursor: &mut Cursor<'_>, first: char) -> Result<TokenKind, Need> {
    let here = cursor.here();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if first.is_ascii_digit() {
        return number(cursor);
    }
    let mut ahead = *cursor;
    let prefix = ahead.take_while(is_name);
    if ahead.rest().starts_with(['\'', '"']) {
        let prefix = prefix.to_ascii_lowercase();
        let is_known = ["", "r", "f", "rf", "fr"].contains(&prefix.as_str());
        if !is_known {
            return need(here, UnsupportedPython::Text);
        }
        *cursor = ahead;
        return quoted(cursor, &prefix);
    }
    if is_name(first) {
        *cursor = ahead;
        // Letters of other alphabets may be written in several ways that Python takes for one.
        return match cursor.peek() {
            Some(c) if !c.is_ascii() => need(cursor.here(), UnsupportedPython::Value),
            _ => Ok(TokenKind::Name),
        };
    }
    cursor.take();
    let is_double = first == '=' && cursor.rest().starts_with('=');
    if is_double || !"()[]{},:.=-;".contains(first) {
        return need(here, UnsupportedPython::Value);
    }
    Ok(TokenKind::Symbol(first))
}

fn number(cursor: &mut Cursor<'_>) -> Result<TokenKind, Need> {
    let start = cursor.at();
    cursor.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    let written = cursor.since(start).of(cursor.text());
    if written.ends_with(['e', 'E']) && cursor.rest().starts_with(['-', '+']) {
        cursor.take();
        cursor.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    }
    let at = cursor.since(start);
    let written = at.of(cursor.text());
    let is_octal = written.len() > 1 && written.starts_with('0');
    let found = if written.contains(['.', 'e', 'E']) && !written.contains('_') {
        // What Rust reads beyond this, such as `inf`, does not start with a digit.
        let number = written.parse().ok().filter(|it: &f64| it.is_finite());
        number.map(TokenKind::Float)
    } else {
        let number = python::int_text(written).filter(|it| it.len() <= MOST_DIGITS);
        number.filter(|_| !is_octal).map(TokenKind::Int)
    };
    found.ok_or(Need {
        at,
        why: UnsupportedPython::Value,
    })
}

/// Reads a text that ends on its line; the cursor stands before its first quote.
fn quoted(cursor: &mut Cursor<'_>, prefix: &str) -> Result<TokenKind, Need> {
    let open = cursor.here();
    let single = if cursor.rest().starts_with('"') {
        "\""
    } else {
        "'"
    };
    let triple = single.repeat(3);
    let quote = if cursor.eat(&triple) {
        triple.as_str()
    } else {
        cursor.eat(single);
        single
    };
    let start = cursor.at();
    let inside = loop {
        let end = cursor.at();
        if cursor.eat(quote) {
            break Span { start, end };
        }
        match cursor.take() {
            Some('\\') if !cursor.rest().starts_with(is_line_end) => cursor.skip_escaped(),
            Some(c) if c != '\\' && c != '\0' && !is_line_end(c) => {}
            _ => return need(open, UnsupportedPython::Text),
        }
    };
    let (is_raw, is_format) = (prefix.contains('r'), prefix.contains('f'));
    let mut cursor = cursor.within(inside);
    let mut parts = Vec::new();
    let mut letters = String::new();
    while let Some(c) = cursor.peek() {
        if c == '\\' && !is_raw {
            letters.push(escape(&mut cursor)?);
        } else if is_format && (cursor.eat("{{") || cursor.eat("}}")) {
            letters.push(c);
        } else if is_format && c == '{' {
            parts.push(RawStringPart::Letters(std::mem::take(&mut letters)));
            parts.push(slot(&mut cursor)?);
        } else if is_format && c == '}' {
            return need(cursor.here(), UnsupportedPython::Text);
        } else {
            letters.extend(cursor.take());
        }
    }
    parts.push(RawStringPart::Letters(letters));
    Ok(TokenKind::Text(parts))
}

/// Reads what stands in braces: names, attributes and indexes, and `!r` or `!s` behind them.
fn slot(cursor: &mut Cursor<'_>) -> Result<RawStringPart, Need> {
    let open = cursor.here();
    cursor.take();
    let start = cursor.at();
    cursor.take_while(|c| !matches!(c, '{' | '}' | '!' | ':' | '=' | '\\' | '#' | '\t'));
    let value = cursor.since(start);
    let as_repr = cursor.eat("!r");
    let is_read = as_repr || cursor.eat("!s") || cursor.rest().starts_with('}');
    if !is_read || !cursor.eat("}") {
        return need(open, UnsupportedPython::Text);
    }
    Ok(RawStringPart::Slot(value, as_repr))
}

fn escape(cursor: &mut Cursor<'_>) -> Result<char, Need> {
    let start = cursor.at();
    cursor.take();
    let digits = match cursor.take() {
        Some(c @ ('\\' | '\'' | '"')) => return Ok(c),
        Some('a') => return Ok('\u{7}'),
        Some('b') => return Ok('\u{8}'),
        Some('f') => return Ok('\u{c}'),
        Some('n') => return Ok('\n'),
        Some('r') => return Ok('\r'),
        Some('t') => return Ok('\t'),
        Some('v') => return Ok('\u{b}'),
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        _ => 0,
    };
    let from = cursor.at();
    for _ in 0..digits {
        cursor.take();
    }
    let code = cursor.since(from).of(cursor.text());
    let is_code = digits > 0 && code.len() == digits && code.chars().all(|c| c.is_ascii_hexdigit());
    let code = u32::from_str_radix(code, 16).ok().filter(|_| is_code);
    // Half of a surrogate pair is a character in Python, but in no text that can be saved.
    code.and_then(char::from_u32).ok_or(Need {
        at: cursor.since(start),
        why: UnsupportedPython::Text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_numbers_are_read_as_in_python_or_not_at_all() {
        let check = |text: &str, expected: &str| {
            let whole = Span {
                start: 0,
                end: text.len(),
            };
            let found = match cut(text, whole) {
                (_, Some(_)) => "needs Python".to_owned(),
                (mut tokens, None) => match tokens.remove(1).kind {
                    TokenKind::Text(parts) => parts
                        .into_iter()
                        .map(|part| match part {
                            RawStringPart::Letters(letters) => letters,
                            RawStringPart::Slot(at, as_repr) => {
                                format!("<{}{as_repr}>", at.of(text))
                            }
                        })
                        .collect(),
                    other => format!("{other:?}"),
                },
            };
            assert_eq!(found, expected, "{text:?}");
        };
        check("'a\"b'", "a\"b");
        check("'''a'b'''", "a'b");
        check(r"'a\'\\\n\tb'", "a'\\\n\tb");
        check(r"'\x41\u00e9\U0001f600'", "Aé😀");
        check(r"r'a\n\'b'", r"a\n\'b");
        check("f'a{b}c{ d!r}{{e}}'", "a<bfalse>c< dtrue>{e}");
        check("'a'", "a");
        check("1_000", "Int(\"1000\")");
        check("1.50", "Float(1.5)");
        check("1e-07", "Float(1e-7)");
        check("1.", "Float(1.0)");
        for more in [
            "b'a'",
            "u'a'",
            "'''a\nb'''",
            "'a",
            "'a\\\nb'",
            r"'\q'",
            r"'\101'",
            r"'\N{DASH}'",
            r"'\ud800'",
            r"'\x4'",
            "f'a}'",
            "f'{a:>3}'",
            "f'{a=}'",
            "f'{a!x}'",
            "f'{a",
            "02",
            "00",
            "0x10",
            "1e999",
            "1v",
            "2j",
            "1.2.3",
            "1_",
            "1_0.5",
            "é",
            "aé",
            "“a”",
            "a\tb",
            "== b",
            "a + b",
            "a \\\n b",
            "!pip",
            "@a",
        ] {
            let text = format!("{more} ");
            let whole = Span {
                start: 0,
                end: text.len(),
            };
            assert!(cut(&text, whole).1.is_some(), "{more}");
        }
    }
}
