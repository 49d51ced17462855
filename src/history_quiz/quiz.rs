//! Questions about one's own history, behind a button: what answered then, which step took it away. Their keys and what is
//! said of every option are worked out from the history (`crates/lesson/src/exercise/history_quiz.rs`).

use leptos::prelude::*;

use crate::browser;
use crate::session::{Announcer, RegistryStore, use_announcer, use_language, use_registry};
use crate::ui::icon::{CROSS, TICK, icon};
use el::{
    El, Memo, RwSignal, action, div, ev, fieldset, h3, input, label, legend, li, p, section, span,
    ul,
};
use lesson::exercise::history_quiz::{HistoryQuestion, ask};
use registry::{Log, ModelName, Time};
use text::Language;
use text::exercise as words;

/// How many questions are asked at once.
const COUNT: usize = 3;

/// What was asked, and how far one has come.
#[derive(Clone, Copy)]
struct Round {
    announcer: Announcer,
    language: Language,
    store: RegistryStore,
    questions: RwSignal<Vec<HistoryQuestion>>,
    /// The last step that there was, with its time: by it the history is known again.
    last: RwSignal<Option<(u64, Time)>>,
    at: RwSignal<usize>,
    chosen: RwSignal<Option<usize>>,
    answered: RwSignal<bool>,
    right: RwSignal<usize>,
}

/// The newest step of a history, with its time.
fn newest(log: &Log) -> Option<(u64, Time)> {
    let entry = log.done().last()?;
    Some((entry.step, entry.context.at))
}

/// The questions themselves. `open` is set back when they are closed.
pub fn quiz(about: Option<ModelName>, open: RwSignal<bool>) -> El {
    let (language, store) = (use_language(), use_registry());
    let texts = language.history_quiz();
    let round = Round {
        announcer: use_announcer(),
        language,
        store,
        questions: RwSignal::new(Vec::new()),
        last: RwSignal::new(None),
        at: RwSignal::new(0),
        chosen: RwSignal::new(None),
        answered: RwSignal::new(false),
        right: RwSignal::new(0),
    };
    let rounds = RwSignal::new(0_u64);
    let begin = move || {
        let (questions, last) = store.log.with_untracked(|log| {
            // Other questions each time, and the same ones where nothing is by chance.
            let seed = log.step().wrapping_add(rounds.get_untracked() << 32);
            (ask(log, about.as_ref(), seed, COUNT), newest(log))
        });
        rounds.update(|rounds| *rounds += 1);
        round.last.set(last);
        round.at.set(0);
        round.right.set(0);
        round.chosen.set(None);
        round.answered.set(false);
        round.questions.set(questions);
    };
    begin();
    // What was only added to leaves the questions as they are.
    let fits = Memo::new(move || {
        let last = round.last.get();
        store.history(|log| {
            last.is_none_or(|(step, at)| {
                let place = step.checked_sub(log.folded() + 1);
                let entry = place.and_then(|at| log.done().get(usize::try_from(at).ok()?));
                entry.is_some_and(|entry| entry.context.at == at)
            })
        })
    });
    let more = move || {
        begin();
        browser::focus_soon("asked-title");
    };
    let content = move || {
        let (fits, at) = (fits.get(), round.at.get());
        let count = round.questions.with(Vec::len);
        let more = more.clone();
        untrack(|| {
            let again = || div().class("actions").child(action(texts.more, more));
            if !fits {
                return vec![p().text(texts.changed), again()];
            }
            match round.questions.with_untracked(|all| all.get(at).cloned()) {
                Some(question) => one(round, &question, at, count),
                None if count == 0 => vec![p().class("empty").text(texts.nothing)],
                None => vec![p().class("asked-score").text(score(round, count)), again()],
            }
        })
    };
    let close = action(texts.close, move || {
        open.set(false);
        browser::focus_soon("ask-history");
    })
    .class("quiet-button");
    section()
        .class("asked-box")
        .attr("aria-labelledby", "asked-title")
        .child(
            div()
                .class("panel-head")
                .child(
                    h3().id("asked-title")
                        .attr("tabindex", "-1")
                        .text(texts.title),
                )
                .child(close),
        )
        .child(p().class("quiet").text(texts.intro))
        .child(div().class("asked-question").dynamic(content))
}

fn score(round: Round, count: usize) -> String {
    let texts = round.language.history_quiz();
    let right = round.right.get_untracked();
    if right == count {
        return texts.score_all(&count);
    }
    texts.score(&right, &count)
}

/// One question: to be answered, or with what the history says of every option.
fn one(round: Round, question: &HistoryQuestion, at: usize, count: usize) -> Vec<El> {
    let Round {
        announcer,
        language,
        store,
        ..
    } = round;
    let texts = language.history_quiz();
    let asks = words::prompt(language, &question.prompt);
    let number = texts.number(&(at + 1), &count);
    let kept = question.clone();
    let options = move || {
        let answered = round.answered.get();
        let facts = if answered {
            let facts = |log: &Log| words::facts(language, log, &kept);
            store.log.with_untracked(facts)
        } else {
            Vec::new()
        };
        let mut facts = facts.into_iter();
        let options = kept.options.iter().enumerate();
        options
            .map(|(nth, option)| {
                let name = words::pick(language, option);
                if answered {
                    let fact = facts.next().flatten();
                    return judged(round, name, nth == kept.right, nth, fact);
                }
                to_choose(round, name, nth)
            })
            .collect()
    };
    let note = RwSignal::new("");
    let right = question.right;
    let answer = move || {
        let Some(chosen) = round.chosen.get_untracked() else {
            note.set(texts.choose_first);
            return;
        };
        note.set("");
        let is_right = chosen == right;
        if is_right {
            round.right.update(|right| *right += 1);
        }
        round.answered.set(true);
        announcer.speak(if is_right { texts.right } else { texts.wrong }.to_owned());
        browser::focus_soon("asked-next");
    };
    let next = move || {
        round.chosen.set(None);
        round.answered.set(false);
        round.at.set(at + 1);
        if at + 1 == count {
            announcer.speak(score(round, count));
        }
        browser::focus_soon("asked-title");
    };
    let way = move || {
        let button = if round.answered.get() {
            let is_last = at + 1 == count;
            let name = if is_last { texts.finish } else { texts.next };
            action(name, next).id("asked-next")
        } else {
            action(texts.answer, answer).id("asked-answer")
        };
        vec![button.class("primary")]
    };
    let note = p()
        .class("field-error")
        .attr("role", "alert")
        .text(move || note.get().to_owned());
    vec![
        p().class("quiet").text(number),
        fieldset().class("choose").child(legend().text(asks)).child(
            ul().class("choices")
                .class(("answered", move || round.answered.get()))
                .dynamic(options),
        ),
        div().class("actions").dynamic(way),
        note,
    ]
}

fn to_choose(round: Round, name: String, nth: usize) -> El {
    let id = format!("asked-option-{nth}");
    let entry = input()
        .attr("type", "radio")
        .attr("name", "asked-option")
        .id(&id)
        .on(ev::change, move |_| round.chosen.set(Some(nth)));
    let row = label().attr("for", &id).child(entry);
    li().class("choice").child(row.child(span().text(name)))
}

/// An option after the answer, with whether it was the one, and what the history says of it.
fn judged(round: Round, name: String, is_right: bool, nth: usize, fact: Option<String>) -> El {
    let texts = round.language.history_quiz();
    let chosen = round.chosen.get_untracked();
    let is_chosen = chosen == Some(nth);
    let mut signs = vec![if is_right {
        texts.option_right
    } else {
        texts.option_wrong
    }];
    if is_chosen {
        signs.push(texts.chosen);
    } else if is_right {
        signs.push(texts.missed);
    }
    let sign = p()
        .class("choice-sign")
        .child(icon("mark", if is_right { TICK } else { CROSS }))
        .text(signs.join(" – "));
    let row = li()
        .class("choice")
        .attr("data-right", is_right.to_string())
        .child(div().class("choice-head").child(span().text(name)))
        .child(
            div()
                .class("choice-why")
                .child(sign)
                .children(fact.map(|fact| p().text(fact))),
        );
    if is_chosen {
        row.attr("data-chosen", "")
    } else {
        row
    }
}
