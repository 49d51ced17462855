//! A text cut into tokens: the rules of sqlparse's lexer, in its order.

use super::node::{SqlNode, SqlNodeKind};
use super::words::{BUILTINS, KEYWORDS, STATEMENTS};

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<SqlNode<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut before = None;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (kind, length) = token(rest, before);
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let length = length.max(first);
        let piece = rest.get(..length).unwrap_or(rest);
        found.push(SqlNode {
            kind,
            start: at,
            text: piece,
            inside: Vec::new(),
        });
        before = piece.chars().next_back();
        at += piece.len();
    }
    found
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'À'..='Ü' | 'à'..='ü')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// How many bytes the letters at the start have that are of a kind.
fn run(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is(c)).unwrap_or(text.len())
}

fn starts_with(text: &str, is: impl Fn(char) -> bool) -> bool {
    text.chars().next().is_some_and(is)
}

fn from(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// What the text starts with, and how long it is. `before` is the letter before it.
fn token(text: &str, before: Option<char>) -> (SqlNodeKind, usize) {
    comment(text)
        .or_else(|| dollars(text, before))
        .or_else(|| space(text))
        .or_else(|| sign(text, before))
        .or_else(|| word(text, before))
        .or_else(|| number(text))
        .or_else(|| quoted(text, before))
        .or_else(|| phrase(text))
        .or_else(|| plain(text))
        .or_else(|| operator(text))
        .unwrap_or((SqlNodeKind::Error, 1))
}

fn comment(text: &str) -> Option<(SqlNodeKind, usize)> {
    if let Some(inside) = text.strip_prefix("/*") {
        return Some((SqlNodeKind::BlockComment, 2 + inside.find("*/")? + 2));
    }
    if !text.starts_with("--") && !text.starts_with("# ") {
        return None;
    }
    let Some(end) = text.find(['\r', '\n']) else {
        return Some((SqlNodeKind::LineComment, text.len()));
    };
    let is_pair = from(text, end).starts_with("\r\n");
    Some((SqlNodeKind::LineComment, end + if is_pair { 2 } else { 1 }))
}

/// `$$…$$`, `$tag$…$tag$`
fn dollars(text: &str, before: Option<char>) -> Option<(SqlNodeKind, usize)> {
    let inside = text.strip_prefix('$')?;
    if before.is_some_and(|c| is_word(c) || matches!(c, '"' | '$')) {
        return None;
    }
    let tag = run(inside, is_word);
    let is_tag = tag == 0 || starts_with(inside, |c| is_letter(c) || c == '_');
    if !is_tag || !from(inside, tag).starts_with('$') {
        return None;
    }
    let quote = text.get(..tag + 2)?;
    let end = from(text, quote.len()).find(quote)?;
    Some((SqlNodeKind::Literal, quote.len() + end + quote.len()))
}

fn space(text: &str) -> Option<(SqlNodeKind, usize)> {
    if text.starts_with("\r\n") {
        return Some((SqlNodeKind::Newline, 2));
    }
    let first = text.chars().next()?;
    match first {
        '\r' | '\n' => Some((SqlNodeKind::Newline, 1)),
        _ if first.is_whitespace() || matches!(first, '\u{1c}'..='\u{1f}') => {
            Some((SqlNodeKind::Space, first.len_utf8()))
        }
        _ => None,
    }
}

/// What is told by its first signs.
fn sign(text: &str, before: Option<char>) -> Option<(SqlNodeKind, usize)> {
    let first = text.chars().next()?;
    match first {
        ':' if text.starts_with(":=") => return Some((SqlNodeKind::Assigns, 2)),
        ':' if text.starts_with("::") => return Some((SqlNodeKind::Punctuation, 2)),
        '*' => return Some((SqlNodeKind::Wildcard, 1)),
        '`' | '´' => {
            if let Some(end) = closed(text, first, false) {
                return Some((SqlNodeKind::Name, end));
            }
        }
        '?' => return Some((SqlNodeKind::Placeholder, 1)),
        '%' => {
            let inside = from(text, 1);
            let named = inside.strip_prefix('(').and_then(|name| {
                let length = run(name, is_word);
                (length > 0 && from(name, length).starts_with(')')).then_some(length + 2)
            });
            for skipped in [named, Some(0)].into_iter().flatten() {
                if from(inside, skipped).starts_with(['s', 'S']) {
                    return Some((SqlNodeKind::Placeholder, 1 + skipped + 1));
                }
            }
        }
        '\\' => {
            let length = run(from(text, 1), is_word);
            if length > 0 {
                return Some((SqlNodeKind::Command, 1 + length));
            }
        }
        _ => {}
    }
    if matches!(first, '$' | ':') && !before.is_some_and(is_word) {
        let length = run(from(text, 1), is_word);
        if length > 0 {
            return Some((SqlNodeKind::Placeholder, 1 + length));
        }
    }
    None
}

/// Words that are told by what stands around them.
fn word(text: &str, before: Option<char>) -> Option<(SqlNodeKind, usize)> {
    let length = run(text, is_word);
    let (word, behind) = text.split_at_checked(length)?;
    let special = ["CASE", "IN", "VALUES", "USING", "FROM", "AS"];
    if special.iter().any(|it| it.eq_ignore_ascii_case(word)) {
        return Some((SqlNodeKind::Keyword, length));
    }
    for sign in ["##", "@", "#"] {
        if let Some(name) = text.strip_prefix(sign)
            && starts_with(name, is_letter)
            && run(name, is_word) > name.chars().next().map_or(1, char::len_utf8)
        {
            return Some((SqlNodeKind::Name, sign.len() + run(name, is_word)));
        }
    }
    if !starts_with(word, is_letter) {
        return None;
    }
    let point = behind.trim_start().strip_prefix('.');
    let is_owner = point.is_some_and(|rest| !starts_with(rest, |c| c.is_ascii_digit()));
    (is_owner || before == Some('.') || behind.starts_with('('))
        .then_some((SqlNodeKind::Name, length))
}

fn number(text: &str) -> Option<(SqlNodeKind, usize)> {
    let minus = usize::from(text.starts_with('-'));
    let digits = |at: usize| run(from(text, at), |c| c.is_ascii_digit());
    let is_free = |end: usize| !starts_with(from(text, end), |c| is_letter(c) || c == '_');
    let body = from(text, minus);
    if body.starts_with("0x") || body.starts_with("0X") {
        let length = run(from(body, 2), |c| c.is_ascii_hexdigit());
        if length > 0 {
            return Some((SqlNodeKind::Hexadecimal, minus + 2 + length));
        }
    }
    let whole = digits(minus);
    let end = minus + whole;
    if whole > 0 {
        let has_point = from(text, end).starts_with('.') && digits(end + 1) > 0;
        let points = [has_point.then(|| end + 1 + digits(end + 1)), Some(end)];
        for end in points.into_iter().flatten() {
            if from(text, end).starts_with(['e', 'E']) {
                let minus = usize::from(from(text, end + 1).starts_with('-'));
                let length = digits(end + 1 + minus);
                if length > 0 {
                    return Some((SqlNodeKind::Float, end + 1 + minus + length));
                }
            }
        }
    }
    if from(text, end).starts_with('.') {
        let fraction = digits(end + 1);
        let least = usize::from(whole == 0);
        let found = (least..=fraction).rev().find(|it| is_free(end + 1 + it));
        if let Some(fraction) = found {
            return Some((SqlNodeKind::Float, end + 1 + fraction));
        }
    }
    let found = (1..=whole).rev().find(|it| is_free(minus + it));
    found.map(|length| (SqlNodeKind::Integer, minus + length))
}

/// How long a text in quotes is; a quote in it is written twice, or behind a backslash.
fn closed(text: &str, quote: char, has_escapes: bool) -> Option<usize> {
    let mut at = quote.len_utf8();
    // Where it would end if what looks like a quote in it were the one that ends it.
    let mut else_at = None;
    loop {
        let rest = from(text, at);
        let c = rest.chars().next();
        let behind = at + c.map_or(0, char::len_utf8);
        let is_followed = from(text, behind).starts_with(quote);
        match c {
            None => return else_at,
            Some(c) if c == quote && !is_followed => return Some(behind),
            Some(c) if c == quote => {
                else_at = Some(behind);
                at = behind + quote.len_utf8();
            }
            Some('\\') if has_escapes && is_followed => {
                at = behind + quote.len_utf8();
                else_at = Some(at);
            }
            Some(_) => at = behind,
        }
    }
}

fn quoted(text: &str, before: Option<char>) -> Option<(SqlNodeKind, usize)> {
    let first = text.chars().next()?;
    match first {
        '\'' => Some((SqlNodeKind::Single, closed(text, first, true)?)),
        '"' => Some((SqlNodeKind::Symbol, closed(text, first, true)?)),
        '[' if !before.is_some_and(|c| is_word(c) || matches!(c, ']' | ')')) => {
            let inside = run(from(text, 1), |c| !matches!(c, '[' | ']'));
            let is_closed = from(text, 1 + inside).starts_with(']');
            (inside > 0 && is_closed).then_some((SqlNodeKind::Name, 1 + inside + 1))
        }
        _ => None,
    }
}

/// How long these words are at the start of the text, with the blanks between them.
fn words(text: &str, wanted: &[&str]) -> Option<usize> {
    let mut at = 0;
    for (place, word) in wanted.iter().enumerate() {
        if place > 0 {
            let blanks = run(from(text, at), char::is_whitespace);
            if blanks == 0 {
                return None;
            }
            at += blanks;
        }
        let found = from(text, at).get(..word.len())?;
        if !found.eq_ignore_ascii_case(word) {
            return None;
        }
        at += word.len();
    }
    (!starts_with(from(text, at), is_word)).then_some(at)
}

/// Several words that are one token.
fn phrase(text: &str) -> Option<(SqlNodeKind, usize)> {
    const PHRASES: [(&[&str], SqlNodeKind); 22] = [
        (&["NOT", "NULL"], SqlNodeKind::Keyword),
        (&["ASC", "NULLS", "FIRST"], SqlNodeKind::Order),
        (&["ASC", "NULLS", "LAST"], SqlNodeKind::Order),
        (&["DESC", "NULLS", "FIRST"], SqlNodeKind::Order),
        (&["DESC", "NULLS", "LAST"], SqlNodeKind::Order),
        (&["ASC"], SqlNodeKind::Order),
        (&["DESC"], SqlNodeKind::Order),
        (&["UNION", "ALL"], SqlNodeKind::Keyword),
        (&["CREATE", "OR", "REPLACE"], SqlNodeKind::Statement),
        (&["GROUP", "BY"], SqlNodeKind::Keyword),
        (&["ORDER", "BY"], SqlNodeKind::Keyword),
        (&["PRIMARY", "KEY"], SqlNodeKind::Keyword),
        (&["NOT", "LIKE"], SqlNodeKind::Compares),
        (&["NOT", "ILIKE"], SqlNodeKind::Compares),
        (&["NOT", "RLIKE"], SqlNodeKind::Compares),
        (&["NOT", "REGEXP", "BINARY"], SqlNodeKind::Compares),
        (&["NOT", "REGEXP"], SqlNodeKind::Compares),
        (&["REGEXP", "BINARY"], SqlNodeKind::Compares),
        (&["REGEXP"], SqlNodeKind::Compares),
        (&["LIKE"], SqlNodeKind::Compares),
        (&["ILIKE"], SqlNodeKind::Compares),
        (&["RLIKE"], SqlNodeKind::Compares),
    ];
    let mut phrases = PHRASES.iter();
    phrases.find_map(|(wanted, kind)| Some((*kind, words(text, wanted)?)))
}

/// A word that is looked up.
fn plain(text: &str) -> Option<(SqlNodeKind, usize)> {
    if !starts_with(text, is_word) {
        return None;
    }
    let length = run(text, |c| is_word(c) || matches!(c, '$' | '#'));
    let word = text.get(..length)?.to_lowercase();
    let among = |words: &str| words.split(' ').any(|it| it == word);
    let kind = if among(STATEMENTS) {
        SqlNodeKind::Statement
    } else if among(BUILTINS) {
        SqlNodeKind::Builtin
    } else if among(KEYWORDS) {
        SqlNodeKind::Keyword
    } else if word == "div" {
        SqlNodeKind::Operator
    } else {
        SqlNodeKind::Name
    };
    Some((kind, length))
}

fn operator(text: &str) -> Option<(SqlNodeKind, usize)> {
    if text.starts_with([';', ':', '(', ')', '[', ']', ',', '.']) {
        return Some((SqlNodeKind::Punctuation, 1));
    }
    for sign in ["->>", "->", "#>>", "#>", "@>", "<@", "-", "#-"] {
        if text.starts_with(sign) {
            return Some((SqlNodeKind::Operator, sign.len()));
        }
    }
    let compares = run(text, |c| matches!(c, '<' | '>' | '=' | '~' | '!'));
    if compares > 0 {
        return Some((SqlNodeKind::Compares, compares));
    }
    let signs = run(text, |c| "+/@#%^&|-".contains(c));
    (signs > 0).then_some((SqlNodeKind::Operator, signs))
}
