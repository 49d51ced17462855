//! What can be wrong with a text, and where. The words for it are found elsewhere.

/// Which form a text was read as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A command line, `mlflow models …`.
    Shell,
    /// Python.
    Python,
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

/// What is wrong. Names are as typed; `nearest` is what was probably meant.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(
    missing_docs,
    reason = "the fields say by their names what they are: a name as typed, what it belongs to, what is near it"
)]
#[non_exhaustive]
pub enum TroubleKind {
    /// `mlflow model …`: there is no such command.
    NoSuchCommand {
        command: String,
        nearest: Option<&'static str>,
    },
    /// `mlflow models` and nothing more: a word of the command is missing.
    MissingCommand { command: &'static str },
    /// The command has no such option.
    NoSuchOption {
        option: String,
        nearest: Option<&'static str>,
    },
    /// An option that the command needs is missing.
    MissingOption { option: &'static str },
    /// An option stands there without its value.
    MissingValue { option: &'static str },
    /// A flag was given a value, which it does not take.
    UnexpectedValue { option: &'static str },
    /// A word that belongs to no option; often a value with a blank in it that lacks its quotes.
    ExtraWord { word: String },
    /// A name that was never given a value, a function or a module that does not exist.
    UnknownName {
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
            Self::Character => "character",
        }
    }
}

/// What the console does not understand though the language or MLflow has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unsupported {
    /// `if`, `for`, `def` and the like.
    Statement,
    /// Arithmetic, comparisons, conditions.
    Operator,
    /// Numbers other than plain decimal ones.
    Number,
    /// `b"…"`.
    Bytes,
    /// An escape that has no character here: `\N{…}`, or half of a pair.
    Escape,
    /// What stands behind a value in an f-string: `{x!r}`, `{x:>8}`, `{x=}`.
    Format,
    /// A function or method that exists elsewhere.
    Function,
    /// A parameter that the simulator has nothing for.
    Argument,
    /// The result of a call as an argument: it is known only when the call is made.
    Result,
    /// `load_model` of something else than `models:/…`.
    Uri,
    /// `*arguments` and `**arguments`.
    Star,
    /// A list in a list, several values without a list.
    List,
    /// More than a name on the left side of `=`.
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
            Self::Result => "result",
            Self::Uri => "uri",
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
