//! What goes out and comes in: registries in links and files, and all that is kept.

pub mod card;
pub mod lazy;
pub mod not_found;
pub mod offline;
pub mod progress_file;
pub mod settings;
pub mod share_dialog;
pub mod shared_registry;
pub mod workspaces;
