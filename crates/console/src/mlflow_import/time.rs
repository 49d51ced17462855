//! Moments as people and programs write them.

/// In what a number counts the time since 1970.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Unit {
    Seconds,
    Microseconds,
    Nanoseconds,
}

/// A moment that was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// Milliseconds since 1970.
    pub at: u64,
    /// What the number was taken for, where it is not milliseconds.
    pub unit: Option<Unit>,
    /// Whether the text has no time zone, and was taken for UTC.
    pub has_no_zone: bool,
}

/// The greatest time that a browser can show.
const MAX: u64 = 8_640_000_000_000_000;

/// Reads a number or a text; nothing where it is no moment since 1970.
pub fn moment(written: &str) -> Option<Moment> {
    let written = written.trim();
    let found = match written.parse::<u64>() {
        Ok(number) => counted(number),
        Err(_) => fraction(written).or_else(|| dated(written)),
    }?;
    (found.at <= MAX).then_some(found)
}

/// A whole number. MLflow counts milliseconds; so a number that would be a day in 1970 is one of seconds, and one that would
/// be after the year 5000 counts something smaller.
fn counted(number: u64) -> Option<Moment> {
    let (at, unit) = match number {
        1_000_000_000..100_000_000_000 => (number.checked_mul(1_000)?, Some(Unit::Seconds)),
        100_000_000_000_000..100_000_000_000_000_000 => (number / 1_000, Some(Unit::Microseconds)),
        100_000_000_000_000_000.. => (number / 1_000_000, Some(Unit::Nanoseconds)),
        _ => (number, None),
    };
    Some(Moment {
        at,
        unit,
        has_no_zone: false,
    })
}

/// A number with a point or an exponent.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is not negative, and below the greatest time"
)]
fn fraction(written: &str) -> Option<Moment> {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let number = written
        .starts_with(is_digit)
        .then(|| written.parse::<f64>().ok())??;
    if !(0.0..1e19).contains(&number) {
        return None;
    }
    let whole = counted(number as u64)?;
    let at = match whole.unit {
        Some(Unit::Seconds) => (number * 1_000.0).round() as u64,
        None => number.round() as u64,
        Some(_) => whole.at,
    };
    Some(Moment { at, ..whole })
}

/// A date, with or without a time and a zone, as ISO 8601 and Python write it.
fn dated(written: &str) -> Option<Moment> {
    let mut rest = written;
    let year = digits(&mut rest, 4)?;
    takes(&mut rest, '-')?;
    let month = digits(&mut rest, 2)?;
    takes(&mut rest, '-')?;
    let day = digits(&mut rest, 2)?;
    let days = days(year, month, day)?;
    let (mut at, mut has_zone) = (days * 86_400_000, false);
    if takes(&mut rest, 'T')
        .or_else(|| takes(&mut rest, ' '))
        .is_some()
    {
        let hours = digits(&mut rest, 2)?;
        takes(&mut rest, ':')?;
        let minutes = digits(&mut rest, 2)?;
        let mut seconds = 0;
        if takes(&mut rest, ':').is_some() {
            seconds = digits(&mut rest, 2)?;
        }
        if hours > 23 || minutes > 59 || seconds > 60 {
            return None;
        }
        at += ((hours * 60 + minutes) * 60 + seconds) * 1_000;
        if takes(&mut rest, '.')
            .or_else(|| takes(&mut rest, ','))
            .is_some()
        {
            let after = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
            let part = rest.get(..rest.len() - after.len())?;
            rest = after;
            let thousandths: String = part.chars().chain("000".chars()).take(3).collect();
            at += thousandths
                .parse::<i64>()
                .ok()
                .filter(|_| !part.is_empty())?;
        }
        let zone = rest.trim_start();
        has_zone = !zone.is_empty();
        at -= match zone {
            "" | "Z" | "z" | "UTC" | "GMT" => 0,
            _ => offset(zone)?,
        };
    } else if !rest.is_empty() {
        return None;
    }
    Some(Moment {
        at: u64::try_from(at).ok()?,
        unit: None,
        has_no_zone: !has_zone,
    })
}

/// How many milliseconds a zone such as `+02:00` is before UTC.
fn offset(zone: &str) -> Option<i64> {
    let mut rest = zone;
    let sign = match takes(&mut rest, '+') {
        Some(()) => 1,
        None => takes(&mut rest, '-').map(|()| -1)?,
    };
    let hours = digits(&mut rest, 2)?;
    let _ = takes(&mut rest, ':');
    let minutes = if rest.is_empty() {
        0
    } else {
        digits(&mut rest, 2)?
    };
    let is_zone = rest.is_empty() && hours < 24 && minutes < 60;
    is_zone.then_some(sign * (hours * 60 + minutes) * 60_000)
}

fn takes(rest: &mut &str, wanted: char) -> Option<()> {
    *rest = rest.strip_prefix(wanted)?;
    Some(())
}

fn digits(rest: &mut &str, count: usize) -> Option<i64> {
    let (number, after) = rest.split_at_checked(count)?;
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    *rest = after;
    number.parse().ok()
}

/// The days since 1970 of a date in the calendar of today; see Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) || year < 1 {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year / 400, year % 400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_or_none() {
        let check = |written: &str, at: u64| {
            assert_eq!(moment(written).map(|it| it.at), Some(at), "{written}");
        };
        check("0", 0);
        check("30", 30);
        check("1717552440123", 1_717_552_440_123);
        check("1.717552440123e12", 1_717_552_440_123);
        check("1717552440", 1_717_552_440_000);
        check("1717552440.123", 1_717_552_440_123);
        check("1717552440123456", 1_717_552_440_123);
        check("1717552440123456789", 1_717_552_440_123);
        check("2024-06-05T01:54:00Z", 1_717_552_440_000);
        check("2024-06-05 01:54:00", 1_717_552_440_000);
        check("2024-06-05T03:54:00.123456+02:00", 1_717_552_440_123);
        check("2024-06-04T20:54-0500", 1_717_552_440_000);
        check("2024-06-05 01:54:00.5 UTC", 1_717_552_440_500);
        check("2024-02-29", 1_709_164_800_000);
        check("1970-01-01", 0);
        for written in [
            "",
            "x",
            "-1",
            "-1.5",
            "1969-12-31",
            "2023-02-29",
            "2024-13-01",
            "2024-06-05T25:00Z",
            "2024-06-05T01:54:00 CEST",
            "2024-06-05x",
            "99999999999999999999",
            "inf",
            "1e300",
            "2024-6-5",
            "05/06/2024",
            "2024-06-05T01:54:00.Z",
        ] {
            assert_eq!(moment(written), None, "{written}");
        }
        let unit = |written: &str| moment(written).and_then(|it| it.unit);
        assert_eq!(unit("1717552440"), Some(Unit::Seconds));
        assert_eq!(unit("1717552440.5"), Some(Unit::Seconds));
        assert_eq!(unit("1717552440123"), None);
        assert_eq!(unit("1717552440123456"), Some(Unit::Microseconds));
        assert_eq!(unit("1717552440123456789"), Some(Unit::Nanoseconds));
        let zone = |written: &str| moment(written).map(|it| it.has_no_zone);
        assert_eq!(zone("2024-06-05 01:54:00"), Some(true));
        assert_eq!(zone("2024-06-05 01:54:00Z"), Some(false));
        assert_eq!(zone("5"), Some(false));
    }
}
