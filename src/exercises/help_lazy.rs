//! What an exercise gives beside its board and shows of its solution, in a chunk of its own: who does it can begin before.

use wasm_split_helpers::wasm_split;

use crate::exercises::attempt::Work;
use crate::exercises::{materials, next_step, solution};
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view, quiet_head};
use el::{El, div};
use lesson::exercise::Form;

const HELP: Loader = Loader {
    chunk: Chunk::Help,
    fetch: || Box::pin(async { fetch_help().await.is_ok() }),
    prepare: None,
};

/// A piece of the chunk.
pub enum Help {
    /// What is given beside the board.
    Given,
    /// The next step.
    Next,
    /// The steps of the solution.
    Solution,
}

#[wasm_split(help, fallible, preload(fetch_help))]
fn help_chunk(work: Work, what: Help) -> Result<Vec<El>, Missing> {
    Ok(match what {
        Help::Given => materials::given(work).into_iter().collect(),
        Help::Next => vec![next_step::next_step(work)],
        Help::Solution => solution::steps(work),
    })
}

/// Returns a piece, once the chunk is here.
pub fn help(work: Work, what: Help) -> Vec<El> {
    lazy_view(HELP, quiet_head, || now(help_chunk(work, what)))
}

/// What is given beside the board, where something is.
pub fn given(work: Work) -> Option<El> {
    let is_given = !matches!(work.exercise.form, Form::Free);
    is_given.then(|| {
        div()
            .class("parts")
            .dynamic(move || help(work, Help::Given))
    })
}

/// The script that is to be mended.
pub fn script(work: Work) -> Option<&'static str> {
    match &work.exercise.form {
        Form::Script { code, .. } => Some(code),
        Form::Worked(_) | Form::Completion { .. } | Form::Free | Form::History => None,
    }
}
