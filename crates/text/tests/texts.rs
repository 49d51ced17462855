//! What a person reads about a refusal and about a step of the history, word for word, and no gap left open.
//!
//! The expected texts are in `tests/golden`. After a change that is meant, `UPDATE_GOLDEN=1 cargo test
//! --no-default-features --test texts` writes them anew; read the difference before you keep it.
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
use std::path::Path;
use std::sync::Arc;

use Stage::{Archived, None as NoStage, Production, Staging};
use registry::refusal::{Limited, Named};
use registry::{
    Action, Alias, Command, Log, MetricName, MetricValue, NotHere, Refusal, RefusalKind, Registry,
    Replacement, RuleSet, Stage, TagKey, TagValue, TeamRule, json,
};
use text::explain::explain;
use text::narrate::narrate;
use text::{Language, fill};

use test_support::golden;
use test_support::make;

use golden::golden;
use make::*;

/// The variants of an enum, read from its source: the compiler does not let a test outside of the crate ask.
fn variants(source: &str, name: &str) -> BTreeSet<String> {
    let (_, after) = source.split_once(&format!("pub enum {name} {{\n")).unwrap();
    let (body, _) = after.split_once("\n}\n").unwrap();
    body.lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.starts_with(|first: char| first.is_ascii_uppercase()))
        .map(first_word)
        .collect()
}

fn first_word(text: &str) -> String {
    text.chars()
        .take_while(|letter| letter.is_alphanumeric())
        .collect()
}

fn string(text: &str) -> String {
    text.to_owned()
}

fn alias(name: &str) -> Alias {
    Alias::parse(name).unwrap()
}

/// A refusal of each kind but the team's.
fn plain_kinds() -> Vec<RefusalKind> {
    let uri = || string("models:/fraud-detector");
    let mut kinds = vec![
        RefusalKind::NameMissing,
        RefusalKind::NameCharacters {
            name: string("fraud/detector"),
        },
        RefusalKind::NotUniquePath {
            of: Named::Model,
            name: string(".."),
        },
        RefusalKind::NotUniquePath {
            of: Named::Key,
            name: string("a//b"),
        },
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
        RefusalKind::VersionNotInteger {
            text: string("three"),
        },
        RefusalKind::VersionOrStageMissing,
        RefusalKind::NothingInStage {
            stage: string("Staging"),
        },
        RefusalKind::StageBlank,
        RefusalKind::StageUnknown {
            stage: string("Prod"),
        },
        RefusalKind::StageNotActive {
            stage: string("Archived"),
        },
        RefusalKind::AliasEmpty,
        RefusalKind::AliasCharacters {
            alias: string("my champion"),
        },
        RefusalKind::AliasLatest,
        RefusalKind::AliasLikeVersion { alias: alias("v3") },
        RefusalKind::AliasNotFound {
            alias: alias("champion"),
        },
        RefusalKind::LatestNotFound {
            name: model("fraud-detector"),
        },
        RefusalKind::KeyCharacters {
            key: string("owner?"),
        },
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
        RefusalKind::MetricNotANumber {
            text: string("high"),
        },
        RefusalKind::NumbersUsedUp {
            name: model("fraud-detector"),
        },
        RefusalKind::NothingToUndo,
        RefusalKind::NotYoursToUndo,
        RefusalKind::NothingToRedo,
        RefusalKind::NoSuchStep,
        RefusalKind::LookingBack,
        RefusalKind::ReadOnly,
        RefusalKind::NotHere(NotHere::Method {
            methods: vec!["transition_model_version_stage", "delete_model_version"],
        }),
        RefusalKind::NotHere(NotHere::Restore),
        RefusalKind::NotHere(NotHere::Rules),
        RefusalKind::NotHere(NotHere::Versions { at_most: 1 }),
    ];
    kinds.extend(
        [
            Limited::ModelName,
            Limited::Alias,
            Limited::TagKey,
            Limited::TagValue,
            Limited::Text,
        ]
        .map(|what| RefusalKind::TooLong { what, limit: 250 }),
    );
    kinds
}

/// Refusals by the team's rules as the registry itself gives them: what was set up, what was asked, what came of it.
fn team_refusals() -> Vec<Refusal> {
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
            .expect_err("a team rule refuses it")
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
    plain.chain(team_refusals()).collect()
}

fn kind_of(refusal: &Refusal) -> String {
    match &refusal.kind {
        RefusalKind::Team(team) => format!("Team, {:?}", team.rule),
        other => first_word(&format!("{other:?}")),
    }
}

#[test]
fn every_kind_of_refusal_is_here() {
    let source = include_str!("../../registry/src/refusal.rs");
    let found: BTreeSet<String> = refusals()
        .iter()
        .map(|refusal| first_word(&kind_of(refusal)))
        .collect();
    assert_eq!(found, variants(source, "RefusalKind"));
    let rules: BTreeSet<TeamRule> = refusals()
        .iter()
        .filter_map(|refusal| match &refusal.kind {
            RefusalKind::Team(team) => Some(team.rule),
            _ => None,
        })
        .collect();
    assert_eq!(rules, TeamRule::ALL.into_iter().collect());
}

#[test]
fn refusals_read_as_agreed() {
    let mut found = String::new();
    for refusal in refusals() {
        let words = explain(Language::English, &refusal);
        assert_eq!(words.ways_out.len(), refusal.ways_out.len());
        writeln!(found, "# {}", kind_of(&refusal)).unwrap();
        writeln!(found, "{}: {}", words.whose, words.rule).unwrap();
        writeln!(found, "  why: {}", words.why).unwrap();
        writeln!(found, "  do:  {}", words.advice).unwrap();
        for way in &words.ways_out {
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
        for text in all.into_iter().chain(&words.ways_out) {
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
        fill(
            Language::English.events().created_model,
            &[("name", &model("{version}"))]
        ),
        "Registered the model {version}."
    );
}

/// The gaps of a template.
fn gaps(template: &str) -> BTreeSet<&str> {
    template
        .split('{')
        .skip(1)
        .map(|after| after.split_once('}').expect(template).0)
        .collect()
}

/// The one-line declarations of a file of texts: name and template.
fn templates(source: &str) -> Vec<(&str, &str)> {
    source
        .lines()
        .filter_map(|line| {
            let (name, value) = line.trim().split_once([':', '='])?;
            let value = value.trim().strip_prefix('"')?;
            let (template, _) = value.rsplit_once('"')?;
            Some((name.trim(), template))
        })
        .collect()
}

#[test]
fn plurals_name_their_number() {
    let source = include_str!("../src/en.rs");
    let mut plurals = 0;
    for (name, template) in templates(source) {
        let Some((one, other)) = template.split_once("\" | \"") else {
            continue;
        };
        plurals += 1;
        assert!(gaps(one).is_subset(&["count"].into()), "{name}: {one}");
        assert_eq!(gaps(other), ["count"].into(), "{name}: {other}");
    }
    assert!(plurals > 5, "{plurals}");
}

/// Where a template is filled: the field's name and the names of the values. What is chosen at run time has no name.
fn filled(code: &str) -> Vec<(Option<String>, BTreeSet<String>)> {
    let mut calls = Vec::new();
    for (at, _) in code.match_indices("fill(") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_') {
            continue;
        }
        let inside = &code[at + "fill(".len()..];
        let mut depth = 0;
        let end = inside.find(|letter| {
            match letter {
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                _ => {}
            }
            depth < 0
        });
        let Some((template, values)) = inside[..end.unwrap()].split_once(',') else {
            continue;
        };
        let names = values.split("(\"").skip(1);
        let names = names.filter_map(|after| Some(after.split_once("\",")?.0.to_owned()));
        let field = template
            .trim()
            .rsplit_once('.')
            .map(|(_, field)| field.to_owned());
        calls.push((field, names.collect()));
    }
    calls
}

/// All code of the crate, without its comments.
fn code() -> String {
    fn collect(folder: &Path, code: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, code);
            } else {
                let text = std::fs::read_to_string(path).unwrap();
                let text = text.split("#[cfg(test)]\nmod ").next().unwrap();
                let lines = text
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"));
                lines.for_each(|line| writeln!(code, "{line}").unwrap());
            }
        }
    }
    let mut code = String::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src"),
        &mut code,
    );
    code
}

#[test]
fn every_template_is_filled_with_what_it_has_gaps_for() {
    let texts = [
        include_str!("../src/en.rs"),
        include_str!("../src/explain.rs"),
        include_str!("../src/narrate.rs"),
        include_str!("../src/learn.rs"),
        include_str!("../src/notice.rs"),
        include_str!("../src/code.rs"),
        include_str!("../src/console.rs"),
        include_str!("../src/help.rs"),
        include_str!("../src/trouble.rs"),
        include_str!("../src/code.rs"),
        include_str!("../src/problem.rs"),
        include_str!("../src/lens.rs"),
        include_str!("../src/request.rs"),
        include_str!("../src/goal.rs"),
        include_str!("../src/exercise.rs"),
        include_str!("../src/exercise_pages.rs"),
        include_str!("../src/task.rs"),
        include_str!("../src/plain.rs"),
        include_str!("../src/share.rs"),
        include_str!("../src/windows.rs"),
    ]
    .concat();
    let templates = templates(&texts);
    let code = code();
    let mut calls = 0;
    for (field, names) in filled(&code) {
        let Some(field) = field else { continue };
        let all = || templates.iter().filter(|(name, _)| *name == field);
        // The three texts of a refusal are filled together, see above.
        if all().next().is_none() {
            continue;
        }
        calls += 1;
        let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        assert!(
            all().any(|(_, template)| gaps(template) == names),
            "{field} is filled with {names:?}"
        );
    }
    assert!(calls > 60, "{calls}");
}
