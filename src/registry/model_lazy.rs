//! What stands below the board on a model's page, in a chunk of its own: the board is there, and can be used, before it.

use wasm_split_helpers::wasm_split;

use crate::registry::compare::compare;
use crate::registry::history::history;
use crate::registry::table::versions_table;
use crate::registry::traffic::traffic_with_choice;
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view, quiet_head};
use el::{El, div};
use registry::ModelName;

const BELOW: Loader = Loader {
    chunk: Chunk::Model,
    fetch: || Box::pin(async { fetch_model().await.is_ok() }),
    prepare: None,
};

/// A part of the page.
#[derive(Clone)]
pub enum Part {
    /// The payments.
    Traffic(ModelName),
    /// All versions.
    Versions(ModelName),
    /// Two versions, compared.
    Compare(ModelName),
    /// What was done, to all models or to one.
    History(Option<ModelName>),
}

#[wasm_split(model, fallible, preload(fetch_model))]
fn model_chunk(part: Part) -> Result<Vec<El>, Missing> {
    Ok(vec![match part {
        Part::Traffic(name) => traffic_with_choice(&name),
        Part::Versions(name) => versions_table(&name),
        Part::Compare(name) => compare(&name),
        Part::History(name) => history(name),
    }])
}

/// A part of the page of a model, once the chunk is here.
pub fn part(part: Part) -> El {
    div()
        .class("parts")
        .dynamic(move || lazy_view(BELOW, quiet_head, || now(model_chunk(part.clone()))))
}
