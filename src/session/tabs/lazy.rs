//! What is said between tabs, in a chunk of its own: the first page knows only the lock, the channel and the second copy.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::wasm_split;

use crate::session::chunk::{Missing, PATIENCE, now};
use crate::session::keeper::Keeper;
use crate::session::saving::Saving;
use crate::session::tabs::connection::{Role, Tabs};
use crate::session::tabs::talk;
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
        Want::Talk => talk::talk(),
        Want::PresenceProbe(tabs) => tabs.probe_presence(),
        Want::CarryOver(tabs) => tabs.carry_over(),
        Want::Insist(tabs) => tabs.insist(),
        Want::Reconcile(tabs, copy, is_newer) => tabs.bring_in(&copy, is_newer),
    }
    Ok(())
}

/// Says and does what is to be said and done between tabs, once the chunk that can is here.
pub fn talk(keeper: Keeper) {
    if keeper.owner().with(try_talk) {
        return;
    }
    spawn_local(async move {
        // If it fails, it is fetched with the next message.
        let _ = fetch_tabs().await;
        keeper.owner().with(|| {
            if !try_talk() {
                cannot_ask(keeper);
            }
        });
    });
    let patience = Duration::from_millis(PATIENCE.unsigned_abs().into());
    set_timeout(move || keeper.owner().with(|| cannot_ask(keeper)), patience);
}

/// Returns whether the chunk is here.
fn try_talk() -> bool {
    now(tabs_chunk(Want::Talk)).is_some_and(|done| done.is_ok())
}

/// Says that this tab has to ask another one and can't: until there is a talk with it.
fn cannot_ask(keeper: Keeper) {
    if let Some(tabs) = keeper.tabs()
        && tabs.role.get() == Role::Reader
        && tabs.channel.link.borrow().is_none()
    {
        tabs.channel.status.replace(Saving::Unasked);
        keeper.show_saving(Ok(()));
    }
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

/// Lets what this tab shows count over what another one has written into the store, and writes it.
pub fn insist(keeper: Keeper, tabs: Rc<Tabs>) {
    spawn_local(async move {
        if fetch_tabs().await.is_ok() {
            now(tabs_chunk(Want::Insist(tabs)));
        }
        keeper.owner().with(|| keeper.flush());
    });
}

/// Reconciles the store with its copy, once the chunk that can has arrived.
pub async fn reconcile(tabs: Rc<Tabs>, copy: MemoryStore, is_newer: bool) {
    if fetch_tabs().await.is_ok() {
        now(tabs_chunk(Want::Reconcile(tabs, copy, is_newer)));
    }
}
