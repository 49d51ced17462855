//! Texts as a part of an address: `%XX` for what is not plain.

use std::fmt::Write as _;

/// What stays in every part of an address, besides letters and digits.
pub const UNRESERVED: &[u8] = b"-._~";

/// Returns a text with `%XX` for every byte but letters, digits and those of `plain`.
pub fn encode(text: &str, plain: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || plain.contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Returns the text with `%XX` read back. Returns `None` where an escape is broken or the bytes are not UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            u8::try_from(high * 16 + low).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn all_but_plain_bytes_are_escaped() {
        assert_eq!(encode("a b/é&=%~", UNRESERVED), "a%20b%2F%C3%A9%26%3D%25~");
        assert_eq!(encode("a,b/", b","), "a,b%2F");
    }

    #[test]
    fn broken_escapes_are_no_text() {
        for broken in ["%", "%4", "%zz", "%FF", "a%e2%82"] {
            assert_eq!(decode(broken), None, "{broken}");
        }
        assert_eq!(decode("a+b%20c").as_deref(), Some("a+b c"));
    }

    proptest! {
        #[test]
        fn every_text_is_read_back(text in ".*") {
            let encoded = encode(&text, UNRESERVED);
            prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
            prop_assert_eq!(decode(&encoded), Some(text));
        }
    }
}
