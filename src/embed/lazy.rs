//! What is around every view for other people's pages, in a chunk of its own.

use wasm_split_helpers::wasm_split;

use crate::browser;
use crate::embed::world_lazy::REGISTRY;
use crate::embed::{inbox_lazy, view};
use crate::exercises::lazy::{NEW, STORY};
use crate::lesson::lazy::LESSON;
use crate::practice::lazy::QUESTION;
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view, quiet_head};
use el::El;
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
}

/// What the chunk gives.
enum Given {
    View(Vec<El>),
    /// With whether there is progress to go on from.
    Inside(Loader, bool),
    Nothing,
}

#[wasm_split(embed, fallible, preload(fetch_embed))]
fn embed_chunk(want: Want) -> Result<Given, Missing> {
    Ok(match want {
        Want::View(address) => Given::View(view::view(&address)),
        Want::Inside(address) => inside(&address).map_or(Given::Nothing, |(loader, learns)| {
            Given::Inside(loader, learns && inbox_lazy::is_known())
        }),
    })
}

/// Returns what an address shows.
pub fn page(address: &str) -> Vec<El> {
    lazy_view(EMBED, quiet_head, || {
        let given = now(embed_chunk(Want::View(address.to_owned())))?;
        Some(given.map(|given| match given {
            Given::View(view) => view,
            Given::Inside(..) | Given::Nothing => Vec::new(),
        }))
    })
}

/// Fetches what is around a view, and then what is inside. Returns whether the first of them is here: the second has a place of its
/// own, where it is said how far it has come.
async fn fetch_with_inside() -> bool {
    let is_here = fetch_embed().await.is_ok();
    if is_here
        && let Route::Embed(address) = Route::parse(&browser::hash())
        && let Some(Ok(Given::Inside(loader, is_known))) = now(embed_chunk(Want::Inside(address)))
    {
        if is_known {
            inbox_lazy::fetch().await;
        }
        (loader.fetch)().await;
    }
    is_here
}

/// Returns what stands inside the view of an address, and whether something is learned there.
fn inside(address: &str) -> Option<(Loader, bool)> {
    let mut parts = address.split(['/', '?']);
    let (loader, learns) = match (parts.next().unwrap_or_default(), parts.next()) {
        ("question" | "questions", _) => (QUESTION, true),
        ("step", _) => (LESSON, true),
        ("exercise", Some("new")) => (NEW, true),
        ("exercise", _) => (STORY, true),
        ("scene" | "registry" | "diagram" | "console", _) => (REGISTRY, false),
        _ => return None,
    };
    Some((loader, learns))
}
