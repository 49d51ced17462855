//! The dialog, in a chunk of its own.

use wasm_split_helpers::wasm_split;

use crate::embed_code::dialog::{self, Shown};
use crate::session::chunk::{Missing, now};
use el::{El, RwSignal};

#[wasm_split(embed_dialog, fallible, preload(fetch_embed_dialog))]
fn embed_dialog_chunk(shown: Shown, open: RwSignal<bool>) -> Result<El, Missing> {
    Ok(dialog::dialog(shown(), open))
}

/// Fetches the dialog; returns whether it is here.
pub async fn fetch() -> bool {
    fetch_embed_dialog().await.is_ok()
}

/// Returns the dialog, once it is here.
pub fn dialog(shown: Shown, open: RwSignal<bool>) -> Option<El> {
    now(embed_dialog_chunk(shown, open))?.ok()
}
