//! What came of a text: values, for which [`text`] has the words.

use super::command_group::Group;
use super::diagnostic::{Diagnostic, DiagnosticKind};
use super::dialect::Dialect;
use super::span::Span;
use super::topic::Topic;
use registry::{Entry, ModelName, Refusal, RuleSet, Stage, Time, VersionNumber};

/// What came of a text.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Reply {
    /// What the text was read as: its dialects, each once, in the order in which they come. A text that is too long is read
    /// as nothing.
    pub dialects: Vec<Dialect>,
    /// How many statements the text has.
    pub statements: usize,
    /// How many of them were carried out to their end.
    pub done: usize,
    /// What there is to show, in order.
    pub outputs: Vec<Output>,
    /// Why it ended before its end.
    pub stop: Option<Stop>,
    /// What the lesson's command line asked for where MLflow's rules have no such command: the real ways.
    pub ways: Option<Box<Ways>>,
}

/// The ways that MLflow really has for what the lesson's command line asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ways {
    pub python: String,
    pub curl: String,
    /// What stands in them in place of a value that was not given, or is none.
    pub open: Vec<&'static str>,
}

/// A statement of a text that was carried out, or was to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Taken {
    pub at: Span,
    pub dialect: Dialect,
    /// How many outputs there were before it.
    pub outputs: usize,
}

/// Why a text was not carried out to its end.
#[derive(Clone, PartialEq, Debug)]
pub enum Stop {
    /// The text could not be read, or a statement could not be carried out.
    Diagnostic(Diagnostic),
    /// MLflow or the team refused.
    Refused {
        dialect: Dialect,
        at: Span,
        refusal: Refusal,
    },
}

impl Stop {
    /// The name under which conditions know it (`content/README.md`).
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Diagnostic(diagnostic) => diagnostic.kind.id(),
            Self::Refused { refusal, .. } => refusal.kind.id(),
        }
    }

    /// The code of the error: MLflow's own where MLflow refuses, the class of an exception of Python's; otherwise what kind
    /// of trouble it is.
    pub fn code(&self) -> &str {
        match self {
            Self::Diagnostic(Diagnostic {
                kind: DiagnosticKind::Mlflow(complaint),
                ..
            }) => complaint.code.as_str(),
            Self::Diagnostic(Diagnostic {
                kind: DiagnosticKind::Exception(raised),
                ..
            }) => &raised.class,
            Self::Diagnostic(diagnostic) => diagnostic.kind.id(),
            Self::Refused { refusal, .. } => refusal.kind.code().as_str(),
        }
    }

    /// Where it ended.
    pub const fn at(&self) -> Span {
        match self {
            Self::Diagnostic(diagnostic) => diagnostic.at,
            Self::Refused { at, .. } => *at,
        }
    }
}

/// Something to show.
#[derive(Clone, PartialEq, Debug)]
pub enum Output {
    /// What `print` or `pprint` has printed; it may have several lines.
    Printed(String),
    /// The value of an expression, as Python's prompt shows it.
    Value(String),
    /// A line that MLflow itself prints beside its answer.
    Told(String),
    /// What was printed is cut here: it is longer than so many characters.
    Cut(usize),
    /// A line that is passed over: it does nothing that is here.
    Passed(String),
    /// A command of the real program that is not simulated, once its address was found.
    RealCommand(&'static str),
    /// The warning that a method is deprecated: the method's name. Each comes once for a place.
    Deprecated(&'static str),
    /// The command line that was carried out is the lesson's: MLflow has no such command. Comes once for a text.
    LessonForm,
    /// A step of the history that came of it.
    Did(Box<Entry>),
    Loaded(Loaded),
    Json {
        status: u16,
        body: String,
    },
    /// The usage and the options of a command line, as `--help` prints them.
    Usage(Group),
    /// Help is asked for: an overview, or for one thing.
    Help(Option<Topic>),
    Models(Vec<ModelLine>),
    Model(Box<ModelSheet>),
    /// The steps of the history, oldest first.
    History(Box<Steps>),
    /// The rules in force, and whether they were changed just now.
    Rules {
        rules: RuleSet,
        /// Whether this was just set.
        set: bool,
    },
    /// This step was taken back.
    Undone(Box<Entry>),
    /// This step was done again.
    Redone(Box<Entry>),
    /// The console is to be cleared of what stands there.
    Clear,
}

/// What an app has loaded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loaded {
    /// What was asked for: a URI, a file or a stage.
    pub asked: String,
    /// The model and the version that was loaded; nothing where a file belongs to no version.
    pub found: Option<(ModelName, VersionNumber)>,
    /// Where the version comes from; empty where nothing was found.
    pub source: String,
    /// Whether MLflow refused: then nothing was loaded.
    pub refused: bool,
}

/// A model in a list of models.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ModelLine {
    pub name: ModelName,
    pub versions: usize,
    /// The versions in Production, in ascending order.
    pub live: Vec<VersionNumber>,
    pub newest: Option<VersionNumber>,
}

/// A model with its versions.
#[derive(Clone, PartialEq, Debug)]
pub struct ModelSheet {
    pub name: ModelName,
    pub description: String,
    pub tags: Vec<(String, String)>,
    /// Its newest versions, newest first.
    pub versions: Vec<VersionLine>,
    /// How many older ones are not in the list.
    pub left_out: usize,
}

/// A version in a list of versions.
#[derive(Clone, PartialEq, Debug)]
pub struct VersionLine {
    pub number: VersionNumber,
    pub stage: Stage,
    /// The aliases that point to it.
    pub aliases: Vec<String>,
    pub metrics: Vec<(String, String)>,
    pub tags: Vec<(String, String)>,
    pub source: String,
    pub created: Time,
}

/// Steps of the history.
#[derive(Clone, PartialEq, Debug)]
pub struct Steps {
    /// The newest steps that are done, oldest first.
    pub done: Vec<Entry>,
    /// How many older ones are not in the list.
    pub left_out: u64,
    /// The steps that were taken back and can be redone, next first.
    pub undone: Vec<Entry>,
}
