//! Something to choose, and what comes of it: the learner commits to an answer, and then reads about each. It is kept, and
//! can be chosen anew.

use crate::browser;
use crate::session::{Announcer, Learner, use_announcer, use_language, use_learner};
use crate::ui::icon::{CROSS, TICK, icon};
use crate::ui::markdown::line;
use el::{
    El, RwSignal, action, button, details, div, ev, fieldset, form, input, label, legend, li, p,
    span, strong, summary, ul,
};
use lesson::pack::{Choice, Choose, Id, Pack};
use text::LearnText;

/// The form, which the button in the foot of the step submits.
const FORM: &str = "step-question";
/// The button that lets the learner choose anew.
pub const AGAIN: &str = "choose-again";

/// The question of a step. What was chosen stands in `answered` once the learner says so, and is kept.
#[derive(Clone, Copy)]
pub struct StepQuestion {
    pack: &'static Pack,
    step: &'static Id,
    choose: &'static Choose,
    texts: &'static LearnText,
    announcer: Announcer,
    learner: Learner,
    answered: RwSignal<Option<usize>>,
    picked: RwSignal<Option<usize>>,
    /// Whether an answer was asked for, and none is chosen.
    is_missing: RwSignal<bool>,
}

impl StepQuestion {
    /// Returns the question of a step.
    pub fn new(
        pack: &'static Pack,
        step: &'static Id,
        choose: &'static Choose,
        answered: RwSignal<Option<usize>>,
    ) -> Self {
        Self {
            pack,
            step,
            choose,
            texts: use_language().learn(),
            announcer: use_announcer(),
            learner: use_learner(),
            answered,
            picked: RwSignal::new(None),
            is_missing: RwSignal::new(false),
        }
    }

    fn is_judged(self) -> bool {
        self.choose.options.iter().any(|option| option.right)
    }

    /// Returns whether what was chosen is right, or there is no right and wrong.
    pub fn is_right(self) -> bool {
        let chosen = self.answered.get();
        let chosen = chosen.and_then(|at| self.choose.options.get(at));
        chosen.is_some_and(|option| option.right || !self.is_judged())
    }

    /// Returns the options, and the reasons once one was chosen. `then` follows an answer. What lets the learner choose anew is
    /// left out where it stands elsewhere.
    pub fn form(self, then: impl Fn() + 'static, elsewhere: impl Fn() -> bool + 'static) -> El {
        form()
            .id(FORM)
            .attr("novalidate", "")
            .on(ev::submit, move |event| {
                event.prevent_default();
                if self.submit() {
                    then();
                }
            })
            .child(
                fieldset()
                    .class("choose")
                    .child(line(self.pack, legend(), &self.choose.ask))
                    .child(ul().class("choices").dynamic(move || self.options()))
                    .child(div().dynamic(move || self.others(elsewhere()))),
            )
    }

    /// Returns the button for the foot of the step, and what is missing.
    pub fn check(self) -> Vec<El> {
        let missing = move || match self.is_missing.get() {
            true => self.texts.choose_first.to_owned(),
            false => String::new(),
        };
        vec![
            p().class("field-error").attr("role", "alert").text(missing),
            button()
                .attr("type", "submit")
                .attr("form", FORM)
                .class("primary")
                .id("choose-answer")
                .text(self.texts.answer),
        ]
    }

    /// Takes what is chosen as the answer; returns whether there was something.
    fn submit(self) -> bool {
        let picked = self.picked.get_untracked();
        self.is_missing.set(picked.is_none());
        let Some((at, option)) = picked.and_then(|at| Some((at, self.choose.options.get(at)?)))
        else {
            browser::focus_soon("choice-0");
            return false;
        };
        self.answered.set(Some(at));
        self.learner.learned(|progress| {
            progress.chose(self.step.as_str(), option.id.as_str(), browser::now())
        });
        let word = match (self.is_judged(), option.right) {
            (false, _) => self.texts.noted,
            (true, true) => self.texts.right,
            (true, false) => self.texts.wrong,
        };
        let then = lesson::markdown::plain(&option.then);
        self.announcer.announce(format!("{word}. {then}"));
        true
    }

    /// Returns the button that lets the learner choose anew.
    pub fn again(self) -> El {
        action(self.texts.choose_again, move || {
            self.picked.set(None);
            self.answered.set(None);
            browser::focus_soon("choice-0");
        })
        .id(AGAIN)
    }

    /// The options; once it is answered, only the answer: the others are folded below it.
    fn options(self) -> Vec<El> {
        let chosen = self.answered.get();
        let shown = self.choose.options.iter().enumerate();
        let shown = shown.filter(|(at, _)| chosen.is_none_or(|chosen| chosen == *at));
        shown
            .map(|(at, option)| self.option(at, option, chosen.is_some()))
            .collect()
    }

    fn option(self, at: usize, option: &'static Choice, is_answer: bool) -> El {
        let id = format!("choice-{at}");
        let choose = input()
            .attr("type", "radio")
            .attr("name", "choice")
            .id(&id)
            .attr("checked", is_answer)
            .attr("disabled", is_answer)
            .on(ev::change, move |_| {
                self.picked.set(Some(at));
                self.is_missing.set(false);
            });
        let words = line(self.pack, span(), &option.text);
        let row = li()
            .class("choice")
            .child(label().attr("for", &id).child(choose).child(words));
        if !is_answer {
            return row;
        }
        let row = row.attr("data-chosen", "").child(self.reason(option));
        match self.is_judged() {
            true => row.attr("data-right", option.right.to_string()),
            false => row,
        }
    }

    fn reason(self, option: &'static Choice) -> El {
        let (mark, word) = match option.right {
            true => (TICK, self.texts.right),
            false => (CROSS, self.texts.wrong),
        };
        let why = p().class("choice-why");
        let why = match self.is_judged() {
            true => why
                .child(icon("mark", mark))
                .child(strong().text(format!("{word}. "))),
            false => why,
        };
        line(self.pack, why, &option.then)
    }

    /// The reason for what was chosen is enough; the others are there for who asks, and so is another try.
    fn others(self, no_again: bool) -> Vec<El> {
        let Some(chosen) = self.answered.get() else {
            return Vec::new();
        };
        let others = self.choose.options.iter().enumerate();
        let rows = others.filter(|(at, _)| *at != chosen).map(|(_, option)| {
            li().child(line(self.pack, p(), &option.text))
                .child(self.reason(option))
        });
        let again = (!no_again).then(|| {
            self.again().class(match self.is_right() {
                true => "quiet-button",
                false => "primary",
            })
        });
        let others = details()
            .class("choice-others")
            .child(summary().text(match self.is_right() {
                true => self.texts.others,
                false => self.texts.others_after_wrong,
            }))
            .child(ul().children(rows));
        [others].into_iter().chain(again).collect()
    }
}
