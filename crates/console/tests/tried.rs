//! What steps that are tried on a copy would make of the board (`console::tried`).
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers are shared; a test stops where it is surprised"
)]

use Stage::{Archived, None as NoStage, Production, Staging};
use console::tried::{Becomes, Board, Card, ChangedField, Was, boards};
use registry::{Command, Log, Registry, RuleSet, Stage};

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

fn tried(before: &Registry, commands: &[Command]) -> Vec<Board> {
    let mut copy = Log::new(before.clone(), 7);
    for command in commands {
        copy.act(&at(99, RuleSet::Mlflow), command).unwrap();
    }
    boards(before, copy.registry(), copy.done())
}

fn word(was: Was) -> String {
    match was {
        Was::Same => String::new(),
        Was::New => "+".to_owned(),
        Was::Gone => "-".to_owned(),
        Was::In(stage) => format!("<{stage}"),
    }
}

fn show_card(card: &Card) -> String {
    let aliases = card.aliases.iter();
    let aliases = aliases.map(|(alias, was)| format!("@{alias}{}", word(*was)));
    let changes = card.changes.iter().map(|part| match part {
        ChangedField::Description => "*description".to_owned(),
        ChangedField::Tags => "*tags".to_owned(),
        ChangedField::Metrics => "*metrics".to_owned(),
    });
    let rest: String = aliases.chain(changes).collect();
    format!("{}{}{rest}", card.number, word(card.was))
}

/// A line for each board: what becomes of the model, then its columns from None to Archived.
fn shown(boards: &[Board]) -> Vec<String> {
    let line = |board: &Board| {
        let becomes = match &board.becomes {
            Becomes::Same => String::new(),
            Becomes::New => "+".to_owned(),
            Becomes::Gone => "-".to_owned(),
            Becomes::Renamed(was) => format!("<{was}"),
        };
        let columns = board.columns.iter().map(|column| {
            let mut cards: Vec<String> = column.cards.iter().map(show_card).collect();
            if column.more > 0 {
                cards.push(format!("({} more)", column.more));
            }
            cards.join(" ")
        });
        let columns: Vec<String> = columns.collect();
        let changes = board.changes.len();
        format!(
            "{}{becomes} {changes} | {}",
            board.name,
            columns.join(" | ")
        )
    };
    boards.iter().map(line).collect()
}

fn check(before: &Registry, commands: &[Command], expected: &[&str]) {
    assert_eq!(shown(&tried(before, commands)), expected, "{commands:?}");
}

#[test]
fn what_moves_is_told_with_where_it_was() {
    let before = with(&[Archived, Production, Staging, NoStage]);
    let commands = [move_and_archive("m", 3, Production)];
    check(
        &before,
        &commands,
        &["m 0 | 4 |  | 3<Staging | 2<Production 1"],
    );
    // To and fro is no change.
    let commands = [move_to("m", 3, Production), move_to("m", 3, Staging)];
    check(&before, &commands, &[]);
    let commands = [move_to("m", 4, Staging), move_to("m", 4, Archived)];
    check(&before, &commands, &["m 0 |  | 3 | 2 | 4<None 1"]);
}

#[test]
fn what_comes_and_goes_is_told() {
    let before = with(&[Archived, Production]);
    let commands = [
        create_version("m"),
        move_to("m", 3, Staging),
        delete_version("m", 1),
        set_alias("m", "champion", 3),
    ];
    check(&before, &commands, &["m 0 |  | 3+@champion | 2 | 1-"]);
    let commands = [create_model("n"), create_version("n")];
    check(&before, &commands, &["n+ 0 | 1+ |  |  | "]);
    check(&before, &[delete_model("m")], &["m- 0 |  |  | 2- | 1-"]);
    // One that was made and is gone again was never there.
    check(&before, &[create_model("n"), delete_model("n")], &[]);
    // The same name stands for another model then.
    let commands = [delete_model("m"), create_model("m"), create_version("m")];
    let expected = ["m- 0 |  |  | 2- | 1-", "m+ 0 | 1+ |  |  | "];
    check(&before, &commands, &expected);
}

#[test]
fn a_renamed_model_is_followed() {
    let before = with(&[Staging]);
    let commands = [
        rename("m", "n"),
        move_to("n", 1, Production),
        create_model("m"),
        rename("n", "o"),
    ];
    let expected = ["o<m 0 |  |  | 1<Staging | ", "m+ 0 |  |  |  | "];
    check(&before, &commands, &expected);
    check(&before, &[rename("m", "n"), rename("n", "m")], &[]);
}

#[test]
fn aliases_and_what_stands_on_a_version_are_told() {
    let before = registry(&[
        create_model("m"),
        create_version("m"),
        create_version("m"),
        set_alias("m", "a", 1),
        set_alias("m", "b", 1),
    ]);
    let commands = [set_alias("m", "a", 2), set_version_tag("m", 1, "k", "v")];
    check(&before, &commands, &["m 0 | 2@a+ 1@b@a-*tags |  |  | "]);
}

#[test]
fn much_that_stays_is_counted() {
    let before = with(&[NoStage; 9]);
    let commands = [move_to("m", 1, Staging)];
    check(&before, &commands, &["m 0 | 9 8 7 (5 more) | 1<None |  | "]);
    let commands: Vec<Command> = (1..10)
        .map(|number| move_to("m", number, Archived))
        .collect();
    let expected =
        ["m 0 |  |  |  | 9<None 8<None 7<None 6<None 5<None 4<None 3<None 2<None 1<None"];
    check(&before, &commands, &expected);
}
