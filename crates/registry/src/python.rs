//! The few pieces of Python's behaviour that show in MLflow's answers: what counts as white space and as an integer,
//! how a path is normalised, how a text is quoted.

/// Returns whether Python's `str.strip()` takes it for white space: Unicode white space and the four ASCII separators.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// Returns the text without surrounding white space, as `str.strip()` gives it.
pub fn strip(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// Returns whether `str.strip()` leaves nothing.
pub fn is_blank(text: &str) -> bool {
    strip(text).is_empty()
}

/// Returns whether the text is one or more digits, as in `str.isdigit()`.
pub fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// Returns whether the pattern `\w` matches a character.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Returns the digits of an integer text as `int()` reads it and `str()` prints it back: sign, leading zeros and
/// underscores between digits are understood. `None` where `int()` raises `ValueError`.
pub fn int_text(text: &str) -> Option<String> {
    // Unlike `str.strip()`, `int()` does not take the ASCII separators for white space.
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    // Digits of any alphabet are digits.
    let digits: String = digits
        .chars()
        .map(|c| ascii_digit(c).unwrap_or(c))
        .collect();
    let well_formed = digits.split('_').all(is_digits);
    // Python refuses to read more than 4,300 digits.
    if !well_formed || digits.len() > 4_300 {
        return None;
    }
    let plain: String = digits.chars().filter(|c| *c != '_').collect();
    let plain = plain.trim_start_matches('0');
    Some(match (plain.is_empty(), negative) {
        (true, _) => "0".to_owned(),
        (false, true) => format!("-{plain}"),
        (false, false) => plain.to_owned(),
    })
}

/// The zeros of the other alphabets that have decimal digits: the nine others follow each.
#[rustfmt::skip]
const ZEROS: [u32; 65] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
    0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    0x1_04A0, 0x1_0D30, 0x1_1066, 0x1_10F0, 0x1_1136, 0x1_11D0, 0x1_12F0, 0x1_1450, 0x1_14D0,
    0x1_1650, 0x1_16C0, 0x1_1730, 0x1_18E0, 0x1_1950, 0x1_1C50, 0x1_1D50, 0x1_1DA0, 0x1_6A60,
    0x1_6AC0, 0x1_6B50, 0x1_D7CE, 0x1_D7D8, 0x1_D7E2, 0x1_D7EC, 0x1_D7F6, 0x1_E140, 0x1_E2F0,
    0x1_E950, 0x1_FBF0,
];

/// Returns a decimal digit of another alphabet as one of ASCII.
fn ascii_digit(c: char) -> Option<char> {
    let code = u32::from(c);
    let digit = ZEROS
        .iter()
        .find_map(|zero| code.checked_sub(*zero).filter(|digit| *digit < 10));
    char::from_digit(digit?, 10)
}

/// `posixpath.normpath`.
pub fn normpath(path: &str) -> String {
    if path.is_empty() {
        return ".".to_owned();
    }
    let lead = if path.starts_with("///") {
        "/"
    } else if path.starts_with("//") {
        "//"
    } else if path.starts_with('/') {
        "/"
    } else {
        ""
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if !(lead.is_empty() && parts.last().is_none_or(|last| *last == "..")) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let joined = format!("{lead}{}", parts.join("/"));
    if joined.is_empty() {
        ".".to_owned()
    } else {
        joined
    }
}

/// MLflow's `path_not_unique`: whether a name would mean another file when used as a path.
pub fn is_path_not_unique(name: &str) -> bool {
    let norm = normpath(name);
    norm != name || norm == "." || norm.starts_with("..") || norm.starts_with('/')
}

/// `json.dumps(text)`: everything outside ASCII is escaped.
pub fn json_quote(text: &str) -> String {
    json_quoted(text, |c| matches!(c, ' '..='\u{7e}'))
}

/// Returns a text in quotes, as JSON has it. What `is_shown` does not tell to be left as it is becomes an escape.
pub fn json_quoted(text: &str, is_shown: impl Fn(char) -> bool) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            _ if is_shown(c) => out.push(c),
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    out.push('"');
    out
}

/// `repr(text)`: single quotes, unless the text has one and no double quote.
pub fn repr(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    quoted(text, quote, is_printable)
}

/// Returns a text in quotes, as Python reads it. What `is_shown` does not tell to be left as it is becomes an escape.
pub fn quoted(text: &str, quote: char, is_shown: impl Fn(char) -> bool) -> String {
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if c == quote => {
                out.push('\\');
                out.push(c);
            }
            _ if is_shown(c) => out.push(c),
            _ => out.push_str(&match u32::from(c) {
                code @ ..0x100 => format!("\\x{code:02x}"),
                code @ ..0x1_0000 => format!("\\u{code:04x}"),
                code => format!("\\U{code:08x}"),
            }),
        }
    }
    out.push(quote);
    out
}

/// Returns whether `repr()` leaves a character as it is.
fn is_printable(c: char) -> bool {
    // Rust has the same categories for it, but for marks that stand on the letter before them.
    matches!(c, '"' | '\'' | '\\') || !format!("a{c}").escape_debug().to_string().contains('\\')
}

/// Returns the lines of a text with their ends, as `str.splitlines(True)` gives them.
pub fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let is_end = match c {
            '\r' => !text.get(end..).is_some_and(|rest| rest.starts_with('\n')),
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => true,
            _ => ('\u{1c}'..='\u{1e}').contains(&c),
        };
        if is_end {
            lines.extend(text.get(start..end));
            start = end;
        }
    }
    lines.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    lines
}

/// Returns the words of a text, each with the blanks behind it: all that `\S*\s*` matches.
pub fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut was_blank = false;
    for (at, c) in text.char_indices() {
        if was_blank && !is_space(c) {
            words.extend(text.get(start..at));
            start = at;
        }
        was_blank = is_space(c);
    }
    words.extend(text.get(start..));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn int_reads_what_python_reads() {
        let check = |input: &str, expected: Option<&str>| {
            assert_eq!(int_text(input).as_deref(), expected, "{input:?}");
        };
        check("3", Some("3"));
        check(" 2 ", Some("2"));
        check("02", Some("2"));
        check("+2", Some("2"));
        check("-1", Some("-1"));
        check("-0", Some("0"));
        check("1_000", Some("1000"));
        check("99999999999999999999", Some("99999999999999999999"));
        check("１２", Some("12"));
        check("-٣", Some("-3"));
        check("²", None);
        check("", None);
        check("1.5", None);
        check("v1", None);
        check("1__0", None);
        check("_1", None);
        check("--1", None);
        check("+ 1", None);
        check("\u{1c}2", None);
        check("\t2\u{a0}", Some("2"));
    }

    #[test]
    fn paths_are_normalised_as_in_posixpath() {
        let check =
            |input: &str, expected: &str| assert_eq!(normpath(input), expected, "{input:?}");
        check("", ".");
        check("a//b", "a/b");
        check("/x", "/x");
        check("//x", "//x");
        check("///x", "/x");
        check("../x", "../x");
        check("a/../b", "b");
        check("a/..", ".");
        check("/..", "/");
        check("..", "..");
    }

    #[test]
    fn texts_are_quoted_as_in_python() {
        assert_eq!(
            json_quote("a\"b\u{e9}\u{1f600}"),
            "\"a\\\"b\\u00e9\\ud83d\\ude00\""
        );
        assert_eq!(repr("a'b"), "\"a'b\"");
        assert_eq!(repr("a'b\"c"), "'a\\'b\"c'");
        assert_eq!(repr("\u{1}"), "'\\x01'");
        assert_eq!(
            repr("\u{a0}\u{200b}\u{301}\u{e0001}\u{1f600}"),
            "'\\xa0\\u200b\u{301}\\U000e0001\u{1f600}'"
        );
        assert_eq!(lines("a\r\nb\u{2028}c"), ["a\r\n", "b\u{2028}", "c"]);
        assert_eq!(words("  a b\u{a0} c"), ["  ", "a ", "b\u{a0} ", "c"]);
    }
}
