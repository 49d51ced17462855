//! What frames leave for the app, watched for.

use crate::browser::js;
use crate::embed::lazy;
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
    let look = move || {
        if tabs.role.get() == Role::Writer
            && let Ok(Some(text)) = tabs.store.get(&key)
        {
            lazy::take_in(text, keeper.owner());
        }
    };
    let again = look.clone();
    let name = keeper.tabs().map(|tabs| format!("{}{FRAME}", tabs.prefix));
    js::listen(&js_sys::global(), "storage", move |event| {
        if js::get(&event, "key").as_string() == name {
            again();
        }
    });
    look();
}
