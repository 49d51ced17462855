//! How a question is answered: native radio buttons, check boxes, fields and buttons, by keyboard and by tap alike.

use leptos::prelude::*;

use crate::runner::code_box::code_box;
use crate::runner::copy_button::copy_button;
use crate::runner::result::run_result;
use crate::session::{use_announcer, use_language};
use crate::ui::icon::{CROSS, TICK, icon, stage_name};
use crate::ui::markdown::{line, shown};
use crate::ui::measured::Measure;
use console::MAX_BYTES;
use el::{
    El, RwSignal, action, div, el, ev, fieldset, h2, input, label, legend, li, ol, p, section,
    select, span, strong, textarea, ul,
};
use lesson::grade::{Answer, Grade, play_option, start};
use lesson::markdown::plain;
use lesson::pack::{Item, Kind, Pack, Question, Shown};
use registry::Stage;

/// What has been given as an answer so far.
#[derive(Clone, Copy)]
pub struct Given {
    chosen: RwSignal<Vec<usize>>,
    order: RwSignal<Vec<usize>>,
    text: RwSignal<String>,
    board: RwSignal<Vec<Option<Stage>>>,
}

impl Given {
    /// Nothing yet.
    pub fn new(question: &Question, order: &[usize]) -> Self {
        let (text, versions) = match &question.kind {
            Kind::Command { start, .. } => (start.clone(), 0),
            Kind::Predict { versions, .. } => (String::new(), versions.len()),
            _ => (String::new(), 0),
        };
        Self {
            chosen: RwSignal::new(Vec::new()),
            order: RwSignal::new(order.to_vec()),
            text: RwSignal::new(text),
            board: RwSignal::new(vec![None; versions]),
        }
    }

    /// The answer; nothing while it is not whole.
    pub fn answer(self, question: &Question) -> Option<Answer> {
        match &question.kind {
            Kind::One(_) | Kind::Many(_) | Kind::Fault(_) => {
                let chosen = self.chosen.with_untracked(Clone::clone);
                (!chosen.is_empty()).then_some(Answer::Chosen(chosen))
            }
            Kind::Order { .. } => Some(Answer::Order(self.order.with_untracked(Clone::clone))),
            Kind::Command { start, wrong, .. } => {
                let text = self.text.with_untracked(Clone::clone);
                // What stands there at first is an answer only where it is a whole one.
                let is_answer = text != *start || wrong.iter().any(|wrong| wrong.text == *start);
                (is_answer && !text.trim().is_empty()).then_some(Answer::Text(text))
            }
            Kind::Predict { versions, .. } => {
                let stages = self.board.with_untracked(Clone::clone);
                let pairs = versions.iter().zip(stages);
                let board: Option<Vec<_>> = pairs
                    .map(|(version, stage)| Some((*version, stage?)))
                    .collect();
                board.map(Answer::Board)
            }
        }
    }

    /// For another try, what was chosen rightly stays chosen, and what was set rightly stays set.
    pub fn keep_right(self, question: &Question, grade: Option<&Grade>) {
        let options = question.kind.options();
        self.chosen.update(|chosen| {
            chosen.retain(|at| options.get(*at).is_some_and(|option| option.right));
        });
        let (Kind::Predict { versions, .. }, Some(grade)) = (&question.kind, grade) else {
            return;
        };
        self.board.update(|board| {
            for (version, stage) in versions.iter().zip(board) {
                if grade.elsewhere.iter().any(|(wrong, _)| wrong == version) {
                    *stage = None;
                }
            }
        });
    }
}

/// The fields to answer with. `order` is the order in which options stand on the screen.
pub fn answer_fields(
    pack: &'static Pack,
    question: &'static Question,
    given: Given,
    order: &[usize],
) -> El {
    let language = use_language();
    let texts = language.practice();
    match &question.kind {
        Kind::One(_) | Kind::Fault(_) | Kind::Many(_) => {
            let many = matches!(question.kind, Kind::Many(_));
            let title = match question.kind {
                Kind::Many(_) => texts.choose_many,
                Kind::Fault(_) => texts.choose_fault,
                _ => texts.choose_one,
            };
            let rows = order
                .iter()
                .enumerate()
                .filter_map(|(nth, at)| Some((nth, *at, question.kind.options().get(*at)?)))
                .map(|(nth, at, option)| {
                    let id = format!("option-{at}");
                    let entry = input()
                        .attr("type", if many { "checkbox" } else { "radio" })
                        .attr("name", "option")
                        .id(&id)
                        .attr(
                            "checked",
                            given.chosen.with_untracked(|chosen| chosen.contains(&at)),
                        )
                        .on(ev::change, move |_| {
                            given.chosen.update(|chosen| {
                                if !many {
                                    *chosen = vec![at];
                                } else if chosen.contains(&at) {
                                    chosen.retain(|other| *other != at);
                                } else {
                                    chosen.push(at);
                                }
                            });
                        });
                    let words = shown(pack, span(), &option.text);
                    let row = label().attr("for", &id).child(entry);
                    // Running it before would give the answer away; copying does not.
                    let copy = copier(&option.text);
                    li().class("choice")
                        .child(row.child(lettered(question, nth)).child(words))
                        .children(copy.map(|copy| copy.class("quiet-button choice-copy")))
                });
            fieldset()
                .class("choose")
                .child(legend().text(title))
                .child(ul().class("choices").children(rows))
        }
        Kind::Order { .. } => ordering(pack, question, given),
        Kind::Command { .. } => {
            let entry = textarea()
                .id("command")
                .class("command-field")
                .attr("rows", "4")
                .attr("spellcheck", "false")
                .attr("autocapitalize", "none")
                .attr("autocomplete", "off")
                .attr("aria-describedby", "command-cut")
                .prop("value", move || given.text.get().into());
            let measure = Measure::new(MAX_BYTES);
            div()
                .class("field")
                .child(label().attr("for", "command").text(texts.your_command))
                .child(measure.of(entry, move |text| given.text.set(text)))
                .child(
                    span()
                        .class("field-error")
                        .id("command-cut")
                        .attr("role", "status")
                        .text(move || measure.words(language)),
                )
        }
        Kind::Predict { versions, .. } => {
            let rows = versions.iter().enumerate().map(|(at, version)| {
                let options = Stage::ALL.map(|stage| {
                    el("option")
                        .attr("value", stage.as_str())
                        .text(stage.as_str())
                });
                let choice = select()
                    .id(format!("stage-{version}"))
                    .child(el("option").attr("value", "").text(texts.pick))
                    .children(options)
                    .prop("value", move || {
                        let stage = given.board.with(|board| board.get(at).copied().flatten());
                        stage.map_or("", Stage::as_str).into()
                    })
                    .on_value(ev::change, move |value| {
                        let stage = Stage::ALL.into_iter().find(|stage| stage.as_str() == value);
                        given.board.update(|board| {
                            if let Some(place) = board.get_mut(at) {
                                *place = stage;
                            }
                        });
                    });
                label()
                    .child(span().text(texts.stage_of(version)))
                    .child(choice)
            });
            fieldset()
                .class("choose")
                .child(legend().text(texts.your_board))
                .child(div().class("board-fields").children(rows))
        }
    }
}

fn lettered(question: &Question, nth: usize) -> El {
    strong().class("letter").text(letter(question, nth))
}

/// The letter of an option, as it stands on the screen; for a line of a script, its number.
fn letter(question: &Question, nth: usize) -> String {
    if matches!(question.kind, Kind::Fault(_)) {
        return format!("{}.", nth + 1);
    }
    let letter = u32::try_from(nth)
        .ok()
        .and_then(|nth| char::from_u32(u32::from('A') + nth));
    letter.map_or_else(String::new, |letter| format!("{letter}."))
}

/// Items that can be moved up and down.
fn ordering(pack: &'static Pack, question: &'static Question, given: Given) -> El {
    let announcer = use_announcer();
    let texts = use_language().practice();
    let rows = move || {
        let order = given.order.get();
        let Kind::Order { items, .. } = &question.kind else {
            return Vec::new();
        };
        let count = order.len();
        order
            .iter()
            .enumerate()
            .filter_map(|(nth, at)| Some((nth, *at, items.get(*at)?)))
            .map(|(nth, at, item)| {
                let name = plain(item.text.as_str());
                let shift = move |to: usize, id: &'static str| {
                    given.order.update(|order| {
                        if to < order.len() && nth < order.len() {
                            order.swap(nth, to);
                        }
                    });
                    let place = texts.position(&(to + 1), &count);
                    announcer.announce(place);
                    crate::browser::focus_soon(format!("{id}-{at}"));
                };
                let up = action("↑", move || shift(nth.saturating_sub(1), "up"))
                    .id(format!("up-{at}"))
                    .attr("aria-label", texts.up(&name))
                    .attr("aria-disabled", (nth == 0).to_string());
                let down = action("↓", move || shift((nth + 1).min(count - 1), "down"))
                    .id(format!("down-{at}"))
                    .attr("aria-label", texts.down(&name))
                    .attr("aria-disabled", (nth + 1 == count).to_string());
                li().child(span().text(format!("{}.", nth + 1)))
                    .child(shown(pack, span().class("text"), &item.text))
                    .child(
                        div()
                            .class("actions")
                            .children(copier(&item.text))
                            .child(up)
                            .child(down),
                    )
            })
            .collect()
    };
    fieldset()
        .class("choose")
        .child(legend().text(texts.put_in_order))
        .child(ol().class("ordering").dynamic(rows))
}

/// The options once it is answered: each with its explanation, and each can be run.
pub fn options_view(
    pack: &'static Pack,
    question: &'static Question,
    given: Given,
    order: &[usize],
    grade: Option<&Grade>,
) -> Vec<El> {
    let texts = use_language().practice();
    let options = question.kind.options();
    if options.is_empty() {
        return grade.map_or_else(Vec::new, |_| own_answer(pack, question, given));
    }
    let sign_of = |right: bool| match (&question.kind, right) {
        (Kind::Fault(_), true) => texts.fault_here,
        (Kind::Fault(_), false) => texts.fault_not_here,
        (_, true) => texts.option_right,
        (_, false) => texts.option_wrong,
    };
    let missed = match question.kind {
        Kind::Fault(_) => None,
        Kind::Many(_) => Some(texts.missed),
        _ => Some(texts.missed_one),
    };
    let rows = order
        .iter()
        .enumerate()
        .filter_map(|(nth, at)| Some((nth, *at, options.get(*at)?)))
        .map(|(nth, at, option)| {
            let chosen =
                grade.is_some() && given.chosen.with_untracked(|chosen| chosen.contains(&at));
            let mut signs = vec![sign_of(option.right)];
            if chosen {
                signs.push(texts.chosen);
            } else if option.right && grade.is_some_and(|grade| !grade.right) {
                signs.extend(missed);
            }
            let sign = p()
                .class("choice-sign")
                .child(icon("mark", if option.right { TICK } else { CROSS }))
                .text(signs.join(" – "));
            let head = span();
            let row = li()
                .class("choice")
                .attr("data-right", option.right.to_string())
                .child(
                    div()
                        .class("choice-head")
                        .child(lettered(question, nth))
                        .child(shown(pack, head, &option.text)),
                );
            let row = if chosen {
                row.attr("data-chosen", "")
            } else {
                row
            };
            let why = div()
                .class("choice-why")
                .child(sign)
                .child(line(pack, p(), &option.why))
                .children(runner(pack, question, at));
            row.child(why)
        });
    vec![ul().class("choices answered").children(rows)]
}

/// The button that copies an option, where it is code.
fn copier(text: &Shown) -> Option<El> {
    match text {
        Shown::Code(code) => Some(copy_button(code)),
        Shown::Line(_) => None,
    }
}

/// What was given as an answer, where there are no options to mark it on.
fn own_answer(pack: &'static Pack, question: &'static Question, given: Given) -> Vec<El> {
    let texts = use_language().practice();
    let answer = match (&question.kind, given.answer(question)) {
        (_, Some(Answer::Text(text))) => {
            code_box(&text, Some(Box::new(move || start(pack, question))))
        }
        (Kind::Order { items, .. }, Some(Answer::Order(order))) => {
            let items = order.iter().filter_map(|at| items.get(*at));
            in_order(pack, question, &items.collect::<Vec<_>>())
        }
        (_, Some(Answer::Board(board))) => {
            let rows = board.iter().map(|(version, stage)| {
                let name = texts.stage_of(version);
                li().child(span().text(format!("{name}: ")))
                    .child(stage_name(*stage))
            });
            ul().class("given-board").children(rows)
        }
        _ => return Vec::new(),
    };
    let shown = section().class("section").child(h2().text(texts.given));
    vec![shown.child(answer)]
}

/// Items one after the other. Where they are code, they are a script that can be run.
pub fn in_order(pack: &'static Pack, question: &'static Question, items: &[&Item]) -> El {
    let lines: Option<Vec<&str>> = items
        .iter()
        .map(|item| match &item.text {
            Shown::Code(code) => Some(code.as_str()),
            Shown::Line(_) => None,
        })
        .collect();
    match lines {
        Some(lines) => {
            let start = move || start(pack, question);
            code_box(&lines.join("\n"), Some(Box::new(start)))
        }
        None => ol()
            .class("prose-list")
            .children(items.iter().map(|item| shown(pack, li(), &item.text))),
    }
}

/// The button that runs an option, what it comes to, and the button that copies it.
fn runner(pack: &'static Pack, question: &'static Question, at: usize) -> Vec<El> {
    let (language, announcer) = (use_language(), use_announcer());
    let texts = language.practice();
    let option = question.kind.options().get(at);
    let copy = option.and_then(|option| copier(&option.text));
    if !lesson::pack::check::is_runnable(question) {
        return copy.into_iter().collect();
    }
    let ran = RwSignal::new(false);
    let name = option.map_or_else(String::new, |option| plain(option.text.as_str()));
    let result = move || {
        if !ran.get() {
            return Vec::new();
        }
        let played = play_option(pack, question, at);
        untrack(|| played.map_or_else(Vec::new, |played| vec![run_result(&played)]))
    };
    let run = move || {
        ran.set(true);
        if let Some(played) = play_option(pack, question, at) {
            announcer.speak(crate::runner::lines::outcome(language, &played));
        }
    };
    let button = action(texts.run_it, run)
        .class("run-it")
        .attr("aria-label", texts.run_label(&name));
    vec![
        div().class("actions").child(button).children(copy),
        div().class("ran").dynamic(result),
    ]
}
