//! A small registry inside a step of the lesson: what is shown of it, what is to be reached, and whether it is.

use leptos::prelude::*;

use super::board::board;
use super::diagram::diagram;
use super::icon::icon;
use super::lenses::lenses;
use super::live::live_now;
use super::refusal::global_refusal;
use super::run_lines::run_lines;
use super::traffic::{Start, traffic};
use crate::app::dom::{El, Live, action, div, el, fieldset, input, label, legend, p, span};
use crate::app::shell::dialog_host;
use crate::app::state::Session;
use crate::lesson::pack::{Loads, Play, Scene, Show};
use crate::registry::{RuleSet, Stage};

/// What is to be done in the step. `done` is set once it is reached, and stays.
pub fn play(session: Session, play: &'static Play, scene: &'static Scene, done: Live<bool>) -> El {
    let texts = session.text.play();
    let session = session.scratch(scene);
    let ran = Live::new(vec![false; play.lines.len()]);
    let loads = Live::new(
        play.loads
            .clone()
            .unwrap_or(Loads::Stage(Stage::Production)),
    );
    let reached = move || {
        if play.reach.is_empty() {
            ran.with(|ran| ran.iter().all(|ran| *ran))
        } else {
            let played = session.played(scene);
            play.reach.iter().all(|condition| condition.holds(&played))
        }
    };
    let met = Live::new(false);
    Effect::new(move || {
        let reached = reached();
        if met.get_untracked() != reached {
            met.set(reached);
        }
        if reached && !done.get_untracked() {
            done.set(true);
        }
    });
    let state = p()
        .class("play-state")
        .attr("role", "status")
        .dynamic(move || {
            let met = met.get();
            let mark = met.then(|| icon("mark", super::choose::TICK));
            let words = if met { texts.met } else { texts.open };
            let class = if met { "met" } else { "open" };
            vec![span().class(class).children(mark).text(words)]
        });
    let nothing_done = move || session.history(|log| log.can_undo().is_err());
    let start = session.history(|log| log.step());
    let undo = action(texts.undo, move || session.undo()).flag_with("disabled", move || {
        nothing_done() || session.history(|log| log.step() <= start)
    });
    let again = action(texts.again, move || {
        session.start_over(scene);
        ran.set(vec![false; play.lines.len()]);
        session.say(texts.started_over.to_owned());
    });
    let bar = div()
        .class("play-bar")
        .child(rules(session, play.both_rules))
        .child(state)
        .child(div().class("actions").child(undo).child(again));
    let shown = play.show.iter().map(|show| match show {
        Show::Diagram => diagram(session, &scene.model),
        Show::Board => board(session, &scene.model),
        Show::Answers => live_now(session, &scene.model),
        Show::Code => run_lines(session, play, scene, ran, loads),
        Show::Traffic => traffic(session, &scene.model, loads, Start::InView),
        Show::Aliases => lenses(session, &scene.model),
    });
    div()
        .class("play-box")
        .child(bar)
        .child(div().dynamic(move || global_refusal(session)))
        .child(said(session))
        .children(shown)
        .child(dialog_host(session))
}

/// What just changed, to be read; a screen reader gets it from the page's own live region.
fn said(session: Session) -> El {
    p().class("said")
        .attr("aria-hidden", "true")
        .text_with(move || session.said.get().sentence)
}

/// The rules of the small registry: said, or to be switched.
fn rules(session: Session, both: bool) -> El {
    let texts = session.text.play();
    let shell = session.text.shell();
    if !both {
        return p().class("quiet").text_with(move || {
            let words = match session.rules.get() {
                RuleSet::Guided => texts.rules_guided,
                RuleSet::Mlflow => texts.rules_mlflow,
            };
            words.to_owned()
        });
    }
    let choice = move |rules: RuleSet, id: &str, name: &str| {
        [
            input()
                .attr("type", "radio")
                .attr("name", "play-rules")
                .id(id)
                .class("visually-hidden")
                .prop_with("checked", move || (session.rules.get() == rules).into())
                .on("change", move |_| {
                    session.rules.set(rules);
                    let words = match rules {
                        RuleSet::Guided => texts.rules_guided,
                        RuleSet::Mlflow => texts.rules_mlflow,
                    };
                    session.say(words.to_owned());
                }),
            label().attr("for", id).text(name),
        ]
    };
    let choices = el("span")
        .class("switch-choices")
        .children(choice(RuleSet::Guided, "play-guided", shell.rules_guided))
        .children(choice(RuleSet::Mlflow, "play-mlflow", shell.rules_mlflow));
    fieldset()
        .class("switch")
        .child(legend().text(texts.rules_label))
        .child(choices)
}
