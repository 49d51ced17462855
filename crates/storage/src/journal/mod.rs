//! The history of one workspace in the store: a start, and segments of records that follow on it.
//!
//! | module | what it does |
//! |---|---|
//! | [`value`] | what stands in a segment and in a state |
//! | [`segments`] | the journal, and what is known of its segments |
//! | [`append`] | writes new records, all in one `set` |
//! | [`walk`] | follows the segments from a state as far as they hold together |
//! | [`mod@load`] | makes the log again, and repairs what can be repaired |
//! | [`maintain`] | keeps a second state, and the journal short |
//! | [`compact`] | folds the oldest steps into the start |
//! | [`mod@write`] | writes a complete history as a journal |

mod append;
mod batch;
mod compact;
mod load;
mod maintain;
mod segments;
mod value;
mod walk;
mod write;

pub use compact::Folded;
pub(crate) use load::{Reach, load, reach};
pub(crate) use segments::Journal;
pub use segments::Limits;
pub(crate) use value::{SegmentValue, StateValue};
pub(crate) use write::write as write_history;
