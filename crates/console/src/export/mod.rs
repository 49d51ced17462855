//! A history as code that does the same on a real MLflow server: a Python script, a script of `curl` calls, a notebook.
//!
//! | module | what it is for |
//! |---|---|
//! | [`mod@plan`] | what the server has to be told, and what has to be said to the reader |
//! | [`source`] | which sources of versions a server takes |
//! | [`script`] | the scripts |
//! | [`mod@notebook`] | the notebook |

pub mod notebook;
pub mod plan;
pub mod script;
pub mod source;

pub use notebook::notebook;
pub use plan::{Choice, Note, PlanItem, plan};
pub use script::{curl, python};

/// The words around the code, which the core does not have.
pub struct Words<'a> {
    /// What the whole is, a few lines.
    pub header: String,
    /// A note in words, on one line.
    pub say: &'a dyn Fn(&Note) -> String,
}
