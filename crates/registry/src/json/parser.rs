//! Reading a text of JSON into a [`Value`].
//!
//! serde_json's own reader can read into any type and has words for every error, and 27 KB of WebAssembly came with that. This
//! one is 3 KB. It takes the same texts and gives the same values; the tests compare the two.

use serde_json::{Map, Number, Value};

/// How deep lists and objects may stand in each other, as in serde_json.
const DEPTH: usize = 127;

/// Why a text is no JSON.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotJson {
    /// The byte at which it could not be read on; the length of the text where it ends too early.
    pub at: usize,
}

impl NotJson {
    /// Returns the line and the column of that byte, both counted from 1.
    pub fn line_and_column(self, text: &str) -> (usize, usize) {
        let read = text.as_bytes().get(..=self.at).unwrap_or(text.as_bytes());
        let mut lines = read.split(|byte| *byte == b'\n');
        let last = lines.next_back().map_or(0, <[u8]>::len);
        (lines.count() + 1, last)
    }
}

/// Reads a text of JSON. Of a field that is there twice, the last one counts.
pub fn value(text: &str) -> Result<Value, NotJson> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
    };
    let value = parser.value();
    parser.skip_blanks();
    match value {
        Some(value) if parser.at == text.len() => Ok(value),
        _ => Err(NotJson { at: parser.at }),
    }
}

struct Parser<'a> {
    text: &'a str,
    /// The byte that is read next. It never stands inside of a character.
    at: usize,
    depth: usize,
}

/// Each gives nothing where the text can't be read on; then `at` is where that is.
impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_it = self.peek() == Some(byte);
        self.at += usize::from(is_it);
        is_it
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\t' | b'\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self) -> Option<Value> {
        self.skip_blanks();
        match self.peek()? {
            b'n' => self.word("null", Value::Null),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'"' => self.string().map(Value::String),
            b'[' => {
                let mut list = Vec::new();
                self.parts(b']', &mut |parser| {
                    list.push(parser.value()?);
                    Some(())
                })?;
                Some(Value::Array(list))
            }
            b'{' => {
                let mut map = Map::new();
                self.parts(b'}', &mut |parser| {
                    let key = parser.string()?;
                    parser.skip_blanks();
                    if !parser.take(b':') {
                        return None;
                    }
                    map.insert(key, parser.value()?);
                    Some(())
                })?;
                Some(Value::Object(map))
            }
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        word.bytes().all(|byte| self.take(byte)).then_some(value)
    }

    /// What stands between brackets, with commas in between.
    fn parts(&mut self, end: u8, part: &mut dyn FnMut(&mut Self) -> Option<()>) -> Option<()> {
        if self.depth == DEPTH {
            return None;
        }
        self.depth += 1;
        self.at += 1;
        self.skip_blanks();
        if !self.take(end) {
            loop {
                self.skip_blanks();
                part(self)?;
                self.skip_blanks();
                if self.take(end) {
                    break;
                }
                if !self.take(b',') {
                    return None;
                }
            }
        }
        self.depth -= 1;
        Some(())
    }

    fn string(&mut self) -> Option<String> {
        if !self.take(b'"') {
            return None;
        }
        let mut string = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek()?, b'"' | b'\\' | 0..=0x1f) {
                self.at += 1;
            }
            string.push_str(self.text.get(start..self.at)?);
            if self.take(b'"') {
                return Some(string);
            }
            if !self.take(b'\\') {
                return None;
            }
            string.push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let letter = match self.peek()? {
            byte @ (b'"' | b'\\' | b'/') => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                return self.unicode();
            }
            _ => return None,
        };
        self.at += 1;
        Some(letter)
    }

    /// Behind `\u`: four digits, or twice four for a character that takes two units of UTF-16.
    fn unicode(&mut self) -> Option<char> {
        let unit = self.unit()?;
        if !(0xd800..0xdc00).contains(&unit) {
            // The second one of two alone is no character.
            return char::from_u32(unit);
        }
        if !self.take(b'\\') || !self.take(b'u') {
            return None;
        }
        let second = self.unit()?.checked_sub(0xdc00).filter(|it| *it < 0x400)?;
        char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + second)
    }

    fn unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + char::from(self.peek()?).to_digit(16)?;
            self.at += 1;
        }
        Some(unit)
    }

    /// A number with its digits as they are; its exponent gets a sign.
    fn number(&mut self) -> Option<Value> {
        let mut digits = String::new();
        if self.take(b'-') {
            digits.push('-');
        }
        if self.take(b'0') {
            digits.push('0');
            if self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                return None;
            }
        } else {
            self.digits(&mut digits)?;
        }
        if self.take(b'.') {
            digits.push('.');
            self.digits(&mut digits)?;
        }
        if self.take(b'e') || self.take(b'E') {
            digits.push('e');
            let is_minus = self.take(b'-');
            if !is_minus {
                self.take(b'+');
            }
            digits.push(if is_minus { '-' } else { '+' });
            self.digits(&mut digits)?;
        }
        // It is hidden in serde_json's documentation. The open way, `digits.parse()`, brings the whole reader along.
        Some(Value::Number(Number::from_string_unchecked(digits)))
    }

    /// One digit or more.
    fn digits(&mut self, out: &mut String) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        out.push_str(self.text.get(start..self.at)?);
        (self.at > start).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Both readers say the same.
    fn agree(text: &str) -> Result<(), TestCaseError> {
        let theirs = serde_json::from_str::<Value>(text);
        match (value(text), theirs) {
            (Ok(ours), Ok(theirs)) => {
                prop_assert_eq!(&ours, &theirs, "{}", text);
                prop_assert_eq!(ours.to_string(), theirs.to_string());
            }
            (Err(ours), Err(theirs)) => {
                prop_assert!(text.is_char_boundary(ours.at), "{}", text);
                // Of an escape, theirs looks at all four digits at once.
                if theirs.is_eof() && !text.contains("\\u") {
                    prop_assert_eq!(ours.at, text.len(), "{}", text);
                }
            }
            (ours, theirs) => prop_assert!(false, "{text:?}: {ours:?}, {theirs:?}"),
        }
        Ok(())
    }

    #[test]
    fn both_readers_say_the_same_of_what_is_rare() {
        let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let objects = |depth: usize| format!("{}1{}", r#"{"a":"#.repeat(depth), "}".repeat(depth));
        let nested = [
            deep(126),
            deep(127),
            deep(128),
            objects(127),
            objects(128),
            format!("[{},{}]", deep(126), deep(126)),
        ];
        let texts = [
            "",
            " ",
            "\u{feff}1",
            "1 2",
            "nul",
            "nulll",
            "tru€",
            "TRUE",
            "-",
            "-0",
            "-0.0",
            "-0e1",
            "00",
            "01",
            "-01",
            "1.",
            ".5",
            "+1",
            "1e",
            "1e+",
            "1E5",
            "1e-05",
            "1.50e+007",
            "1e5.2",
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775808",
            "-9223372036854775809",
            "0.1000",
            "1e999999",
            "NaN",
            "Infinity",
            "0x1",
            "1_0",
            "[]",
            "[ ]",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[1",
            "[",
            "]",
            "{}",
            "{ }",
            "{,}",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1,}"#,
            r#"{a:1}"#,
            r#"{"a" : 1 , "a":2}"#,
            r#"{1:2}"#,
            r#"{"a":1 "b":2}"#,
            "'a'",
            "\"a",
            "\"a\nb\"",
            "\"\u{7f}\u{80}\"",
            "\"\\",
            "\"\\x\"",
            r#""\"\\\/\b\f\n\r\t""#,
            r#""\u0041\u00e9\u20ac""#,
            r#""\ud83d\ude00""#,
            r#""\uD83D\uDE00""#,
            r#""\ud83d""#,
            r#""\ud83dx""#,
            r#""\ud83d\n""#,
            r#""\ud83d\ud83d""#,
            r#""\ude00""#,
            r#""\u00"#,
            r#""\u00€0""#,
            r#""\u+123""#,
            r#""\u12"#,
            "\"\0\"",
            "\"\\u0000\"",
            "\u{a0}1",
            "1\u{c}",
            "\t[\r\n1 ,\t2 ]\n",
            "/* a */ 1",
            "1//",
        ];
        for text in texts.into_iter().chain(nested.iter().map(String::as_str)) {
            agree(text).unwrap();
        }
    }

    #[test]
    fn where_it_stumbles_is_said() {
        let check = |text: &str, at: usize, place: (usize, usize)| {
            let found = value(text).unwrap_err();
            assert_eq!(
                (found.at, found.line_and_column(text)),
                (at, place),
                "{text:?}"
            );
            let theirs = serde_json::from_str::<Value>(text).unwrap_err();
            assert_eq!((theirs.line(), theirs.column()), place, "{text:?}");
        };
        check("x", 0, (1, 1));
        check("{'a'}", 1, (1, 2));
        check("{\"a\" 1}", 5, (1, 6));
        check("{\"a\": 1,}", 8, (1, 9));
        check("{\n \"é\": x}", 9, (2, 8));
        check("{\"a\": 1", 7, (1, 7));
        check("[1] x", 4, (1, 5));
        check("[1,\n\n2", 6, (3, 1));
        check("\"\\x\"", 2, (1, 3));
    }

    /// Texts that are nearly JSON: pieces of it in any order.
    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"a\":", "\\", "\\u", "d83d", "\\ude00",
            "0", "1", "-", "12", ".", "e", "E+", "null", "true", "false", "nul", " ", "\n", "é",
            "\u{1}", "\u{2028}",
        ]);
        prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
    }

    /// Returns what is JSON.
    fn json() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("null".to_owned()),
            any::<bool>().prop_map(|it| it.to_string()),
            any::<i64>().prop_map(|it| it.to_string()),
            "-?(0|[1-9][0-9]{0,24})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,4})?",
            any::<String>().prop_map(|it| Value::String(it).to_string()),
        ];
        leaf.prop_recursive(6, 40, 5, |inner| {
            let key = any::<String>().prop_map(|it| Value::String(it).to_string());
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5)
                    .prop_map(|parts| format!("[ {} ]", parts.join(" ,\n"))),
                prop::collection::vec((key, inner), 0..5).prop_map(|parts| {
                    let parts: Vec<String> = parts
                        .iter()
                        .map(|(key, value)| format!("{key}\t:{value}"))
                        .collect();
                    format!("{{{}}}", parts.join(","))
                }),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn both_readers_say_the_same_of_what_is_nearly_json(text in pieces()) {
            agree(&text)?;
        }

        #[test]
        fn both_readers_say_the_same_of_json(text in json()) {
            prop_assert!(value(&text).is_ok(), "{}", text);
            agree(&text)?;
        }

        #[test]
        fn both_readers_say_the_same_of_json_that_was_cut(text in json(), at in any::<prop::sample::Index>()) {
            let mut end = at.index(text.len() + 1);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            agree(&text[..end])?;
        }
    }
}
