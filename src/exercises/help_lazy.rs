//! What an exercise shows of its solution, in a chunk of its own: who does it can begin before.

use wasm_split_helpers::wasm_split;

use crate::exercises::attempt::Work;
use crate::exercises::{next_step, solution};
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view, quiet_head};
use el::El;

const HELP: Loader = Loader {
    chunk: Chunk::Help,
    fetch: || Box::pin(async { fetch_help().await.is_ok() }),
    prepare: None,
};

/// A piece of the chunk.
pub enum Help {
    /// The next step.
    Next,
    /// The steps of the solution.
    Solution,
}

#[wasm_split(help, fallible, preload(fetch_help))]
fn help_chunk(work: Work, what: Help) -> Result<Vec<El>, Missing> {
    Ok(match what {
        Help::Next => vec![next_step::next_step(work)],
        Help::Solution => solution::steps(work),
    })
}

/// Returns a piece, once the chunk is here.
pub fn help(work: Work, what: Help) -> Vec<El> {
    lazy_view(HELP, quiet_head, || now(help_chunk(work, what)))
}
