//! The registry's pages and dialogs, in chunks of their own.

use std::iter;

use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::wasm_split;

use crate::registry::moves::{Moves, RefusedMove};
use crate::registry::{dialogs, model, overview};
use crate::session::chunk::{Chunk, ChunkState, Chunks, Missing, now};
use crate::session::{
    Dialog, Keeper, RegistryCall, registry_hooks, use_chunks, use_dialogs, use_keeper, use_registry,
};
use crate::ui::lazy::{Loader, lazy_dialog, lazy_view, quiet_head, request};
use crate::ui::page::title;
use crate::ui::refusal::alone;
use el::{El, RwSignal, div};
use leptos::prelude::*;
use registry::{ModelName, Refusal};
use text::Language;
use text::explain::explain;

/// The pages of the registry.
pub const PAGES: Loader = Loader {
    chunk: Chunk::Registry,
    fetch: || Box::pin(async { fetch_registry().await.is_ok() }),
    prepare: Some(open),
};

const DIALOGS: Loader = Loader {
    chunk: Chunk::Dialogs,
    fetch: || Box::pin(async { fetch_dialogs().await.is_ok() }),
    prepare: None,
};

/// What is said of refusals.
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
    Move(Box<(Moves, RefusedMove)>),
    /// It belongs to nothing else that is shown.
    Alone(Refusal),
}

#[wasm_split(refusals, fallible, preload(fetch_refusals))]
fn refusals_chunk(tell: Tell) -> Result<Told, Missing> {
    Ok(match tell {
        Tell::Rule(language, refusal) => Told::Rule(explain(language, &refusal).rule),
        Tell::Move(of) => {
            let (moves, refused) = *of;
            Told::Shown(vec![moves.shown(refused)])
        }
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
pub fn refused_move(moves: Moves, refused: RefusedMove) -> Vec<El> {
    told(Tell::Move(Box::new((moves, refused))))
}

/// Returns what is said of a refusal that belongs to no dialog, such as of an undo.
pub fn refusal() -> Vec<El> {
    let refused = use_dialogs().refused.get();
    refused.map_or_else(Vec::new, |refused| told(Tell::Alone(refused)))
}

/// What is wanted of the registry's chunk.
enum Want {
    /// The registry, opened.
    Open,
    /// The page of all models, or of one.
    Page(Option<ModelName>),
}

// One function for each chunk: each function waits for its chunk by itself, also where another one has it already.
#[wasm_split(registry, fallible, preload(fetch_registry))]
fn registry_chunk(want: Want) -> Result<Vec<El>, Missing> {
    let page = match want {
        Want::Open => {
            registry_hooks::open(use_registry());
            return Ok(Vec::new());
        }
        Want::Page(None) => overview::overview(),
        Want::Page(Some(name)) => model::model(&name),
    };
    let refusal = div().dynamic(self::refusal);
    Ok(iter::once(refusal).chain(page).collect())
}

#[wasm_split(dialogs, fallible, preload(fetch_dialogs))]
fn dialog_chunk(ask: Dialog) -> Result<Vec<El>, Missing> {
    Ok(vec![dialogs::dialog(ask)])
}

fn open() {
    let _ = now(registry_chunk(Want::Open));
}

/// Returns the page of all models, or of one.
pub fn page(model: Option<ModelName>) -> Vec<El> {
    let keeper = use_keeper();
    lazy_view(PAGES, title, || {
        let page = || now(registry_chunk(Want::Page(model)));
        keeper.is_open().then(page).flatten()
    })
}

/// Returns one of the registry's dialogs.
pub fn dialog(ask: &Dialog) -> Vec<El> {
    lazy_dialog(DIALOGS, || now(dialog_chunk(ask.clone())))
}

/// Whether the learner's registry is there to be worked on.
pub fn has_registry(chunks: Chunks, keeper: Keeper) -> bool {
    chunks.of(Chunk::Registry).get() == ChunkState::Here && keeper.is_open()
}

/// Makes room in a store that is full, at the cost of the oldest history. Where no page has needed that yet, it is fetched.
pub fn make_room(keeper: Keeper) {
    let act = move || keeper.call(RegistryCall::MakeRoom);
    if !act() {
        spawn_local(async move {
            if fetch_registry().await.is_ok() {
                keeper.owner().with(|| {
                    open();
                    act();
                });
            }
        });
    }
}
