//! What holds of every text that is pasted as receipts: in the tests with what they make up, in `fuzz/` with what a fuzzer
//! finds.

use lesson::exercise::csv::csv;
use lesson::exercise::paste::{MAX_NAME, MAX_RECEIPTS, find};
use lesson::exercise::receipt::Receipt;
use lesson::exercise::sheet::{Checker, Counts};
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
    let Ok(paste) = find(text) else {
        return 0;
    };
    let lines = text.lines().count();
    assert!(paste.other_lines <= lines, "{text:?}");
    assert!(paste.receipts.len() <= MAX_RECEIPTS);
    let mut checker = Checker::new(exercises);
    let mut counts = Counts::default();
    let mut rows = Vec::new();
    for pasted in paste.receipts {
        assert!((1..=lines).contains(&pasted.line), "{text:?} {pasted:?}");
        assert!(!pasted.receipt.is_empty(), "{text:?}");
        assert!(!pasted.receipt.contains(char::is_whitespace), "{text:?}");
        assert!(pasted.name.chars().count() <= MAX_NAME, "{text:?}");
        let row = checker.check(pasted);
        counts.add(&row);
        rows.push(words::table_row(Language::English, exercises, &row).to_vec());
    }
    let table = csv(&rows);
    assert_eq!(rows.is_empty(), table.is_empty());
    counts.solved + counts.open
}
