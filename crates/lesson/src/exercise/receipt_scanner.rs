//! Finds receipts in pasted text, such as a mail, each with its line and with the name that stands beside it.
//!
//! A receipt is found by its beginning, in a link or alone. What stands beside it on its line is taken for a name. A mail
//! program may have broken a long line: then the pieces are put together where that makes a receipt that can be read.

use std::ops::Range;

use super::receipt::{Receipt, Unread};
use crate::round_receipt::RoundReceipt;

/// The longest text that is looked through, in bytes.
pub const MAX_TEXT: usize = 1_000_000;
/// The most receipts at once.
pub const MAX_RECEIPTS: usize = 2_000;
/// The longest name, in letters.
pub const MAX_NAME: usize = 60;

/// How many lines a mail program may have made of one.
const MAX_PIECES: usize = 4;
/// Where a link names a receipt.
const LINK: &str = "/check/";

/// A receipt that was found in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScannedReceipt {
    /// Its line, counted from 1.
    pub line: usize,
    /// What else stands on the line; empty where nothing does.
    pub name: String,
    pub receipt: String,
}

/// The result of scanning a text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scan {
    pub receipts: Vec<ScannedReceipt>,
    /// How many lines hold something else.
    pub other_lines: usize,
}

/// Why a text is not scanned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TooMuch {
    /// It is longer than [`MAX_TEXT`].
    Text,
    /// There are more than [`MAX_RECEIPTS`] receipts.
    Receipts,
}

/// Returns the receipts in a text.
///
/// # Errors
/// If the text is too long, or holds too many receipts.
pub fn scan(text: &str) -> Result<Scan, TooMuch> {
    if text.len() > MAX_TEXT {
        return Err(TooMuch::Text);
    }
    let lines: Vec<&str> = text.lines().map(unquoted).collect();
    let mut scan = Scan::default();
    // Where the line after a broken one goes on with something of its own.
    let (mut at, mut from) = (0, 0);
    while let Some(line) = lines.get(at) {
        let rest = line.get(from..).unwrap_or_default();
        let places = places(rest);
        let name = name(rest, &places);
        let (mut next, mut next_from) = (at + 1, 0);
        let mut here: Vec<String> = Vec::new();
        for place in &places {
            let mut receipt = cleaned(rest.get(place.receipt.clone()).unwrap_or_default());
            let tail = rest.get(place.receipt.end..).unwrap_or_default();
            let dots = tail.trim_end_matches('=');
            if dots.trim_matches('.').is_empty()
                && read(&receipt) == Err(Unread::Damaged)
                && let Some((whole, pieces, end)) = joined(format!("{receipt}{dots}"), &lines, at)
            {
                receipt = whole;
                (next, next_from) = (at + pieces, end);
            }
            if !here.contains(&receipt) {
                here.push(receipt);
            }
        }
        if here.is_empty() && !rest.trim().is_empty() {
            scan.other_lines += 1;
        }
        let found = here.into_iter().map(|receipt| ScannedReceipt {
            line: at + 1,
            name: name.clone(),
            receipt,
        });
        scan.receipts.extend(found);
        if scan.receipts.len() > MAX_RECEIPTS {
            return Err(TooMuch::Receipts);
        }
        // The last line of a broken one is looked at again only where something of its own is left on it.
        let is_done = next_from > 0
            && lines
                .get(next - 1)
                .and_then(|line| line.get(next_from..))
                .is_none_or(|left| left.trim().is_empty());
        (at, from) = if next_from > 0 && !is_done {
            (next - 1, next_from)
        } else {
            (next, 0)
        };
    }
    Ok(scan)
}

/// Returns a line without the marks of an answered mail, and without blanks around it.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches(|letter: char| letter == '>' || letter.is_whitespace())
        .trim_end()
}

/// Where a receipt stands in a line, and what of the line belongs to it.
struct Place {
    receipt: Range<usize>,
    word: Range<usize>,
}

/// Errors if a text is no receipt of an exercise, or of a round of questions, that can be read.
fn read(text: &str) -> Result<(), Unread> {
    if RoundReceipt::is_meant(text) {
        RoundReceipt::parse(text).map(|_| ())
    } else {
        Receipt::parse(text).map(|_| ())
    }
}

const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'%')
}

/// Returns what a word can't go over, to either side.
fn ends_word(letter: char) -> bool {
    letter.is_whitespace() || ",;\"'<>()[]{}|".contains(letter)
}

fn places(line: &str) -> Vec<Place> {
    let bytes = line.as_bytes();
    let mut places: Vec<Place> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let run = bytes.iter().skip(at).take_while(|byte| is_plain(**byte));
        let end = at + run.count();
        let run = line.get(at..end).unwrap_or_default();
        let before = line.get(..at).unwrap_or_default();
        if begins_receipt(run) || (!run.is_empty() && before.ends_with(LINK)) {
            // The end of a sentence is no part of it.
            let length = run.trim_end_matches('.').len();
            let receipt = at..at + length;
            if length > 0 {
                places.push(Place {
                    word: word(line, &receipt),
                    receipt,
                });
            }
        }
        at = end.max(at) + 1;
    }
    places
}

/// Returns whether a text begins as receipts of any version do. Some keyboards write the first letter of a line large.
fn begins_receipt(text: &str) -> bool {
    let rest = text.get(2..).filter(|_| {
        let head = text.get(..2).map(str::to_ascii_lowercase);
        head.is_some_and(|head| head == "ms" || head == "mr")
    });
    rest.and_then(|rest| rest.split_once('.'))
        .is_some_and(|(version, _)| {
            !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// Returns what is read: the beginning in small letters, and without what mail programs put in the place of a `~`.
fn cleaned(receipt: &str) -> String {
    let mut text = receipt.replace("%7E", "~").replace("%7e", "~");
    if begins_receipt(&text)
        && let Some(head) = text.get_mut(..2)
    {
        head.make_ascii_lowercase();
    }
    text
}

/// Returns the link around a receipt; the receipt itself where it stands alone.
fn word(line: &str, receipt: &Range<usize>) -> Range<usize> {
    let before = line.get(..receipt.start).unwrap_or_default();
    let start = if before.ends_with('/') {
        let start = before.rfind(ends_word).map_or(0, |at| {
            at + before
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .map_or(1, char::len_utf8)
        });
        // A name may stand right before the link, as in `Ada:https://…`.
        let link = before.get(start..).unwrap_or_default();
        let scheme = link.find("://").map_or(0, |at| {
            let head = link.get(..at).unwrap_or_default();
            head.len()
                - head
                    .bytes()
                    .rev()
                    .take_while(u8::is_ascii_alphabetic)
                    .count()
        });
        start + scheme
    } else {
        receipt.start
    };
    start..receipt.end
}

/// Returns what stands on a line beside its receipts.
fn name(line: &str, places: &[Place]) -> String {
    if places.is_empty() {
        return String::new();
    }
    let mut left = String::new();
    let mut at = 0;
    for place in places {
        left.push_str(line.get(at..place.word.start).unwrap_or_default());
        left.push(' ');
        at = place.word.end;
    }
    left.push_str(line.get(at..).unwrap_or_default());
    for pair in ["< >", "( )", "[ ]", "\" \"", "' '"] {
        left = left.replace(pair, " ");
    }
    let words: Vec<&str> = left.split_whitespace().collect();
    let name = words.join(" ");
    let around = |letter: char| letter.is_whitespace() || ",;:|=.-–—•*\"'<".contains(letter);
    name.trim_matches(around).chars().take(MAX_NAME).collect()
}

/// Returns a receipt that a mail program has broken: the whole of it, how many lines it takes, and where it ends on the last one.
fn joined(begun: String, lines: &[&str], at: usize) -> Option<(String, usize, usize)> {
    let mut whole = begun;
    for (pieces, line) in (2..=MAX_PIECES).zip(lines.iter().skip(at + 1)) {
        let run = line.bytes().take_while(|byte| is_plain(*byte)).count();
        let piece = line.get(..run).unwrap_or_default();
        if piece.is_empty() || begins_receipt(piece) {
            return None;
        }
        whole.push_str(&cleaned(piece));
        let trimmed = whole.trim_end_matches('.');
        if read(trimmed).is_ok() {
            return Some((trimmed.to_owned(), pieces, run));
        }
        // Only the last piece may be followed by something else.
        if run < line.len() && line.get(run..) != Some("=") {
            return None;
        }
    }
    None
}
