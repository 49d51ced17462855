//! Several tabs on the same data, and the second copy of what is saved.
//!
//! Who writes is settled before anything is opened. What tabs say to each other is in [`storage::tabs`];
//! what is here brings it to the browser. The code that talks is fetched when another tab is there (`lazy`, `talk`);
//! the first page carries only the lock (`lock`), the channel (`connection`) and the second copy (`backup`).

pub mod backup;
pub mod connection;
pub mod enter;
pub mod lazy;
pub mod link;
pub mod lock;
mod talk;

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::browser::js;
use crate::session::keeper::{Keeper, RegistryCall};
use crate::session::saving::Saving;
use crate::session::tabs::connection::{Role, Tabs};
use storage::{MirroredStore, Mode, Notice, StoreError, Vault};

thread_local! {
    /// What keeps the page: the store tells it when something has changed.
    static KEEPER: Cell<Option<Keeper>> = const { Cell::new(None) };
}

/// A copy of what has changed, as soon as the action is over that changes it.
fn soon() {
    if let Some(keeper) = KEEPER.get() {
        copy_soon(keeper);
    }
}

/// Begins to listen to the other tabs, and to copy.
pub fn join(keeper: Keeper) {
    let Some(tabs) = keeper.tabs() else {
        return;
    };
    KEEPER.set(Some(keeper));
    tabs.copy.on_end.replace(js::function(move |event| {
        let Some(tabs) = keeper.tabs() else {
            return;
        };
        let is_complete = js::get(&event, "type").as_string().as_deref() == Some("complete");
        tabs.copy.ended(is_complete);
        copied(keeper, &tabs);
    }));
    js::set(
        &tabs.channel.port,
        "onmessage",
        &js::function(move |event| {
            if let (Some(tabs), Some(text)) = (keeper.tabs(), js::get(&event, "data").as_string()) {
                tabs.channel.heard.borrow_mut().push(text);
                keeper.talk();
            }
        }),
    );
    let known = Rc::clone(&tabs);
    js::listen(&js_sys::global(), "storage", move |event| {
        known.storage_changed(&event)
    });
    for event in ["visibilitychange", "pagehide"] {
        let known = Rc::clone(&tabs);
        js::listen(&js_sys::global(), event, move |_| known.mend(true));
    }
    tabs.lock.when_lost(move |_| lock_lost(keeper));
    match tabs.role.get() {
        Role::Writer => begin_to_copy(keeper, &tabs),
        Role::Reader => keeper.talk(),
        Role::Second | Role::Old | Role::Unreconciled => {}
    }
}

/// Another tab has taken the lock away, because this one did not answer: from now on this one asks it.
fn lock_lost(keeper: Keeper) {
    if let Some(tabs) = keeper.tabs()
        && tabs.role.get() == Role::Writer
    {
        tabs.role.set(Role::Reader);
        let is_lost = keeper.vault.with_value(|vault| !vault.is_saved());
        read_only(keeper, &tabs);
        keeper
            .notices
            .update(|notices| notices.push(Notice::TakenOver { is_lost }));
        keeper.talk();
    }
}

/// Writes nothing any more.
pub fn read_only(keeper: Keeper, tabs: &Tabs) {
    tabs.mirror.replace(None);
    let store = Rc::new(tabs.store.clone());
    let (vault, _) = Vault::open_reading(store, &tabs.prefix);
    keeper.vault.set_value(vault);
}

fn begin_to_copy(keeper: Keeper, tabs: &Tabs) {
    if keeper.vault.with_value(Vault::mode) != Mode::Kept {
        return;
    }
    tabs.copy.changes.tell(soon);
    tabs.copy.when_closed(move |_| copy_closed(keeper));
    if !tabs.copy.is_complete() {
        keeper.show_saving(Ok(()));
        soon();
    }
}

/// The browser has closed the second copy by itself: it is opened anew, and gets everything.
fn copy_closed(keeper: Keeper) {
    let Some(tabs) = keeper.tabs() else {
        return;
    };
    tabs.copy.leave();
    spawn_local(async move {
        tabs.copy.open().await;
        let keys = tabs.mirror.borrow().as_ref().map(MirroredStore::keys);
        for key in keys.unwrap_or_default() {
            tabs.copy.changes.note(&key);
        }
        begin_to_copy(keeper, &tabs);
    });
}

/// Becomes the writer when the one that is goes.
pub fn wait_for_lock(keeper: Keeper, tabs: &Rc<Tabs>) {
    let tabs = Rc::clone(tabs);
    spawn_local(async move {
        if tabs.lock.take(&tabs.prefix).await {
            got_lock(keeper, &tabs).await;
        }
    });
}

/// Becomes the writer in the place of one that does not answer.
pub fn take_lock_away(keeper: Keeper, tabs: &Rc<Tabs>) {
    let tabs = Rc::clone(tabs);
    spawn_local(async move {
        if tabs.lock.take_away(&tabs.prefix).await {
            got_lock(keeper, &tabs).await;
        }
    });
}

async fn got_lock(keeper: Keeper, tabs: &Rc<Tabs>) {
    if tabs.role.get() == Role::Old {
        tabs.lock.release();
        return;
    }
    tabs.role.set(Role::Writer);
    tabs.reconcile().await;
    if tabs.role.get() == Role::Unreconciled {
        return keeper.owner().with(|| show_unreconciled(keeper, tabs));
    }
    keeper.owner().with(|| {
        keeper.talk();
        begin_to_copy(keeper, tabs);
    });
}

/// Shows what the copy has, and that nothing is kept here any more.
fn show_unreconciled(keeper: Keeper, tabs: &Tabs) {
    let (vault, notices) = tabs.vault();
    keeper.vault.set_value(vault);
    keeper.notices.update(|shown| shown.extend(notices));
    keeper.call(RegistryCall::Load);
    keeper.show_saving(Ok(()));
}

/// Copies what has changed, as soon as the action is over that changes it.
pub fn copy_soon(keeper: Keeper) {
    spawn_local(async move { bring_copy_up(keeper) });
}

/// Copies what has changed.
fn bring_copy_up(keeper: Keeper) {
    let Some(tabs) = keeper.tabs() else {
        return;
    };
    if tabs.role.get() != Role::Writer {
        return;
    }
    tabs.mend(false);
    if let Some(hooks) = tabs.channel.hooks.borrow().clone() {
        (hooks.begin)(&tabs);
    }
    let Some(mirror) = tabs.mirror.borrow().clone() else {
        return;
    };
    let (copy, ended) = (&tabs.copy, tabs.copy.on_end.borrow());
    if !copy.is_there() || !copy.bring_up(&tabs.store, &mirror, &ended) {
        copy.pass_over(&mirror);
        copied(keeper, &tabs);
    }
    if mirror.was_emptied() {
        keeper.notices.update(|notices| {
            notices.retain(|notice| *notice != Notice::Emptied);
            notices.push(Notice::Emptied);
        });
        keeper.show_saving(Ok(()));
    }
}

fn copied(keeper: Keeper, tabs: &Tabs) {
    if let Some(hooks) = tabs.channel.hooks.borrow().clone() {
        (hooks.end)(tabs);
    }
    if tabs.copy.is_complete() {
        if tabs.copy.is_there()
            && let Some(mirror) = tabs.mirror.borrow().as_ref()
        {
            mirror.copied();
        }
        if let Some(act) = tabs.copy.afterwards.take() {
            act();
        }
    }
    let shown = keeper.saving.get_untracked();
    if !shown.is_loud() {
        keeper.show_saving(Ok(()));
    } else if shown == Saving::NotSaved(StoreError::Full) {
        // There may be room again.
        keeper.show_saving(Ok(()));
        keeper.measure();
    }
}

/// Does something as soon as all is copied.
pub fn when_copied(keeper: Keeper, act: fn()) {
    match keeper.tabs() {
        Some(tabs) if !tabs.copy.is_complete() => tabs.copy.afterwards.set(Some(act)),
        _ => act(),
    }
}
