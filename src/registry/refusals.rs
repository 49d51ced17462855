//! What is said of refusals, in a chunk of its own: most people meet none on the first page.

use wasm_split_helpers::wasm_split;

use crate::registry::refused_move::{self, RefusedMove, WaysOn};
use crate::session::chunk::{Chunk, ChunkState, Missing, now};
use crate::session::{Keeper, use_chunks, use_dialogs, use_keeper};
use crate::ui::lazy::{Loader, lazy_view, quiet_head, request};
use crate::ui::refusal::alone;
use el::{El, RwSignal};
use leptos::prelude::untrack;
use registry::Refusal;
use text::Language;
use text::explain::explain;

const REFUSALS: Loader = Loader {
    chunk: Chunk::Refusals,
    fetch: || Box::pin(async { fetch_refusals().await.is_ok() }),
    prepare: None,
};

/// What is said of refusals.
enum Told {
    /// The rule, in a few words.
    Rule(String),
    Shown(Vec<El>),
}

/// What is to be told of a refusal.
enum Tell {
    Rule(Language, Refusal),
    /// It belongs to a move on a board.
    Move(Box<RefusedMove>, WaysOn),
    /// It belongs to nothing else that is shown.
    Alone(Refusal),
}

#[wasm_split(refusals, fallible, preload(fetch_refusals))]
fn refusals_chunk(tell: Tell) -> Result<Told, Missing> {
    Ok(match tell {
        Tell::Rule(language, refusal) => Told::Rule(explain(language, &refusal).rule),
        Tell::Move(refused, ways) => Told::Shown(vec![refused_move::shown(*refused, ways)]),
        Tell::Alone(refusal) => Told::Shown(vec![alone(refusal)]),
    })
}

/// Returns the rule of a refusal in a few words; none of them until the chunk is here that has them, which is asked for.
pub fn rule(refusals: Refusals, language: Language, refusal: Refusal) -> String {
    refusals.state.track();
    match untrack(|| now(refusals_chunk(Tell::Rule(language, refusal)))) {
        Some(Ok(Told::Rule(rule))) => rule,
        _ => {
            refusals.keeper.owner().with(|| request(REFUSALS));
            String::new()
        }
    }
}

/// How far the chunk has come that says why something is refused; a handle for what has no owner.
#[derive(Clone, Copy)]
pub struct Refusals {
    state: RwSignal<ChunkState>,
    keeper: Keeper,
}

/// Returns how far the chunk has come that says why something is refused.
pub fn use_refusals() -> Refusals {
    Refusals {
        state: use_chunks().of(Chunk::Refusals),
        keeper: use_keeper(),
    }
}

fn told(tell: Tell) -> Vec<El> {
    lazy_view(REFUSALS, quiet_head, || {
        let told = now(refusals_chunk(tell))?;
        Some(told.map(|told| match told {
            Told::Shown(shown) => shown,
            Told::Rule(_) => Vec::new(),
        }))
    })
}

/// Returns what is said of a move that was refused.
pub fn refused_move(refused: RefusedMove, ways: WaysOn) -> Vec<El> {
    told(Tell::Move(Box::new(refused), ways))
}

/// Returns what is said of a refusal that belongs to no dialog, such as of an undo.
pub fn refusal() -> Vec<El> {
    let refused = use_dialogs().refused.get();
    refused.map_or_else(Vec::new, |refused| told(Tell::Alone(refused)))
}
