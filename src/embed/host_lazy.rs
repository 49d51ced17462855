//! What a page around asks for, and what it is told, in a chunk of its own: fetched when it connects.

use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::wasm_split;

use crate::embed::host;
use crate::session::chunk::{Missing, now};
use ::embed::message::{Answer, Do, Trouble};
use leptos::prelude::Owner;

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
