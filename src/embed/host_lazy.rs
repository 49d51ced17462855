//! What the page around says, in a chunk of its own: fetched when it first says something to the app.

use leptos::prelude::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::wasm_split;

use crate::browser::{self, js};
use crate::embed::{port, talk};
use crate::session::chunk::{Missing, now};
use crate::session::use_keeper;

#[wasm_split(embed_host, fallible, preload(fetch_embed_host))]
fn embed_host_chunk(event: JsValue, since: usize) -> Result<(), Missing> {
    port::hear(&event, since);
    Ok(())
}

/// Listens to the page around, and to what happens here.
pub fn listen() {
    talk::listen();
    if browser::is_top() {
        return;
    }
    let owner = use_keeper().owner();
    js::listen(&js_sys::global(), "message", move |event| {
        // What other programs of the page say fetches nothing.
        let is_ours = js::get(&event, "source") == js::get(&window(), "parent")
            && !js::get(&js::get(&event, "data"), "modelStages").is_undefined();
        if !is_ours {
            return;
        }
        let (event, since, owner) = (event.clone(), talk::moment(), owner.clone());
        spawn_local(async move {
            if fetch_embed_host().await.is_ok() {
                let _ = owner.with(|| now(embed_host_chunk(event, since)));
            }
        });
    });
}
