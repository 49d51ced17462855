//! How it went: steps against the best, hints, what it teaches, the receipt, and the way on.

use leptos::prelude::*;

use crate::browser;
use crate::exercises::attempt::{Origin, Work};
use crate::history_quiz::opener::opener;
use crate::ui::markdown::{line, prose};
use el::{El, Memo, a, action, details, div, h2, h3, p, section, summary};
use lesson::exercise::outcome::outcome;
use lesson::exercise::recipe_query::RecipeQuery;
use lesson::own::EXERCISES;
use lesson::pack::Id;
use registry::Time;
use share::route::Route;
use text::exercise;

/// The result, once the goal is met.
pub fn result(work: Work) -> Vec<El> {
    let texts = work.language.tasks();
    if !work.solved.get() {
        return Vec::new();
    }
    untrack(|| work.ask_from_start());
    // Where the history is on the page, the questions stand there.
    let questions = (!work.task().told).then(|| opener(None));
    let content = section()
        .class("feedback right result")
        .attr("aria-labelledby", "result-title")
        .child(
            h2().id("result-title")
                .attr("tabindex", "-1")
                .text(texts.solved),
        )
        .child(score(work))
        .children(debrief(work))
        .children(time(work))
        .child(div().class("receipt-box").dynamic(move || receipt(work)))
        .children(questions)
        .child(ways_on(work));
    vec![content]
}

/// The steps against the best, and the hints.
fn score(work: Work) -> El {
    let texts = work.language.tasks();
    let text = work.language;
    let steps = Memo::new(move || {
        let best = work.best.get()?;
        let machine = work.machine()?;
        let outcome = work
            .store
            .history(|log| outcome(work.task(), &machine, log, &best));
        Some(exercise::outcome(text, &outcome))
    });
    let pack = work.pack;
    div()
        .class("score")
        .dynamic(move || match steps.get() {
            Some(words) => vec![line(pack, p().class("score-steps"), &words)],
            None => vec![p().class("quiet").text(texts.thinking)],
        })
        .dynamic(move || {
            let taken = usize::try_from(work.hints.get()).unwrap_or(usize::MAX);
            let words = match taken {
                0 => texts.hints_none.to_owned(),
                taken => texts.hints_taken(taken),
            };
            let shown = work.shown.get();
            let before = match work.origin {
                Origin::Pack => texts.shown_before,
                // These are not counted at any time.
                Origin::Made(_) | Origin::Shared(_) => texts.shown_once,
            };
            let shown = shown.then(|| p().text(before));
            let mut said = vec![p().text(words)];
            said.extend(shown);
            said
        })
}

fn debrief(work: Work) -> Vec<El> {
    let texts = work.language.tasks();
    let exercise = work.exercise;
    let mut shown = Vec::new();
    if !exercise.debrief.is_empty() {
        shown.push(h3().text(texts.debrief));
        shown.extend(prose(work.pack, &exercise.debrief));
    }
    if !exercise.at_work.is_empty() {
        shown.push(h3().text(texts.at_work));
        shown.push(line(work.pack, p(), &exercise.at_work));
    }
    shown
}

/// How long it took, for who wants to know. What was begun at another time has no time.
fn time(work: Work) -> Option<El> {
    let texts = work.language.tasks();
    let begun = work.begun.get_untracked()?;
    let Time(now) = browser::now();
    let seconds = now.saturating_sub(begun.0) / 1_000;
    let words = texts.minutes(&(seconds / 60), &(seconds % 60));
    Some(
        details()
            .class("time")
            .child(summary().text(texts.time))
            .child(p().text(words)),
    )
}

fn receipt(work: Work) -> Vec<El> {
    let announcer = work.announcer;
    let texts = work.language.tasks();
    let head = h3().text(texts.receipt);
    let Some(receipt) = work.receipt() else {
        return vec![head, p().text(texts.no_receipt)];
    };
    let text = receipt.to_string();
    let route = Route::Check(text.clone());
    let (copied, link) = (text.clone(), browser::address(&route));
    let is_shared = matches!(work.origin, Origin::Shared(_));
    let shared = is_shared.then(|| p().text(texts.shared_receipt));
    let actions = div()
        .class("actions")
        .child(action(texts.copy_receipt, move || {
            announcer.copy(copied.clone());
        }))
        .child(action(texts.copy_link, move || {
            announcer.copy(link.clone())
        }))
        .child(a().attr("href", route.to_string()).text(texts.check_it));
    let receipt = p().class("receipt mono").verbatim().id("receipt");
    [
        head,
        p().class("quiet").text(work.language.exercises().proves),
    ]
    .into_iter()
    .chain(shared)
    .chain([receipt.text(text), actions])
    .collect()
}

/// The way to the next exercise, or to another one of the same kind; nothing after the last.
pub fn next_exercise(work: Work) -> Option<El> {
    let texts = work.language.tasks();
    let link = |to: Route| a().class("button-link").attr("href", to.to_string());
    if let Origin::Made(recipe) = work.origin {
        let query = RecipeQuery { seed: None, recipe };
        return Some(link(Route::New(query.to_string())).text(texts.another));
    }
    // A shared one has no place in the pack, whatever its id is.
    let here = EXERCISES
        .iter()
        .position(|one| work.origin == Origin::Pack && one.id == work.exercise.id.as_str());
    let next = EXERCISES.get(here? + 1)?;
    let name = texts.next_exercise(&next.title);
    Some(link(Route::Exercise(Id::parse(next.id)?)).text(name))
}

fn ways_on(work: Work) -> El {
    let next = next_exercise(work).map(|next| next.id("next-exercise"));
    let ways = div().class("actions").children(next);
    if let Origin::Made(_) = work.origin {
        return ways;
    }
    let all = a()
        .attr("href", Route::Exercises.to_string())
        .text(work.language.task_head().all);
    ways.child(all)
}
