//! A step of the lesson, in a chunk of its own.

use wasm_split_helpers::wasm_split;

use crate::lesson::learn;
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view};
use crate::ui::page::title;
use el::El;
use lesson::pack::Id;

/// A step of the lesson.
pub const LESSON: Loader = Loader {
    chunk: Chunk::Lesson,
    fetch: || Box::pin(async { fetch_lesson().await.is_ok() }),
    prepare: None,
};

#[wasm_split(lesson, fallible, preload(fetch_lesson))]
fn lesson_chunk(step: Option<Id>) -> Result<Vec<El>, Missing> {
    Ok(learn(step.as_ref()))
}

/// Returns a step of the lesson; without an id, the one where the learner was.
pub fn step(id: Option<Id>) -> Vec<El> {
    lazy_view(LESSON, title, || now(lesson_chunk(id)))
}
