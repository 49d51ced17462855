//! `#/practice/<question>`: one question. It is answered, judged by the state machine, and explained. What goes on stands in
//! a foot that stays on screen.

use std::rc::Rc;

use leptos::prelude::*;

use crate::browser;
use crate::embed_code::row_of;
use crate::practice::answer::{Given, answer_fields};
use crate::practice::verdict::{Answered, tried};
use crate::runner::code_box::code_box;
use crate::runner::lazy::{self as run, Runner, use_runner};
use crate::runner::result::mini_board;
use crate::session::frame::{self, Happened};
use crate::session::{Announcer, Learner, use_announcer, use_language, use_learner};
use crate::ui::markdown::{headed, prose};
use crate::ui::menu::{Menu, close_by_press};
use crate::ui::page::{heading, message};
use crate::ui::piece::{QUESTION, ahead, piece_view};
use ::embed::{Frame, View};
use el::{El, RwSignal, a, action, div, el, ev, h2, li, p, section};
use lesson::grade::{Answer, Grade, chosen};
use lesson::markdown::plain;
use lesson::pack::check::is_runnable;
use lesson::pack::{Id, Kind, Pack, Question};
use lesson::piece::{self, Piece};
use lesson::progress::Outcome;
use lesson::{own, round};
use registry::RuleSet;
use share::route::Route;
use text::Language;

/// How far one has come with a question.
#[derive(Clone)]
enum Phase {
    /// It is being answered.
    Asked,
    /// It was answered.
    Graded(Rc<Grade>),
    /// The solution was asked for.
    Shown,
}

/// One question.
pub fn question(id: &Id) -> Vec<El> {
    let texts = use_language().practice();
    if !own::QUESTIONS.contains(&id.as_str()) {
        return vec![notice(texts.missing_title, texts.missing_body)];
    }
    let wanted = id.clone();
    piece_view(QUESTION, id, move |piece| {
        let found = piece.and_then(|piece| Some((piece, piece.pack.question(&wanted)?)));
        found.map_or_else(
            || vec![notice(texts.unreadable, "")],
            |(piece, question)| vec![Asked::new(piece, question).view()],
        )
    })
}

fn notice(title: &str, body: &str) -> El {
    let texts = use_language().practice();
    message(title, body, &Route::Practice, texts.missing_way)
}

/// A question's part in the round that is under way.
#[derive(Clone)]
struct InRound {
    at: usize,
    /// How many questions the round has.
    count: usize,
    /// How it went at the first try; nothing as long as it was not answered.
    right: Option<bool>,
    /// The question after it.
    following: Option<Id>,
}

/// A question's part in the round; nothing where the round is over, or is one without it.
fn in_round(learner: Learner, question: &Question) -> Option<InRound> {
    if let Some((at, count, following)) = frame::in_row(&question.id) {
        return Some(InRound {
            at,
            count,
            right: None,
            following,
        });
    }
    learner.progress.with_untracked(|progress| {
        let round = progress.round().filter(|round| !round.is_finished())?;
        let at = round.place(&question.id)?;
        Some(InRound {
            at,
            count: round.questions().len(),
            right: round.questions().get(at)?.right,
            following: round.questions().get(at + 1).map(|next| next.id.clone()),
        })
    })
}

fn tries(learner: Learner, question: &Question) -> u32 {
    learner.progress.with_untracked(|progress| {
        progress
            .question(question.id.as_str())
            .map_or(0, |known| known.tries + known.shown)
    })
}

/// The order in which options, or items, stand on the screen.
fn order(learner: Learner, question: &Question) -> Vec<usize> {
    let keeps = frame::keeps_order() && !matches!(question.kind, Kind::Order { .. });
    let tries = if keeps { 0 } else { tries(learner, question) };
    round::order(question, tries, browser::now().0)
}

/// A question on its page.
#[derive(Clone, Copy)]
struct Asked {
    language: Language,
    announcer: Announcer,
    learner: Learner,
    pack: &'static Pack,
    start: Option<&'static piece::Start>,
    question: &'static Question,
    given: Given,
    phase: RwSignal<Phase>,
    /// What is missing before it can be checked.
    note: RwSignal<&'static str>,
    /// The order in which options stand on the screen: the same for as long as one stays on the page.
    order: StoredValue<Vec<usize>>,
    round: StoredValue<Option<InRound>>,
    runner: Runner,
}

impl Asked {
    fn new(piece: &'static Piece, question: &'static Question) -> Self {
        let learner = use_learner();
        let order = order(learner, question);
        Self {
            language: use_language(),
            announcer: use_announcer(),
            learner,
            pack: &piece.pack,
            start: piece.start.as_ref(),
            question,
            given: Given::new(question, &order),
            phase: RwSignal::new(Phase::Asked),
            note: RwSignal::new(""),
            order: StoredValue::new(order),
            round: StoredValue::new(in_round(learner, question)),
            runner: use_runner(),
        }
    }

    fn view(self) -> El {
        let texts = self.language.practice();
        // The question itself is the heading: it is what the page is about, and it is read once.
        let (head, rest) = headed(self.pack, heading(), &self.question.ask).unwrap_or_else(|| {
            let head = heading().text(texts.title);
            (head, prose(self.pack, &self.question.ask))
        });
        div()
            .class("reading question")
            .child(p().class("quiet step-count").text(self.place()))
            .children(self.menu())
            .child(div().class("prose").child(head).children(rest))
            .child(div().dynamic(move || self.code()))
            .children(self.start.map(start_board))
            .child(div().dynamic(move || self.fields()))
            .child(self.runner.sign())
            .child(div().dynamic(move || self.feedback()))
            .child(div().dynamic(move || self.answered_before()))
            .child(el("footer").class("ways").dynamic(move || self.foot()))
            .on(ev::pointerdown, move |_| self.ahead())
            .on(ev::keydown, move |_| self.ahead())
    }

    /// Fetches what runs code, once somebody is at work and there is something to run.
    fn ahead(self) {
        if is_runnable(self.question) {
            self.runner.ahead();
        }
    }

    /// The place in the round, and the rules in force.
    fn place(self) -> String {
        let texts = self.language.practice();
        let place = self.round.with_value(|round| {
            round.as_ref().filter(|round| round.count > 1).map_or_else(
                || texts.title.to_owned(),
                |round| texts.round_at(&(round.at + 1), &round.count),
            )
        });
        match self.start.map(|start| start.rules) {
            None => place,
            Some(RuleSet::Guided) => format!("{place} · {}", texts.rules_guided),
            Some(RuleSet::Mlflow) => format!("{place} · {}", texts.rules_mlflow),
        }
    }

    /// What is seldom needed, behind "⋯"; nothing in a frame.
    fn menu(self) -> Vec<El> {
        let (texts, announcer) = (self.language.practice(), self.announcer);
        let id = &self.question.id;
        let shown = || Frame::of(View::Question(id.clone()));
        let menu = Menu::new();
        let Some((embed, place)) = row_of(&menu, shown) else {
            return Vec::new();
        };
        close_by_press();
        let inside = menu.clone();
        let rows = move || {
            let copy = move || announcer.copy(browser::address(&Route::Question(id.clone())));
            vec![li().child(inside.row(texts.copy_link, copy)), embed()]
        };
        vec![
            menu.filled(texts.menu.to_owned(), rows)
                .class("menu corner-menu"),
            place,
        ]
    }

    fn is_open(self) -> bool {
        self.phase.with(|phase| matches!(phase, Phase::Asked))
    }

    /// The code that is asked about. Running it before would give the answer away.
    fn code(self) -> Vec<El> {
        let (question, open) = (self.question, self.is_open());
        let made = question.code.as_ref().map(|code| {
            let tells = open
                || self
                    .answered(|answered| answered.withholds())
                    .unwrap_or_default();
            untrack(|| code_box(code, tried(question).filter(|_| !tells)))
        });
        made.into_iter().collect()
    }

    /// Hands what was answered to those who show it; nothing while it is open.
    fn answered<R>(self, show: impl FnOnce(Answered<'_>) -> R) -> Option<R> {
        let grade = match self.phase.with(Clone::clone) {
            Phase::Asked => return None,
            Phase::Graded(grade) => Some(grade),
            Phase::Shown => None,
        };
        let order = self.order.get_value();
        Some(untrack(|| {
            show(Answered {
                pack: self.pack,
                question: self.question,
                given: self.given,
                order: &order,
                grade: grade.as_ref(),
            })
        }))
    }

    fn fields(self) -> Vec<El> {
        self.answered(|answered| answered.marked())
            .unwrap_or_else(|| {
                let order = self.order.get_value();
                let confirm = move || self.check();
                untrack(|| {
                    vec![answer_fields(
                        self.pack,
                        self.question,
                        self.given,
                        &order,
                        confirm,
                    )]
                })
            })
    }

    fn feedback(self) -> Vec<El> {
        self.answered(|answered| answered.view())
            .into_iter()
            .collect()
    }

    /// Who comes back to it has answered it already, and may just go on.
    fn answered_before(self) -> Vec<El> {
        let texts = self.language.practice();
        let words = match self.right_before().filter(|_| self.is_open()) {
            Some(true) => texts.round_right,
            Some(false) => texts.round_wrong,
            None => return Vec::new(),
        };
        vec![p().class("panel answered-before").text(words)]
    }

    /// How the first try in this round went.
    fn right_before(self) -> Option<bool> {
        self.round
            .with_value(|round| round.as_ref().and_then(|round| round.right))
    }

    /// Grades what was given. What has to be run for that waits for what runs it.
    fn check(self) {
        let Some(answer) = self.given.answer(self.question) else {
            self.note.set(self.language.practice().answer_first);
            return;
        };
        self.note.set("");
        if let Some(next) = self.following() {
            ahead(QUESTION, next.as_str());
        }
        if let Answer::Chosen(options) = &answer {
            return self.graded(&answer, chosen(self.question, options));
        }
        self.runner.when_here(move || {
            let grade = run::grade(self.question, answer.clone());
            if let Some(grade) = grade.filter(|_| untrack(|| self.is_open())) {
                self.graded(&answer, grade);
            }
        });
    }

    /// Tells what an answer is worth, and shows it.
    fn graded(self, answer: &Answer, grade: Grade) {
        let (outcome, next) = match grade.right {
            true => (Outcome::Right, "next-question"),
            false => (Outcome::Wrong, "try-again"),
        };
        frame::tell(Happened::Answered {
            question: self.question.id.clone(),
            outcome,
            given: in_words(self.question, answer),
        });
        let held = grade.misconceptions.clone();
        self.show(outcome, &held, Phase::Graded(Rc::new(grade)), next);
    }

    /// Shows what came of it. The focus goes to what is done next.
    fn show(self, outcome: Outcome, held: &[Id], phase: Phase, next: &'static str) {
        self.note.set("");
        let (question, held) = (self.question, held.iter().map(Id::as_str));
        self.learner.learned(|progress| {
            progress.answered(question.id.as_str(), outcome, held, browser::now())
        });
        self.phase.set(phase);
        let language = self.language;
        let said = untrack(|| {
            self.answered(|answered| {
                let verdict = answered.verdict(language);
                match answered.reason() {
                    Some(why) => format!("{verdict}. {}", plain(why)),
                    None => verdict,
                }
            })
        });
        self.announcer.announce(said.unwrap_or_default());
        browser::focus_soon(next);
        browser::show_soon("feedback", "nearest");
    }

    /// Lets it be answered once more. What was right stays, where it stands.
    fn try_again(self) {
        self.phase.with_untracked(|phase| match phase {
            Phase::Graded(grade) => self.given.keep_right(self.question, Some(grade)),
            _ => self.given.keep_right(self.question, None),
        });
        self.phase.set(Phase::Asked);
        browser::focus_soon("page-title");
    }

    /// What can be done now.
    fn foot(self) -> Vec<El> {
        let texts = self.language.practice();
        let all = a()
            .class("quiet-link way-out")
            .attr("href", Route::Practice.to_string())
            .text(texts.all);
        let on = div().class("ways-on");
        if !self.is_open() {
            let right = self
                .phase
                .with(|phase| matches!(phase, Phase::Graded(grade) if grade.right));
            let again =
                (!right).then(|| action(texts.try_again, move || self.try_again()).id("try-again"));
            let next = self.next();
            return vec![all, on.children(again).children(next)];
        }
        let note = self.note;
        let note = p()
            .class("field-error")
            .attr("role", "alert")
            .text(move || note.get().to_owned());
        let solution = action(texts.show_solution, move || {
            frame::tell(Happened::Answered {
                question: self.question.id.clone(),
                outcome: Outcome::Shown,
                given: Vec::new(),
            });
            self.show(Outcome::Shown, &[], Phase::Shown, "next-question");
        })
        .class("quiet-button")
        .id("show-solution");
        let solution = (!frame::hides_solution()).then_some(solution);
        let answer = action(texts.answer, move || self.check())
            .class("primary")
            .id("answer");
        let skip = self
            .right_before()
            .and_then(|_| self.next())
            .map(|next| next.class("quiet-link"));
        vec![
            note,
            all,
            on.children(solution).children(skip).child(answer),
        ]
    }

    /// The next question: of the round, or of all of them.
    fn following(self) -> Option<Id> {
        match self.round.get_value() {
            Some(round) => round.following,
            None if frame::is_framed() => None,
            None => after(&self.question.id),
        }
    }

    /// Where it goes on.
    fn next(self) -> Option<El> {
        let texts = self.language.practice();
        let at_end = self.round.with_value(|round| match round {
            Some(_) => texts.to_result,
            None => texts.all,
        });
        let (route, name) = match self.following() {
            Some(next) => (Route::Question(next), texts.next),
            None if frame::is_framed() => return None,
            None => (Route::Practice, at_end),
        };
        Some(
            a().class("button-link")
                .id("next-question")
                .attr("href", route.to_string())
                .text(name),
        )
    }
}

/// The registry that the question plays on, as it is at first.
fn start_board(start: &piece::Start) -> El {
    let language = use_language();
    let head = format!("{}: {}", language.practice().before, start.model);
    section()
        .class("section start-board")
        .child(h2().text(head))
        .child(mini_board(language, &start.board))
}

/// The question after another one.
fn after(id: &Id) -> Option<Id> {
    let mut after = own::QUESTIONS.iter().skip_while(|one| **one != id.as_str());
    Id::parse(after.nth(1)?)
}

/// What was given as an answer, for whoever is told of it.
fn in_words(question: &Question, answer: &Answer) -> Vec<String> {
    let options = question.kind.options();
    match (answer, &question.kind) {
        (Answer::Chosen(chosen), _) => chosen
            .iter()
            .filter_map(|at| Some(options.get(*at)?.text.as_str().to_owned()))
            .collect(),
        (Answer::Order(order), Kind::Order { items, .. }) => order
            .iter()
            .filter_map(|at| Some(items.get(*at)?.text.as_str().to_owned()))
            .collect(),
        (Answer::Order(_), _) => Vec::new(),
        (Answer::Text(text), _) => vec![text.clone()],
        (Answer::Board(board), _) => board
            .iter()
            .map(|(version, stage)| format!("{version}: {stage}"))
            .collect(),
    }
}
