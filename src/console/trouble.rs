//! What can be wrong with a text, and where. The words for it are found elsewhere.

use std::fmt;

use super::reply::Group;
use super::rest::Fault;
use crate::registry::ErrorCode;

/// Which form a text was read as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A command line, `mlflow models …`.
    Shell,
    /// Python.
    Python,
    /// A `curl` call of the REST server.
    Rest,
    /// The console's own words.
    Own,
}

impl Form {
    /// The form's name, for scripts.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Shell => "shell",
            Self::Python => "python",
            Self::Rest => "rest",
            Self::Own => "own",
        }
    }
}

/// A place in the text: byte offsets on character boundaries. It may be empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Span {
    /// Where it starts.
    pub start: usize,
    /// Where it ends, exclusive.
    pub end: usize,
}

impl Span {
    /// The same place of a text that has `by` bytes more before it.
    #[must_use]
    pub const fn later(self, by: usize) -> Self {
        Self {
            start: self.start + by,
            end: self.end + by,
        }
    }

    /// From the start of this one to the end of another.
    #[must_use]
    pub const fn to(self, other: Self) -> Self {
        Self {
            start: self.start,
            end: other.end,
        }
    }

    /// The piece of the text that it marks; empty where the text has no such place.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// What is wrong with a text, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trouble {
    /// What the text was taken for.
    pub form: Form,
    /// Where.
    pub at: Span,
    /// What.
    pub kind: TroubleKind,
}

/// What MLflow complains about by itself, without asking the registry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Complaint {
    /// The parameter that it is about, as MLflow's methods call it; empty where it is about the call as a whole.
    pub about: &'static str,
    /// Its code.
    pub code: ErrorCode,
    /// Its message, letter for letter.
    pub message: String,
}

/// What is wrong. Names are as typed; `nearest` is what was probably meant.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(
    missing_docs,
    reason = "the fields say by their names what they are: a name as typed, what it belongs to, what is near it"
)]
#[non_exhaustive]
pub enum TroubleKind {
    /// `mlflow model …`: there is no such command in this group of commands.
    NoSuchCommand {
        group: Group,
        command: String,
        nearest: Option<&'static str>,
    },
    /// `mlflow models` and nothing more: a word of the command is missing.
    MissingCommand { group: Group },
    /// The command has no such option.
    NoSuchOption {
        group: Group,
        option: String,
        nearest: Option<&'static str>,
    },
    /// An option that the command needs is missing.
    MissingOption { option: &'static str },
    /// An option stands there without its value.
    MissingValue { option: &'static str },
    /// A flag was given a value, which it does not take.
    UnexpectedValue { option: &'static str },
    /// A command of the real program that is not simulated.
    RealCommand { command: &'static str },
    /// A word that belongs to no option; often a value with a blank in it that lacks its quotes.
    ExtraWord { word: String },
    /// A name that was never given a value, a function or a module that does not exist.
    UnknownName {
        of: Owner,
        name: String,
        nearest: Option<String>,
    },
    /// `MlflowClient` has no such method.
    NoSuchMethod {
        method: String,
        nearest: Option<&'static str>,
    },
    /// The method has no such parameter.
    UnknownArgument {
        method: &'static str,
        argument: String,
        nearest: Option<&'static str>,
    },
    /// An argument that the method needs is missing.
    MissingArgument {
        method: &'static str,
        argument: &'static str,
    },
    /// An argument is not of the kind that is needed.
    WrongType {
        argument: &'static str,
        expected: Wanted,
    },
    /// More arguments than the method has parameters.
    TooManyArguments { method: &'static str, most: usize },
    /// An argument or option is given twice.
    RepeatedArgument { argument: String },
    /// The text breaks off or goes on differently than the language has it.
    Syntax { expected: Expected },
    /// Correct, as far as one can tell, but more than the console understands.
    NotSupported { what: Unsupported },
    /// The text is too long, or makes texts that are.
    TooLong,
    /// It goes on for too long: more steps than the console takes for one text.
    TooMuch,
    /// One of the console's own words needs another word after it.
    MissingWord { command: &'static str },
    /// A word that means nothing after one of the console's own.
    UnknownWord {
        command: &'static str,
        word: String,
        nearest: Option<String>,
    },
    /// Python raises an exception of its own while the statement is carried out.
    Raised(Raised),
    /// A real Python raises an exception that nobody catches.
    Exception(Box<Exception>),
    /// MLflow raises an exception that is none of the registry's.
    Mlflow(Complaint),
    /// A request to the server is wrong.
    Rest(Fault),
}

/// An exception of a real Python.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exception {
    /// Its class, with the module that it is of.
    pub class: String,
    /// Its message.
    pub message: String,
    /// The traceback, with nothing but the learner's own lines.
    pub traceback: String,
}

/// Where a name was looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Owner {
    /// Among the names that were given a value.
    Names,
    /// Among the modules.
    Modules,
    /// In a module, by an import.
    Import,
    /// In a module, behind a point.
    Module,
}

/// What Python itself raises. What it is about is named as Python's message names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Raised {
    /// `IndexError`: a list has no such place.
    Index {
        /// `list`, `tuple` or `string`.
        of: &'static str,
    },
    /// `KeyError`: a dictionary has no such key.
    Key {
        /// The key as `repr()` gives it.
        key: String,
    },
    /// `AttributeError`: an object has no such attribute.
    Attribute {
        /// The type of the object.
        of: &'static str,
        /// The attribute.
        name: String,
        /// What was probably meant.
        nearest: Option<&'static str>,
    },
    /// `TypeError`: what cannot be gone through is gone through.
    NotIterable {
        /// The type of the object.
        of: &'static str,
    },
    /// `TypeError`: what has no length is asked for it.
    NoLength {
        /// The type of the object.
        of: &'static str,
    },
    /// `TypeError`: what has no places is asked for one.
    NotSubscriptable {
        /// The type of the object.
        of: &'static str,
    },
    /// `TypeError`: a place of a list is no whole number.
    IndexKind {
        /// The type of the list.
        of: &'static str,
        /// The type of the place.
        by: &'static str,
    },
    /// `TypeError`: what is no function is called.
    NotCallable {
        /// The type of the object.
        of: &'static str,
    },
    /// `TypeError`: something else than a text is added to a text.
    Concat {
        /// The type of what is added.
        other: &'static str,
    },
    /// `TypeError`: what cannot be compared, added or subtracted is.
    Operands {
        /// The operator.
        operator: &'static str,
        /// The type on its left side.
        left: &'static str,
        /// The type on its right side.
        right: &'static str,
    },
    /// `ValueError`: the values that are there are not as many as the names.
    Unpack {
        /// How many names there are.
        wanted: usize,
        /// How many values there are.
        found: usize,
    },
    /// `ValueError`: `max` and `min` of nothing.
    Empty {
        /// The function.
        function: &'static str,
    },
}

impl Raised {
    /// The name of the exception.
    #[must_use]
    pub const fn exception(&self) -> &'static str {
        match self {
            Self::Index { .. } => "IndexError",
            Self::Key { .. } => "KeyError",
            Self::Attribute { .. } => "AttributeError",
            Self::NotIterable { .. }
            | Self::NoLength { .. }
            | Self::NotSubscriptable { .. }
            | Self::IndexKind { .. }
            | Self::NotCallable { .. }
            | Self::Concat { .. }
            | Self::Operands { .. } => "TypeError",
            Self::Unpack { .. } | Self::Empty { .. } => "ValueError",
        }
    }
}

/// Python's own message, letter for letter.
impl fmt::Display for Raised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index { of } => write!(f, "{of} index out of range"),
            Self::Key { key } => f.write_str(key),
            Self::Attribute { of, name, nearest } => {
                write!(f, "'{of}' object has no attribute '{name}'")?;
                match nearest {
                    Some(nearest) => write!(f, ". Did you mean: '{nearest}'?"),
                    None => Ok(()),
                }
            }
            Self::NotIterable { of } => write!(f, "'{of}' object is not iterable"),
            Self::NoLength { of } => write!(f, "object of type '{of}' has no len()"),
            Self::NotSubscriptable { of } => write!(f, "'{of}' object is not subscriptable"),
            Self::IndexKind { of, by } => {
                write!(f, "{of} indices must be integers or slices, not {by}")
            }
            Self::NotCallable { of } => write!(f, "'{of}' object is not callable"),
            Self::Concat { other } => {
                write!(f, "can only concatenate str (not \"{other}\") to str")
            }
            Self::Operands {
                operator: operator @ ("<" | ">" | "<=" | ">="),
                left,
                right,
            } => write!(
                f,
                "'{operator}' not supported between instances of '{left}' and '{right}'"
            ),
            Self::Operands {
                operator: "in",
                right,
                ..
            } => write!(f, "argument of type '{right}' is not iterable"),
            Self::Operands {
                operator,
                left,
                right,
            } => write!(
                f,
                "unsupported operand type(s) for {operator}: '{left}' and '{right}'"
            ),
            Self::Unpack { wanted, found } if found < wanted => write!(
                f,
                "not enough values to unpack (expected {wanted}, got {found})"
            ),
            Self::Unpack { wanted, .. } => {
                write!(f, "too many values to unpack (expected {wanted})")
            }
            Self::Empty { function } => write!(f, "{function}() arg is an empty sequence"),
        }
    }
}

impl TroubleKind {
    /// The kind's name, for a table of words.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::NoSuchCommand { .. } => "no_such_command",
            Self::MissingCommand { .. } => "missing_command",
            Self::NoSuchOption { .. } => "no_such_option",
            Self::MissingOption { .. } => "missing_option",
            Self::MissingValue { .. } => "missing_value",
            Self::UnexpectedValue { .. } => "unexpected_value",
            Self::RealCommand { .. } => "real_command",
            Self::ExtraWord { .. } => "extra_word",
            Self::UnknownName { .. } => "unknown_name",
            Self::NoSuchMethod { .. } => "no_such_method",
            Self::UnknownArgument { .. } => "unknown_argument",
            Self::MissingArgument { .. } => "missing_argument",
            Self::WrongType { .. } => "wrong_type",
            Self::TooManyArguments { .. } => "too_many_arguments",
            Self::RepeatedArgument { .. } => "repeated_argument",
            Self::Syntax { .. } => "syntax",
            Self::NotSupported { .. } => "not_supported",
            Self::TooLong => "too_long",
            Self::TooMuch => "too_much",
            Self::MissingWord { .. } => "missing_word",
            Self::UnknownWord { .. } => "unknown_word",
            Self::Raised(_) => "raised",
            Self::Exception(_) => "exception",
            Self::Mlflow(_) => "mlflow",
            Self::Rest(fault) => fault.id(),
        }
    }
}

/// What kind of value is needed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// A text in quotes.
    Text,
    /// A version: a whole number, or a text.
    Version,
    /// `True` or `False`.
    Flag,
    /// A list of texts.
    Texts,
    /// A whole number, or a text that reads like one.
    Number,
    /// A text, a number, `True`, `False` or `None`.
    Simple,
    /// A dictionary of texts with simple values.
    Tags,
}

impl Wanted {
    /// The kind's name, for a table of words.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Version => "version",
            Self::Flag => "flag",
            Self::Texts => "texts",
            Self::Number => "number",
            Self::Simple => "simple",
            Self::Tags => "tags",
        }
    }
}

/// What the language would have here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expected {
    /// A value: a text, a number, a name, a call.
    Value,
    /// A name.
    Name,
    /// The word `import`.
    Import,
    /// This bracket, or a comma.
    Closing(char),
    /// The quote that ends a text.
    ClosingQuote,
    /// A straight quote in place of a typographic one.
    StraightQuote,
    /// A number as Python writes it.
    Number,
    /// A complete escape such as `\x41`.
    Escape,
    /// `name=` before the value: after the first named argument all are named.
    NamedArgument,
    /// A name on the left side of `=`.
    Target,
    /// The end of the statement.
    End,
    /// The colon before a block.
    Colon,
    /// A block of lines that stand further right.
    Block,
    /// The same indentation as the lines around it.
    Indent,
    /// The word `in`.
    In,
    /// The word `else`.
    Else,
    /// Any other character: this one has no meaning.
    Character,
}

impl Expected {
    /// The name, for a table of words.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Name => "name",
            Self::Import => "import",
            Self::Closing(_) => "closing",
            Self::ClosingQuote => "closing_quote",
            Self::StraightQuote => "straight_quote",
            Self::Number => "number",
            Self::Escape => "escape",
            Self::NamedArgument => "named_argument",
            Self::Target => "target",
            Self::End => "end",
            Self::Colon => "colon",
            Self::Block => "block",
            Self::Indent => "indent",
            Self::In => "in",
            Self::Else => "else",
            Self::Character => "character",
        }
    }
}

/// What the console does not understand though the language or MLflow has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unsupported {
    /// `while`, `def`, `try` and the like.
    Statement,
    /// Arithmetic beyond plus and minus, conditions inside of values.
    Operator,
    /// Numbers other than plain decimal ones.
    Number,
    /// `b"…"`.
    Bytes,
    /// An escape that has no character here: `\N{…}`, or half of a pair.
    Escape,
    /// What stands behind a value in an f-string beyond `!r`, `!s`, a width and `.2f`.
    Format,
    /// A function or method that exists elsewhere.
    Function,
    /// A parameter that the simulator has nothing for.
    Argument,
    /// `load_model` of something else than `models:/…`.
    Uri,
    /// `get_model(stage=…)` where no model is on the page.
    NoModel,
    /// `*arguments` and `**arguments`.
    Star,
    /// Several values without a list, sets, and dictionaries made in one go.
    List,
    /// More than names on the left side of `=`.
    Target,
    /// Too many brackets in each other.
    Nesting,
    /// `$NAME` in a command line.
    ShellVariable,
    /// Pipes, redirections and the like in a command line.
    ShellOperator,
}

impl Unsupported {
    /// The name, for a table of words.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Operator => "operator",
            Self::Number => "number",
            Self::Bytes => "bytes",
            Self::Escape => "escape",
            Self::Format => "format",
            Self::Function => "function",
            Self::Argument => "argument",
            Self::Uri => "uri",
            Self::NoModel => "no_model",
            Self::Star => "star",
            Self::List => "list",
            Self::Target => "target",
            Self::Nesting => "nesting",
            Self::ShellVariable => "shell_variable",
            Self::ShellOperator => "shell_operator",
        }
    }
}

/// A trouble inside a form, which the reader of the form need not repeat.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// Where.
    pub at: Span,
    /// What.
    pub kind: TroubleKind,
}

impl Problem {
    /// A place where the language would have something else.
    #[must_use]
    pub const fn syntax(at: Span, expected: Expected) -> Self {
        Self {
            at,
            kind: TroubleKind::Syntax { expected },
        }
    }

    /// A place with something that the console does not understand.
    #[must_use]
    pub const fn not_supported(at: Span, what: Unsupported) -> Self {
        Self {
            at,
            kind: TroubleKind::NotSupported { what },
        }
    }
}
