//! The app's own pack, in the pieces that `build.rs` makes of `content/pack.json`.

use std::sync::OnceLock;

use super::pack::{self, Pack};

/// The steps of the lesson, in order: id and title. They are known without reading the lesson.
pub static STEPS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/steps.rs"));

/// The title of a step.
#[must_use]
pub fn step_title(id: &str) -> Option<&'static str> {
    STEPS
        .iter()
        .find(|(step, _)| *step == id)
        .map(|(_, title)| *title)
}

/// The texts of the lesson, for the first page. A test holds that they can be read.
#[must_use]
pub fn prose() -> Option<&'static Pack> {
    static PROSE: OnceLock<Option<Pack>> = OnceLock::new();
    let read = || pack::read_prose(include_str!(concat!(env!("OUT_DIR"), "/prose.json"))).ok();
    PROSE.get_or_init(read).as_ref()
}

/// The whole lesson: its steps, and the scenes that they play on.
#[must_use]
pub fn lesson() -> Option<&'static Pack> {
    static LESSON: OnceLock<Option<Pack>> = OnceLock::new();
    let read = || pack::read_lesson(include_str!(concat!(env!("OUT_DIR"), "/lesson.json"))).ok();
    LESSON.get_or_init(read).as_ref()
}

/// The practice questions, with all that they need.
#[must_use]
pub fn practice() -> Option<&'static Pack> {
    static PRACTICE: OnceLock<Option<Pack>> = OnceLock::new();
    let read = || pack::read_lesson(include_str!(concat!(env!("OUT_DIR"), "/practice.json"))).ok();
    PRACTICE.get_or_init(read).as_ref()
}
