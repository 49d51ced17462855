//! What can be wrong with a text, and where. The words for it are found elsewhere.

use super::command_group::Group;
use super::dialect::Dialect;
use super::rest::fault::Fault;
use super::span::Span;
use registry::{ErrorCode, named_variants};

/// What is wrong with a text, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// What the text was taken for.
    pub dialect: Dialect,
    pub at: Span,
    pub kind: DiagnosticKind,
}

/// What MLflow complains about by itself, without asking the registry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Complaint {
    /// The parameter that it is about, as MLflow's methods call it; empty where it is about the call as a whole.
    pub about: &'static str,
    pub code: ErrorCode,
    /// Its message, letter for letter.
    pub message: String,
}

named_variants! {
    /// What is wrong. Names are as typed; `nearest` is what was probably meant.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub enum DiagnosticKind {
        /// `mlflow model …`: there is no such command in this group of commands.
        NoSuchCommand {
            group: Group,
            command: String,
            nearest: Option<&'static str>,
        } = "no_such_command",
        /// `mlflow models` and nothing more: a word of the command is missing.
        MissingCommand { group: Group } = "missing_command",
        /// The command has no such option.
        NoSuchOption { group: Group, option: String, nearest: Option<&'static str> } = "no_such_option",
        /// An option that the command needs is missing.
        MissingOption { option: &'static str } = "missing_option",
        /// An option stands there without its value.
        MissingValue { option: &'static str } = "missing_value",
        /// A flag was given a value, which it does not take.
        UnexpectedValue { option: &'static str } = "unexpected_value",
        /// A command of the real program that is not simulated.
        RealCommand { command: &'static str } = "real_command",
        /// A word that belongs to no option; often a value with a blank in it that lacks its quotes.
        ExtraWord { word: String } = "extra_word",
        /// An argument or option is given twice.
        RepeatedArgument { argument: String } = "repeated_argument",
        /// The small reader of Python does not know what it means: a real Python does.
        NeedsPython(UnsupportedPython) = "needs_python",
        /// The text breaks off or goes on differently than the language has it.
        Syntax { expected: Expected } = "syntax",
        /// Correct, as far as one can tell, but more than the console understands.
        NotSupported { what: Unsupported } = "not_supported",
        /// The text is too long, or makes texts that are.
        TooLong = "too_long",
        /// It goes on for too long: more steps than the console takes for one text.
        TooMuch = "too_much",
        /// A builtin needs a word after it.
        MissingWord { command: &'static str } = "missing_word",
        /// A word that means nothing after a builtin.
        UnknownWord { command: &'static str, word: String, nearest: Option<String> } = "unknown_word",
        /// Python raises an exception that nobody catches.
        Exception(Box<Exception>) = "exception",
        /// MLflow raises an exception that is none of the registry's.
        Mlflow(Complaint) = "mlflow",
        /// A request to the server is wrong.
        Rest(Fault) = "rest",
    }
    fn own_id;
}

/// An exception of a real Python.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exception {
    /// Its class, with the module that it is of.
    pub class: String,
    pub message: String,
    /// The traceback, with nothing but the learner's own lines.
    pub traceback: String,
}

/// What the small reader of Python does not know. Names are as typed; `nearest` is what was probably meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum UnsupportedPython {
    /// A statement of another kind.
    Statement,
    /// A value of another kind, or a character in a place of its own.
    Value,
    /// A text with something in it that is more than letters, plain escapes and simple braces.
    Text,
    /// A value that prints in Python as nothing else does.
    Prints,
    /// What this name is after the loop depends on how often it is gone through.
    Loop(String),
    /// A name that no statement has given a value.
    Name {
        name: String,
        nearest: Option<String>,
    },
    Module(String),
    Attribute(String),
    /// A method that `MlflowClient` has.
    Method(String),
    /// A method that `MlflowClient` has not.
    NoSuchMethod {
        method: String,
        nearest: Option<&'static str>,
    },
    /// A parameter that the method has not.
    NoSuchArgument {
        method: &'static str,
        argument: String,
        nearest: Option<&'static str>,
    },
    /// Arguments, too many or too few, or of kinds that MLflow does more with.
    Arguments(&'static str),
    /// A client of another server.
    Client,
}

impl UnsupportedPython {
    /// The name under which conditions know it.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::NoSuchMethod { .. } => "no_such_method",
            Self::NoSuchArgument { .. } => "unknown_argument",
            _ => "needs_python",
        }
    }

    /// Whether a real Python would not know it either: MLflow's client has no such thing.
    pub const fn is_mistake(&self) -> bool {
        matches!(
            self,
            Self::NoSuchMethod { .. } | Self::NoSuchArgument { .. }
        )
    }
}

impl DiagnosticKind {
    /// The kind's name, for a table of words.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::NeedsPython(why) => why.id(),
            Self::Rest(fault) => fault.id(),
            _ => self.own_id(),
        }
    }
}

/// What the language would have here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expected {
    /// This bracket, or a comma.
    Closing(char),
    /// The quote that ends a text.
    ClosingQuote,
    /// A straight quote in place of a typographic one.
    StraightQuote,
}

/// What the console does not understand though the language or MLflow has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unsupported {
    /// `get_model(stage=…)` where no model is on the page.
    NoModel,
    /// `$NAME` in a command line.
    ShellVariable,
    /// Pipes, redirections and the like in a command line.
    ShellOperator,
}

/// What is wrong in a text whose dialect is known: a [`Diagnostic`] without it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    pub at: Span,
    pub kind: DiagnosticKind,
}

impl Problem {
    /// A place where the language would have something else.
    pub const fn syntax(at: Span, expected: Expected) -> Self {
        Self {
            at,
            kind: DiagnosticKind::Syntax { expected },
        }
    }

    /// A place where a request is wrong.
    pub const fn rest(at: Span, fault: Fault) -> Self {
        Self {
            at,
            kind: DiagnosticKind::Rest(fault),
        }
    }

    /// A place with something that the console does not understand.
    pub const fn not_supported(at: Span, what: Unsupported) -> Self {
        Self {
            at,
            kind: DiagnosticKind::NotSupported { what },
        }
    }
}
