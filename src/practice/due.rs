//! Exercises that are due again, where due questions are told.

use crate::browser;
use crate::session::{use_language, use_learner};
use el::{El, a, div, li, p, ul};
use lesson::own::{self, Listed};
use lesson::pack::Id;
use share::route::Route;

/// How many are named.
const NAMED: usize = 5;

/// The link to an exercise.
pub fn exercise_link(listed: &Listed) -> El {
    let to = Id::parse(listed.id).map_or(Route::Exercises, Route::Exercise);
    a().attr("href", to.to_string()).text(listed.title)
}

/// How many exercises are due, and the most overdue ones; nothing where none is. What the app no longer has is not
/// counted.
pub fn due_exercises() -> Option<El> {
    let learner = use_learner();
    let now = browser::now();
    let due: Vec<&Listed> = learner.progress.with_untracked(|progress| {
        let due = progress.exercises_due(now);
        due.filter_map(own::listed).collect()
    });
    if due.is_empty() {
        return None;
    }
    let named = due
        .iter()
        .take(NAMED)
        .map(|listed| li().child(exercise_link(listed)));
    let count = use_language().exercise_list().due(due.len());
    let shown = div()
        .class("due-exercises section")
        .child(p().text(count))
        .child(ul().class("question-list").children(named));
    Some(shown)
}
