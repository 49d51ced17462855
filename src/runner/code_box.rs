//! Code that can be copied, and run on a copy of a small registry.

use leptos::prelude::*;

use crate::runner::copy_button::copy_button;
use crate::runner::lines::outcome;
use crate::runner::result::run_result;
use crate::session::{use_announcer, use_language};
use crate::ui::highlight::highlight;
use console::Console;
use el::{El, RwSignal, action, code, div, pre};
use lesson::pack::Act;
use lesson::run::Played;

/// Makes the small registry anew on which code is run; nothing where there is none.
pub type Start = Box<dyn Fn() -> Option<Played>>;

/// Lines of code. Where they say something that a console can carry out, and there is a start for it, they can be run: the
/// start is made anew each time, and what the lines come to is shown below.
pub fn code_box(text: &str, start: Option<Start>) -> El {
    let (language, announcer) = (use_language(), use_announcer());
    let ran = RwSignal::new(None::<Played>);
    let start = start.filter(|start| Console::default().count(text) > 0 && start().is_some());
    let run = start.map(|start| {
        let text = text.to_owned();
        action(language.practice().run_it, move || {
            let mut played = start();
            if let Some(played) = played.as_mut() {
                played.act(&Act::Say(text.clone()));
                announcer.speak(outcome(language, played));
            }
            ran.set(played);
        })
    });
    let result = move || {
        ran.with(|played| {
            let shown = played.as_ref();
            untrack(|| shown.map(run_result))
        })
        .into_iter()
        .collect()
    };
    div()
        .class("code-box")
        .child(
            pre()
                .attr("tabindex", "0")
                .child(code().children(highlight(text))),
        )
        .child(
            div()
                .class("actions")
                .children(run)
                .child(copy_button(text)),
        )
        .child(div().dynamic(result))
}
