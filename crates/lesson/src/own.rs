//! The app's own pack, put together by `build.rs` from the files in `content/en`: whole, in the lists that parts of the app carry,
//! and in pieces that are files of their own.

use std::sync::OnceLock;

use super::pack::{self, Id, Pack, Readers, Scene};
use registry::decimal::MetricValue;
use registry::{Command, FreeText, MetricName, ModelName, RuleSet, Stage, VecMap, VersionNumber};

/// The whole pack as one text, as a teacher's own file would have it. The app carries its pieces alone.
pub const PACK: &str = include_str!(concat!(env!("OUT_DIR"), "/pack.json"));

/// Each step, question and exercise as a pack of its own, by the name of its piece. The app fetches those that it shows.
pub static PIECES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/pieces.rs"));

/// The steps of the lesson, in order: id and title. They are known without reading the lesson.
pub static STEPS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/steps.rs"));

/// How many minutes the lesson takes, in steps of five: counted from its words and from what there is to do.
pub const MINUTES: usize = include!(concat!(env!("OUT_DIR"), "/minutes.rs"));

/// The ids of the questions, in order. They are known without reading the questions.
pub static QUESTIONS: &[&str] = include!(concat!(env!("OUT_DIR"), "/questions.rs"));

/// Returns the title of a step.
pub fn step_title(id: &str) -> Option<&'static str> {
    STEPS
        .iter()
        .find(|(step, _)| *step == id)
        .map(|(_, title)| *title)
}

/// Declares functions that read a list of the pack when it is first asked for. A test holds that each can be read.
macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident = $readers:ident($file:literal);)*) => { $(
        $(#[$doc])*
        pub fn $name() -> Option<&'static Pack> {
            static READ: OnceLock<Option<Pack>> = OnceLock::new();
            let text = include_str!(concat!(env!("OUT_DIR"), "/", $file));
            let read = || pack::read_with(text, Readers::$readers).ok();
            READ.get_or_init(read).as_ref()
        }
    )* };
}

lists! {
    /// Returns the whole lesson: its steps, and the scenes that they play on.
    lesson = STEPS("lesson.json");
    /// Returns what is often said of MLflow and is not so, with the scenes that it is run on.
    claims = STEPS("claims.json");
    /// Returns the practice questions, with all that they need.
    practice = QUESTIONS("practice.json");
    /// Returns the exercises, with the objectives that they serve.
    exercises = EXERCISES("exercises.json");
    /// Returns what exercises that are made need beside themselves: the objectives and the sources of the others.
    made = NONE("made.json");
}

/// Returns the small registry of the start page.
pub fn start() -> Option<&'static Scene> {
    static START: OnceLock<Option<Scene>> = OnceLock::new();
    let made = || Some(include!(concat!(env!("OUT_DIR"), "/start.rs")));
    START.get_or_init(made).as_ref()
}

/// An exercise as a list shows it, and what is read of it while the rest is still on its way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Listed {
    pub id: &'static str,
    pub title: &'static str,
    /// What it practises: the title of its objective.
    pub objective: &'static str,
    /// Its story, a line.
    pub story: &'static str,
    /// The name of its track.
    pub track: &'static str,
    /// The name of its form.
    pub form: &'static str,
    pub par: u32,
}

/// The ids of the exercises, in order, for who needs no more of them.
pub static EXERCISE_IDS: &[&str] = include!(concat!(env!("OUT_DIR"), "/exercise_ids.rs"));

/// The exercises, in order. They are known without reading them.
pub static EXERCISES: &[Listed] = include!(concat!(env!("OUT_DIR"), "/exercises.rs"));

/// Returns one of them, by its id.
pub fn listed(id: &str) -> Option<&'static Listed> {
    EXERCISES.iter().find(|listed| listed.id == id)
}
