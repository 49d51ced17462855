//! What was done as code, in a chunk of its own: most who act do not look at it.

use leptos::prelude::*;
use wasm_split_helpers::wasm_split;

use crate::registry::code_shown;
use crate::registry::told::Told;
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view, quiet_head};
use el::El;

const CODE: Loader = Loader {
    chunk: Chunk::Code,
    fetch: || Box::pin(async { fetch_code().await.is_ok() }),
    prepare: None,
};

/// Gives the command as things stand; nothing where there is none.
pub type Tell = StoredValue<Box<dyn Fn() -> Option<Told>>, LocalStorage>;

#[wasm_split(code, fallible, preload(fetch_code))]
fn code_chunk(told: Tell) -> Result<Vec<El>, Missing> {
    Ok(vec![code_shown::opened(told)])
}

/// Returns the code of a command, once the chunk is here.
pub fn shown(told: Tell) -> Vec<El> {
    lazy_view(CODE, quiet_head, || now(code_chunk(told)))
}
