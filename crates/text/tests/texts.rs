//! What a person reads about a refusal and about a step of the history, word for word, and no gap left open.
//!
//! The expected texts are in `tests/golden`. After a change that is meant, `UPDATE_GOLDEN=1 cargo test --package text
//! --test texts` writes them anew; read the difference before you keep it.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers are shared; a test stops at the first surprise"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use Stage::{Archived, None as NoStage, Production, Staging};
use registry::Invalid;
use registry::invalid::{Limited, Named};
use registry::refusal::RemedyKind;
use registry::{
    Action, Alias, Command, ExerciseLimit, Log, MetricName, MetricValue, Refusal, RefusalKind,
    Registry, Replacement, RuleSet, Stage, TagKey, TagValue, TeamRule, json,
};
use text::Language;
use text::explain::{explain, way_in_short};
use text::narrate::{narrate, outcome};

use test_support::golden;
use test_support::make;

use golden::golden;
use make::*;

/// Declares what the variants of an enum are called: one of them, and all. The compiler finds one that is missing here.
macro_rules! variants {
    ($name:ident, $all:ident: $of:ident { $($variant:ident,)* }) => {
        const $all: &[&str] = &[$(stringify!($variant)),*];

        fn $name(of: &$of) -> &'static str {
            match of {
                $($of::$variant { .. } => stringify!($variant),)*
            }
        }
    };
}

fn string(text: &str) -> String {
    text.to_owned()
}

fn first_word(text: &str) -> String {
    text.chars()
        .take_while(|letter| letter.is_alphanumeric())
        .collect()
}

fn alias(name: &str) -> Alias {
    Alias::parse(name).unwrap()
}

variants!(invalid, INVALID: Invalid {
    NameMissing,
    NameCharacters,
    NotUniquePath,
    TooLong,
    AliasEmpty,
    AliasCharacters,
    AliasLatest,
    AliasLikeVersion,
    KeyCharacters,
    VersionNotInteger,
    StageUnknown,
    MetricNotANumber,
});
variants!(refusal_kind, REFUSAL_KINDS: RefusalKind {
    Invalid,
    ModelExists,
    ModelNotFound,
    NewNameBlank,
    VersionNotFound,
    VersionOrStageMissing,
    NothingInStage,
    StageBlank,
    StageNotActive,
    AliasNotFound,
    LatestNotFound,
    UriImproper,
    UriLoggedModel,
    NoVersions,
    CopySourceScheme,
    CopySource,
    NumbersUsedUp,
    NothingToUndo,
    NotYoursToUndo,
    NothingToRedo,
    NoSuchStep,
    LookingBack,
    ReadOnly,
    Team,
    ExerciseLimit,
});
variants!(way_out_kind, WAY_OUT_KINDS: RemedyKind {
    ArchiveLiveThenPromote,
    PromoteAndArchiveExisting,
    TestFirst,
    PullBack,
    Retire,
    RetireAll,
    ArchiveOthers,
    WithoutArchiving,
});
variants!(not_here, NOT_HERE: ExerciseLimit {
    Method,
    Alias,
    Tag,
    Target,
    Versions,
    Restore,
    Rules,
});
variants!(limited, LIMITED: Limited {
    ModelName,
    Alias,
    TagKey,
    TagValue,
    Text,
});
variants!(replacement, REPLACEMENTS: Replacement {
    Emptied,
    Sample,
    TakenIn,
});

/// A refusal of each kind but the team's.
fn plain_kinds() -> Vec<RefusalKind> {
    let uri = || string("models:/fraud-detector");
    let mut kinds = vec![
        RefusalKind::Invalid(Invalid::NameMissing),
        RefusalKind::Invalid(Invalid::NameCharacters {
            name: string("fraud/detector"),
        }),
        RefusalKind::Invalid(Invalid::NotUniquePath {
            of: Named::Model,
            name: string(".."),
        }),
        RefusalKind::Invalid(Invalid::NotUniquePath {
            of: Named::Key,
            name: string("a//b"),
        }),
        RefusalKind::ModelExists {
            name: model("fraud-detector"),
            on_rename: false,
        },
        RefusalKind::ModelExists {
            name: model("fraud-detector"),
            on_rename: true,
        },
        RefusalKind::ModelNotFound {
            name: model("fraud-detector"),
        },
        RefusalKind::NewNameBlank,
        RefusalKind::VersionNotFound {
            name: model("fraud-detector"),
            version: string("9"),
        },
        RefusalKind::Invalid(Invalid::VersionNotInteger {
            text: string("three"),
        }),
        RefusalKind::VersionOrStageMissing,
        RefusalKind::NothingInStage {
            stage: string("Staging"),
        },
        RefusalKind::StageBlank,
        RefusalKind::Invalid(Invalid::StageUnknown {
            stage: string("Prod"),
        }),
        RefusalKind::StageNotActive {
            stage: string("Archived"),
        },
        RefusalKind::Invalid(Invalid::AliasEmpty),
        RefusalKind::Invalid(Invalid::AliasCharacters {
            alias: string("my champion"),
        }),
        RefusalKind::Invalid(Invalid::AliasLatest),
        RefusalKind::Invalid(Invalid::AliasLikeVersion {
            alias: "v3".to_owned(),
        }),
        RefusalKind::AliasNotFound {
            alias: alias("champion"),
        },
        RefusalKind::LatestNotFound {
            name: model("fraud-detector"),
        },
        RefusalKind::Invalid(Invalid::KeyCharacters {
            key: string("owner?"),
        }),
        RefusalKind::UriImproper {
            uri: string("models:/a/b/c"),
        },
        RefusalKind::UriLoggedModel { uri: uri() },
        RefusalKind::NoVersions {
            name: model("fraud-detector"),
            stage: None,
        },
        RefusalKind::NoVersions {
            name: model("fraud-detector"),
            stage: Some(string("production")),
        },
        RefusalKind::CopySourceScheme {
            uri: string("s3://models/3"),
        },
        RefusalKind::CopySource {
            uri: string("models:/gone/3"),
            because: Box::new(RefusalKind::VersionNotFound {
                name: model("gone"),
                version: string("3"),
            }),
        },
        RefusalKind::Invalid(Invalid::MetricNotANumber {
            text: string("high"),
        }),
        RefusalKind::NumbersUsedUp {
            name: model("fraud-detector"),
        },
        RefusalKind::NothingToUndo,
        RefusalKind::NotYoursToUndo,
        RefusalKind::NothingToRedo,
        RefusalKind::NoSuchStep,
        RefusalKind::LookingBack,
        RefusalKind::ReadOnly,
        RefusalKind::ExerciseLimit(ExerciseLimit::Method {
            methods: vec!["transition_model_version_stage", "delete_model_version"],
        }),
        RefusalKind::ExerciseLimit(ExerciseLimit::Alias {
            aliases: vec![string("champion"), string("challenger")],
        }),
        RefusalKind::ExerciseLimit(ExerciseLimit::Tag {
            keys: vec![string("validation_status")],
        }),
        RefusalKind::ExerciseLimit(ExerciseLimit::Target {
            models: vec![string("prod.fraud-detector")],
        }),
        RefusalKind::ExerciseLimit(ExerciseLimit::Restore),
        RefusalKind::ExerciseLimit(ExerciseLimit::Rules),
        RefusalKind::ExerciseLimit(ExerciseLimit::Versions { at_most: 1 }),
    ];
    kinds.extend(
        [
            Limited::ModelName,
            Limited::Alias,
            Limited::TagKey,
            Limited::TagValue,
            Limited::Text,
        ]
        .map(|what| RefusalKind::Invalid(Invalid::TooLong { what, limit: 250 })),
    );
    kinds
}

/// Refusals with ways out as the registry itself gives them: what was set up, what was asked, what came of it.
fn given_refusals() -> Vec<Refusal> {
    let check = |setup: &[(u32, Stage)], versions: u32, command: Command| {
        let mut commands = vec![create_model("m")];
        commands.extend((0..versions).map(|_| create_version("m")));
        commands.extend(
            setup
                .iter()
                .map(|(number, stage)| move_to("m", *number, *stage)),
        );
        registry(&commands)
            .apply(&at(99, RuleSet::Guided), &command)
            .expect_err("a rule refuses it")
    };
    let delete = delete_version;
    vec![
        check(&[], 1, move_to("m", 1, Production)),
        check(&[(1, Production)], 1, move_to("m", 1, NoStage)),
        check(&[(1, Archived)], 1, move_to("m", 1, NoStage)),
        check(&[(1, Archived)], 1, move_to("m", 1, Production)),
        check(
            &[(1, Production), (2, Staging)],
            2,
            move_to("m", 2, Production),
        ),
        check(
            &[(1, Production), (2, Production), (3, Staging)],
            3,
            move_to("m", 3, Production),
        ),
        check(&[(1, Staging)], 1, move_to("m", 1, Staging)),
        check(
            &[(1, Staging), (2, Staging)],
            2,
            move_and_archive("m", 1, Staging),
        ),
        check(&[(1, Staging)], 1, move_and_archive("m", 1, Archived)),
        check(&[(1, Production)], 1, delete("m", 1)),
        check(&[(1, Production)], 1, delete_model("m")),
        check(
            &[(1, Production), (2, Production), (3, Production)],
            3,
            delete_model("m"),
        ),
    ]
}

fn refusals() -> Vec<Refusal> {
    let plain = plain_kinds().into_iter().map(Refusal::plain);
    plain.chain(given_refusals()).collect()
}

fn kind_of(refusal: &Refusal) -> String {
    match &refusal.kind {
        RefusalKind::Team(team) => format!("Team, {:?}", team.rule),
        RefusalKind::Invalid(of) => invalid(of).to_owned(),
        other => refusal_kind(other).to_owned(),
    }
}

/// Checks that every name of a list is found, each at least once.
fn all_are_found<'a>(all: &[&'a str], found: impl IntoIterator<Item = &'a str>) {
    let all: BTreeSet<&str> = all.iter().copied().collect();
    let found: BTreeSet<&str> = found.into_iter().collect();
    assert_eq!(found, all);
}

#[test]
fn every_kind_of_refusal_is_here() {
    let refusals = refusals();
    all_are_found(
        REFUSAL_KINDS,
        refusals.iter().map(|refusal| refusal_kind(&refusal.kind)),
    );
    let invalid = refusals.iter().filter_map(|refusal| match &refusal.kind {
        RefusalKind::Invalid(of) => Some(invalid(of)),
        _ => None,
    });
    all_are_found(INVALID, invalid);
    let rules = refusals.iter().filter_map(|refusal| match &refusal.kind {
        RefusalKind::Team(team) => Some(team.rule.as_str()),
        _ => None,
    });
    all_are_found(&TeamRule::ALL.map(TeamRule::as_str), rules);
    let remedies = refusals.iter().flat_map(|refusal| &refusal.remedies);
    all_are_found(WAY_OUT_KINDS, remedies.map(|way| way_out_kind(&way.kind)));
    let limits = refusals.iter().filter_map(|refusal| match &refusal.kind {
        RefusalKind::Invalid(Invalid::TooLong { what, .. }) => Some(limited(what)),
        _ => None,
    });
    all_are_found(LIMITED, limits);
    let exercises = refusals.iter().filter_map(|refusal| match &refusal.kind {
        RefusalKind::ExerciseLimit(why) => Some(not_here(why)),
        _ => None,
    });
    all_are_found(NOT_HERE, exercises);
}

#[test]
fn refusals_read_as_agreed() {
    let mut found = String::new();
    for refusal in refusals() {
        let words = explain(Language::English, &refusal);
        assert_eq!(words.remedies.len(), refusal.remedies.len());
        writeln!(found, "# {}", kind_of(&refusal)).unwrap();
        writeln!(found, "{}: {}", words.whose, words.rule).unwrap();
        writeln!(found, "  why: {}", words.why).unwrap();
        writeln!(found, "  do:  {}", words.advice).unwrap();
        for way in &words.remedies {
            writeln!(found, "  [{way}]").unwrap();
        }
        if let Some(says) = &words.mlflow_says {
            writeln!(found, "  MLflow says: {says}").unwrap();
        }
        found.push('\n');
    }
    golden("refusals.txt", &found);
}

#[test]
fn no_refusal_leaves_a_gap_or_says_nothing() {
    for refusal in refusals() {
        let words = explain(Language::English, &refusal);
        let all = [&words.rule, &words.why, &words.advice];
        for text in all.into_iter().chain(&words.remedies) {
            assert!(!text.contains(['{', '}']), "{}: {text}", kind_of(&refusal));
            assert!(
                !text.is_empty() && !text.contains("  "),
                "{}: “{text}”",
                kind_of(&refusal)
            );
        }
        for text in [&words.why, &words.advice] {
            assert!(text.ends_with('.'), "{}: {text}", kind_of(&refusal));
        }
    }
}

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
const SAVED: &str = include_str!("../../../tests/golden/records.jsonl");

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
        let told = outcome(Language::English, log.done().last().unwrap());
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
    and(move_to("m", 1, Production), "v1 is in Production.");
    and(move_to("m", 3, Production), "v3 is in Production.");
    and(
        move_and_archive("m", 4, Production),
        "v4 is in Production, and v1, v2 and v3 are archived.",
    );
}

/// What the buttons of a refusal on the board say: another text for each way out of the same refusal.
#[test]
fn ways_out_in_short() {
    let mut ways = BTreeSet::new();
    for refusal in refusals() {
        let words = refusal.remedies.iter();
        let words: Vec<String> = words
            .map(|way| way_in_short(Language::English, way))
            .collect();
        let different: BTreeSet<_> = words.iter().collect();
        assert_eq!(different.len(), words.len(), "{words:?}");
        ways.extend(words);
    }
    let expected = [
        "Archive v1",
        "Archive v1 and v2 first",
        "Archive v1 first",
        "Archive v1, v2 and v3",
        "Archive v2",
        "Both at once",
        "Move v1 alone",
        "Move v1 to Staging first",
        "Pull v1 back to Staging",
    ];
    assert_eq!(ways.into_iter().collect::<Vec<_>>(), expected);
}
