//! The questions and what was learned, in a chunk of their own.

use wasm_split_helpers::wasm_split;

use crate::practice::{overview, progress, question};
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view};
use crate::ui::page::title;
use el::El;
use lesson::pack::Id;

/// The questions, and what was learned.
pub const PRACTICE: Loader = Loader {
    chunk: Chunk::Practice,
    fetch: || Box::pin(async { fetch_practice().await.is_ok() }),
    prepare: None,
};

/// A page of the chunk.
pub enum PracticePage {
    /// All questions.
    Overview,
    /// One question.
    Question(Id),
    /// What was learned.
    Progress,
}

#[wasm_split(practice, fallible, preload(fetch_practice))]
fn practice_chunk(page: PracticePage) -> Result<Vec<El>, Missing> {
    Ok(match page {
        PracticePage::Overview => overview::overview(),
        PracticePage::Question(id) => question::question(&id),
        PracticePage::Progress => progress::progress(),
    })
}

/// Returns a page of the chunk.
pub fn page(page: PracticePage) -> Vec<El> {
    lazy_view(PRACTICE, title, || now(practice_chunk(page)))
}
