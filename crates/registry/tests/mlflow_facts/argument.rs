//! How names and versions are read, and where it is found out that there is no such model.

use registry::call::{ApiLayer, Call, Question, VersionArgument};

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
