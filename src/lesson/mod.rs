//! `#/learn` and `#/learn/<step>`: the lesson, a step at a time, with something to do in each.

pub mod choice;
pub mod claims;
pub mod claims_lazy;
pub mod lazy;
pub mod playground;
pub mod stages_and_aliases;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement};

use crate::browser;
use crate::embed_code::opener;
use crate::lesson::choice::{AGAIN, StepQuestion};
use crate::lesson::playground::playground;
use crate::session::frame::{self, Happened};
use crate::session::{use_announcer, use_language, use_learner};
use crate::ui::icon::{TICK, icon};
use crate::ui::markdown::{line, prose};
use crate::ui::page::{message, title};
use crate::ui::piece::{STEP, ahead, piece_view};
use ::embed::{Frame, View};
use el::{
    El, Memo, RwSignal, a, action, button, div, el, ev, h2, li, nav, ol, p, section, span, strong,
    ul,
};
use lesson::own;
use lesson::pack::{Id, Pack, Step};
use lesson::piece::Piece;
use share::route::Route;

/// A step of the lesson; without an id, the one where the learner was.
pub fn learn(id: Option<&Id>) -> Vec<El> {
    let learner = use_learner();
    let texts = use_language().learn();
    let place = learner
        .progress
        .with_untracked(|progress| place_of(progress.place()?));
    let at = match id {
        None => Some(place.unwrap_or(0)),
        Some(id) => place_of(id.as_str()),
    };
    let found = at.and_then(|at| Some((at, Id::parse(own::STEPS.get(at)?.0)?)));
    let Some((at, step)) = found else {
        return vec![notice(texts.missing_title, texts.missing_body)];
    };
    if place != Some(at) && (id.is_some() || at > 0) {
        let id = step.to_string();
        learner.learned(move |progress| progress.set_place(&id, browser::now()));
    }
    if let Some((next, _)) = own::STEPS.get(at + 1)
        && !frame::is_framed()
    {
        ahead(STEP, next);
    }
    let wanted = step.clone();
    piece_view(STEP, &step, move |piece| {
        let found = piece.and_then(|Piece { pack, .. }| Some((pack, pack.step(&wanted)?)));
        found.map_or_else(
            || vec![notice(texts.unreadable, "")],
            |(pack, step)| vec![lesson(pack, at, step)],
        )
    })
}

/// Returns where a step stands.
fn place_of(id: &str) -> Option<usize> {
    own::STEPS.iter().position(|(step, _)| *step == id)
}

/// Returns the address of a step.
fn address(id: &str) -> String {
    Id::parse(id).map_or(Route::Lesson, Route::Step).to_string()
}

fn notice(title: &str, body: &str) -> El {
    let texts = use_language().learn();
    let first = own::STEPS.first().map_or("", |(id, _)| id);
    let way = Id::parse(first).map_or(Route::Lesson, Route::Step);
    message(title, body, &way, texts.missing_way)
}

/// What is known of the step that is shown.
#[derive(Clone, Copy)]
struct Shown {
    pack: &'static Pack,
    at: usize,
    step: &'static Step,
    question: Option<StepQuestion>,
    /// What was chosen.
    answered: RwSignal<Option<usize>>,
    /// Whether what is to be done was done before this visit.
    was_played: bool,
    /// Whether what is to be done was done.
    played: RwSignal<bool>,
    /// Whether the learner has gone on to what is to be done.
    tried: RwSignal<bool>,
    /// Whether what happened, and why, is in sight or was gone to: where there is one column, it stands below the scene.
    read: RwSignal<bool>,
}

impl Shown {
    /// What was chosen, and whether it was done, is as the learner has left it.
    fn new(pack: &'static Pack, at: usize, step: &'static Step) -> Self {
        let id = step.id.as_str();
        let (kept, was_done) = use_learner().progress.with_untracked(|progress| {
            let chosen = progress.choice(id).and_then(|chosen| {
                let mut options = step.choose.as_ref()?.options.iter();
                options.position(|option| option.id.as_str() == chosen)
            });
            (chosen, progress.is_step_done(id))
        });
        let answered = RwSignal::new(kept);
        let choose = step.choose.as_ref();
        Self {
            pack,
            at,
            step,
            question: choose.map(|choose| StepQuestion::new(pack, &step.id, choose, answered)),
            answered,
            was_played: was_done,
            played: RwSignal::new(was_done),
            // Where there is one column, the words are read first.
            read: RwSignal::new(was_done || !browser::matches(ONE_COLUMN)),
            tried: RwSignal::new(choose.is_none() && !browser::matches(ONE_COLUMN)),
        }
    }

    fn has_task(self) -> bool {
        !self.step.goal.is_empty()
    }

    /// Returns whether the question was answered, but not right.
    fn is_wrong(self) -> bool {
        let question = self.question.filter(|_| self.is_answered());
        question.is_some_and(|question| !question.is_right())
    }

    /// Returns whether there is no question, or it was answered.
    fn is_answered(self) -> bool {
        self.question.is_none() || self.answered.get().is_some()
    }

    /// A step that has nothing to do is done by reading it, and a wrong answer does nothing.
    fn is_done(self) -> bool {
        self.question.is_none_or(StepQuestion::is_right) && (!self.has_task() || self.played.get())
    }

    /// Returns whether the learner has gone on to what is to be done, or did it before: then it comes before the words, where
    /// there is one column. While something is done, nothing changes its place.
    fn is_playing(self) -> bool {
        self.has_task() && self.is_answered() && (self.tried.get() || self.was_played)
    }

    /// Returns whether the foot lets the learner choose anew: where nothing else is left to do.
    fn has_again_in_foot(self) -> bool {
        self.is_wrong() && !self.is_to_try()
    }

    /// Returns whether what is to be done waits for the learner to go on to it.
    fn is_to_try(self) -> bool {
        self.has_task() && !self.played.get() && !self.tried.get()
    }

    /// What is to be done, once the question is answered; and what it has come to, once it is done.
    fn task(self) -> Vec<El> {
        let texts = use_language().learn();
        if !self.has_task() || !self.is_answered() {
            return Vec::new();
        }
        let is_done = self.played.get();
        let (words, said) = match (is_done, self.was_played) {
            (false, _) => (texts.task, &self.step.goal),
            (true, false) => (texts.task_done, &self.step.done),
            // The registry of the step is as at its start.
            (true, true) => (texts.task_again, &self.step.goal),
        };
        let mark = is_done.then(|| icon("mark", TICK));
        let head = strong().class("task-state").children(mark).text(words);
        let task = p().class("goal").id(TASK).attr("tabindex", "-1");
        let is_wrong = is_done && self.is_wrong();
        let open = is_wrong.then(|| p().class("quiet").text(texts.still_wrong));
        let task = line(self.pack, task.child(head), said);
        [task].into_iter().chain(open).collect()
    }

    fn after(self) -> Vec<El> {
        if self.step.after.is_empty() || !self.is_done() {
            return Vec::new();
        }
        vec![
            section()
                .class("after")
                .child(
                    h2().id(WHY)
                        .attr("tabindex", "-1")
                        .text(use_language().learn().why),
                )
                .children(prose(self.pack, &self.step.after)),
        ]
    }
}

/// What is to be done.
const TASK: &str = "task";
/// The button in the foot that leads to it.
const TRY: &str = "try-it";
/// Where words and scene share one column (`style/lesson.css`).
const ONE_COLUMN: &str = "(max-width: 68.7rem)";
/// What happened, and why.
const WHY: &str = "why";
/// The link to the next step.
const NEXT: &str = "next-step";

fn lesson(pack: &'static Pack, at: usize, step: &'static Step) -> El {
    let shown = Shown::new(pack, at, step);
    keep_done(shown);
    let takeaways = (!step.takeaways.is_empty()).then(|| {
        let items = step.takeaways.iter().map(|item| line(pack, li(), item));
        ul().class("takeaways").children(items)
    });
    // The focus goes where the next action is.
    let answered = move || match (shown.question, shown.has_task()) {
        (Some(question), _) if !untrack(|| question.is_right()) => browser::focus_soon(AGAIN),
        (_, true) if !shown.played.get_untracked() => browser::focus_still(TRY),
        _ => browser::focus_still(NEXT),
    };
    let play = step.play.is_some().then(|| {
        // Whoever plays first needs no answer any more.
        let ready = Memo::new(move || shown.has_task() && shown.is_answered());
        div()
            .class("lesson-scene")
            .attr("inert", move || !ready.get())
            .children(playground(pack, step, ready, shown.played))
    });
    let is_last = at + 1 == own::STEPS.len();
    let count = use_language().learn().step(&(at + 1), &own::STEPS.len());
    let head = div()
        .class("lesson-head")
        .child(steps(at))
        .child(p().class("quiet step-count").text(count))
        .child(title(&step.title));
    let words = div()
        .class("lesson-words")
        .child(div().class("prose").children(prose(pack, &step.text)))
        .children(takeaways)
        .children(
            shown
                .question
                .map(|question| question.form(answered, move || shown.has_again_in_foot())),
        )
        .show(
            move || shown.has_task() && !shown.is_answered(),
            || p().class("quiet").text(use_language().learn().answer_first),
        );
    let task = div().class("lesson-task").attr("role", "status");
    div()
        .class(match (&step.play, shown.has_task()) {
            (None, _) => "lesson",
            (Some(_), false) => "lesson plays pictured",
            (Some(_), true) => "lesson plays",
        })
        .class(("asks", move || shown.question.is_some()))
        .class(("playing", move || shown.is_playing()))
        .child(head)
        .child(words)
        .child(task.dynamic(move || shown.task()))
        .children(play)
        .child(div().class("lesson-after").dynamic(move || shown.after()))
        .children(is_last.then(at_the_end))
        .children(opener(
            button()
                .class("embed-opener quiet-button")
                .text(use_language().framed().embed),
            || Frame::of(View::Step(step.id.clone())),
        ))
        .child(foot(shown))
        .on(ev::keydown, |event| {
            if event.key() == "Enter" && !event.repeat() && is_on_words(event.target()) {
                press_foot();
            }
        })
}

/// Keeps that the step was done, says so, and takes the focus on where the learner has nothing more to do.
fn keep_done(shown: Shown) {
    let (announcer, learner) = (use_announcer(), use_learner());
    let texts = use_language().learn();
    let id = shown.step.id.as_str();
    Effect::new(move || {
        let was_done = learner
            .progress
            .with_untracked(|progress| progress.is_step_done(id));
        if !shown.is_done() || was_done {
            return;
        }
        learner.learned(|progress| progress.step_done(id, browser::now()));
        frame::tell(Happened::StepDone(shown.step.id.clone()));
        if shown.has_task() {
            announcer.announce(texts.step_done(&shown.step.title));
            let line = browser::focused()
                .and_then(|it| it.closest(".code-panel, .scene-next").ok().flatten());
            if line.is_some() || is_on_words(browser::focused().map(Into::into)) {
                browser::focus_still(NEXT);
            }
        }
    });
}

/// Returns whether nothing that Enter presses has the focus: Enter is for the foot then.
fn is_on_words(focused: Option<EventTarget>) -> bool {
    let element = focused.and_then(|it| it.dyn_into::<Element>().ok());
    element.is_none_or(|element| {
        matches!(
            element.closest("a, button, input, select, textarea, summary, dialog, [tabindex='0']"),
            Ok(None)
        )
    })
}

/// Presses what leads on, unless it is to leave something undone.
fn press_foot() {
    let on = browser::all(".ways .primary, .ways .button-link").pop();
    if let Some(Ok(on)) = on.map(JsCast::dyn_into::<HtmlElement>) {
        on.click();
    }
}

/// All steps, as links; those that are done are marked.
fn steps(at: usize) -> El {
    let learner = use_learner();
    let texts = use_language().learn();
    let steps = own::STEPS.iter().enumerate();
    let items = steps.map(move |(nth, (id, name))| {
        let is_done = move || learner.progress.with(|progress| progress.is_step_done(id));
        let link = a()
            .attr("href", address(id))
            .attr("title", *name)
            .class(("done", is_done))
            .child(
                span()
                    .attr("aria-hidden", "true")
                    .text((nth + 1).to_string()),
            )
            .child(span().class("visually-hidden").text(move || {
                let done = if is_done() { texts.done } else { "" };
                format!("{name} {done}")
            }));
        let link = if nth == at {
            link.attr("aria-current", "step")
        } else {
            link
        };
        li().child(link)
    });
    nav()
        .class("steps")
        .attr("aria-label", texts.steps)
        .child(ol().children(items))
}

/// Goes on to what is to be done: to where it stands, or, where there is one column, to the top of the step, where it comes then.
fn try_it(shown: Shown) {
    shown.tried.set(true);
    if browser::matches(ONE_COLUMN) {
        browser::scroll_to_top();
        browser::focus_soon(TASK);
    } else {
        browser::focus_still(TASK);
        browser::show_soon(TASK, "center");
    }
}

/// What leads back and on, and always in sight: to check the answer, to try what is to be done, to continue. As long as there
/// is something to do, going on is possible but quiet.
fn foot(shown: Shown) -> El {
    let learner = use_learner();
    let texts = use_language().learn();
    let at = shown.at;
    let to = |id: &str| a().attr("href", address(id));
    let link =
        move |to: El, words: &str, name: String| to.id(NEXT).attr("aria-label", name).text(words);
    let back = at
        .checked_sub(1)
        .and_then(|before| own::STEPS.get(before))
        .map(|(id, title)| {
            let name = texts.back_to(title);
            let link = to(id).class("way-back").attr("aria-label", name);
            link.text(texts.back)
        });
    let on = move || -> Vec<El> {
        let Some((next, title)) = own::STEPS.get(at + 1) else {
            let practice = a()
                .class("button-link")
                .attr("href", Route::Practice.to_string());
            return vec![practice.text(texts.to_practice)];
        };
        let before = learner
            .progress
            .with(|progress| progress.is_step_done(shown.step.id.as_str()));
        let mut on = Vec::new();
        let has_why = shown.has_task() && shown.is_done() && !shown.step.after.is_empty();
        let may_go_on = !has_why || shown.read.get();
        let why = has_why.then(|| {
            action(texts.to_why, move || {
                shown.read.set(true);
                browser::focus_soon(WHY);
            })
            .class(if may_go_on { "quiet-button" } else { "primary" })
        });
        if shown.is_done() || before {
            let class = match shown.is_answered() && may_go_on {
                true => "button-link",
                false => "quiet-link",
            };
            let name = texts.next_to(title);
            let link = link(to(next), texts.next, name).class(class);
            // What is to be pressed next comes last.
            match may_go_on {
                true => on.extend(why.into_iter().chain([link])),
                false => on.extend([link].into_iter().chain(why)),
            }
        } else {
            let name = texts.skip_to(title);
            on.push(link(to(next), texts.skip, name).class("quiet-link"));
        }
        if let Some(question) = shown.question.filter(|_| !shown.is_answered()) {
            on.extend(question.check());
        } else if shown.is_to_try() {
            let try_it = action(texts.try_it, move || try_it(shown));
            // Who was wrong has a better way on, below the answer.
            on.push(try_it.class(("primary", move || !shown.is_wrong())).id(TRY));
        } else if let Some(question) = shown.question.filter(|_| shown.is_wrong()) {
            // What is to be done has been seen: the question alone is left.
            on.push(
                question
                    .again()
                    .class(("primary", move || !shown.has_task() || shown.played.get())),
            );
        }
        on
    };
    el("footer")
        .class("ways")
        .children(back)
        .child(div().class("ways-on").dynamic(on))
}

/// What is said at the end – that all is done, or what is not – and where else to go.
fn at_the_end() -> El {
    let learner = use_learner();
    let texts = use_language().learn();
    let said = move || {
        let open = learner.progress.with(|progress| {
            let steps = own::STEPS.iter().enumerate();
            let open = steps.filter(|(_, (id, _))| !progress.is_step_done(id));
            open.map(|(at, (id, title))| {
                let link = a().attr("href", address(id)).attr("title", *title);
                li().child(link.text((at + 1).to_string()))
            })
            .collect::<Vec<_>>()
        });
        match open.is_empty() {
            true => vec![p().text(texts.finished)],
            false => vec![p().text(texts.unfinished), ul().children(open)],
        }
    };
    let way = |to: Route, words: &str| p().child(a().attr("href", to.to_string()).text(words));
    div()
        .class("ends")
        .child(div().class("unfinished").dynamic(said))
        .child(way(Route::Tutorials, texts.to_claims))
        .child(way(Route::Registry, texts.to_registry))
}
