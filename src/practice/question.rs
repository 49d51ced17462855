//! `#/practice/<question>`: one question. It is answered, judged by the state machine, and explained option by option.

use leptos::prelude::*;

use crate::browser;
use crate::embed_code::opener;
use crate::practice::answer::{Given, answer_fields, in_order, options_view};
use crate::runner::code_box::{Start, code_box};
use crate::runner::result::{mini_board, run_result};
use crate::session::frame::{self, Happened};
use crate::session::{Learner, use_announcer, use_language, use_learner};
use crate::ui::markdown::{headed, line, outside, prose};
use crate::ui::page::{heading, message};
use ::embed::{Frame, View};
use el::{El, RwSignal, a, action, div, h2, h3, li, ol, p, section, ul};
use lesson::grade::{Answer, Grade, grade, outcome};
use lesson::pack::{By, Id, Item, Kind, Pack, Question};
use lesson::progress::Outcome;
use lesson::{own, round};
use registry::RuleSet;
use share::route::Route;

/// How far one has come with a question.
#[derive(Clone)]
pub enum Phase {
    /// It is being answered.
    Asked,
    /// It was answered.
    Graded(Box<Grade>),
    /// The solution was asked for.
    Shown,
}

/// One question.
pub fn question(id: &Id) -> Vec<El> {
    let texts = use_language().practice();
    let Some(pack) = own::practice() else {
        return vec![notice(texts.unreadable, "")];
    };
    let Some(question) = pack.question(id) else {
        return vec![notice(texts.missing_title, texts.missing_body)];
    };
    vec![question_form(pack, question)]
}

fn notice(title: &str, body: &str) -> El {
    let texts = use_language().practice();
    message(title, body, &Route::Practice, texts.missing_way)
}

/// A question's part in the round that is under way.
#[derive(Clone)]
struct InRound {
    /// Its place.
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

/// The order in which options, or items, are shown at the next try.
fn order(learner: Learner, question: &Question) -> Vec<usize> {
    let keeps = frame::keeps_order() && !matches!(question.kind, Kind::Order { .. });
    let tries = if keeps { 0 } else { tries(learner, question) };
    round::order(question, tries, browser::now().0)
}

fn question_form(pack: &'static Pack, question: &'static Question) -> El {
    let (announcer, learner) = (use_announcer(), use_learner());
    let texts = use_language().practice();
    let phase = RwSignal::new(Phase::Asked);
    let is_open = move || phase.with(|phase| matches!(phase, Phase::Asked));
    let order = order(learner, question);
    let given = Given::new(question, &order);
    let note = RwSignal::new("");
    let order = StoredValue::new(order);
    let round = in_round(learner, question);
    let count = round.as_ref().filter(|round| round.count > 1).map_or_else(
        || texts.title.to_owned(),
        |round| texts.round_at(&(round.at + 1), &round.count),
    );
    // Who comes back to it has answered it already, and may just go on.
    let round = StoredValue::new(round);
    let answered = move || -> Vec<El> {
        let before = round.with_value(|round| round.as_ref().and_then(|round| round.right));
        let words = match before.filter(|_| is_open()) {
            Some(true) => texts.round_right,
            Some(false) => texts.round_wrong,
            None => return Vec::new(),
        };
        let on = next(pack, question, round.get_value());
        let note = div().class("panel section").child(p().text(words));
        vec![note.child(p().children(on))]
    };
    let fields = move || {
        let open = is_open();
        let order = order.get_value();
        untrack(|| {
            if open {
                vec![answer_fields(pack, question, given, &order)]
            } else {
                let grade = phase.with(|phase| match phase {
                    Phase::Graded(grade) => Some(grade.clone()),
                    _ => None,
                });
                options_view(pack, question, given, &order, grade.as_deref())
            }
        })
    };
    let submit = move || {
        let Some(answer) = given.answer(question) else {
            note.set(texts.answer_first);
            return;
        };
        note.set("");
        let grade = grade(pack, question, &answer);
        let kept = if grade.right {
            Outcome::Right
        } else {
            Outcome::Wrong
        };
        frame::tell(&Happened::Answered {
            question: &question.id,
            outcome: kept,
            given: &in_words(question, &answer),
        });
        remember(learner, question, kept, &grade.misconceptions);
        announcer.announce(
            if grade.right {
                texts.right
            } else {
                texts.wrong
            }
            .to_owned(),
        );
        phase.set(Phase::Graded(Box::new(grade)));
        browser::focus_soon("feedback-title");
    };
    let show = move || {
        note.set("");
        frame::tell(&Happened::Answered {
            question: &question.id,
            outcome: Outcome::Shown,
            given: &[],
        });
        remember(learner, question, Outcome::Shown, &[]);
        announcer.announce(texts.shown.to_owned());
        phase.set(Phase::Shown);
        browser::focus_soon("feedback-title");
    };
    let buttons = move || -> Vec<El> {
        if is_open() {
            let note = p()
                .class("field-error")
                .attr("role", "alert")
                .text(move || note.get().to_owned());
            let answer = action(texts.answer, submit).class("primary").id("answer");
            let solution = action(texts.show_solution, show)
                .class("quiet-button")
                .id("show-solution");
            return vec![div().class("actions").child(answer).child(solution), note];
        }
        let right = phase.with(|phase| matches!(phase, Phase::Graded(grade) if grade.right));
        let again = (!right).then(|| {
            action(texts.try_again, move || {
                // What was right stays, wherever it stands now.
                phase.with_untracked(|phase| match phase {
                    Phase::Graded(grade) => given.keep_right(question, Some(grade)),
                    _ => given.keep_right(question, None),
                });
                order.set_value(self::order(learner, question));
                phase.set(Phase::Asked);
                browser::focus_soon("page-title");
            })
        });
        vec![div().class("actions").children(again).children(next(
            pack,
            question,
            round.get_value(),
        ))]
    };
    let feedback = move || {
        phase.with(|phase| match phase {
            Phase::Asked => Vec::new(),
            Phase::Graded(grade) => vec![explained(pack, question, Some(grade))],
            Phase::Shown => vec![explained(pack, question, None)],
        })
    };
    // Running it before would give the answer away.
    let code = move || -> Vec<El> {
        let open = is_open();
        let made = question.code.as_ref().map(|code| {
            let start: Start = Box::new(|| lesson::grade::start(pack, question));
            untrack(|| code_box(code, Some(start).filter(|_| !open)))
        });
        made.into_iter().collect()
    };
    let rules = question
        .proof
        .by
        .scene()
        .and_then(|scene| pack.scene(scene))
        .map(|scene| question.proof.rules.unwrap_or(scene.rules))
        .map(|rules| {
            let name = match rules {
                RuleSet::Guided => texts.rules_guided,
                RuleSet::Mlflow => texts.rules_mlflow,
            };
            format!("{count} · {name}")
        });
    // The question itself is the heading: it is what the page is about, and it is read once.
    let (head, rest) = headed(pack, heading(), &question.ask)
        .unwrap_or_else(|| (heading().text(texts.title), prose(pack, &question.ask)));
    div()
        .class("reading question")
        .child(p().class("quiet step-count").text(rules.unwrap_or(count)))
        .child(div().dynamic(answered))
        .child(div().class("prose").child(head).children(rest))
        .child(div().dynamic(code))
        .children(start_board(pack, question))
        .child(div().dynamic(fields))
        .child(div().dynamic(feedback))
        .child(div().dynamic(buttons))
        .child(
            div()
                .class("way-out actions")
                .child(
                    a().class("quiet-link")
                        .attr("href", Route::Practice.to_string())
                        .text(texts.all),
                )
                .children(opener(|| Frame::of(View::Question(question.id.clone())))),
        )
}

/// The registry that the question plays on, as it is at first.
fn start_board(pack: &Pack, question: &Question) -> Option<El> {
    let language = use_language();
    let start = lesson::grade::start(pack, question)?;
    let texts = language.practice();
    let board = mini_board(language, start.registry(), &start.model);
    let head = format!("{}: {}", texts.before, start.model);
    Some(
        section()
            .class("section")
            .child(h2().text(head))
            .child(board),
    )
}

fn remember(learner: Learner, question: &Question, outcome: Outcome, misconceptions: &[Id]) {
    let misconceptions = misconceptions.iter().map(Id::as_str);
    learner.learned(|progress| {
        progress.answered(
            question.id.as_str(),
            outcome,
            misconceptions,
            browser::now(),
        )
    });
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

/// Where it goes on: the next question of the round, or of the pack.
fn next(pack: &Pack, question: &Question, round: Option<InRound>) -> Option<El> {
    let texts = use_language().practice();
    if frame::is_framed() && round.as_ref().is_none_or(|round| round.following.is_none()) {
        return None;
    }
    let (following, at_end) = match round {
        Some(round) => (round.following, texts.to_result),
        None => {
            let mut after = pack
                .questions
                .iter()
                .skip_while(|one| one.id != question.id);
            (after.nth(1).map(|next| next.id.clone()), texts.all)
        }
    };
    let (route, name) = match following {
        Some(next) => (Route::Question(next), texts.next),
        None => (Route::Practice, at_end),
    };
    Some(
        a().class("button-link")
            .id("next-question")
            .attr("href", route.to_string())
            .text(name),
    )
}

/// All that is to be said once an answer is given or the solution is shown.
fn explained(pack: &'static Pack, question: &'static Question, grade: Option<&Grade>) -> El {
    let texts = use_language().practice();
    let (class, title) = match grade {
        Some(grade) if grade.right => ("feedback right", texts.right),
        Some(_) => ("feedback wrong", texts.wrong),
        None => ("feedback", texts.shown),
    };
    let mut shown = section()
        .class(class)
        .child(h2().id("feedback-title").attr("tabindex", "-1").text(title));
    if let Some(grade) = grade {
        for why in &grade.why {
            shown = shown.child(line(pack, p(), why));
        }
        // A command that nobody has thought of explains itself by what it comes to.
        let own = matches!(question.kind, Kind::Command { .. } | Kind::Order { .. });
        if let Some(played) = grade.played.as_ref().filter(|_| own) {
            shown = shown.child(run_result(played));
        }
        for id in &grade.misconceptions {
            let known = pack.misconceptions.iter().find(|known| known.id == *id);
            if let Some(known) = known {
                let words = format!("{}: “{}.” ", texts.in_your_words, known.title);
                shown = shown.child(line(pack, p().text(words), &known.instead));
            }
        }
    }
    let lines = |items: &[String], list: El| {
        items
            .iter()
            .fold(list, |list, item| list.child(line(pack, li(), item)))
    };
    shown = shown
        .child(h3().class("solution").text(texts.solution))
        .child(lines(&question.solution, ol().class("solution")));
    shown = match &question.kind {
        Kind::Command { example, .. } => shown.child(h3().text(texts.example)).child(code_box(
            example,
            Some(Box::new(|| lesson::grade::start(pack, question))),
        )),
        Kind::Order { items, .. } => {
            let items: Vec<&Item> = items.iter().collect();
            shown
                .child(h3().text(texts.right_order))
                .child(in_order(pack, question, &items))
        }
        Kind::Predict { .. } => match outcome(pack, question) {
            Some(played) => shown
                .child(h3().text(texts.right_board))
                .child(run_result(&played)),
            None => shown,
        },
        _ => shown,
    };
    shown = shown
        .child(h3().text(texts.final_answer))
        .child(line(pack, p(), &question.answer))
        .child(h3().text(texts.check))
        .child(line(pack, p(), &question.check))
        .child(h3().text(texts.mistakes))
        .child(lines(&question.mistakes, ul()));
    let sources = question.sources.iter().filter_map(|id| {
        let source = pack.sources.iter().find(|source| source.id == *id)?;
        Some(li().child(outside(&source.url).text(&source.title)))
    });
    let sources: Vec<El> = sources.collect();
    if !sources.is_empty() {
        shown = shown
            .child(h3().text(texts.sources))
            .child(ul().children(sources));
    }
    if let Some(title) = own::step_title(question.step.as_str()) {
        let link = a()
            .attr("href", Route::Step(question.step.clone()).to_string())
            .text(title);
        shown = shown.child(p().text(format!("{}: ", texts.lesson)).child(link));
    }
    if let By::Meaning { because } = &question.proof.by {
        shown = shown.child(line(pack, p().class("quiet"), because));
    }
    shown
}
