//! The text of a script cut into tokens.

use super::super::cursor::{Cursor, is_line_end};
use super::super::trouble::{Expected, Problem, Span, TroubleKind, Unsupported};
use super::number;

/// A token and its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// Where it stands.
    pub at: Span,
    /// What it is.
    pub kind: Kind,
}

/// What a token is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A name or a keyword; its letters are those at its place.
    Name,
    /// A whole number as Python prints it.
    Int(String),
    /// A decimal number as Python prints it.
    Float(String),
    /// A text, in pieces if it is an f-string.
    Text(Vec<Piece>),
    /// An operator or a bracket.
    Symbol(&'static str),
    /// A line starts here, so many columns from the left. Lines that go on inside of brackets do not start.
    Line(usize),
    /// Something that the console does not understand.
    Unknown(Unsupported),
    /// The end of the text.
    End,
}

/// A piece of a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Letters as they are.
    Letters(String),
    /// What stands between the braces of an f-string: still to be read.
    Slot(Slot),
}

/// What stands between the braces of an f-string.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slot {
    /// The value.
    pub value: Span,
    /// The value with its `=`, where that is to be printed before it: `{x=}`.
    pub shown: Option<Span>,
    /// The letter behind `!`.
    pub conversion: Option<char>,
    /// What stands behind the colon.
    pub format: Span,
}

/// Operators and brackets, the longer before those that they start with.
const SYMBOLS: [&str; 47] = [
    "**=", "//=", ">>=", "<<=", "...", ":=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=",
    "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "(", ")", "[", "]", "{", "}", ",", ":",
    ".", "=", "+", "-", "*", "/", "%", "@", "&", "|", "^", "~", "<", ">", ";",
];

/// Cuts what stands at a place of the text. The last token is [`Kind::End`].
///
/// # Errors
/// A text without its end, a malformed number, a character without a meaning.
pub fn cut(text: &str, place: Span) -> Result<Vec<Token>, Problem> {
    // What stands behind the place is cut off, what stands before it stays: so all places are those of the whole text.
    let text = text.get(..place.end).unwrap_or(text);
    let mut cursor = Cursor::new(text, place.start);
    let mut tokens = Vec::new();
    let mut brackets = 0_usize;
    // Where a line starts, the column that is reached.
    let mut line = Some(0_usize);
    cursor.eat("\u{feff}");
    while let Some(c) = cursor.peek() {
        let start = cursor.at();
        if is_line_end(c) {
            cursor.eat_line_end();
            // Inside brackets a line's end means nothing.
            if brackets == 0 {
                line = Some(0);
            }
        } else if c.is_whitespace() {
            cursor.take();
            line = line.map(|column| {
                if c == '\t' {
                    (column / 8 + 1) * 8
                } else {
                    column + 1
                }
            });
        } else if c == '#' {
            cursor.skip_line();
        } else if line == Some(0) && is_skipped(&mut cursor) {
            // What a notebook or a prompt has there is no Python.
        } else if cursor.eat("\\") {
            if !cursor.eat_line_end() {
                return Err(Problem::syntax(cursor.since(start), Expected::Character));
            }
        } else {
            if let Some(column) = line.take() {
                tokens.push(Token {
                    at: Span { start, end: start },
                    kind: Kind::Line(column),
                });
            }
            let kind = match token(&mut cursor, c) {
                Ok(kind) => kind,
                Err(Problem {
                    at,
                    kind: TroubleKind::NotSupported { what },
                }) => {
                    tokens.push(Token {
                        at,
                        kind: Kind::Unknown(what),
                    });
                    // Nothing is read twice, and something always.
                    if cursor.at() == start {
                        cursor.take();
                    }
                    continue;
                }
                Err(problem) => return Err(problem),
            };
            match &kind {
                Kind::Symbol("(" | "[" | "{") => brackets += 1,
                Kind::Symbol(")" | "]" | "}") => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            tokens.push(Token {
                at: cursor.since(start),
                kind,
            });
        }
    }
    tokens.push(Token {
        at: cursor.here(),
        kind: Kind::End,
    });
    Ok(tokens)
}

/// Skips what stands before or in place of Python: a prompt, copied along with the line, or a notebook's `%pip …`.
fn is_skipped(cursor: &mut Cursor<'_>) -> bool {
    if cursor.eat(">>> ") || cursor.eat("... ") {
        return true;
    }
    let is_magic = cursor.rest().starts_with(['%', '!']);
    if is_magic {
        cursor.skip_line();
    }
    is_magic
}

fn token(cursor: &mut Cursor<'_>, first: char) -> Result<Kind, Problem> {
    if let Some(prefix) = prefix(cursor.rest()) {
        return quoted(cursor, prefix);
    }
    if is_name_start(first) {
        cursor.take_while(|c| c.is_alphanumeric() || c == '_');
        return Ok(Kind::Name);
    }
    let is_fraction = |rest: &str| {
        let mut letters = rest.chars();
        letters.next() == Some('.') && letters.next().is_some_and(|c| c.is_ascii_digit())
    };
    if first.is_ascii_digit() || is_fraction(cursor.rest()) {
        return number::read(cursor);
    }
    for symbol in SYMBOLS {
        if symbol.starts_with(first) && cursor.eat(symbol) {
            return Ok(Kind::Symbol(symbol));
        }
    }
    let expected = if matches!(first, '“' | '”' | '‘' | '’' | '„' | '«' | '»') {
        Expected::StraightQuote
    } else {
        Expected::Character
    };
    Err(Problem::syntax(cursor.here(), expected))
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

/// The letters before a text's first quote, if a text starts here: `r`, `f`, `rb` and so on.
fn prefix(rest: &str) -> Option<&str> {
    // No prefix is longer than two letters: the rest of the text need not be searched for a quote.
    let letters = rest.chars().take(3);
    let length = letters
        .take_while(|c| !matches!(c, '\'' | '"'))
        .map(char::len_utf8)
        .sum();
    let prefix = rest.get(..length)?;
    if !rest.get(length..)?.starts_with(['\'', '"']) {
        return None;
    }
    let known = ["", "r", "u", "b", "f", "br", "rb", "fr", "rf"];
    known
        .into_iter()
        .any(|known| known.eq_ignore_ascii_case(prefix))
        .then_some(prefix)
}

/// Reads a text with its quotes.
fn quoted(cursor: &mut Cursor<'_>, prefix: &str) -> Result<Kind, Problem> {
    let start = cursor.at();
    cursor.eat(prefix);
    let has = |letter: char| prefix.contains([letter, letter.to_ascii_uppercase()]);
    let prefix_at = cursor.since(start);
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
    let open = cursor.since(start);
    let inside_start = cursor.at();
    let inside = loop {
        let end = cursor.at();
        if cursor.eat(quote) {
            break Span {
                start: inside_start,
                end,
            };
        }
        match cursor.take() {
            // Also in a raw text, a quote behind a backslash does not end it.
            Some('\\') => cursor.skip_escaped(),
            Some(c) if quote.len() == 3 || !is_line_end(c) => {}
            _ => return Err(Problem::syntax(open, Expected::ClosingQuote)),
        }
    };
    if has('b') {
        return Err(Problem::not_supported(prefix_at, Unsupported::Bytes));
    }
    pieces(cursor, inside, has('r'), has('f')).map(Kind::Text)
}

/// The letters between the quotes, with their escapes resolved.
fn pieces(
    whole: &Cursor<'_>,
    inside: Span,
    is_raw: bool,
    is_format: bool,
) -> Result<Vec<Piece>, Problem> {
    let mut cursor = whole.within(inside);
    let mut pieces = Vec::new();
    let mut letters = String::new();
    while let Some(c) = cursor.peek() {
        if c == '\\' && !is_raw {
            escape(&mut cursor, &mut letters)?;
        } else if is_line_end(c) {
            // However a line ends in the file, in a text it ends with \n.
            cursor.eat_line_end();
            letters.push('\n');
        } else if is_format && (cursor.eat("{{") || cursor.eat("}}")) {
            letters.push(c);
        } else if is_format && c == '}' {
            return Err(Problem::syntax(cursor.here(), Expected::Character));
        } else if is_format && c == '{' {
            if !letters.is_empty() {
                pieces.push(Piece::Letters(std::mem::take(&mut letters)));
            }
            pieces.push(Piece::Slot(slot(&mut cursor)?));
        } else {
            letters.extend(cursor.take());
        }
    }
    if !letters.is_empty() {
        pieces.push(Piece::Letters(letters));
    }
    Ok(pieces)
}

/// Finds the end of what stands in braces, and what stands behind the value.
fn slot(cursor: &mut Cursor<'_>) -> Result<Slot, Problem> {
    let open = cursor.here();
    cursor.take();
    let start = cursor.at();
    let mut depth = 0_usize;
    let mut quote = None;
    let mut slot: Option<Slot> = None;
    while let Some(c) = cursor.peek() {
        let end = cursor.at();
        let here = Span { start, end };
        match (quote, c) {
            (Some(there), _) if c == there => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '}') if depth == 0 => {
                cursor.take();
                let mut slot = slot.unwrap_or(Slot {
                    value: here,
                    shown: None,
                    conversion: None,
                    format: Span { start: end, end },
                });
                slot.format.end = end;
                let shown = slot.value.of(cursor.text());
                if let Some(name) = shown.trim_end().strip_suffix('=')
                    && !name.ends_with(['=', '!', '<', '>'])
                {
                    slot.shown = Some(slot.value);
                    slot.value.end = slot.value.start + name.len();
                }
                return Ok(slot);
            }
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, '!') if depth == 0 && slot.is_none() && !cursor.rest().starts_with("!=") => {
                cursor.take();
                let letter = cursor.take().filter(|c| matches!(c, 'r' | 's'));
                if letter.is_none() || !cursor.rest().starts_with([':', '}']) {
                    let at = Span {
                        start: end,
                        end: end + 1,
                    };
                    return Err(Problem::not_supported(at, Unsupported::Format));
                }
                let at = cursor.at() + usize::from(cursor.rest().starts_with(':'));
                slot = Some(Slot {
                    value: here,
                    shown: None,
                    conversion: letter,
                    format: Span { start: at, end: at },
                });
                continue;
            }
            (None, ':') if depth == 0 && slot.is_none() => {
                slot = Some(Slot {
                    value: here,
                    shown: None,
                    conversion: None,
                    format: Span {
                        start: end + 1,
                        end: end + 1,
                    },
                });
            }
            _ => {}
        }
        cursor.take();
    }
    Err(Problem::syntax(open, Expected::Closing('}')))
}

/// Resolves one escape.
fn escape(cursor: &mut Cursor<'_>, letters: &mut String) -> Result<(), Problem> {
    let start = cursor.at();
    cursor.take();
    if cursor.eat_line_end() {
        return Ok(());
    }
    let Some(c) = cursor.peek() else {
        letters.push('\\');
        return Ok(());
    };
    let plain = match c {
        '\\' | '\'' | '"' => c,
        'a' => '\u{7}',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\u{b}',
        'x' => return coded(cursor, start, 2, letters),
        'u' => return coded(cursor, start, 4, letters),
        'U' => return coded(cursor, start, 8, letters),
        'N' => {
            cursor.take();
            return Err(Problem::not_supported(
                cursor.since(start),
                Unsupported::Escape,
            ));
        }
        '0'..='7' => {
            let mut code = 0;
            for _ in 0..3 {
                let Some(digit) = cursor.peek().and_then(|c| c.to_digit(8)) else {
                    break;
                };
                cursor.take();
                code = code * 8 + digit;
            }
            letters.extend(char::from_u32(code));
            return Ok(());
        }
        // Python leaves what it does not know as it is.
        _ => {
            letters.push('\\');
            return Ok(());
        }
    };
    cursor.take();
    letters.push(plain);
    Ok(())
}

/// Resolves `\xhh`, `\uhhhh` or `\Uhhhhhhhh`.
fn coded(
    cursor: &mut Cursor<'_>,
    start: usize,
    digits: usize,
    letters: &mut String,
) -> Result<(), Problem> {
    cursor.take();
    let mut code = 0_u32;
    for _ in 0..digits {
        let Some(digit) = cursor.peek().and_then(|c| c.to_digit(16)) else {
            return Err(Problem::syntax(cursor.since(start), Expected::Escape));
        };
        cursor.take();
        code = code.wrapping_mul(16).wrapping_add(digit);
    }
    match char::from_u32(code) {
        Some(c) => {
            letters.push(c);
            Ok(())
        }
        // Half of a surrogate pair is a character in Python, but in no text that can be saved.
        None if code < 0x11_0000 => Err(Problem::not_supported(
            cursor.since(start),
            Unsupported::Escape,
        )),
        None => Err(Problem::syntax(cursor.since(start), Expected::Escape)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Result<Vec<Token>, Problem> {
        let whole = Span {
            start: 0,
            end: text.len(),
        };
        cut(text, whole)
    }

    #[test]
    fn texts_are_read_as_in_python() {
        let check = |text: &str, expected: &str| {
            let found = match tokens(text).map(|mut tokens| tokens.remove(1).kind) {
                Ok(Kind::Unknown(what)) => format!("not_supported {}", what.id()),
                Ok(Kind::Text(pieces)) => pieces
                    .into_iter()
                    .map(|piece| match piece {
                        Piece::Letters(letters) => letters,
                        Piece::Slot(slot) => format!("<{}>", slot.value.of(text)),
                    })
                    .collect(),
                Ok(other) => format!("{other:?}"),
                Err(problem) => format!("{} {:?}", problem.kind.id(), problem.at.of(text)),
            };
            assert_eq!(found, expected, "{text:?}");
        };
        check("'a\"b'", "a\"b");
        check("\"a'b\"", "a'b");
        check("''", "");
        check("'''a'b\r\nc'''", "a'b\nc");
        check("\"\"\"a\"\"b\"\"\"", "a\"\"b");
        check(r"'a\'\\\n\tb\q'", "a'\\\n\tb\\q");
        check(r"'\x41\u00e9\U0001f600\101\0'", "Aé😀A\0");
        check("'a\\\nb'", "ab");
        check(r"r'a\n\'b'", r"a\n\'b");
        check(r"R'\'", "syntax \"R'\"");
        check("u'a'", "a");
        check("b'a'", "not_supported bytes");
        check("Rb'a'", "not_supported bytes");
        check("f'a{b}c{ d }{{e}}'", "a<b>c< d >{e}");
        check("f'{}'", "<>");
        check("f'{str(\"}\")}'", "<str(\"}\")>");
        check("f'a}'", "syntax \"}\"");
        check("f'a{b'", "syntax \"{\"");
        check("f'{a!r}{b!s:>3}{c:>8}{d = }{e==f}'", "<a><b><c><d ><e==f>");
        check("f'{a!x}'", "not_supported format");
        check("rf'\\n{a}'", "\\n<a>");
        check("'a", "syntax \"'\"");
        check("'a\nb'", "syntax \"'\"");
        check("'''a''", "syntax \"'''\"");
        check(r"'\x4'", r#"syntax "\\x4""#);
        check(r"'\ud800'", "not_supported escape");
        check(r"'\Uffffffff'", r#"syntax "\\Uffffffff""#);
        check(r"'\N{DASH}'", "not_supported escape");
        check("“a”", "syntax \"“\"");
    }

    #[test]
    fn lines_end_statements_outside_of_brackets() {
        let check = |text: &str, expected: &str| {
            let found: Vec<String> = tokens(text)
                .unwrap()
                .into_iter()
                .map(|token| match token.kind {
                    Kind::Line(column) => format!("{column}|"),
                    Kind::End => "$".to_owned(),
                    _ => token.at.of(text).to_owned(),
                })
                .collect();
            assert_eq!(found.join(" "), expected, "{text:?}");
        };
        check("", "$");
        check("a=1 # b\r\nc; d", "0| a = 1 0| c ; d $");
        check(
            "f(\n a,\n [b\n]) \\\n + c\nd",
            "0| f ( a , [ b ] ) + c 0| d $",
        );
        check("a)\nb", "0| a ) 0| b $");
        check("a\n  b\n\tc\n\n# x\n   # y\nd", "0| a 2| b 8| c 0| d $");
        check("\u{feff}é_1\u{a0}**=x.y", "0| é_1 **= x . y $");
        check(">>> a\n...   b\n%pip c\n!d\ne", "0| a 2| b 0| e $");
    }
}
