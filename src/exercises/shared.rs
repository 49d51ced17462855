//! `#/share/mx1.…`: an exercise that somebody has put into a link. It is shown and, if wanted, tried; nothing of the learner's
//! is touched by it.

use std::cell::RefCell;

use leptos::prelude::*;

use crate::browser;
use crate::exercises::{Origin, exercise};
use crate::session::use_language;
use crate::ui::markdown::line;
use crate::ui::page::{message, title};
use el::{El, RwSignal, a, action, dd, div, dl, dt, h2, li, ol, p, ul};
use lesson::exercise::standalone::Standalone;
use lesson::exercise::{Exercise, Wording};
use lesson::pack::{Id, Pack};
use lesson::{markdown, own};
use registry::RuleSet;
use share::NoTask;
use share::route::Route;
use share::task::{self, key};
use text::{goal, task_share as words};

/// An exercise that came in, and the id under which an attempt at it is kept.
type Found = (&'static Standalone, &'static Id);

thread_local! {
    /// What was read already. It stays as long as the page is open: the same link brings the same exercise.
    static READ: RefCell<Vec<(String, Found)>> = const { RefCell::new(Vec::new()) };
}

/// The page.
pub fn shared_exercise(text: &str) -> Vec<El> {
    let language = use_language();
    match read(text) {
        Ok(found) => preview(found),
        Err(NoTask::Link(why)) => {
            let texts = language.shared();
            let why = words::no_task(language, why);
            let way = language.shared_task().to_exercises;
            vec![message(texts.wrong_title, &why, &Route::Exercises, way)]
        }
        Err(NoTask::Problems(problems)) => {
            let texts = language.shared_task();
            let told = words::bad_task(language, &problems);
            let told = told.into_iter().map(|words| li().text(words));
            let way = a()
                .class("button-link")
                .attr("href", Route::Exercises.to_string())
                .text(texts.to_exercises);
            vec![
                div()
                    .class("reading section")
                    .child(title(texts.bad_title))
                    .child(p().text(texts.bad_intro))
                    .child(ul().class("prose-list shared-problems").children(told))
                    .child(p().child(way)),
            ]
        }
    }
}

fn read(text: &str) -> Result<Found, NoTask> {
    let known = READ.with_borrow(|read| {
        let known = read.iter().find(|(known, _)| known == text);
        known.map(|(_, found)| *found)
    });
    if let Some(found) = known {
        return Ok(found);
    }
    let standalone = task::parse(text, &Route::is_page)?;
    let id = key(text).unwrap_or_else(|| standalone.exercise.id.clone());
    let found: Found = (Box::leak(Box::new(standalone)), Box::leak(Box::new(id)));
    READ.with_borrow_mut(|read| read.push((text.to_owned(), found)));
    Ok(found)
}

/// What it is, and whether to try it.
fn preview((standalone, id): Found) -> Vec<El> {
    let language = use_language();
    let texts = language.shared_task();
    browser::set_title(&language.shell().title(&texts.title));
    let tries = RwSignal::new(false);
    let content = move || {
        if tries.get() {
            let (pack, found) = (&standalone.pack, &standalone.exercise);
            return untrack(|| exercise(pack, found, Origin::Shared(id)));
        }
        let go = action(texts.try_it, move || {
            tries.set(true);
            browser::focus_soon("page-title");
        });
        let leave = action(texts.leave, || browser::go(&Route::Home));
        vec![
            div()
                .class("reading section shared-task")
                .child(title(texts.title))
                .child(p().class("lead").text(texts.promise))
                .child(h2().text(&standalone.exercise.title))
                .child(line(
                    &standalone.pack,
                    p().class("story"),
                    &standalone.exercise.story,
                ))
                .child(facts(standalone))
                .children(own_one(&standalone.exercise))
                .child(
                    div()
                        .class("actions")
                        .child(go.class("primary").id("shared-try"))
                        .child(leave.id("shared-leave")),
                ),
        ]
    };
    vec![div().class("parts").dynamic(content)]
}

/// Leads to the app's own exercise, where it is exactly that.
fn own_one(exercise: &Exercise) -> Option<El> {
    let texts = use_language().shared_task();
    let same = own::exercises()?.exercise(&exercise.id)? == exercise;
    same.then(|| {
        let way = a()
            .attr("href", Route::Exercise(exercise.id.clone()).to_string())
            .text(&exercise.title);
        p().id("shared-own")
            .text(format!("{} ", texts.own_one))
            .child(way)
    })
}

fn facts(standalone: &Standalone) -> El {
    let language = use_language();
    let texts = language.shared_task();
    let play = language.play();
    let Standalone { pack, exercise } = standalone;
    let task = &exercise.task;
    let rules = match task.rules {
        RuleSet::Guided => play.rules_guided,
        RuleSet::Mlflow => play.rules_mlflow,
    };
    let goal = task.goal.iter().map(|named| {
        let name = goal::name(language, task, named);
        line(pack, li(), &name)
    });
    let par = usize::try_from(task.par).unwrap_or(usize::MAX);
    let fact = |list: El, name: &str, what: El| list.child(dt().text(name)).child(dd().child(what));
    let list = dl().class("shared-facts");
    let list = fact(list, texts.rules, p().text(rules));
    let list = fact(list, texts.goal, ol().class("prose-list").children(goal));
    let list = fact(list, texts.best, p().text(language.exercises().steps(par)));
    let outside = outside(pack, exercise);
    if outside.is_empty() {
        return list;
    }
    let addresses = outside.into_iter().map(|to| li().text(to));
    fact(list, texts.leads_out, ul().children(addresses))
}

/// The addresses outside of the app that its words lead to, as they are: whoever tries it has seen them.
fn outside(pack: &Pack, exercise: &Exercise) -> Vec<String> {
    let mut found: Vec<String> = pack.sources.iter().map(|it| it.url.clone()).collect();
    let words = exercise.words().into_iter();
    for words in words.filter(|words| words.kind != Wording::Code) {
        let links = markdown::links(&markdown::parse(words.text));
        found.extend(links.into_iter().filter(|to| to.starts_with("https://")));
    }
    found.sort();
    found.dedup();
    found
}
