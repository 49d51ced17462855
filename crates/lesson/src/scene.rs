//! Scenes, and what is done in them.

use super::id::Id;
use registry::{Alias, Command, ModelName, RuleSet, Stage};

/// A small registry.
#[derive(Clone, PartialEq, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Scene {
    pub id: Id,
    pub title: String,
    pub rules: RuleSet,
    /// The model that is shown.
    pub model: ModelName,
    /// How it comes about.
    pub commands: Vec<Command>,
}

/// Something that is done in a run.
#[derive(Clone, PartialEq, Debug)]
pub enum Act {
    /// A command.
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
}
