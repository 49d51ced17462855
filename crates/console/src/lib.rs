//! The console: what somebody types or pastes, carried out statement by statement on a registry.
//!
//! ```text
//! text ─▶ segments, each in one dialect ─▶ statements ─▶ Console::enter(host) ─▶ Reply: what there is to show,
//!                                                                            how far it came, why it ended
//! ```
//!
//! | module | what it is for |
//! |---|---|
//! | [`session`] | the console: it remembers Python's names from one entry to the next |
//! | [`registry_host`] | what a text is carried out on |
//! | [`reply`], [`diagnostic`] | what came of it, as values; the words are in [`text`] |
//! | [`methods`] | the table of all that the console can be told |
//! | [`transcript`] | what was typed, out of what was copied: prompts, fences, answers |
//! | [`statement`], [`span`] | one statement and what it does; a place in a text |
//! | [`topic`], [`command_group`] | what there is help for; the groups of commands of the real program |
//! | [`dialect`], [`segments`] | the four dialects; which lines are in which |
//! | [`shell_words`], [`shell`] | a command line, `mlflow models transition-version …` |
//! | [`rest`] | calls of the REST server, `curl …` |
//! | [`builtins`], [`builtin_call`] | `help`, `undo` and the console's other builtins; a line that starts with one |
//! | [`python`] | the small reader of Python, for what needs no real one |
//! | [`bridge`] | the registry behind one function, for a real Python |
//! | [`execute`], [`search`], [`runs`] | a call carried out; the searches; runs and their metrics |
//! | [`secret`] | what is not kept for the next visit |
//! | [`refused_argument`] | which argument a refusal is about |
//! | [`mod@complete`], [`mod@paint`] | what could come next at a cursor; the colours of a text |
//! | [`codegen`], [`export`] | commands and whole histories as code |
//! | [`tried`] | what steps that were tried on a copy would make of the board |
//! | [`mlflow_import`] | a real registry, read from what its server answers or its client prints |
//! | [`cursor`], [`nearest`], [`order`] | moving through a text; what was probably meant; sorting |
//!
//! A text with Python in it that the small reader does not understand is not begun: whoever has a real Python hands it over.
//! Everything else stops at its statement. Any text is answered in bounded time and room.

pub mod bridge;
pub mod builtin_call;
pub mod builtins;
pub mod codegen;
pub mod command_group;
pub mod complete;
pub mod cursor;
pub mod diagnostic;
pub mod dialect;
pub mod execute;
pub mod export;
pub mod methods;
pub mod mlflow_import;
pub mod nearest;
pub mod order;
pub mod paint;
pub mod python;
pub mod refused_argument;
pub mod registry_host;
pub mod reply;
pub mod rest;
pub mod runs;
pub mod search;
pub mod secret;
pub mod segments;
pub mod session;
pub mod shell;
pub mod shell_words;
pub mod span;
pub mod statement;
pub mod topic;
pub mod transcript;
pub mod tried;

pub use complete::{Completion, complete};
pub use diagnostic::{Diagnostic, DiagnosticKind, Expected, Unsupported, UnsupportedPython};
pub use dialect::Dialect;
pub use paint::{Paint, paint};
pub use registry_host::{RegistryCopy, RegistryHost, Sandbox};
pub use reply::{Loaded, Output, Reply, Stop, Taken};
pub use session::Console;
pub use span::Span;
pub use statement::{Operation, Statement};

/// The greatest length of a text, in bytes: some 400 lines, which a browser has read before anybody notices. (A text of
/// 100,000 bytes took a tenth of a second.)
pub const MAX_BYTES: usize = 32_000;
