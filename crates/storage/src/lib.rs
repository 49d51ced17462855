//! Saved data: every change is in the store before the next one, and nothing that was saved is ever lost in silence.
//!
//! ```text
//! <prefix>settings              the person's settings
//! <prefix>progress              what the learner has done in the lesson, the questions and the exercises
//! <prefix>console               what the console remembers
//! <prefix>class                 the plans for classes, with notes and the hands that were counted
//! <prefix>exercise/<id>         an exercise that is under way; a shared one under `shared-` with the checksum of its link, a made one
//!                               under `new-` with its recipe
//! <prefix>ws/<id>/head          a workspace: its name, its rule set, and where its journal starts
//! <prefix>ws/<id>/state/<n>     the registry as it was before segment n
//! <prefix>ws/<id>/seg/<n>       the records of some steps, in order
//! <prefix>deleted/<n>           a workspace that was deleted, as a whole; the first one without a number
//! <prefix>arriving              the transaction that is under way, until all of it stands under its own keys
//! <prefix>quarantine/<key>/<n>  what could not be read, byte for byte
//! <prefix>copied                how many times the second copy was brought up to date, and how many keys there were then
//! <prefix>gone                  what was removed here and may still stand in the second copy
//! <prefix>window                who is there, where the browser has no locks
//! <prefix>asked                 that the browser was asked to keep all this for good
//! <prefix>frame                 what was learned in a frame of somebody's page, until the app takes it in
//! ```
//!
//! The values of all but the last six carry their version, their own place and a checksum. Every action is one `set`. What takes several calls
//! writes the new under new keys, then switches the header in one `set`, then removes the old; so it can stop anywhere.
//!
//! | module | what it says |
//! |---|---|
//! | [`key_value`] | what a store can do, and how it can fail |
//! | [`memory`], [`faulty`] | stores in memory, and one that fails on purpose; the app has the browser's |
//! | [`storage_key`] | which keys there are |
//! | [`folder`] | what stands before them: the folder of the host that the app is served from |
//! | [`mod@format`], [`migrate`] | how a value is sealed and opened again; older and newer formats |
//! | `sealed_store` | sealed values in a store, and the quarantine |
//! | [`settings`], [`console`], [`class_plans`], [`attempt`], [`workspace`] | the small values |
//! | `transaction` | a change of several values, all or nothing |
//! | [`name`], [`snapshot`] | what a workspace is called; a workspace with its registry and history as one value |
//! | `journal` | the history of one workspace |
//! | `validate` | validates the text that is stored under a key |
//! | [`mirrored`], [`reconcile`] | what was written last, kept against an emptied storage and for a second copy; which of two copies is right |
//! | [`tabs`] | several tabs on the same data: one writes, the others ask it to |
//! | [`notice`] | what a person has to be told |
//! | [`vault`] | the front door |

pub mod attempt;
pub mod class_plans;
pub mod console;
pub mod faulty;
pub mod folder;
pub mod format;
mod journal;
pub mod key_value;
pub mod memory;
pub mod migrate;
pub mod mirrored;
pub mod name;
pub mod notice;
pub mod reconcile;
mod sealed_store;
pub mod settings;
pub mod snapshot;
pub mod storage_key;
pub mod tabs;
mod transaction;
mod validate;
pub mod vault;
pub mod workspace;

pub use attempt::Attempt;
pub use class_plans::{ClassPlan, ClassPlans, PlanChange};
pub use console::ConsoleMemory;
pub use faulty::FaultyStore;
pub use format::Damage;
pub use journal::{Folded, Limits};
pub use key_value::{KeyValue, StoreError, units};
pub use memory::MemoryStore;
pub use mirrored::{Changes, MirroredStore};
pub use name::{NoName, WorkspaceName};
pub use notice::Notice;
pub use settings::{Settings, Theme};
pub use snapshot::WorkspaceSnapshot;
pub use storage_key::{StorageKey, WorkspaceId};
pub use transaction::Small;
pub use validate::Quarantined;
pub use vault::{Deleted, Loaded, MOST_DELETED, Meaning, Mode, Setup, Stored, Vault};
pub use workspace::Workspace;
