//! The registry's pages and dialogs, in chunks of their own.

use std::iter;

use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::wasm_split;

use crate::registry::{dialogs, model, overview, refusals};
use crate::session::chunk::{Chunk, ChunkState, Chunks, Missing, now};
use crate::session::{Dialog, Keeper, RegistryCall, registry_hooks, use_keeper, use_registry};
use crate::ui::lazy::{Loader, lazy_dialog, lazy_view};
use crate::ui::page::title;
use el::{El, div};
use registry::ModelName;

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
    let refusal = div().dynamic(refusals::refusal);
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
