//! Something to choose, and what comes of it: the learner commits to an answer, and then reads about each. It is kept, and
//! can be chosen anew.

use crate::browser;
use crate::session::{use_announcer, use_language, use_learner};
use crate::ui::icon::{CROSS, TICK, icon};
use crate::ui::markdown::line;
use el::{
    El, RwSignal, action, details, div, ev, fieldset, input, label, legend, li, p, span, strong,
    summary, ul,
};
use lesson::pack::{Choice, Choose, Id, Pack};

/// The choice in a step. What was chosen stands in `answered` once the learner says so, and is kept.
pub fn choose(
    pack: &'static Pack,
    step: &'static Id,
    choose: &'static Choose,
    answered: RwSignal<Option<usize>>,
) -> El {
    let (announcer, learner) = (use_announcer(), use_learner());
    let texts = use_language().learn();
    let picked = RwSignal::new(None::<usize>);
    let note = RwSignal::new("");
    let is_judged = choose.options.iter().any(|option| option.right);
    let reason = move |option: &'static Choice| {
        let sign = is_judged.then(|| icon("mark", if option.right { TICK } else { CROSS }));
        let word = match option.right {
            true => texts.right,
            false => texts.wrong,
        };
        let word = is_judged.then(|| strong().text(format!("{word}. ")));
        let why = p().class("choice-why").children(sign).children(word);
        line(pack, why, &option.then)
    };
    let options = move || {
        let chosen = answered.get();
        // Once it is answered, the answer is what counts; the others are folded below it.
        let shown = choose.options.iter().enumerate();
        let shown = shown.filter(|(at, _)| chosen.is_none_or(|chosen| chosen == *at));
        let rows = shown.map(|(at, option)| {
            let id = format!("choice-{at}");
            let mut row = li().class("choice").child(
                label()
                    .attr("for", &id)
                    .child(
                        input()
                            .attr("type", "radio")
                            .attr("name", "choice")
                            .id(&id)
                            .attr("checked", chosen == Some(at))
                            .attr("disabled", chosen.is_some())
                            .on(ev::change, move |_| picked.set(Some(at))),
                    )
                    .child(line(pack, span(), &option.text)),
            );
            if chosen.is_some() && is_judged {
                row = row.attr("data-right", option.right.to_string());
            }
            if chosen == Some(at) {
                row = row.attr("data-chosen", "").child(reason(option));
            }
            row
        });
        rows.collect()
    };
    // The reason for what was chosen is enough; the others are there for who asks.
    let others = move || {
        let Some(chosen) = answered.get() else {
            return Vec::new();
        };
        let others = choose.options.iter().enumerate();
        let rows = others.filter(|(at, _)| *at != chosen).map(|(_, option)| {
            li().child(line(pack, p(), &option.text))
                .child(reason(option))
        });
        vec![
            details()
                .class("choice-others")
                .child(summary().text(texts.others))
                .child(ul().children(rows)),
        ]
    };
    let submit = move || match picked.get_untracked() {
        None => note.set(texts.choose_first),
        Some(at) => {
            note.set("");
            answered.set(Some(at));
            if let Some(option) = choose.options.get(at) {
                learner.learned(|progress| {
                    progress.chose(step.as_str(), option.id.as_str(), browser::now())
                });
                let judged = choose.options.iter().any(|option| option.right);
                let word = match (judged, option.right) {
                    (false, _) => texts.noted,
                    (true, true) => texts.right,
                    (true, false) => texts.wrong,
                };
                announcer.announce(format!("{word}. {}", lesson::markdown::plain(&option.then)));
            }
        }
    };
    let button = move || -> Vec<El> {
        if answered.get().is_some() {
            let again = action(texts.choose_again, move || {
                picked.set(None);
                answered.set(None);
                browser::focus_soon("choice-0");
            });
            return vec![again.class("quiet-button").id("choose-again")];
        }
        let note = p()
            .class("field-error")
            .attr("role", "alert")
            .text(move || note.get().to_owned());
        vec![
            div().class("actions").child(
                action(texts.answer, submit)
                    .class("primary")
                    .id("choose-answer"),
            ),
            note,
        ]
    };
    fieldset()
        .class("choose")
        .child(line(pack, legend(), &choose.ask))
        .child(ul().class("choices").dynamic(options))
        .child(div().dynamic(others))
        .child(div().dynamic(button))
}
