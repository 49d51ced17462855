//! The console's builtins.

/// A builtin of the console: a word that a line of its own starts with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Builtin {
    /// Help, or help for one thing.
    Help,
    /// Takes the last step back.
    Undo,
    /// Does it again.
    Redo,
    /// Shows the steps of the history.
    History,
    /// Puts the registry back to how it was after a step.
    Restore,
    /// Shows the models, or one of them.
    Show,
    /// Shows or changes the rules.
    Rules,
    /// Brings the sample back, or empties the registry.
    Reset,
    /// Clears the console.
    Clear,
}

impl Builtin {
    /// All builtins.
    pub const ALL: [Self; 9] = [
        Self::Help,
        Self::Undo,
        Self::Redo,
        Self::History,
        Self::Restore,
        Self::Show,
        Self::Rules,
        Self::Reset,
        Self::Clear,
    ];

    /// How it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Help => "help",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::History => "history",
            Self::Restore => "restore",
            Self::Show => "show",
            Self::Rules => "rules",
            Self::Reset => "reset",
            Self::Clear => "clear",
        }
    }

    /// What follows it, as a usage line writes it.
    #[must_use]
    pub const fn usage(self) -> &'static str {
        match self {
            Self::Help => "[COMMAND]",
            Self::Restore => "STEP",
            Self::Show => "[MODEL]",
            Self::Rules => "[guided|mlflow]",
            Self::Reset => "[empty]",
            Self::Undo | Self::Redo | Self::History | Self::Clear => "",
        }
    }

    /// The builtin of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|word| word.name() == name)
    }
}
