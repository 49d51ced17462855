//! What an exercise gives beside its board: a way to follow, steps that are done already, a history, or a script.

use crate::browser;
use crate::exercises::attempt::Work;
use crate::registry::history::history;
use crate::runner::copy_button::copy_button;
use crate::ui::highlight::highlight;
use crate::ui::markdown::line;
use console::codegen::{ApiStyle, python_step};
use el::{El, action, code, div, h2, li, ol, p, pre, section};
use lesson::exercise::{Form, Noted};
use registry::{Action, Command, Registry};

/// What is given but a history, where something is.
pub fn given(work: Work) -> Option<El> {
    let texts = work.language.tasks();
    match &work.exercise.form {
        Form::Free | Form::History => None,
        Form::Worked(way) => Some(worked(work, way)),
        Form::Completion { done } => {
            let start = &work.task().start;
            let from = start.len().saturating_sub(*done);
            let steps = start.iter().skip(from);
            let notes = steps.map(|told| line(work.pack, li(), &told.note));
            Some(panel(texts.done_for_you).child(ol().class("prose-list").children(notes)))
        }
        Form::Script { code, .. } => Some(
            panel(texts.script)
                .child(p().text(texts.script_intro))
                .child(code_lines(code))
                .child(
                    div()
                        .class("actions")
                        .child(copy_button(code))
                        .child(action(texts.script_put, move || {
                            work.fresh_console();
                            browser::focus_soon("exercise-console-field");
                        })),
                ),
        ),
    }
}

/// The history that is to be read.
pub fn past(work: Work) -> El {
    div()
        .class("exercise-history")
        .child(p().text(work.language.tasks().read_first))
        .child(history(None))
}

fn panel(name: &str) -> El {
    section()
        .class("panel given")
        .attr("aria-labelledby", "given-title")
        .child(h2().id("given-title").text(name))
}

/// Lines of code, to be read.
pub fn code_lines(lines: &str) -> El {
    pre()
        .attr("tabindex", "0")
        .child(code().children(highlight(lines)))
}

/// A command as a line of code.
pub fn as_code(command: &Command, before: &Registry) -> String {
    python_step(command, ApiStyle::Stages, before)
        .trim_end()
        .to_owned()
}

/// A way to follow. Its steps are ticked off as far as one has followed it.
fn worked(work: Work, way: &'static [Noted]) -> El {
    let texts = work.language.tasks();
    let from = work.task().from();
    let start = work.task().log();
    let followed = move || {
        work.store.history(|log| {
            let done = log.done().iter().filter(|entry| entry.step > from);
            let pairs = done.zip(way);
            pairs
                .take_while(|(entry, noted)| {
                    matches!(&entry.action, Action::Do(command) if *command == noted.command)
                })
                .count()
        })
    };
    let steps = way.iter().enumerate().map(move |(at, noted)| {
        li().class(("done", move || followed() > at))
            .attr("aria-current", move || {
                (followed() == at).then(|| "step".to_owned())
            })
            .child(line(work.pack, p(), &noted.note))
            .child(code_lines(&as_code(&noted.command, start.registry())))
    });
    panel(texts.worked)
        .child(p().class("quiet").text(texts.worked_intro))
        .child(ol().class("worked").children(steps))
}
