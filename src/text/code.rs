//! The texts of the console's drawer, of the code for everything, and of other registries beside one's own.
#![allow(missing_docs, reason = "the English value says what a field is")]

texts!(
    /// Several registries beside each other.
    WorkspaceText, EN_WORKSPACE {
        own = "Your own registry",
        choose = "Registry",
        opened = "{name} is open now.",
        delete = "Delete this registry",
        delete_title = "Delete {name}?",
        delete_body = "{name} goes with its whole history. Your own registry and all others stay as they are.",
        deleted = "{name} is deleted. Your own registry is open.",
        unsaved = "This registry is not saved yet, so it stays open. Try again to save it, then open the other one.",
    }
);
