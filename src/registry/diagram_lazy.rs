//! The state diagram, in a chunk of its own: the board does the same.

use wasm_split_helpers::wasm_split;

use crate::registry::diagram;
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view, quiet_head};
use el::{El, div};
use registry::ModelName;

const DIAGRAM: Loader = Loader {
    chunk: Chunk::Diagram,
    fetch: || Box::pin(async { fetch_diagram().await.is_ok() }),
    prepare: None,
};

#[wasm_split(diagram, fallible, preload(fetch_diagram))]
fn diagram_chunk(name: ModelName) -> Result<Vec<El>, Missing> {
    Ok(vec![diagram::diagram(&name)])
}

/// The state diagram of a model, once the chunk is here.
pub fn diagram(name: &ModelName) -> El {
    let name = name.clone();
    div()
        .class("parts")
        .dynamic(move || lazy_view(DIAGRAM, quiet_head, || now(diagram_chunk(name.clone()))))
}
