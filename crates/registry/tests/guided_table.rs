//! The team's rules, written out: every stage to every stage, with and without `archive_existing_versions`, into a
//! free Production and a taken one, for a version that has been live and for one that has not.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers are shared; a test stops where it is surprised"
)]

use std::collections::BTreeSet;

use Stage::{Archived, None as NoStage, Production, Staging};
use registry::{
    Alias, Command, FreeText, MetricName, MetricValue, Metrics, RefusalKind, Registry, Replacement,
    RuleSet, Stage, TagKey, TagValue, Tags, TeamRule, TransitionKind, TransitionRule,
};

use test_support::make;
use test_support::product;

use make::*;
use product::{Situation, refused};

/// What becomes of a move.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Outcome {
    Accepted,
    Refused(TeamRule),
    /// MLflow itself knows `archive_existing_versions` only for Staging and Production.
    NotActive,
}

const YES: Outcome = Outcome::Accepted;
const TEST: Outcome = Outcome::Refused(TeamRule::TestBeforeProduction);
const BACK: Outcome = Outcome::Refused(TeamRule::NoWayBackToNone);
const NEW: Outcome = Outcome::Refused(TeamRule::RollBackToProven);
const ONE: Outcome = Outcome::Refused(TeamRule::OneLiveVersion);
const SAME: Outcome = Outcome::Refused(TeamRule::AlreadyThere);
const FLAG: Outcome = Outcome::NotActive;

/// From, to, and what becomes of it: Production free or taken by another version, for a version that has never been
/// live or that has; first without, then with `archive_existing_versions`.
#[rustfmt::skip]
const TABLE: [(Stage, Stage, [Outcome; 4], [Outcome; 4]); 16] = [
    //                        without: free        taken       with: free          taken
    //                        never, served, never, served    never, served, never, served
    (NoStage,    NoStage,    [SAME, SAME, SAME, SAME],       [FLAG, FLAG, FLAG, FLAG]),
    (NoStage,    Staging,    [YES,  YES,  YES,  YES],        [YES,  YES,  YES,  YES]),
    (NoStage,    Production, [TEST, TEST, TEST, TEST],       [TEST, TEST, TEST, TEST]),
    (NoStage,    Archived,   [YES,  YES,  YES,  YES],        [FLAG, FLAG, FLAG, FLAG]),
    (Staging,    NoStage,    [YES,  YES,  YES,  YES],        [FLAG, FLAG, FLAG, FLAG]),
    (Staging,    Staging,    [SAME, SAME, SAME, SAME],       [SAME, SAME, SAME, SAME]),
    (Staging,    Production, [YES,  YES,  ONE,  ONE],        [YES,  YES,  YES,  YES]),
    (Staging,    Archived,   [YES,  YES,  YES,  YES],        [FLAG, FLAG, FLAG, FLAG]),
    (Production, NoStage,    [BACK, BACK, BACK, BACK],       [FLAG, FLAG, FLAG, FLAG]),
    (Production, Staging,    [YES,  YES,  YES,  YES],        [YES,  YES,  YES,  YES]),
    (Production, Production, [SAME, SAME, SAME, SAME],       [SAME, SAME, SAME, SAME]),
    (Production, Archived,   [YES,  YES,  YES,  YES],        [FLAG, FLAG, FLAG, FLAG]),
    (Archived,   NoStage,    [BACK, BACK, BACK, BACK],       [FLAG, FLAG, FLAG, FLAG]),
    (Archived,   Staging,    [YES,  YES,  YES,  YES],        [YES,  YES,  YES,  YES]),
    (Archived,   Production, [NEW,  YES,  NEW,  ONE],        [NEW,  YES,  NEW,  YES]),
    (Archived,   Archived,   [SAME, SAME, SAME, SAME],       [FLAG, FLAG, FLAG, FLAG]),
];

fn expected(situation: Situation, to: Stage, archive: bool) -> Outcome {
    let (_, _, without, with) = TABLE
        .into_iter()
        .find(|row| (row.0, row.1) == (situation.from, to))
        .unwrap();
    let [free_new, free_served, taken_new, taken_served] = if archive { with } else { without };
    match (situation.taken(), situation.served) {
        (false, false) => free_new,
        (false, true) => free_served,
        (true, false) => taken_new,
        (true, true) => taken_served,
    }
}

fn outcome(registry: &Registry, command: &Command) -> Outcome {
    match registry.decide(RuleSet::Guided, at(99, RuleSet::Guided).at, command) {
        Ok(_) => YES,
        Err(refusal) => match refusal.kind {
            RefusalKind::Team(team) => Outcome::Refused(team.rule),
            RefusalKind::StageNotActive { .. } => FLAG,
            other => panic!("{command:?}: {other}"),
        },
    }
}

fn transition(to: Stage, archive: bool) -> Command {
    if archive {
        move_and_archive("m", 1, to)
    } else {
        move_to("m", 1, to)
    }
}

#[test]
fn every_move_is_accepted_or_refused_as_the_table_says() {
    let check = |situation: Situation, to: Stage, archive: bool, expected: Outcome| {
        let found = outcome(&situation.registry(), &transition(to, archive));
        assert_eq!(found, expected, "{situation:?} to {to}, archive: {archive}");
    };
    for situation in Situation::all() {
        for to in Stage::ALL {
            for archive in [false, true] {
                check(situation, to, archive, expected(situation, to, archive));
            }
        }
    }
}

#[test]
fn an_accepted_move_does_what_it_does_in_mlflow() {
    for situation in Situation::all() {
        for to in Stage::ALL {
            for archive in [false, true] {
                let registry = situation.registry();
                let command = transition(to, archive);
                let guided = registry.decide(RuleSet::Guided, at(99, RuleSet::Guided).at, &command);
                let mlflow = registry.decide(RuleSet::Mlflow, at(99, RuleSet::Mlflow).at, &command);
                match expected(situation, to, archive) {
                    YES => assert_eq!(guided, mlflow, "{situation:?} {command:?}"),
                    // The same refusal; its way out is there only where the plain move is allowed.
                    FLAG => assert_eq!(
                        guided.map_err(|refusal| refusal.kind),
                        mlflow.map_err(|refusal| refusal.kind),
                        "{situation:?} {command:?}"
                    ),
                    _ => assert!(mlflow.is_ok(), "{situation:?} {command:?}"),
                }
            }
        }
    }
}

#[test]
fn what_is_live_is_not_deleted() {
    let check = |situation: Situation, command: &Command, expected: Outcome| {
        let registry = situation.registry();
        assert_eq!(
            outcome(&registry, command),
            expected,
            "{situation:?} {command:?}"
        );
        let mlflow = registry.decide(RuleSet::Mlflow, at(99, RuleSet::Mlflow).at, command);
        assert!(mlflow.is_ok(), "{situation:?} {command:?}");
    };
    for situation in Situation::all() {
        let live = situation.from == Production;
        check(
            situation,
            &delete_version("m", 1),
            if live {
                Outcome::Refused(TeamRule::KeepLiveVersion)
            } else {
                YES
            },
        );
        check(
            situation,
            &delete_model("m"),
            if live || situation.taken() {
                Outcome::Refused(TeamRule::KeepLiveModel)
            } else {
                YES
            },
        );
    }
}

#[test]
fn every_allowed_move_has_the_name_that_the_team_gives_it() {
    let check = |from: Stage, to: Stage, expected: TransitionRule| {
        let policy = RuleSet::Guided.policy().unwrap();
        assert_eq!(policy.rule(from, to), expected, "{from} to {to}");
    };
    check(
        NoStage,
        Staging,
        TransitionRule::Allow(TransitionKind::SubmitForTesting),
    );
    check(
        NoStage,
        Archived,
        TransitionRule::Allow(TransitionKind::SetAside),
    );
    check(
        Staging,
        NoStage,
        TransitionRule::Allow(TransitionKind::Withdraw),
    );
    check(
        Staging,
        Production,
        TransitionRule::Allow(TransitionKind::Promote),
    );
    check(
        Staging,
        Archived,
        TransitionRule::Allow(TransitionKind::Reject),
    );
    check(
        Production,
        Staging,
        TransitionRule::Allow(TransitionKind::PullBack),
    );
    check(
        Production,
        Archived,
        TransitionRule::Allow(TransitionKind::Retire),
    );
    check(
        Archived,
        Staging,
        TransitionRule::Allow(TransitionKind::TestAgain),
    );
    check(
        Archived,
        Production,
        TransitionRule::AllowProven(TransitionKind::RollBack),
    );
    assert!(
        RuleSet::Mlflow.policy().is_none(),
        "MLflow has no team rules"
    );
}

#[test]
fn everything_else_is_as_in_mlflow() {
    let check = |registry: &Registry, command: &Command| {
        let guided = registry.decide(RuleSet::Guided, at(99, RuleSet::Guided).at, command);
        let mlflow = registry.decide(RuleSet::Mlflow, at(99, RuleSet::Mlflow).at, command);
        assert_eq!(guided, mlflow, "{command:?}");
    };
    let commands = |name: &str, number: u32| {
        let (name, version) = (model(name), version(number));
        let key = || TagKey::parse("k").unwrap();
        let value = || TagValue::parse("v").unwrap();
        let alias = |alias: &str| Alias::parse(alias).unwrap();
        vec![
            Command::CreateRegisteredModel {
                name: name.clone(),
                description: text("d"),
                tags: Tags::new(),
            },
            Command::RenameRegisteredModel {
                name: name.clone(),
                new_name: model("taken"),
            },
            Command::RenameRegisteredModel {
                name: name.clone(),
                new_name: model("new"),
            },
            Command::RenameRegisteredModel {
                name: name.clone(),
                new_name: name.clone(),
            },
            Command::UpdateRegisteredModel {
                name: name.clone(),
                description: text("d"),
            },
            Command::SetRegisteredModelTag {
                name: name.clone(),
                key: key(),
                value: value(),
            },
            Command::DeleteRegisteredModelTag {
                name: name.clone(),
                key: key(),
            },
            Command::SetRegisteredModelAlias {
                name: name.clone(),
                alias: alias("champion"),
                version,
            },
            Command::SetRegisteredModelAlias {
                name: name.clone(),
                alias: alias("latest"),
                version,
            },
            Command::SetRegisteredModelAlias {
                name: name.clone(),
                alias: alias("v2"),
                version,
            },
            Command::DeleteRegisteredModelAlias {
                name: name.clone(),
                alias: alias("champion"),
            },
            Command::CreateModelVersion {
                name: name.clone(),
                source: text("s3://1"),
                description: FreeText::default(),
                tags: Tags::new(),
                metrics: Metrics::new(),
            },
            Command::CopyModelVersion {
                name: name.clone(),
                version,
                dst_name: model("taken"),
            },
            Command::CopyModelVersion {
                name: name.clone(),
                version,
                dst_name: model("new"),
            },
            Command::UpdateModelVersion {
                name: name.clone(),
                version,
                description: text("d"),
            },
            Command::SetModelVersionTag {
                name: name.clone(),
                version,
                key: key(),
                value: value(),
            },
            Command::DeleteModelVersionTag {
                name: name.clone(),
                version,
                key: key(),
            },
            Command::LogMetric {
                name: name.clone(),
                version,
                key: MetricName::parse("recall").unwrap(),
                value: MetricValue::parse("0.5").unwrap(),
            },
            Command::ReplaceRegistry {
                with: Registry::default().into(),
                why: Replacement::Emptied,
            },
        ]
    };
    for situation in Situation::all() {
        let mut registry = situation.registry();
        registry
            .apply(&at(50, RuleSet::Mlflow), &create_model("taken"))
            .unwrap();
        for command in [
            commands("m", 1),
            commands("m", 77),
            commands("ghost", 1),
            // MLflow's own refusals come before the team's.
            vec![
                move_to("ghost", 1, Production),
                move_to("m", 77, Production),
                delete_version("m", 77),
                delete_model("ghost"),
            ],
        ]
        .concat()
        {
            check(&registry, &command);
        }
    }
}

#[test]
fn only_these_refusals_have_no_way_out() {
    let mut without = BTreeSet::new();
    for (_, _, refusal) in refused() {
        if refusal.remedies.is_empty() {
            without.insert(match &refusal.kind {
                RefusalKind::Team(team) => format!("{:?}", team.rule),
                // MLflow's own: the flag is not known for None and Archived, and the team refuses the plain move, too.
                RefusalKind::StageNotActive { stage } => format!("StageNotActive {stage}"),
                other => panic!("{other}"),
            });
        }
    }
    let without: Vec<&str> = without.iter().map(String::as_str).collect();
    assert_eq!(
        without,
        [
            "AlreadyThere",
            "StageNotActive Archived",
            "StageNotActive None"
        ]
    );
}
