//! What could come next at a cursor.

use super::session::Console;
use super::trouble::Span;
use super::world::World;

/// Something that could stand at the cursor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completion {
    /// What it takes the place of.
    pub replace: Span,
    /// What is put there.
    pub text: String,
    /// What it is.
    pub kind: CompletionKind,
}

/// What a completion is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum CompletionKind {
    /// A name that was given a value.
    Name,
    /// A model.
    Model,
    /// A version.
    Version,
    /// A stage.
    Stage,
    /// An alias.
    Alias,
    /// The name of an argument, with its `=`.
    Argument,
    /// An option of a command line.
    Option,
    /// A command of a command line, or one of the console's own words.
    Command,
    /// A method or function.
    Method,
    /// A field of an object.
    Field,
    /// A word of the language.
    Keyword,
}

/// What could stand at the cursor, best first, at most 50.
#[must_use]
pub fn complete(
    _console: &Console,
    _world: &dyn World,
    _text: &str,
    _cursor: usize,
) -> Vec<Completion> {
    Vec::new()
}
