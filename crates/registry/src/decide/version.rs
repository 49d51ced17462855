//! What becomes of a version: the events of making it, moving it, and deleting it.

use std::sync::Arc;

use super::super::command::{Metrics, Tags};
use super::super::event::{Change, Event};
use super::super::id::{FreeText, Time, VersionNumber};
use super::super::model::{ModelVersion, RegisteredModel};
use super::super::refusal::RefusalKind;
use super::super::stage::Stage;

pub(super) fn touch_model(model: &RegisteredModel, at: Time) -> Event {
    Event::ModelTouched {
        name: model.name.clone(),
        updated: Change::new(model.updated, at),
    }
}

pub(super) fn touch_version(model: &RegisteredModel, version: &ModelVersion, at: Time) -> Event {
    Event::VersionTouched {
        name: model.name.clone(),
        version: version.number,
        written: Change::new(version.written, model.stamp(at)),
    }
}

/// What a new version brings along.
pub(super) struct Draft {
    pub(super) source: FreeText,
    pub(super) storage: Option<FreeText>,
    pub(super) description: FreeText,
    pub(super) tags: Tags,
    pub(super) metrics: Metrics,
}

pub(super) fn create_version(
    model: &RegisteredModel,
    at: Time,
    draft: Draft,
) -> Result<Vec<Event>, RefusalKind> {
    let number = match model.last_number {
        None => VersionNumber::FIRST,
        Some(last) => last.next().ok_or_else(|| RefusalKind::NumbersUsedUp {
            name: model.name.clone(),
        })?,
    };
    let name = model.name.clone();
    Ok(vec![
        Event::NumberGiven {
            name: name.clone(),
            last: Change::new(model.last_number, Some(number)),
        },
        Event::VersionCreated {
            name,
            version: Arc::new(ModelVersion {
                number,
                stage: Stage::None,
                has_been_live: false,
                created: at,
                written: model.stamp(at),
                source: draft.source,
                storage: draft.storage,
                description: draft.description,
                tags: draft.tags,
                metrics: draft.metrics,
            }),
        },
        touch_model(model, at),
    ])
}

/// The aliases go first, so that taking the events back puts the version there before anything points to it.
pub(super) fn delete_version(
    model: &RegisteredModel,
    version: &Arc<ModelVersion>,
    at: Time,
) -> Vec<Event> {
    let mut events: Vec<Event> = model
        .aliases_of(version.number)
        .map(|alias| Event::AliasPointed {
            name: model.name.clone(),
            alias: alias.clone(),
            version: Change::new(Some(version.number), None),
        })
        .collect();
    events.push(Event::VersionDeleted {
        name: model.name.clone(),
        version: version.clone(),
    });
    events.push(touch_model(model, at));
    events
}

/// MLflow 3.18.0: the version moves even to the stage it is in; with `archive_existing` every other version of the
/// target stage is archived; all that moved, and the model, get the new time.
pub(super) fn transition(
    model: &RegisteredModel,
    version: &ModelVersion,
    to: Stage,
    archive_existing: bool,
    at: Time,
) -> Vec<Event> {
    let mut events = Vec::new();
    if archive_existing {
        for other in model.in_stage(to) {
            if *other != version.number
                && let Some(other) = model.versions.get(other)
            {
                events.push(change_stage(model, other, Stage::Archived));
                events.push(touch_version(model, other, at));
            }
        }
    }
    events.push(change_stage(model, version, to));
    events.push(touch_version(model, version, at));
    events.push(touch_model(model, at));
    events
}

fn change_stage(model: &RegisteredModel, version: &ModelVersion, to: Stage) -> Event {
    Event::StageChanged {
        name: model.name.clone(),
        version: version.number,
        stage: Change::new(version.stage, to),
        has_been_live: Change::new(
            version.has_been_live,
            version.has_been_live || to == Stage::Production,
        ),
    }
}
