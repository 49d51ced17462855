//! The pages for a class, in a chunk of their own.

use wasm_split_helpers::wasm_split;

use crate::class::{audience, paper, presenter, shared};
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view};
use crate::ui::page::title;
use el::El;
use share::route::Paper;

/// The pages for a class.
pub const CLASS: Loader = Loader {
    chunk: Chunk::Class,
    fetch: || Box::pin(async { fetch_class().await.is_ok() }),
    prepare: None,
};

/// A page of the chunk.
pub enum ClassPage {
    /// The teacher's window.
    Presenter,
    /// The projector's window.
    Audience,
    /// What is printed.
    Paper(Paper),
    /// A plan that somebody has put into a link.
    Shared(String),
}

#[wasm_split(class, fallible, preload(fetch_class))]
fn class_chunk(page: ClassPage) -> Result<Vec<El>, Missing> {
    Ok(match page {
        ClassPage::Presenter => presenter::presenter(),
        ClassPage::Audience => audience::audience(),
        ClassPage::Paper(paper) => paper::paper(paper),
        ClassPage::Shared(text) => shared::shared(&text),
    })
}

/// Returns a page of the chunk.
pub fn page(page: ClassPage) -> Vec<El> {
    lazy_view(CLASS, title, || now(class_chunk(page)))
}
