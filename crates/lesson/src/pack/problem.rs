//! What is wrong with a pack, and where. The words for it are in `text/problem.rs`.

use serde_json::Value;

/// Something wrong with a pack.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Problem {
    /// Where: `questions[3].options[1].why`; empty for the whole file.
    pub place: String,
    pub wrong: Wrong,
}

/// What is wrong.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Wrong {
    NotJson { line: usize, column: usize },
    TooLarge { limit: usize },
    Missing,
    Expected(Expected),
    Instead { what: Expected, found: String },
    Unknown,
    Empty,
    Repeated,
    NoSuch { what: PackItem, id: String },
    LinkNowhere { to: String },
    CommandRefused { by: String },
    RightOnes { many: bool, found: usize },
    NotReached { by: Option<String> },
    ReachedByWrong,
    OrderNotUnique,
    FailsOtherwise { by: Option<String> },
    ClaimHolds,
    ClaimFails,
    NothingToProve,
    WrongProof { kind: &'static str },
    BoardIsRight,
    HoldsStill,
    BrokenBefore,
    GivenAwayByLength,
    GivenAwayByPlace { percent: usize },
    TooFew { found: usize },
    OneKindOnly,
    NeverNamed,
    NothingToDo,
    StartsReached,
    NoSource,
    TooHard,
    Unsolvable,
    ParIs { par: u32 },
    Useless,
    NotBest,
    OfRun,
    LastStepIsTheirs,
    ScriptWorks,
    ScriptFails { by: Option<String> },
    ScriptLonger { steps: u64, par: u32 },
    NotAllowed,
    NotOneStory { sentences: usize },
    TooLong { most: usize },
    TooMany { most: usize },
    NotStandalone,
}

/// The most bytes that are repeated of what was found.
const SHOWN: usize = 60;

impl Wrong {
    /// Says what belongs in the place of a value, and the value where it is short enough to be repeated.
    pub(super) fn expected(what: Expected, found: &Value) -> Self {
        let found = match found {
            Value::String(text) => text,
            Value::Number(number) => number.as_str(),
            Value::Bool(true) => "true",
            Value::Bool(false) => "false",
            Value::Null => "null",
            Value::Array(_) | Value::Object(_) => "",
        };
        if found.is_empty() || found.len() > SHOWN {
            return Self::Expected(what);
        }
        let found = found.to_owned();
        Self::Instead { what, found }
    }
}

/// What belongs where something else was found.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Expected {
    Object,
    Text,
    List,
    Flag,
    Id,
    Format,
    FormatVersion,
    Address,
    Command,
    Do,
    Rules,
    Model,
    Version,
    VersionOrNull,
    Versions,
    Stage,
    Stages,
    Alias,
    TagKey,
    TagValue,
    TagValueOrNull,
    Tags,
    MetricName,
    MetricValue,
    Metrics,
    Condition,
    Show,
    Loads,
    Asks,
    Source,
    Kind,
    Proof,
    ConsoleText,
    OneLine,
    Items,
    Options,
    Track,
    Form,
    Method,
    Steps,
    Number,
    OneToThree,
    TagValues,
    Aliases,
}

/// The kinds of items of a pack that other items refer to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum PackItem {
    Model,
    Step,
    Scene,
    Objective,
    Source,
    Misconception,
}
