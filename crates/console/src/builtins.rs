//! The console's builtins.

use registry::named_enum;

named_enum! {
    /// A builtin of the console: a word that a line of its own starts with.
    pub enum Builtin {
        /// Help, or help for one thing.
        Help = "help",
        /// Takes the last step back.
        Undo = "undo",
        /// Does it again.
        Redo = "redo",
        /// Shows the steps of the history.
        History = "history",
        /// Puts the registry back to how it was after a step.
        Restore = "restore",
        /// Shows the models, or one of them.
        Show = "show",
        /// Shows or changes the rules.
        Rules = "rules",
        /// Brings the sample back, or empties the registry.
        Reset = "reset",
        /// Clears the console.
        Clear = "clear",
    }
}

impl Builtin {
    /// What follows it, as a usage line writes it.
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
}
