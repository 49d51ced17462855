//! Texts put in quotes, so that Python, JSON or a POSIX shell gives them back as they were.

/// Whether a character would not be seen, or would be seen elsewhere than it stands: those are written as escapes.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// A text as Python reads it: in double quotes, as formatters of Python have it, or in single quotes where that saves
/// backslashes.
pub fn python(text: &str) -> String {
    let quote = if text.contains('"') && !text.contains('\'') {
        '\''
    } else {
        '"'
    };
    registry::python::quoted(text, quote, |c| !is_unseen(c))
}

/// A text as JSON has it.
pub fn json(out: &mut String, text: &str) {
    out.push_str(&registry::python::json_quoted(text, |c| !is_unseen(c)));
}

/// A word of a command line: as it is where a shell takes every letter for itself, otherwise in single quotes.
pub fn shell(text: &str) -> String {
    let is_plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '@' | '+');
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// A text on one line, for a comment: what would end the line, or is not seen, becomes a blank.
pub fn comment(text: &str) -> String {
    let seen = text.chars().map(|c| if is_unseen(c) { ' ' } else { c });
    let line: String = seen.collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_for_each_reader() {
        let check = |text: &str, in_python: &str, in_json: &str, in_shell: &str| {
            let mut json_text = String::new();
            json(&mut json_text, text);
            assert_eq!(python(text), in_python, "{text:?}");
            assert_eq!(json_text, in_json, "{text:?}");
            assert_eq!(shell(text), in_shell, "{text:?}");
        };
        check("", r#""""#, r#""""#, "''");
        check(
            "my_model-1.0",
            r#""my_model-1.0""#,
            r#""my_model-1.0""#,
            "my_model-1.0",
        );
        check("a b", r#""a b""#, r#""a b""#, "'a b'");
        check("it's", r#""it's""#, r#""it's""#, r"'it'\''s'");
        check(r#"a "b""#, r#"'a "b"'"#, r#""a \"b\"""#, r#"'a "b"'"#);
        check(r#"'"\"#, r#""'\"\\""#, r#""'\"\\""#, r#"''\''"\'"#);
        check(
            "$HOME `x` !",
            r#""$HOME `x` !""#,
            r#""$HOME `x` !""#,
            "'$HOME `x` !'",
        );
        check("a\n\r\tb", r#""a\n\r\tb""#, r#""a\n\r\tb""#, "'a\n\r\tb'");
        check("é日😀", "\"é日😀\"", "\"é日😀\"", "'é日😀'");
        check(
            "\u{0}\u{7f}\u{85}",
            r#""\x00\x7f\x85""#,
            r#""\u0000\u007f\u0085""#,
            "'\u{0}\u{7f}\u{85}'",
        );
        check(
            "\u{202e}\u{e0041}",
            r#""\u202e\U000e0041""#,
            r#""\u202e\udb40\udc41""#,
            "'\u{202e}\u{e0041}'",
        );
    }

    #[test]
    fn values_fit_into_a_comment() {
        assert_eq!(comment(" a\n# b\u{2028}c\u{202e} "), "a # b c");
    }
}
