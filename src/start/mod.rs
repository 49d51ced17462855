//! `#/`: the start page: what this is about, the scene to try it in, and the doors to everything else.

pub mod lazy;
pub mod scene;

use crate::embed_code::opener;
use crate::session::{Learner, use_language, use_learner};
use crate::ui::markdown::line_alone;
use crate::ui::page::title;
use ::embed::{Frame, View};
use el::{El, Memo, a, button, div, li, nav, p, span, strong, ul};
use lesson::own;
use share::route::Route;

/// The page.
pub fn start() -> Vec<El> {
    let texts = use_language().start();
    let head = div()
        .class("start-head")
        .child(p().class("start-what").text(texts.what))
        .child(title(texts.title))
        .child(line_alone(p().class("lead"), texts.intro));
    vec![
        div()
            .class("start")
            .child(head)
            .child(div().class("start-scene").dynamic(lazy::scene))
            .child(doors()),
    ]
}

/// The ways on. The first alone is made anew when it is known where the learner was: who was in the lesson goes on there.
fn doors() -> El {
    let texts = use_language().start();
    let learner = use_learner();
    let at = Memo::new(move || place(learner));
    let first = move || {
        let (name, body) = match at.get() {
            Some((at, step)) => (texts.go_on(&(at + 1), &step), texts.go_on_body),
            None => (texts.learn(&own::MINUTES), texts.learn_body),
        };
        vec![door(&Route::Lesson, &name, body).class("door main")]
    };
    let practice = texts.practice_body(own::QUESTIONS.len());
    let exercises = texts.exercises_body(own::EXERCISE_IDS.len());
    let doors = [
        door(&Route::Practice, texts.practice, &practice),
        door(&Route::Exercises, texts.exercises, &exercises),
        door(&Route::Registry, texts.registry, texts.registry_body),
        door(&Route::Class, texts.class, texts.class_body),
    ];
    let author = named(button(), texts.author, texts.author_body);
    let author = opener(author.class("door embed-opener"), || Frame::of(View::Scene));
    let others = doors.into_iter().chain(author).map(|door| li().child(door));
    let all = ul()
        .class("doors")
        .child(li().dynamic(first))
        .children(others);
    nav().attr("aria-label", texts.ways).child(all)
}

fn door(to: &Route, name: &str, body: &str) -> El {
    named(a().attr("href", to.to_string()), name, body)
}

/// Makes a way on of what can be pressed.
fn named(pressed: El, name: &str, body: &str) -> El {
    pressed
        .class("door")
        .child(strong().text(name))
        .child(span().text(body))
}

/// The step where the learner was, as long as there is something left to do in the lesson: its place and its title.
fn place(learner: Learner) -> Option<(usize, &'static str)> {
    learner.progress.with(|progress| {
        let kept = progress.place()?;
        let at = own::STEPS.iter().position(|(id, _)| *id == kept)?;
        let is_open = own::STEPS.iter().any(|(id, _)| !progress.is_step_done(id));
        let (_, title) = own::STEPS.get(at)?;
        is_open.then_some((at, *title))
    })
}
