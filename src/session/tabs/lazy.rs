//! What is said between tabs, in a chunk of its own: the first page knows only the lock, the channel and the second copy.

use std::rc::Rc;

use wasm_split_helpers::wasm_split;

use crate::session::Session;
use crate::session::chunk::{Missing, now};
use crate::session::tabs::connection::Windows;
use crate::session::tabs::link;
use storage::MemoryStore;

/// What is wanted of the chunk.
enum Want {
    /// Everything that is to be said and done.
    Talk(Box<Session>),
    /// A knock, where the browser has no locks.
    Knock(Rc<Windows>),
    /// What an earlier version of the app has kept in this folder.
    CarryOver(Rc<Windows>),
    /// What this tab shows, over what another one has written.
    Insist(Rc<Windows>),
    /// The store put in order by what its copy holds, which may be the newer one.
    Reconcile(Rc<Windows>, MemoryStore, bool),
}

#[wasm_split(windows, fallible, preload(fetch_windows))]
fn tabs_chunk(want: Want) -> Result<(), Missing> {
    match want {
        Want::Talk(session) => link::talk(*session),
        Want::Knock(windows) => windows.knocks(),
        Want::CarryOver(windows) => windows.carry_over(),
        Want::Insist(windows) => windows.insist(),
        Want::Reconcile(windows, copy, is_newer) => windows.bring_in(&copy, is_newer),
    }
    Ok(())
}

/// Lets this tab say and do what is to be said and done between tabs; tells whether the chunk is here.
pub fn talk(session: Session) -> bool {
    now(tabs_chunk(Want::Talk(Box::new(session)))).is_some_and(|done| done.is_ok())
}

/// Fetches the chunk.
pub async fn fetch() {
    // If it fails, it is fetched with the next message.
    let _ = fetch_windows().await;
}

/// Knocks; tells whether the chunk is here that can.
pub async fn knock(windows: Rc<Windows>) -> bool {
    fetch_windows().await.is_ok() && now(tabs_chunk(Want::Knock(windows))).is_some()
}

/// Gives what an earlier version of the app has kept in this folder the keys of this one.
pub async fn carry_over(windows: Rc<Windows>) {
    if fetch_windows().await.is_ok() {
        now(tabs_chunk(Want::CarryOver(windows)));
    }
}

/// Lets what this tab shows count over what another one has written into the store.
pub async fn insist(windows: Rc<Windows>) {
    if fetch_windows().await.is_ok() {
        now(tabs_chunk(Want::Insist(windows)));
    }
}

/// Reconciles the store with its copy, once the chunk that can has arrived.
pub async fn reconcile(windows: Rc<Windows>, copy: MemoryStore, is_newer: bool) {
    if fetch_windows().await.is_ok() {
        now(tabs_chunk(Want::Reconcile(windows, copy, is_newer)));
    }
}
