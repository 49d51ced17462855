//! Questions about one's own history, in a chunk of their own.

use wasm_split_helpers::wasm_split;

use crate::history_quiz::quiz;
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view};
use el::{El, RwSignal, p};
use registry::ModelName;

const HISTORY_QUIZ: Loader = Loader {
    chunk: Chunk::HistoryQuiz,
    fetch: || Box::pin(async { fetch_quiz().await.is_ok() }),
    prepare: None,
};

#[wasm_split(quiz, fallible, preload(fetch_quiz))]
fn quiz_chunk(about: Option<ModelName>, open: RwSignal<bool>) -> Result<Vec<El>, Missing> {
    Ok(vec![quiz::quiz(about, open)])
}

/// Returns questions about the history of the registry around. `open` is set back when they are closed.
pub fn quiz(about: Option<ModelName>, open: RwSignal<bool>) -> Vec<El> {
    let head = |words: &str| {
        p().class("quiet")
            .id("asked-title")
            .attr("tabindex", "-1")
            .text(words)
    };
    lazy_view(HISTORY_QUIZ, head, || now(quiz_chunk(about, open)))
}
