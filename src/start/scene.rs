//! The scene of the start page: a small registry in which an untested version can go live, and what its users get then.

use crate::registry::board::board;
use crate::registry::dialog_host::{dialog_host, no_data_dialog};
use crate::registry::scene::scene as around;
use crate::registry::traffic::{Reloads, Start, Traffic};
use crate::session::Sandbox;
use el::{El, RwSignal, div};
use lesson::own;
use lesson::pack::{Loads, Scene};
use registry::Stage;

/// The scene on its registry; nothing where that can't be read.
pub fn scene_place() -> Option<El> {
    let scene = own::start()?;
    Some(Sandbox::of_scene(scene).with(|| parts(scene)))
}

fn parts(scene: &'static Scene) -> El {
    let loads = RwSignal::new(Loads::Stage(Stage::Production));
    let traffic = Traffic::new(&scene.model, loads, Reloads::ByItself, Start::InView);
    div()
        .class("start-box")
        .child(around(traffic, board(&scene.model)))
        .child(dialog_host(no_data_dialog))
}
