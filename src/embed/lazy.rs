//! What is around every view for other people's pages, in a chunk of its own.

use std::pin::Pin;

use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::wasm_split;

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
    fetch: || Box::pin(async { fetch_embed().await.is_ok() }),
    prepare: None,
};

/// What is wanted of the chunk.
enum Want {
    /// What an address shows.
    View(String),
    /// What frames have left for the app.
    TakeIn(String),
}

#[wasm_split(embed, fallible, preload(fetch_embed))]
fn embed_chunk(want: Want) -> Result<Vec<El>, Missing> {
    Ok(match want {
        Want::View(address) => view::view(&address),
        Want::TakeIn(text) => {
            inbox::take_in(&text);
            Vec::new()
        }
    })
}

/// Returns what an address shows.
pub fn page(address: &str) -> Vec<El> {
    lazy_view(EMBED, quiet_head, || {
        now(embed_chunk(Want::View(address.to_owned())))
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

/// Fetches what is inside a frame, beside what is around it.
pub fn fetch_inside(route: &Route) -> Pin<Box<dyn Future<Output = bool>>> {
    let Route::Embed(address) = route else {
        return Box::pin(async { true });
    };
    let mut parts = address.split(['/', '?']);
    let loader = match (parts.next().unwrap_or_default(), parts.next()) {
        ("question" | "questions", _) => PRACTICE,
        ("exercise", Some("new")) => EXERCISES,
        ("exercise", _) => STORY,
        ("scene" | "registry" | "diagram" | "console", _) => REGISTRY,
        _ => EMBED,
    };
    (loader.fetch)()
}
