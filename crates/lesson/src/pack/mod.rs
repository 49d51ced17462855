//! A pack: a lesson as data. `content/README.md` describes the format; `read` reads it (`exercise` the exercises, `fields`
//! any object), [`mod@check`] checks what it says, and a [`Problem`] is what is wrong, with its place. [`alone()`] writes one
//! exercise as a pack of its own.

use super::condition::Condition;
use registry::{ModelName, RuleSet, Stage, VersionNumber};

pub mod check;
mod condition;
mod exercise;
mod fields;
mod problem;
mod question;
mod read;
mod step;
mod values;
mod write;

pub use super::id::Id;
pub use super::scene::{Act, Loads, Scene};
pub use crate::exercise::Exercise;
pub use problem::{Expected, PackItem, Problem, Wrong};
pub use read::{Readers, read, read_value, read_with};
pub use write::standalone;

/// A pack.
#[derive(Clone, PartialEq, Debug)]
pub struct Pack {
    pub id: Id,
    pub title: String,
    /// The language that it is written in.
    pub language: String,
    /// Where facts come from.
    pub sources: Vec<Source>,
    /// What is to be learned.
    pub objectives: Vec<Objective>,
    /// What people often believe wrongly.
    pub misconceptions: Vec<Misconception>,
    /// Small registries.
    pub scenes: Vec<Scene>,
    /// The lesson.
    pub steps: Vec<Step>,
    /// What is often said of MLflow and is not so, each to be run.
    pub claims: Vec<Step>,
    /// The practice questions.
    pub questions: Vec<Question>,
    pub exercises: Vec<Exercise>,
}

/// Where a fact comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    pub id: Id,
    pub title: String,
    /// Its address.
    pub url: String,
}

/// Something to be learned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Objective {
    pub id: Id,
    /// What one can do then.
    pub title: String,
    /// The step to go back to.
    pub step: Id,
}

/// A wrong belief.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Misconception {
    pub id: Id,
    /// The belief, as a belief.
    pub title: String,
    /// What is so; a line.
    pub instead: String,
}

/// A step of the lesson.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    pub id: Id,
    pub title: String,
    pub text: String,
    /// Something to choose.
    pub choose: Option<Choose>,
    /// What to do on the registry; a line, empty where the registry is a picture, or there is none.
    pub goal: String,
    /// What that has come to, once it is done; a line, empty where nothing is said.
    pub done: String,
    /// A registry, with something to do on it, or as a picture.
    pub play: Option<Play>,
    /// A text, once it is done.
    pub after: String,
    /// What to take along, in the last step; lines.
    pub takeaways: Vec<String>,
}

/// Something to choose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choose {
    /// A line.
    pub ask: String,
    pub options: Vec<Choice>,
}

/// One of several things to choose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// Its id, within the step. What was chosen is remembered by it.
    pub id: Id,
    /// A line.
    pub text: String,
    /// What happens then, or why; a line.
    pub then: String,
    pub right: bool,
}

/// Something to do on a registry.
#[derive(Clone, PartialEq, Debug)]
pub struct Play {
    pub scene: Id,
    /// What is shown of it.
    pub show: Vec<Show>,
    /// What holds when it is done; where this is empty, every line has to be run.
    pub reach: Vec<Condition>,
    /// Lines of code that can be run.
    pub lines: Vec<Line>,
    /// What the app is called; empty where it is the payments app.
    pub app: String,
    /// What the app loads, for the payments.
    pub loads: Option<Loads>,
    /// The version that the app had loaded before the step; without one, it loads at the start.
    pub had: Option<VersionNumber>,
    /// Whether the rules can be switched.
    pub both_rules: bool,
    /// Whether the app loads its model again only when its button is pressed.
    pub reload_by_hand: bool,
}

/// What a step shows of its registry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Show {
    /// The state diagram.
    Diagram,
    Board,
    /// Lines of code.
    Code,
    /// The payments.
    Traffic,
    /// Stages and aliases side by side.
    Aliases,
    /// What users get.
    Answers,
}

/// A line of code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    pub code: String,
    pub note: String,
}

/// A practice question.
#[derive(Clone, PartialEq, Debug)]
pub struct Question {
    pub id: Id,
    /// What has to be given as an answer.
    pub kind: Kind,
    /// What it takes to answer.
    pub asks: Asks,
    /// What it is about.
    pub objective: Id,
    /// The step of the lesson that it belongs to.
    pub step: Id,
    pub ask: String,
    /// Code that it is about.
    pub code: Option<String>,
    /// The way to the answer; lines.
    pub solution: Vec<String>,
    /// The final answer; a line.
    pub answer: String,
    /// What one can remember; a line.
    pub check: String,
    /// Common mistakes; lines.
    pub mistakes: Vec<String>,
    /// Where it is said.
    pub sources: Vec<Id>,
    /// Whether the options keep their order on the first try.
    pub fixed: bool,
    /// How the answer is proved.
    pub proof: Proof,
}

/// What has to be given as an answer.
#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    /// The one right option.
    One(Vec<Choosable>),
    /// All right options.
    Many(Vec<Choosable>),
    /// The line with the fault.
    Fault(Vec<Choosable>),
    /// The right order.
    Order {
        items: Vec<Item>,
        /// Said of a wrong order; a line.
        why: String,
    },
    Command {
        /// What the field holds at first.
        start: String,
        example: String,
        wrong: Vec<WrongText>,
    },
    /// The stage of each version.
    Predict {
        model: ModelName,
        versions: Vec<VersionNumber>,
        /// Why it comes out so; a line.
        why: String,
        wrong: Vec<WrongBoard>,
    },
}

impl Kind {
    /// Returns the options, where there are some.
    pub fn options(&self) -> &[Choosable] {
        match self {
            Self::One(options) | Self::Many(options) | Self::Fault(options) => options,
            Self::Order { .. } | Self::Command { .. } | Self::Predict { .. } => &[],
        }
    }
}

/// An option.
#[derive(Clone, PartialEq, Debug)]
pub struct Choosable {
    /// A line; or code as it stands.
    pub text: Shown,
    /// Why it is right or wrong; a line.
    pub why: String,
    pub right: bool,
    /// The misconception behind it.
    pub misconception: Option<Id>,
    pub run: Vec<Act>,
    /// What holds after its run, where it is wrong.
    pub fails: Vec<Condition>,
    /// What it says of the question's run.
    pub claims: Vec<Condition>,
}

/// A line, or code as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shown {
    Line(String),
    Code(String),
}

impl Shown {
    /// Returns what is written, without saying which it is.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Line(text) | Self::Code(text) => text,
        }
    }
}

/// Something to be put in order.
#[derive(Clone, PartialEq, Debug)]
pub struct Item {
    pub text: Shown,
    pub run: Vec<Act>,
}

/// A wrong command that people give.
#[derive(Clone, PartialEq, Debug)]
pub struct WrongText {
    /// The command.
    pub text: String,
    /// What holds after it.
    pub fails: Vec<Condition>,
    /// Why it is wrong; a line.
    pub why: String,
    /// The misconception behind it.
    pub misconception: Option<Id>,
}

/// A wrong board that people expect.
#[derive(Clone, PartialEq, Debug)]
pub struct WrongBoard {
    /// The stage of each version.
    pub stages: Vec<(VersionNumber, Stage)>,
    /// Why it is wrong; a line.
    pub why: String,
    /// The misconception behind it.
    pub misconception: Option<Id>,
}

/// What it takes to answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asks {
    /// To remember.
    Recall,
    /// To do.
    Do,
    /// To foresee.
    Predict,
    /// To give a reason.
    Why,
}

/// How the answer is proved.
#[derive(Clone, PartialEq, Debug)]
pub struct Proof {
    pub by: By,
    /// Other rules than the scene's.
    pub rules: Option<RuleSet>,
}

/// By what an answer is proved.
#[derive(Clone, PartialEq, Debug)]
pub enum By {
    /// There is nothing to run.
    Meaning { because: String },
    /// Each option is run; the right ones reach this.
    Runs { scene: Id, reach: Vec<Condition> },
    /// Something is run; each option claims something of what it comes to.
    Claims { scene: Id, run: Vec<Act> },
    /// Something is run, and the board is what it comes to.
    Run { scene: Id, run: Vec<Act> },
    /// The options are run one after the other; the one at fault breaks this.
    Fault {
        scene: Id,
        /// What holds before it, and not after it.
        keeps: Vec<Condition>,
    },
}

impl By {
    /// Returns the scene that is played on.
    pub const fn scene(&self) -> Option<&Id> {
        match self {
            Self::Meaning { .. } => None,
            Self::Runs { scene, .. }
            | Self::Claims { scene, .. }
            | Self::Run { scene, .. }
            | Self::Fault { scene, .. } => Some(scene),
        }
    }
}

impl Pack {
    /// Returns a scene by its id.
    pub fn scene(&self, id: &Id) -> Option<&Scene> {
        self.scenes.iter().find(|scene| scene.id == *id)
    }

    /// Returns a step by its id.
    pub fn step(&self, id: &Id) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == *id)
    }

    /// Returns a question by its id.
    pub fn question(&self, id: &Id) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == *id)
    }

    /// Returns an exercise by its id.
    pub fn exercise(&self, id: &Id) -> Option<&Exercise> {
        self.exercises.iter().find(|exercise| exercise.id == *id)
    }
}
