//! What an exercise gives beside its board, in chunks of their own: a way to follow or a script, and a history.

use wasm_split_helpers::wasm_split;

use crate::exercises::attempt::Work;
use crate::exercises::materials;
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view, quiet_head};
use el::{El, div};
use lesson::exercise::Form;

const GIVEN: Loader = Loader {
    chunk: Chunk::Given,
    fetch: || Box::pin(async { fetch_given().await.is_ok() }),
    prepare: None,
};

const PAST: Loader = Loader {
    chunk: Chunk::Past,
    fetch: || Box::pin(async { fetch_past().await.is_ok() }),
    prepare: None,
};

#[wasm_split(given, fallible, preload(fetch_given))]
fn given_chunk(work: Work) -> Result<Vec<El>, Missing> {
    Ok(materials::given(work).into_iter().collect())
}

#[wasm_split(past, fallible, preload(fetch_past))]
fn past_chunk(work: Work) -> Result<Vec<El>, Missing> {
    Ok(vec![materials::past(work)])
}

/// What is given beside the board, where something is.
pub fn given(work: Work) -> Option<El> {
    let parts = div().class("parts");
    match work.exercise.form {
        Form::Free => None,
        Form::History => {
            Some(parts.dynamic(move || lazy_view(PAST, quiet_head, || now(past_chunk(work)))))
        }
        Form::Worked(_) | Form::Completion { .. } | Form::Script { .. } => {
            Some(parts.dynamic(move || lazy_view(GIVEN, quiet_head, || now(given_chunk(work)))))
        }
    }
}

/// The script that is to be mended.
pub fn script(work: Work) -> Option<&'static str> {
    match &work.exercise.form {
        Form::Script { code, .. } => Some(code),
        Form::Worked(_) | Form::Completion { .. } | Form::Free | Form::History => None,
    }
}
