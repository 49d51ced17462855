//! The best way from the start, step by step, beside the learner's own board.

use crate::browser;
use crate::exercises::attempt::Work;
use crate::exercises::materials::{as_code, code_lines};
use crate::runner::result::mini_board;
use crate::ui::markdown::line;
use el::{El, action, div, h3, p};
use lesson::exercise::{Form, hint};
use lesson::piece::board;
use registry::{Command, Log, ModelName, Registry};
use text::{exercise, narrate};

/// The steps of the best way, below the script as it should be.
pub fn steps(work: Work) -> Vec<El> {
    let step = div().class("solution-step").dynamic(move || step(work));
    mended(work).into_iter().chain([step]).collect()
}

fn mended(work: Work) -> Option<El> {
    let Form::Script { mended, .. } = &work.exercise.form else {
        return None;
    };
    Some(
        div()
            .child(h3().text(work.language.tasks().mended))
            .child(code_lines(mended)),
    )
}

/// The step that is shown: what is done, why, and the board after it.
fn step(work: Work) -> Vec<El> {
    let texts = work.language.tasks();
    let Some(best) = work.best.get() else {
        return vec![
            p().class("quiet")
                .attr("role", "status")
                .text(texts.thinking),
        ];
    };
    let way = way(work, best.solution);
    let count = way.len();
    let at = work.playing.get().unwrap_or(0).min(count);
    let task = work.task();
    let mut log = task.log();
    let whys = hint::why(task, &log, &way);
    let mut before = log.clone();
    for command in way.iter().take(at) {
        before = log.clone();
        let context = task.context(&log);
        if log.act(&context, command).is_err() {
            break;
        }
    }
    let place = if at == 0 {
        texts.solution_start.to_owned()
    } else {
        texts.solution_step(&at, &count)
    };
    let mut shown = vec![p().class("solution-place-in").text(place)];
    if let Some(command) = at.checked_sub(1).and_then(|at| way.get(at)) {
        let done = log.done().last();
        let done = done.map(|entry| p().text(narrate::narrate(work.language, entry)));
        shown.extend(done);
        shown.push(code_lines(&as_code(command, before.registry())));
        shown.push(line(work.pack, p(), &reason(work, at - 1, &whys)));
        shown.push(h3().text(texts.board_after));
    }
    shown.extend(boards(work, &log, way.get(at.saturating_sub(1))));
    let back = action(texts.back, move || {
        work.playing.set(Some(at.saturating_sub(1)));
        browser::focus_soon(if at > 1 {
            "solution-back"
        } else {
            "solution-on"
        });
    })
    .id("solution-back")
    .attr("disabled", at == 0);
    let on = action(texts.on, move || {
        work.playing.set(Some(at + 1));
        browser::focus_soon(if at + 1 < count {
            "solution-on"
        } else {
            "solution-back"
        });
    })
    .id("solution-on")
    .class("primary")
    .attr("disabled", at >= count);
    shown.push(div().class("actions").child(back).child(on));
    vec![
        div()
            .attr("role", "status")
            .class("solution-shown")
            .children(shown),
    ]
}

/// The way of the exercise itself, where it has one; else one that the solver found.
fn way(work: Work, found: Vec<Command>) -> Vec<Command> {
    match &work.exercise.form {
        Form::Worked(way) => way.iter().map(|noted| noted.command.clone()).collect(),
        Form::Completion { .. } | Form::Free | Form::History | Form::Script { .. } => found,
    }
}

/// Why a step is there: a line.
fn reason(work: Work, at: usize, whys: &[hint::Why]) -> String {
    if let Form::Worked(way) = &work.exercise.form
        && let Some(noted) = way.get(at)
    {
        return noted.note.clone();
    }
    let why = whys.get(at);
    why.map_or_else(String::new, |why| {
        exercise::why(work.language, work.task(), why)
    })
}

/// The board of the model that the step is about; of each, at the start.
fn boards(work: Work, log: &Log, command: Option<&Command>) -> Vec<El> {
    let text = work.language;
    let registry: &Registry = log.registry();
    let names: Vec<ModelName> = match command.and_then(Command::model) {
        Some(model) if registry.model(model).is_some() => vec![model.clone()],
        _ => registry
            .models()
            .map(|model| model.name().clone())
            .collect(),
    };
    let several = registry.models().count() > 1;
    let boards = names.iter().map(|name| {
        let head = several.then(|| p().class("mono").verbatim().text(name.to_string()));
        div()
            .class("given-board")
            .children(head)
            .child(mini_board(text, &board(registry, name)))
    });
    boards.collect()
}
