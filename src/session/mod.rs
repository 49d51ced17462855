//! The state of the page, in contexts: each is cheap to copy, named for what it holds, and taken at the top of a component
//! by a function of [`contexts`], such as [`contexts::use_registry`].
//!
//! There is no owner in a listener or after an `await`: what these need is taken before. A context that is missing is a
//! mistake in the code, never in what a person did: the app ends, and `boot.js` offers what was saved and begins anew.
//!
//! A [`sandbox::Sandbox`] provides a registry of its own to what is inside it.

mod announcer;
pub mod chunk;
mod contexts;
mod dialogs;
pub mod frame;
mod keeper;
pub mod lazy;
mod learner;
mod left;
pub mod offer;
pub mod page_host;
mod preferences;
mod provide;
pub mod registry_hooks;
mod registry_store;
mod router;
mod sandbox;
pub mod saving;
mod selection;
pub mod tabs;
mod transfer;
mod workspaces;

pub use announcer::Announcer;
pub use contexts::{
    use_announcer, use_chunks, use_dialogs, use_keeper, use_language, use_learner, use_preferences,
    use_registry, use_router, use_selection,
};
pub use dialogs::{DataDialog, Dialog, Dialogs};
pub use keeper::{Keeper, RegistryCall};
pub use learner::Learner;
pub use preferences::Preferences;
pub use provide::provide;
pub use registry_store::{Limits, RegistryStore};
pub use router::Router;
pub use sandbox::Sandbox;
pub use selection::{Mark, Selection};
pub use transfer::{Before, Transfer, use_transfer};
pub use workspaces::{Workspaces, use_workspaces};
