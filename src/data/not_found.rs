//! An address that leads nowhere: the pages that were probably meant, and ways on.

use crate::session::use_language;
use crate::ui::page::title;
use el::{El, a, div, el, p};
use lesson::own;
use share::route::Route;
use share::route::near::{Known, near};

/// The page for every other address.
pub fn not_found(path: &str) -> Vec<El> {
    let texts = use_language().shell();
    // A very long address is cut: it is there to be recognised, not to be read.
    let short: String = path.chars().take(80).collect();
    let body = texts.not_found_body(&format!("#{short}"));
    let way = |to: Route, name: &str| {
        a().class("button-link")
            .attr("href", to.to_string())
            .text(name)
    };
    vec![
        div()
            .class("reading section")
            .child(title(texts.not_found_title))
            .child(p().text(&body))
            .children(meant(path))
            .child(
                p().class("actions")
                    .child(way(Route::Lesson, texts.not_found_lesson))
                    .child(way(Route::Registry, texts.not_found_way)),
            ),
    ]
}

/// The pages that were probably meant.
fn meant(path: &str) -> Vec<El> {
    let steps: Vec<&str> = own::STEPS.iter().map(|(id, _)| *id).collect();
    let exercises: Vec<&str> = own::EXERCISES.iter().map(|listed| listed.id).collect();
    let found = near(
        path,
        Known {
            steps: &steps,
            questions: own::QUESTIONS,
            exercises: &exercises,
        },
    );
    if found.is_empty() {
        return Vec::new();
    }
    let texts = use_language().shell();
    let words = match found.len() {
        1 => texts.not_found_near_one,
        _ => texts.not_found_near,
    };
    let links = found.into_iter().map(|page| {
        let address = page.to_string();
        let name = match &page {
            Route::Step(id) => own::step_title(id.as_str()),
            Route::Exercise(id) => own::listed(id.as_str()).map(|listed| listed.title),
            _ => None,
        };
        let name = name.map_or_else(|| address.clone(), |name| format!("{name} ({address})"));
        el("li").child(a().attr("href", address).text(&name))
    });
    vec![p().text(words), el("ul").class("near").children(links)]
}
