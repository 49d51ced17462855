//! The sentences about methods that change a registry: what each does, for help, and what a step of the history did.

use super::explain::{capital, versions};
use super::{Language, fill};
use registry::{
    Action, Change, Command, Entry, Event, ModelName, Replacement, Stage, VersionNumber,
};

/// The words of what happened.
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are named by what happened")]
pub struct EventText {
    pub created_model: &'static str,
    pub renamed_model: &'static str,
    pub described_model: &'static str,
    pub deleted_model: &'static str,
    pub tagged: &'static str,
    pub untagged: &'static str,
    pub aliased: &'static str,
    pub alias_moved: &'static str,
    pub unaliased: &'static str,
    pub created_version: &'static str,
    pub copied_version: &'static str,
    pub described_version: &'static str,
    pub deleted_version: &'static str,
    pub logged_metric: &'static str,
    pub moved: &'static str,
    pub moved_again: &'static str,
    pub archived_too: &'static str,
    pub archived_too_many: &'static str,
    pub emptied: &'static str,
    pub sampled: &'static str,
    pub taken_in: &'static str,
    pub restored: &'static str,
    pub restored_start: &'static str,
    pub nothing: &'static str,
    pub whole_model: &'static str,
    pub the_version: &'static str,
}

pub(super) static EN_EVENT: EventText = EventText {
    created_model: "Registered the model {name}.",
    renamed_model: "Renamed {name} to {new}.",
    described_model: "Changed the description of {name}.",
    deleted_model: "Deleted the model {name} with everything in it.",
    tagged: "Set the tag {key} of {what} to “{value}”.",
    untagged: "Deleted the tag {key} of {what}.",
    aliased: "Set the alias {alias} of {name} to version {version}.",
    alias_moved: "Moved the alias {alias} of {name} from version {before} to version {version}.",
    unaliased: "Deleted the alias {alias} of {name}.",
    created_version: "Added version {version} of {name}.",
    copied_version: "Copied version {source} of {from} to {name}, version {version}.",
    described_version: "Changed the description of {name} version {version}.",
    deleted_version: "Deleted version {version} of {name}.",
    logged_metric: "Set the metric {key} of {name} version {version} to {value}.",
    moved: "Moved {name} version {version} from {from} to {to}.",
    moved_again: "Moved {name} version {version} to {to}, where it was already.",
    archived_too: "{versions} went to Archived in the same step.",
    archived_too_many: "{versions} went to Archived in the same step.",
    emptied: "Emptied the registry.",
    sampled: "Brought the sample back.",
    taken_in: "Took in the models of another registry.",
    restored: "Restored the registry as it was after step {step}.",
    restored_start: "Restored the registry as it was before the first step.",
    nothing: "Nothing changed: {what} was not there.",
    whole_model: "{name}",
    the_version: "{name} version {version}",
};

/// The methods that change a registry: the name, what it does, an example.
pub(super) static EN_METHODS: &[(&str, &str, &str)] = &[
    (
        "create_registered_model",
        "Registers a model, still without versions.",
        "client.create_registered_model(\"prices\", tags={\"team\": \"shop\"})",
    ),
    (
        "rename_registered_model",
        "Gives a model another name. Its versions, stages and aliases stay.",
        "client.rename_registered_model(\"prices\", \"shop-prices\")",
    ),
    (
        "update_registered_model",
        "Changes the description of a model.",
        "client.update_registered_model(\"prices\", description=\"What a thing should cost.\")",
    ),
    (
        "delete_registered_model",
        "Deletes a model with all its versions.",
        "client.delete_registered_model(\"prices\")",
    ),
    (
        "set_registered_model_tag",
        "Sets a tag of a model.",
        "client.set_registered_model_tag(\"prices\", \"team\", \"shop\")",
    ),
    (
        "delete_registered_model_tag",
        "Deletes a tag of a model.",
        "client.delete_registered_model_tag(\"prices\", \"team\")",
    ),
    (
        "set_registered_model_alias",
        "Points an alias to a version. If it pointed to another one, it moves.",
        "client.set_registered_model_alias(\"prices\", \"champion\", 3)",
    ),
    (
        "delete_registered_model_alias",
        "Deletes an alias. The version that it pointed to stays.",
        "client.delete_registered_model_alias(\"prices\", \"champion\")",
    ),
    (
        "create_model_version",
        "Adds a version to a model. It starts without a stage.",
        "client.create_model_version(\"prices\", source=\"models/prices/v4.pkl\")",
    ),
    (
        "copy_model_version",
        "Copies a version to another model, where it gets the next number.",
        "client.copy_model_version(\"models:/prices/3\", \"prod.prices\")",
    ),
    (
        "update_model_version",
        "Changes the description of a version.",
        "client.update_model_version(\"prices\", 3, \"Trained on the autumn data.\")",
    ),
    (
        "delete_model_version",
        "Deletes a version. Its number is not given out again.",
        "client.delete_model_version(\"prices\", 3)",
    ),
    (
        "transition_model_version_stage",
        "Moves a version to another stage.",
        "client.transition_model_version_stage(\"prices\", 3, \"Production\", archive_existing_versions=True)",
    ),
    (
        "set_model_version_tag",
        "Sets a tag of a version.",
        "client.set_model_version_tag(\"prices\", 3, \"validation_status\", \"passed\")",
    ),
    (
        "delete_model_version_tag",
        "Deletes a tag of a version.",
        "client.delete_model_version_tag(\"prices\", 3, \"validation_status\")",
    ),
];

/// A step of the history in one sentence (two where others were archived too).
#[must_use]
pub fn narrate(text: Language, entry: &Entry) -> String {
    let texts = text.events();
    match &entry.action {
        Action::Restore { restore: 0 } => texts.restored_start.to_owned(),
        Action::Restore { restore } => fill(texts.restored, &[("step", restore)]),
        Action::Do(command) => narrate_command(text, command, &entry.events),
    }
}

fn narrate_command(text: Language, command: &Command, events: &[Event]) -> String {
    let texts = text.events();
    let model = |name: &ModelName| fill(texts.whole_model, &[("name", name)]);
    let the_version = |name: &ModelName, version: &VersionNumber| {
        fill(texts.the_version, &[("name", name), ("version", version)])
    };
    match command {
        Command::CreateRegisteredModel { name, .. } => fill(texts.created_model, &[("name", name)]),
        Command::RenameRegisteredModel { name, new_name } => {
            fill(texts.renamed_model, &[("name", name), ("new", new_name)])
        }
        Command::UpdateRegisteredModel { name, .. } => {
            fill(texts.described_model, &[("name", name)])
        }
        Command::DeleteRegisteredModel { name } => fill(texts.deleted_model, &[("name", name)]),
        Command::SetRegisteredModelTag { name, key, value } => fill(
            texts.tagged,
            &[("key", key), ("what", &model(name)), ("value", value)],
        ),
        Command::SetModelVersionTag {
            name,
            version,
            key,
            value,
        } => fill(
            texts.tagged,
            &[
                ("key", key),
                ("what", &the_version(name, version)),
                ("value", value),
            ],
        ),
        Command::DeleteRegisteredModelTag { key, .. }
        | Command::DeleteModelVersionTag { key, .. }
            if events.is_empty() =>
        {
            fill(texts.nothing, &[("what", key)])
        }
        Command::DeleteRegisteredModelAlias { alias, .. } if events.is_empty() => {
            fill(texts.nothing, &[("what", alias)])
        }
        Command::DeleteRegisteredModelTag { name, key } => {
            fill(texts.untagged, &[("key", key), ("what", &model(name))])
        }
        Command::DeleteModelVersionTag { name, version, key } => fill(
            texts.untagged,
            &[("key", key), ("what", &the_version(name, version))],
        ),
        Command::SetRegisteredModelAlias {
            name,
            alias,
            version,
        } => {
            let before = events.iter().find_map(|event| match event {
                Event::AliasPointed {
                    version: Change { before, .. },
                    ..
                } => *before,
                _ => None,
            });
            match before.filter(|before| before != version) {
                Some(before) => fill(
                    texts.alias_moved,
                    &[
                        ("alias", alias),
                        ("name", name),
                        ("before", &before),
                        ("version", version),
                    ],
                ),
                None => fill(
                    texts.aliased,
                    &[("alias", alias), ("name", name), ("version", version)],
                ),
            }
        }
        Command::DeleteRegisteredModelAlias { name, alias } => {
            fill(texts.unaliased, &[("alias", alias), ("name", name)])
        }
        Command::CreateModelVersion { name, .. } => fill(
            texts.created_version,
            &[("name", name), ("version", &created(events))],
        ),
        Command::CopyModelVersion {
            name,
            version,
            dst_name,
        } => fill(
            texts.copied_version,
            &[
                ("source", version),
                ("from", name),
                ("name", dst_name),
                ("version", &created(events)),
            ],
        ),
        Command::UpdateModelVersion { name, version, .. } => fill(
            texts.described_version,
            &[("name", name), ("version", version)],
        ),
        Command::LogMetric {
            name,
            version,
            key,
            value,
        } => fill(
            texts.logged_metric,
            &[
                ("name", name),
                ("version", version),
                ("key", key),
                ("value", value),
            ],
        ),
        Command::DeleteModelVersion { name, version } => fill(
            texts.deleted_version,
            &[("name", name), ("version", version)],
        ),
        Command::TransitionModelVersionStage {
            name,
            version,
            stage,
            ..
        } => moved(text, name, *version, *stage, events),
        Command::ReplaceRegistry { why, .. } => match why {
            Replacement::Emptied => texts.emptied.to_owned(),
            Replacement::Sample => texts.sampled.to_owned(),
            Replacement::TakenIn => texts.taken_in.to_owned(),
        },
    }
}

fn created(events: &[Event]) -> String {
    events
        .iter()
        .find_map(|event| match event {
            Event::VersionCreated { version, .. } => Some(version.number().to_string()),
            _ => None,
        })
        .unwrap_or_default()
}

fn moved(
    text: Language,
    name: &ModelName,
    version: VersionNumber,
    to: Stage,
    events: &[Event],
) -> String {
    let texts = text.events();
    let mut from = to;
    let mut archived = Vec::new();
    for event in events {
        if let Event::StageChanged {
            version: of, stage, ..
        } = event
        {
            if *of == version {
                from = stage.before;
            } else {
                archived.push(*of);
            }
        }
    }
    let template = if from == to {
        texts.moved_again
    } else {
        texts.moved
    };
    let mut sentence = fill(
        template,
        &[
            ("name", name),
            ("version", &version),
            ("from", &from),
            ("to", &to),
        ],
    );
    if !archived.is_empty() {
        let template = if archived.len() == 1 {
            texts.archived_too
        } else {
            texts.archived_too_many
        };
        let who = capital(&versions(text, &archived));
        sentence.push(' ');
        sentence.push_str(&fill(template, &[("versions", &who)]));
    }
    sentence
}
