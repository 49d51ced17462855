//! What is around every view for other people's pages, in a chunk of its own.

use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::wasm_split;

use crate::browser;
use crate::embed::world_lazy::REGISTRY;
use crate::embed::{inbox, view};
use crate::exercises::lazy::{EXERCISES, STORY};
use crate::practice::lazy::PRACTICE;
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view, quiet_head};
use el::El;
use leptos::prelude::Owner;
use share::route::Route;

/// What is around every view.
pub const EMBED: Loader = Loader {
    chunk: Chunk::Embed,
    fetch: || Box::pin(fetch_with_inside()),
    prepare: None,
};

/// What is wanted of the chunk.
enum Want {
    /// What an address shows.
    View(String),
    /// What stands inside the view of an address.
    Inside(String),
    /// What frames have left for the app.
    TakeIn(String),
}

/// What the chunk gives.
enum Given {
    View(Vec<El>),
    Inside(Loader),
    Nothing,
}

#[wasm_split(embed, fallible, preload(fetch_embed))]
fn embed_chunk(want: Want) -> Result<Given, Missing> {
    Ok(match want {
        Want::View(address) => Given::View(view::view(&address)),
        Want::Inside(address) => inside(&address).map_or(Given::Nothing, Given::Inside),
        Want::TakeIn(text) => {
            inbox::take_in(&text);
            Given::Nothing
        }
    })
}

/// Returns what an address shows.
pub fn page(address: &str) -> Vec<El> {
    lazy_view(EMBED, quiet_head, || {
        let given = now(embed_chunk(Want::View(address.to_owned())))?;
        Some(given.map(|given| match given {
            Given::View(view) => view,
            Given::Inside(_) | Given::Nothing => Vec::new(),
        }))
    })
}

/// Takes what frames have left into the app's progress, once the chunk is here. The owner is the page's.
pub fn take_in(text: String, owner: Owner) {
    spawn_local(async move {
        if fetch_embed().await.is_ok() {
            owner.with(|| {
                let _ = now(embed_chunk(Want::TakeIn(text)));
            });
        }
    });
}

/// Fetches what is around a view, and then what is inside. Returns whether the first of them is here: the second has a place of its
/// own, where it is said how far it has come.
async fn fetch_with_inside() -> bool {
    let is_here = fetch_embed().await.is_ok();
    if is_here
        && let Route::Embed(address) = Route::parse(&browser::hash())
        && let Some(Ok(Given::Inside(loader))) = now(embed_chunk(Want::Inside(address)))
    {
        (loader.fetch)().await;
    }
    is_here
}

/// Returns what stands inside the view of an address.
fn inside(address: &str) -> Option<Loader> {
    let mut parts = address.split(['/', '?']);
    match (parts.next().unwrap_or_default(), parts.next()) {
        ("question" | "questions", _) => Some(PRACTICE),
        ("exercise", Some("new")) => Some(EXERCISES),
        ("exercise", _) => Some(STORY),
        ("scene" | "registry" | "diagram" | "console", _) => Some(REGISTRY),
        _ => None,
    }
}
