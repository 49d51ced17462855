//! The views of a registry: the scene, the board, the diagram, the console. Each works on a registry of its own, in memory.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::browser;
use crate::console::lazy::console;
use crate::console::transcript::Opening;
use crate::registry::board::{board, board_of_app};
use crate::registry::diagram_lazy::diagram;
use crate::registry::dialog_host::{dialog_host, no_data_dialog};
use crate::registry::refusals;
use crate::registry::scene::scene;
use crate::registry::traffic::{Reloads, Traffic};
use crate::session::offer::{self, Offer};
use crate::session::{Sandbox, use_language, use_registry};
use crate::ui::page::{announcement_line, title};
use ::embed::{Frame, Kind};
use el::{El, RwSignal, action, div, ev, label, p, select, span};
use lesson::own;
use lesson::pack::Loads;
use lesson::run::Played;
use registry::{Log, ModelName, RuleSet, Stage, sample};
use share::link;
use text::{embed as words_of, share as words};

/// The view of a registry.
pub fn world(shown: Frame) -> Vec<El> {
    let language = use_language();
    let begun = match &shown.options.start {
        Some(text) => link::parse(text).map(|shared| (shared.log, shared.rules)),
        None => Ok(usual(shown.view.kind())),
    };
    let (log, rules) = match begun {
        Ok(begun) => begun,
        Err(why) => {
            let why = words::no_link(language, why);
            return vec![
                div()
                    .class("reading section")
                    .child(p().text(language.shared().wrong_title))
                    .child(p().id("embed-problem").text(why)),
            ];
        }
    };
    let rules = shown.options.rules.unwrap_or(rules);
    let sandbox = Sandbox::of_log(log.clone(), rules);
    sandbox.with(|| parts(&shown, sandbox, log, rules))
}

/// What is there where nothing else is asked for: the scene's own registry, or the sample.
fn usual(kind: Kind) -> (Log, RuleSet) {
    let scene = own::start().filter(|_| kind == Kind::Scene);
    match scene {
        Some(scene) => {
            let played = Played::new(scene, None);
            (played.log, played.rules)
        }
        None => (sample::sample(browser::now()).0, RuleSet::default()),
    }
}

fn parts(shown: &Frame, sandbox: Sandbox, log: Log, rules: RuleSet) -> Vec<El> {
    let (language, store) = (use_language(), use_registry());
    let texts = language.framed();
    let models: Vec<ModelName> = store.log.with_untracked(|log| {
        let models = log.registry().models();
        models.map(|model| model.name().clone()).collect()
    });
    // The one with the most to do; of several, the first.
    let largest = store.log.with_untracked(|log| {
        let models = log.registry().models();
        let largest = models.reduce(|largest, model| {
            if model.version_count() > largest.version_count() {
                model
            } else {
                largest
            }
        });
        largest.map(|model| model.name().clone())
    });
    let chosen = RwSignal::new(largest);
    let reset = move || {
        sandbox.put(log.clone());
        store.rules.set(rules);
        store.announcer.announce(texts.started_again.to_owned());
    };
    let reset: Rc<dyn Fn()> = Rc::new(reset);
    offer::offer(Offer {
        store,
        reset: Rc::clone(&reset),
        receipt: Rc::new(|| None),
    });
    let kind = shown.view.kind();
    let name = words_of::view(language, kind);
    // The line runs once, not again for another model.
    let line = Cell::new(shown.options.line.clone());
    let content = move || {
        let Some(model) = chosen.get() else {
            return Vec::new();
        };
        untrack(|| view_of(kind, &model, line.take()))
    };
    let words = move || match store.rules.get() {
        RuleSet::Guided => texts.rules_guided.to_owned(),
        RuleSet::Mlflow => texts.rules_mlflow.to_owned(),
    };
    let again = action(texts.restart, move || reset()).class("resets quiet-button");
    let bar = div()
        .class("play-bar")
        .child(p().class("quiet").text(words))
        .child(div().class("actions").child(again));
    vec![
        div()
            .class("embed-world")
            .child(title(name).class("visually-hidden"))
            .children((models.len() > 1).then(|| choice(models, chosen)))
            .child(div().class("parts").dynamic(content))
            .child(bar)
            .child(dialog_host(no_data_dialog)),
    ]
}

/// Which model is shown, where there are several.
fn choice(models: Vec<ModelName>, chosen: RwSignal<Option<ModelName>>) -> El {
    let texts = use_language().framed();
    let options = models.iter().enumerate().map(|(at, name)| {
        el::el("option")
            .attr("value", at.to_string())
            .attr(
                "selected",
                chosen.with_untracked(|chosen| chosen.as_ref() == Some(name)),
            )
            .text(name.as_str())
    });
    let list = select().children(options).on_value(ev::change, move |at| {
        let at = at.parse().ok();
        chosen.set(at.and_then(|at: usize| models.get(at).cloned()));
    });
    label()
        .class("workspace")
        .child(span().class("quiet").text(texts.model))
        .child(list)
}

fn view_of(kind: Kind, model: &ModelName, line: Option<String>) -> Vec<El> {
    let said = || {
        div()
            .class("scene-said")
            .child(announcement_line())
            .child(div().dynamic(refusals::refusal))
    };
    match kind {
        Kind::Scene => {
            let loads = RwSignal::new(Loads::Stage(Stage::Production));
            let traffic = Traffic::new(model, loads, None, Reloads::ByItself);
            traffic.play();
            vec![scene(traffic, board_of_app(model, loads))]
        }
        Kind::Diagram => vec![diagram(model), said()],
        Kind::Console => {
            let model = model.clone();
            // It is made once, and the page keeps it.
            let opening = line.map_or(Opening::Empty, |line| Opening::Runs(line.leak()));
            let made = move || console("embed-console", Some(&model), opening);
            vec![div().class("parts").dynamic(made), said()]
        }
        _ => vec![board(model), said()],
    }
}
