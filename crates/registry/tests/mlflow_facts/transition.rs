//! What a transition does, in which order it is checked, and what is asked of stages.

use registry::Stage;
use registry::call::{ApiLayer, Question, RawCall};

use super::make::{model, version};
use super::scene::{both, history, picture, run, scene, through, transition};

#[test]
fn stages_are_read_in_any_case_and_kept_in_one() {
    let check = |stage: &str, expected: &str| {
        let mut registry = scene();
        assert_eq!(
            run(
                &mut registry,
                ApiLayer::Client,
                50,
                &transition("m", "5", stage, false)
            ),
            "ok"
        );
        let found = registry
            .model(&model("m"))
            .unwrap()
            .version(version(5))
            .unwrap()
            .stage();
        assert_eq!(found.as_str(), expected, "{stage:?}");
    };
    check("Production", "Production");
    check("production", "Production");
    check("PRODUCTION", "Production");
    check("pRoDuCtIoN", "Production");
    check("staging", "Staging");
    check("archived", "Archived");
    check("none", "None");
    check("NONE", "None");
}

#[test]
fn a_wrong_transition_is_refused() {
    let check = |version: &str, stage: &str, archive: bool, expected: &str| {
        both(&transition("m", version, stage, archive), expected);
    };
    const UNKNOWN: [&str; 6] = [
        "prod",
        "Stagging",
        "canary",
        "Deleted_Internal",
        " Production",
        "production ",
    ];
    for stage in UNKNOWN {
        let expected = format!(
            "INVALID_PARAMETER_VALUE Invalid Model Version stage: {stage}. Value must be one of None, Staging, \
             Production, Archived."
        );
        check("1", stage, false, &expected);
        check("1", stage, true, &expected);
    }
    check(
        "1",
        "",
        false,
        "INTERNAL_ERROR The stage must not be an empty string.",
    );
    check(
        "1",
        " ",
        false,
        "INTERNAL_ERROR The stage must not be an empty string.",
    );
    check(
        "99",
        "Staging",
        false,
        "RESOURCE_DOES_NOT_EXIST Model Version (name=m, version=99) not found",
    );
    check(
        "0",
        "Staging",
        false,
        "RESOURCE_DOES_NOT_EXIST Model Version (name=m, version=0) not found",
    );
    check(
        "-1",
        "Staging",
        false,
        "RESOURCE_DOES_NOT_EXIST Model Version (name=m, version=-1) not found",
    );
    for version in ["abc", "", "1.5", "v1", "latest", "Production"] {
        let expected = format!(
            "INVALID_PARAMETER_VALUE Parameter 'version' must be an integer, got '{version}'."
        );
        check(version, "Staging", false, &expected);
    }
    for stage in ["Archived", "archived", "None", "nOnE"] {
        let expected = format!(
            "INTERNAL_ERROR Model version transition cannot archive existing model versions because '{stage}' is not \
             an Active stage. Valid stages are ['Staging', 'Production']"
        );
        check("1", stage, true, &expected);
    }
}

#[test]
fn the_checks_of_a_transition_stand_in_this_order() {
    // Each line breaks one rule less than the line before.
    let check = |name: &str, version: &str, stage: &str, archive: bool, expected: &str| {
        through(
            ApiLayer::Client,
            &transition(name, version, stage, archive),
            expected,
        );
    };
    check(
        "a/b",
        "x",
        "",
        true,
        "INVALID_PARAMETER_VALUE Invalid model name 'a/b'. Names cannot contain '/' or ':'.",
    );
    check(
        "ghost",
        "x",
        "",
        true,
        "RESOURCE_DOES_NOT_EXIST Registered Model with name=ghost not found",
    );
    check(
        "m",
        "x",
        "",
        true,
        "INTERNAL_ERROR The stage must not be an empty string.",
    );
    check(
        "m",
        "x",
        "prod",
        true,
        "INVALID_PARAMETER_VALUE Invalid Model Version stage: prod. Value must be one of None, Staging, Production, \
         Archived.",
    );
    check(
        "m",
        "x",
        "archived",
        true,
        "INTERNAL_ERROR Model version transition cannot archive existing model versions because 'archived' is not an \
         Active stage. Valid stages are ['Staging', 'Production']",
    );
    check(
        "m",
        "x",
        "archived",
        false,
        "INVALID_PARAMETER_VALUE Parameter 'version' must be an integer, got 'x'.",
    );
    check(
        "m",
        "9",
        "archived",
        false,
        "RESOURCE_DOES_NOT_EXIST Model Version (name=m, version=9) not found",
    );
    check("m", "4", "archived", false, "ok");
}

#[test]
fn every_move_is_allowed_and_touches_version_and_model() {
    for number in ["1", "2", "4", "5"] {
        for stage in Stage::ALL {
            let mut registry = scene();
            let call = transition("m", number, stage.as_str(), false);
            assert_eq!(run(&mut registry, ApiLayer::Client, 50, &call), "ok");
            let found = picture(&registry, "m");
            assert!(found.starts_with("m@50 "), "{found}");
            assert!(
                found.contains(&format!(" {number}:{stage}@50")),
                "also to the stage it was in: {found}"
            );
            assert_eq!(
                found.matches("@50").count(),
                2,
                "nothing else moves: {found}"
            );
        }
    }
}

#[test]
fn archive_existing_clears_the_target_stage_only() {
    let check = |version: &str, stage: &str, archive: bool, expected: &str| {
        history(&[transition("m", version, stage, archive)], "m", expected);
    };
    // Version 4 leaves Staging for Production; 2 and 3 were there, and get its very time.
    check(
        "4",
        "Production",
        true,
        "m@20 1:Archived@7 2:Archived@20 3:Archived@20 4:Production@20 5:None@6",
    );
    // Without the flag, which is the default, both stay: now three are live.
    check(
        "4",
        "Production",
        false,
        "m@20 1:Archived@7 2:Production@9 3:Production@8 4:Production@20 5:None@6",
    );
    // What is promoted stays where it was already there.
    check(
        "3",
        "Production",
        true,
        "m@20 1:Archived@7 2:Archived@20 3:Production@20 4:Staging@10 5:None@6",
    );
    // Another stage's versions are left alone.
    check(
        "5",
        "Staging",
        true,
        "m@20 1:Archived@7 2:Production@9 3:Production@8 4:Archived@20 5:Staging@20",
    );
}

#[test]
fn get_latest_versions_gives_the_highest_number_of_each_stage() {
    let check = |stages: &[&str], expected: &str| {
        let stages = stages.iter().map(|stage| (*stage).to_owned()).collect();
        both(
            &RawCall::Ask(Question::GetLatestVersions {
                name: "m".into(),
                stages,
            }),
            expected,
        );
    };
    check(&[], "ok [1:Archived 3:Production 4:Staging 5:None]");
    check(&["Production"], "ok [3:Production]");
    check(&["production", "STAGING"], "ok [3:Production 4:Staging]");
    check(&["None", "None"], "ok [5:None]");
    check(
        &["Production", "prod"],
        "INVALID_PARAMETER_VALUE Invalid Model Version stage: prod. Value must be one of None, Staging, Production, \
         Archived.",
    );
    check(
        &["P"],
        "INVALID_PARAMETER_VALUE Invalid Model Version stage: P. Value must be one of None, Staging, Production, \
         Archived.",
    );
    both(
        &RawCall::Ask(Question::GetLatestVersions {
            name: "empty".into(),
            stages: vec!["Staging".into()],
        }),
        "ok []",
    );
}
