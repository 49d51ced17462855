//! What opens the saved data, in a chunk of its own: the start page is there and works before it.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::wasm_split;

use crate::session::chunk::{Missing, PATIENCE, now};
use crate::session::keeper::{Keeper, Opening};
use crate::session::provide::take_in;
use crate::session::tabs::connection::{Entered, Tabs};

type Entering = Pin<Box<dyn Future<Output = Entered>>>;

/// What is wanted of the chunk.
enum Want {
    /// To find out what this tab may do.
    Enter,
    /// To open what is kept, under the owner of the page.
    Open(Entered),
}

#[wasm_split(store, fallible, preload(fetch_store))]
fn store_chunk(want: Want) -> Result<Option<Entering>, Missing> {
    match want {
        Want::Enter => return Ok(Some(Box::pin(Tabs::enter()))),
        Want::Open(entered) => take_in(entered),
    }
    Ok(None)
}

/// Fetches the chunk. Returns whether it arrived.
pub async fn fetch() -> bool {
    fetch_store().await.is_ok()
}

/// Finds out what this tab may do; nothing where the chunk has not arrived.
pub async fn enter() -> Option<Entered> {
    if !fetch().await {
        return None;
    }
    let entering = now(store_chunk(Want::Enter))?.ok()??;
    Some(entering.await)
}

/// Opens what is kept, under the owner of the page.
pub fn open(entered: Entered) {
    let _ = now(store_chunk(Want::Open(entered)));
}

/// Opens what is kept, where that has not begun. Returns whether it has.
pub async fn open_once(keeper: Keeper) -> bool {
    if !keeper.is_closed() {
        return true;
    }
    keeper.opening(Opening::Begun);
    match enter().await {
        Some(entered) => {
            keeper.owner().with(|| open(entered));
            true
        }
        None => {
            keeper.opening(Opening::NotBegun);
            false
        }
    }
}

/// Opens what is kept, and tries again after a while where that can't be had.
pub fn open_soon(keeper: Keeper) {
    spawn_local(async move {
        if !open_once(keeper).await {
            let patience = Duration::from_millis(PATIENCE.unsigned_abs().into());
            set_timeout(move || open_soon(keeper), patience);
        }
    });
}
