//! The console, in a chunk of its own.

use wasm_split_helpers::wasm_split;

use crate::console::panel;
use crate::console::transcript::Opening;
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view, quiet_head};
use el::El;
use registry::ModelName;

const CONSOLE: Loader = Loader {
    chunk: Chunk::Console,
    fetch: || Box::pin(async { fetch_console().await.is_ok() }),
    prepare: None,
};

#[wasm_split(console, fallible, preload(fetch_console))]
fn console_chunk(
    id: &'static str,
    model: Option<ModelName>,
    opening: Opening,
) -> Result<Vec<El>, Missing> {
    Ok(vec![panel::console(id, model, opening)])
}

/// Returns the console of a registry. `id` is unique on the page.
pub fn console(id: &'static str, model: Option<&ModelName>, opening: Opening) -> Vec<El> {
    lazy_view(CONSOLE, quiet_head, || {
        now(console_chunk(id, model.cloned(), opening))
    })
}
