//! What a person reads about a step of the history.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use Stage::{None as NoStage, Production, Staging};
use registry::{
    Action, Command, Log, MetricName, MetricValue, Registry, Replacement, RuleSet, Stage, TagKey,
    TagValue, json,
};
use test_support::golden::golden;
use test_support::make::*;
use text::Language;
use text::narrate::{narrate, outcome};

use super::{alias, all_are_found, string, variants};

fn first_word(text: &str) -> String {
    text.chars()
        .take_while(|letter| letter.is_alphanumeric())
        .collect()
}

variants!(replacement, REPLACEMENTS: Replacement {
    Emptied,
    Sample,
    TakenIn,
});

/// Commands of every kind, each of which is accepted after those before it.
fn story() -> Vec<Command> {
    let metric = |key: &str, value: &str| Command::LogMetric {
        name: model("fraud-detector"),
        version: version(1),
        key: MetricName::parse(key).unwrap(),
        value: MetricValue::parse(value).unwrap(),
    };
    let name = || model("fraud-detector");
    let key = |text: &str| TagKey::parse(text).unwrap();
    let model_tag = |text: &str| Command::SetRegisteredModelTag {
        name: name(),
        key: key("owner"),
        value: TagValue::parse(text).unwrap(),
    };
    let untag_model = || Command::DeleteRegisteredModelTag {
        name: name(),
        key: key("owner"),
    };
    let untag_version = || Command::DeleteModelVersionTag {
        name: name(),
        version: version(1),
        key: key("validation_status"),
    };
    let unalias = || Command::DeleteRegisteredModelAlias {
        name: name(),
        alias: alias("champion"),
    };
    let empty = || Arc::new(Registry::default());
    vec![
        create_model("fraud-detector"),
        Command::UpdateRegisteredModel {
            name: name(),
            description: text("Scores payments."),
        },
        model_tag("payments"),
        model_tag("risk"),
        untag_model(),
        untag_model(),
        create_version("fraud-detector"),
        create_version("fraud-detector"),
        create_version("fraud-detector"),
        Command::UpdateModelVersion {
            name: name(),
            version: version(1),
            description: text("First."),
        },
        set_version_tag("fraud-detector", 1, "validation_status", "passed"),
        untag_version(),
        untag_version(),
        metric("recall", "0.91"),
        move_to("fraud-detector", 1, Staging),
        move_to("fraud-detector", 1, Staging),
        move_to("fraud-detector", 1, Production),
        set_alias("fraud-detector", "champion", 1),
        set_alias("fraud-detector", "champion", 1),
        move_and_archive("fraud-detector", 2, Production),
        set_alias("fraud-detector", "champion", 2),
        unalias(),
        unalias(),
        move_to("fraud-detector", 1, Production),
        move_and_archive("fraud-detector", 3, Production),
        move_to("fraud-detector", 3, NoStage),
        copy("fraud-detector", 2, "fraud-detector-eu"),
        rename("fraud-detector-eu", "fraud-eu"),
        delete_version("fraud-detector", 2),
        delete_model("fraud-eu"),
        Command::ReplaceRegistry {
            with: empty(),
            why: Replacement::Emptied,
        },
        Command::ReplaceRegistry {
            with: empty(),
            why: Replacement::Sample,
        },
        Command::ReplaceRegistry {
            with: empty(),
            why: Replacement::TakenIn,
        },
    ]
}

/// A saved command of every kind: what the story leaves out is told of these.
const SAVED: &str = include_str!("../../../../tests/golden/records.jsonl");

/// The history of the story, with what was done and what is said of it; then what only the saved records do. Restored moments
/// come last.
fn told() -> Vec<(String, String)> {
    let mut log = Log::default();
    let mut told = Vec::new();
    for (moment, command) in (1..).zip(story()) {
        log.act(&at(moment, RuleSet::Mlflow), &command)
            .unwrap_or_else(|refusal| panic!("{command:?}: {}", refusal.kind));
        let entry = log.done().last().unwrap();
        told.push((
            first_word(&format!("{command:?}")),
            narrate(Language::English, entry),
        ));
    }
    let mut saved = Log::default();
    for line in SAVED.lines().filter(|line| line.contains(r#""do":"#)) {
        saved.replay(&json::read(line).unwrap()).unwrap();
        let entry = saved.done().last().unwrap();
        let Action::Do(command) = &entry.action else {
            continue;
        };
        let kind = first_word(&format!("{command:?}"));
        if told.iter().all(|(known, _)| *known != kind) {
            told.push((kind, narrate(Language::English, entry)));
        }
    }
    for step in [7, 0] {
        log.restore(&at(99, RuleSet::Mlflow), step).unwrap();
        told.push((
            string("Restore"),
            narrate(Language::English, log.done().last().unwrap()),
        ));
    }
    told
}

#[test]
fn every_kind_of_command_is_told() {
    let found: BTreeSet<String> = told().into_iter().map(|(kind, _)| kind).collect();
    let camel = |method: &str| {
        let words = method.split('_').map(|word| {
            let (first, rest) = word.split_at(1);
            first.to_uppercase() + rest
        });
        words.collect::<String>()
    };
    let methods = Command::METHODS.iter().map(|method| camel(method));
    let others = ["ReplaceRegistry", "Restore"].map(string);
    assert_eq!(found, methods.chain(others).collect());
    let story = story();
    let replaced = story.iter().filter_map(|command| match command {
        Command::ReplaceRegistry { why, .. } => Some(replacement(why)),
        _ => None,
    });
    all_are_found(REPLACEMENTS, replaced);
}

#[test]
fn the_history_reads_as_agreed() {
    let mut found = String::new();
    for (kind, sentence) in told() {
        writeln!(found, "{kind}: {sentence}").unwrap();
    }
    golden("narration.txt", &found);
}

#[test]
fn no_step_leaves_a_gap() {
    for (kind, sentence) in told() {
        assert!(!sentence.contains(['{', '}']), "{kind}: {sentence}");
        assert!(
            sentence.ends_with(['.', '”']) && !sentence.contains("  "),
            "{kind}: {sentence}"
        );
    }
}

#[test]
fn what_somebody_wrote_is_no_template() {
    // A name with braces is told as it is.
    assert_eq!(
        Language::English
            .events()
            .created_model(&model("{version}")),
        "Registered the model {version}."
    );
}

/// What is said in the moment after a step.
#[test]
fn a_move_is_told_in_few_words() {
    let check = |commands: &[Command], expected: &str| {
        let mut log = Log::default();
        for (moment, command) in (1..).zip(commands) {
            log.act(&at(moment, RuleSet::Mlflow), command).unwrap();
        }
        let told = outcome(
            Language::English,
            log.done().last().unwrap(),
            log.registry(),
        );
        assert_eq!(told, expected);
    };
    let mut commands = vec![create_model("m")];
    commands.extend((0..4).map(|_| create_version("m")));
    check(&commands, "Added version 4 of m.");
    let mut and = |command: Command, expected: &str| {
        commands.push(command);
        check(&commands, expected);
    };
    and(move_to("m", 1, Production), "v1 is in Production.");
    let moved_again = "Moved m version 1 to Production, where it was already.";
    and(move_to("m", 1, Production), moved_again);
    and(
        move_and_archive("m", 2, Production),
        "v2 is in Production, and v1 is archived.",
    );
    and(
        move_to("m", 1, Production),
        "v1 is in Production, but an app that asks for Production still gets v2: it has the higher number.",
    );
    and(move_to("m", 3, Production), "v3 is in Production.");
    and(move_to("m", 3, Staging), "v3 is in Staging.");
    and(move_to("m", 3, Production), "v3 is in Production.");
    and(
        move_and_archive("m", 4, Production),
        "v4 is in Production, and v1, v2 and v3 are archived.",
    );
}
