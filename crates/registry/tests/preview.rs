//! What a move would come to for those who use the model, said before it is made.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers are shared; a test stops where it is surprised"
)]

use Stage::{Archived, None as NoStage, Production, Staging};
use registry::query::Answer;
use registry::{Command, Registry, Replacement, RuleSet, Stage};

use test_support::make;

use make::*;

/// The model `m` with versions 1, 2, 3, … in these stages.
fn with(stages: &[Stage]) -> Registry {
    let mut commands = vec![create_model("m")];
    for (number, stage) in (1..).zip(stages) {
        commands.extend([create_version("m"), move_to("m", number, *stage)]);
    }
    registry(&commands)
}

fn show(answer: Answer) -> String {
    match answer {
        Answer::Nothing => "nothing".to_owned(),
        Answer::One(version) => format!("{version}"),
        Answer::Highest { answers, of } => format!("{answers} of {of}"),
    }
}

/// `archived [..], before → after`, and whether it warns that nothing will be live.
fn preview(registry: &Registry, command: &Command) -> String {
    let preview = registry.preview(&at(99, RuleSet::Mlflow), command).unwrap();
    let archived: Vec<u32> = preview
        .archived
        .iter()
        .map(|version| version.get())
        .collect();
    let warning = if preview.leaves_nothing_live() {
        "!"
    } else {
        ""
    };
    format!(
        "archives {archived:?}, {} to {}{warning}",
        show(preview.live_before),
        show(preview.live_after)
    )
}

#[test]
fn a_move_says_what_will_be_live() {
    let check = |stages: &[Stage], command: Command, expected: &str| {
        let registry = with(stages);
        let kept = registry.clone();
        assert_eq!(
            preview(&registry, &command),
            expected,
            "{stages:?} {command:?}"
        );
        assert_eq!(registry, kept, "looking changes nothing");
    };
    // Nothing to do with Production.
    check(
        &[NoStage],
        move_to("m", 1, Staging),
        "archives [], nothing to nothing",
    );
    check(
        &[Production, NoStage],
        move_to("m", 2, Staging),
        "archives [], 1 to 1",
    );
    check(
        &[Production, NoStage],
        move_to("m", 2, Archived),
        "archives [], 1 to 1",
    );
    // Into Production.
    check(
        &[Staging],
        move_to("m", 1, Production),
        "archives [], nothing to 1",
    );
    check(
        &[Production, Staging],
        move_to("m", 2, Production),
        "archives [], 1 to 2 of 2",
    );
    check(
        &[Staging, Production],
        move_to("m", 1, Production),
        "archives [], 2 to 2 of 2",
    );
    check(
        &[Production, Staging],
        move_and_archive("m", 2, Production),
        "archives [1], 1 to 2",
    );
    check(
        &[Staging, Production],
        move_and_archive("m", 1, Production),
        "archives [2], 2 to 1",
    );
    check(
        &[Production, Production, Staging, Production],
        move_and_archive("m", 3, Production),
        "archives [1, 2, 4], 4 of 3 to 3",
    );
    // Out of Production.
    check(
        &[Production],
        move_to("m", 1, Staging),
        "archives [], 1 to nothing!",
    );
    check(
        &[Production, Staging],
        move_to("m", 1, Archived),
        "archives [], 1 to nothing!",
    );
    check(
        &[Production, Production],
        move_to("m", 2, Archived),
        "archives [], 2 of 2 to 1",
    );
    check(
        &[Production, Production, Production],
        move_to("m", 1, NoStage),
        "archives [], 3 of 3 to 3 of 2",
    );
    // Where it was already.
    check(
        &[Production, Production],
        move_to("m", 1, Production),
        "archives [], 2 of 2 to 2 of 2",
    );
    check(
        &[Production, Production],
        move_and_archive("m", 1, Production),
        "archives [2], 2 of 2 to 1",
    );
    check(
        &[Production],
        move_and_archive("m", 1, Production),
        "archives [], 1 to 1",
    );
    // Archiving those in Staging does not touch what is live.
    check(
        &[Production, Staging, NoStage],
        move_and_archive("m", 3, Staging),
        "archives [2], 1 to 1",
    );
    check(
        &[Production, Staging],
        move_and_archive("m", 1, Staging),
        "archives [2], 1 to nothing!",
    );
}

#[test]
fn other_commands_say_it_too() {
    let check = |stages: &[Stage], command: Command, expected: &str| {
        assert_eq!(
            preview(&with(stages), &command),
            expected,
            "{stages:?} {command:?}"
        );
    };
    check(
        &[Production],
        delete_version("m", 1),
        "archives [], 1 to nothing!",
    );
    check(
        &[Production, Production],
        delete_version("m", 2),
        "archives [], 2 of 2 to 1",
    );
    check(
        &[Production, Staging],
        delete_version("m", 2),
        "archives [], 1 to 1",
    );
    check(
        &[Production],
        delete_model("m"),
        "archives [], 1 to nothing!",
    );
    check(
        &[Staging],
        delete_model("m"),
        "archives [], nothing to nothing",
    );
    check(&[Production], create_version("m"), "archives [], 1 to 1");
    check(&[Production], copy("m", 1, "n"), "archives [], 1 to 1");
    check(&[Production], rename("m", "n"), "archives [], 1 to 1");
    check(
        &[Production],
        set_alias("m", "champion", 1),
        "archives [], 1 to 1",
    );
    check(
        &[Production],
        set_version_tag("m", 1, "k", "v"),
        "archives [], 1 to 1",
    );
    check(
        &[Production],
        create_model("n"),
        "archives [], nothing to nothing",
    );
    check(
        &[Production],
        Command::ReplaceRegistry {
            with: Registry::default().into(),
            why: Replacement::Emptied,
        },
        "archives [], nothing to nothing",
    );
}

#[test]
fn what_would_be_refused_is_refused() {
    let check = |stages: &[Stage], command: Command| {
        let mut registry = with(stages);
        let context = at(99, RuleSet::Guided);
        let preview = registry.preview(&context, &command).unwrap_err();
        assert_eq!(
            preview,
            registry.apply(&context, &command).unwrap_err(),
            "{command:?}"
        );
    };
    check(&[NoStage], move_to("m", 1, Production));
    check(&[Production, Staging], move_to("m", 2, Production));
    check(&[Production], delete_version("m", 1));
    check(&[Production], move_to("m", 7, Staging));
    check(&[Production], delete_model("ghost"));
}
