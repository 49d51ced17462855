//! What holds of every text that comes in from outside: in the tests with what they make up, in `fuzz/` with what a fuzzer
//! finds. None panics; what is taken is written again and read as the same.
#![allow(dead_code, reason = "not everybody who shares this uses all of it")]

use lesson::exercise::receipt::{self, Of, Receipt};
use lesson::exercise::standalone::{self, Standalone};
use lesson::exercise::{Exercise, goal};
use lesson::letters::checksum;
use lesson::own;
use lesson::pack::{self, Pack};
use lesson::progress;
use registry::json::{self, FromJson};
use share::plan::Plan;
use share::route::Route;
use share::{Everything, file, limits, link, link_codec, table, task};
use storage::{KeyValue, MemoryStore, Vault, WorkspaceSnapshot};
use text::Language;
use text::goal as words;
use text::plain::plain;
use text::problem::problem;

/// A text as the fragment of an address, and as the text of a link to a registry or to an exercise.
pub fn is_a_link_or_none(text: &str) -> bool {
    let _ = Route::parse(text).to_string();
    let in_it = link_codec::in_text(text);
    if let Ok(found) = task::parse(in_it, &Route::is_page) {
        is_printed_again(&found);
        return true;
    }
    let Ok(snapshot) = link::parse(in_it) else {
        return false;
    };
    if let Some(again) = link::print(&snapshot) {
        assert_eq!(link::parse(&again).as_ref(), Ok(&snapshot), "{text}");
    }
    shown(&snapshot);
    true
}

/// What stands in a link, without its letters: so a fuzzer need not find the checksum.
pub fn is_a_whole_or_none(text: &str) -> bool {
    if limits::LINK.measure(text).is_err() {
        return false;
    }
    let Ok(value) = serde_json::from_str(text) else {
        return false;
    };
    let Ok(snapshot) = WorkspaceSnapshot::read(value, limits::LINK.weight) else {
        return false;
    };
    let again = json::read::<WorkspaceSnapshot>(&json::print(&snapshot));
    assert_eq!(again.as_ref(), Ok(&snapshot), "{text}");
    shown(&snapshot);
    true
}

/// What stands in a link to an exercise, without its letters.
pub fn is_a_task_or_none(text: &str) -> bool {
    if limits::LINK.measure(text).is_err() {
        return false;
    }
    match standalone::read(text, &Route::is_page) {
        Ok(found) => {
            is_printed_again(&found);
            true
        }
        Err(problems) => {
            assert!(!problems.is_empty(), "{text}");
            for found in &problems {
                let _ = problem(Language::English, found);
            }
            false
        }
    }
}

/// An exercise that came in is written again and read as the same, begins, and is judged. Of its pack only the sources
/// that it names go along.
fn is_printed_again(found: &Standalone) {
    let again = pack::standalone(&found.pack, &found.exercise);
    let read = standalone::read(&again, &Route::is_page).unwrap();
    assert_eq!(read.exercise, found.exercise, "{again}");
    assert_eq!(pack::standalone(&read.pack, &read.exercise), again);
    let task = &found.exercise.task;
    let log = task.log();
    let evaluated = goal::evaluate(task, &log);
    for (named, evaluated) in task.goal.iter().zip(&evaluated) {
        let _ = words::name(Language::English, task, named);
        let _ = words::reason(Language::English, task, evaluated);
    }
}

/// A text as a file that is chosen.
pub fn is_a_file_or_none(text: &str) -> bool {
    let _ = progress::from_file(text);
    let Ok(everything) = file::parse(text) else {
        return false;
    };
    let again = file::print(&everything);
    assert_eq!(file::parse(&again).as_ref(), Ok(&everything), "{text}");
    let plan = Plan::of(&everything, &Everything::default(), "own");
    assert_eq!(plan.new.len() + plan.same, everything.workspaces.len());
    let same = Plan::of(&everything, &everything, "own");
    assert!(same.new.is_empty() && same.is_nothing(), "{text}");
    true
}

/// A text as a receipt, as it is and with a checksum that fits: so a fuzzer need not find that.
pub fn is_a_receipt_or_none(text: &str) -> bool {
    let sealed = format!("ms1.{text}");
    let sealed = format!("{sealed}.{}", checksum(&sealed));
    let mut is_one = false;
    for text in [text, &sealed] {
        for part in text.split_whitespace() {
            let Ok(receipt) = Receipt::parse(part) else {
                continue;
            };
            is_one = true;
            assert_eq!(Receipt::parse(&receipt.to_string()).as_ref(), Ok(&receipt));
            // What no recipe makes is not looked for here: that takes a while, and is tried elsewhere.
            let _ = receipt.check(&|of| match of {
                Of::Exercise(_) => receipt::task_of(own_exercises(), of),
                Of::Recipe(_) => None,
            });
        }
    }
    is_one
}

fn own_exercises() -> &'static [Exercise] {
    &own_pack().exercises
}

/// The app's own exercises.
pub fn own_pack() -> &'static Pack {
    own::exercises().unwrap()
}

/// What stands in a store, a key and its value to a line (the first line break of a value is written as `\n`). The app
/// opens it, and opens it again as it was left.
pub fn is_loaded(text: &str) {
    let store = MemoryStore::new();
    for line in text.lines() {
        let Some((key, value)) = line.split_once('\t') else {
            continue;
        };
        let value = value.replacen("\\n", "\n", 1);
        store.set(key, &sealed(key, &value)).unwrap();
    }
    let (mut vault, _) = Vault::open(store.clone(), "");
    let _ = vault.inventory().unwrap();
    let ids: Vec<_> = vault
        .workspaces()
        .into_iter()
        .map(|known| known.id)
        .collect();
    let before: Vec<_> = ids.iter().map(|id| vault.load(id).unwrap()).collect();
    let (mut again, _) = Vault::open(store, "");
    for (id, before) in ids.iter().zip(before) {
        let after = again.load(id).unwrap();
        assert_eq!(after.log.registry(), before.log.registry(), "{text}");
    }
}

/// A value that begins with `ok ` gets the seal that its place asks for: so a fuzzer need not find the checksum.
fn sealed(key: &str, value: &str) -> String {
    let Some(body) = value.strip_prefix("ok ") else {
        return value.to_owned();
    };
    let version = storage::migrate::VERSION;
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in format!("ms{version} {key}\n{body}").bytes() {
        sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("ms{version} {sum:016x} {key}\n{body}")
}

/// Everything that is made of a registry that came in.
fn shown(snapshot: &WorkspaceSnapshot) {
    let table = table::table(snapshot.log.registry());
    assert!(table.ends_with("\r\n"));
    let text = plain(
        Language::English,
        snapshot.name.as_str(),
        &snapshot.log,
        &table::utc,
    );
    let is_broken = |letter: char| letter.is_control() && letter != '\n';
    assert!(!text.contains(is_broken), "{text:?}");
}

/// Reads a record.
pub fn is_a_record_or_none(text: &str) {
    if let Ok(value) = serde_json::from_str(text)
        && let Ok(record) = registry::Record::from_json(value)
    {
        assert_eq!(json::read(&json::print(&record)).as_ref(), Ok(&record));
    }
}
