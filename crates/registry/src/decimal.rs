//! The value of a metric, as an exact decimal number.
//!
//! A metric is shown, compared and subtracted, never multiplied. An exact decimal does that without the surprises of
//! binary fractions (0.91 − 0.86 is 0.05), and without the 26 KB of WebAssembly that reading and printing those takes.

use std::cmp::Ordering;
use std::fmt;

use super::invalid::Invalid;

/// A number with up to 18 digits, of which up to 18 stand behind the point.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct MetricValue {
    /// The digits without the point.
    units: i64,
    /// How many of them stand behind the point; as few as possible, so that equal numbers are equal.
    places: u8,
}

/// The most digits of a number.
const MAX_DIGITS: usize = 18;

impl MetricValue {
    /// Reads a number with a decimal point and perhaps an exponent: `0.91`, `-3`, `1e-5`.
    ///
    /// # Errors
    /// [`Invalid::MetricNotANumber`] where there is none, or one with more than 18 digits.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        Self::read(text.trim()).ok_or_else(|| Invalid::MetricNotANumber {
            text: text.to_owned(),
        })
    }

    /// Returns the number in thousandths, cut off after them; nothing where it is negative or too large.
    pub fn thousandths(self) -> Option<u64> {
        let scale = 10_i64.checked_pow(u32::from(self.places))?;
        let whole = (self.units / scale).checked_mul(1000)?;
        let part = i128::from(self.units % scale) * 1000 / i128::from(scale);
        u64::try_from(i128::from(whole) + part).ok()
    }

    fn read(text: &str) -> Option<Self> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i8>().ok()?),
            None => (text, 0),
        };
        let (negative, digits) = match number.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, number.strip_prefix('+').unwrap_or(number)),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(whole) || !all_digits(part) || whole.len() + part.len() == 0 {
            return None;
        }
        // Zeros in front and behind are no digits to count.
        let part = part.trim_end_matches('0');
        let plain = format!("{whole}{part}");
        let plain = plain.trim_start_matches('0');
        if plain.len() > MAX_DIGITS {
            return None;
        }
        let units = if plain.is_empty() {
            0
        } else {
            plain.parse::<i64>().ok()?
        };
        let places = i32::try_from(part.len()).ok()? - i32::from(exponent);
        Self::normal(if negative { -units } else { units }, places)
    }

    /// Returns the number `units / 10^places`, if it has few enough digits.
    fn normal(mut units: i64, mut places: i32) -> Option<Self> {
        if units == 0 {
            places = 0;
        }
        while places > 0 && units % 10 == 0 {
            units /= 10;
            places -= 1;
        }
        while places < 0 {
            units = units.checked_mul(10)?;
            places += 1;
        }
        let places = u8::try_from(places)
            .ok()
            .filter(|places| usize::from(*places) <= MAX_DIGITS)?;
        (units.unsigned_abs() < 10_u64.pow(18)).then_some(Self { units, places })
    }

    /// Returns the units of both with the same number of places behind the point.
    fn aligned(self, other: Self) -> (i128, i128, u8) {
        let places = self.places.max(other.places);
        let scaled =
            |value: Self| i128::from(value.units) * 10_i128.pow(u32::from(places - value.places));
        (scaled(self), scaled(other), places)
    }

    /// Returns how much more it is than another; nothing where the difference has too many digits.
    pub fn minus(self, other: Self) -> Option<Self> {
        let (left, right, places) = self.aligned(other);
        Self::normal(i64::try_from(left - right).ok()?, places.into())
    }
}

impl Ord for MetricValue {
    fn cmp(&self, other: &Self) -> Ordering {
        let (left, right, _) = self.aligned(*other);
        left.cmp(&right)
    }
}

impl PartialOrd for MetricValue {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for MetricValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let units = self.units.unsigned_abs();
        let scale = 10_u64.pow(self.places.into());
        write!(f, "{sign}{}", units / scale)?;
        if self.places > 0 {
            write!(f, ".{:0width$}", units % scale, width = self.places.into())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousandths_of_numbers() {
        let check = |text: &str, expected: Option<u64>| {
            let number = MetricValue::parse(text).expect("a number");
            assert_eq!(number.thousandths(), expected, "{text}");
        };
        check("0.86", Some(860));
        check("1", Some(1000));
        check("0.12345", Some(123));
        check("1e-9", Some(0));
        check("-0.5", None);
    }
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_and_printed() {
        let check = |text: &str, expected: Option<&str>| {
            let read = MetricValue::parse(text).ok().map(|value| value.to_string());
            assert_eq!(read.as_deref(), expected, "{text:?}");
        };
        check("0.91", Some("0.91"));
        check(" 35 ", Some("35"));
        check("-0.50", Some("-0.5"));
        check("+3", Some("3"));
        check("-0", Some("0"));
        check(".5", Some("0.5"));
        check("5.", Some("5"));
        check("1e3", Some("1000"));
        check("1e-5", Some("0.00001"));
        check("12.5E-1", Some("1.25"));
        check("000000000000000000000001", Some("1"));
        check("999999999999999999", Some("999999999999999999"));
        check("1000000000000000000", None);
        check("0.0000000000000000001", None);
        check("1e99", None);
        check("1e999", None);
        check("", None);
        check(".", None);
        check("-", None);
        check("inf", None);
        check("NaN", None);
        check("0x10", None);
        check("1,5", None);
        check("--1", None);
    }

    #[test]
    fn differences_are_exact() {
        let value = |text: &str| MetricValue::parse(text).expect("a number");
        let check = |left: &str, right: &str, expected: &str| {
            let difference = value(left).minus(value(right)).expect("few digits");
            assert_eq!(difference.to_string(), expected);
        };
        check("0.91", "0.86", "0.05");
        check("28", "35", "-7");
        check("1.5", "0.5", "1");
        assert!(value("0.9") > value("0.86"));
        assert!(value("-1") < value("0.1"));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(units in -999_999_999_999_999_999_i64..=999_999_999_999_999_999, places in 0..=18) {
            if let Some(value) = MetricValue::normal(units, places) {
                prop_assert_eq!(MetricValue::parse(&value.to_string()), Ok(value));
            }
        }

        #[test]
        fn no_text_breaks_the_reader(text in ".*") {
            let _ = MetricValue::parse(&text);
        }
    }
}
