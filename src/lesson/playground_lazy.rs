//! What is played in the lesson, in a chunk of its own.

use wasm_split_helpers::wasm_split;

use crate::lesson::{claims, playground};
use crate::session::Sandbox;
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view, quiet_head};
use crate::ui::page::title;
use el::{El, RwSignal};
use lesson::own;
use lesson::pack::Id;

/// What is played in the lesson.
pub const PLAYGROUND: Loader = Loader {
    chunk: Chunk::Playground,
    fetch: || Box::pin(async { fetch_play().await.is_ok() }),
    prepare: None,
};

/// What is played.
enum Playing {
    /// The registry of a step, and what is set when its goal is reached.
    Step(Id, RwSignal<bool>),
    /// What tutorials say.
    Claims,
}

#[wasm_split(play, fallible, preload(fetch_play))]
fn play_chunk(what: Playing) -> Result<Vec<El>, Missing> {
    Ok(match what {
        Playing::Step(step, done) => playground_of(&step, done).into_iter().collect(),
        Playing::Claims => claims::claims(),
    })
}

fn playground_of(step: &Id, done: RwSignal<bool>) -> Option<El> {
    let pack = own::lesson()?;
    let play = pack.step(step)?.play.as_ref()?;
    let scene = pack.scene(&play.scene)?;
    Some(Sandbox::of_scene(scene).with(|| playground::play(pack, play, scene, done)))
}

/// Returns the page of what tutorials say.
pub fn claims() -> Vec<El> {
    lazy_view(PLAYGROUND, title, || now(play_chunk(Playing::Claims)))
}

/// Returns the small registry of a step of the lesson. `done` is set when its goal is reached.
pub fn playground(step: &Id, done: RwSignal<bool>) -> Vec<El> {
    lazy_view(PLAYGROUND, quiet_head, || {
        now(play_chunk(Playing::Step(step.clone(), done)))
    })
}
