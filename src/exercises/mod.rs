//! An exercise at work: its own small registry, its goal, its hints, its solution and its result.

pub mod attempt;
pub mod check;
pub mod class_list;
pub mod generated;
pub mod given_lazy;
pub mod goal;
pub mod head;
pub mod help_lazy;
pub mod hints;
pub mod lazy;
pub mod list;
pub mod materials;
mod next_step;
pub mod page;
pub mod result;
pub mod share_dialog;
pub mod share_lazy;
pub mod shared;
mod solution;
pub mod solution_place;
pub mod solver;
pub mod workspace;

use std::time::Duration;

use leptos::prelude::*;

use crate::browser;
use crate::embed_code::row_of;
use crate::exercises::attempt::Work;
use crate::exercises::head::exercise_head;
use crate::ui::icon::{TICK, icon};
use crate::ui::markdown::line;
use crate::ui::menu::{Menu, close_by_press};
use crate::ui::undo_keys;
use ::embed::{Frame, View};
use el::{El, RwSignal, action, div, li, p};
use lesson::exercise::Exercise;
use lesson::exercise::recipe_query::RecipeQuery;
use lesson::pack::Pack;
use registry::RuleSet;

pub use crate::exercises::attempt::Origin;

/// An exercise, ready to be done.
pub fn exercise(pack: &'static Pack, exercise: &'static Exercise, origin: Origin) -> Vec<El> {
    let work = Work::begin(pack, exercise, origin);
    undo_keys::listen_in(work.store);
    browser::set_title(&work.language.shell().title(&exercise.title));
    let (share, place) = share_lazy::dialog(work);
    let mut page = work.sandbox.with(|| at_work(work, share));
    page.push(place);
    page
}

/// What works on the exercise's own registry.
fn at_work(work: Work, share: impl Fn() + Clone + 'static) -> Vec<El> {
    let beside = div()
        .class("exercise-side")
        .child(crate::exercises::goal::goal(work))
        .child(crate::exercises::hints::hints(work));
    // What one works with comes in a task of its own, after what is read: the browser can answer a press between them.
    let has_time = RwSignal::new(false);
    set_timeout(move || has_time.set(true), Duration::ZERO);
    let main = move || -> Vec<El> {
        if !has_time.get() {
            return Vec::new();
        }
        untrack(|| {
            let given = crate::exercises::given_lazy::given(work).into_iter();
            std::iter::once(crate::exercises::goal::strip(work))
                .chain(given)
                .chain([crate::exercises::workspace::bench(work), notes(work)])
                .collect()
        })
    };
    let main = div().class("exercise-main").dynamic(main);
    vec![
        head(work, share),
        div()
            .class("result-place")
            .dynamic(move || crate::exercises::result::result(work)),
        crate::exercises::solution_place::solution(work),
        div().class("exercise").child(beside).child(main),
    ]
}

/// What has to be in sight wherever one is on the page: that the goal is met, or that no way leads there any more.
fn notes(work: Work) -> El {
    let texts = work.language.tasks();
    let solved = move || -> Vec<El> {
        if !work.solved.get() {
            return Vec::new();
        }
        let see = action(texts.see_result, || browser::focus_soon("result-title"));
        let (steps, par) = (work.steps(), u64::from(work.task().par));
        let count = usize::try_from(steps).unwrap_or(usize::MAX);
        let steps = match work.language.exercises().steps(count) {
            words if count as u64 <= par => texts.solved_best(&words),
            words => texts.solved_in(&words, &par),
        };
        let next = crate::exercises::result::next_exercise(work);
        vec![
            div()
                .class("solved-note solved-now")
                .child(p().child(icon("mark", TICK)).text(steps))
                .child(
                    div()
                        .class("actions")
                        .child(see.id("see-result"))
                        .children(next.map(|next| next.id("next-at-once"))),
                ),
        ]
    };
    div()
        .class("exercise-notes")
        .attr("role", "status")
        .dynamic(solved)
        .dynamic(move || crate::exercises::hints::dead_end(work))
}

/// Title, story, and the rules in force.
fn head(work: Work, share: impl Fn() + Clone + 'static) -> El {
    let exercise = work.exercise;
    let texts = work.language.tasks();
    let mut objectives = work.pack.objectives.iter();
    let objective = objectives.find(|one| one.id == exercise.objective);
    let play = work.language.play();
    let rules = match exercise.task.rules {
        RuleSet::Guided => play.rules_guided,
        RuleSet::Mlflow => play.rules_mlflow,
    };
    let not_counted = matches!(work.origin, Origin::Shared(_))
        .then(|| p().class("quiet").id("not-counted").text(texts.not_counted));
    let view = match work.origin {
        Origin::Pack => Some(View::Exercise(exercise.id.clone())),
        Origin::Made(recipe) => Some(View::Made(RecipeQuery::from(recipe))),
        Origin::Shared(_) => None,
    };
    let menu = Menu::new();
    let embed = view.and_then(|view| row_of(&menu, move || Frame::of(view.clone())));
    let (embed, place) = embed.unzip();
    let inside = menu.clone();
    let rows = move || {
        let share = inside.row(texts.share, share.clone());
        std::iter::once(li().child(share.id("share-exercise")))
            .chain(embed.as_ref().map(|row| row()))
            .collect()
    };
    close_by_press();
    let menu = menu.filled(texts.menu.to_owned(), rows);
    exercise_head(
        &exercise.title,
        objective.map(|objective| objective.title.as_str()),
        line(work.pack, p(), &exercise.story),
    )
    .child(p().class("quiet").text(rules))
    .children(not_counted)
    .child(menu.class("menu corner-menu"))
    .children(place)
}
