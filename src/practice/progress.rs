//! `#/progress`: what was tried, what is mastered, and when it comes back. The data is the learner's: out, in, and gone.

use crate::practice::due::{due_exercises, exercise_link};
use crate::practice::misconceptions::misconceptions;
use crate::session::{use_announcer, use_language, use_learner};
use crate::ui::file_field::{file_brings, file_brings_nothing, file_field, file_is_wrong};
use crate::ui::page::title;
use crate::{browser, data};
use el::{El, RwSignal, a, action, div, el, h2, p, section, span, table, tbody, td, th, thead, tr};
use leptos::prelude::*;
use lesson::markdown::plain;
use lesson::own;
use lesson::pack::{Pack, Question};
use lesson::progress::{FileError, MAX_BYTES, Outcome, Progress, from_file, to_file};
use registry::Time;
use share::route::Route;
use text::{Language, exercise as words};

const DAY: u64 = 86_400_000;

/// The page.
pub fn progress() -> Vec<El> {
    let learner = use_learner();
    let texts = use_language().progress();
    let before = RwSignal::new(None::<Progress>);
    let content = move || {
        learner.progress.track();
        untrack(known)
    };
    vec![
        div()
            .class("reading section")
            .child(title(texts.title))
            .child(p().class("lead").text(texts.intro)),
        div().class("reading section").dynamic(content),
        div().class("reading section").child(own_data(before)),
        div().class("reading section").dynamic(data::lazy::card),
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
        return vec![p().class("empty").text(texts.empty), p().child(way)];
    }
    let now = browser::now();
    let done = own::STEPS
        .iter()
        .filter(|(id, _)| progress.is_step_done(id))
        .count();
    let steps = texts.steps_done(&done, &own::STEPS.len());
    let lesson = section()
        .class("section")
        .child(h2().text(texts.lesson))
        .child(
            p().class("meter-row")
                .child(meter(done, own::STEPS.len(), &steps))
                .child(span().text(steps)),
        );
    let made = words::made_sum(language, &progress);
    let lesson = lesson
        .children(solved(language, &progress))
        .children(made.map(|sum| p().id("made-sum").text(sum)));
    let is_due = progress.due(now).next().is_some();
    let due_exercises = due_exercises();
    let due = match progress.next_due() {
        Some(next) if !is_due => texts.next_due(&browser::date(next)),
        _ => String::new(),
    };
    let due = if is_due {
        let count = progress.due(now).count();
        let way = a()
            .class("button-link")
            .attr("href", Route::Practice.to_string())
            .text(texts.practise_due);
        let row = p().class("actions");
        let words = language.practice().due(count);
        Some(row.child(span().text(words)).child(way))
    } else if due_exercises.is_none() {
        Some(p().text(format!("{} {due}", texts.nothing_due)))
    } else {
        None
    };
    let held = misconceptions(pack, &progress, |_| true).map(|misconceptions| {
        section()
            .class("section")
            .child(h2().text(texts.misconceptions))
            .child(misconceptions)
    });
    let mut made = vec![lesson];
    made.extend(due);
    made.extend(due_exercises);
    made.push(objectives(language, pack, &progress, now));
    made.extend(held);
    made.extend(exercises(language, &progress, now));
    made.push(questions(language, pack, &progress, now));
    made
}

/// How many exercises are solved; nothing where none was tried.
fn solved(text: Language, progress: &Progress) -> Option<El> {
    progress.exercises().next()?;
    let known = own::EXERCISES
        .iter()
        .filter_map(|one| progress.exercise(one.id));
    let done = known.filter(|one| one.is_solved()).count();
    let count = own::EXERCISES.len();
    let words = text.progress().exercises_solved(&done, &count);
    let row = p()
        .class("meter-row")
        .child(meter(done, count, &words))
        .child(span().text(words));
    Some(row)
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
    if rows.is_empty() {
        return None;
    }
    let heads = [
        texts.col_exercise,
        texts.col_best,
        texts.col_hints,
        texts.col_next,
    ];
    let shown = section()
        .class("section")
        .child(h2().text(texts.exercises))
        .child(scrolled(texts.exercises, heads.map(column), rows));
    Some(shown)
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

fn meter(part: usize, whole: usize, words: &str) -> El {
    el("meter")
        .attr("min", "0")
        .attr("max", whole.max(1).to_string())
        .attr("value", part.to_string())
        .attr("aria-label", words)
}

fn column(name: &str) -> El {
    th().attr("scope", "col").text(name)
}

fn objectives(text: Language, pack: &Pack, progress: &Progress, now: Time) -> El {
    let texts = text.progress();
    let rows = pack.objectives.iter().map(|objective| {
        let about: Vec<&Question> = pack
            .questions
            .iter()
            .filter(|question| question.objective == objective.id)
            .collect();
        let count = |holds: &dyn Fn(&Question) -> bool| {
            about.iter().filter(|question| holds(question)).count()
        };
        let tried = count(&|question| progress.question(question.id.as_str()).is_some());
        let mastered = count(&|question| progress.is_mastered(question.id.as_str()));
        let due = count(&|question| {
            let known = progress.question(question.id.as_str());
            known.is_some_and(|known| known.last.is_some() && known.due <= now)
        });
        let share = |part: usize| {
            let words = texts.of(&part, &about.len());
            td().child(
                div()
                    .class("meter-row")
                    .child(meter(part, about.len(), &words))
                    .child(span().text(words)),
            )
        };
        tr().child(th().attr("scope", "row").text(&objective.title))
            .child(share(tried))
            .child(share(mastered))
            .child(td().text(due.to_string()))
    });
    let heads = [
        texts.col_objective,
        texts.col_tried,
        texts.col_mastered,
        texts.col_due,
    ];
    section()
        .class("section")
        .child(h2().text(texts.objectives))
        .child(scrolled(
            texts.objectives,
            heads.map(column),
            rows.collect(),
        ))
        .child(p().class("quiet").text(texts.mastered_note))
}

fn scrolled(name: &str, heads: impl IntoIterator<Item = El>, rows: Vec<El>) -> El {
    div()
        .class("table-scroll")
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", name)
        .child(
            table()
                .class("progress-table")
                .child(thead().child(tr().children(heads)))
                .child(tbody().children(rows)),
        )
}

fn questions(text: Language, pack: &Pack, progress: &Progress, now: Time) -> El {
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
    if rows.is_empty() {
        return div();
    }
    let heads = [
        texts.col_question,
        texts.col_tries,
        texts.col_last,
        texts.col_next,
    ];
    section()
        .class("section")
        .child(h2().text(texts.questions))
        .child(scrolled(texts.questions, heads.map(column), rows))
}

/// The data as a file, read in, and deleted; both can be taken back.
fn own_data(before: RwSignal<Option<Progress>>) -> El {
    let (announcer, learner) = (use_announcer(), use_learner());
    let texts = use_language().progress();
    // A file that is too large is not read, so it has no error of its own.
    let read = RwSignal::new(None::<Result<Progress, FileError>>);
    let is_empty = move || learner.progress.with(Progress::is_empty);
    let export = action(texts.export, move || {
        let text = learner.progress.with_untracked(to_file);
        browser::download("model-stages-progress.json", &text);
    })
    .attr("disabled", is_empty);
    let change = move |change: &dyn Fn(&mut Progress), words: &str| {
        before.set(Some(learner.progress.with_untracked(Clone::clone)));
        learner.learned(change);
        announcer.announce(words.to_owned());
    };
    let delete = action(texts.delete, move || {
        change(
            &|progress| progress.replace(Progress::default()),
            texts.deleted,
        );
        browser::focus_soon("progress-undo");
    })
    .class("danger")
    .id("delete-progress")
    .attr("disabled", is_empty);
    let undo = move || -> Vec<El> {
        let Some(was) = before.get() else {
            return Vec::new();
        };
        let back = action(texts.undo, move || {
            before.set(None);
            learner.learned(|progress| progress.replace(was.clone()));
            announcer.announce(texts.undone.to_owned());
        });
        let said = p().text(move || announcer.shown.get().sentence);
        vec![
            div()
                .class("actions")
                .id("progress-undo")
                .attr("tabindex", "-1")
                .child(said)
                .child(back),
        ]
    };
    let file = file_field(
        "import-progress",
        texts.import_label,
        "application/json,.json",
        MAX_BYTES,
        move |text| {
            read.set(Some(match text {
                Ok(text) => from_file(&text),
                Err(_) => Err(FileError::TooLarge),
            }));
            browser::focus_soon("import-result");
        },
    );
    let id = "import-result";
    let told = move |words: &str| file_brings_nothing(id, words);
    let wrong = move |words: &str| file_is_wrong(id, words);
    let preview = move || -> Vec<El> {
        let other = match read.get() {
            None => return Vec::new(),
            Some(Ok(other)) => other,
            Some(Err(FileError::TooLarge)) => return wrong(texts.import_large),
            Some(Err(FileError::Newer)) => return wrong(texts.import_newer),
            Some(Err(FileError::Content(why))) => {
                return wrong(&texts.import_damaged(&why));
            }
            Some(Err(FileError::NotJson(_) | FileError::Foreign)) => {
                return wrong(texts.import_foreign);
            }
        };
        let brings = learner
            .progress
            .with_untracked(|progress| progress.merge_preview(&other));
        if brings.is_nothing() {
            return told(texts.import_nothing);
        }
        let counted = [
            (brings.new_questions, texts.import_new(brings.new_questions)),
            (
                brings.newer_questions,
                texts.import_later(brings.newer_questions),
            ),
            (
                brings.kept_questions,
                texts.import_kept(brings.kept_questions),
            ),
            (brings.exercises, texts.import_exercises(brings.exercises)),
            (brings.new_steps, texts.import_steps(brings.new_steps)),
        ];
        let counted = counted
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(_, words)| words);
        let said = [
            (texts.import_place, brings.place),
            (texts.import_round, brings.round),
        ];
        let said = said
            .into_iter()
            .filter(|(_, holds)| *holds)
            .map(|(words, _)| words.to_owned());
        let rows = counted.chain(said).collect();
        let take = action(texts.import_take, move || {
            change(&|progress| progress.take_in(&other), texts.imported);
            read.set(None);
            browser::focus_soon("progress-undo");
        })
        .class("primary");
        let cancel = action(texts.cancel, move || read.set(None));
        file_brings(id, texts.import_title, rows, take, cancel)
    };
    section()
        .class("section")
        .child(h2().text(texts.own_data))
        .child(div().class("actions").child(export).child(delete))
        .child(div().dynamic(undo))
        .child(file)
        .child(div().dynamic(preview))
}
