//! Lines of code that can be run on a small registry, each with what it comes to.

use leptos::prelude::*;

use crate::runner::copy_button::copy_button;
use crate::runner::lazy::{Run, run, use_runner};
use crate::runner::result::Ran;
use crate::session::{use_announcer, use_language, use_registry};
use crate::ui::highlight::highlight;
use crate::ui::markdown::line as prose_line;
use el::{El, RwSignal, action, code, div, h2, li, ol, p, section};
use lesson::pack::{Loads, Pack, Play, Scene};

/// The lines of a step, below a heading and what stands beside that. What a line loads, the app loads from then on.
pub fn run_lines(
    beside: El,
    pack: &'static Pack,
    play: &'static Play,
    scene: &'static Scene,
    ran: RwSignal<Vec<bool>>,
    loads: RwSignal<Loads>,
) -> El {
    let title = use_language().play().code_title;
    section()
        .class("panel code-panel")
        .attr("aria-labelledby", "code-title")
        .child(h2().id("code-title").text(title))
        .child(beside)
        .child(code_lines(pack, play, scene, ran, loads))
}

/// Lines that can be run on the registry around, each with what it came to.
pub fn code_lines(
    pack: &'static Pack,
    play: &'static Play,
    scene: &'static Scene,
    ran: RwSignal<Vec<bool>>,
    loads: RwSignal<Loads>,
) -> El {
    let (language, store, announcer) = (use_language(), use_registry(), use_announcer());
    let texts = language.play();
    let rows = play.lines.iter().enumerate().map(move |(at, line)| {
        let result = RwSignal::new(String::new());
        let failed = RwSignal::new(false);
        let runner = use_runner();
        let take = move || {
            let code = Run::Code(Box::new(untrack(|| store.played(scene))), line.code.clone());
            let Some(Ran { played, words }) = run(language, code) else {
                return;
            };
            store.take_run(&played);
            if let Some(now) = played.loads() {
                loads.set(now);
            }
            announcer.speak(words.clone());
            failed.set(played.failure.is_some());
            result.set(words);
            ran.update(|ran| {
                if let Some(ran) = ran.get_mut(at) {
                    *ran = true;
                }
            });
        };
        let press = move || runner.when_here(take);
        let name = texts.run_line(&line.code);
        let is_run = move || ran.with(|ran| ran.get(at).copied().unwrap_or(false));
        li().class("code-line")
            .class(("ran", is_run))
            .class(("failed", move || is_run() && failed.get()))
            .child(
                div()
                    .class("code-line-head")
                    .child(code().children(highlight(&line.code)))
                    .child(
                        div()
                            .class("actions")
                            .child(action(texts.run, press).attr("aria-label", name))
                            .child(copy_button(&line.code)),
                    ),
            )
            // The note says what comes of it: it is not to be read before.
            .show(is_run, move || {
                prose_line(pack, p().class("quiet"), &line.note)
            })
            .child(runner.sign())
            .child(p().class("code-result").text(move || {
                // What a line came to belongs to the registry before it was started over.
                if is_run() {
                    result.get()
                } else {
                    String::new()
                }
            }))
    });
    // Whoever sees lines runs them: what does that is fetched once the page is quiet.
    let runner = use_runner();
    request_idle_callback(move || runner.ahead());
    ol().class("code-lines").children(rows)
}
