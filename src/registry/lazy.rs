//! The registry's pages and dialogs, in chunks of their own.

use std::iter;

use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::wasm_split;

use crate::registry::{dialogs, model, overview};
use crate::session::Session;
use crate::session::chunk::{Chunk, ChunkState, Missing, now};
use crate::session::dialog::Dialog;
use crate::ui::lazy::{Loader, lazy_dialog, lazy_view};
use crate::ui::page::title;
use crate::ui::refusal::global_refusal;
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
fn registry_chunk(session: Session, want: Want) -> Result<Vec<El>, Missing> {
    let page = match want {
        Want::Open => {
            session.open_desk();
            return Ok(Vec::new());
        }
        Want::Page(None) => overview::overview(session),
        Want::Page(Some(name)) => model::model(session, &name),
    };
    let refusal = div().dynamic(move || global_refusal(session));
    Ok(iter::once(refusal).chain(page).collect())
}

#[wasm_split(dialogs, fallible, preload(fetch_dialogs))]
fn dialog_chunk(session: Session, ask: Dialog) -> Result<Vec<El>, Missing> {
    Ok(vec![dialogs::dialog(session, ask)])
}

fn open(session: Session) {
    let _ = now(registry_chunk(session, Want::Open));
}

/// Returns the page of all models, or of one.
pub fn page(session: Session, model: Option<ModelName>) -> Vec<El> {
    lazy_view(session, PAGES, title, || {
        let page = || now(registry_chunk(session, Want::Page(model)));
        session.is_desk_open().then(page).flatten()
    })
}

/// Returns one of the registry's dialogs.
pub fn dialog(session: Session, ask: &Dialog) -> Vec<El> {
    lazy_dialog(session, DIALOGS, || now(dialog_chunk(session, ask.clone())))
}

/// Whether the learner's registry is there to be worked on.
pub fn has_registry(session: Session) -> bool {
    session.chunks.of(Chunk::Registry).get() == ChunkState::Here && session.is_desk_open()
}

/// Makes room in a store that is full, at the cost of the oldest history. Where no page has needed that yet, it is fetched.
pub fn make_room(session: Session) {
    let act = move || session.desk().map(|desk| (desk.make_room)(session));
    if act().is_none() {
        spawn_local(async move {
            if fetch_registry().await.is_ok() {
                session.owner().with(|| {
                    open(session);
                    act();
                });
            }
        });
    }
}
