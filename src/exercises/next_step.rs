//! The next step, for who asks for it.

use crate::browser;
use crate::exercises::attempt::Work;
use crate::exercises::materials::{as_code, code_lines};
use crate::exercises::solver::Found;
use crate::ui::markdown::line;
use el::{El, action, div, p};
use lesson::exercise::{goal, hint};
use registry::{Command, FreeText};
use text::exercise;

/// The next step of a best way, why it is one, and a button that does it.
pub fn next_step(work: Work) -> El {
    div().class("help-next").dynamic(move || next(work))
}

fn next(work: Work) -> Vec<El> {
    let texts = work.language.tasks();
    let best = match work.found.get() {
        Found::Working => return vec![p().class("quiet").text(texts.thinking)],
        Found::DeadEnd { .. } => return vec![p().text(texts.next_dead)],
        Found::Unknown => return vec![p().text(texts.too_large)],
        Found::Way(best) => best,
    };
    let Some(command) = best.solution.first().cloned() else {
        return vec![p().text(texts.nothing_open)];
    };
    let (code, why) = work.store.history(|log| {
        let code = as_code(&command, log.registry());
        let why = hint::why(work.task(), log, &best.solution);
        (code, why.first().cloned())
    });
    let why = why.map(|why| exercise::why(work.language, work.task(), &why));
    let why = why.map(|why| line(work.pack, p(), &why));
    let mut shown = vec![p().text(texts.next_is), code_lines(&code)];
    shown.extend(why);
    let button = action(texts.next_do, move || do_it(work, &command))
        .id("hint-do")
        .attr("disabled", move || !work.store.can_change());
    shown.push(button);
    shown
}

fn do_it(work: Work, command: &Command) {
    if let Some(model) = command.model() {
        work.model.set(model.clone());
    }
    let store = work.store;
    if let Err(refusal) = store.act(command, FreeText::default()) {
        store.dialogs.refused.set(Some(refusal));
    }
    let solved = store
        .log
        .with_untracked(|log| goal::solved(work.task(), log));
    browser::focus_soon(if solved { "result-title" } else { "hint-next" });
}
