//! The texts of an exercise that goes out and comes in: the dialog that gives it, and the page of a link that brings one.

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
        own_intro = "Short. It opens this exercise in the app, and solving it counts in the progress.",
        made_intro = "Short. It makes the same exercise again, for everybody.",
        whole = "A link with everything in it",
        whole_intro = "The exercise itself is in the link: its start, its goal, its words. Nothing is sent anywhere. The link works without the exercises of the app, and it is not counted in any progress.",
        whole_long = "This exercise does not fit into a link. Give the file below instead.",
        file_intro = "The exercise as JSON. Open it at the bottom of the exercises page; authors can check it and change it.",
    }
);

texts!(
    /// The page of a link that brings an exercise.
    SharedTaskText, EN_SHARED_TASK {
        title = "An exercise was shared with you",
        promise = "It was made by the person who gave you the link. Trying it changes nothing of yours: it has a small registry of its own, and is not counted in your progress.",
        own_one = "It is one of the app’s own exercises. Do it there, and it counts:",
        rules = "Rules",
        goal = "Goal",
        best = "Best",
        leads_out = "Its links lead to",
        try_it = "Try it here",
        leave = "Leave",
        too_much = "This link holds too much. Ask for a smaller exercise.",
        bad_title = "The exercise in this link has mistakes",
        bad_intro = "The link is whole, but the exercise in it cannot be done, so it is not shown. Its author can repair this:",
        to_exercises = "Go to the exercises",
        ;
        more = "… and {count} more." | "… and {count} more.",
    }
);

/// Returns why a link brings no exercise.
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
