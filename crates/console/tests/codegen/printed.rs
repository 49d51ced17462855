//! Every command as code, word for word.

use std::fmt::Write as _;
use std::sync::Arc;

use Stage::{Archived, None as NoStage, Production, Staging};
use console::codegen::{self, ApiStyle, Base, CodeFormat, compatibility, is_same_in_both};
use registry::{
    Command, MetricName, MetricValue, Registry, Replacement, Stage, TagKey, TagValue, Time,
};
use test_support::golden::golden;
use test_support::make::*;
use text::{Language, as_code};

/// A registry with something in every stage.
fn scene() -> Registry {
    let mut start = vec![create_model("fraud-detector")];
    start.extend((0..5).map(|_| create_version("fraud-detector")));
    start.extend([
        move_to("fraud-detector", 1, Archived),
        move_to("fraud-detector", 2, Production),
        move_to("fraud-detector", 3, Production),
        move_to("fraud-detector", 4, Staging),
        set_version_tag("fraud-detector", 4, "team", "payments"),
        set_alias("fraud-detector", "old", 1),
    ]);
    registry(&start)
}

/// A command in every format and style, with what MLflow says to it.
fn in_every_form(command: &Command) -> String {
    let before = scene();
    let mut out = String::new();
    let said = |style, format| {
        as_code::compatibility(Language::English, compatibility(command, style, format))
    };
    for style in ApiStyle::ALL {
        if style == ApiStyle::Aliases && is_same_in_both(command) {
            out.push_str("## the same with aliases\n");
            continue;
        }
        writeln!(
            out,
            "## {style:?}, Python: {}",
            said(style, CodeFormat::Python)
        )
        .unwrap();
        let python = codegen::python(command, style, &before);
        out.push_str(&python);
        // A step of a way is the same code, but that a whole registry is no step.
        let is_step = !matches!(command, Command::ReplaceRegistry { .. });
        let step = codegen::python_step(command, style, &before);
        assert_eq!(step, if is_step { python.as_str() } else { "" });
        writeln!(out, "## {style:?}, curl: {}", said(style, CodeFormat::Curl)).unwrap();
        let base = Base::default();
        out.push_str(&codegen::curl(
            command,
            style,
            &before,
            &base,
            Time(1_760_000_000_000),
        ));
    }
    if let Some(line) = codegen::shell(command) {
        writeln!(
            out,
            "## shell: {}",
            said(ApiStyle::Stages, CodeFormat::Shell)
        )
        .unwrap();
        out.push_str(&line);
    }
    out
}

fn check(name: &str, commands: &[(&str, Command)]) {
    let mut out = String::new();
    for (title, command) in commands {
        writeln!(out, "# {title}\n{}", in_every_form(command)).unwrap();
    }
    golden(&format!("code-{name}.txt"), &out);
}

#[test]
fn moves_as_code() {
    let name = "fraud-detector";
    check(
        "moves",
        &[
            ("to Staging", move_to(name, 5, Staging)),
            ("to Production, beside others", move_to(name, 4, Production)),
            (
                "to Production, archiving others",
                move_and_archive(name, 4, Production),
            ),
            (
                "to Archived, one is left in Production",
                move_to(name, 3, Archived),
            ),
            (
                "to Archived, the last in Staging",
                move_to(name, 4, Archived),
            ),
            ("to None", move_to(name, 4, NoStage)),
            ("to where it is", move_to(name, 3, Production)),
            (
                "of a model that is not there",
                move_to("it's mine", 1, Production),
            ),
        ],
    );
}

#[test]
fn models_as_code() {
    let tags = [(
        TagKey::parse("team").unwrap(),
        TagValue::parse("it's \"us\"").unwrap(),
    )];
    check(
        "models",
        &[
            ("create", create_model("churn")),
            (
                "create with all",
                Command::CreateRegisteredModel {
                    name: model("a b"),
                    description: text("two\nlines, $HOME, \\, é"),
                    tags: tags.into(),
                },
            ),
            ("rename", rename("fraud-detector", "fraud")),
            (
                "describe",
                Command::UpdateRegisteredModel {
                    name: model("fraud-detector"),
                    description: text(""),
                },
            ),
            ("delete", delete_model("fraud-detector")),
            (
                "tag",
                Command::SetRegisteredModelTag {
                    name: model("fraud-detector"),
                    key: TagKey::parse("a/b").unwrap(),
                    value: TagValue::parse("'''").unwrap(),
                },
            ),
            (
                "untag",
                Command::DeleteRegisteredModelTag {
                    name: model("fraud-detector"),
                    key: TagKey::parse("a/b").unwrap(),
                },
            ),
            ("alias", set_alias("fraud-detector", "champion", 3)),
            (
                "no alias",
                Command::DeleteRegisteredModelAlias {
                    name: model("fraud-detector"),
                    alias: registry::Alias::parse("old").unwrap(),
                },
            ),
        ],
    );
}

#[test]
fn versions_as_code() {
    let metric = |name: &str| MetricName::parse(name).unwrap();
    let value = |text: &str| MetricValue::parse(text).unwrap();
    check(
        "versions",
        &[
            ("create", create_version("fraud-detector")),
            (
                "create with all",
                Command::CreateModelVersion {
                    name: model("fraud-detector"),
                    source: text("models/fraud/model_v6.pkl"),
                    description: text("Gradient boosting."),
                    tags: [(
                        TagKey::parse("owner").unwrap(),
                        TagValue::parse("").unwrap(),
                    )]
                    .into(),
                    metrics: [
                        (metric("auc"), value("0.93")),
                        (metric("latency ms"), value("28")),
                    ]
                    .into(),
                },
            ),
            (
                "copy into a new model",
                copy("fraud-detector", 4, "prod.fraud"),
            ),
            (
                "copy into a model that is there",
                copy("fraud-detector", 1, "fraud-detector"),
            ),
            (
                "describe",
                Command::UpdateModelVersion {
                    name: model("fraud-detector"),
                    version: version(2),
                    description: text("It's \"live\"."),
                },
            ),
            (
                "tag",
                set_version_tag("fraud-detector", 2, "validation_status", "passed"),
            ),
            (
                "untag",
                Command::DeleteModelVersionTag {
                    name: model("fraud-detector"),
                    version: version(2),
                    key: TagKey::parse("team").unwrap(),
                },
            ),
            (
                "measure",
                Command::LogMetric {
                    name: model("fraud-detector"),
                    version: version(3),
                    key: metric("auc"),
                    value: value("0.93"),
                },
            ),
            ("delete", delete_version("fraud-detector", 4)),
        ],
    );
}

#[test]
fn whole_registries_as_code() {
    let with = |registry: Registry| Command::ReplaceRegistry {
        with: Arc::new(registry),
        why: Replacement::Sample,
    };
    let other = registry(&[
        create_model("fraud-detector"),
        create_version("fraud-detector"),
        create_version("fraud-detector"),
        delete_version("fraud-detector", 1),
        move_to("fraud-detector", 2, Production),
    ]);
    check(
        "registries",
        &[
            ("empty", with(Registry::default())),
            ("another one", with(other)),
            ("the same", with(scene())),
        ],
    );
}
