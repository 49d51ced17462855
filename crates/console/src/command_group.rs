//! The groups of commands of the real program.

/// A group of commands of the real program, or the lesson's command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    /// No group: the name of a program is wanted.
    Shell,
    Mlflow,
    Models,
    /// `mlflow models transition-version`, which is the lesson's.
    Transition,
}
