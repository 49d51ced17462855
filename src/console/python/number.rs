//! Numbers as Python writes them, kept as the text that Python prints.

use super::super::cursor::Cursor;
use super::super::trouble::{Expected, Problem, Unsupported};
use super::tokens::Kind;
use crate::registry::python;

/// Digits that a binary fraction is sure to keep, and so to print as they were written.
const SURE_DIGITS: usize = 15;

/// Up to this power of ten there are binary fractions.
const LARGEST_POWER: i32 = 300;

/// Reads a number; the next character is a digit, or a point before one.
///
/// # Errors
/// What is no number in Python, and numbers other than decimal ones.
pub fn read(cursor: &mut Cursor<'_>) -> Result<Kind, Problem> {
    let start = cursor.at();
    let written = cursor.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.'));
    let is_other = written.starts_with('0') && written.contains(['x', 'X', 'o', 'O', 'b', 'B'])
        || written.ends_with(['j', 'J']);
    let (mantissa, exponent) = match written.split_once(['e', 'E']) {
        Some((mantissa, "")) if !is_other => {
            let signed = cursor.at();
            let _ = cursor.eat("-") || cursor.eat("+");
            cursor.take_while(|c| c.is_alphanumeric() || c == '_');
            (mantissa, cursor.since(signed).of(cursor.text()))
        }
        Some((mantissa, exponent)) => (mantissa, exponent),
        None => (written, "0"),
    };
    let at = cursor.since(start);
    let wrong = Problem::syntax(at, Expected::Number);
    let not_supported = Problem::not_supported(at, Unsupported::Number);
    if is_other {
        return Err(not_supported);
    }
    if written.contains(['.', 'e', 'E']) {
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let well_formed = |part: &str| part.is_empty() || part.split('_').all(python::is_digits);
        if !well_formed(whole) || !well_formed(fraction) || whole.len() + fraction.len() == 0 {
            return Err(wrong);
        }
        let exponent = python::int_text(exponent).ok_or(wrong)?;
        let exponent = exponent.parse().map_err(|_| not_supported.clone())?;
        return decimal(whole, fraction, exponent)
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

/// A decimal number as Python prints it; `None` where it would print another one.
fn decimal(whole: &str, fraction: &str, exponent: i16) -> Option<String> {
    let digits = |part: &str| -> String { part.chars().filter(|c| *c != '_').collect() };
    let whole = digits(whole);
    let all = whole.clone() + &digits(fraction);
    let kept = all.trim_start_matches('0');
    // The number is 0.DIGITS times ten to this power.
    let point = i32::try_from(whole.len()).ok()? - i32::try_from(all.len() - kept.len()).ok()?
        + i32::from(exponent);
    let kept = kept.trim_end_matches('0');
    if kept.is_empty() {
        return Some("0.0".to_owned());
    }
    if kept.len() > SURE_DIGITS || point.abs() > LARGEST_POWER {
        return None;
    }
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or_default());
    let length = i32::try_from(kept.len()).ok()?;
    Some(match point {
        // Beyond these, Python prints an exponent.
        ..-3 | 17.. => {
            let (first, rest) = kept.split_at_checked(1)?;
            let dot = if rest.is_empty() { "" } else { "." };
            let sign = if point < 1 { '-' } else { '+' };
            format!("{first}{dot}{rest}e{sign}{:02}", (point - 1).abs())
        }
        ..=0 => format!("0.{}{kept}", zeros(-point)),
        _ if point >= length => format!("{kept}{}.0", zeros(point - length)),
        _ => {
            let (before, after) = kept.split_at_checked(usize::try_from(point).ok()?)?;
            format!("{before}.{after}")
        }
    })
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
        check("1e5", "100000.0");
        check("1E-05", "1e-05");
        check("1.50e-7", "1.5e-07");
        check("12e+3", "12000.0");
        check("1e15", "1000000000000000.0");
        check("1e16", "1e+16");
        check("12.5e100", "1.25e+101");
        check("0e9", "0.0");
        check("1e", "syntax");
        check("1e+", "syntax");
        check("e5", "syntax");
        check(".e5", "syntax");
        check("1e5x", "syntax");
        check("1e999", "not_supported");
        check("1e99999", "not_supported");
        check("1e5j", "not_supported");
        check("2j", "not_supported");
        check("1.5", "1.5");
        check("01.50", "1.5");
        check("1.", "1.0");
        check(".5", "0.5");
        check("0.97", "0.97");
        check("0.0", "0.0");
        check("0.0001", "0.0001");
        check("0.00001", "1e-05");
        check("0.000012", "1.2e-05");
        check("0.12345678901234567", "not_supported");
        check("1.2.3", "syntax");
        check("1._5", "syntax");
    }
}
