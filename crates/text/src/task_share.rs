//! The texts of an exercise that goes out and comes in: the dialog that gives it, and the page of a link that brings one.
#![allow(missing_docs, reason = "the English value says what a field is")]

use super::Language;
use super::problem::problem;
use super::share::no_link;
use lesson::pack::Problem;
use share::NoLink;

texts!(
    /// An exercise that goes out: by its address, as a link, as a file.
    TaskShareText, EN_TASK_SHARE {
        title = "Share this exercise",
        own = "Its address",
        own_intro = "Short. It opens the exercise that comes with the app, and solving it counts in the progress.",
        made_intro = "Short. It makes the same exercise again, for everybody.",
        whole = "A link with everything in it",
        whole_intro = "The exercise itself is in the link: its start, its goal, its words. Nothing is sent anywhere. Whoever opens it needs no exercise of the app, and it counts in no progress.",
        whole_long = "This exercise does not fit into a link. Give the file below instead.",
        file_intro = "The exercise as JSON. It is opened at the foot of the exercises’ page; whoever writes exercises can check it and change it.",
    }
);

texts!(
    /// The page of a link that brings an exercise.
    SharedTaskText, EN_SHARED_TASK {
        title = "An exercise was shared with you",
        promise = "It was made by whoever gave you the link. Trying it touches nothing of yours: it has a small registry of its own, and is not counted in your progress.",
        own_one = "It is one of the app’s own exercises. Do it there, and it counts:",
        rules = "Rules",
        goal = "To be reached",
        best = "Best",
        leads_out = "Its links lead to",
        try_it = "Try it here",
        leave = "Leave",
        too_much = "There is more in this link than a link may bring. Ask for the exercise in a smaller form.",
        bad_title = "The exercise in this link is not a good one",
        bad_intro = "The link is whole, but what is in it can’t be done as an exercise, so it is not shown. Whoever wrote it can mend this:",
        to_exercises = "Go to the exercises",
        ;
        more = "… and {count} more." | "… and {count} more.",
    }
);

/// Returns why a link brings no exercise.
#[must_use]
pub fn no_task(text: Language, why: NoLink) -> String {
    match why {
        NoLink::TooMuch(_) => text.shared_task().too_much.to_owned(),
        other => no_link(text, other),
    }
}

/// So many problems are told; whoever mends these sees the others then.
const TOLD: usize = 6;
/// So many letters of a problem are told: its place may be anything.
const LETTERS: usize = 240;

/// Returns what is wrong with the exercise in a link, in words.
#[must_use]
pub fn bad_task(text: Language, problems: &[Problem]) -> Vec<String> {
    let told = problems.iter().take(TOLD).map(|found| {
        let words = problem(text, found);
        match words.char_indices().nth(LETTERS) {
            Some((at, _)) => format!("{}…", words.split_at(at).0),
            None => words,
        }
    });
    let more = problems.len().saturating_sub(TOLD);
    let more = (more > 0).then(|| text.shared_task().more(more));
    told.chain(more).collect()
}
