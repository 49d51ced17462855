//! A small registry inside a step of the lesson: what is shown of it, what is to be reached, and whether it is.

use std::rc::Rc;

use leptos::prelude::*;

use crate::console::lazy::console;
use crate::console::transcript::Opening;
use crate::lesson::stages_and_aliases::{alias_panel, alias_strip, stages_and_aliases};
use crate::registry::as_code::last_step;
use crate::registry::board::board_of_app;
use crate::registry::diagram_lazy::diagram;
use crate::registry::dialog_host::{dialog_host, no_data_dialog};
use crate::registry::live_version::live_now;
use crate::registry::rules_switch::rules_switch;
use crate::registry::scene::scene_with;
use crate::registry::traffic::{Reloads, Traffic};
use crate::runner::lines::Lines;
use crate::session::offer::{self, Offer};
use crate::session::{Sandbox, use_announcer, use_language, use_registry, use_selection};
use el::{El, Memo, RwSignal, action, details, div, ev, p, summary};
use lesson::condition::Condition;
use lesson::pack::{Loads, Pack, Play, Scene, Show, Step};
use registry::{RuleSet, Stage, VersionNumber};

/// Returns what is to be done in a step, in a sandbox of its own; the payments come once it is ready. `done` is set once it is
/// reached, and stays.
pub fn playground(
    pack: &'static Pack,
    step: &'static Step,
    ready: Memo<bool>,
    done: RwSignal<bool>,
) -> Option<El> {
    let play = step.play.as_ref()?;
    let scene = pack.scene(&play.scene)?;
    Some(Sandbox::of_scene(scene).with(|| playing(pack, play, scene, ready, done)))
}

fn playing(
    pack: &'static Pack,
    play: &'static Play,
    scene: &'static Scene,
    ready: Memo<bool>,
    done: RwSignal<bool>,
) -> El {
    let (store, announcer) = (use_registry(), use_announcer());
    let texts = use_language().play();
    let asks = move || {
        let asks = play.loads.clone();
        asks.unwrap_or(Loads::Stage(Stage::Production))
    };
    let loads = RwSignal::new(asks());
    let lines = Lines::new(pack, play, scene, loads);
    let reloads = match play.reload_by_hand {
        true => Reloads::ByHand,
        false => Reloads::ByItself,
    };
    let traffic = Traffic::new(&scene.model, loads, play.had, reloads).called(&play.app);
    Effect::new(move || {
        if ready.get() {
            traffic.play();
        }
    });
    // The diagram is about the version that is to be moved.
    use_selection().selected.set(moved(play));
    let reached = move || {
        if play.reach.is_empty() {
            lines.all_ran()
        } else {
            let played = store.played(scene);
            play.reach.iter().all(|condition| condition.holds(&played))
        }
    };
    // A step is done when its effect was seen, not when the label moved.
    Effect::new(move || {
        if !done.get_untracked() && reached() && traffic.is_seen() {
            done.set(true);
        }
    });
    let nothing_done = move || store.history(|log| log.can_undo().is_err());
    let start = store.history(|log| log.step());
    let undo = action(texts.undo, move || store.undo()).attr("disabled", move || {
        nothing_done() || store.history(|log| log.step() <= start)
    });
    let start_over = move || {
        store.start_over(scene);
        loads.set(asks());
        traffic.start_over();
        lines.start_over();
        announcer.announce(texts.started_over.to_owned());
    };
    offer::offer(Offer {
        store,
        reset: Rc::new(start_over),
        receipt: Rc::new(|| None),
    });
    let again = action(texts.again, start_over).class("resets");
    let bar = div()
        .class("play-bar")
        .child(rules(play.both_rules))
        .child(div().class("actions").child(undo).child(again));
    let shows = |part| play.show.contains(&part);
    // What is to be pressed, beside the words and, where there is one column, below the board.
    let (panel, next) = if shows(Show::Code) {
        let panel = lines.panel(traffic.loaded_sign());
        (Some(panel), Some(lines.next()))
    } else if shows(Show::Aliases) {
        (Some(alias_panel(scene)), Some(alias_strip(scene)))
    } else {
        (None, None)
    };
    let beside = play.show.iter().filter_map(|show| match show {
        Show::Diagram => Some(diagram(&scene.model)),
        Show::Answers => Some(live_now(&scene.model)),
        Show::Aliases => Some(stages_and_aliases(scene)),
        Show::Board | Show::Traffic | Show::Code => None,
    });
    let board = board_of_app(&scene.model, loads);
    let side = div()
        .class("scene-side")
        .child(scene_with(traffic, board, next))
        .child(bar)
        .children(beside.map(|part| div().class("play-part").child(part)))
        .child(last_step(move || start))
        .child(play_console(scene));
    div()
        .class("play-box")
        .children(panel)
        .child(side)
        .child(dialog_host(no_data_dialog))
}

/// Returns the version that is to be moved, if one is.
fn moved(play: &Play) -> Option<VersionNumber> {
    play.reach.iter().find_map(|condition| match condition {
        Condition::InStage { version, .. } => Some(*version),
        _ => None,
    })
}

/// The console of the small registry. It is made when it is first opened.
fn play_console(scene: &'static Scene) -> El {
    let language = use_language();
    let open = RwSignal::new(false);
    let content = move || {
        if open.get() {
            console("play-console", Some(&scene.model), Opening::Empty)
        } else {
            Vec::new()
        }
    };
    details()
        .class("play-console")
        .on(ev::toggle, move |_| {
            if !open.get_untracked() {
                open.set(true);
            }
        })
        .child(summary().text(language.drawer().title))
        .child(div().dynamic(content))
}

/// The rules of the small registry: said, or to be switched.
fn rules(both: bool) -> El {
    let (store, announcer) = (use_registry(), use_announcer());
    let texts = use_language().play();
    let words = move |rules: RuleSet| match rules {
        RuleSet::Guided => texts.rules_guided,
        RuleSet::Mlflow => texts.rules_mlflow,
    };
    if !both {
        return p()
            .class("quiet")
            .text(move || words(store.rules.get()).to_owned());
    }
    let choose = move |rules: RuleSet| {
        store.rules.set(rules);
        announcer.announce(words(rules).to_owned());
    };
    rules_switch("play", texts.rules_label, choose)
}
