//! What is wrong with a pack, and where.

use std::fmt;

/// Something wrong with a pack.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Problem {
    /// Where: `questions[3].options[1].why`; empty for the whole file.
    pub place: String,
    /// What.
    pub wrong: Wrong,
}

/// What is wrong.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[expect(missing_docs, reason = "the words in `Display` say what each one is")]
pub enum Wrong {
    NotJson {
        line: usize,
        column: usize,
    },
    TooLarge {
        limit: usize,
    },
    Missing,
    Expected(&'static str),
    Unknown,
    Empty,
    Repeated,
    NoSuch {
        what: &'static str,
        id: String,
    },
    LinkNowhere {
        to: String,
    },
    CommandRefused {
        by: String,
    },
    RightOnes {
        expected: &'static str,
        found: usize,
    },
    NotReached {
        by: Option<String>,
    },
    ReachedByWrong,
    OrderNotUnique,
    FailsOtherwise {
        by: Option<String>,
    },
    ClaimHolds,
    ClaimFails,
    NothingToProve,
    WrongProof {
        kind: &'static str,
    },
    BoardIsRight,
    HoldsStill,
    BrokenBefore,
    GivenAwayByLength,
    GivenAwayByPlace {
        percent: usize,
    },
    TooFew {
        found: usize,
    },
    OneKindOnly,
    NeverNamed,
    NothingToDo,
    StartsReached,
    NoSource,
    TooHard,
    Unsolvable,
    ParIs {
        par: u32,
    },
    Useless,
    NotBest,
    OfRun,
    LastStepIsTheirs,
    ScriptWorks,
    ScriptFails {
        by: Option<String>,
    },
    NotAllowed,
    NotOneStory {
        sentences: usize,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        write!(f, "{}", self.wrong)
    }
}

/// For authors: what is wrong and what is wanted.
impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ended = |by: &Option<String>| {
            by.as_ref().map_or_else(
                || "it went to its end".to_owned(),
                |by| format!("it ended in `{by}`"),
            )
        };
        match self {
            Self::NotJson { line, column } => {
                write!(f, "this is not JSON: see line {line}, column {column}")
            }
            Self::TooLarge { limit } => write!(f, "a pack has at most {limit} bytes"),
            Self::Missing => f.write_str("this is missing"),
            Self::Expected(what) => write!(f, "here belongs {what}"),
            Self::Unknown => f.write_str("no field has this name here"),
            Self::Empty => f.write_str("this is empty"),
            Self::Repeated => f.write_str("this is there a second time"),
            Self::NoSuch { what, id } => write!(f, "there is no {what} `{id}`"),
            Self::LinkNowhere { to } => write!(
                f,
                "the link to `{to}` leads nowhere: links begin with https://, #/ or source:"
            ),
            Self::CommandRefused { by } => {
                write!(f, "a scene's commands must be accepted; this one is refused: `{by}`")
            }
            Self::RightOnes { expected, found } => {
                write!(f, "{expected} must be marked right, and {found} are")
            }
            Self::NotReached { by } => write!(
                f,
                "this is marked right, but its run does not reach what is asked: {}",
                ended(by)
            ),
            Self::ReachedByWrong => {
                f.write_str("this is not marked right, but its run reaches what is asked")
            }
            Self::OrderNotUnique => f.write_str("every order reaches the same: there is nothing to put in order"),
            Self::FailsOtherwise { by } => write!(
                f,
                "after the run this does not hold, so it fails in another way than said: {}",
                ended(by)
            ),
            Self::ClaimHolds => f.write_str("this is not marked right, but what it claims is so"),
            Self::ClaimFails => f.write_str("this is marked right, but what it claims is not so"),
            Self::NothingToProve => f.write_str("the proof needs this, and it is missing"),
            Self::WrongProof { kind } => write!(f, "a question of the kind `{kind}` cannot be proved in this way"),
            Self::BoardIsRight => f.write_str("this board is what the run leads to, so it is not wrong"),
            Self::HoldsStill => f.write_str("after this line, marked as the fault, everything still holds"),
            Self::BrokenBefore => f.write_str("this is broken before the line that is marked as the fault"),
            Self::GivenAwayByLength => f.write_str(
                "the right answer is more than half as long again as the longest other one, which gives it away",
            ),
            Self::GivenAwayByPlace { percent } => write!(
                f,
                "{percent} of 100 right answers stand in the same place, which gives them away; at most 45 may"
            ),
            Self::TooFew { found } => {
                write!(f, "an objective needs at least three questions, and has {found}")
            }
            Self::OneKindOnly => f.write_str("an objective needs questions of at least two kinds"),
            Self::NeverNamed => f.write_str("nothing in the pack names this"),
            Self::NothingToDo => f.write_str("a step needs something to do, or takeaways at the end"),
            Self::StartsReached => f.write_str("what is to be reached holds already at the start"),
            Self::NoSource => f.write_str("what is under MLflow's rules must name its source"),
            Self::TooHard => f.write_str("there are more versions, aliases or tags here than the solver takes in"),
            Self::Unsolvable => f.write_str("no way leads to the goal with what may be used"),
            Self::ParIs { par } => write!(f, "the fewest steps to the goal are {par}"),
            Self::Useless => f.write_str("whatever meets the other conditions meets this one too: it forbids nothing"),
            Self::NotBest => f.write_str("this step is not on a best way to the goal"),
            Self::OfRun => f.write_str("a goal speaks of the registry, not of how a run went"),
            Self::LastStepIsTheirs => f.write_str(
                "the last step of a history is somebody else's, named in `by`: the learner's own could be undone",
            ),
            Self::ScriptWorks => f.write_str("this script reaches the goal, so there is nothing to mend"),
            Self::ScriptFails { by } => write!(f, "this script does not reach the goal: {}", ended(by)),
            Self::NotAllowed => f.write_str("this is not among what may be used"),
            Self::NotOneStory { sentences } => write!(f, "a story has two sentences, and this has {sentences}"),
        }
    }
}
