//! Code that can be copied, and run on a copy of a small registry.

use std::rc::Rc;

use leptos::prelude::*;

use crate::runner::copy_button::copy_button;
use crate::runner::lazy::{Run, run, use_runner};
use crate::runner::result::{Ran, run_result};
use crate::session::{use_announcer, use_language};
use crate::ui::highlight::highlight;
use el::{El, RwSignal, action, code, div, pre};

/// Returns how code is run on a small registry, which is made anew each time.
pub type Start = Box<dyn Fn(String) -> Run>;

/// Lines of code. Where they say something that a console can carry out, and there is a start for it, they can be run: what they
/// come to is shown below.
pub fn code_box(text: &str, start: Option<Start>) -> El {
    let (language, announcer) = (use_language(), use_announcer());
    let ran = RwSignal::new(None::<Ran>);
    let runner = use_runner();
    let actions = div().class("actions");
    let actions = match start {
        None => actions,
        Some(start) => {
            let (start, text): (_, Rc<str>) = (Rc::new(start), text.into());
            let code = Rc::clone(&text);
            let button = move || {
                let (start, text) = (Rc::clone(&start), Rc::clone(&text));
                action(language.practice().run_it, move || {
                    let (start, text) = (Rc::clone(&start), Rc::clone(&text));
                    runner.when_here(move || {
                        let now = run(language, start(text.to_string()));
                        if let Some(now) = &now {
                            announcer.speak(now.words.clone());
                        }
                        ran.set(now);
                    });
                })
            };
            actions.show(move || runner.may_run(&code), button)
        }
    };
    let result = move || {
        ran.with(|ran| {
            let shown = ran.as_ref();
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
        .child(actions.child(copy_button(text)))
        .child(runner.sign())
        .child(div().dynamic(result))
}
