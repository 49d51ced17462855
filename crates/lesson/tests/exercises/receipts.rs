//! Receipts: what is written is read again and run again, and whatever else is refused with its reason.

use std::fmt::Write as _;

use lesson::exercise::generate::{Purpose, Recipe};
use lesson::exercise::outcome::{Spare, outcome};
use lesson::exercise::receipt::{Of, Receipt, Refused, Unread, task_of};
use lesson::exercise::{ExerciseLimit, Task};
use lesson::pack::Id;
use lesson::round::Chance;
use registry::{Command, FreeText, Log, Metrics, RuleSet, Stage, TagKey, TagValue, Tags};
use text::{Language, exercise as words};

use super::make::*;
use super::support::*;

fn find(of: &Of) -> Option<Task> {
    task_of(exercises(), of)
}

pub fn id(id: &str) -> Of {
    Of::Exercise(Id::parse(id).unwrap())
}

/// The receipt of the solver's best way.
pub fn best(of: Of) -> Receipt {
    let task = find(&of).unwrap();
    let machine = machine(&task);
    let answer = solve(&machine, &task.log());
    let mut log = task.log();
    for command in &answer.best().unwrap().solution {
        assert!(act(&task, &mut log, command));
    }
    Receipt::new(of, &task, &log).unwrap()
}

#[test]
fn every_solution_has_a_receipt_that_runs_again() {
    let mut longest = 0;
    let made = Recipe::new(7, Purpose::Release, 4, 2, 1).unwrap();
    let all = exercises().iter().map(|it| Of::Exercise(it.id.clone()));
    for of in all.chain([Of::Recipe(made)]) {
        let receipt = best(of);
        let text = receipt.to_string();
        longest = longest.max(text.len());
        assert_eq!(Receipt::parse(&text).as_ref(), Ok(&receipt), "{text}");
        assert_eq!(
            Receipt::parse(&format!(" \n{text}\t")).as_ref(),
            Ok(&receipt)
        );
        let checked = receipt.check(&find).unwrap();
        assert!(checked.solved && checked.open.is_empty(), "{text}");
        assert_eq!(checked.steps, checked.par as usize, "{text}");
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.~".contains(letter);
        assert!(text.chars().all(is_plain), "{text}");
    }
    assert!(longest < 200, "{longest}");
}

/// A receipt that was handed out once is good for ever.
#[test]
fn receipts_do_not_change() {
    let mut all = String::new();
    for of in [
        id("first-promotion"),
        id("number-reuse"),
        id("who-broke-production"),
        id("separate-models"),
        Of::Recipe(Recipe::new(7, Purpose::Aliases, 3, 1, 1).unwrap()),
    ] {
        writeln!(all, "{}", best(of)).unwrap();
    }
    kept_for_ever("receipts.txt", &all);
}

/// Whatever is asked for by `UPDATE_GOLDEN`, nothing writes the files that handed-out links and receipts rely on.
#[test]
fn what_people_have_kept_is_never_written_anew() {
    let folder = test_support::kept("golden");
    for name in ["generated.txt", "receipts.txt", "records.jsonl"] {
        let before = std::fs::read(folder.join(name)).unwrap();
        for compare in [golden, kept_for_ever] {
            let refused = std::panic::catch_unwind(|| compare(name, "something else"));
            assert!(refused.is_err(), "{name}");
        }
        assert_eq!(std::fs::read(folder.join(name)).unwrap(), before, "{name}");
    }
    let missing = std::panic::catch_unwind(|| kept_for_ever("not-there.txt", ""));
    assert!(missing.is_err() && !folder.join("not-there.txt").exists());
}

#[test]
fn an_unfinished_way_is_told_with_what_is_open() {
    let of = id("reject-a-candidate");
    let task = find(&of).unwrap();
    let mut log = task.log();
    assert!(act(
        &task,
        &mut log,
        &move_and_archive("fraud-detector", 2, Stage::Production)
    ));
    let receipt = Receipt::new(of, &task, &log).unwrap();
    let checked = receipt.check(&find).unwrap();
    assert_eq!(
        (checked.solved, checked.steps, checked.open),
        (false, 1, vec![1])
    );
    // What was taken back is not in it.
    log.undo().unwrap();
    let receipt = Receipt::new(id("reject-a-candidate"), &task, &log).unwrap();
    assert_eq!(receipt.steps, []);
}

#[test]
fn whatever_was_changed_is_refused_with_its_reason() {
    let good = best(id("bad-release")).to_string();
    let check = |text: &str, expected: Unread| {
        assert_eq!(Receipt::parse(text), Err(expected), "{text}");
    };
    check("", Unread::Empty);
    check("  \n", Unread::Empty);
    check("hello", Unread::NotOne);
    check("ms", Unread::NotOne);
    check("msx.a.b.c", Unread::NotOne);
    check("ms0.a.b.c", Unread::NotOne);
    check("ms2.a.b.c", Unread::Newer { version: 2 });
    check("ms1", Unread::NotOne);
    check("ms1.", Unread::Damaged);
    check("ms1.first-promotion", Unread::Damaged);
    check(&"m".repeat(8_001), Unread::TooLong);
    check(&good.replace("bad-release", "test-again"), Unread::Damaged);
    check(&good[..good.len() - 1], Unread::Damaged);
    check(&format!("{good}A"), Unread::Damaged);
    check(&good.to_uppercase().replace("MS1", "ms1"), Unread::Damaged);
    // Each single letter, changed to another one.
    for at in 4..good.len() {
        for other in ["A", "b", "7", "-", "_"] {
            let changed = format!("{}{other}{}", &good[..at], &good[at + 1..]);
            if changed != good {
                assert_eq!(Receipt::parse(&changed), Err(Unread::Damaged), "{changed}");
            }
        }
    }
}

fn receipt(of: Of, rules: RuleSet, steps: Vec<Command>) -> Receipt {
    Receipt { of, rules, steps }
}

/// Who can compute the checksum can write anything; then the run says what is wrong.
#[test]
fn what_does_not_follow_is_refused_with_its_reason() {
    let text = Language::English;
    let mut all = String::new();
    let mut check = |receipt: Receipt, expected: &dyn Fn(&Refused) -> bool| {
        let read = Receipt::parse(&receipt.to_string()).unwrap();
        assert_eq!(read, receipt);
        let refused = read.check(&find).unwrap_err();
        assert!(expected(&refused), "{refused:?}");
        writeln!(all, "{}", words::refused(text, &refused)).unwrap();
    };
    let promote = || move_to("fraud-detector", 1, Stage::Production);
    let submit = || move_to("fraud-detector", 1, Stage::Staging);
    let first = || id("first-promotion");
    check(
        receipt(id("nowhere"), RuleSet::Guided, vec![]),
        &|refused| matches!(refused, Refused::NoExercise { .. }),
    );
    check(receipt(first(), RuleSet::Mlflow, vec![]), &|refused| {
        matches!(refused, Refused::OtherRules { .. })
    });
    check(
        receipt(id("two-live-versions"), RuleSet::Guided, vec![]),
        &|refused| matches!(refused, Refused::OtherRules { .. }),
    );
    check(
        receipt(first(), RuleSet::Guided, vec![promote()]),
        &|refused| matches!(refused, Refused::Step { step: 1, .. }),
    );
    check(
        receipt(first(), RuleSet::Guided, vec![submit(), submit()]),
        &|refused| matches!(refused, Refused::Step { step: 2, .. }),
    );
    let delete = Command::DeleteModelVersion {
        name: model("fraud-detector"),
        version: version(2),
    };
    check(
        receipt(first(), RuleSet::Guided, vec![submit(), delete]),
        &|refused| {
            matches!(
                refused,
                Refused::ExerciseLimit {
                    step: 2,
                    why: ExerciseLimit::Method { .. }
                }
            )
        },
    );
    let tag = |key: &str| Command::SetRegisteredModelTag {
        name: model("fraud-detector"),
        key: TagKey::parse(key).unwrap(),
        value: TagValue::parse("x").unwrap(),
    };
    let of = id("who-broke-production");
    check(
        receipt(of, RuleSet::Mlflow, vec![tag("incident_by"), tag("other")]),
        &|refused| {
            matches!(
                refused,
                Refused::ExerciseLimit {
                    step: 2,
                    why: ExerciseLimit::Tag { .. }
                }
            )
        },
    );
    let copy = |version_: u32, to: &str| Command::CopyModelVersion {
        name: model("dev.fraud"),
        version: version(version_),
        dst_name: model(to),
    };
    let of = || id("separate-models");
    check(
        receipt(of(), RuleSet::Mlflow, vec![copy(2, "dev.fraud")]),
        &|refused| {
            matches!(
                refused,
                Refused::ExerciseLimit {
                    step: 1,
                    why: ExerciseLimit::Target { .. }
                }
            )
        },
    );
    let twice = vec![copy(2, "prod.fraud"), copy(3, "prod.fraud")];
    check(receipt(of(), RuleSet::Mlflow, twice), &|refused| {
        matches!(
            refused,
            Refused::ExerciseLimit {
                step: 2,
                why: ExerciseLimit::Versions { at_most: 1 }
            }
        )
    });
    let alias = Command::SetRegisteredModelAlias {
        name: model("prod.fraud"),
        alias: registry::Alias::parse("other").unwrap(),
        version: version(1),
    };
    check(receipt(of(), RuleSet::Mlflow, vec![alias]), &|refused| {
        matches!(
            refused,
            Refused::ExerciseLimit {
                step: 1,
                why: ExerciseLimit::Alias { .. }
            }
        )
    });
    for unread in [
        Unread::Empty,
        Unread::NotOne,
        Unread::Newer { version: 2 },
        Unread::TooLong,
        Unread::Damaged,
        Unread::Broken,
    ] {
        writeln!(all, "{}", words::unread(text, &unread)).unwrap();
    }
    golden("receipts_refused.txt", &all);
}

#[test]
fn what_no_exercise_allows_has_no_receipt() {
    let of = || id("first-promotion");
    let task = find(&of()).unwrap();
    let mut log = task.log();
    let described = Command::UpdateRegisteredModel {
        name: model("fraud-detector"),
        description: FreeText::default(),
    };
    assert!(act(&task, &mut log, &described));
    assert_eq!(Receipt::new(of(), &task, &log), None);
    let mut log: Log = task.log();
    log.restore(&task.context(&log), 0).unwrap();
    assert_eq!(Receipt::new(of(), &task, &log), None);
    // A text that is too long for a receipt.
    let mut log = task.log();
    let long = Command::CreateModelVersion {
        name: model("fraud-detector"),
        source: FreeText::parse(&"x".repeat(9_000)).unwrap(),
        description: FreeText::default(),
        tags: Tags::new(),
        metrics: Metrics::new(),
    };
    assert!(act(&task, &mut log, &long));
    assert_eq!(Receipt::new(of(), &task, &log), None);
}

/// A random text, some of it built from the pieces of good receipts, with a fitting checksum now and then.
fn random(chance: &mut Chance, good: &[String]) -> String {
    let letters = b"ABCDwxyz0189-_.~ms1 \n=\"\xc3";
    let noise = |chance: &mut Chance, most: usize| -> String {
        let bytes: Vec<u8> = (0..chance.below(most))
            .map(|_| match chance.below(8) {
                0 => (chance.next() & 0xFF) as u8,
                _ => letters[chance.below(letters.len())],
            })
            .collect();
        String::from_utf8_lossy(&bytes).into_owned()
    };
    match chance.below(5) {
        0 => noise(chance, 120),
        1 => format!("ms1.{}", noise(chance, 80)),
        2 => {
            let text = &good[chance.below(good.len())];
            let at = chance.below(text.len());
            format!("{}{}{}", &text[..at], noise(chance, 4), &text[at..])
        }
        _ => {
            // The checksum fits: what stands before it has to be refused by those who read it.
            let text = &good[chance.below(good.len())];
            let (before, _) = text.rsplit_once('.').unwrap();
            let (head, packed) = before.rsplit_once('.').unwrap();
            let mut packed = packed.as_bytes().to_vec();
            for _ in 0..=chance.below(3) {
                let at = chance.below(packed.len());
                match chance.below(3) {
                    0 => packed.truncate(at.max(1)),
                    1 => packed[at] = letters[chance.below(16)],
                    _ => packed.insert(at, letters[chance.below(16)]),
                }
            }
            sealed(&format!("{head}.{}", String::from_utf8(packed).unwrap()))
        }
    }
}

/// A text with its checksum, computed here a second time.
fn sealed(text: &str) -> String {
    let mut sum = u32::MAX;
    for byte in text.bytes() {
        for bit in 0..8 {
            let one = (sum ^ u32::from(byte) >> bit) & 1;
            sum = sum >> 1 ^ if one == 1 { 0xEDB8_8320 } else { 0 };
        }
    }
    let bytes = (!sum).to_be_bytes();
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits = bytes
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
    let mut bits: Vec<u8> = bits.collect();
    bits.resize(36, 0);
    let code: String = bits
        .chunks(6)
        .map(|six| six.iter().fold(0, |sum, bit| sum << 1 | bit))
        .map(|six| char::from(letters[six as usize]))
        .collect();
    format!("{text}.{code}")
}

/// A million texts, each read or refused. Nothing else is done with them, so that it takes seconds.
#[test]
fn a_million_texts_do_not_panic() {
    let good: Vec<String> = exercises()
        .iter()
        .map(|exercise| best(Of::Exercise(exercise.id.clone())).to_string())
        .collect();
    let mut chance = Chance::new(7);
    let (mut read, mut unread) = (0, 0);
    for _ in 0..1_000_000 {
        match Receipt::parse(&random(&mut chance, &good)) {
            Ok(_) => read += 1,
            Err(_) => unread += 1,
        }
    }
    assert!(read > 5_000 && unread > 5_000, "{read} {unread}");
}

/// No text panics, wherever it is pasted. `RECEIPTS=1000000` tries a million; what is read is also run.
#[test]
fn any_text_is_read_or_refused() {
    let count = std::env::var("RECEIPTS").ok();
    let count = count.and_then(|count| count.parse().ok()).unwrap_or(20_000);
    let good: Vec<String> = exercises()
        .iter()
        .map(|exercise| best(Of::Exercise(exercise.id.clone())).to_string())
        .collect();
    assert_eq!(sealed(good[0].rsplit_once('.').unwrap().0), good[0]);
    let mut chance = Chance::new(42);
    let (mut read, mut broken) = (0, 0);
    for _ in 0..count {
        let text = random(&mut chance, &good);
        super::pasted::is_total(&text);
        match Receipt::parse(&text) {
            Ok(receipt) => {
                read += 1;
                let _ = receipt.check(&find);
                assert_eq!(Receipt::parse(&receipt.to_string()), Ok(receipt));
            }
            Err(Unread::Broken) => broken += 1,
            Err(_) => {}
        }
    }
    assert!(read > count / 200 && broken > count / 20, "{read} {broken}");
}

/// What would have saved steps is found, and nothing is said where nothing could be saved.
#[test]
fn the_result_says_what_would_have_saved_steps() {
    let text = Language::English;
    let check = |id: &str, steps: &[Command], expected: Option<Spare>, said: &str| {
        let task = &exercise(id).task;
        let machine = machine(task);
        let answer = solve(&machine, &task.log());
        let mut log = task.log();
        for step in steps {
            assert!(act(task, &mut log, step), "{step:?}");
        }
        let outcome = outcome(task, &machine, &log, answer.best().unwrap());
        assert!(outcome.solved, "{id}");
        assert_eq!(outcome.spare, expected, "{id}");
        assert_eq!(words::outcome(text, &outcome), said);
    };
    let m = "fraud-detector";
    let point = |alias: &str, number: u32| Command::SetRegisteredModelAlias {
        name: model(m),
        alias: registry::Alias::parse(alias).unwrap(),
        version: version(number),
    };
    let unpoint = |alias: &str| Command::DeleteRegisteredModelAlias {
        name: model(m),
        alias: registry::Alias::parse(alias).unwrap(),
    };
    check(
        "test-again",
        &[
            move_to(m, 2, Stage::Staging),
            move_to(m, 3, Stage::Archived),
            move_and_archive(m, 2, Stage::Production),
        ],
        Some(Spare::ArchiveExisting {
            model: model(m),
            versions: vec![version(3)],
        }),
        "Your way: 3 steps. The shortest way: 2, because `archive_existing_versions` does both at once: it archives v3 in the same step.",
    );
    check(
        "test-again",
        &[
            move_and_archive(m, 2, Stage::Staging),
            move_and_archive(m, 2, Stage::Production),
        ],
        None,
        "2 steps: the shortest way.",
    );
    check(
        "champion-and-challenger",
        &[
            point("champion", 1),
            unpoint("champion"),
            point("champion", 2),
            point("challenger", 3),
        ],
        Some(Spare::AliasMoves {
            alias: registry::Alias::parse("champion").unwrap(),
        }),
        "Your way: 4 steps. The shortest way: 2, because setting `@champion` moves it, so it need not be deleted first.",
    );
    check(
        "champion-and-challenger",
        &[
            point("champion", 2),
            point("champion", 2),
            point("challenger", 3),
        ],
        Some(Spare::Idle { step: 2 }),
        "Your way: 3 steps. The shortest way: 2, because step 2 changed nothing that matters here.",
    );
    check(
        "first-promotion",
        &[
            move_to(m, 2, Stage::Staging),
            move_to(m, 2, Stage::None),
            move_to(m, 1, Stage::Staging),
            move_to(m, 1, Stage::Production),
        ],
        Some(Spare::Detour { first: 1, last: 2 }),
        "Your way: 4 steps. The shortest way: 2, because steps 1 to 2 led back to the same state.",
    );
    check(
        "champion-and-challenger",
        &[
            point("champion", 1),
            point("champion", 2),
            point("challenger", 3),
        ],
        None,
        "Your way: 3 steps. The shortest way: 2.",
    );
}
