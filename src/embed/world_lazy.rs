//! The views of a registry, in a chunk of their own.

use wasm_split_helpers::wasm_split;

use crate::embed::world;
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view, quiet_head};
use ::embed::Frame;
use el::El;

/// The views of a registry.
pub const REGISTRY: Loader = Loader {
    chunk: Chunk::EmbedRegistry,
    fetch: || Box::pin(async { fetch_embed_registry().await.is_ok() }),
    prepare: None,
};

#[wasm_split(embed_registry, fallible, preload(fetch_embed_registry))]
fn embed_registry_chunk(shown: Frame) -> Result<Vec<El>, Missing> {
    Ok(world::world(shown))
}

/// Returns the view of a registry.
pub fn world(shown: Frame) -> Vec<El> {
    lazy_view(REGISTRY, quiet_head, || now(embed_registry_chunk(shown)))
}
