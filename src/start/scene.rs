//! The scene of the start page: a small registry in which an untested version can go live, and what its users get then.

use crate::registry::board::board;
use crate::registry::dialog_host::{dialog_host, no_data_dialog};
use crate::registry::traffic::traffic;
use crate::session::{Sandbox, use_language, use_registry};
use crate::ui::page::announcement_line;
use crate::ui::refusal::global_refusal;
use el::{El, RwSignal, action, div};
use lesson::own;
use lesson::pack::{Loads, Scene};
use registry::Stage;

/// The scene on its registry; nothing where that can't be read.
pub fn scene_place() -> Option<El> {
    let scene = own::start()?;
    Some(Sandbox::of_scene(scene).with(|| parts(scene)))
}

fn parts(scene: &'static Scene) -> El {
    let store = use_registry();
    let texts = use_language().play();
    let start = store.history(|log| log.step());
    let undo = action(texts.undo, move || store.undo()).attr("disabled", move || {
        store.history(|log| log.can_undo().is_err() || log.step() <= start)
    });
    let again = action(texts.again, move || store.start_over(scene));
    let bar = div()
        .class("start-bar")
        .child(announcement_line())
        .child(div().class("actions").child(undo).child(again));
    let loads = RwSignal::new(Loads::Stage(Stage::Production));
    div()
        .class("start-box")
        .child(div().dynamic(global_refusal))
        .child(board(&scene.model))
        .child(bar)
        .child(traffic(&scene.model, loads))
        .child(dialog_host(no_data_dialog))
}
