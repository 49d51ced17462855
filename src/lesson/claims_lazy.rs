//! What tutorials say, in a chunk of its own.

use wasm_split_helpers::wasm_split;

use crate::lesson::claims;
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view};
use crate::ui::page::title;
use el::El;

/// What tutorials say.
pub const CLAIMS: Loader = Loader {
    chunk: Chunk::Claims,
    fetch: || Box::pin(async { fetch_claims().await.is_ok() }),
    prepare: None,
};

#[wasm_split(claims, fallible, preload(fetch_claims))]
fn claims_chunk() -> Result<Vec<El>, Missing> {
    Ok(claims::claims())
}

/// Returns the page of what tutorials say.
pub fn claims() -> Vec<El> {
    lazy_view(CLAIMS, title, || now(claims_chunk()))
}
