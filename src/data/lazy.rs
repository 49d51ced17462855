//! What goes out and comes in, in a chunk of its own.

use wasm_split_helpers::wasm_split;

use crate::data::{card, not_found, offline, settings, share_dialog, shared_registry, workspaces};
use crate::session::DataDialog;
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_dialog, lazy_view, quiet_head};
use crate::ui::page::title;
use el::El;

/// What goes out and comes in.
pub const DATA: Loader = Loader {
    chunk: Chunk::Data,
    fetch: || Box::pin(async { fetch_data().await.is_ok() }),
    prepare: None,
};

/// What is wanted of the chunk.
enum Want {
    Dialog(DataDialog),
    /// The page of a link to a registry.
    Shared(String),
    /// The page for an address that leads nowhere.
    NotFound(String),
    /// The page with everything that is kept.
    Settings,
    /// A new version, or a learning platform.
    Notice,
}

#[wasm_split(data, fallible, preload(fetch_data))]
fn data_chunk(want: Want) -> Result<Vec<El>, Missing> {
    Ok(match want {
        Want::Dialog(DataDialog::Share) => vec![share_dialog::share()],
        Want::Dialog(DataDialog::Erase) => vec![card::erase()],
        Want::Dialog(DataDialog::Registries) => vec![workspaces::registries()],
        Want::Shared(text) => shared_registry::shared(&text),
        Want::NotFound(path) => not_found::not_found(&path),
        Want::Settings => settings::settings(),
        Want::Notice => offline::notice(),
    })
}

/// Returns the page of a link to a registry.
pub fn shared(text: &str) -> Vec<El> {
    page(Want::Shared(text.to_owned()))
}

/// Returns the page for an address that leads nowhere.
pub fn not_found(path: &str) -> Vec<El> {
    page(Want::NotFound(path.to_owned()))
}

fn page(want: Want) -> Vec<El> {
    lazy_view(DATA, title, || now(data_chunk(want)))
}

/// Returns the page with everything that is kept.
pub fn settings() -> Vec<El> {
    page(Want::Settings)
}

/// Returns what has to be said of a new version or a learning platform.
pub fn notice() -> Vec<El> {
    lazy_view(DATA, quiet_head, || now(data_chunk(Want::Notice)))
}

/// Returns a dialog about data that goes out or comes in.
pub fn dialog(ask: DataDialog) -> Vec<El> {
    lazy_dialog(DATA, || now(data_chunk(Want::Dialog(ask))))
}
