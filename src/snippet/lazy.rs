//! The dialog that gives out code to paste, in a chunk of its own.

use wasm_split_helpers::wasm_split;

use crate::session::chunk::{Missing, now};
use crate::snippet::dialog::{self, Opened};
use ::embed::Frame;
use el::El;

/// The dialog that gives out code to paste.
#[wasm_split(embed_dialog, fallible, preload(fetch_embed_dialog))]
fn embed_dialog_chunk(shown: Frame, open: Opened) -> Result<El, Missing> {
    Ok(dialog::dialog(shown, open))
}

/// Fetches that dialog; returns whether it is here.
pub async fn fetch_dialog() -> bool {
    fetch_embed_dialog().await.is_ok()
}

/// Returns the dialog, once it is here.
pub fn dialog(shown: Frame, open: Opened) -> Option<El> {
    now(embed_dialog_chunk(shown, open))?.ok()
}
