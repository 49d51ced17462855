//! Receipts in a pasted text: they are found in mails and lists, run one by one, and shown as a table.

use lesson::exercise::csv::csv;
use lesson::exercise::generate::{Purpose, Recipe, generate};
use lesson::exercise::receipt::{Of, Receipt};
use lesson::exercise::receipt_checker::{CheckResult, ReceiptChecker, Tally};
use lesson::exercise::receipt_scanner::{MAX_NAME, MAX_RECEIPTS, MAX_TEXT, Scan, TooMuch, scan};
use proptest::prelude::*;
use registry::{RuleSet, Stage};
use text::{Language, exercise as words};

use super::cases::cases;
use super::make::*;
use super::receipts::{best, id};
use super::support::*;

fn good() -> String {
    best(id("bad-release")).to_string()
}

/// What is found, as "line|name|receipt", and the number of other lines.
fn found(text: &str) -> (Vec<String>, usize) {
    let Scan {
        receipts,
        other_lines,
    } = scan(text).unwrap();
    let rows = receipts
        .iter()
        .map(|it| format!("{}|{}|{}", it.line, it.name, it.receipt));
    (rows.collect(), other_lines)
}

fn check(text: &str, expected: &[&str], other_lines: usize) {
    let (rows, other) = found(text);
    assert_eq!(rows, expected, "{text:?}");
    assert_eq!(other, other_lines, "{text:?}");
}

#[test]
fn receipts_are_found_with_their_lines_and_names() {
    check("", &[], 0);
    check("\n \r\n\t\n", &[], 0);
    check("hello\nthere", &[], 2);
    check("ms1.a.b.c", &["1||ms1.a.b.c"], 0);
    check(
        " ms1.a.b.c \r\nms1.d.e.f",
        &["1||ms1.a.b.c", "2||ms1.d.e.f"],
        0,
    );
    check(
        "Ada: mr1.a~b_.c, MR1.d%7E.e",
        &["1|Ada|mr1.a~b_.c", "1|Ada|mr1.d~.e"],
        0,
    );
    check("ms1.a.b.c, ms1.d.e.f", &["1||ms1.a.b.c", "1||ms1.d.e.f"], 0);
    check("ms1.a.b.c ms1.a.b.c", &["1||ms1.a.b.c"], 0);
    check("ms1.a.b.c\nms1.a.b.c", &["1||ms1.a.b.c", "2||ms1.a.b.c"], 0);
    let link = "https://example.org/app/#/check/ms1.a.b.c";
    check(link, &["1||ms1.a.b.c"], 0);
    check(&format!("<{link}>"), &["1||ms1.a.b.c"], 0);
    check(&format!("{link} <{link}>"), &["1||ms1.a.b.c"], 0);
    check(
        &format!("Here it is: {link}."),
        &["1|Here it is|ms1.a.b.c"],
        0,
    );
    check("example.org/#/check/ms1.a.b.c", &["1||ms1.a.b.c"], 0);
    check("#/check/ms1.a.b.c", &["1||ms1.a.b.c"], 0);
    check(
        "http://localhost:8080/#/check/nonsense",
        &["1||nonsense"],
        0,
    );
    check("Ada Lovelace: ms1.a.b.c", &["1|Ada Lovelace|ms1.a.b.c"], 0);
    check("Ada:ms1.a.b.c", &["1|Ada|ms1.a.b.c"], 0);
    check(&format!("Ada:{link}"), &["1|Ada|ms1.a.b.c"], 0);
    check("Ada\tms1.a.b.c\tlate", &["1|Ada late|ms1.a.b.c"], 0);
    check(
        "\"Lovelace, Ada\",\"ms1.a.b.c\"",
        &["1|Lovelace, Ada|ms1.a.b.c"],
        0,
    );
    check("1. Ada – (ms1.a.b.c)", &["1|1. Ada|ms1.a.b.c"], 0);
    check(
        "Ada (group 2): ms1.a.b.c",
        &["1|Ada (group 2)|ms1.a.b.c"],
        0,
    );
    check(
        "Søren Ångström; ms1.a.b.c",
        &["1|Søren Ångström|ms1.a.b.c"],
        0,
    );
    check("李雷：ms1.a.b.c", &["1|李雷：|ms1.a.b.c"], 0);
    check("=HYPERLINK(1) ms1.a.b.c", &["1|HYPERLINK(1)|ms1.a.b.c"], 0);
    check("> > Ada ms1.a.b.c", &["1|Ada|ms1.a.b.c"], 0);
    // A keyboard that begins lines with a large letter, and a mail program that writes `~` otherwise.
    check("Ms1.a.b.c", &["1||ms1.a.b.c"], 0);
    check("MS2.a.b.c", &["1||ms2.a.b.c"], 0);
    check("ms1.%7Ealiases%7e3.b.c", &["1||ms1.~aliases~3.b.c"], 0);
    // What only looks a little like one is text.
    for text in ["ms. Lovelace", "items1.a", "ms1", "mslib.a.b.c", "ms1,a"] {
        check(text, &[], 1);
    }
    let long = "x".repeat(100);
    check(
        &format!("{long} ms1.a.b.c"),
        &[&format!("1|{}|ms1.a.b.c", "x".repeat(MAX_NAME))],
        0,
    );
}

#[test]
fn a_whole_mail_is_pasted() {
    let good = good();
    let mail = format!(
        "Hello,\n\nI have done it:\nhttps://example.org/#/check/{good}\n\nGreetings\nAda\n\n> Please send it\n"
    );
    check(&mail, &[&format!("4||{good}")], 5);
}

/// Wherever a mail program breaks a receipt, it is read.
#[test]
fn broken_lines_are_put_together() {
    let good = good();
    for at in 5..good.len() {
        let (head, tail) = good.split_at(at);
        let expected = format!("1|Ada|{good}");
        check(&format!("Ada {head}\n{tail}"), &[&expected], 0);
        check(&format!("> Ada {head}=\r\n> {tail}"), &[&expected], 0);
        check(
            &format!("Ada {head}\n{tail}.\nms1.x"),
            &[&expected, "3||ms1.x"],
            0,
        );
        check(&format!("Ada {head}\n{tail} is mine"), &[&expected], 1);
    }
    let (one, rest) = good.split_at(20);
    let (two, three) = rest.split_at(10);
    let third = format!("4||{good}");
    check(
        &format!("{one}\n{two}\n{three}\n{good}"),
        &[&format!("1||{good}"), &third],
        0,
    );
    // What is broken and has no rest stays what it is, and takes nothing from what follows.
    check(
        &format!("{one}\n{good}"),
        &[&format!("1||{one}"), &format!("2||{good}")],
        0,
    );
    check(&format!("{one}\nhello"), &[&format!("1||{one}")], 1);
    check(&format!("{one}\n\n{rest}"), &[&format!("1||{one}")], 1);
}

#[test]
fn too_much_is_refused() {
    assert_eq!(scan(&"x".repeat(MAX_TEXT + 1)), Err(TooMuch::Text));
    assert_eq!(scan(&"x".repeat(MAX_TEXT)).unwrap().other_lines, 1);
    let many = |count| "ms1.a.b.c\n".repeat(count);
    assert_eq!(
        scan(&many(MAX_RECEIPTS)).unwrap().receipts.len(),
        MAX_RECEIPTS
    );
    assert_eq!(scan(&many(MAX_RECEIPTS + 1)), Err(TooMuch::Receipts));
}

#[test]
fn addresses_in_addresses_are_looked_through() {
    for text in [
        "/check/-/check/",
        "/check//check/ms1.",
        "https://https:///check/",
    ] {
        super::pasted::is_total(text);
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn any_text_is_looked_through(text in "(ms1\\.|https://|/check/|[ -~]|\\PC|\n){0,80}") {
        super::pasted::is_total(&text);
    }
}

/// The rows of a pasted text, with their counts.
fn table(text: &str) -> (Vec<Vec<String>>, Tally) {
    let mut checker = ReceiptChecker::new(exercises());
    let mut counts = Tally::default();
    let mut rows = vec![
        words::table_head(Language::English)
            .map(str::to_owned)
            .to_vec(),
    ];
    for scanned in scan(text).unwrap().receipts {
        let row = checker.check(scanned);
        counts.add(&row);
        rows.push(words::table_row(Language::English, exercises(), &row).to_vec());
    }
    (rows, counts)
}

#[test]
fn a_table_says_all_of_it() {
    let good = best(id("bad-release"));
    let mut open = good.clone();
    open.steps.pop();
    let recipe = Recipe::new(7, Purpose::Aliases, 3, 1, 1).unwrap();
    let made = best(Of::Recipe(recipe));
    let refused = Receipt {
        of: id("first-promotion"),
        rules: RuleSet::Guided,
        steps: vec![move_to("fraud-detector", 1, Stage::Production)],
    };
    let tampered = good.to_string().replace("bad-release", "test-again");
    let gone = Receipt {
        of: id("nowhere"),
        ..good.clone()
    };
    let text = format!(
        "Ada: {good}\n@Bob {open}\n{made}\n\nCleo {refused}\nDan {tampered}\nEve ms9.x.y.z\nFay {gone}\nGus mr1.staging-for~swap-order_.7ofgrg\n"
    );
    let (rows, counts) = table(&text);
    let expected = Tally {
        solved: 2,
        open: 1,
        rounds: 1,
        refused: 4,
    };
    assert_eq!((counts, counts.all()), (expected, 8));
    golden("receipts_table.csv", &csv(&rows).replace("\r\n", "\n"));
}

/// Names that a spreadsheet would run stay text in the file, whatever stands in front of them.
#[test]
fn no_cell_of_the_table_is_a_formula() {
    let good = good();
    for name in ["@SUM(A1)", "+1", "\u{a0}=1+1", "＝1", "%0A=1"] {
        let (rows, _) = table(&format!("{name} {good}"));
        for cell in csv(&rows).lines().flat_map(|line| line.split(',')) {
            let shown = cell.trim_start_matches(['"', ' ', '\u{a0}']);
            assert!(!shown.starts_with(['=', '+', '-', '@', '＝']), "{cell:?}");
        }
    }
}

/// A slice of work is one receipt, or one draw of its exercise: the longest way there can be is one, and so is the running
/// of the largest made exercise, after as many draws as its making takes.
#[test]
fn one_receipt_is_little_work() {
    let step = |number: u32| {
        move_to(
            "fraud-detector",
            1,
            [Stage::Staging, Stage::None][number as usize % 2],
        )
    };
    let long = Receipt {
        of: id("first-promotion"),
        rules: RuleSet::Guided,
        steps: (0..200).map(step).collect(),
    };
    let mut checker = ReceiptChecker::new(exercises());
    let scanned = scan(&long.to_string()).unwrap().receipts.remove(0);
    let CheckResult::Checked { checked, .. } = checker.check(scanned).result else {
        panic!("it can be run");
    };
    assert_eq!((checked.solved, checked.steps), (false, 200));
    let mut most = 0;
    for (seed, models) in (0..40).flat_map(|seed| [(seed, 2), (seed, 3)]) {
        let recipe = Recipe::new(seed, Purpose::RollBack, 6, models, 3).unwrap();
        let receipt = best(Of::Recipe(recipe)).to_string();
        let draw = generate(&recipe).unwrap().draw;
        let mut scanned = scan(&receipt).unwrap().receipts.remove(0);
        let mut draws = 0;
        let row = loop {
            match checker.step(scanned) {
                Ok(row) => break row,
                Err(back) => scanned = back,
            }
            draws += 1;
        };
        assert_eq!(draws, draw, "{recipe:?}");
        assert!(
            matches!(row.result, CheckResult::Checked { .. }),
            "{recipe:?}"
        );
        let again = checker.step(row.scanned);
        assert!(again.is_ok(), "it is made once");
        most = most.max(draws);
    }
    assert!(most > 0, "some take more than one draw");
}
