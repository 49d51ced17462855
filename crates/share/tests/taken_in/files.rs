//! Files: everything comes back as it was, what would change is said before, and all or nothing is taken in.

use lesson::id::Id;
use lesson::progress::{Outcome, Progress};
use registry::json::{self, JsonError};
use registry::{FreeText, Log, RuleSet, Time};
use share::plan::Plan;
use share::{Everything, FileError, TooMuch, file};
use storage::{ClassPlan, ClassPlans, ConsoleMemory, Theme, WorkspaceSnapshot};

use super::{of, snapshot};

fn progress() -> Progress {
    let mut progress = Progress::default();
    progress.step_done("hook", Time(5));
    progress.answered("staging-for", Outcome::Right, None, Time(6));
    progress
}

fn console(lines: &[&str]) -> ConsoleMemory {
    let mut memory = ConsoleMemory::default();
    for line in lines {
        memory.remember(line);
    }
    memory
}

fn plans(id: &str) -> ClassPlans {
    let mut plans = ClassPlans::default();
    let mut plan = class::own::plan().unwrap().clone();
    plan.rename(id);
    plans.keep(ClassPlan {
        id: Id::parse(id).unwrap(),
        name: plan.name.clone(),
        text: json::print(&plan),
        at: Time(7),
    });
    plans
}

fn everything(seed: u64) -> Everything {
    let own = WorkspaceSnapshot {
        name: FreeText::default(),
        rules: RuleSet::Guided,
        created: Time(0),
        ..snapshot(seed, 20)
    };
    Everything {
        workspaces: vec![own, snapshot(seed + 1, 30), of(Log::default())],
        progress: Some(progress()),
        theme: Some(Theme::Dark),
        console: Some(console(&["show a", "undo"])),
        plans: Some(plans("monday")),
    }
}

#[test]
fn everything_comes_back_as_it_was() {
    for seed in 0..40 {
        let everything = everything(seed);
        let text = file::print(&everything);
        assert_eq!(file::parse(&text).as_ref(), Ok(&everything), "{seed}");
        // A text of some editors begins with a mark.
        assert_eq!(file::parse(&format!("\u{feff}{text}")), Ok(everything));
    }
}

#[test]
fn a_registry_alone_is_a_file_too() {
    let one = snapshot(9, 25);
    let text = file::print_one(&one);
    let read = file::parse(&text).unwrap();
    assert_eq!(read.workspaces, [one]);
    assert_eq!(
        (read.progress, read.theme, read.console, read.plans),
        (None, None, None, None)
    );
    assert!(text.contains("\"now\":["));
}

#[test]
fn what_is_no_file_says_why() {
    let check =
        |text: &str, expected: FileError| assert_eq!(file::parse(text), Err(expected), "{text}");
    check("", FileError::Foreign);
    check("hello", FileError::Foreign);
    check("{}", FileError::Foreign);
    check("[1]", FileError::Foreign);
    check(
        r#"{"format":"model-stages-progress","version":1}"#,
        FileError::Foreign,
    );
    check(r#"{"format":"model-stages"}"#, FileError::Foreign);
    check(
        r#"{"format":"model-stages","version":99}"#,
        FileError::Newer,
    );
    check(
        r#"{"format":"model-stages","version":1,"workspaces":[{}]}"#,
        FileError::Content(JsonError("history")),
    );
    check(
        r#"{"format":"model-stages","version":1,"settings":{"theme":"pink"}}"#,
        FileError::Content(JsonError("theme")),
    );
    check(
        r#"{"format":"model-stages","version":1,"class":{"plans":[{"id":"a","name":"","plan":"{}","at":1}]}}"#,
        FileError::Content(JsonError("class")),
    );
    check(&"[".repeat(40), FileError::TooMuch(TooMuch::Deep));
    check(&"x".repeat(25 << 20), FileError::TooMuch(TooMuch::Long));
    check(&",".repeat(2_000_001), FileError::TooMuch(TooMuch::Many));
}

#[test]
fn no_beginning_of_a_file_is_taken() {
    let text = file::print(&everything(3));
    let ends = text
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| at % 17 == 0);
    for end in ends {
        assert!(file::parse(&text[..end]).is_err(), "{end}");
    }
}

#[test]
fn what_would_change_is_said() {
    let here = everything(1);
    let plan = Plan::of(&here, &here, "Your own registry");
    assert!(plan.is_nothing() && plan.same == 3, "{plan:?}");

    let mut other = everything(50);
    other.theme = Some(Theme::Light);
    other.console = Some(console(&["undo", "list"]));
    other.plans = Some(plans("tuesday"));
    let plan = Plan::of(&other, &here, "Your own registry");
    let names: Vec<&str> = plan
        .new
        .iter()
        .map(|snapshot| snapshot.name.as_str())
        .collect();
    assert_eq!(names, ["Your own registry (2)", "Team a (2)"]);
    // The third has nothing in it, as here.
    assert_eq!(plan.same, 1);
    assert_eq!(plan.theme, Some(Theme::Light));
    assert_eq!(plan.progress, None);
    let (memory, new) = plan.console.unwrap();
    assert_eq!(
        (memory.lines(), new),
        (&["list", "show a", "undo"].map(str::to_owned)[..], 1)
    );

    let (kept, new) = plan.plans.unwrap();
    assert_eq!((kept.latest_first().len(), new), (2, 1));

    let nothing = Everything::default();
    let plan = Plan::of(&here, &nothing, "Your own registry");
    assert_eq!(plan.new.len(), 3);
    let (progress, brings) = plan.progress.unwrap();
    assert_eq!(Some(progress), here.progress);
    assert_eq!((brings.new_questions, brings.new_steps), (1, 1));
    assert!(Plan::of(&nothing, &here, "x").is_nothing());
}

/// Workspaces with these names, all with the same history, or with another one where it says so.
fn named(names: &[(&str, u64)]) -> Everything {
    let workspaces = names.iter().map(|(name, seed)| WorkspaceSnapshot {
        name: FreeText::parse(name).unwrap(),
        ..snapshot(*seed, 6)
    });
    Everything {
        workspaces: workspaces.collect(),
        ..Everything::default()
    }
}

/// Takes a file in, and gives the names that come and how many were here.
fn take_in(here: &mut Everything, file: &Everything) -> (Vec<String>, usize) {
    let plan = Plan::of(file, here, "Own");
    let names = plan.new.iter().map(|snapshot| snapshot.name.to_string());
    let names = names.collect();
    here.workspaces.extend(plan.new);
    (names, plan.same)
}

#[test]
fn registries_that_differ_by_name_alone_all_come_in() {
    let file: Vec<String> = (0..1_000).map(|number| format!("W{number}")).collect();
    let file: Vec<(&str, u64)> = file.iter().map(|name| (name.as_str(), 7)).collect();
    let file = named(&file);
    let mut here = Everything::default();
    let (names, same) = take_in(&mut here, &file);
    assert_eq!((names.len(), same), (1_000, 0));
    assert_eq!(names.last().map(String::as_str), Some("W999"));
    // Once more, nothing comes.
    assert_eq!(take_in(&mut here, &file), (Vec::new(), 1_000));
    assert!(Plan::of(&file, &here, "Own").is_nothing());
}

#[test]
fn what_is_here_is_told_by_name_and_history() {
    let check = |here: &[(&str, u64)], file: &[(&str, u64)], comes: &[&str], same: usize| {
        let mut here = named(here);
        let file = named(file);
        assert_eq!(
            take_in(&mut here, &file),
            (comes.iter().map(ToString::to_string).collect(), same)
        );
        let all = file.workspaces.len();
        assert_eq!(
            take_in(&mut here, &file),
            (Vec::new(), all),
            "the second time"
        );
    };
    // The same history under another name, and another history under the same name.
    check(&[("A", 1)], &[("B", 1)], &["B"], 0);
    check(&[("A", 1)], &[("A", 2)], &["A (2)"], 0);
    check(&[("A", 1)], &[("A", 1)], &[], 1);
    check(&[("", 1)], &[("", 2), ("", 1)], &["Own (2)"], 1);
    let (long, cut) = ("x".repeat(60), format!("{} (2)", "x".repeat(56)));
    check(&[(&long, 1)], &[(&long, 2)], &[&cut], 0);
    // Twice in one file.
    check(&[], &[("A", 1), ("A", 1)], &["A"], 1);
    check(&[], &[("A", 1), ("A", 2)], &["A", "A (2)"], 0);
    check(&[("A", 2)], &[("A", 1), ("A", 1)], &["A (2)"], 1);
    // One that is here stands for one of the file only.
    check(
        &[("A", 2), ("A (2)", 1)],
        &[("A", 1), ("A (2)", 1)],
        &["A (3)"],
        1,
    );
    check(
        &[("A", 2)],
        &[("A", 1), ("A (2)", 1)],
        &["A (3)", "A (2)"],
        0,
    );
    check(&[("A", 1)], &[("A", 1), ("A", 1)], &[], 2);
}
