//! Questions about one's own history, with the key computed from the log.

use crate::round::Chance;
use registry::{Alias, Log, ModelName, Stage, VersionNumber};

mod draft;
mod fact;
mod past;

pub use fact::{Fact, facts};
pub use past::STEPS;

use past::Past;

/// A question has at most so many options.
pub const OPTIONS: usize = 4;

/// What is asked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Prompt {
    /// Which version answered for Production after a step?
    AnsweredAfter { model: ModelName, step: u64 },
    /// Which step changed what users get, from this version?
    TookAway {
        model: ModelName,
        /// The version that answered before it.
        version: VersionNumber,
    },
    /// In which stage was a version after a step?
    StageAfter {
        model: ModelName,
        version: VersionNumber,
        step: u64,
    },
    /// In which step did a version go live first?
    WentLive {
        model: ModelName,
        version: VersionNumber,
    },
    /// Where did an alias point after a step?
    PointedAfter {
        model: ModelName,
        alias: Alias,
        step: u64,
    },
}

/// Something to choose.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Pick {
    /// A version; none.
    Version(Option<VersionNumber>),
    Step(u64),
    Stage(Stage),
}

/// A question with its key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HistoryQuestion {
    /// What is asked.
    pub prompt: Prompt,
    /// What there is to choose from.
    pub options: Vec<Pick>,
    /// The place of the right one.
    pub right: usize,
}

/// Returns up to `count` questions about a log, of as many kinds as there are; none where too little has happened. All of them are
/// about one model, if one is given.
pub fn ask(log: &Log, about: Option<&ModelName>, seed: u64, count: usize) -> Vec<HistoryQuestion> {
    let Some(past) = Past::of(log, about) else {
        return Vec::new();
    };
    let mut chance = Chance::new(seed);
    let mut kinds = past.all(log);
    for kind in &mut kinds {
        // Without a second option there is nothing to ask.
        kind.retain(|(_, right, others)| others.iter().any(|other| other != right));
        chance.shuffle(kind);
    }
    let mut chosen = Vec::new();
    // One of each kind, then a second one, and so on.
    while chosen.len() < count && kinds.iter().any(|kind| !kind.is_empty()) {
        for kind in &mut kinds {
            if chosen.len() < count
                && let Some((prompt, right, others)) = kind.pop()
            {
                chosen.push(question(prompt, right, others, &mut chance));
            }
        }
    }
    chosen
}

fn question(
    prompt: Prompt,
    right: Pick,
    mut others: Vec<Pick>,
    chance: &mut Chance,
) -> HistoryQuestion {
    others.retain(|other| *other != right);
    others.sort_unstable();
    others.dedup();
    chance.shuffle(&mut others);
    others.truncate(OPTIONS - 1);
    others.push(right);
    // In their own order: a step or a stage is looked for faster so, and it gives nothing away.
    others.sort_unstable();
    let right = others.iter().position(|option| *option == right);
    HistoryQuestion {
        prompt,
        right: right.unwrap_or_default(),
        options: others,
    }
}

impl Prompt {
    /// Returns the step after which it is asked about, or `None` if a step is what is asked for.
    pub const fn step(&self) -> Option<u64> {
        match self {
            Self::AnsweredAfter { step, .. }
            | Self::StageAfter { step, .. }
            | Self::PointedAfter { step, .. } => Some(*step),
            Self::TookAway { .. } | Self::WentLive { .. } => None,
        }
    }
}
