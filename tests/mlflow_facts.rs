//! What MLflow 3.18.0 does and says, as tables: input, then outcome, error code and message, letter for letter.
//!
//! The facts were found by running the real thing on its SQLite store; the recordings hold the same rules in long
//! histories.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers are shared; a test stops where it is surprised"
)]

use model_stages::registry::call::{Call, Layer, Query, Question, Request, VersionArgument};
use model_stages::registry::{
    Command, MetricName, MetricValue, ModelVersion, RefusalKind, RegisteredModel, Registry,
    RuleSet, Stage,
};

#[path = "common/make.rs"]
mod make;

use make::*;

/// `m` has version 1 in Archived, 2 and 3 in Production, 4 in Staging and 5 in None, and `champion` is 3. `empty` has no
/// versions. The last change was at moment 13.
fn scene() -> Registry {
    registry(&[
        create_model("m"),
        create_version("m"),
        create_version("m"),
        create_version("m"),
        create_version("m"),
        create_version("m"),
        move_to("m", 1, Stage::Archived),
        move_to("m", 3, Stage::Production),
        move_to("m", 2, Stage::Production),
        move_to("m", 4, Stage::Staging),
        set_alias("m", "champion", 3),
        create_model("empty"),
        set_version_tag("m", 3, "owner", "alice"),
    ])
}

/// Carries a call out at a moment and says what came of it: `ok` with the answer, or code and message.
fn run(registry: &mut Registry, layer: Layer, moment: u64, call: &Call) -> String {
    let done = call
        .read(registry, layer)
        .and_then(|request| match request {
            Request::Command(command) => {
                let done = registry.apply(&at(moment, RuleSet::Mlflow), &command);
                done.map_err(|refusal| refusal.kind)?;
                Ok("ok".to_owned())
            }
            Request::Query(query) => ask(registry, &query),
        });
    done.unwrap_or_else(|kind| format!("{} {kind}", kind.code().as_str()))
}

fn ask(registry: &Registry, query: &Query) -> Result<String, RefusalKind> {
    let number = |version: &ModelVersion| format!("ok {}", version.number());
    Ok(match query {
        Query::Model { name } => match registry.model(name) {
            Some(model) => format!("ok {}", model.name()),
            None => return Err(RefusalKind::ModelNotFound { name: name.clone() }),
        },
        Query::Version { name, version } => {
            number(registry.get_model_version(name, &(*version).into())?)
        }
        Query::ByAlias { name, alias } => number(registry.get_model_version_by_alias(name, alias)?),
        Query::Latest { name, stages } => {
            let found = registry.get_latest_versions(name, stages)?;
            let found = found
                .iter()
                .map(|version| format!("{}:{}", version.number(), version.stage()));
            format!("ok [{}]", found.collect::<Vec<_>>().join(" "))
        }
        Query::Uri { uri } => {
            let found = registry.resolve(uri)?;
            format!("ok {} {}", found.name, found.written)
        }
    })
}

/// One call on the scene, through both doors, which say the same.
fn both(call: &Call, expected: &str) {
    through(Layer::Client, call, expected);
    through(Layer::Store, call, expected);
}

fn through(layer: Layer, call: &Call, expected: &str) {
    let mut registry = scene();
    let found = run(&mut registry, layer, 50, call);
    assert_eq!(found, expected, "{layer:?} {call:?}");
    if !found.starts_with("ok") {
        assert_eq!(
            registry,
            scene(),
            "{call:?}: a refused call changes nothing"
        );
    }
}

fn transition(name: &str, version: &str, stage: &str, archive_existing_versions: bool) -> Call {
    Call::TransitionModelVersionStage {
        name: name.into(),
        version: version.into(),
        stage: stage.into(),
        archive_existing_versions,
    }
}

/// Where everything is and when it was changed last: `m@9 1:Archived@9 …`.
fn picture(registry: &Registry, name: &str) -> String {
    let model = registry.model(&model(name)).unwrap();
    let mut out = format!("{}@{}", model.name(), model.updated().0);
    for version in model.versions() {
        let updated = model.version_updated(version.number()).unwrap().0;
        out.push_str(&format!(
            " {}:{}@{updated}",
            version.number(),
            version.stage()
        ));
    }
    out
}

const SCENE: &str = "m@10 1:Archived@7 2:Production@9 3:Production@8 4:Staging@10 5:None@6";

/// Carries calls out one after another, at moments 20, 21, …, and compares the picture of a model.
fn history(calls: &[Call], name: &str, expected: &str) {
    let mut registry = scene();
    for (moment, call) in (20..).zip(calls) {
        assert_eq!(
            run(&mut registry, Layer::Client, moment, call),
            "ok",
            "{call:?}"
        );
    }
    assert_eq!(picture(&registry, name), expected, "{calls:?}");
}

#[test]
fn stages_are_read_in_any_case_and_kept_in_one() {
    let check = |stage: &str, expected: &str| {
        let mut registry = scene();
        assert_eq!(
            run(
                &mut registry,
                Layer::Client,
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
fn a_version_is_read_as_python_reads_an_integer() {
    let check =
        |version: &str, expected: &str| both(&transition("m", version, "Staging", false), expected);
    check("2", "ok");
    check("02", "ok");
    check(" 2 ", "ok");
    check("+2", "ok");
    check("\t2\n", "ok");
    check("0_2", "ok");
    check(
        "2_",
        "INVALID_PARAMETER_VALUE Parameter 'version' must be an integer, got '2_'.",
    );
    check(
        "1e0",
        "INVALID_PARAMETER_VALUE Parameter 'version' must be an integer, got '1e0'.",
    );
    check(
        "\u{1c}2",
        "INVALID_PARAMETER_VALUE Parameter 'version' must be an integer, got '\u{1c}2'.",
    );
    check(
        "+099",
        "RESOURCE_DOES_NOT_EXIST Model Version (name=m, version=99) not found",
    );
}

#[test]
fn names_are_checked_everywhere() {
    let calls = |name: &str| {
        let name = || name.to_owned();
        [
            transition(&name(), "1", "Staging", false),
            Call::CreateRegisteredModel {
                name: name(),
                tags: vec![],
                description: String::new(),
            },
            Call::RenameRegisteredModel {
                name: name(),
                new_name: "n".into(),
            },
            Call::UpdateRegisteredModel {
                name: name(),
                description: "d".into(),
            },
            Call::DeleteRegisteredModel { name: name() },
            Call::SetRegisteredModelTag {
                name: name(),
                key: "k".into(),
                value: "v".into(),
            },
            Call::DeleteRegisteredModelTag {
                name: name(),
                key: "k".into(),
            },
            Call::SetRegisteredModelAlias {
                name: name(),
                alias: "a".into(),
                version: "1".into(),
            },
            Call::DeleteRegisteredModelAlias {
                name: name(),
                alias: "a".into(),
            },
            Call::CreateModelVersion {
                name: name(),
                source: "s".into(),
                tags: vec![],
                description: String::new(),
                metrics: vec![],
            },
            Call::UpdateModelVersion {
                name: name(),
                version: "1".into(),
                description: "d".into(),
            },
            Call::DeleteModelVersion {
                name: name(),
                version: "1".into(),
            },
            Call::CopyModelVersion {
                src_model_uri: "models:/m/1".into(),
                dst_name: name(),
            },
            Call::Ask(Question::GetRegisteredModel { name: name() }),
            Call::Ask(Question::GetModelVersion {
                name: name(),
                version: "1".into(),
            }),
            Call::Ask(Question::GetModelVersionByAlias {
                name: name(),
                alias: "a".into(),
            }),
            Call::Ask(Question::GetLatestVersions {
                name: name(),
                stages: vec![],
            }),
        ]
    };
    let check = |name: &str, expected: &str| {
        for call in calls(name) {
            both(&call, &format!("INVALID_PARAMETER_VALUE {expected}"));
        }
    };
    check("", "Missing value for required parameter 'name'.");
    check("  ", "Missing value for required parameter 'name'.");
    check(
        "a/b",
        "Invalid model name 'a/b'. Names cannot contain '/' or ':'.",
    );
    check(
        "a:b",
        "Invalid model name 'a:b'. Names cannot contain '/' or ':'.",
    );
    let as_path = |name: &str, norm: &str| {
        format!(
            "Invalid value \"{name}\" for parameter 'name' supplied: Names may be treated as files in certain cases, \
             and must not resolve to other names when treated as such. This name would resolve to '{norm}'"
        )
    };
    check(".", &as_path(".", "."));
    check("..", &as_path("..", ".."));
    check("..a", &as_path("..a", "..a"));
    check("...", &as_path("...", "..."));
}

#[test]
fn an_unknown_model_is_found_out_at_different_points() {
    let ghost = "RESOURCE_DOES_NOT_EXIST Registered Model with name=ghost not found";
    let version = "RESOURCE_DOES_NOT_EXIST Model Version (name=ghost, version=1) not found";
    let check = |call: Call, client: &str, store: &str| {
        through(Layer::Client, &call, client);
        through(Layer::Store, &call, store);
    };
    let name = || "ghost".to_owned();
    check(transition("ghost", "1", "Staging", false), ghost, version);
    check(
        transition("ghost", "1", "prod", false),
        ghost,
        "INVALID_PARAMETER_VALUE Invalid Model Version stage: prod. Value must be one of None, Staging, Production, \
         Archived.",
    );
    check(
        transition("ghost", "1", "", false),
        ghost,
        "INTERNAL_ERROR The stage must not be an empty string.",
    );
    check(
        transition("ghost", "x", "Staging", false),
        ghost,
        "INVALID_PARAMETER_VALUE Parameter 'version' must be an integer, got 'x'.",
    );
    check(
        Call::DeleteModelVersion {
            name: name(),
            version: "1".into(),
        },
        ghost,
        version,
    );
    check(
        Call::UpdateModelVersion {
            name: name(),
            version: "1".into(),
            description: "d".into(),
        },
        ghost,
        version,
    );
    check(
        Call::SetModelVersionTag {
            name: name(),
            version: VersionArgument::Given("1".into()),
            key: "k".into(),
            value: "v".into(),
        },
        ghost,
        version,
    );
    check(
        Call::SetRegisteredModelAlias {
            name: name(),
            alias: "a".into(),
            version: "1".into(),
        },
        ghost,
        version,
    );
    check(
        Call::Ask(Question::GetModelVersion {
            name: name(),
            version: "1".into(),
        }),
        version,
        version,
    );
    check(
        Call::Ask(Question::ResolveUri {
            uri: "models:/ghost/1".into(),
        }),
        ghost,
        version,
    );
    check(
        Call::Ask(Question::ResolveUri {
            uri: "models:/ghost/Staging".into(),
        }),
        ghost,
        ghost,
    );
    check(
        Call::Ask(Question::ResolveUri {
            uri: "models:/ghost/latest".into(),
        }),
        ghost,
        ghost,
    );
    check(
        Call::Ask(Question::ResolveUri {
            uri: "models:/ghost@champion".into(),
        }),
        ghost,
        ghost,
    );
    check(
        Call::Ask(Question::GetLatestVersions {
            name: name(),
            stages: vec![],
        }),
        ghost,
        ghost,
    );
    check(
        Call::CreateModelVersion {
            name: name(),
            source: "s".into(),
            tags: vec![],
            description: String::new(),
            metrics: vec![],
        },
        ghost,
        ghost,
    );
    check(
        Call::RenameRegisteredModel {
            name: name(),
            new_name: "n".into(),
        },
        ghost,
        ghost,
    );
    check(Call::DeleteRegisteredModel { name: name() }, ghost, ghost);
    check(
        Call::UpdateRegisteredModel {
            name: name(),
            description: "d".into(),
        },
        ghost,
        ghost,
    );
    check(
        Call::DeleteRegisteredModelAlias {
            name: name(),
            alias: "a".into(),
        },
        ghost,
        ghost,
    );
}

#[test]
fn the_checks_of_a_transition_stand_in_this_order() {
    // Each line breaks one rule less than the line before.
    let check = |name: &str, version: &str, stage: &str, archive: bool, expected: &str| {
        through(
            Layer::Client,
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
fn the_checks_of_an_alias_stand_in_this_order() {
    let check = |layer: Layer, name: &str, alias: &str, version: &str, expected: &str| {
        let call = Call::SetRegisteredModelAlias {
            name: name.into(),
            alias: alias.into(),
            version: version.into(),
        };
        through(layer, &call, expected);
    };
    let bad_alias = "INVALID_PARAMETER_VALUE Invalid alias name: 'a b'. Names may only contain alphanumerics, \
                     underscores (_), and dashes (-).";
    let bad_version = "INVALID_PARAMETER_VALUE Parameter 'version' must be an integer, got 'x'.";
    let reserved = "INVALID_PARAMETER_VALUE 'latest' alias name (case insensitive) is reserved.";
    let ghost = "RESOURCE_DOES_NOT_EXIST Registered Model with name=ghost not found";
    let missing = "RESOURCE_DOES_NOT_EXIST Model Version (name=m, version=9) not found";
    for layer in [Layer::Client, Layer::Store] {
        check(
            layer,
            "",
            "a b",
            "x",
            "INVALID_PARAMETER_VALUE Missing value for required parameter 'name'.",
        );
        check(layer, "ghost", "a b", "x", bad_alias);
        check(layer, "m", "latest", "9", reserved);
        check(layer, "m", "champion", "9", missing);
        check(layer, "m", "champion", "4", "ok");
    }
    check(Layer::Client, "ghost", "latest", "x", bad_version);
    check(Layer::Client, "ghost", "latest", "9", ghost);
    check(Layer::Store, "ghost", "latest", "x", reserved);
    check(Layer::Store, "m", "champion", "x", bad_version);
}

#[test]
fn every_move_is_allowed_and_touches_version_and_model() {
    for number in ["1", "2", "4", "5"] {
        for stage in Stage::ALL {
            let mut registry = scene();
            let call = transition("m", number, stage.as_str(), false);
            assert_eq!(run(&mut registry, Layer::Client, 50, &call), "ok");
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
            &Call::Ask(Question::GetLatestVersions {
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
        &Call::Ask(Question::GetLatestVersions {
            name: "empty".into(),
            stages: vec!["Staging".into()],
        }),
        "ok []",
    );
}

#[test]
fn uris_resolve() {
    let check = |uri: &str, expected: &str| {
        both(
            &Call::Ask(Question::ResolveUri { uri: uri.into() }),
            expected,
        )
    };
    // Version 3 has the higher number, though 2 was promoted later.
    check("models:/m/Production", "ok m 3");
    check("models:/m/production", "ok m 3");
    check("models:/m/None", "ok m 5");
    check("models:/m/2", "ok m 2");
    // The version is passed on as it was written.
    check("models:/m/02", "ok m 02");
    check("models:/m/latest", "ok m 5");
    check("models:/m/LATEST", "ok m 5");
    check("models:/m@champion", "ok m 3");
    check("models:/m@latest", "ok m 5");
    check("models:/m@Latest", "ok m 5");
    check("MODELS:/m/2", "ok m 2");
    check("models://host/m/2", "ok m 2");
    check(
        "models:/empty/Staging",
        "INTERNAL_ERROR No versions of model with name 'empty' and stage 'Staging' found",
    );
    check(
        "models:/empty/sTAGING",
        "INTERNAL_ERROR No versions of model with name 'empty' and stage 'sTAGING' found",
    );
    check(
        "models:/empty/latest",
        "INTERNAL_ERROR No versions of model with name 'empty' found",
    );
    check(
        "models:/empty@latest",
        "RESOURCE_DOES_NOT_EXIST Latest version not found for model empty.",
    );
    check(
        "models:/m/99",
        "RESOURCE_DOES_NOT_EXIST Model Version (name=m, version=99) not found",
    );
    check(
        "models:/m@nope",
        "INVALID_PARAMETER_VALUE Registered model alias nope not found.",
    );
    check(
        "models:/m@Champion",
        "INVALID_PARAMETER_VALUE Registered model alias Champion not found.",
    );
    check(
        "models:/m@v3",
        "INVALID_PARAMETER_VALUE Registered model alias v3 not found.",
    );
    for word in ["prod", "v3", "1.5", "-1"] {
        check(
            &format!("models:/m/{word}"),
            &format!(
                "INVALID_PARAMETER_VALUE Invalid Model Version stage: {word}. Value must be one of None, Staging, \
                 Production, Archived."
            ),
        );
    }
    for uri in [
        "models:/m/",
        "models:/",
        "models:m/3",
        "models:/m/3/x",
        "models:/m@",
        "runs:/x",
        "",
    ] {
        check(
            uri,
            &format!(
                "INTERNAL_ERROR Not a proper models:/ URI: {uri}. Models URIs must be of the form \
                 'models:/name/suffix' or 'models:/name@alias' where suffix is a version, stage, or the string \
                 'latest' and where alias is a registered model alias. Only one of suffix or alias can be defined at \
                 a time."
            ),
        );
    }
    check(
        "models:/m@a@champion",
        "RESOURCE_DOES_NOT_EXIST Registered Model with name=m@a not found",
    );
    let uri = || "models:/m@champion/3".to_owned();
    through(
        Layer::Client,
        &Call::Ask(Question::ResolveUri { uri: uri() }),
        "RESOURCE_DOES_NOT_EXIST Registered Model with name=m@champion not found",
    );
    through(
        Layer::Store,
        &Call::Ask(Question::ResolveUri { uri: uri() }),
        "RESOURCE_DOES_NOT_EXIST Model Version (name=m@champion, version=3) not found",
    );
}

#[test]
fn aliases_have_their_own_spelling() {
    let check = |alias: &str, expected: &str| {
        both(
            &Call::SetRegisteredModelAlias {
                name: "m".into(),
                alias: alias.into(),
                version: "1".into(),
            },
            expected,
        );
    };
    for alias in [
        "1",
        "123",
        "v",
        "v1a",
        "vv1",
        "v_1",
        "-",
        "_",
        "Production",
        "None",
        "é",
        "日本",
    ] {
        check(alias, "ok");
    }
    check(&"a".repeat(255), "ok");
    check(&"é".repeat(255), "ok");
    for alias in ["latest", "LATEST", "Latest"] {
        check(
            alias,
            "INVALID_PARAMETER_VALUE 'latest' alias name (case insensitive) is reserved.",
        );
    }
    for alias in ["v1", "V1", "v01"] {
        check(
            alias,
            &format!("INVALID_PARAMETER_VALUE Version alias name '{alias}' is reserved."),
        );
    }
    for alias in ["a b", "a.b", "a/b", "a@b", "a:b", "  ", "a\n", "latest "] {
        check(
            alias,
            &format!(
                "INVALID_PARAMETER_VALUE Invalid alias name: '{alias}'. Names may only contain alphanumerics, \
                 underscores (_), and dashes (-)."
            ),
        );
    }
    check(
        "",
        "INVALID_PARAMETER_VALUE Registered model alias name cannot be empty.",
    );
    for alias in ["a".repeat(256), "é".repeat(256)] {
        check(
            &alias,
            "INVALID_PARAMETER_VALUE 'Registered model alias name' exceeds the maximum length of 255 characters",
        );
    }
}

#[test]
fn aliases_point_to_one_version_and_move() {
    let set = |alias: &str, version: &str| Call::SetRegisteredModelAlias {
        name: "m".into(),
        alias: alias.into(),
        version: version.into(),
    };
    let delete = |alias: &str| Call::DeleteRegisteredModelAlias {
        name: "m".into(),
        alias: alias.into(),
    };
    let check = |calls: &[Call], expected: &[(&str, u32)]| {
        let mut registry = scene();
        for call in calls {
            assert_eq!(
                run(&mut registry, Layer::Client, 50, call),
                "ok",
                "{call:?}"
            );
        }
        let aliases = registry.model(&model("m")).unwrap().aliases();
        let found: Vec<_> = aliases
            .iter()
            .map(|(alias, number)| (alias.as_str(), number.get()))
            .collect();
        assert_eq!(found, expected, "{calls:?}");
        if !calls
            .iter()
            .any(|call| matches!(call, Call::DeleteModelVersion { .. }))
        {
            assert_eq!(picture(&registry, "m"), SCENE, "aliases change no time");
        }
    };
    check(&[set("champion", "1")], &[("champion", 1)]);
    check(&[set("Champion", "1")], &[("Champion", 1), ("champion", 3)]);
    check(
        &[set("a", "3"), set("b", "3")],
        &[("a", 3), ("b", 3), ("champion", 3)],
    );
    check(&[delete("champion")], &[]);
    check(&[delete("Champion")], &[("champion", 3)]);
    check(&[delete("latest"), delete("v1")], &[("champion", 3)]);
    check(
        &[
            set("a", "4"),
            Call::DeleteModelVersion {
                name: "m".into(),
                version: "3".into(),
            },
        ],
        &[("a", 4)],
    );
}

#[test]
fn models_are_created_and_renamed() {
    let create = |name: &str| Call::CreateRegisteredModel {
        name: name.into(),
        tags: vec![],
        description: String::new(),
    };
    let rename = |name: &str, new_name: &str| Call::RenameRegisteredModel {
        name: name.into(),
        new_name: new_name.into(),
    };
    let check = |call: Call, expected: &str| both(&call, expected);
    check(
        create("m"),
        "RESOURCE_ALREADY_EXISTS Registered Model (name=m) already exists.",
    );
    for name in [
        "M",
        "m ",
        " m",
        "a b",
        "a.b",
        "m@champion",
        "é",
        "日本",
        "it's",
        "\u{200b}",
    ] {
        check(create(name), "ok");
    }
    check(create(&"x".repeat(300)), "ok");
    check(rename("m", "n"), "ok");
    check(rename("m", "m"), "ok");
    check(rename("m", "M"), "ok");
    check(
        rename("m", "empty"),
        "RESOURCE_ALREADY_EXISTS Registered Model (name=empty) already exists. Error: UNIQUE constraint failed: \
         registered_models.name",
    );
    check(
        rename("m", ""),
        "INTERNAL_ERROR The name must not be an empty string.",
    );
    check(
        rename("m", " \t"),
        "INTERNAL_ERROR The name must not be an empty string.",
    );
    check(
        rename("m", "a/b"),
        "INVALID_PARAMETER_VALUE Invalid model name 'a/b'. Names cannot contain '/' or ':'.",
    );
    // A rename takes everything along and moves every time.
    history(
        &[rename("m", "n")],
        "n",
        "n@20 1:Archived@20 2:Production@20 3:Production@20 4:Staging@20 5:None@20",
    );
    history(
        &[
            rename("m", "n"),
            transition("n", "5", "Staging", false),
            rename("n", "m"),
            transition("m", "1", "None", false),
        ],
        "m",
        "m@23 1:None@23 2:Production@22 3:Production@22 4:Staging@22 5:Staging@22",
    );
}

#[test]
fn numbers_are_never_given_out_twice_while_the_model_lives() {
    let create = || Call::CreateModelVersion {
        name: "m".into(),
        source: "s".into(),
        tags: vec![],
        description: String::new(),
        metrics: vec![],
    };
    let delete = |version: &str| Call::DeleteModelVersion {
        name: "m".into(),
        version: version.into(),
    };
    let check = |calls: &[Call], expected: &str| history(calls, "m", expected);
    check(
        &[delete("5"), create()],
        "m@21 1:Archived@7 2:Production@9 3:Production@8 4:Staging@10 6:None@21",
    );
    check(
        &[delete("5"), create(), delete("6"), delete("4"), create()],
        "m@24 1:Archived@7 2:Production@9 3:Production@8 7:None@24",
    );
    // Deleting the model and making it again starts at 1.
    check(
        &[
            Call::DeleteRegisteredModel { name: "m".into() },
            Call::CreateRegisteredModel {
                name: "m".into(),
                tags: vec![],
                description: String::new(),
            },
            create(),
        ],
        "m@22 1:None@22",
    );
    // Deleting is allowed in Production; the second time nothing is there.
    let mut registry = scene();
    assert_eq!(run(&mut registry, Layer::Client, 50, &delete("3")), "ok");
    assert_eq!(
        run(&mut registry, Layer::Client, 51, &delete("3")),
        "RESOURCE_DOES_NOT_EXIST Model Version (name=m, version=3) not found"
    );
}

#[test]
fn a_version_is_copied_to_another_model() {
    let copy = |uri: &str, dst_name: &str| Call::CopyModelVersion {
        src_model_uri: uri.into(),
        dst_name: dst_name.into(),
    };
    let check = |uri: &str, dst_name: &str, expected: &str| both(&copy(uri, dst_name), expected);
    check("models:/m/1", "prod.m", "ok");
    check("models:/m@champion", "prod.m", "ok");
    check("models:/m/Production", "prod.m", "ok");
    check("models:/m/latest", "m", "ok");
    check(
        "runs:/x",
        "prod.m",
        "INTERNAL_ERROR Unsupported source model URI: 'runs:/x'. The `copy_model_version` API only copies models \
         stored in the 'models:/' scheme.",
    );
    check(
        "models:/m/9",
        "prod.m",
        "INTERNAL_ERROR Failed to fetch model version from source model URI: 'models:/m/9'. Error: Model Version \
         (name=m, version=9) not found",
    );
    check(
        "models:/ghost@champion",
        "",
        "INTERNAL_ERROR Failed to fetch model version from source model URI: 'models:/ghost@champion'. Error: \
         Registered Model with name=ghost not found",
    );
    // The target is made, counts by itself and starts in None; tags come along, aliases do not.
    let mut registry = scene();
    for (moment, uri) in [(20, "models:/m@champion"), (21, "models:/m/1")] {
        assert_eq!(
            run(&mut registry, Layer::Client, moment, &copy(uri, "prod.m")),
            "ok"
        );
    }
    assert_eq!(
        picture(&registry, "prod.m"),
        "prod.m@21 1:None@20 2:None@21"
    );
    assert_eq!(picture(&registry, "m"), SCENE, "the source is left alone");
    let target = registry.model(&model("prod.m")).unwrap();
    let copied = target.version(version(1)).unwrap();
    assert_eq!(copied.source().as_str(), "models:/m/3");
    assert_eq!(
        copied.storage().as_str(),
        "s3://models",
        "the files are where they were"
    );
    let tags: Vec<_> = copied
        .tags()
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    assert_eq!(tags, ["owner=alice"]);
    assert!(target.aliases().is_empty());
}

#[test]
fn a_copy_has_the_description_and_the_metrics() {
    let (recall, value) = (
        MetricName::parse("recall").unwrap(),
        MetricValue::parse("0.91").unwrap(),
    );
    let mut registry = scene();
    for command in [
        Command::UpdateModelVersion {
            name: model("m"),
            version: version(1),
            description: text("the first"),
        },
        Command::LogMetric {
            name: model("m"),
            version: version(1),
            key: recall.clone(),
            value,
        },
        copy("m", 1, "prod.m"),
        // A copy of the copy still knows where the files are.
        copy("prod.m", 1, "prod.m"),
    ] {
        registry.apply(&at(50, RuleSet::Mlflow), &command).unwrap();
    }
    let target = registry.model(&model("prod.m")).unwrap();
    for (number, source) in [(1, "models:/m/1"), (2, "models:/prod.m/1")] {
        let copied = target.version(version(number)).unwrap();
        assert_eq!(copied.source().as_str(), source);
        assert_eq!(copied.storage().as_str(), "s3://models");
        assert_eq!(copied.description().as_str(), "the first");
        assert_eq!(copied.metrics().get(&recall), Some(&value));
    }
}

#[test]
fn tags_have_keys_in_the_shape_of_a_path() {
    let calls = |key: &str, value: &str| {
        [
            Call::SetRegisteredModelTag {
                name: "m".into(),
                key: key.into(),
                value: value.into(),
            },
            Call::SetModelVersionTag {
                name: "m".into(),
                version: VersionArgument::Given("1".into()),
                key: key.into(),
                value: value.into(),
            },
        ]
    };
    let check = |key: &str, value: &str, expected: &str| {
        for call in calls(key, value) {
            both(&call, expected);
        }
    };
    for key in [
        "k",
        "validation_status",
        "a/b",
        "a b",
        "a:b",
        "k.v",
        "a-b",
        "é",
        " ",
    ] {
        check(key, "v", "ok");
    }
    check(&"k".repeat(250), "", "ok");
    check("k", &"v".repeat(100_000), "ok");
    for key in ["a,b", "x=y", "a\tb", "x'y"] {
        check(
            key,
            "v",
            &format!(
                "INVALID_PARAMETER_VALUE Invalid value \"{}\" for parameter 'key' supplied: Names may only contain \
                 alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).",
                key.replace('\t', "\\t")
            ),
        );
    }
    for (key, norm) in [
        ("", "."),
        (".", "."),
        ("a//b", "a/b"),
        ("/x", "/x"),
        ("../x", "../x"),
        ("x/", "x"),
        ("a/../b", "b"),
    ] {
        check(
            key,
            "v",
            &format!(
                "INVALID_PARAMETER_VALUE Invalid value \"{key}\" for parameter 'key' supplied: Names may be treated \
                 as files in certain cases, and must not resolve to other names when treated as such. This name \
                 would resolve to '{norm}'"
            ),
        );
    }
    check(
        &"k".repeat(251),
        "v",
        "INVALID_PARAMETER_VALUE 'key' exceeds the maximum length of 250 characters",
    );
    check(
        "k",
        &"v".repeat(100_001),
        "INVALID_PARAMETER_VALUE 'value' exceeds the maximum length of 100000 characters",
    );
}

#[test]
fn tags_of_a_version_need_a_version() {
    let check = |version: VersionArgument, client: &str, store: &str| {
        for call in [
            Call::SetModelVersionTag {
                name: "m".into(),
                version: version.clone(),
                key: "k".into(),
                value: "v".into(),
            },
            Call::DeleteModelVersionTag {
                name: "m".into(),
                version: version.clone(),
                key: "k".into(),
            },
        ] {
            through(Layer::Client, &call, client);
            through(Layer::Store, &call, store);
        }
    };
    let unset = "INVALID_PARAMETER_VALUE version or stage must be set";
    let missing = "RESOURCE_DOES_NOT_EXIST Model Version (name=m, version=0) not found";
    let no_integer = "INVALID_PARAMETER_VALUE Parameter 'version' must be an integer, got ''.";
    check(VersionArgument::Missing, unset, no_integer);
    check(VersionArgument::Zero, unset, missing);
    check(VersionArgument::Given("0".into()), missing, missing);
    // Deleting a tag that is not there is silent.
    check(VersionArgument::Given(" 3".into()), "ok", "ok");
}

#[test]
fn tags_change_no_time_and_descriptions_do() {
    let check = |call: Call, expected: &str| history(&[call], "m", expected);
    let (name, one) = (|| "m".to_owned(), || "1".to_owned());
    let given = || VersionArgument::Given("3".to_owned());
    check(
        Call::SetRegisteredModelTag {
            name: name(),
            key: "k".into(),
            value: String::new(),
        },
        SCENE,
    );
    check(
        Call::DeleteRegisteredModelTag {
            name: name(),
            key: "k".into(),
        },
        SCENE,
    );
    check(
        Call::SetModelVersionTag {
            name: name(),
            version: given(),
            key: "owner".into(),
            value: "bob".into(),
        },
        SCENE,
    );
    check(
        Call::DeleteModelVersionTag {
            name: name(),
            version: given(),
            key: "owner".into(),
        },
        SCENE,
    );
    check(
        Call::UpdateRegisteredModel {
            name: name(),
            description: "d".into(),
        },
        &SCENE.replace("m@10", "m@20"),
    );
    check(
        Call::UpdateModelVersion {
            name: name(),
            version: one(),
            description: "d".into(),
        },
        &SCENE.replace("1:Archived@7", "1:Archived@20"),
    );
    check(
        Call::DeleteModelVersion {
            name: name(),
            version: one(),
        },
        &SCENE.replace("m@10 1:Archived@7", "m@20"),
    );
    check(
        Call::CreateModelVersion {
            name: name(),
            source: "s".into(),
            tags: vec![],
            description: String::new(),
            metrics: vec![],
        },
        &format!("{} 6:None@20", SCENE.replace("m@10", "m@20")),
    );
}

#[test]
fn a_refused_command_says_what_the_refused_call_says() {
    // What comes from a button, and not from text, meets the same rules.
    let check = |command: &Command, expected: &str| {
        let refusal = scene()
            .apply(&at(50, RuleSet::Mlflow), command)
            .unwrap_err();
        assert_eq!(
            format!("{} {}", refusal.kind.code().as_str(), refusal.kind),
            expected
        );
        assert_eq!(refusal.ways_out, []);
    };
    check(
        &create_model("m"),
        "RESOURCE_ALREADY_EXISTS Registered Model (name=m) already exists.",
    );
    check(
        &create_version("ghost"),
        "RESOURCE_DOES_NOT_EXIST Registered Model with name=ghost not found",
    );
    check(
        &move_to("m", 9, Stage::Staging),
        "RESOURCE_DOES_NOT_EXIST Model Version (name=m, version=9) not found",
    );
    check(
        &move_and_archive("m", 9, Stage::Archived),
        "INTERNAL_ERROR Model version transition cannot archive existing model versions because 'Archived' is not an \
         Active stage. Valid stages are ['Staging', 'Production']",
    );
    check(
        &set_alias("m", "v7", 1),
        "INVALID_PARAMETER_VALUE Version alias name 'v7' is reserved.",
    );
    check(
        &set_alias("m", "a", 9),
        "RESOURCE_DOES_NOT_EXIST Model Version (name=m, version=9) not found",
    );
    check(
        &delete_model("ghost"),
        "RESOURCE_DOES_NOT_EXIST Registered Model with name=ghost not found",
    );
    check(
        &copy("m", 9, "n"),
        "RESOURCE_DOES_NOT_EXIST Model Version (name=m, version=9) not found",
    );
}

#[test]
fn a_model_gives_out_numbers_until_there_are_none() {
    let mut registry = scene();
    let full = r#"[{"name":"m","created":1,"updated":1,"versions":[],"last_number":4294967295}]"#;
    registry.clone_from(&serde_json::from_str(full).unwrap());
    assert_eq!(
        run(
            &mut registry,
            Layer::Client,
            50,
            &Call::CreateModelVersion {
                name: "m".into(),
                source: "s".into(),
                tags: vec![],
                description: String::new(),
                metrics: vec![],
            }
        ),
        "INTERNAL_ERROR Model Version creation error (name=m). Giving up after 3 attempts."
    );
    let found = registry
        .model(&model("m"))
        .and_then(RegisteredModel::newest);
    assert_eq!(found, None);
}
