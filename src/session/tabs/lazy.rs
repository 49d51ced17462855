//! What is said between tabs, in a chunk of its own: the first page knows only the lock, the channel and the second copy.

use std::rc::Rc;

use wasm_split_helpers::wasm_split;

use crate::session::chunk::{Missing, now};
use crate::session::tabs::connection::Tabs;
use crate::session::tabs::link;
use storage::MemoryStore;

/// What is wanted of the chunk.
enum Want {
    /// Everything that is to be said and done.
    Talk,
    /// Probe the presence of another tab, where the browser has no locks.
    PresenceProbe(Rc<Tabs>),
    /// What an earlier version of the app has kept in this folder.
    CarryOver(Rc<Tabs>),
    /// What this tab shows, over what another one has written.
    Insist(Rc<Tabs>),
    /// The store put in order by what its copy holds, which may be the newer one.
    Reconcile(Rc<Tabs>, MemoryStore, bool),
}

#[wasm_split(tabs, fallible, preload(fetch_tabs))]
fn tabs_chunk(want: Want) -> Result<(), Missing> {
    match want {
        Want::Talk => link::talk(),
        Want::PresenceProbe(tabs) => tabs.probe_presence(),
        Want::CarryOver(tabs) => tabs.carry_over(),
        Want::Insist(tabs) => tabs.insist(),
        Want::Reconcile(tabs, copy, is_newer) => tabs.bring_in(&copy, is_newer),
    }
    Ok(())
}

/// Lets this tab say and do what is to be said and done between tabs, under the owner of the page. Returns whether the
/// chunk is here.
pub fn talk() -> bool {
    now(tabs_chunk(Want::Talk)).is_some_and(|done| done.is_ok())
}

/// Fetches the chunk.
pub async fn fetch() {
    // If it fails, it is fetched with the next message.
    let _ = fetch_tabs().await;
}

/// Starts a presence probe. Returns whether the chunk is here that can.
pub async fn presence_probe(tabs: Rc<Tabs>) -> bool {
    fetch_tabs().await.is_ok() && now(tabs_chunk(Want::PresenceProbe(tabs))).is_some()
}

/// Gives what an earlier version of the app has kept in this folder the keys of this one.
pub async fn carry_over(tabs: Rc<Tabs>) {
    if fetch_tabs().await.is_ok() {
        now(tabs_chunk(Want::CarryOver(tabs)));
    }
}

/// Lets what this tab shows count over what another one has written into the store.
pub async fn insist(tabs: Rc<Tabs>) {
    if fetch_tabs().await.is_ok() {
        now(tabs_chunk(Want::Insist(tabs)));
    }
}

/// Reconciles the store with its copy, once the chunk that can has arrived.
pub async fn reconcile(tabs: Rc<Tabs>, copy: MemoryStore, is_newer: bool) {
    if fetch_tabs().await.is_ok() {
        now(tabs_chunk(Want::Reconcile(tabs, copy, is_newer)));
    }
}
