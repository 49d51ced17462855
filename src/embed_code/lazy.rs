//! The dialog, in a chunk of its own.

use wasm_split_helpers::wasm_split;

use crate::embed_code::dialog::{self, Opened};
use crate::session::chunk::{Missing, now};
use el::El;
use embed::Frame;

#[wasm_split(embed_dialog, fallible, preload(fetch_embed_dialog))]
fn embed_dialog_chunk(shown: Frame, open: Opened) -> Result<El, Missing> {
    Ok(dialog::dialog(shown, open))
}

/// Fetches the dialog; returns whether it is here.
pub async fn fetch() -> bool {
    fetch_embed_dialog().await.is_ok()
}

/// Returns the dialog, once it is here.
pub fn dialog(shown: Frame, open: Opened) -> Option<El> {
    now(embed_dialog_chunk(shown, open))?.ok()
}
