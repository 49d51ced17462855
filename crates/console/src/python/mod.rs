//! The small reader: the few kinds of statement that the lesson, the exercises and quick typing need, at once and without a
//! real Python.
//!
//! ```text
//! text ─▶ tokens ─▶ tree ─▶ check: every name, method, argument and kind of value is known ─▶ run ─▶ Bridge ─▶ registry
//!         └──────────┴───────┴─▶ Need: a real Python has to say what it means; nothing of the text is begun
//! ```
//!
//! | module | what it is for |
//! |---|---|
//! | [`tokens`], [`tree`], [`parse`] | the text cut into tokens; its statements and values; how they are read |
//! | [`value_type`], [`check`] | what is known of a value before there is one; whether a text is understood |
//! | [`value`], [`show`] | values; how Python prints them |
//! | [`mod@run`], [`call`] | statements carried out; calls of MLflow |
//! | [`hand_over`] | its names for a real Python that goes on |
//! | [`keywords`] | the words of the language, for colours and completion |
//!
//! What it accepts it answers as a real Python with the package `mlflow` (`python/`) does, over the same bridge:
//! `tests/differential` compares the two. What Python itself would refuse is not understood, so that no exception of
//! Python's is made up here but the three that depend on what the registry holds: a place or a key that is not there, and
//! a run of a version that has none.

pub mod call;
pub mod check;
pub mod hand_over;
pub mod keywords;
pub mod need;
pub mod parse;
pub mod run;
pub mod show;
pub mod tokens;
pub mod tree;
pub mod value;
pub mod value_type;

pub use check::Names;
pub use need::Need;
pub use run::{Halt, Memory, run};
pub use tree::PyStatement;

use super::span::Span;

/// What a Python of the console knows from the start, a line each: imports and the making of the client may be left out, and
/// the lesson's functions are there.
pub const PRELUDE: &str = "import mlflow\nfrom mlflow import MlflowClient\nclient = MlflowClient()\n\
    from model_stages_runner.lesson import get_model, load_model\n";

/// Whether the small reader understands a text of Python that knows no names but those of the [`PRELUDE`].
///
/// # Errors
/// The first place that needs a real Python.
pub fn understands(text: &str) -> Result<(), Need> {
    let whole = Span {
        start: 0,
        end: text.len(),
    };
    read(text, whole, &mut Names::default()).map(|_| ())
}

/// Reads the statements at a place of a text, whose names may be given by what was carried out before it. Nothing is done.
///
/// # Errors
/// The first place that needs a real Python.
pub fn read(text: &str, place: Span, names: &mut Names) -> Result<Vec<PyStatement>, Need> {
    let lines = parse::parse(text, place)?;
    names.check(&lines)?;
    Ok(lines)
}
