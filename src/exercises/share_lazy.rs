//! The dialog that gives an exercise out, in a chunk of its own: it packs links and draws them as pictures.

use wasm_split_helpers::wasm_split;

use crate::exercises::attempt::Work;
use crate::exercises::share_dialog;
use crate::session::chunk::{Missing, now};
use crate::ui::lazy::late_dialog;
use el::El;

#[wasm_split(give_exercise, fallible, preload(fetch_give_exercise))]
fn give_exercise_chunk(work: Work) -> Result<El, Missing> {
    Ok(share_dialog::dialog(work))
}

async fn fetch() -> bool {
    fetch_give_exercise().await.is_ok()
}

/// Returns what opens the dialog, and where it stands while it is open.
pub fn dialog(work: Work) -> (impl Fn() + Clone + 'static, El) {
    late_dialog(work.sharing, fetch, move || {
        now(give_exercise_chunk(work))?.ok()
    })
}
