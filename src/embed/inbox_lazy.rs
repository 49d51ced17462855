//! What takes progress in and out, in a chunk of its own: most who open a frame have none yet, and learn nothing before they touch it.

use std::cell::Cell;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::wasm_split;

use crate::browser::local_storage::BrowserStore;
use crate::browser::{self, js};
use crate::embed::inbox;
use crate::session::chunk::{Missing, now};
use crate::session::use_keeper;
use storage::mirrored::FRAME;
use storage::{KeyValue, folder};

/// Where what is learned counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counted {
    /// In the app's progress.
    InTheApp,
    /// Only here: the browser keeps the storage of this frame apart from the app's.
    Apart,
    /// Only here: nothing can be kept.
    Nowhere,
}

/// What is wanted of the chunk.
enum Want {
    /// To go on from the app's progress.
    Begin,
    /// What frames have left, taken in.
    TakeIn(String),
}

#[wasm_split(embed_progress, fallible, preload(fetch_embed_progress))]
fn embed_progress_chunk(want: Want) -> Result<(), Missing> {
    match want {
        Want::Begin => inbox::begin(),
        Want::TakeIn(text) => inbox::take_in(&text),
    }
    Ok(())
}

thread_local! {
    /// Whether the app's progress is gone on from, or that is under way.
    static HAS_BEGUN: Cell<bool> = const { Cell::new(false) };
}

/// Returns where what is learned counts. The browser does not say whether a storage is the app's own. It is where the page around is
/// of the same origin, and where the app's data is in it.
pub fn counted() -> Counted {
    let is_dropped = js::global("credentialless") == true;
    let Some(store) = BrowserStore::unprobed().filter(|_| !is_dropped) else {
        return Counted::Nowhere;
    };
    let prefix = folder::prefix(&browser::path());
    let has_data = || {
        let settings = store.get(&format!("{prefix}settings"));
        let keys = store.keys_with_prefix(&format!("{prefix}ws/"));
        settings.is_ok_and(|it| it.is_some()) || keys.is_ok_and(|keys| !keys.is_empty())
    };
    if browser::is_top_near() || has_data() {
        Counted::InTheApp
    } else {
        Counted::Apart
    }
}

/// Returns whether there is progress to go on from.
pub fn is_known() -> bool {
    let Some(store) = BrowserStore::unprobed() else {
        return false;
    };
    let prefix = folder::prefix(&browser::path());
    let is_there = |key: &str| matches!(store.get(&format!("{prefix}{key}")), Ok(Some(_)));
    ["progress", FRAME].into_iter().any(is_there) && counted() == Counted::InTheApp
}

/// Fetches the chunk. Where it does not arrive, it is asked for once more when somebody touches the page.
pub async fn fetch() {
    let _ = fetch_embed_progress().await;
}

/// Goes on from the app's progress: at once where there is some, else when somebody touches the page.
pub fn begin() {
    if HAS_BEGUN.get() || counted() != Counted::InTheApp {
        return;
    }
    let begun = is_known().then(|| now(embed_progress_chunk(Want::Begin)));
    if matches!(begun, Some(Some(Ok(())))) {
        HAS_BEGUN.set(true);
        return;
    }
    let owner = use_keeper().owner();
    for event in ["click", "input", "keydown"] {
        let owner = owner.clone();
        js::listen(&js_sys::global(), event, move |_| {
            if !HAS_BEGUN.replace(true) {
                begin_late(owner.clone());
            }
        });
    }
}

fn begin_late(owner: Owner) {
    spawn_local(async move {
        let is_here = fetch_embed_progress().await.is_ok();
        HAS_BEGUN.set(is_here);
        if is_here {
            owner.with(|| {
                let _ = now(embed_progress_chunk(Want::Begin));
            });
        }
    });
}

/// Takes what frames have left into the app's progress, once the chunk is here. The owner is the page's.
pub fn take_in(text: String, owner: Owner) {
    spawn_local(async move {
        if fetch_embed_progress().await.is_ok() {
            owner.with(|| {
                let _ = now(embed_progress_chunk(Want::TakeIn(text)));
            });
        }
    });
}
