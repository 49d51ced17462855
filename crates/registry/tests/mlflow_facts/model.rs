//! Models and versions that come, go, and are copied.

use registry::call::{ApiLayer, RawCall};
use registry::{Command, MetricName, MetricValue, RegisteredModel, RuleSet, Stage};

use super::make::{
    at, copy, create_model, create_version, delete_model, model, move_and_archive, move_to,
    set_alias, text, version,
};
use super::scene::{SCENE, both, history, picture, run, scene, transition};

#[test]
fn models_are_created_and_renamed() {
    let create = |name: &str| RawCall::CreateRegisteredModel {
        name: name.into(),
        tags: vec![],
        description: String::new(),
    };
    let rename = |name: &str, new_name: &str| RawCall::RenameRegisteredModel {
        name: name.into(),
        new_name: new_name.into(),
    };
    let check = |call: RawCall, expected: &str| both(&call, expected);
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
    let create = || RawCall::CreateModelVersion {
        name: "m".into(),
        source: "s".into(),
        tags: vec![],
        description: String::new(),
        metrics: vec![],
    };
    let delete = |version: &str| RawCall::DeleteModelVersion {
        name: "m".into(),
        version: version.into(),
    };
    let check = |calls: &[RawCall], expected: &str| history(calls, "m", expected);
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
            RawCall::DeleteRegisteredModel { name: "m".into() },
            RawCall::CreateRegisteredModel {
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
    assert_eq!(run(&mut registry, ApiLayer::Client, 50, &delete("3")), "ok");
    assert_eq!(
        run(&mut registry, ApiLayer::Client, 51, &delete("3")),
        "RESOURCE_DOES_NOT_EXIST Model Version (name=m, version=3) not found"
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
            ApiLayer::Client,
            50,
            &RawCall::CreateModelVersion {
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

#[test]
fn a_version_is_copied_to_another_model() {
    let copy = |uri: &str, dst_name: &str| RawCall::CopyModelVersion {
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
            run(
                &mut registry,
                ApiLayer::Client,
                moment,
                &copy(uri, "prod.m")
            ),
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
        assert_eq!(refusal.remedies, []);
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
