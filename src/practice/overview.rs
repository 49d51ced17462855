//! `#/practice`: all questions, the round, and what the round came to.

use crate::browser;
use crate::practice::due::due_exercises;
use crate::practice::misconceptions::misconceptions;
use crate::session::{Learner, use_announcer, use_language, use_learner};
use crate::ui::page::title;
use el::{El, a, action, details, div, h2, h3, li, p, section, span, summary, ul};
use lesson::markdown::plain;
use lesson::pack::{Pack, Question};
use lesson::progress::{Outcome, Round};
use lesson::round_receipt::RoundReceipt;
use lesson::{own, round};
use share::route::Route;

/// How many questions a round has.
const ROUND: usize = 10;

/// The page.
pub fn overview() -> Vec<El> {
    let learner = use_learner();
    let texts = use_language().practice();
    let Some(pack) = own::practice() else {
        let title = title(texts.unreadable);
        return vec![div().class("reading section").child(title)];
    };
    let round = learner
        .progress
        .with_untracked(|progress| progress.round().cloned());
    let is_finished = round.as_ref().is_some_and(Round::is_finished);
    let result = round
        .as_ref()
        .filter(|round| round.is_finished())
        .map(|round| result(pack, round));
    let due = learner
        .progress
        .with_untracked(|progress| progress.due(browser::now()).count());
    let due = (due > 0).then(|| p().text(texts.due(due)));
    let go_on = round.as_ref().and_then(|round| {
        let next = round.next()?;
        let number = round.place(next)? + 1;
        let count = round.questions().len();
        let words = texts.go_on(&number, &count);
        let link = a()
            .class("button-link")
            .attr("href", Route::Question(next.clone()).to_string());
        Some(link.text(words))
    });
    let start_class = if go_on.is_some() { "" } else { "primary" };
    let start = action(
        if is_finished {
            texts.another
        } else if go_on.is_some() {
            texts.new_round
        } else {
            texts.start_round
        },
        move || start_round(learner, pack),
    )
    .class(start_class)
    .id("start-round");
    let by_objective = pack.objectives.iter().map(|objective| {
        let about = |question: &&Question| question.objective == objective.id;
        let about: Vec<&Question> = pack.questions.iter().filter(about).collect();
        let (right, is_tried) = learner.progress.with_untracked(|progress| {
            let last = |question: &&Question| {
                let known = progress.question(question.id.as_str());
                known.and_then(|known| known.last)
            };
            let lasts: Vec<Outcome> = about.iter().filter_map(last).collect();
            let right = lasts.iter().filter(|last| **last == Outcome::Right);
            (right.count(), !lasts.is_empty())
        });
        let sum = if is_tried {
            texts.of_objective(&right, &about.len())
        } else {
            texts.state_new.to_owned()
        };
        let head = summary()
            .child(h3().text(&objective.title))
            .child(span().class("quiet").text(sum));
        let questions = about.into_iter().map(entry);
        details()
            .class("objective")
            .child(head)
            .child(ul().class("question-list").children(questions))
    });
    vec![
        div()
            .class("reading section")
            .child(title(texts.title))
            .child(p().class("lead").text(texts.intro))
            .children(result)
            .children(due)
            .child(p().text(texts.round_intro))
            .child(div().class("actions").children(go_on).child(start))
            .children(due_exercises())
            .child(h2().text(texts.by_objective))
            .children(by_objective),
    ]
}

/// A question in the list, with how it went last time.
fn entry(question: &Question) -> El {
    let learner = use_learner();
    let texts = use_language().practice();
    let now = browser::now();
    let state = learner.progress.with_untracked(|progress| {
        let Some(known) = progress.question(question.id.as_str()) else {
            return texts.state_new;
        };
        match known.last {
            _ if known.due <= now && known.last.is_some() => texts.state_due,
            Some(Outcome::Right) => texts.state_right,
            Some(Outcome::Wrong) => texts.state_wrong,
            Some(Outcome::Shown) => texts.state_shown,
            None => texts.state_new,
        }
    });
    li().child(
        a().attr("href", Route::Question(question.id.clone()).to_string())
            .text(plain(&question.ask)),
    )
    .child(span().class("quiet").text(state))
}

fn start_round(learner: Learner, pack: &'static Pack) {
    let now = browser::now();
    let chosen = learner.progress.with_untracked(|progress| {
        let known = |question: &Question| progress.question(question.id.as_str());
        round::round(
            pack,
            ROUND,
            now.0,
            |question| known(question).is_some_and(|known| known.due <= now),
            |question| known(question).is_some(),
        )
    });
    let questions: Vec<_> = chosen
        .into_iter()
        .filter_map(|at| Some(pack.questions.get(at)?.id.clone()))
        .collect();
    let first = questions.first().cloned();
    learner.learned(|progress| progress.start_round(questions, now));
    if let Some(first) = first {
        browser::go(&Route::Question(first));
    }
}

/// The receipt of a round, to be handed in.
fn receipt(round: &Round) -> Option<El> {
    let announcer = use_announcer();
    let (texts, about) = (use_language().practice(), use_language().exercises());
    let text = RoundReceipt::of(round)?.to_string();
    let copied = text.clone();
    let copy = action(texts.copy_receipt, move || announcer.copy(copied.clone()));
    let receipt = p().class("receipt mono").verbatim().id("receipt");
    Some(
        div()
            .class("receipt-box")
            .child(h3().text(texts.receipt))
            .child(p().class("quiet").text(about.round_proves))
            .child(receipt.text(text))
            .child(div().class("actions").child(copy)),
    )
}

/// What a round came to: not just a number, but what to look at again.
fn result(pack: &'static Pack, round: &Round) -> El {
    let learner = use_learner();
    let texts = use_language().practice();
    let right = round.right();
    let count = round.questions().len();
    let mut shown = section()
        .class("feedback")
        .child(h2().text(texts.result_title))
        .child(p().text(texts.result_score(&right, &count)));
    shown = shown.children(receipt(round));
    if right == count {
        return shown.child(p().text(texts.result_all));
    }
    let misconceptions = learner
        .progress
        .with_untracked(|progress| misconceptions(pack, progress, |id| round.place(id).is_some()));
    if let Some(misconceptions) = misconceptions {
        shown = shown.child(h3().text(texts.look_at)).child(misconceptions);
    }
    let repeat = round
        .questions()
        .iter()
        .filter(|one| one.right == Some(false))
        .filter_map(|one| pack.question(&one.id))
        .map(entry);
    let list = ul().class("question-list").children(repeat);
    shown.child(h3().text(texts.repeat)).child(list).child(
        p().child(
            a().attr("href", Route::Progress.to_string())
                .text(texts.to_progress),
        ),
    )
}
