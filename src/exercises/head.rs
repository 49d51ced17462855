//! The head of the page of an exercise: where it belongs, its title, what it practises, its story. For the app's own
//! exercises it is there before the rest of the page is, and is read meanwhile.

use crate::session::use_language;
use crate::ui::page::title;
use el::{El, a, header, p};
use share::route::Route;

/// The head. `story` is the story as a line of its pack.
pub fn exercise_head(name: &str, objective: Option<&str>, story: El) -> El {
    let texts = use_language().task_head();
    let practises = objective.map(|objective| {
        let words = texts.practises(&objective);
        p().class("quiet").text(words)
    });
    let all = a()
        .attr("href", Route::Exercises.to_string())
        .text(format!("← {}", texts.all));
    header()
        .class("page-head exercise-head")
        .child(p().child(all))
        .child(title(name))
        .children(practises)
        .child(story.class("story"))
}
