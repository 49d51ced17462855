//! What a person reads about a refusal.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use registry::invalid::{Limited, Named};
use registry::refusal::RemedyKind;
use registry::{ExerciseLimit, Invalid, Refusal, RefusalKind, TeamRule};
use test_support::golden::golden;
use test_support::make::model;
use test_support::product::refused;
use text::Language;
use text::explain::{explain, way_in_short};

use super::{alias, all_are_found, string, variants};

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

/// Refusals as the registry itself gives them: one for each rule, what leads on, and number of live versions.
fn given_refusals() -> Vec<Refusal> {
    let mut found = BTreeMap::new();
    for (_, _, refusal) in refused() {
        let live = match &refusal.kind {
            RefusalKind::Team(team) => team.live.len(),
            _ => 0,
        };
        let ways: Vec<RemedyKind> = refusal.remedies.iter().map(|way| way.kind).collect();
        found
            .entry((kind_of(&refusal), ways, live))
            .or_insert(refusal);
    }
    found.into_values().collect()
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
        "Archive v1, v2 and v3",
        "Archive v2",
        "Archive v2 and v3",
        "Archive v2 and v3 first",
        "Archive v2 first",
        "In one step",
        "Move v1 alone",
        "Move v1 to Staging first",
        "Pull v1 back to Staging",
    ];
    assert_eq!(ways.into_iter().collect::<Vec<_>>(), expected);
}
