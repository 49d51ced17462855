//! How a condition stands, and why.

use registry::{Alias, ModelName, Stage, TagValue, VersionNumber};

/// How a condition stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Status {
    /// It holds.
    Met,
    /// Something is still to be done for it.
    NotYet,
    /// More was done than it allows.
    Overdone,
}

/// A condition as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evaluation {
    /// How it stands.
    pub status: Status,
    pub reason: Reason,
    /// What is concerned, to be marked.
    pub about: Vec<Thing>,
    /// Whether nothing but undo can help.
    pub for_good: bool,
}

/// Something that can be marked on the board or in the history.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Thing {
    Model(ModelName),
    Version(ModelName, VersionNumber),
    Alias(ModelName, Alias),
    /// A step of the history.
    Step(u64),
}

/// Why a condition stands as it does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// It is so.
    Holds,
    /// The model is not there any more.
    ModelGone { model: ModelName },
    /// The version is not there any more.
    VersionGone { version: VersionNumber },
    /// There is no such version yet.
    NoVersionYet { version: VersionNumber },
    /// The version is in another stage.
    VersionIn {
        version: VersionNumber,
        stage: Stage,
    },
    /// The wrong versions are in a stage.
    StageHolds {
        stage: Stage,
        /// Those that should be in it and are not.
        lacks: Vec<VersionNumber>,
        /// Those that are in it and should not be.
        also: Vec<VersionNumber>,
    },
    /// There are too few or too many versions.
    Counted {
        /// The stage; all of them where there is none.
        stage: Option<Stage>,
        versions: Vec<VersionNumber>,
        wanted: usize,
    },
    /// An address leads to another version.
    Answers {
        version: VersionNumber,
        /// The versions in the stage that was asked for, where there are several.
        among: Vec<VersionNumber>,
    },
    /// An address leads to an error.
    NothingAnswers,
    /// A version, or without one the model, is there still.
    StillThere { version: Option<VersionNumber> },
    /// An alias points elsewhere; nowhere where there is no version.
    AliasAt { version: Option<VersionNumber> },
    /// A tag has another value; it is not set where there is none.
    TagIs { value: Option<TagValue> },
    /// It is not so; more would give away what is to be found out.
    Secret,
    /// It has been so up to now.
    SoFar,
    /// It was not so after a step.
    BrokenAfter {
        /// The step; the start where it is the one before the first.
        step: u64,
        how: Box<Reason>,
    },
    /// It was so after a step.
    HeldAfter {
        /// The step; the start where it is the one before the first.
        step: u64,
    },
    /// What has to come first has not been yet.
    FirstMissing { how: Box<Reason> },
    /// What has to come first has been; what comes then has not.
    FirstDone { how: Box<Reason> },
    /// What should come later came before.
    TooEarly { step: u64 },
    /// Something was deleted.
    Deleted { step: u64 },
    /// So many steps were done.
    Steps { used: u64, at_most: u32 },
}
