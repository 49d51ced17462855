//! How a question is answered: native radio buttons, check boxes, fields and buttons, by keyboard and by tap alike. Enter in
//! a field is the same as Check.

use crate::runner::copy_button::copy_button;
use crate::session::{use_announcer, use_language};
use crate::ui::markdown::shown;
use crate::ui::measured::Measure;
use console::MAX_BYTES;
use el::{
    El, RwSignal, action, div, el, ev, fieldset, input, label, legend, li, ol, select, span,
    strong, textarea, ul,
};
use lesson::grade::{Answer, Grade};
use lesson::markdown::plain;
use lesson::pack::{Choosable, Kind, Pack, Question, Shown};
use registry::{Stage, VersionNumber};
use wasm_bindgen::JsCast;

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
                let chosen = self.chosen();
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

    /// The options that are chosen.
    pub fn chosen(self) -> Vec<usize> {
        self.chosen.with_untracked(Clone::clone)
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

/// The fields to answer with. `order` is the order in which options stand on the screen; `confirm` is what Enter does.
pub fn answer_fields(
    pack: &'static Pack,
    question: &'static Question,
    given: Given,
    order: &[usize],
    confirm: impl Fn() + 'static,
) -> El {
    let fields = match &question.kind {
        Kind::One(_) | Kind::Fault(_) | Kind::Many(_) => options(pack, question, given, order),
        Kind::Order { .. } => ordering(pack, question, given),
        Kind::Command { .. } => command(given),
        Kind::Predict { versions, .. } => board(versions, given),
    };
    fields.on(ev::keydown, move |event| {
        let target = event.target();
        let is_field = target.is_some_and(|target| {
            target.has_type::<web_sys::HtmlInputElement>()
                || target.has_type::<web_sys::HtmlTextAreaElement>()
        });
        let is_plain = !event.shift_key() && !event.is_composing() && !event.repeat();
        if event.key() == "Enter" && is_field && is_plain {
            event.prevent_default();
            confirm();
        }
    })
}

/// Options to choose from.
fn options(pack: &'static Pack, question: &'static Question, given: Given, order: &[usize]) -> El {
    let texts = use_language().practice();
    let title = match question.kind {
        Kind::Many(_) => texts.choose_many,
        Kind::Fault(_) => texts.choose_fault,
        _ => texts.choose_one,
    };
    let rows = in_place(question, order)
        .map(|(nth, at, option)| choice(pack, question, given, nth, at, option));
    fieldset()
        .class("choose")
        .child(legend().text(title))
        .child(ul().class("choices").children(rows))
}

/// The options in the order of the screen, each with its place there and its number.
pub fn in_place<'q>(
    question: &'q Question,
    order: &[usize],
) -> impl Iterator<Item = (usize, usize, &'q Choosable)> {
    let options = question.kind.options();
    let places = order.iter().enumerate();
    places.filter_map(move |(nth, at)| Some((nth, *at, options.get(*at)?)))
}

fn choice(
    pack: &'static Pack,
    question: &'static Question,
    given: Given,
    nth: usize,
    at: usize,
    option: &Choosable,
) -> El {
    let id = format!("option-{at}");
    let many = matches!(question.kind, Kind::Many(_));
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
    let row = label()
        .attr("for", &id)
        .child(entry)
        .child(lettered(question, nth))
        .child(shown(pack, span(), &option.text));
    // Running it before would give the answer away; copying does not.
    let copy = copier(&option.text);
    li().class("choice")
        .child(row)
        .children(copy.map(|copy| copy.class("quiet-button choice-copy")))
}

/// A field for a command.
fn command(given: Given) -> El {
    let language = use_language();
    let texts = language.practice();
    let entry = textarea()
        .id("command")
        .class("command-field")
        .attr("rows", "4")
        .attr("spellcheck", "false")
        .attr("autocapitalize", "none")
        .attr("autocomplete", "off")
        .attr("aria-describedby", "command-keys command-cut")
        .prop("value", move || given.text.get().into());
    let measure = Measure::new(MAX_BYTES);
    div()
        .class("field")
        .child(label().attr("for", "command").text(texts.your_command))
        .child(measure.of(entry, move |text| given.text.set(text)))
        .child(
            span()
                .class("hint")
                .id("command-keys")
                .text(texts.command_keys),
        )
        .child(
            span()
                .class("field-error")
                .id("command-cut")
                .attr("role", "status")
                .text(move || measure.words(language)),
        )
}

/// A stage to choose for each version.
fn board(versions: &[VersionNumber], given: Given) -> El {
    let texts = use_language().practice();
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

/// The letter of an option, in front of it.
pub fn lettered(question: &Question, nth: usize) -> El {
    strong()
        .class("letter")
        .text(format!("{}.", letter(question, nth)))
}

/// The letter of an option, as it stands on the screen; for a line of a script, its number.
pub fn letter(question: &Question, nth: usize) -> String {
    if matches!(question.kind, Kind::Fault(_)) {
        return (nth + 1).to_string();
    }
    let letter = u32::try_from(nth)
        .ok()
        .and_then(|nth| char::from_u32(u32::from('A') + nth));
    letter.map_or_else(String::new, String::from)
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

/// The button that copies an option, where it is code.
pub fn copier(text: &Shown) -> Option<El> {
    match text {
        Shown::Code(code) => Some(copy_button(code)),
        Shown::Line(_) => None,
    }
}
