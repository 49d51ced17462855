//! Where a reader of JSON has stumbled.

/// The byte of the text at which the reader could not go on.
#[must_use]
pub fn place(text: &str, error: &serde_json::Error) -> usize {
    if error.is_eof() {
        return text.len();
    }
    let lines = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1));
    let before: usize = lines.map(str::len).sum();
    // Columns are counted from 1; at the very start there is none.
    let mut at = (before + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found() {
        let check = |text: &str, expected: usize| {
            let error = serde_json::from_str::<serde_json::Value>(text).expect_err("no JSON");
            assert_eq!(place(text, &error), expected, "{text:?}");
        };
        check("", 0);
        check("x", 0);
        check("{'a'}", 1);
        check("{\"a\" 1}", 5);
        check("{\"a\": 1,}", 8);
        check("{\n \"é\": x}", 9);
        check("{\"a\": 1", 7);
        check("[1] x", 4);
    }
}
