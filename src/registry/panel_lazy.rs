//! The panel of a version, in a chunk of its own.

use wasm_split_helpers::wasm_split;

use crate::registry::version_panel;
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view, quiet_head};
use el::{El, div};
use registry::ModelName;

const PANEL: Loader = Loader {
    chunk: Chunk::Panel,
    fetch: || Box::pin(async { fetch_panel().await.is_ok() }),
    prepare: None,
};

#[wasm_split(panel, fallible, preload(fetch_panel))]
fn panel_chunk(name: ModelName) -> Result<Vec<El>, Missing> {
    Ok(vec![version_panel::version_panel(&name)])
}

/// The panel of a model's versions, once the chunk is here.
pub fn version_panel(name: &ModelName) -> El {
    let name = name.clone();
    div().dynamic(move || lazy_view(PANEL, quiet_head, || now(panel_chunk(name.clone()))))
}
