//! The small registries of the lesson, in a chunk of their own.

use wasm_split_helpers::wasm_split;

use crate::lesson::playground;
use crate::session::Sandbox;
use crate::session::chunk::{Chunk, Missing, now};
use crate::ui::lazy::{Loader, lazy_view, quiet_head};
use el::{El, RwSignal};
use lesson::own;
use lesson::pack::Id;

const PLAYGROUND: Loader = Loader {
    chunk: Chunk::Playground,
    fetch: || Box::pin(async { fetch_play().await.is_ok() }),
    prepare: None,
};

#[wasm_split(play, fallible, preload(fetch_play))]
fn playground_chunk(step: Id, done: RwSignal<bool>) -> Result<Vec<El>, Missing> {
    let made = own::lesson().and_then(|pack| {
        let play = pack.step(&step)?.play.as_ref()?;
        let scene = pack.scene(&play.scene)?;
        Some(Sandbox::of_scene(scene).with(|| playground::play(pack, play, scene, done)))
    });
    Ok(made.into_iter().collect())
}

/// Returns the small registry of a step of the lesson. `done` is set when its goal is reached.
pub fn playground(step: &Id, done: RwSignal<bool>) -> Vec<El> {
    lazy_view(PLAYGROUND, quiet_head, || {
        now(playground_chunk(step.clone(), done))
    })
}
