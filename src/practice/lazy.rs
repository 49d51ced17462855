//! A question, in a chunk of its own; all questions and what was learned, in another.

use wasm_split_helpers::wasm_split;

use crate::practice::{overview, progress, question};
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view};
use crate::ui::page::title;
use el::El;
use lesson::pack::Id;

/// A question.
pub const QUESTION: Loader = Loader {
    chunk: Chunk::Question,
    fetch: || Box::pin(async { fetch_question().await.is_ok() }),
    prepare: None,
};

/// All questions, and what was learned.
pub const PRACTICE: Loader = Loader {
    chunk: Chunk::Practice,
    fetch: || Box::pin(async { fetch_practice().await.is_ok() }),
    prepare: None,
};

/// A page of the chunk of all questions.
pub enum PracticePage {
    /// All questions.
    Overview,
    /// What was learned.
    Progress,
}

#[wasm_split(question, fallible, preload(fetch_question))]
fn question_chunk(id: Id) -> Result<Vec<El>, Missing> {
    Ok(question::question(&id))
}

#[wasm_split(practice, fallible, preload(fetch_practice))]
fn practice_chunk(page: PracticePage) -> Result<Vec<El>, Missing> {
    Ok(match page {
        PracticePage::Overview => overview::overview(),
        PracticePage::Progress => progress::progress(),
    })
}

/// Returns the page of a question.
pub fn question(id: Id) -> Vec<El> {
    lazy_view(QUESTION, title, || now(question_chunk(id)))
}

/// Returns a page of the chunk of all questions.
pub fn page(page: PracticePage) -> Vec<El> {
    lazy_view(PRACTICE, title, || now(practice_chunk(page)))
}
