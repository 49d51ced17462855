//! `#/`: what this is about, and the way in.

use crate::app::components::icon::{stage_class, stage_name};
use crate::app::dom::{El, a, dd, div, dl, dt, el, figcaption, figure, h1, h2, p, strong};
use crate::app::state::Session;
use crate::registry::Stage;
use crate::route::Route;

/// The start page.
pub fn home(session: Session) -> Vec<El> {
    let texts = session.text.home();
    let stages = [
        (Stage::None, texts.stage_none),
        (Stage::Staging, texts.stage_staging),
        (Stage::Production, texts.stage_production),
        (Stage::Archived, texts.stage_archived),
    ];
    let stages = stages.map(|(stage, meaning)| {
        div()
            .class(stage_class(stage))
            .child(dt().child(stage_name(stage)))
            .child(dd().text(meaning))
    });
    let code = |title: &str, line: &str, note: &str| {
        figure()
            .child(figcaption().child(strong().text(title)))
            .child(el("pre").text(line))
            .child(p().class("quiet").text(note))
    };
    let start = a()
        .class("button-link")
        .attr("href", Route::Registry.to_string())
        .text(texts.start);
    vec![
        div()
            .class("reading section")
            .child(
                h1().id("page-title")
                    .attr("tabindex", "-1")
                    .text(texts.title),
            )
            .child(p().class("lead").text(texts.hook))
            .child(p().child(start))
            .child(h2().text(texts.problem_title))
            .child(p().text(texts.problem))
            .child(h2().text(texts.idea_title))
            .child(p().text(texts.idea))
            .child(dl().class("stage-list").children(stages))
            .child(
                div()
                    .class("code-pair")
                    .child(code(texts.before, texts.before_code, texts.before_note))
                    .child(code(texts.after, texts.after_code, texts.after_note)),
            )
            .child(h2().text(texts.honest_title))
            .child(p().text(texts.honest)),
    ]
}
