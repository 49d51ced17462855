//! The exercises, in a chunk of their own.

use wasm_split_helpers::wasm_split;

use crate::exercises::head::exercise_head;
use crate::exercises::{check, list, page, shared};
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view};
use crate::ui::markdown::line_alone;
use crate::ui::page::title;
use el::{El, p};
use lesson::own;
use lesson::pack::Id;

/// The exercises.
pub const EXERCISES: Loader = Loader {
    chunk: Chunk::Exercises,
    fetch: || Box::pin(async { fetch_exercises().await.is_ok() }),
    prepare: Some(read),
};

/// The story of an exercise, which is read while the rest is still on its way.
pub const STORY: Loader = Loader {
    fetch: || Box::pin(async { fetch_story().await.is_ok() }),
    ..EXERCISES
};

/// A page of the chunk.
pub enum ExercisePage {
    /// All exercises.
    List,
    /// One of the pack.
    Exercise(Id),
    /// One made from what stands behind the `?` of its address.
    New(String),
    /// Receipts are run again; perhaps this one.
    Check(String),
    /// One that somebody has put into a link.
    Shared(String),
    /// None yet, but the exercises are read. Nothing is shown.
    Read,
}

/// The head of the page of one of the app's exercises, and under it what is said of the rest.
#[wasm_split(story, fallible, preload(fetch_story))]
fn story_chunk(id: Id, words: String) -> Result<Option<El>, Missing> {
    Ok(own::listed(id.as_str()).map(|listed| {
        let story = line_alone(p(), listed.story);
        exercise_head(listed.title, Some(listed.objective), story)
            .child(p().class("quiet").text(&words))
    }))
}

#[wasm_split(exercises, fallible, preload(fetch_exercises))]
fn exercises_chunk(page: ExercisePage) -> Result<Vec<El>, Missing> {
    Ok(match page {
        ExercisePage::List => list::exercises(),
        ExercisePage::Exercise(id) => page::exercise(&id),
        ExercisePage::New(query) => page::new(&query),
        ExercisePage::Check(receipt) => check::check(&receipt),
        ExercisePage::Shared(text) => shared::shared_exercise(&text),
        ExercisePage::Read => {
            let _ = own::exercises();
            Vec::new()
        }
    })
}

fn read() {
    let _ = now(exercises_chunk(ExercisePage::Read));
}

/// Returns a page of the chunk.
pub fn page(page: ExercisePage) -> Vec<El> {
    let id = match &page {
        ExercisePage::Exercise(id) => Some(id.clone()),
        _ => None,
    };
    let head = |words: &str| {
        let story = id.clone().map(|id| now(story_chunk(id, words.to_owned())));
        match story {
            Some(Some(Ok(Some(head)))) => head,
            _ => title(words),
        }
    };
    lazy_view(EXERCISES, head, || now(exercises_chunk(page)))
}
