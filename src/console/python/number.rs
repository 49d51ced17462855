//! Numbers as Python writes them, kept as the text that Python prints.

use super::super::cursor::Cursor;
use super::super::trouble::{Expected, Problem, Unsupported};
use super::tokens::Kind;
use crate::registry::python;

/// Digits that a binary fraction is sure to keep, and so to print as they were written.
const SURE_DIGITS: usize = 15;

/// Reads a number; the next character is a digit, or a point before one.
///
/// # Errors
/// What is no number in Python, and numbers other than plain decimal ones.
pub fn read(cursor: &mut Cursor<'_>) -> Result<Kind, Problem> {
    let start = cursor.at();
    let written = cursor.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    let at = cursor.since(start);
    let wrong = Problem::syntax(at, Expected::Number);
    let not_supported = Problem::not_supported(at, Unsupported::Number);
    if written.starts_with('0') && written.contains(['x', 'X', 'o', 'O', 'b', 'B']) {
        return Err(not_supported);
    }
    if written.contains(['e', 'E', 'j', 'J']) {
        return Err(not_supported);
    }
    if let Some((whole, fraction)) = written.split_once('.') {
        let well_formed = |part: &str| part.is_empty() || part.split('_').all(python::is_digits);
        if !well_formed(whole) || !well_formed(fraction) {
            return Err(wrong);
        }
        return decimal(whole, fraction)
            .map(Kind::Float)
            .ok_or(not_supported);
    }
    let text = python::int_text(written).ok_or(wrong.clone())?;
    // Python does not take 02 for a number, lest it be taken for an octal one.
    if written.starts_with('0') && text != "0" {
        return Err(wrong);
    }
    Ok(Kind::Int(text))
}

/// A decimal number as Python prints it; `None` where it would print another one, or use an exponent.
fn decimal(whole: &str, fraction: &str) -> Option<String> {
    let digits = |part: &str| -> String { part.chars().filter(|c| *c != '_').collect() };
    let (whole, fraction) = (digits(whole), digits(fraction));
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let is_tiny = whole.is_empty() && !fraction.is_empty() && fraction.starts_with("0000");
    if whole.len() + fraction.len() > SURE_DIGITS || is_tiny {
        return None;
    }
    let or_zero = |part: &str| if part.is_empty() { "0" } else { part }.to_owned();
    Some(or_zero(whole) + "." + &or_zero(fraction))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_as_python_prints_them() {
        let check = |text: &str, expected: &str| {
            let found = match read(&mut Cursor::new(text, 0)) {
                Ok(Kind::Int(text) | Kind::Float(text)) => text,
                Ok(other) => format!("{other:?}"),
                Err(problem) => problem.kind.id().to_owned(),
            };
            assert_eq!(found, expected, "{text:?}");
        };
        check("3", "3");
        check("1_000", "1000");
        check("00", "0");
        check("99999999999999999999", "99999999999999999999");
        check("02", "syntax");
        check("1__0", "syntax");
        check("1_", "syntax");
        check("3v", "syntax");
        check("0x10", "not_supported");
        check("1e5", "not_supported");
        check("2j", "not_supported");
        check("1.5", "1.5");
        check("01.50", "1.5");
        check("1.", "1.0");
        check(".5", "0.5");
        check("0.97", "0.97");
        check("0.0", "0.0");
        check("0.0001", "0.0001");
        check("0.00001", "not_supported");
        check("0.12345678901234567", "not_supported");
        check("1.2.3", "syntax");
        check("1._5", "syntax");
    }
}
