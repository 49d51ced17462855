//! The scene of the start page: a small registry in which an untested version can go live, and what its users get then.

use crate::registry::board::board_of_app;
use crate::registry::dialog_host::{dialog_host, no_data_dialog};
use crate::registry::scene::scene as around;
use crate::registry::traffic::{Reloads, Traffic};
use crate::session::{Sandbox, use_language, use_registry};
use el::{El, Memo, RwSignal, action, div, p};
use lesson::own;
use lesson::pack::{Loads, Scene};
use registry::{Command, FreeText, Stage, VersionNumber};

/// The scene on its registry; nothing where that can't be read.
pub fn scene_place() -> Option<El> {
    let scene = own::start()?;
    Some(Sandbox::of_scene(scene).with(|| parts(scene)))
}

/// The version that nobody has tested.
const UNTESTED: Option<VersionNumber> = VersionNumber::new(3);

fn parts(scene: &'static Scene) -> El {
    let loads = RwSignal::new(Loads::Stage(Stage::Production));
    let traffic = Traffic::new(&scene.model, loads, None, Reloads::ByItself);
    traffic.play();
    div()
        .class("start-box")
        .child(try_it(scene))
        .child(around(traffic, board_of_app(&scene.model, loads)))
        .child(dialog_host(no_data_dialog))
}

/// The move that is to be tried, and what came of it.
fn try_it(scene: &'static Scene) -> El {
    let store = use_registry();
    let texts = use_language().start();
    let is_moved =
        Memo::new(move || store.read(|registry| registry.live(&scene.model).version() == UNTESTED));
    let press = move || {
        if is_moved.get_untracked() {
            return store.undo();
        }
        if let Some(version) = UNTESTED {
            let command = Command::TransitionModelVersionStage {
                name: scene.model.clone(),
                version,
                stage: Stage::Production,
                archive_existing_versions: true,
            };
            // Where it can't be done, as where the version was deleted, the board says so by itself.
            if let Err(refusal) = store.act(&command, FreeText::default()) {
                store.dialogs.refused.set(Some(refusal));
            }
        }
    };
    let label = move || match is_moved.get() {
        true => texts.take_back.to_owned(),
        false => texts.try_move.to_owned(),
    };
    let words = move || match is_moved.get() {
        true => texts.moved.to_owned(),
        false => texts.try_it.to_owned(),
    };
    div()
        .class("start-try")
        .child(action(label, press).class("primary"))
        .child(
            p().class(("warns", move || is_moved.get()))
                .attr("role", "status")
                .text(words),
        )
}
