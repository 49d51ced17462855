//! What frames leave for the app: seen here, and taken in by `embed/inbox.rs`.

use crate::browser::js;
use crate::session::Keeper;
use crate::session::tabs::connection::Role;
use storage::KeyValue;
use storage::mirrored::FRAME;

/// Takes in what frames leave, as long as the page is there.
pub fn watch(keeper: Keeper) {
    let Some(tabs) = keeper.tabs() else {
        return;
    };
    let key = format!("{}{FRAME}", tabs.prefix);
    let name = key.clone();
    let look = move || {
        if tabs.role.get() == Role::Writer
            && let Ok(Some(text)) = tabs.store.get(&key)
        {
            keeper.take_in(text);
        }
    };
    look();
    js::listen(&js_sys::global(), "storage", move |event| {
        if js::get(&event, "key").as_string().as_ref() == Some(&name) {
            look();
        }
    });
}
