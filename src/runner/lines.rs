//! Lines of code that can be run on a small registry, each with what it comes to.

use leptos::prelude::untrack;

use crate::runner::copy_button::copy_button;
use crate::session::{use_announcer, use_language, use_registry};
use crate::ui::highlight::highlight;
use crate::ui::markdown::line as prose_line;
use el::{El, RwSignal, action, code, div, h2, li, ol, p, section};
use lesson::pack::{Act, Loads, Pack, Play, Scene};
use lesson::run::{Failure, Loaded, Played};
use registry::Registry;
use text::explain::explain;
use text::{Language, narrate};

/// The lines of a step, below a heading. What a line loads, the app loads from then on.
pub fn run_lines(
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
        let run = move || {
            let mut played = untrack(|| store.played(scene));
            played.act(&Act::Say(line.code.clone()));
            store.take_run(&played);
            if let Some(now) = played.loads() {
                loads.set(now);
            }
            let words = outcome(language, &played);
            announcer.speak(words.clone());
            failed.set(played.failure.is_some());
            result.set(words);
            ran.update(|ran| {
                if let Some(ran) = ran.get_mut(at) {
                    *ran = true;
                }
            });
        };
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
                            .child(action(texts.run, run).attr("aria-label", name))
                            .child(copy_button(&line.code)),
                    ),
            )
            .child(prose_line(pack, p().class("quiet"), &line.note))
            .child(p().class("code-result").text(move || {
                // What a line came to belongs to the registry before it was started over.
                if is_run() {
                    result.get()
                } else {
                    String::new()
                }
            }))
    });
    ol().class("code-lines").children(rows)
}

/// What a run came to, in words.
pub fn outcome(text: Language, played: &Played) -> String {
    let texts = text.play();
    match (&played.failure, &played.loaded) {
        (Some(failure), _) => failed(text, failure),
        (None, _) if !played.printed.is_empty() => played.printed.clone(),
        (None, Some(loaded)) => loaded_words(text, played.registry(), played, loaded),
        (None, None) => played.log.done().last().map_or_else(
            || texts.ran.to_owned(),
            |entry| narrate::narrate(text, entry),
        ),
    }
}

/// Why a run ended early, in words.
pub fn failed(text: Language, failure: &Failure) -> String {
    match failure {
        Failure::Refused(refusal) => {
            let words = explain(text, refusal);
            let said = words
                .mlflow_says
                .map_or_else(String::new, |said| format!(" ({said})"));
            format!("{}. {}{said}", words.rule, words.why)
        }
        Failure::Unread { diagnostic, .. } => text::diagnostic::diagnostic(text, &diagnostic.kind),
    }
}

fn loaded_words(text: Language, registry: &Registry, played: &Played, loaded: &Loaded) -> String {
    let texts = text.play();
    let Some(version) = loaded.version else {
        return texts.file_nowhere.to_owned();
    };
    let source = registry
        .model(&played.model)
        .and_then(|model| model.version(version))
        .map_or_else(String::new, |version| version.source().to_string());
    texts.loads(&version, &source)
}
