//! Commands and conditions of an exercise, by the indexes of what they change and read.

use super::layout::Field;
use registry::Stage;

/// A command, by the indexes of what it changes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Action {
    Transition {
        model: usize,
        slot: usize,
        to: Stage,
        /// Where it archives what is in the stage, the index of the command that does not.
        plain: Option<usize>,
    },
    Point {
        model: usize,
        alias: usize,
        slot: Option<usize>,
    },
    TagVersion {
        model: usize,
        slot: usize,
        key: usize,
        code: usize,
    },
    TagModel {
        model: usize,
        key: usize,
        code: usize,
    },
    DeleteVersion {
        model: usize,
        slot: usize,
    },
    DeleteModel {
        model: usize,
    },
    Create {
        model: usize,
    },
    Copy {
        model: usize,
        slot: usize,
        to: usize,
    },
}

impl Action {
    pub(super) const fn model(self) -> usize {
        match self {
            Self::Transition { model, .. }
            | Self::Point { model, .. }
            | Self::TagVersion { model, .. }
            | Self::TagModel { model, .. }
            | Self::DeleteVersion { model, .. }
            | Self::DeleteModel { model }
            | Self::Create { model }
            | Self::Copy { model, .. } => model,
        }
    }

    pub(super) const fn slot(self) -> Option<usize> {
        match self {
            Self::Transition { slot, .. }
            | Self::TagVersion { slot, .. }
            | Self::DeleteVersion { slot, .. }
            | Self::Copy { slot, .. } => Some(slot),
            Self::Point { slot, .. } => slot,
            Self::TagModel { .. } | Self::DeleteModel { .. } | Self::Create { .. } => None,
        }
    }
}

/// A condition of the goal.
#[derive(Debug)]
pub(super) struct PackedGoal {
    pub(super) kind: PackedGoalKind,
    /// What is remembered of the way for it.
    pub(super) seen: Field,
    /// Whether it is not to be met: then losing it loses nothing.
    pub(super) negated: bool,
}

#[derive(Debug)]
pub(super) enum PackedGoalKind {
    Now(Test),
    Always(Test),
    Once(Test),
    Before(Test, Test),
    NothingDeleted,
}

/// What is remembered of the way: nothing yet, the first of two, that it is met, that it is lost for good.
pub(super) const OPEN: usize = 0;
pub(super) const FIRST: usize = 1;
pub(super) const DONE: usize = 2;
pub(super) const LOST: usize = 3;

/// A condition, by the indexes of what it reads.
#[derive(Debug)]
pub(super) enum Test {
    Const(bool),
    InStage(usize, usize, Stage),
    Holds(usize, Stage, Vec<usize>),
    Count(usize, Option<Stage>, usize),
    Answers(Address, Option<usize>),
    AnswersAny(Address),
    ModelThere(usize, bool),
    VersionThere(usize, usize, bool),
    AliasAt(usize, usize, Option<usize>),
    VersionTag(usize, usize, usize, Vec<usize>),
    ModelTag(usize, usize, Vec<usize>),
}

/// An address, by the indexes of what it reads.
#[derive(Clone, Copy, Debug)]
pub(super) enum Address {
    Nowhere,
    Slot(usize, usize),
    Stage(usize, Stage),
    Latest(usize),
    Alias(usize, usize),
}

impl Address {
    pub(super) const fn model(self) -> Option<usize> {
        match self {
            Self::Nowhere => None,
            Self::Slot(model, _)
            | Self::Stage(model, _)
            | Self::Latest(model)
            | Self::Alias(model, _) => Some(model),
        }
    }
}
