//! The views for other people's pages, in chunks of their own: the frame around them, and the registries.

use std::pin::Pin;

use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::wasm_split;

use crate::embed::{host, inbox, view, world};
use crate::exercises::lazy::{EXERCISES, STORY};
use crate::practice::lazy::PRACTICE;
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view, quiet_head};
use ::embed::message::{Answer, Do, Trouble};
use el::El;
use leptos::prelude::Owner;
use share::route::Route;

/// What is around every view.
pub const EMBED: Loader = Loader {
    chunk: Chunk::Embed,
    fetch: || Box::pin(async { fetch_embed().await.is_ok() }),
    prepare: None,
};

const REGISTRY: Loader = Loader {
    chunk: Chunk::EmbedRegistry,
    fetch: || Box::pin(async { fetch_embed_registry().await.is_ok() }),
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

#[wasm_split(embed_registry, fallible, preload(fetch_embed_registry))]
fn embed_registry_chunk(shown: ::embed::Frame) -> Result<Vec<El>, Missing> {
    Ok(world::world(shown))
}

/// What a page around asks for, and what it is told: fetched when it connects.
#[wasm_split(embed_host, fallible, preload(fetch_embed_host))]
fn embed_host_chunk(want: HostWant) -> Result<Option<Result<Answer, Trouble>>, Missing> {
    Ok(match want {
        HostWant::Do(what) => Some(host::carry_out(what)),
        HostWant::Tell => {
            host::tell();
            None
        }
    })
}

/// What is wanted of that chunk.
enum HostWant {
    /// A command carried out.
    Do(Do),
    /// What happens, told from now on.
    Tell,
}

/// Tells the page around what happens, from now on. The owner is the page's.
pub fn tell(owner: Owner) {
    spawn_local(async move {
        if fetch_embed_host().await.is_ok() {
            owner.with(|| {
                let _ = now(embed_host_chunk(HostWant::Tell));
            });
        }
    });
}

/// Carries a command out, and hands over what it came to.
pub fn carry_out(what: Do, owner: Owner, then: impl FnOnce(Result<Answer, Trouble>) + 'static) {
    spawn_local(async move {
        let is_here = fetch_embed_host().await.is_ok();
        let done = is_here.then(|| owner.with(|| now(embed_host_chunk(HostWant::Do(what)))));
        match done {
            Some(Some(Ok(Some(done)))) => then(done),
            _ => then(Err(Trouble::NotHere)),
        }
    });
}

/// Returns what an address shows.
pub fn page(address: &str) -> Vec<El> {
    lazy_view(EMBED, quiet_head, || {
        now(embed_chunk(Want::View(address.to_owned())))
    })
}

/// Returns the view of a registry.
pub fn registry(shown: ::embed::Frame) -> Vec<El> {
    lazy_view(REGISTRY, quiet_head, || now(embed_registry_chunk(shown)))
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
