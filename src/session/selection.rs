//! What stands out on a board.

use el::RwSignal;
use registry::{ModelName, VersionNumber};

/// A version that is marked on the board.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// The model.
    pub model: ModelName,
    /// The version.
    pub version: VersionNumber,
    /// Why, in a few words.
    pub words: String,
    /// Whether something is too much, not just still to do.
    pub too_much: bool,
}

/// The versions of a registry that are chosen or marked.
#[derive(Clone, Copy)]
pub struct Selection {
    /// The version whose details are shown.
    pub selected: RwSignal<Option<VersionNumber>>,
    pub marks: RwSignal<Vec<Mark>>,
}

impl Default for Selection {
    fn default() -> Self {
        Self {
            selected: RwSignal::new(None),
            marks: RwSignal::new(Vec::new()),
        }
    }
}
