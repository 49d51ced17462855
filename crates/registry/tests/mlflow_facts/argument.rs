//! How names and versions are read, and where it is found out that there is no such model.

use registry::call::{ApiLayer, Question, RawCall, VersionArgument};

use super::scene::{both, through, transition};

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
            RawCall::CreateRegisteredModel {
                name: name(),
                tags: vec![],
                description: String::new(),
            },
            RawCall::RenameRegisteredModel {
                name: name(),
                new_name: "n".into(),
            },
            RawCall::UpdateRegisteredModel {
                name: name(),
                description: "d".into(),
            },
            RawCall::DeleteRegisteredModel { name: name() },
            RawCall::SetRegisteredModelTag {
                name: name(),
                key: "k".into(),
                value: "v".into(),
            },
            RawCall::DeleteRegisteredModelTag {
                name: name(),
                key: "k".into(),
            },
            RawCall::SetRegisteredModelAlias {
                name: name(),
                alias: "a".into(),
                version: "1".into(),
            },
            RawCall::DeleteRegisteredModelAlias {
                name: name(),
                alias: "a".into(),
            },
            RawCall::CreateModelVersion {
                name: name(),
                source: "s".into(),
                tags: vec![],
                description: String::new(),
                metrics: vec![],
            },
            RawCall::UpdateModelVersion {
                name: name(),
                version: "1".into(),
                description: "d".into(),
            },
            RawCall::DeleteModelVersion {
                name: name(),
                version: "1".into(),
            },
            RawCall::CopyModelVersion {
                src_model_uri: "models:/m/1".into(),
                dst_name: name(),
            },
            RawCall::Ask(Question::GetRegisteredModel { name: name() }),
            RawCall::Ask(Question::GetModelVersion {
                name: name(),
                version: "1".into(),
            }),
            RawCall::Ask(Question::GetModelVersionByAlias {
                name: name(),
                alias: "a".into(),
            }),
            RawCall::Ask(Question::GetLatestVersions {
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
    let check = |call: RawCall, client: &str, store: &str| {
        through(ApiLayer::Client, &call, client);
        through(ApiLayer::Store, &call, store);
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
        RawCall::DeleteModelVersion {
            name: name(),
            version: "1".into(),
        },
        ghost,
        version,
    );
    check(
        RawCall::UpdateModelVersion {
            name: name(),
            version: "1".into(),
            description: "d".into(),
        },
        ghost,
        version,
    );
    check(
        RawCall::SetModelVersionTag {
            name: name(),
            version: VersionArgument::Given("1".into()),
            key: "k".into(),
            value: "v".into(),
        },
        ghost,
        version,
    );
    check(
        RawCall::SetRegisteredModelAlias {
            name: name(),
            alias: "a".into(),
            version: "1".into(),
        },
        ghost,
        version,
    );
    check(
        RawCall::Ask(Question::GetModelVersion {
            name: name(),
            version: "1".into(),
        }),
        version,
        version,
    );
    check(
        RawCall::Ask(Question::ResolveUri {
            uri: "models:/ghost/1".into(),
        }),
        ghost,
        version,
    );
    check(
        RawCall::Ask(Question::ResolveUri {
            uri: "models:/ghost/Staging".into(),
        }),
        ghost,
        ghost,
    );
    check(
        RawCall::Ask(Question::ResolveUri {
            uri: "models:/ghost/latest".into(),
        }),
        ghost,
        ghost,
    );
    check(
        RawCall::Ask(Question::ResolveUri {
            uri: "models:/ghost@champion".into(),
        }),
        ghost,
        ghost,
    );
    check(
        RawCall::Ask(Question::GetLatestVersions {
            name: name(),
            stages: vec![],
        }),
        ghost,
        ghost,
    );
    check(
        RawCall::CreateModelVersion {
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
        RawCall::RenameRegisteredModel {
            name: name(),
            new_name: "n".into(),
        },
        ghost,
        ghost,
    );
    check(
        RawCall::DeleteRegisteredModel { name: name() },
        ghost,
        ghost,
    );
    check(
        RawCall::UpdateRegisteredModel {
            name: name(),
            description: "d".into(),
        },
        ghost,
        ghost,
    );
    check(
        RawCall::DeleteRegisteredModelAlias {
            name: name(),
            alias: "a".into(),
        },
        ghost,
        ghost,
    );
}
