//! The teacher's board: the scene of the part that is shown, to be played on. The projector shows what it comes to.

use leptos::prelude::*;

use crate::class::room::Room;
use crate::registry::board::board_of_app;
use crate::registry::dialog_host::{dialog_host, no_data_dialog};
use crate::registry::scene::scene as around;
use crate::registry::traffic::{Reloads, Traffic};
use crate::session::{Sandbox, use_language, use_registry};
use class::presenter::KeptBoard;
use class::screen::Board;
use class::{Stop, What, stop};
use el::{El, Memo, RwSignal, div, h2, p, section};
use lesson::pack::Loads;
use registry::{ModelName, Stage, VersionNumber};
use share::link;

/// A part with a board: its place in the plan, and what it is.
type Part = (usize, What);

/// The board; nothing where the view has none.
pub fn stage(room: Room) -> El {
    let part: Memo<Option<Part>> = Memo::new(move || {
        room.presenter.with(|presenter| {
            let is_board = presenter.stop() == Some(Stop::Board);
            let (at, item) = presenter.item().filter(|_| is_board)?;
            Some((at, item.what.clone()))
        })
    });
    div().class("class-board").dynamic(move || {
        let made = part.with(|part| untrack(|| playable(room, part.as_ref()?)));
        made.into_iter().collect()
    })
}

/// The registry of a part, the model that is shown, what its app asks for and had loaded before, and when it loads again.
fn source(what: &What) -> Option<(Sandbox, ModelName, Loads, Option<VersionNumber>, Reloads)> {
    if let What::Registry(text) = what {
        let snapshot = link::parse(text).ok()?;
        let model = snapshot.log.registry().models().next()?.name().clone();
        let loads = Loads::Stage(Stage::Production);
        return Some((
            Sandbox::of_shared(&snapshot),
            model,
            loads,
            None,
            Reloads::ByItself,
        ));
    }
    let staged = stop::scene(what)?;
    let reloads = match staged.reloads_by_hand {
        true => Reloads::ByHand,
        false => Reloads::ByItself,
    };
    Some((
        Sandbox::of_scene(staged.scene),
        staged.scene.model.clone(),
        staged.asks,
        staged.had,
        reloads,
    ))
}

fn playable(room: Room, (at, what): &Part) -> Option<El> {
    let texts = use_language().class();
    let (sandbox, model, loads, had, reloads) = source(what)?;
    let at = *at;
    let kept = room.presenter.with_untracked(|it| it.kept_board().cloned());
    if let Some(kept) = &kept {
        sandbox.put(kept.log.clone());
    }
    Some(sandbox.with(|| {
        let store = use_registry();
        let loads = RwSignal::new(loads);
        let traffic = Traffic::new(&model, loads, had, reloads);
        traffic.play();
        if let Some(kept) = kept {
            let app = kept.app;
            // An app that is made loads at once: what it was at goes over that.
            Effect::new(move || untrack(|| traffic.go_on(app.clone())));
        }
        let of = model.clone();
        Effect::new(move || {
            let log = store.log.with(Clone::clone);
            let app = traffic.app().get();
            let shown = loads.with(|loads| Board::of(&log, &of, loads, &app));
            let board = KeptBoard {
                item: at,
                log,
                app,
                shown,
            };
            room.presenter
                .update(|presenter| presenter.keep_board(board));
        });
        section()
            .class("section")
            .attr("aria-labelledby", "class-board-title")
            .child(h2().id("class-board-title").text(texts.board))
            .child(p().class("quiet").text(texts.board_hint))
            .child(around(traffic, board_of_app(&model, loads)))
            .child(dialog_host(no_data_dialog))
    }))
}
