//! The place of the solution: its heading is there at once, its steps when they have come.

use crate::browser;
use crate::exercises::attempt::Work;
use crate::exercises::help_lazy::{Help, help};
use el::{El, Memo, action, div, h2, p, section};

/// The solution, where it is asked for.
pub fn solution(work: Work) -> El {
    let texts = work.language.tasks();
    let is_open = Memo::new(move || work.playing.get().is_some());
    let content = move || -> Vec<El> {
        if !is_open.get() {
            return Vec::new();
        }
        let head = h2()
            .id("solution-title")
            .attr("tabindex", "-1")
            .text(texts.solution_title);
        vec![
            section()
                .class("panel solution")
                .attr("aria-labelledby", "solution-title")
                .child(head)
                .child(p().class("quiet").text(texts.solution_intro))
                .child(div().dynamic(move || help(work, Help::Solution)))
                .child(
                    action(texts.close, move || {
                        work.playing.set(None);
                        browser::focus_soon("hint-solution");
                    })
                    .class("quiet-button")
                    .id("solution-close"),
                ),
        ]
    };
    div().class("solution-place").dynamic(content)
}
