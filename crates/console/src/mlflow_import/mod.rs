//! A real registry, read from what its server answers to `registered-models/search` and `model-versions/search`, from what
//! the Python client holds or prints, from Unity Catalog's lists, or from the files of export tools. Several of these may
//! stand one after the other.
//!
//! What the simulator cannot have is left out and told, each with its place. The rest is a registry like any other: it is
//! put together as one that was saved, and read by the same reader.
//!
//! | module | what it has |
//! |---|---|
//! | [`node`] | the text as values: JSON, and what Python prints |
//! | [`fields`] | the fields of an object, under the names of MLflow's server |
//! | [`time`] | times as people and programs write them |
//! | [`find`] | models, versions, aliases and tags, wherever they stand; `item` and `parts` below it |
//! | [`outcome`] | what comes of it, as values |
//! | [`join`] | the registry that they come to |

mod fields;
mod find;
mod join;
mod node;
mod outcome;
mod time;

pub use node::MAX_DEPTH;
pub use outcome::{ImportError, ImportedRegistry, Omission, OmissionReason, Remark};
pub use time::Unit;

use find::Findings;
use node::{NodeError, values};

/// The greatest length of a text, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// Reads a text. Any text gives a registry or a reason.
///
/// # Errors
/// Why it is none.
pub fn read(text: &str) -> Result<ImportedRegistry, ImportError> {
    if text.len() > MAX_BYTES {
        return Err(ImportError::TooLong(text.len()));
    }
    let pages = values(text).map_err(|why| match why {
        NodeError::Deep => ImportError::TooDeep,
        NodeError::At(at) => ImportError::Unreadable(at),
        NodeError::Opaque(at) => ImportError::Opaque(at),
    })?;
    let mut found = Findings::default();
    let has_several = pages.len() > 1;
    for (at, page) in pages.iter().enumerate() {
        let place = if has_several {
            format!("{}: ", at + 1)
        } else {
            String::new()
        };
        found.page(&place, page)?;
    }
    found.finish()
}
