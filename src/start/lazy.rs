//! The scene of the start page, in a chunk of its own.

use wasm_split_helpers::wasm_split;

use crate::session::chunk::{Chunk, Missing, now};
use crate::start::scene;
use crate::ui::lazy::{Loader, lazy_view, quiet_head};
use el::El;

/// The scene of the start page.
pub const SCENE: Loader = Loader {
    chunk: Chunk::Start,
    fetch: || Box::pin(async { fetch_start().await.is_ok() }),
    prepare: None,
};

#[wasm_split(start, fallible, preload(fetch_start))]
fn start_chunk() -> Result<Vec<El>, Missing> {
    Ok(scene::scene_place().into_iter().collect())
}

/// Returns the scene.
pub fn scene() -> Vec<El> {
    lazy_view(SCENE, quiet_head, || now(start_chunk()))
}
