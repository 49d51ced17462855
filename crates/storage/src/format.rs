//! How a value is stored: a line with its version, a checksum and its place, and then JSON.
//!
//! ```text
//! ms1 6c62272e07bb0142 ws/own/seg/3
//! {"before":24,…}
//! ```
//! The first line keeps this form in every version to come, so that an older app can tell newer data from damaged data.
//! The checksum (FNV-1a, 64 bits) covers all the rest. It finds damage; it is no seal against anybody.

use std::fmt;

use super::key_value::units;
use super::storage_key::StorageKey;

/// No value is longer than this, in bytes. No browser's local storage holds so much.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// A checksum.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Checksum(u64);

impl Checksum {
    pub(crate) fn of(version: u32, place: &str, body: &str) -> Self {
        let head = format!("ms{version} {place}\n");
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in head.bytes().chain(body.bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Self(hash)
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let plain = text.len() == 16
            && text
                .bytes()
                .all(|c| c.is_ascii_digit() || (b'a'..=b'f').contains(&c));
        plain
            .then(|| u64::from_str_radix(text, 16).ok().map(Self))
            .flatten()
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What is wrong with a value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Damage {
    /// It is nothing that this app has written.
    Foreign,
    /// It is not there, but what comes after it is.
    Missing,
    /// Its first line is broken.
    Header,
    /// Its checksum is wrong: it was cut off or changed.
    Checksum,
    /// It is whole but belongs somewhere else.
    Misplaced,
    /// It is longer than any value can be.
    TooLarge,
    /// It is not what stands in such a value.
    Content,
    /// It is of an older version and could not be carried over.
    Migration,
    /// It does not follow on what comes before it.
    OutOfOrder,
    /// It asks for something that the registry refuses.
    Refused,
    /// There is nothing wrong with it, but something before it is missing or damaged.
    CutOff,
}

/// What came of opening a stored text.
#[derive(Clone, PartialEq, Debug)]
pub enum Opened<T> {
    /// The value.
    Ok(T),
    /// It is this app's, but it is damaged.
    Damaged(Damage),
    /// A newer app has written it.
    Newer(u32),
    /// It is nothing that this app has written.
    Foreign,
}

/// A value that was opened, before its JSON is read.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Sealed<'a> {
    pub(crate) version: u32,
    pub(crate) checksum: Checksum,
    pub(crate) body: &'a str,
}

/// A text that is ready to be stored.
pub(crate) struct Text {
    pub(crate) text: String,
    pub(crate) checksum: Checksum,
}

impl Text {
    pub(crate) fn units(&self) -> usize {
        units(&self.text)
    }
}

/// Makes the text that is stored.
pub(crate) fn seal(version: u32, place: &StorageKey, body: &str) -> Text {
    let place = place.to_string();
    let checksum = Checksum::of(version, &place, body);
    Text {
        text: format!("ms{version} {checksum} {place}\n{body}"),
        checksum,
    }
}

/// Returns the checksum that a stored text says of itself.
pub(crate) fn stated_checksum(text: &str) -> Option<Checksum> {
    let line = text.split_once('\n')?.0;
    Checksum::parse(line.split(' ').nth(1)?)
}

/// Opens a stored text of a version up to `newest`.
pub(crate) fn open<'a>(newest: u32, place: &StorageKey, text: &'a str) -> Opened<Sealed<'a>> {
    let ours = text
        .strip_prefix("ms")
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let Some(rest) = ours else {
        return Opened::Foreign;
    };
    if text.len() > MAX_BYTES {
        return Opened::Damaged(Damage::TooLarge);
    }
    let Some((version, checksum, written, body)) = header(rest) else {
        return Opened::Damaged(Damage::Header);
    };
    if Checksum::of(version, written, body) != checksum {
        return Opened::Damaged(Damage::Checksum);
    }
    if written != place.to_string() {
        return Opened::Damaged(Damage::Misplaced);
    }
    if version > newest {
        return Opened::Newer(version);
    }
    Opened::Ok(Sealed {
        version,
        checksum,
        body,
    })
}

/// Version, checksum, place and body of a text whose `ms` is already read.
fn header(rest: &str) -> Option<(u32, Checksum, &str, &str)> {
    let (line, body) = rest.split_once('\n')?;
    let mut words = line.splitn(3, ' ');
    let version = words.next()?;
    let number: u32 = version.parse().ok()?;
    if number.to_string() != version {
        return None;
    }
    let checksum = Checksum::parse(words.next()?)?;
    Some((number, checksum, words.next()?, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: StorageKey = StorageKey::Settings;

    fn check(text: &str, expected: &Opened<&str>) {
        let opened = match open(1, &PLACE, text) {
            Opened::Ok(sealed) => Opened::Ok(sealed.body),
            Opened::Damaged(damage) => Opened::Damaged(damage),
            Opened::Newer(version) => Opened::Newer(version),
            Opened::Foreign => Opened::Foreign,
        };
        assert_eq!(&opened, expected, "{text:?}");
    }

    #[test]
    fn texts_are_told_apart() {
        let good = seal(1, &PLACE, r#"{"a":"ä\n"}"#).text;
        check(&good, &Opened::Ok(r#"{"a":"ä\n"}"#));
        check(&seal(1, &PLACE, "").text, &Opened::Ok(""));
        check(&seal(2, &PLACE, "x").text, &Opened::Newer(2));
        let elsewhere = seal(
            1,
            &StorageKey::Header(super::super::WorkspaceId::own()),
            "x",
        )
        .text;
        check(&elsewhere, &Opened::Damaged(Damage::Misplaced));
        for foreign in ["", "m", "{}", "ms", "msx 1", "\u{feff}ms1", "null"] {
            check(foreign, &Opened::Foreign);
        }
        for broken in [
            "ms1",
            "ms1 \n",
            "ms01 6c62272e07bb0142 settings\n",
            "ms1 +c62272e07bb0142 settings\n",
        ] {
            check(broken, &Opened::Damaged(Damage::Header));
        }
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_noticed() {
        let good = seal(1, &PLACE, r#"{"theme":"dark"}"#).text;
        for byte in 0..good.len() {
            for bit in 0..8 {
                let mut bytes = good.clone().into_bytes();
                bytes[byte] ^= 1 << bit;
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let opened = open(1, &PLACE, &text);
                assert!(
                    matches!(opened, Opened::Damaged(_) | Opened::Foreign),
                    "bit {bit} of byte {byte}: {opened:?}"
                );
            }
        }
        for length in 0..good.len() {
            let opened = open(1, &PLACE, &good[..length]);
            assert!(
                matches!(opened, Opened::Damaged(_) | Opened::Foreign),
                "{length}"
            );
        }
    }
}
