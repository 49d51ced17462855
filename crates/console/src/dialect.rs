//! The four dialects that the console reads.

/// What a part of a text is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    /// A command line, `mlflow models …`.
    Shell,
    Python,
    /// A `curl` call of the REST server.
    Rest,
    /// The console's builtins, `help`, `undo` and so on.
    Builtin,
}

impl Dialect {
    /// The dialect's name, for scripts.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Shell => "shell",
            Self::Python => "python",
            Self::Rest => "rest",
            Self::Builtin => "own",
        }
    }
}
