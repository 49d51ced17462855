//! Aliases, and the `models:/` URIs that lead to a version.

use registry::call::{ApiLayer, Question, RawCall};

use super::make::model;
use super::scene::{SCENE, both, picture, run, scene, through};

#[test]
fn the_checks_of_an_alias_stand_in_this_order() {
    let check = |layer: ApiLayer, name: &str, alias: &str, version: &str, expected: &str| {
        let call = RawCall::SetRegisteredModelAlias {
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
    for layer in [ApiLayer::Client, ApiLayer::Store] {
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
    check(ApiLayer::Client, "ghost", "latest", "x", bad_version);
    check(ApiLayer::Client, "ghost", "latest", "9", ghost);
    check(ApiLayer::Store, "ghost", "latest", "x", reserved);
    check(ApiLayer::Store, "m", "champion", "x", bad_version);
}

#[test]
fn aliases_have_their_own_spelling() {
    let check = |alias: &str, expected: &str| {
        both(
            &RawCall::SetRegisteredModelAlias {
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
    let set = |alias: &str, version: &str| RawCall::SetRegisteredModelAlias {
        name: "m".into(),
        alias: alias.into(),
        version: version.into(),
    };
    let delete = |alias: &str| RawCall::DeleteRegisteredModelAlias {
        name: "m".into(),
        alias: alias.into(),
    };
    let check = |calls: &[RawCall], expected: &[(&str, u32)]| {
        let mut registry = scene();
        for call in calls {
            assert_eq!(
                run(&mut registry, ApiLayer::Client, 50, call),
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
            .any(|call| matches!(call, RawCall::DeleteModelVersion { .. }))
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
            RawCall::DeleteModelVersion {
                name: "m".into(),
                version: "3".into(),
            },
        ],
        &[("a", 4)],
    );
}

#[test]
fn uris_resolve() {
    let check = |uri: &str, expected: &str| {
        both(
            &RawCall::Ask(Question::ResolveUri { uri: uri.into() }),
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
        ApiLayer::Client,
        &RawCall::Ask(Question::ResolveUri { uri: uri() }),
        "RESOURCE_DOES_NOT_EXIST Registered Model with name=m@champion not found",
    );
    through(
        ApiLayer::Store,
        &RawCall::Ask(Question::ResolveUri { uri: uri() }),
        "RESOURCE_DOES_NOT_EXIST Model Version (name=m@champion, version=3) not found",
    );
}
