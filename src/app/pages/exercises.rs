//! `#/exercises`: all exercises, by track.

use super::title;
use crate::app::dom::{El, a, div, h2, li, ul};
use crate::app::state::Session;
use crate::lesson::exercise::{Exercise, Track};
use crate::lesson::own;
use crate::route::Route;
use crate::text::exercise;

/// The page.
pub fn exercises(session: Session) -> Vec<El> {
    let all = own::exercises().map_or(&[][..], |pack| &pack.exercises);
    let tracks = Track::ALL.into_iter().flat_map(|track| {
        let of_track = all.iter().filter(move |exercise| exercise.track == track);
        [
            h2().text(exercise::track(session.text, track)),
            ul().class("question-list").children(of_track.map(entry)),
        ]
    });
    vec![
        div()
            .class("reading section")
            .child(title(session.text.shell().nav_exercises))
            .children(tracks),
    ]
}

fn entry(exercise: &Exercise) -> El {
    let to = Route::Exercise(exercise.id.clone()).to_string();
    li().child(a().attr("href", to).text(&exercise.title))
}
