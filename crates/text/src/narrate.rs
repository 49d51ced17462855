//! The sentences about methods that change a registry: what each does, for help, and what a step of the history did.

use super::Language;
use super::explain::{capital, numbers_in_short, versions};
use registry::{
    Action, Change, Command, Entry, Event, ModelName, Registry, Replacement, Stage, VersionNumber,
};

texts!(
    /// The words of what happened.
    EventText, EN_EVENT {
        created_model(name) = "Registered the model {name}.",
        renamed_model(name, new) = "Renamed {name} to {new}.",
        described_model(name) = "Changed the description of {name}.",
        deleted_model(name) = "Deleted the model {name} with everything in it.",
        tagged(key, what, value) = "Set the tag {key} of {what} to “{value}”.",
        untagged(key, what) = "Deleted the tag {key} of {what}.",
        aliased(alias, name, version) = "Set the alias {alias} of {name} to version {version}.",
        alias_moved(alias, name, before, version) = "Moved the alias {alias} of {name} from version {before} to version {version}.",
        unaliased(alias, name) = "Deleted the alias {alias} of {name}.",
        created_version(version, name) = "Added version {version} of {name}.",
        copied_version(source, from, name, version) = "Copied version {source} of {from} to {name}, version {version}.",
        described_version(name, version) = "Changed the description of {name} version {version}.",
        deleted_version(version, name) = "Deleted version {version} of {name}.",
        logged_metric(key, name, version, value) = "Set the metric {key} of {name} version {version} to {value}.",
        moved(name, version, from, to) = "Moved {name} version {version} from {from} to {to}.",
        moved_again(name, version, to) = "Moved {name} version {version} to {to}, where it was already.",
        stands_in(version, to) = "v{version} is in {to}.",
        stands_in_behind(version, to, gets) = "v{version} is in {to}, but an app that asks for {to} still gets v{gets}: it has the higher number.",
        stands_in_alone(version, to, archived) = "v{version} is in {to}, and {archived} is archived.",
        stands_in_many(version, to, archived) = "v{version} is in {to}, and {archived} are archived.",
        archived_too(versions) = "{versions} went to Archived in the same step.",
        emptied = "Emptied the registry.",
        sampled = "Brought the sample back.",
        taken_in = "Imported the models of another registry.",
        restored(step) = "Restored the registry as it was after step {step}.",
        restored_start = "Restored the registry as it was before the first step.",
        nothing(what) = "Nothing changed: {what} was not there.",
        whole_model(name) = "{name}",
        the_version(name, version) = "{name} version {version}",
    }
);

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
        "Deletes a version. Its number is not given again.",
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

/// Returns a step of the history in one sentence (two where others were archived too).
pub fn narrate(text: Language, entry: &Entry) -> String {
    let texts = text.events();
    match &entry.action {
        Action::Restore { restore: 0 } => texts.restored_start.to_owned(),
        Action::Restore { restore } => texts.restored(restore),
        Action::Do(command) => narrate_command(text, command, &entry.events),
    }
}

/// Returns what a step came to, for the moment after it: a move in few words, everything else as the history tells it. Where
/// several versions are in Production in `after`, the registry as it is then, an app that asks for it gets the highest number
/// (MLflow's documentation of the registry).
pub fn outcome(text: Language, entry: &Entry, after: &Registry) -> String {
    let texts = text.events();
    let Action::Do(Command::TransitionModelVersionStage {
        name,
        version,
        stage,
        ..
    }) = &entry.action
    else {
        return narrate(text, entry);
    };
    let mut has_moved = false;
    let mut archived = Vec::new();
    for event in &entry.events {
        if let Event::StageChanged {
            version: moved,
            stage,
            ..
        } = event
            && stage.before != stage.after
        {
            if moved == version {
                has_moved = true;
            } else {
                archived.push(*moved);
            }
        }
    }
    let others = numbers_in_short(text, &archived);
    match archived.len() {
        _ if !has_moved => narrate(text, entry),
        0 => match after.live(name).version() {
            Some(gets) if *stage == Stage::Production && gets != *version => {
                texts.stands_in_behind(version, stage, &gets)
            }
            _ => texts.stands_in(version, stage),
        },
        1 => texts.stands_in_alone(version, stage, &others),
        _ => texts.stands_in_many(version, stage, &others),
    }
}

fn narrate_command(text: Language, command: &Command, events: &[Event]) -> String {
    let texts = text.events();
    let model = |name: &ModelName| texts.whole_model(name);
    let the_version = |name: &ModelName, version: &VersionNumber| texts.the_version(name, version);
    match command {
        Command::CreateRegisteredModel { name, .. } => texts.created_model(name),
        Command::RenameRegisteredModel { name, new_name } => texts.renamed_model(name, new_name),
        Command::UpdateRegisteredModel { name, .. } => texts.described_model(name),
        Command::DeleteRegisteredModel { name } => texts.deleted_model(name),
        Command::SetRegisteredModelTag { name, key, value } => {
            texts.tagged(key, &model(name), value)
        }
        Command::SetModelVersionTag {
            name,
            version,
            key,
            value,
        } => texts.tagged(key, &the_version(name, version), value),
        Command::DeleteRegisteredModelTag { key, .. }
        | Command::DeleteModelVersionTag { key, .. }
            if events.is_empty() =>
        {
            texts.nothing(key)
        }
        Command::DeleteRegisteredModelAlias { alias, .. } if events.is_empty() => {
            texts.nothing(alias)
        }
        Command::DeleteRegisteredModelTag { name, key } => texts.untagged(key, &model(name)),
        Command::DeleteModelVersionTag { name, version, key } => {
            texts.untagged(key, &the_version(name, version))
        }
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
                Some(before) => texts.alias_moved(alias, name, &before, version),
                None => texts.aliased(alias, name, version),
            }
        }
        Command::DeleteRegisteredModelAlias { name, alias } => texts.unaliased(alias, name),
        Command::CreateModelVersion { name, .. } => texts.created_version(&created(events), name),
        Command::CopyModelVersion {
            name,
            version,
            dst_name,
        } => texts.copied_version(version, name, dst_name, &created(events)),
        Command::UpdateModelVersion { name, version, .. } => texts.described_version(name, version),
        Command::LogMetric {
            name,
            version,
            key,
            value,
        } => texts.logged_metric(key, name, version, value),
        Command::DeleteModelVersion { name, version } => texts.deleted_version(version, name),
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
    let mut sentence = if from == to {
        texts.moved_again(name, &version, &to)
    } else {
        texts.moved(name, &version, &from, &to)
    };
    if !archived.is_empty() {
        let who = capital(&versions(text, &archived));
        sentence.push(' ');
        sentence.push_str(&texts.archived_too(&who));
    }
    sentence
}
