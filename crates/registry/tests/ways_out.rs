//! Every refusal by a team rule says which rule it was and what could be done instead, and what it offers works.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers are shared; a test stops where it is surprised"
)]

use std::collections::BTreeSet;

use Stage::{Archived, None as NoStage, Production, Staging};
use registry::{
    Command, Refusal, RefusalKind, Registry, Remedy, RemedyKind, RuleSet, Stage, TeamRefusal,
    TeamRule,
};

use test_support::make;
use test_support::product;

use make::*;
use product::{Situation, refused};

fn team(refusal: &Refusal) -> Option<&TeamRefusal> {
    match &refusal.kind {
        RefusalKind::Team(team) => Some(team),
        _ => None,
    }
}

/// Goes a way out, from the state that refused.
fn go(situation: Situation, way: &Remedy) -> Registry {
    assert!(!way.commands.is_empty(), "{situation:?} {way:?}");
    let mut registry = situation.registry();
    for command in &way.commands {
        registry
            .apply(&at(99, RuleSet::Guided), command)
            .unwrap_or_else(|refusal| panic!("{situation:?} {way:?}: {}", refusal.kind));
    }
    registry
}

#[test]
fn every_way_out_is_accepted_and_leads_where_it_says() {
    for (situation, asked, refusal) in refused() {
        for way in &refusal.remedies {
            let after = go(situation, way);
            let stage = |number: u32| {
                after
                    .model(&model("m"))
                    .unwrap()
                    .version(version(number))
                    .unwrap()
                    .stage()
            };
            let (expected, steps) = match way.kind {
                RemedyKind::TestFirst | RemedyKind::PullBack => (Staging, 1),
                RemedyKind::Retire => (Archived, 1),
                RemedyKind::ArchiveLiveThenPromote => {
                    (Production, situation.others_in(Production).len() + 1)
                }
                RemedyKind::RetireAll => {
                    assert_eq!(in_stage(&after, "m", Production), [0; 0]);
                    let expected = if situation.from == Production {
                        Archived
                    } else {
                        situation.from
                    };
                    (
                        expected,
                        situation
                            .registry()
                            .model(&model("m"))
                            .unwrap()
                            .in_stage(Production)
                            .len(),
                    )
                }
                RemedyKind::PromoteAndArchiveExisting | RemedyKind::WithoutArchiving => match asked
                {
                    Command::TransitionModelVersionStage { stage, .. } => (stage, 1),
                    ref other => panic!("{other:?} has no such option"),
                },
                RemedyKind::ArchiveOthers => {
                    assert_eq!(in_stage(&after, "m", situation.from), [1]);
                    (situation.from, situation.others_in(situation.from).len())
                }
            };
            assert_eq!(stage(1), expected, "{situation:?} {asked:?} {way:?}");
            assert_eq!(way.commands.len(), steps, "{situation:?} {asked:?} {way:?}");
        }
    }
}

#[test]
fn what_was_asked_for_is_possible_or_done_afterwards() {
    for (situation, asked, refusal) in refused() {
        let Some(refused_by) = team(&refusal) else {
            continue;
        };
        for way in &refusal.remedies {
            let mut after = go(situation, way);
            match refused_by.rule {
                // Both ways lead to the very same stages.
                TeamRule::OneLiveVersion => {
                    assert_eq!(in_stage(&after, "m", Production), [1]);
                    for live in situation.others_in(Production) {
                        assert!(in_stage(&after, "m", Archived).contains(&live));
                    }
                }
                // Once tested, the version may go live, where it stands in nobody's way.
                TeamRule::TestBeforeProduction | TeamRule::RollBackToProven => {
                    let promote = move_and_archive("m", 1, Production);
                    assert!(
                        after.apply(&at(100, RuleSet::Guided), &promote).is_ok(),
                        "{situation:?}"
                    );
                }
                // An archived version is not asked to go back to None.
                TeamRule::NoWayBackToNone if way.kind == RemedyKind::Retire => {}
                TeamRule::AlreadyThere => {}
                // What was asked for is done, or is the next step.
                _ => {
                    let next = after.apply(&at(100, RuleSet::Guided), &asked);
                    let is_done = |refusal: Refusal| {
                        team(&refusal).is_some_and(|team| team.rule == TeamRule::AlreadyThere)
                    };
                    assert!(
                        next.map_or_else(is_done, |_| true),
                        "{situation:?} {asked:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn every_refusal_offers_what_the_design_says() {
    use RemedyKind::{
        ArchiveLiveThenPromote, ArchiveOthers, PromoteAndArchiveExisting, PullBack, Retire,
        RetireAll, TestFirst,
    };
    let offered = |rule: TeamRule, from: Stage| -> BTreeSet<Vec<RemedyKind>> {
        refused()
            .iter()
            .filter(|(situation, _, refusal)| {
                situation.from == from && team(refusal).is_some_and(|team| team.rule == rule)
            })
            .map(|(_, _, refusal)| refusal.remedies.iter().map(|way| way.kind).collect())
            .collect()
    };
    let check = |rule: TeamRule, from: Stage, expected: &[&[RemedyKind]]| {
        let expected: BTreeSet<Vec<RemedyKind>> =
            expected.iter().map(|ways| ways.to_vec()).collect();
        assert_eq!(offered(rule, from), expected, "{rule:?} from {from}");
    };
    check(TeamRule::TestBeforeProduction, NoStage, &[&[TestFirst]]);
    check(
        TeamRule::NoWayBackToNone,
        Production,
        &[&[PullBack, Retire]],
    );
    check(TeamRule::NoWayBackToNone, Archived, &[&[TestFirst]]);
    check(TeamRule::RollBackToProven, Archived, &[&[TestFirst]]);
    check(
        TeamRule::OneLiveVersion,
        Staging,
        &[&[ArchiveLiveThenPromote, PromoteAndArchiveExisting]],
    );
    check(
        TeamRule::OneLiveVersion,
        Archived,
        &[&[ArchiveLiveThenPromote, PromoteAndArchiveExisting]],
    );
    check(TeamRule::KeepLiveVersion, Production, &[&[Retire]]);
    check(TeamRule::KeepLiveModel, Production, &[&[RetireAll]]);
    check(TeamRule::KeepLiveModel, NoStage, &[&[RetireAll]]);
    // A version that is there already has nowhere to be sent, unless the others were to be archived on the way.
    check(TeamRule::AlreadyThere, NoStage, &[&[]]);
    check(TeamRule::AlreadyThere, Archived, &[&[]]);
    check(TeamRule::AlreadyThere, Staging, &[&[], &[ArchiveOthers]]);
    check(TeamRule::AlreadyThere, Production, &[&[], &[ArchiveOthers]]);
}

#[test]
fn every_refusal_names_its_rule_and_what_it_is_about() {
    let mut seen = BTreeSet::new();
    for (situation, asked, refusal) in refused() {
        let Some(team) = team(&refusal) else { continue };
        seen.insert(team.rule);
        assert_eq!(team.name, model("m"));
        let live: Vec<u32> = team.live.iter().map(|v| v.get()).collect();
        let all_live = in_stage(&situation.registry(), "m", Production);
        let stages = match &asked {
            Command::TransitionModelVersionStage { stage, .. } => Some((situation.from, *stage)),
            _ => None,
        };
        let standing_in_the_way = match team.rule {
            TeamRule::OneLiveVersion => situation.others_in(Production),
            TeamRule::KeepLiveVersion => vec![1],
            TeamRule::KeepLiveModel => all_live,
            _ => vec![],
        };
        let about = asked.version().map(|version| version.get());
        assert_eq!(team.version.map(|v| v.get()), about, "{asked:?}");
        assert_eq!(team.asked, stages, "{asked:?}");
        assert_eq!(live, standing_in_the_way, "{asked:?}");
        assert_eq!(refusal.kind.code().as_str(), "TEAM_RULE");
        assert!(
            refusal
                .kind
                .to_string()
                .contains(&format!("{:?}", team.rule))
        );
    }
    assert_eq!(
        seen,
        BTreeSet::from(TeamRule::ALL),
        "every rule refuses something"
    );
}

#[test]
fn mlflow_rules_know_no_team_rule() {
    let mut found_refused = 0;
    for (situation, asked, _) in refused() {
        let found = situation.registry().apply(&at(99, RuleSet::Mlflow), &asked);
        if let Err(refusal) = found {
            assert_eq!(team(&refusal), None, "{situation:?} {asked:?}");
            // The flag that MLflow does not know here can be left out; nothing else is in the way.
            let ways: Vec<RemedyKind> = refusal.remedies.iter().map(|way| way.kind).collect();
            assert_eq!(
                ways,
                [RemedyKind::WithoutArchiving],
                "{situation:?} {asked:?}"
            );
            found_refused += 1;
        }
    }
    assert!(found_refused > 10, "{found_refused}");
}
