//! What holds of every text that is pasted as receipts: in the tests with what they make up, in `fuzz/` with what a fuzzer
//! finds.

use lesson::exercise::csv::csv;
use lesson::exercise::receipt::Receipt;
use lesson::exercise::receipt_checker::{ReceiptChecker, Tally};
use lesson::exercise::receipt_scanner::{MAX_NAME, MAX_RECEIPTS, scan};
use lesson::own;
use text::{Language, exercise as words};

/// What holds of every text. Gives how many receipts could be run.
pub fn is_total(text: &str) -> usize {
    let exercises = own::exercises().map_or(&[][..], |pack| &pack.exercises);
    if let Ok(receipt) = Receipt::parse(text) {
        assert_eq!(
            Receipt::parse(&receipt.to_string()),
            Ok(receipt),
            "{text:?}"
        );
    }
    let Ok(scan) = scan(text) else {
        return 0;
    };
    let lines = text.lines().count();
    assert!(scan.other_lines <= lines, "{text:?}");
    assert!(scan.receipts.len() <= MAX_RECEIPTS);
    let mut checker = ReceiptChecker::new(exercises);
    let mut counts = Tally::default();
    let mut rows = Vec::new();
    for scanned in scan.receipts {
        assert!((1..=lines).contains(&scanned.line), "{text:?} {scanned:?}");
        assert!(!scanned.receipt.is_empty(), "{text:?}");
        assert!(!scanned.receipt.contains(char::is_whitespace), "{text:?}");
        assert!(scanned.name.chars().count() <= MAX_NAME, "{text:?}");
        let row = checker.check(scanned);
        counts.add(&row);
        rows.push(words::table_row(Language::English, exercises, &row).to_vec());
    }
    let table = csv(&rows);
    assert_eq!(rows.is_empty(), table.is_empty());
    counts.solved + counts.open
}
