//! What is often said of MLflow and is not so: each claim's lines are run under MLflow's rules, and come to what its text says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use lesson::own;
use lesson::pack::Act;
use lesson::run::Played;
use registry::{RuleSet, VersionNumber};

/// Runs the lines of a claim, and returns which of them fail.
fn run(id: &str) -> (Played, Vec<bool>) {
    let pack = own::claims().unwrap();
    let claim = pack.claims.iter().find(|claim| claim.id.as_str() == id);
    let play = claim.unwrap().play.as_ref().unwrap();
    let mut played = Played::new(pack.scene(&play.scene).unwrap(), None);
    assert_eq!(played.rules, RuleSet::Mlflow, "{id}");
    let fails = play.lines.iter().map(|line| {
        played.failure = None;
        played.act(&Act::Say(line.code.clone()));
        played.failure.is_some()
    });
    let fails = fails.collect();
    for condition in &play.reach {
        assert!(condition.holds(&played), "{id}: {condition:?}");
    }
    (played, fails)
}

#[test]
fn the_lines_of_each_claim_come_to_what_it_shows() {
    let claims = &own::claims().unwrap().claims;
    assert_eq!(claims.len(), 5);
    for claim in claims {
        let (_, fails) = run(claim.id.as_str());
        // Only the command that is not MLflow's fails.
        let expected: &[bool] = match claim.id.as_str() {
            "shell-command" => &[true, false],
            _ => &[false; 3][..fails.len()],
        };
        assert_eq!(fails, expected, "{}", claim.id);
    }
}

#[test]
fn of_two_in_production_the_higher_number_is_loaded() {
    let (played, _) = run("one-per-stage");
    assert_eq!(played.loaded.unwrap().version, VersionNumber::new(2));
}

#[test]
fn of_two_moves_only_the_last_state_is_left() {
    let (played, _) = run("every-move-recorded");
    assert!(
        played.printed.contains("current_stage='Archived'"),
        "{}",
        played.printed
    );
    assert!(!played.printed.contains("Production"), "{}", played.printed);
}

#[test]
fn an_archived_version_is_loaded() {
    let (played, _) = run("archived-is-safe");
    assert_eq!(played.loaded.unwrap().version, VersionNumber::new(1));
}
