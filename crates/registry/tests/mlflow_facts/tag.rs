//! Tags and descriptions.

use registry::call::{ApiLayer, RawCall, VersionArgument};

use super::scene::{SCENE, both, history, through};

#[test]
fn tags_have_keys_in_the_shape_of_a_path() {
    let calls = |key: &str, value: &str| {
        [
            RawCall::SetRegisteredModelTag {
                name: "m".into(),
                key: key.into(),
                value: value.into(),
            },
            RawCall::SetModelVersionTag {
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
            RawCall::SetModelVersionTag {
                name: "m".into(),
                version: version.clone(),
                key: "k".into(),
                value: "v".into(),
            },
            RawCall::DeleteModelVersionTag {
                name: "m".into(),
                version: version.clone(),
                key: "k".into(),
            },
        ] {
            through(ApiLayer::Client, &call, client);
            through(ApiLayer::Store, &call, store);
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
    let check = |call: RawCall, expected: &str| history(&[call], "m", expected);
    let (name, one) = (|| "m".to_owned(), || "1".to_owned());
    let given = || VersionArgument::Given("3".to_owned());
    check(
        RawCall::SetRegisteredModelTag {
            name: name(),
            key: "k".into(),
            value: String::new(),
        },
        SCENE,
    );
    check(
        RawCall::DeleteRegisteredModelTag {
            name: name(),
            key: "k".into(),
        },
        SCENE,
    );
    check(
        RawCall::SetModelVersionTag {
            name: name(),
            version: given(),
            key: "owner".into(),
            value: "bob".into(),
        },
        SCENE,
    );
    check(
        RawCall::DeleteModelVersionTag {
            name: name(),
            version: given(),
            key: "owner".into(),
        },
        SCENE,
    );
    check(
        RawCall::UpdateRegisteredModel {
            name: name(),
            description: "d".into(),
        },
        &SCENE.replace("m@10", "m@20"),
    );
    check(
        RawCall::UpdateModelVersion {
            name: name(),
            version: one(),
            description: "d".into(),
        },
        &SCENE.replace("1:Archived@7", "1:Archived@20"),
    );
    check(
        RawCall::DeleteModelVersion {
            name: name(),
            version: one(),
        },
        &SCENE.replace("m@10 1:Archived@7", "m@20"),
    );
    check(
        RawCall::CreateModelVersion {
            name: name(),
            source: "s".into(),
            tags: vec![],
            description: String::new(),
            metrics: vec![],
        },
        &format!("{} 6:None@20", SCENE.replace("m@10", "m@20")),
    );
}
