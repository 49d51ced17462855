//! An exercise, what makes one, and all of them, each in a chunk of its own.

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

/// An exercise of the pack.
pub const EXERCISE: Loader = Loader {
    chunk: Chunk::Exercise,
    fetch: || Box::pin(async { fetch_exercise().await.is_ok() }),
    prepare: None,
};

/// The story of an exercise, which is read while the rest is still on its way.
pub const STORY: Loader = Loader {
    fetch: || Box::pin(async { fetch_story().await.is_ok() }),
    ..EXERCISE
};

/// An exercise that is made.
pub const NEW: Loader = Loader {
    chunk: Chunk::NewExercise,
    fetch: || Box::pin(async { fetch_new_exercise().await.is_ok() }),
    prepare: None,
};

/// All exercises, their receipts, and those that somebody has shared.
pub const EXERCISES: Loader = Loader {
    chunk: Chunk::Exercises,
    fetch: || Box::pin(async { fetch_exercises().await.is_ok() }),
    prepare: Some(read_all),
};

/// A page of the chunks.
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

#[wasm_split(exercise, fallible, preload(fetch_exercise))]
fn exercise_chunk(id: Id) -> Result<Vec<El>, Missing> {
    Ok(page::exercise(&id))
}

#[wasm_split(new_exercise, fallible, preload(fetch_new_exercise))]
fn new_exercise_chunk(query: String) -> Result<Vec<El>, Missing> {
    Ok(page::new(&query))
}

/// A page of the chunk of all exercises.
enum Among {
    /// The exercises are read, and nothing is shown.
    Nothing,
    List,
    Check(String),
    Shared(String),
}

#[wasm_split(exercises, fallible, preload(fetch_exercises))]
fn exercises_chunk(page: Among) -> Result<Vec<El>, Missing> {
    Ok(match page {
        Among::Nothing => {
            let _ = own::exercises();
            Vec::new()
        }
        Among::List => list::exercises(),
        Among::Check(receipt) => check::check(&receipt),
        Among::Shared(text) => shared::shared_exercise(&text),
    })
}

fn read_all() {
    let _ = now(exercises_chunk(Among::Nothing));
}

/// Returns a page of the chunks.
pub fn page(page: ExercisePage) -> Vec<El> {
    let among = |page: Among| lazy_view(EXERCISES, title, || now(exercises_chunk(page)));
    match page {
        ExercisePage::Exercise(id) => exercise(id),
        ExercisePage::New(query) => lazy_view(NEW, title, || now(new_exercise_chunk(query))),
        ExercisePage::List => among(Among::List),
        ExercisePage::Check(receipt) => among(Among::Check(receipt)),
        ExercisePage::Shared(text) => among(Among::Shared(text)),
    }
}

fn exercise(id: Id) -> Vec<El> {
    let told = id.clone();
    let head = |words: &str| {
        let story = now(story_chunk(told.clone(), words.to_owned()));
        match story {
            Some(Ok(Some(head))) => head,
            _ => title(words),
        }
    };
    lazy_view(EXERCISE, head, || now(exercise_chunk(id)))
}
