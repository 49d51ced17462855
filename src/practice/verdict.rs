//! What is said of an answer: the verdict, the one reason and what it comes to. All else is folded below.

use std::rc::Rc;

use crate::practice::answer::{Given, copier, in_place, letter, lettered};
use crate::runner::code_box::{Start, code_box};
use crate::runner::lazy::{Run, run, shown as shown_run, use_runner};
use crate::runner::result::{Ran, run_result};
use crate::session::frame;
use crate::session::{use_announcer, use_language};
use crate::ui::icon::{CROSS, TICK, icon, stage_name};
use crate::ui::markdown::{line, outside, shown};
use el::{El, RwSignal, a, action, details, div, h2, h3, li, ol, p, section, span, summary, ul};
use leptos::prelude::*;
use lesson::grade::{Answer, Grade, Mark, decisive, mark};
use lesson::markdown::plain;
use lesson::own;
use lesson::pack::check::is_runnable;
use lesson::pack::{By, Item, Kind, Pack, Question, Shown};
use share::route::Route;
use text::Language;

/// A question that was answered, or whose solution was asked for.
#[derive(Clone, Copy)]
pub struct Answered<'a> {
    pub pack: &'static Pack,
    pub question: &'static Question,
    pub given: Given,
    /// The order in which options stand on the screen.
    pub order: &'a [usize],
    /// What the answer is worth; nothing where the solution was asked for.
    pub grade: Option<&'a Rc<Grade>>,
}

impl Answered<'_> {
    /// The verdict in words.
    pub fn verdict(self, text: Language) -> String {
        let texts = text.practice();
        let Some(grade) = self.grade else {
            return texts.shown.to_owned();
        };
        if grade.right {
            return texts.right.to_owned();
        }
        let name = |at: &usize| match &self.question.kind {
            Kind::Predict { versions, .. } => Some(texts.stage_of(versions.get(*at)?)),
            _ => {
                let nth = self.order.iter().position(|it| it == at)?;
                Some(letter(self.question, nth))
            }
        };
        let names: Vec<String> = grade.partly.iter().filter_map(name).collect();
        if names.is_empty() {
            return texts.wrong.to_owned();
        }
        texts.partly(&names.join(", "))
    }

    /// Whether nothing may say what would be right: after a wrong answer, where the solution is hidden.
    pub fn withholds(self) -> bool {
        frame::hides_solution() && self.grade.is_none_or(|grade| !grade.right)
    }

    /// The option that the reason is about.
    fn decisive(self) -> Option<usize> {
        self.grade?;
        let chosen = self.given.chosen();
        let decides = decisive(self.question, &chosen);
        decides.filter(|at| !self.withholds() || chosen.contains(at))
    }

    /// The one reason: a line. A command that nobody has thought of has none, and explains itself by what it comes to.
    pub fn reason(&self) -> Option<&str> {
        let options = self.question.kind.options();
        let option = self.decisive().and_then(|at| options.get(at));
        if let Some(option) = option {
            return Some(&option.why);
        }
        let known = self.grade.and_then(|grade| grade.why.first());
        // The reason of an order or a board is what is right in it; that of a command is what is wrong with it.
        let known = known
            .filter(|_| !self.withholds() || matches!(self.question.kind, Kind::Command { .. }));
        let is_right = self.grade.is_none_or(|grade| grade.right);
        known
            .or_else(|| is_right.then_some(&self.question.answer))
            .map(String::as_str)
    }

    /// The options, each with its own mark; where there are none, the answer that was given.
    pub fn marked(self) -> Vec<El> {
        if self.question.kind.options().is_empty() {
            return self.grade.map_or_else(Vec::new, |grade| self.own(grade));
        }
        let rows = in_place(self.question, self.order).map(|(nth, at, option)| {
            let head = div()
                .class("choice-head")
                .child(lettered(self.question, nth))
                .child(shown(self.pack, span(), &option.text))
                .children(copier(&option.text));
            let row = li().class("choice").child(head);
            self.signed(row, at)
        });
        vec![ul().class("choices answered").children(rows)]
    }

    /// Puts the mark of an option to its row.
    fn signed(self, row: El, at: usize) -> El {
        let texts = use_language().practice();
        let chosen = self.given.chosen();
        let many = matches!(self.question.kind, Kind::Many(_));
        let fault = matches!(self.question.kind, Kind::Fault(_));
        let stands = match self.grade {
            Some(_) => mark(self.question, &chosen, at),
            // Nobody has chosen: what belongs to the answer is shown as right.
            None => match mark(self.question, &[], at) {
                Mark::Missed => Mark::Right,
                other => other,
            },
        };
        if self.withholds() && matches!(stands, Mark::Missed | Mark::LeftOut) {
            return row;
        }
        let is_own = self.grade.is_some();
        let (shape, words) = match stands {
            Mark::Right if fault && is_own => (TICK, texts.fault_found),
            Mark::Right if is_own => (TICK, texts.right_chosen),
            Mark::Right | Mark::Missed if fault => (TICK, texts.fault_here),
            Mark::Right => (TICK, texts.option_right),
            Mark::Wrong if fault => (CROSS, texts.fault_not_here),
            Mark::Wrong => (CROSS, texts.wrong_chosen),
            Mark::Missed if many => (CROSS, texts.missed),
            Mark::Missed => (TICK, texts.missed_one),
            Mark::LeftOut if many && is_own => (TICK, texts.left_out),
            Mark::LeftOut => return row,
        };
        let name = match stands {
            Mark::Missed if !many => "right",
            Mark::Right => "right",
            Mark::Wrong => "wrong",
            Mark::Missed => "missed",
            Mark::LeftOut => "left-out",
        };
        row.attr("data-mark", name).child(
            p().class("choice-sign")
                .child(icon("mark", shape))
                .text(words),
        )
    }

    /// What was given as an answer, where there are no options to mark it on.
    fn own(self, grade: &Grade) -> Vec<El> {
        let texts = use_language().practice();
        let (pack, question) = (self.pack, self.question);
        let answer = match (&question.kind, self.given.answer(question)) {
            (_, Some(Answer::Text(text))) => code_box(&text, tried(question)),
            (Kind::Order { items, .. }, Some(Answer::Order(order))) => {
                let items = order.iter().filter_map(|at| items.get(*at));
                in_order(pack, question, &items.collect::<Vec<_>>())
            }
            (_, Some(Answer::Board(board))) => {
                let rows = board.iter().map(|(version, stage)| {
                    let really = grade.elsewhere.iter().find(|(it, _)| it == version);
                    let told = really.filter(|_| !self.withholds());
                    let name = texts.stage_of(version);
                    let row = li()
                        .child(icon("mark", if really.is_some() { CROSS } else { TICK }))
                        .child(span().text(format!("{name}: ")))
                        .child(stage_name(*stage));
                    let row = row.attr(
                        "data-mark",
                        if really.is_some() { "wrong" } else { "right" },
                    );
                    match told {
                        Some((_, stage)) => row
                            .child(span().text(texts.really))
                            .child(stage_name(*stage)),
                        None => row,
                    }
                });
                ul().class("given-board").children(rows)
            }
            _ => return Vec::new(),
        };
        let shown = section().class("section").child(h2().text(texts.given));
        vec![shown.child(answer)]
    }

    /// The three lines, and what is folded below them.
    pub fn view(self) -> El {
        let language = use_language();
        let class = match self.grade {
            Some(grade) if grade.right => "feedback right",
            Some(grade) if !grade.partly.is_empty() => "feedback partly",
            Some(_) => "feedback wrong",
            None => "feedback",
        };
        let title = h2()
            .id("feedback-title")
            .attr("tabindex", "-1")
            .text(self.verdict(language));
        let mut shown = section().class(class).id("feedback").child(title);
        if let Some(why) = self.reason() {
            shown = shown.child(line(self.pack, p(), why));
        }
        let own = matches!(
            self.question.kind,
            Kind::Command { .. } | Kind::Order { .. }
        );
        let grade = self.grade.filter(|_| own);
        let ran = grade.and_then(|grade| run(language, Run::Graded(Rc::clone(grade))));
        shown = shown.children(ran.as_ref().map(run_result));
        // What an option comes to may be what was asked; so may all that is folded below.
        if self.withholds() {
            return shown;
        }
        shown
            .children(self.decisive().into_iter().flat_map(|at| self.runner(at)))
            .child(self.more())
    }

    fn more(self) -> El {
        let texts = use_language().practice();
        let more = details()
            .class("more")
            .attr("open", self.grade.is_none())
            .child(summary().text(texts.more));
        let more = self.beliefs(more);
        let more = self.others(more);
        let more = self.solution(more);
        self.origins(more)
    }

    /// The beliefs behind what is wrong, and what is so.
    fn beliefs(self, shown: El) -> El {
        let texts = use_language().practice();
        let Some(grade) = self.grade else {
            return shown;
        };
        let shown = grade
            .why
            .iter()
            .skip(1)
            .fold(shown, |shown, why| shown.child(line(self.pack, p(), why)));
        grade.misconceptions.iter().fold(shown, |shown, id| {
            let known = self.pack.misconceptions.iter();
            match known.into_iter().find(|known| known.id == *id) {
                Some(known) => {
                    let words = format!("{}: “{}.” ", texts.in_your_words, known.title);
                    shown.child(line(self.pack, p().text(words), &known.instead))
                }
                None => shown,
            }
        })
    }

    /// What is to be said of the other options; each can be run.
    fn others(self, shown: El) -> El {
        let decisive = self.decisive();
        let others: Vec<El> = in_place(self.question, self.order)
            .filter(|(_, at, _)| Some(*at) != decisive)
            .map(|(nth, at, option)| {
                let why = p().child(lettered(self.question, nth)).text(" ");
                li().class("other")
                    .child(line(self.pack, why, &option.why))
                    .children(self.runner(at))
            })
            .collect();
        if others.is_empty() {
            return shown;
        }
        let texts = use_language().practice();
        let head = if decisive.is_some() {
            texts.others
        } else {
            texts.each
        };
        shown
            .child(h3().text(head))
            .child(ul().class("others").children(others))
    }

    /// How it is solved, step by step.
    fn solution(self, shown: El) -> El {
        if frame::hides_solution() {
            return shown;
        }
        let texts = use_language().practice();
        let (pack, question) = (self.pack, self.question);
        let lines = |items: &[String], list: El| {
            items
                .iter()
                .fold(list, |list, item| list.child(line(pack, li(), item)))
        };
        let shown = shown
            .child(h3().class("solution").text(texts.solution))
            .child(lines(&question.solution, ol().class("solution")));
        let shown = match &question.kind {
            Kind::Command { example, .. } => shown
                .child(h3().text(texts.example))
                .child(code_box(example, tried(question))),
            Kind::Order { items, .. } => {
                let items: Vec<&Item> = items.iter().collect();
                shown
                    .child(h3().text(texts.right_order))
                    .child(in_order(pack, question, &items))
            }
            Kind::Predict { .. } => shown
                .child(h3().text(texts.right_board))
                .child(shown_run(question)),
            _ => shown,
        };
        shown
            .child(h3().text(texts.final_answer))
            .child(line(pack, p(), &question.answer))
            .child(h3().text(texts.check))
            .child(line(pack, p(), &question.check))
            .child(h3().text(texts.mistakes))
            .child(lines(&question.mistakes, ul()))
    }

    /// Where it is from, and where it is taught.
    fn origins(self, shown: El) -> El {
        let texts = use_language().practice();
        let sources = self.question.sources.iter().filter_map(|id| {
            let source = self.pack.sources.iter().find(|source| source.id == *id)?;
            Some(li().child(outside(&source.url).text(&source.title)))
        });
        let sources: Vec<El> = sources.collect();
        let mut shown = shown;
        if !sources.is_empty() {
            shown = shown
                .child(h3().text(texts.sources))
                .child(ul().children(sources));
        }
        let step = &self.question.step;
        if let Some(title) = own::step_title(step.as_str()) {
            let link = a()
                .attr("href", Route::Step(step.clone()).to_string())
                .text(title);
            shown = shown.child(p().text(format!("{}: ", texts.lesson)).child(link));
        }
        if let By::Meaning { because } = &self.question.proof.by {
            shown = shown.child(line(self.pack, p().class("quiet"), because));
        }
        shown
    }

    /// The button that runs an option, and what it comes to.
    fn runner(self, at: usize) -> Vec<El> {
        let (language, announcer) = (use_language(), use_announcer());
        let question = self.question;
        let texts = language.practice();
        let option = question.kind.options().get(at);
        if !is_runnable(question) {
            return Vec::new();
        }
        let ran = RwSignal::new(None::<Ran>);
        let runner = use_runner();
        let name = option.map_or_else(String::new, |option| plain(option.text.as_str()));
        let result = move || {
            let result = ran.with(|ran| {
                let shown = ran.as_ref();
                untrack(|| shown.map(run_result))
            });
            result.into_iter().collect()
        };
        let press = move || {
            runner.when_here(move || {
                let now = run(language, Run::Choice(question, at));
                if let Some(now) = &now {
                    announcer.speak(now.words.clone());
                }
                ran.set(now);
            });
        };
        let button = action(texts.run_it, press)
            .class("run-it")
            .attr("aria-label", texts.run_label(&name));
        vec![
            div().class("actions").child(button),
            runner.sign(),
            div().class("ran").dynamic(result),
        ]
    }
}

/// Returns how code is run on the registry of a question, if it has one.
pub fn tried(question: &'static Question) -> Option<Start> {
    let start: Start = Box::new(move |code| Run::Try(question, code));
    Some(start).filter(|_| is_runnable(question))
}

/// Items one after the other. Where they are code, they are a script that can be run.
fn in_order(pack: &'static Pack, question: &'static Question, items: &[&Item]) -> El {
    let lines: Option<Vec<&str>> = items
        .iter()
        .map(|item| match &item.text {
            Shown::Code(code) => Some(code.as_str()),
            Shown::Line(_) => None,
        })
        .collect();
    match lines {
        Some(lines) => code_box(&lines.join("\n"), tried(question)),
        None => ol()
            .class("prose-list")
            .children(items.iter().map(|item| shown(pack, li(), &item.text))),
    }
}
