//! The same intent in the two eras of MLflow: with stages, and with the aliases and tags that took their place.
//!
//! MLflow's guide to the migration puts what serves into an alias (`champion`) and how far a version has been checked
//! into a tag (`validation_status`). Here Production is the alias `champion`, Staging the alias `challenger`, and every
//! stage but None a value of the tag.

use registry::{Alias, Command, ModelName, Registry, Stage, TagKey, TagValue, VersionNumber};

/// Which of MLflow's two APIs for the same intent is used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ApiStyle {
    /// Stages: deprecated since MLflow 2.9.0.
    #[default]
    Stages,
    /// Aliases and tags.
    Aliases,
}

impl ApiStyle {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Stages, Self::Aliases];
}

/// The alias of the version that serves.
pub const CHAMPION: &str = "champion";
/// The alias of the version that is being tested.
pub const CHALLENGER: &str = "challenger";
/// The tag that says how far a version has been checked.
pub const STATUS: &str = "validation_status";

/// What the tag says of a version in a stage.
pub const fn status(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::None => None,
        Stage::Staging => Some("pending"),
        Stage::Production => Some("passed"),
        Stage::Archived => Some("archived"),
    }
}

/// The alias that stands for a stage.
pub const fn alias(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::Staging => Some(CHALLENGER),
        Stage::Production => Some(CHAMPION),
        Stage::None | Stage::Archived => None,
    }
}

/// Whether the command is the same in both eras.
pub const fn is_same_in_both(command: &Command) -> bool {
    !matches!(
        command,
        Command::TransitionModelVersionStage { .. } | Command::ReplaceRegistry { .. }
    )
}

/// A move between stages, said with aliases and tags. `before` is the registry before the move.
pub fn translate(
    before: &Registry,
    name: &ModelName,
    version: VersionNumber,
    to: Stage,
    archive_existing: bool,
) -> Vec<Command> {
    let model = before.model(name);
    let in_stage = |stage: Stage| {
        let numbers = model
            .into_iter()
            .flat_map(move |model| model.in_stage(stage));
        numbers.copied().filter(move |other| *other != version)
    };
    let mut commands = Vec::new();
    if archive_existing {
        for other in in_stage(to) {
            commands.extend(tag(name, other, Stage::Archived));
        }
    }
    commands.extend(tag(name, version, to));
    if let Some(alias) = alias(to) {
        commands.extend(point(name, alias, Some(version)));
    }
    let from = model.and_then(|model| Some(model.version(version)?.stage()));
    if let Some(from) = from.filter(|from| *from != to)
        && let Some(alias) = alias(from)
    {
        // What is left in the stage answers for it, the highest number first, as with stages.
        commands.extend(point(name, alias, in_stage(from).next_back()));
    }
    commands
}

fn tag(name: &ModelName, version: VersionNumber, stage: Stage) -> Option<Command> {
    let key = TagKey::parse(STATUS).ok()?;
    Some(match status(stage) {
        Some(value) => Command::SetModelVersionTag {
            name: name.clone(),
            version,
            key,
            value: TagValue::parse(value).ok()?,
        },
        None => Command::DeleteModelVersionTag {
            name: name.clone(),
            version,
            key,
        },
    })
}

fn point(name: &ModelName, alias: &str, to: Option<VersionNumber>) -> Option<Command> {
    let alias = Alias::parse(alias).ok()?;
    Some(match to {
        Some(version) => Command::SetRegisteredModelAlias {
            name: name.clone(),
            alias,
            version,
        },
        None => Command::DeleteRegisteredModelAlias {
            name: name.clone(),
            alias,
        },
    })
}
