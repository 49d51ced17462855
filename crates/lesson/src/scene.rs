//! Scenes, and what is done in them.

use super::id::Id;
use registry::{Alias, Command, Event, Log, ModelName, RuleSet, Stage, VersionNumber};

/// A small registry.
#[derive(Clone, PartialEq, Debug)]
pub struct Scene {
    pub id: Id,
    pub title: String,
    pub rules: RuleSet,
    /// The model that is shown.
    pub model: ModelName,
    /// How it comes about.
    pub commands: Vec<Command>,
    /// The day of each command, in words; empty where the scene has no days.
    pub days: Vec<String>,
    /// The day on which the learner acts.
    pub today: String,
}

impl Scene {
    /// Returns the day since when a version is in its stage, in words; nothing where the scene has no days.
    pub fn since(&self, log: &Log, model: &ModelName, version: VersionNumber) -> Option<&str> {
        let came = log.done().iter().rev().find(|entry| {
            entry.events.iter().any(|event| match event {
                Event::StageChanged {
                    name,
                    version: moved,
                    ..
                } => name == model && *moved == version,
                Event::VersionCreated { name, version: new } => {
                    name == model && new.number() == version
                }
                _ => false,
            })
        })?;
        let at = usize::try_from(came.step.checked_sub(1)?).ok()?;
        let day = self.days.get(at).unwrap_or(&self.today);
        Some(day.as_str()).filter(|day| !day.is_empty())
    }
}

/// Something that is done in a run.
#[derive(Clone, PartialEq, Debug)]
pub enum Act {
    Do(Command),
    /// A console text.
    Say(String),
}

/// What an app loads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Loads {
    /// A file, whatever it is.
    File(String),
    /// Whatever is in a stage.
    Stage(Stage),
    /// Whatever an alias points to.
    Alias(Alias),
    /// The version with a number, in whatever stage it is.
    Version(VersionNumber),
}
