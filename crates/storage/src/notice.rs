//! What a person has to be told about the saved data. The sentences are in [`text`].

use super::format::Damage;
use super::key_value::StoreError;
use super::storage_key::{StorageKey, WorkspaceId};

/// Something about the saved data that a person has to be told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Notice {
    /// Nothing can be kept in this browser: everything works, but only until the page is closed.
    MemoryOnly { why: StoreError },
    /// A newer version of the app has written some of the data. It is shown as far as it can be read, and not touched.
    Newer {
        place: StorageKey,
        /// In which version of the format.
        version: u32,
    },
    /// A value was set aside, byte for byte, and can be downloaded.
    SetAside {
        place: StorageKey,
        /// The key in the quarantine, for [`super::Vault::raw`].
        key: String,
        damage: Damage,
    },
    /// A value should have been set aside, but that failed. It is left where it is, and nothing is written there.
    LeftInPlace {
        place: StorageKey,
        damage: Damage,
        /// Why it could not be set aside.
        why: StoreError,
    },
    /// A workspace could be read, but not put in order again. Nothing is written there until that has worked.
    NotRepaired {
        workspace: WorkspaceId,
        why: StoreError,
    },
    /// Another tab writes, and this browser gives no way to ask it: this one only shows.
    SecondTab,
    /// A newer version of the app is open in another tab: this one has stopped writing.
    NewerTab {
        /// Whether something that was done here last was not saved.
        is_lost: bool,
    },
    /// The second copy holds what the store does not, and it could not be brought in: this tab only shows it.
    Unreconciled,
    /// This tab did not answer for a while, and another one has taken over: this one asks it now.
    TakenOver {
        /// Whether something that was done here last was not saved.
        is_lost: bool,
    },
    /// An earlier version of the app has kept something in this folder under other keys, and could not be carried over.
    OldStore,
    /// Something was missing or damaged, and was brought back from the second copy.
    BroughtBack,
    /// Something else has emptied the browser's storage while the page was open. All of it was written again.
    Emptied,
    /// Something that was saved is in neither of the two stores any more.
    Missing,
    /// The settings could not be read: they are the usual ones again.
    SettingsReset,
    /// What was learned could not be read: it is counted anew.
    ProgressReset,
    /// What the console remembers could not be read: it starts anew.
    ConsoleReset,
    /// The plans for classes could not be read: there are none now.
    PlansReset,
    /// What was kept of an exercise could not be read: it starts anew.
    AttemptReset,
    /// The name and the rule set of a workspace could not be read: they are the usual ones again.
    HeaderReset { workspace: WorkspaceId },
    /// Part of a workspace's history could not be read. The registry is as it was left, but can't be shown as it was
    /// before a step.
    HistoryLost {
        workspace: WorkspaceId,
        /// The earliest step that it can still go back to.
        step: u64,
    },
    /// Part of a workspace's history could not be read. The registry is as it was after a step; whatever came after it
    /// is set aside.
    CutShort {
        workspace: WorkspaceId,
        /// The step; 0 where nothing could be read.
        step: u64,
    },
}
