//! `#/progress`: a map of the topics with what is mastered in each, what is due, and how each question and exercise went.

use crate::browser;
use crate::practice::due::{due_exercises, exercise_link};
use crate::practice::misconceptions::misconceptions;
use crate::session::{use_language, use_learner};
use crate::ui::icon::stage_marks;
use crate::ui::page::title;
use crate::ui::ring::ring;
use el::{
    El, RwSignal, a, action, div, h2, h3, li, p, section, span, table, tbody, td, th, thead, tr, ul,
};
use leptos::prelude::*;
use lesson::markdown::plain;
use lesson::own;
use lesson::pack::{Objective, Pack, Question};
use lesson::progress::{Outcome, Progress};
use registry::Time;
use share::route::Route;
use text::{Language, exercise as words};

const DAY: u64 = 86_400_000;
/// How many rows of a table are shown at first, and how many more each time.
const PAGE: usize = 8;

/// The page.
pub fn progress() -> Vec<El> {
    let learner = use_learner();
    let texts = use_language().progress();
    let content = move || {
        learner.progress.track();
        untrack(known)
    };
    vec![
        div()
            .class("progress-page section")
            .child(title(texts.title))
            .child(p().class("lead").text(texts.intro))
            .child(div().class("progress-known").dynamic(content)),
    ]
}

fn known() -> Vec<El> {
    let (language, learner) = (use_language(), use_learner());
    let texts = language.progress();
    let Some(pack) = own::practice() else {
        return vec![p().text(language.practice().unreadable)];
    };
    let progress = learner.progress.with_untracked(Clone::clone);
    if progress.is_empty() {
        let way = a()
            .class("button-link")
            .attr("href", Route::Lesson.to_string())
            .text(texts.to_lesson);
        return vec![
            stage_marks(),
            p().class("empty").text(texts.empty),
            p().child(way),
        ];
    }
    let now = browser::now();
    let held = misconceptions(pack, &progress, |_| true).map(|misconceptions| {
        section()
            .class("section")
            .child(h2().text(texts.misconceptions))
            .child(misconceptions)
    });
    let mut made = vec![
        due(language, &progress, now),
        topics(language, pack, &progress, now),
    ];
    made.extend(held);
    made.extend(exercises(language, &progress, now));
    made.extend(questions(language, pack, &progress, now));
    made
}

/// How far the lesson and the exercises have come, and what is due now.
fn due(text: Language, progress: &Progress, now: Time) -> El {
    let texts = text.progress();
    let steps = own::STEPS
        .iter()
        .filter(|(id, _)| progress.is_step_done(id))
        .count();
    let solved = own::EXERCISES
        .iter()
        .filter(|one| {
            progress
                .exercise(one.id)
                .is_some_and(|known| known.is_solved())
        })
        .count();
    let far = |done: usize, whole: usize, words: String| {
        li().child(ring(done, done, whole))
            .child(span().text(words))
    };
    let (all_steps, all_exercises) = (own::STEPS.len(), own::EXERCISES.len());
    let sums = ul()
        .class("progress-sums")
        .child(far(steps, all_steps, texts.steps_done(&steps, &all_steps)))
        .child(far(
            solved,
            all_exercises,
            texts.exercises_solved(&solved, &all_exercises),
        ));
    let made = words::made_sum(text, progress);
    let made = made.map(|sum| p().class("quiet").id("made-sum").text(sum));
    let count = progress.due(now).count();
    let exercises = due_exercises();
    let said = if count > 0 {
        let way = a()
            .class("button-link")
            .attr("href", Route::Practice.to_string())
            .text(texts.practise_due);
        let words = text.practice().due(count);
        Some(p().class("actions").child(span().text(words)).child(way))
    } else if exercises.is_none() {
        let next = progress.next_due();
        let next = next.map_or_else(String::new, |next| texts.next_due(&browser::date(next)));
        Some(p().text(format!("{} {next}", texts.nothing_due)))
    } else {
        None
    };
    section()
        .class("section progress-due")
        .child(sums)
        .children(made)
        .children(said)
        .children(exercises)
}

/// The map: each topic with its ring.
fn topics(text: Language, pack: &Pack, progress: &Progress, now: Time) -> El {
    let texts = text.progress();
    let topics = pack.objectives.iter();
    let topics = topics.map(|objective| topic(text, pack, objective, progress, now));
    section()
        .class("section")
        .child(h2().text(texts.objectives))
        .child(ul().class("topics").children(topics))
        .child(p().class("quiet").text(texts.mastered_note))
}

/// A topic. Its link leads to what is best asked next: what is due, else what is new.
fn topic(text: Language, pack: &Pack, objective: &Objective, progress: &Progress, now: Time) -> El {
    let texts = text.progress();
    let about: Vec<&Question> = pack
        .questions
        .iter()
        .filter(|question| question.objective == objective.id)
        .collect();
    let known = |question: &Question| progress.question(question.id.as_str());
    let is_due = |question: &Question| {
        known(question).is_some_and(|known| known.last.is_some() && known.due <= now)
    };
    let count = |holds: &dyn Fn(&Question) -> bool| about.iter().filter(|one| holds(one)).count();
    let tried = count(&|one| known(one).is_some());
    let mastered = count(&|one| progress.is_mastered(one.id.as_str()));
    let due = count(&is_due);
    let state = match tried {
        0 => texts.topic_new.to_owned(),
        _ => texts.topic_state(&mastered, &about.len()),
    };
    let due = (due > 0).then(|| span().class("topic-due").text(texts.topic_due(due)));
    let next = about
        .iter()
        .find(|one| is_due(one))
        .or_else(|| about.iter().find(|one| known(one).is_none()))
        .or_else(|| about.first());
    let to = next.map_or(Route::Practice, |next| Route::Question(next.id.clone()));
    li().class("topic")
        .child(ring(mastered, tried, about.len()))
        .child(
            div()
                .child(h3().child(a().attr("href", to.to_string()).text(&objective.title)))
                .child(p().class("quiet").text(state).children(due)),
        )
}

/// How the exercises went: what comes back first stands first; what the app no longer has, last.
fn exercises(text: Language, progress: &Progress, now: Time) -> Option<El> {
    let texts = text.progress();
    let mut known: Vec<_> = progress
        .exercises()
        .map(|(id, one)| (own::listed(id), one))
        .collect();
    known.sort_by_key(|(listed, one)| (listed.is_none(), one.review.due.max(now)));
    let rows: Vec<El> = known
        .into_iter()
        .map(|(listed, one)| {
            let name = listed.map_or_else(|| span().text(texts.unknown_exercise), exercise_link);
            let best = match (one.best, listed) {
                (None, _) if one.review.last == Some(Outcome::Shown) => {
                    texts.solution_seen.to_owned()
                }
                (None, _) => texts.not_solved.to_owned(),
                (Some(best), listed) => {
                    let steps = text.exercises().steps(best as usize);
                    match listed {
                        None => steps,
                        Some(listed) if best <= listed.par => texts.best_is(&steps),
                        Some(listed) => texts.best_of(&steps, &listed.par),
                    }
                }
            };
            let hints = match (one.best, one.hints) {
                (None, _) => texts.never.to_owned(),
                (Some(_), 0) => texts.hints_none.to_owned(),
                (Some(_), hints) => texts.hints(hints as usize),
            };
            tr().child(td().child(name))
                .child(td().text(best))
                .child(td().text(hints))
                .child(td().text(comes_back(text, one.review.due, now)))
        })
        .collect();
    let heads = [
        texts.col_exercise,
        texts.col_best,
        texts.col_hints,
        texts.col_next,
    ];
    one_by_one(text, texts.exercises, heads, rows)
}

/// When something comes back, in words.
fn comes_back(text: Language, due: Time, now: Time) -> String {
    let texts = text.progress();
    match due.0.checked_sub(now.0) {
        None | Some(0) => texts.now.to_owned(),
        Some(left) if left < DAY => texts.today.to_owned(),
        Some(left) => {
            let days = usize::try_from(left / DAY).unwrap_or(usize::MAX);
            texts.in_days(days)
        }
    }
}

/// A table with a row for each; nothing where there is none. It shows a part, and more on request.
fn one_by_one(text: Language, name: &str, heads: [&str; 4], rows: Vec<El>) -> Option<El> {
    if rows.is_empty() {
        return None;
    }
    let texts = text.progress();
    let heads = heads.map(|name| th().attr("scope", "col").text(name));
    let limit = RwSignal::new(PAGE);
    let count = rows.len();
    let shown = rows.into_iter().enumerate();
    let shown =
        shown.map(|(at, row)| row.attr("hidden", move || (limit.get() <= at).then(String::new)));
    let more = move || {
        let more = action(texts.more, move || limit.update(|limit| *limit += 4 * PAGE));
        let more = (limit.get() < count).then(|| more.class("quiet-button"));
        more.into_iter().collect()
    };
    Some(
        section()
            .class("section")
            .child(h2().text(name))
            .child(
                div()
                    .class("table-scroll")
                    .attr("tabindex", "0")
                    .attr("role", "group")
                    .attr("aria-label", name)
                    .child(
                        table()
                            .class("progress-table")
                            .child(thead().child(tr().children(heads)))
                            .child(tbody().children(shown)),
                    ),
            )
            .child(div().dynamic(more)),
    )
}

fn questions(text: Language, pack: &Pack, progress: &Progress, now: Time) -> Option<El> {
    let texts = text.progress();
    // What comes back first stands first; what the pack no longer has, last.
    let mut known: Vec<_> = progress
        .questions()
        .map(|(id, known)| {
            let question = pack.questions.iter().find(|one| one.id.as_str() == id);
            (question.is_none(), known.due.max(now), question, known)
        })
        .collect();
    known.sort_by_key(|(is_gone, due, ..)| (*is_gone, *due));
    let rows: Vec<El> = known
        .into_iter()
        .map(|(_, _, question, known)| {
            let name = question.map_or_else(
                || span().text(texts.unknown_question),
                |question| {
                    a().attr("href", Route::Question(question.id.clone()).to_string())
                        .text(plain(&question.ask))
                },
            );
            let last = match known.last {
                Some(Outcome::Right) => texts.last_right,
                Some(Outcome::Wrong) => texts.last_wrong,
                Some(Outcome::Shown) => texts.last_shown,
                None => texts.never,
            };
            let due = comes_back(text, known.due, now);
            tr().child(td().child(name))
                .child(td().text(known.tries.to_string()))
                .child(td().text(last))
                .child(td().text(due))
        })
        .collect();
    let heads = [
        texts.col_question,
        texts.col_tries,
        texts.col_last,
        texts.col_next,
    ];
    one_by_one(text, texts.questions, heads, rows)
}
