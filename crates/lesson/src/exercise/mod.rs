//! Exercises: a start, a goal as conditions, and the state machine that knows every way from one to the other.
//!
//! | module | what it says |
//! |---|---|
//! | this one, [`task`] | an exercise as data; its start, and what may be used |
//! | [`goal`] | which conditions are met, not yet, or overdone, and why |
//! | [`space`], [`machine`], `table` | the states that matter, small enough to look at all of them; a set of them |
//! | [`solver`] | the fewest steps to the goal, from anywhere |
//! | [`hint`] | which condition to look at, and why a step is a good one |
//! | [`outcome`] | how it went: steps against the best, and what would have saved some |
//! | [`receipt`] | a way to the goal as a short text that can be run again |
//! | [`receipt_scanner`], [`receipt_checker`], [`csv`] | many receipts: found in a text, run, and as a table |
//! | [`generate`], [`recipe_query`] | exercises made from a seed, and how an address asks for one |
//! | [`status`] | the status of an exercise, and which one is next |
//! | [`solution_log`] | which solutions were counted already |
//! | [`history_quiz`] | questions about one's own history |
//! | [`check`] | what makes an exercise a bad one |
//! | [`standalone`] | an exercise that comes from anybody, without its pack: read and checked with bounded work |
//!
//! Nothing here decides whether a command is carried out: only [`Registry::decide`](registry::Registry::decide)
//! does. The solver's small states follow the same rules; a test holds that they do, state by state.

use super::condition::Condition;
use super::id::Id;
use super::scene::Loads;
use registry::{
    Alias, Command, FreeText, ModelName, RuleSet, TagKey, TagValue, named_enum, named_variants,
};

pub mod check;
pub mod csv;
pub mod generate;
pub mod goal;
pub mod hint;
pub mod history_quiz;
pub mod machine;
pub mod outcome;
pub mod receipt;
pub mod receipt_checker;
pub mod receipt_scanner;
pub mod recipe_query;
pub mod saved_attempt;
pub mod solution_log;
pub mod solver;
pub mod space;
pub mod standalone;
pub mod status;
mod table;
pub mod task;

pub use goal::{Evaluation, Reason, Status, Thing};
pub use machine::{Machine, Position};
pub use registry::ExerciseLimit;
pub use solver::{Best, Solution, Solver};
pub use space::TooLarge;

/// An exercise, with the words around it.
#[derive(Clone, PartialEq, Debug)]
pub struct Exercise {
    /// Its id, by which progress is kept.
    pub id: Id,
    /// The track that it belongs to.
    pub track: Track,
    /// How it is given.
    pub form: Form,
    pub title: String,
    /// The objective that it serves.
    pub objective: Id,
    /// What has happened, in two sentences; a line.
    pub story: String,
    /// What helps; lines.
    pub hints: Hints,
    /// Said when it is solved: why it came out so; a text.
    pub debrief: String,
    /// What it teaches for real work; a line.
    pub at_work: String,
    /// Where it is said what MLflow does.
    pub sources: Vec<Id>,
    /// What is to be done.
    pub task: Task,
}

/// Some words of an exercise, with their place in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Worded<'e> {
    /// Where they stand: `hints.nudge`.
    pub place: String,
    pub text: &'e str,
    pub kind: Wording,
}

/// What words are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wording {
    Line,
    /// A text of several paragraphs.
    Text,
    /// Code, as it stands.
    Code,
}

impl Exercise {
    /// Returns all words that are shown as the author has written them.
    pub fn words(&self) -> Vec<Worded<'_>> {
        let mut words = Vec::new();
        let mut add = |place: String, text, kind| words.push(Worded { place, text, kind });
        for (place, line) in [
            ("title", &self.title),
            ("story", &self.story),
            ("hints.nudge", &self.hints.nudge),
            ("hints.idea", &self.hints.idea),
            ("at_work", &self.at_work),
        ] {
            add(place.to_owned(), line, Wording::Line);
        }
        add("debrief".to_owned(), &self.debrief, Wording::Text);
        for (at, named) in self.task.goal.iter().enumerate() {
            if let Some(label) = &named.label {
                add(format!("goal[{at}].label"), label, Wording::Line);
            }
        }
        let done = match &self.form {
            Form::Completion { done } => *done,
            _ => 0,
        };
        let first = self.task.start.len().saturating_sub(done);
        for (at, told) in self.task.start.iter().enumerate() {
            let place = match at.checked_sub(first) {
                None => format!("start[{at}].note"),
                Some(at) => format!("done[{at}].note"),
            };
            add(place, &told.note, Wording::Line);
        }
        match &self.form {
            Form::Worked(way) => {
                for (at, noted) in way.iter().enumerate() {
                    add(format!("way[{at}].note"), &noted.note, Wording::Line);
                }
            }
            Form::Script { code, mended } => {
                add("code".to_owned(), code, Wording::Code);
                add("mended".to_owned(), mended, Wording::Code);
            }
            Form::Completion { .. } | Form::Free | Form::History => {}
        }
        words
    }
}

named_enum! {
    /// What an exercise is about.
    pub enum Track {
        /// Stages under a team's rules.
        Stages = "stages",
        /// What MLflow itself does.
        Mlflow = "mlflow",
        /// Aliases in place of stages.
        Aliases = "aliases",
        /// Working with others.
        Teamwork = "teamwork",
    }
}

named_variants! {
    /// How an exercise is given.
    #[derive(Clone, PartialEq, Debug)]
    pub enum Form {
        /// A best way is shown, and is to be followed step by step.
        Worked(Vec<Noted>) = "worked",
        /// The first steps of a best way are done already; the rest is to be found.
        Completion {
            /// How many of the last commands of the start are those steps.
            done: usize,
        } = "completion",
        /// Only the start and the goal are given.
        Free = "free",
        /// The history of the start has to be read first.
        History = "history",
        /// A script that does not do what it should is to be mended in the console.
        Script {
            code: String,
            /// One that does it, for the solution.
            mended: String,
        } = "script",
    }
    /// Returns its name in packs.
    pub fn as_str;
}

/// A command with what it does.
#[derive(Clone, PartialEq, Debug)]
pub struct Noted {
    pub command: Command,
    /// What it does; a line.
    pub note: String,
}

/// What helps, from a little to more. The next command and the solution come from the solver.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Hints {
    /// Where to look.
    pub nudge: String,
    /// How to go about it.
    pub idea: String,
}

/// What is to be done: all that the state machine needs to know of an exercise.
#[derive(Clone, PartialEq, Debug)]
pub struct Task {
    pub rules: RuleSet,
    /// The model that is shown first.
    pub model: ModelName,
    /// How the start comes about.
    pub start: Vec<Told>,
    /// Whether the start is kept as a history that can be read.
    pub told: bool,
    /// The goal: all of these.
    pub goal: Vec<Named>,
    pub allow: Vec<Allowed>,
    /// The fewest steps to the goal. The check holds that it is exact.
    pub par: u32,
    /// What the app loads, for the payments.
    pub loads: Option<Loads>,
}

/// A command of the start.
#[derive(Clone, PartialEq, Debug)]
pub struct Told {
    pub command: Command,
    /// Who gave it; the learner where nobody is named.
    pub by: Option<FreeText>,
    /// Why, in their words; may be empty.
    pub because: FreeText,
    /// What it does, where it is a step that was done for the learner; a line, empty elsewhere.
    pub note: String,
}

/// A condition of the goal.
#[derive(Clone, PartialEq, Debug)]
pub struct Named {
    pub goal: Goal,
    /// A name in place of the one that it gets by itself; a line.
    pub label: Option<String>,
    /// Whether its name and its reason must not give away what is to be found out.
    pub secret: bool,
}

/// What has to hold: of the state, or of the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Goal {
    /// This holds at the end.
    Now(Condition),
    /// This holds at the start and after every step.
    Always(Condition),
    /// This held at some moment.
    Once(Condition),
    /// The one held at some moment before the other held for the first time, and that has happened.
    Before { first: Condition, then: Condition },
    /// No version and no model was deleted.
    NothingDeleted,
    /// There were no more than so many steps.
    Steps { at_most: u32 },
}

impl Goal {
    /// Returns the conditions that it speaks of.
    pub fn conditions(&self) -> Vec<&Condition> {
        match self {
            Self::Now(one) | Self::Always(one) | Self::Once(one) => vec![one],
            Self::Before { first, then } => vec![first, then],
            Self::NothingDeleted | Self::Steps { .. } => Vec::new(),
        }
    }
}

named_variants! {
    /// What may be used.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub enum Allowed {
        Transition = "transition_model_version_stage",
        /// With these aliases.
        SetAlias(Vec<Alias>) = "set_registered_model_alias",
        /// With these aliases.
        DeleteAlias(Vec<Alias>) = "delete_registered_model_alias",
        SetVersionTag {
            key: TagKey,
            /// The values that are thought of; every other may be given too.
            values: Vec<TagValue>,
        } = "set_model_version_tag",
        DeleteVersionTag(TagKey) = "delete_model_version_tag",
        SetModelTag {
            key: TagKey,
            /// The values that are thought of; every other may be given too.
            values: Vec<TagValue>,
        } = "set_registered_model_tag",
        DeleteModelTag(TagKey) = "delete_registered_model_tag",
        CreateVersion {
            /// Where the solution says that it comes from.
            source: FreeText,
            /// How many new versions a model may get.
            at_most: u32,
        } = "create_model_version",
        /// Into this model.
        CopyVersion(ModelName) = "copy_model_version",
        DeleteVersion = "delete_model_version",
        DeleteModel = "delete_registered_model",
    }
    /// Returns the name of the method.
    pub fn method;
}

impl Allowed {
    /// Returns the aliases that can be set by it.
    pub fn aliases(&self) -> Vec<String> {
        match self {
            Self::SetAlias(_) => self.names(),
            _ => Vec::new(),
        }
    }

    /// Returns the tags that can be set by it, of a version or of the model.
    pub fn tag_keys(&self, of_version: bool) -> Vec<String> {
        match self {
            Self::SetVersionTag { .. } if of_version => self.names(),
            Self::SetModelTag { .. } if !of_version => self.names(),
            _ => Vec::new(),
        }
    }

    /// Returns the values that are thought of for such a tag.
    pub fn tag_values(&self, of_version: bool) -> Vec<String> {
        match (self, of_version) {
            (Self::SetVersionTag { values, .. }, true)
            | (Self::SetModelTag { values, .. }, false) => {
                values.iter().map(ToString::to_string).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns the aliases, keys or models that it is limited to; nothing where it is not limited.
    pub fn names(&self) -> Vec<String> {
        match self {
            Self::SetAlias(aliases) | Self::DeleteAlias(aliases) => {
                aliases.iter().map(ToString::to_string).collect()
            }
            Self::SetVersionTag { key, .. }
            | Self::DeleteVersionTag(key)
            | Self::SetModelTag { key, .. }
            | Self::DeleteModelTag(key) => vec![key.to_string()],
            Self::CopyVersion(model) => vec![model.to_string()],
            Self::Transition
            | Self::CreateVersion { .. }
            | Self::DeleteVersion
            | Self::DeleteModel => Vec::new(),
        }
    }
}
