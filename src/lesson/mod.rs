//! `#/learn` and `#/learn/<step>`: the lesson, a step at a time, with something to do in each.

pub mod choice;
pub mod claims;
pub mod lazy;
pub mod playground;
pub mod stages_and_aliases;

use std::fmt::Display;

use leptos::prelude::*;

use crate::browser;
use crate::embed_code::opener;
use crate::lesson::choice::choose;
use crate::session::frame::{self, Happened};
use crate::session::{Learner, use_announcer, use_language, use_learner};
use crate::ui::icon::{TICK, icon};
use crate::ui::markdown::{line, prose};
use crate::ui::page::{message, title};
use ::embed::{Frame, View};
use el::{El, RwSignal, a, div, el, h2, li, nav, ol, p, section, span, strong, ul};
use lesson::own;
use lesson::pack::{Id, Pack, Step};
use share::route::Route;
use text::Language;
use text::LearnText;

/// A step of the lesson; without an id, the one where the learner was.
pub fn learn(id: Option<&Id>) -> Vec<El> {
    let learner = use_learner();
    let texts = use_language().learn();
    let Some(pack) = own::prose() else {
        return vec![notice(texts.unreadable, "")];
    };
    let place = learner.progress.with_untracked(|progress| {
        let kept = progress.place()?;
        pack.steps.iter().position(|step| step.id.as_str() == kept)
    });
    let at = match id {
        None => Some(place.unwrap_or(0)),
        Some(id) => pack.steps.iter().position(|step| step.id == *id),
    };
    let Some((at, step)) = at.and_then(|at| Some((at, pack.steps.get(at)?))) else {
        return vec![notice(texts.missing_title, texts.missing_body)];
    };
    // A step in somebody else's page is not where the learner is in the lesson.
    if place != Some(at) && (id.is_some() || at > 0) && !frame::is_framed() {
        let id = step.id.to_string();
        learner.learned(move |progress| progress.set_place(&id, browser::now()));
    }
    vec![lesson(pack, at, step)]
}

fn notice(title: &str, body: &str) -> El {
    let texts = use_language().learn();
    let first = own::STEPS.first().map_or("", |(id, _)| id);
    let way = Id::parse(first).map_or(Route::Lesson, Route::Step);
    message(title, body, &way, texts.missing_way)
}

fn lesson(pack: &'static Pack, at: usize, step: &'static Step) -> El {
    let (announcer, learner) = (use_announcer(), use_learner());
    let texts = use_language().learn();
    // What was chosen, and whether it was done, is as the learner has left it.
    let id = step.id.as_str();
    let (kept, was_done) = learner.progress.with_untracked(|progress| {
        let chosen = progress.choice(id).and_then(|chosen| {
            let mut options = step.choose.as_ref()?.options.iter();
            options.position(|option| option.id.as_str() == chosen)
        });
        (chosen, progress.is_step_done(id))
    });
    let answered = RwSignal::new(kept);
    let played = RwSignal::new(was_done);
    // A step that has nothing to do is done by reading it, and a wrong answer does nothing.
    let chosen = move || step.choose.is_none() || answered.get().is_some();
    let is_right = move || {
        step.choose.as_ref().is_none_or(|choose| {
            let is_judged = choose.options.iter().any(|option| option.right);
            let chosen = answered.get().and_then(|at| choose.options.get(at));
            chosen.is_some_and(|option| option.right || !is_judged)
        })
    };
    let done = move || is_right() && (step.goal.is_empty() || played.get());
    Effect::new(move || {
        if done() {
            let first = learner
                .progress
                .with_untracked(|progress| !progress.is_step_done(id));
            if !first {
                return;
            }
            learner.learned(|progress| progress.step_done(id, browser::now()));
            frame::tell(&Happened::StepDone(id));
            if !step.goal.is_empty() {
                announcer.announce(texts.step_done(&step.title));
            }
        }
    });
    let choice = step
        .choose
        .as_ref()
        .map(|chooses| choose(pack, &step.id, chooses, answered));
    let task = move || -> Vec<El> {
        if step.goal.is_empty() || !chosen() {
            return Vec::new();
        }
        let is_done = played.get();
        let words = if is_done { texts.task_done } else { texts.task };
        let mark = is_done.then(|| icon("mark", TICK));
        let head = strong().class("task-state").children(mark).text(words);
        vec![line(pack, p().class("goal").child(head), &step.goal)]
    };
    let play = move || -> Vec<El> {
        match step.goal.is_empty() {
            true => Vec::new(),
            false => lazy::playground(&step.id, played),
        }
    };
    let after = move || -> Vec<El> {
        if step.after.is_empty() || !done() {
            return Vec::new();
        }
        vec![
            section()
                .class("after")
                .child(h2().text(texts.why))
                .children(prose(pack, &step.after)),
        ]
    };
    let takeaways = (!step.takeaways.is_empty()).then(|| {
        let items = step.takeaways.iter().map(|item| line(pack, li(), item));
        ul().class("takeaways").children(items)
    });
    let count = texts.step(&(at + 1), &pack.steps.len());
    let plays = !step.goal.is_empty();
    div()
        .class(if plays { "lesson plays" } else { "lesson" })
        .child(
            div()
                .class("lesson-head")
                .child(steps(pack, at))
                .child(p().class("quiet step-count").text(count))
                .child(title(&step.title)),
        )
        .child(
            div()
                .class("lesson-words")
                .child(div().class("prose").children(prose(pack, &step.text)))
                .children(takeaways)
                .children(choice),
        )
        .child(
            div()
                .class("lesson-task")
                .attr("role", "status")
                .dynamic(task),
        )
        .child(div().class("lesson-scene").dynamic(play))
        .child(div().class("lesson-after").dynamic(after))
        .child(ways(pack, at, done))
}

/// All steps, as links; those that are done are marked.
fn steps(pack: &'static Pack, at: usize) -> El {
    let learner = use_learner();
    let texts = use_language().learn();
    let items = pack.steps.iter().enumerate().map(move |(nth, step)| {
        let is_done = move || {
            learner
                .progress
                .with(|progress| progress.is_step_done(step.id.as_str()))
        };
        let link = a()
            .attr("href", Route::Step(step.id.clone()).to_string())
            .attr("title", &step.title)
            .class(("done", is_done))
            .child(
                span()
                    .attr("aria-hidden", "true")
                    .text((nth + 1).to_string()),
            )
            .child(span().class("visually-hidden").text(move || {
                let done = if is_done() { texts.done } else { "" };
                format!("{} {done}", step.title)
            }));
        let link = if nth == at {
            link.attr("aria-current", "step")
        } else {
            link
        };
        li().child(link)
    });
    nav()
        .class("steps")
        .attr("aria-label", texts.steps)
        .child(ol().children(items))
}

/// Back and on. As long as there is something to do, going on is possible but quiet.
fn ways(pack: &'static Pack, at: usize, done: impl Fn() -> bool + Copy + 'static) -> El {
    let (language, learner) = (use_language(), use_learner());
    let texts = language.learn();
    let to = |step: &Step| a().attr("href", Route::Step(step.id.clone()).to_string());
    let link = move |step: &Step, words: &str, name: fn(&LearnText, &dyn Display) -> String| {
        to(step)
            .id("next-step")
            .attr("aria-label", name(texts, &step.title))
            .text(words)
    };
    let back = at
        .checked_sub(1)
        .and_then(|before| pack.steps.get(before))
        .map(|step| {
            let name = texts.back_to(&step.title);
            let link = to(step).class("way-back").attr("aria-label", name);
            link.text(texts.back)
        });
    let next = pack.steps.get(at + 1);
    let on = move || -> Vec<El> {
        let Some(next) = next else {
            return vec![
                p().text(at_the_end(language, learner, pack)),
                a().class("button-link")
                    .attr("href", Route::Practice.to_string())
                    .text(texts.to_practice),
                a().class("quiet-link")
                    .attr("href", Route::Tutorials.to_string())
                    .text(texts.to_claims),
                a().class("quiet-link")
                    .attr("href", Route::Registry.to_string())
                    .text(texts.to_registry),
            ];
        };
        let before = learner.progress.with(|progress| {
            pack.steps
                .get(at)
                .is_some_and(|step| progress.is_step_done(step.id.as_str()))
        });
        vec![if done() || before {
            link(next, texts.next, LearnText::next_to).class("button-link")
        } else {
            link(next, texts.skip, LearnText::skip_to).class("quiet-link")
        }]
    };
    let shown = pack.steps.get(at);
    let embed = shown.and_then(|step| opener(|| Frame::of(View::Step(step.id.clone()))));
    el("footer")
        .class("ways")
        .children(back)
        .children(embed)
        .child(div().class("ways-on").dynamic(on))
}

/// What is said at the end: that all is done, or what is not.
fn at_the_end(language: Language, learner: Learner, pack: &Pack) -> String {
    let texts = language.learn();
    let open: Vec<String> = learner.progress.with(|progress| {
        let steps = pack.steps.iter().enumerate();
        steps
            .filter(|(_, step)| !progress.is_step_done(step.id.as_str()))
            .map(|(at, _)| (at + 1).to_string())
            .collect()
    });
    if open.is_empty() {
        return texts.finished.to_owned();
    }
    texts.unfinished(&open.join(", "))
}
